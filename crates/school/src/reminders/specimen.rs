//! A mail as it will be read by somebody who is nobody: for the preview, and for a test to oneself.

use db::{DbResult, Tx};
use kernel::{Lang, Timestamp};

use super::mail::Subject;
use super::rule::{Rule, Setting};
use super::{store, worth};
use crate::office::staff_pages::{self, Whole};
use crate::trainings::session::SessionId;

/// 見本 太郎
const NAMES: [&str; 2] = ["見本 太郎", "Taro Mihon"];

/// What the specimen of a rule's mail says for a session, and when it would go out.
pub async fn subject(tx: &mut Tx<'_>, session: SessionId, rule: Rule, lang: Lang) -> DbResult<Option<(Subject, Option<Timestamp>)>> {
    let Some(whole) = staff_pages::whole(tx, session).await? else { return Ok(None) };
    let (setting, _) = store::settings(tx, &whole).await?.of(&whole, rule);
    of(tx, &whole, rule, &setting, lang).await.map(Some)
}

/// The same with a setting.
pub async fn of(tx: &mut Tx<'_>, whole: &Whole, rule: Rule, setting: &Setting, lang: Lang) -> DbResult<(Subject, Option<Timestamp>)> {
    let archive = worth::expected(tx, whole, rule).await?;
    let due = rule.given().due(whole, setting.timing, &store::hours(tx).await?).map(|due| due.at);
    let [ja, en] = NAMES;
    let subject = Subject {
        number: 1,
        name: lang.pick(ja, en).to_owned(),
        path: "/a/…".to_owned(),
        position: 1,
        extra: setting.extra(lang).to_owned(),
        archive,
        whole: whole.clone(),
    };
    Ok((subject, due))
}
