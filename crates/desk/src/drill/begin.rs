//! Beginning an exercise (【訓練】): real cases on real pages, marked everywhere, and in no figure.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Lang, Timestamp};
use serde_json::json;

use super::script::{Script, scripts};
use crate::cases::{Case, Channel, Circle, NewCase, REPORTER, open_case};
use crate::talk::{Side, send};
use crate::{follow, work};

/// A case of an exercise that is about to be made.
#[derive(Clone)]
pub struct NewDrill {
    /// What happens.
    pub script: &'static Script,
    /// The case, with its key chosen and wrapped.
    pub new: NewCase,
    /// Where it is: a JIS code.
    pub prefecture: Option<String>,
}

impl NewDrill {
    /// Chooses the key of a case that follows a script. Keys are made before any transaction.
    pub fn prepare(
        script: &'static Script,
        prefecture: Option<&str>,
        lang: Lang,
        circle: &Circle,
        now: Timestamp,
    ) -> (Self, vault::SecretKey) {
        let (mut new, key) = NewCase::prepare(script.door, Channel::Drill, lang, circle, now);
        let view = script.view();
        let judgement = view.judgement();
        new.stage = judgement.grade.stage();
        new.urgency = judgement.urgency.rank();
        new.axes = view.axes;
        new.event = view.event;
        (Self { script, new, prefecture: prefecture.map(str::to_owned) }, key)
    }
}

/// Begins an exercise: the cases come in as reports do, and alarms ring with 【訓練】 first.
pub async fn begin(tx: &mut Tx<'_>, drills: &[NewDrill], by: &str, now: Timestamp) -> DbResult<Vec<Case>> {
    let mut cases = Vec::new();
    for drill in drills {
        let case = open_case(tx, &drill.new, now).await?;
        work::place(tx, case.id, drill.prefecture.as_deref(), Some(&drill.script.kind), by, now).await?.ok();
        send(tx, &case, Side::Institution, REPORTER, drill.script.says(case.lang), false, now).await?;
        follow::opened(tx, &case, by, now).await?;
        cases.push(case);
    }
    let facts = json!({ "cases": cases.len(), "script": drills.first().map(|drill| &drill.script.id) });
    journal::record(tx, &Entry::by(by).did("drill.begun").on_the("desk").with(facts), now).await?;
    Ok(cases)
}

/// The cases of the demo: one for each stage, a changed web site, a question. The keys are chosen here, since the demo has nobody
/// whose words have to be kept; `circle` is the demo's duty group.
pub async fn demo(tx: &mut Tx<'_>, circle: &Circle, now: Timestamp) -> DbResult<Vec<Case>> {
    let mut cases = Vec::new();
    for (script, minutes) in scripts().iter().zip([300, 190, 95, 41, 12, 140, 65]) {
        let at = now.minus(kernel::Span::minutes(minutes));
        let (drill, _) = NewDrill::prepare(script, Some("13"), Lang::Ja, circle, at);
        cases.extend(begin(tx, &[drill], journal::audit::SYSTEM, at).await?);
    }
    Ok(cases)
}
