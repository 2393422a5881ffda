//! 経過: everything that happened in the case, as its chain has it.

use askama::Template;
use axum::extract::{Path, State};
use web::{Frame, Page, PageError, Portal, Visit, Words};

use super::{Found, Head, Tab, found};
use crate::cases::{self, Phase, Recorded};
use crate::clocks::clocks;
use crate::desk_pages::{Sealed, moment};
use crate::keys::Lock;
use crate::work::playbooks;

#[derive(Template)]
#[template(path = "work/pages/timeline.html")]
struct TimelinePage {
    frame: Frame,
    lock: Lock,
    head: Head,
    days: Vec<(String, Vec<EntryView>)>,
    is_whole: bool,
    broken: String,
    last_hash: String,
}

/// An entry in words.
struct EntryView {
    time: String,
    who: String,
    did: String,
    what: String,
    late: String,
    words: Option<Sealed>,
}

/// The timeline of a case, newest first.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>) -> Result<Page, PageError> {
    let found = found(&portal, &visit, &number).await?;
    let (w, id) = (visit.words(), found.case.id);
    let (entries, verified) = portal.db.read(async move |tx| Ok((cases::entries(tx, id).await?, cases::verify(tx, id).await?))).await?;
    let (frame, head) = found.head(&portal, &visit, Tab::Timeline);
    let mut days: Vec<(String, Vec<EntryView>)> = Vec::new();
    for entry in entries.iter().rev() {
        let day = kernel::long_date(entry.happened_at.day(), w.lang);
        let view = view(w, &found, entry);
        match days.last_mut().filter(|(last, _)| *last == day) {
            Some((_, views)) => views.push(view),
            None => days.push((day, vec![view])),
        }
    }
    let last_hash = entries.last().map(|entry| hex::encode(&entry.hash[..8])).unwrap_or_default();
    let broken = verified.as_ref().err().map(|broken| w.one("work-chain-broken", "seq", &broken.seq)).unwrap_or_default();
    Page::html(&TimelinePage { frame, head, days, is_whole: verified.is_ok(), broken, last_hash, lock: found.lock })
}

fn view(w: Words, found: &Found, entry: &Recorded) -> EntryView {
    let key = format!("work-did-{}", entry.action.replace(['.', '_'], "-"));
    let did = if w.has(&key) { w.t(&key) } else { entry.action.clone() };
    let is_late = entry.recorded_at.since(entry.happened_at) > kernel::Span::minutes(5);
    EntryView {
        time: entry.happened_at.clock_face(),
        who: found.known.who(w, &entry.actor),
        did,
        what: what(w, entry),
        late: if is_late { w.one("work-noted-at", "at", &moment(entry.recorded_at, w.lang)) } else { String::new() },
        words: entry.sealed.as_deref().map(|bytes| Sealed::new(found.case.id, "case_entries", entry.id.uuid(), "sealed", bytes)),
    }
}

/// Which clock, task or phase an entry is about, by the ids that stand in clear.
fn what(w: Words, entry: &Recorded) -> String {
    let fact = |name: &str| entry.facts.get(name).and_then(serde_json::Value::as_str);
    let clock = fact("clock").and_then(|id| clocks().get(id)).map(|rule| rule.name(w.lang));
    let task = || fact("task").and_then(|id| playbooks().task(id)).map(|task| task.title.pick(w.lang));
    let phase = || fact("to").and_then(|to| to.parse::<Phase>().ok()).map(|phase| playbooks().phase(phase, w.lang));
    clock.or_else(task).or_else(phase).unwrap_or_default().to_owned()
}
