use askama::Template;
use axum::extract::{Path, Query, State};
use db::Lane;
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Posted, Visit, Words, paging};

use super::{Choice, Ground, ROWS, span_words};
use crate::attendance::AttendeeId;
use crate::attendance::settle::{Whose, settle};
use crate::attendance::store::{self, AttendeeLine, Candidate, Pile};
use crate::office::staff_pages::Head;

/// What the address of the queue asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pile: String,
    after: String,
    done: String,
    n: i64,
}

/// A participant in the list.
pub struct Row {
    pub id: String,
    pub path: String,
    pub name: String,
    pub address: String,
    pub file: String,
    pub when: String,
    pub shape: &'static str,
    pub how: String,
    pub whose: String,
    /// The one whom it may be, if there is only one.
    pub suggested: String,
    pub pick: String,
}

#[derive(Template)]
#[template(path = "attendance/pages/queue.html")]
struct QueuePage {
    frame: Frame,
    head: Head,
    path: String,
    lead: String,
    piles: Vec<(Choice, i64)>,
    rows: Vec<Row>,
    has_suggestions: bool,
    pager: Pager,
    can_edit: bool,
}

/// The key of a pile's word.
const fn pile_key(pile: Pile) -> &'static str {
    match pile {
        Pile::Open => "attendance-pile-open",
        Pile::Settled => "attendance-pile-settled",
        Pile::Found => "attendance-pile-found",
    }
}

/// Participants about whom a person has to decide, or has decided.
pub async fn list(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    let pile = Pile::ALL.into_iter().find(|pile| pile.id() == asked.pile).unwrap_or_default();
    let after = asked.after.split_once('.').and_then(|(place, id)| Some((place.parse().ok()?, id.parse().ok()?)));
    let session = ground.whole.session.id;
    let limit = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
    let (mut lines, counts, candidates) = portal
        .db
        .read(async move |tx| {
            let lines = store::pile(tx, session, pile, after, limit).await?;
            let candidates = match (lines.first(), lines.last()) {
                (Some(first), Some(last)) => store::candidates(tx, session, first.place, last.place).await?,
                _ => Vec::new(),
            };
            Ok((lines, store::count_piles(tx, session).await?, candidates))
        })
        .await?;
    let w = visit.words();
    let path = ground.path("");
    let (frame, head) = ground.head(&portal, &visit, w.t("attendance-queue-title"));
    let frame = frame.done(said(w, &asked));
    let to = |after: &AttendeeLine| {
        let set: Vec<(&str, String)> = [("pile", pile.id().to_owned()), ("after", format!("{}.{}", after.place, after.id))].into();
        format!("{}/queue?{}", visit.to(&path), serde_urlencoded::to_string(set).unwrap_or_default())
    };
    let next = paging::cut(&mut lines, ROWS).map_or_else(String::new, to);
    let rows: Vec<Row> = lines.iter().map(|line| row(&visit, &ground, line, &candidates)).collect();
    let count = |pile: Pile| match pile {
        Pile::Open => counts.0,
        Pile::Settled => counts.1,
        Pile::Found => counts.2,
    };
    let chip = |one: Pile| {
        let word = w.t(pile_key(one));
        let id = if one == Pile::Open { format!("{path}/queue") } else { format!("{path}/queue?pile={}", one.id()) };
        (Choice { id, word, chosen: one == pile }, count(one))
    };
    let page = QueuePage {
        lead: w.t(if ground.sheet.is_closed() { "attendance-queue-lead-closed" } else { "attendance-queue-lead" }),
        piles: Pile::ALL.map(chip).into(),
        has_suggestions: pile == Pile::Open && rows.iter().any(|row| !row.suggested.is_empty()),
        pager: Pager {
            previous: if asked.after.is_empty() { String::new() } else { format!("{}/queue?pile={}", visit.to(&path), pile.id()) },
            next,
            shown: w.count("attendance-queue-shown", count(pile)),
        },
        can_edit: portal.offers(&visit, access::Action::EditAttendance),
        rows,
        path,
        frame,
        head,
    };
    Page::html(&page)
}

fn said(w: Words, asked: &Asked) -> String {
    match asked.done.as_str() {
        "imported" => w.count("attendance-done-imported", asked.n),
        "settled" => w.count("attendance-done-settled", asked.n),
        _ => String::new(),
    }
}

/// A participant in words.
pub fn row(visit: &Visit, ground: &Ground, line: &AttendeeLine, candidates: &[Candidate]) -> Row {
    let w = visit.words();
    let may_be: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.attendee == line.id).collect();
    let (shape, how) = match line.how.as_str() {
        "" => ("arranging", w.t("attendance-how-open")),
        "stranger" => ("closed", w.t("attendance-how-stranger")),
        how => ("done", w.t(&format!("attendance-how-{how}"))),
    };
    let name = |candidate: &Candidate| format!("{} {}", candidate.family, candidate.given);
    let whose = match line.applicant() {
        Some(name) => name,
        None if line.how.is_empty() && !may_be.is_empty() => {
            let names: Vec<String> = may_be.iter().map(|candidate| name(candidate)).collect();
            w.one("attendance-may-be", "names", &names.join(visit.lang.pick("、", ", ")))
        }
        None => String::new(),
    };
    Row {
        id: line.id.to_string(),
        path: ground.path(&format!("/queue/{}", line.id)),
        pick: w.one("office-pick", "name", &line.name),
        name: line.name.clone(),
        address: line.email.clone(),
        file: line.file.clone(),
        when: span_words(visit, line.from_at, line.until_at, line.seconds),
        shape,
        how,
        whose,
        suggested: match may_be.as_slice() {
            [one] if line.how.is_empty() => one.application.to_string(),
            _ => String::new(),
        },
    }
}

/// Decides about several at once: as suggested, or that they did not apply.
pub async fn settle_several(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    let ids: Vec<AttendeeId> = posted.all("id").filter_map(|id| id.parse().ok()).take(ROWS).collect();
    let as_suggested = match posted.get("do") {
        "suggested" => true,
        "stranger" => false,
        _ => return Ok(Page::see_other(&visit.to(&ground.path("/queue")))),
    };
    let (session, by, key) = (ground.whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    let done: usize = portal
        .db
        .write(Lane::Staff, key, async move |tx, now| {
            let mut done = 0;
            for id in &ids {
                let whose = if as_suggested {
                    let candidates = store::candidates_of(tx, *id).await?;
                    let [only] = candidates.as_slice() else { continue };
                    Whose::Applicant(only.application)
                } else {
                    Whose::Stranger
                };
                done += usize::from(settle(tx, session, *id, whose, &by, now).await?.is_ok());
            }
            Ok(done)
        })
        .await?;
    Ok(Page::see_other(&visit.to(&ground.path(&format!("/queue?done=settled&n={done}")))))
}
