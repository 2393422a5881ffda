//! That a file which was made reached its receiver: what it was due for is done, and the clocks of it stop with that as their reason.

use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{lexicon, store};
use crate::cases::{self, CaseNumber, Entry, EntryId};
use crate::clocks::{self, Ended};

/// Why nothing was put down as handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotHandedOver {
    /// The case has no such file.
    Unknown,
    /// It was put down before.
    Already,
    /// Before the file was made, or in the future.
    Time,
}

/// Puts down when a file was handed over, and to whom there. Says which clocks stopped.
pub async fn hand_over(
    tx: &mut Tx<'_>,
    number: CaseNumber,
    export: EntryId,
    at: Timestamp,
    words: &str,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<Vec<String>, NotHandedOver>> {
    let Some(case) = cases::store::by_number(tx, number).await? else { return Ok(Err(NotHandedOver::Unknown)) };
    let Some(made) = store::made(tx, case.id, export).await? else { return Ok(Err(NotHandedOver::Unknown)) };
    if made.handed_at.is_some() {
        return Ok(Err(NotHandedOver::Already));
    }
    // A form gives minutes, so the file may have been made later in the same one.
    if at > now || at < made.recorded_at.minus(kernel::Span::minutes(1)) {
        return Ok(Err(NotHandedOver::Time));
    }
    let said = |name: &str| made.facts.get(name).and_then(Value::as_str).unwrap_or_default();
    let is_final = made.facts.get("final").and_then(Value::as_bool).unwrap_or(false);
    let Some(receiver) = lexicon().receiver(said("receiver")) else { return Ok(Err(NotHandedOver::Unknown)) };
    let reason = reason(&receiver.name.ja, said("paper"), words);
    let mut stopped = Vec::new();
    for clock in clocks::store::of_case(tx, case.id).await? {
        let is_due_by_it = receiver.ends(said("paper"), is_final).contains(&clock.kind);
        if is_due_by_it && clock.is_running() && clocks::stop(tx, case.id, clock.id, Ended::Done, &reason, by, now).await?.is_ok() {
            stopped.push(clock.kind);
        }
    }
    let facts = json!({ "receiver": said("receiver"), "paper": said("paper"), "clocks": stopped });
    let entry = Entry::by(by).did("export.handed_over").about(export).happened(at).with(facts);
    cases::record(tx, &case, if words.is_empty() { entry } else { entry.saying(words) }, now).await?;
    Ok(Ok(stopped))
}

/// 厚生労働省（担当室）に「厚生労働省への連絡」を渡しました。受付番号 12
fn reason(receiver: &str, paper: &str, words: &str) -> String {
    let name = lexicon().form(paper).map_or(paper, |form| form.name.ja.as_str());
    format!("{receiver}に「{name}」を渡しました。{words}")
}
