//! The tables of names on certificates.

use access::{AccountId, OrganizationId};
use db::{DbResult, Tx, sql};
use kernel::{Lang, Timestamp};

use super::name::Learner;
use crate::study::StudyId;

db::row! {
    /// A completed course of somebody whose name is known.
    pub struct Done {
        pub account: AccountId,
        pub course: String,
        pub family: String,
        pub given: String,
        pub workplace: String,
        pub lang: Lang,
        pub organization: Option<OrganizationId>,
    }
}

/// A completed course of somebody whose name is known, with the institution that has put them on its list last.
pub async fn done(tx: &mut Tx<'_>, study: StudyId) -> DbResult<Option<Done>> {
    let find = sql!(
        "SELECT s.account, s.course, l.family, l.given, l.workplace, a.lang,
             (SELECT w.organization FROM staff w WHERE w.email = a.email AND w.left_at IS NULL ORDER BY w.added_at DESC, w.id DESC LIMIT 1)
         FROM studies s JOIN study_completions c ON c.study = s.id JOIN learners l ON l.account = s.account JOIN accounts a ON a.id = s.account
         WHERE s.id = $1"
    );
    tx.opt(find, &[study.into()]).await
}

/// The courses that an account has completed.
pub async fn completed(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Vec<StudyId>> {
    let list = sql!(
        "SELECT s.id FROM studies s JOIN study_completions c ON c.study = s.id WHERE s.account = $1 ORDER BY c.completed_at, s.id LIMIT 200"
    );
    tx.all(list, &[account.into()]).await
}

/// Writes a name down in place of an earlier one.
pub async fn put_learner(tx: &mut Tx<'_>, account: AccountId, learner: &Learner, now: Timestamp) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO learners (account, family, given, workplace, written_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (account) DO UPDATE SET family = excluded.family, given = excluded.given, workplace = excluded.workplace,
             written_at = excluded.written_at"
    );
    let name = &learner.name;
    tx.run(put, &[account.into(), name.family().into(), name.given().into(), learner.workplace.as_str().into(), now.into()]).await?;
    Ok(())
}

db::row! {
    /// A name as it stands on certificates, or as it is suggested.
    pub struct Name {
        pub family: String,
        pub given: String,
        pub workplace: String,
    }
}

/// The name that an account has written.
pub async fn learner(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Option<Name>> {
    tx.opt(sql!("SELECT family, given, workplace FROM learners WHERE account = $1"), &[account.into()]).await
}

/// The name and the institution under which an account stands on a list.
pub async fn listed(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Option<(String, String)>> {
    let find = sql!(
        "SELECT w.name, o.name FROM accounts a JOIN staff w ON w.email = a.email JOIN organizations o ON o.id = w.organization
         WHERE a.id = $1 AND w.left_at IS NULL ORDER BY w.added_at DESC, w.id DESC LIMIT 1"
    );
    tx.opt(find, &[account.into()]).await
}
