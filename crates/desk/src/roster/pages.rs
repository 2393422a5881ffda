//! `/desk/roster`: who is on duty when, and the hand-over from one shift to the next.

use access::Action;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::Timestamp;
use web::paging::Query;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::store::{self, Handover, Left, Shift};
use super::{HandoverId, NewShift, NotPlanned, ShiftId, give, plan, remove, take};
use crate::alarm::{self, Hand};
use crate::desk_pages::{Sealed, for_input, frame, moment, reaches, read_cases, typed_moment};
use crate::keys::{self, Lock};

const PATH: &str = "/desk/roster";

#[derive(Template)]
#[template(path = "roster/roster.html")]
struct RosterPage {
    frame: Frame,
    lock: Lock,
    shifts: Vec<ShiftView>,
    members: Vec<(String, String, bool)>,
    handovers: Vec<HandoverView>,
    left: Vec<LeftView>,
    filled: Filled,
    may_lead: bool,
    key: String,
}

/// A shift in words.
struct ShiftView {
    id: ShiftId,
    who: String,
    place: i64,
    from: String,
    until: String,
    is_now: bool,
    test: String,
    is_unheard: bool,
}

/// A hand-over in words.
struct HandoverView {
    id: HandoverId,
    giver: String,
    given: String,
    open_cases: i64,
    clocks_due: i64,
    taken: String,
    can_be_taken: bool,
}

/// What was left to know of a case.
struct LeftView {
    number: String,
    at: String,
    words: Sealed,
}

struct Seen {
    shifts: Vec<Shift>,
    members: Vec<Hand>,
    handovers: Vec<Handover>,
    left: Vec<Left>,
}

/// The roster.
pub async fn show(State(portal): State<Portal>, visit: Visit, query: Query) -> Result<Page, PageError> {
    const DONE: [&str; 4] = ["planned", "removed", "given", "taken"];
    let done = query.get("done").map(String::as_str).filter(|done| DONE.contains(done));
    let done = done.map(|done| visit.words().t(&format!("work-roster-done-{done}"))).unwrap_or_default();
    page(&portal, &visit, done, Filled::default()).await
}

async fn page(portal: &Portal, visit: &Visit, done: String, filled: Filled) -> Result<Page, PageError> {
    let me = reaches(visit)?;
    let (w, now) = (visit.words(), visit.now);
    let seen = portal
        .db
        .read(async move |tx| {
            Ok(Seen {
                shifts: store::coming(tx, now).await?,
                members: alarm::store::members(tx).await?,
                handovers: store::handovers(tx).await?,
                left: store::left(tx).await?,
            })
        })
        .await?;
    let reading = read_cases(portal, visit, seen.left.iter().map(|left| left.case).collect()).await?;
    let lock = portal.db.read(async move |tx| keys::lock(tx, &reading).await).await?;
    let is_wrong = !filled.is_fine();
    let page = Page::html(&RosterPage {
        frame: frame(portal, visit, w.t("work-roster")).crumb(w.t("work-queue-title"), "/desk").here().done(done),
        lock,
        shifts: seen.shifts.iter().map(|shift| shift_view(w, shift, now)).collect(),
        members: seen
            .members
            .iter()
            .map(|hand| (hand.account.to_string(), hand.email.to_string(), filled.is("account", &hand.account.to_string())))
            .collect(),
        handovers: seen
            .handovers
            .into_iter()
            .map(|handover| HandoverView {
                id: handover.id,
                can_be_taken: handover.taken_at.is_none() && handover.given_by != me,
                giver: handover.giver.to_string(),
                given: moment(handover.given_at, w.lang),
                open_cases: handover.open_cases,
                clocks_due: handover.clocks_due,
                taken: match (handover.taker, handover.taken_at) {
                    (Some(taker), Some(at)) => w.with("work-handover-taken", &[("who", taker.as_str()), ("at", &moment(at, w.lang))]),
                    _ => String::new(),
                },
            })
            .collect(),
        left: seen
            .left
            .into_iter()
            .map(|left| LeftView {
                number: left.number.to_string(),
                at: moment(left.written_at, w.lang),
                words: Sealed::new(left.case, "case_notes", left.note, "words", &left.words),
            })
            .collect(),
        filled: with_defaults(filled, now),
        may_lead: portal.offers(visit, Action::LeadDesk),
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Puts somebody on the roster.
pub async fn add(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    reaches(&visit)?;
    let w = visit.words();
    let mut filled = Filled::from_posted(&posted);
    let account = posted.get("account").parse().ok();
    let [from, until] = ["from", "until"].map(|name| typed_moment(posted.get(name), visit.now));
    for (name, is_read) in [("from", from.is_some()), ("until", until.is_some())] {
        if !is_read {
            filled.wrong(name, w.t("work-wrong-moment"));
        }
    }
    let (Some(account), Some(from), Some(until)) = (account, from, until) else {
        if account.is_none() {
            filled.wrong("account", w.t("work-wrong-member"));
        }
        return page(&portal, &visit, String::new(), filled).await;
    };
    let place = posted.get("place").parse().unwrap_or(1);
    let new = NewShift { account, place: i64::clamp(place, 1, 9), from, until };
    let (key, by) = (posted.key(&portal, &visit), visit.actor.label());
    let planned = portal.db.write(Lane::Staff, key, async move |tx, now| plan(tx, &new, &by, now).await).await?;
    match planned {
        Ok(_) => Ok(Page::see_other(&visit.to(&format!("{PATH}?done=planned")))),
        Err(refused) => {
            let (field, words) = match refused {
                NotPlanned::NotOfTheDesk => ("account", "work-wrong-member"),
                NotPlanned::Times => ("until", "work-wrong-times"),
                NotPlanned::Meets => ("from", "work-wrong-meets"),
            };
            filled.wrong(field, w.t(words));
            page(&portal, &visit, String::new(), filled).await
        }
    }
}

/// Takes a shift off the roster.
pub async fn take_off(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    reaches(&visit)?;
    let id: ShiftId = id.parse().map_err(|_| PageError::NotFound)?;
    let (key, by) = (posted.key(&portal, &visit), visit.actor.label());
    portal.db.write(Lane::Staff, key, async move |tx, now| remove(tx, id, &by, now).await).await?;
    Ok(Page::see_other(&visit.to(&format!("{PATH}?done=removed"))))
}

/// Hands the desk over.
pub async fn hand_over(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let me = reaches(&visit)?;
    let key = posted.key(&portal, &visit);
    portal.db.write(Lane::Staff, key, async move |tx, now| give(tx, me, now).await).await?;
    Ok(Page::see_other(&visit.to(&format!("{PATH}?done=given"))))
}

/// Takes the desk over.
pub async fn take_over(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let me = reaches(&visit)?;
    let id: HandoverId = id.parse().map_err(|_| PageError::NotFound)?;
    let key = posted.key(&portal, &visit);
    portal.db.write(Lane::Staff, key, async move |tx, now| take(tx, id, me, now).await).await?;
    Ok(Page::see_other(&visit.to(&format!("{PATH}?done=taken"))))
}

fn shift_view(w: Words, shift: &Shift, now: Timestamp) -> ShiftView {
    let is_now = shift.starts_at <= now;
    let test = match (shift.tested_at, shift.heard_at) {
        (Some(_), Some(heard)) => w.one("work-test-heard", "at", &moment(heard, w.lang)),
        (Some(tested), None) => w.one("work-test-unheard", "at", &moment(tested, w.lang)),
        (None, _) => String::new(),
    };
    ShiftView {
        id: shift.id,
        who: shift.email.to_string(),
        place: shift.place,
        from: moment(shift.starts_at, w.lang),
        until: moment(shift.ends_at, w.lang),
        is_now,
        is_unheard: shift.tested_at.is_some() && shift.heard_at.is_none(),
        test,
    }
}

/// A shift of twelve hours from the next full hour on, until something else is typed.
fn with_defaults(mut filled: Filled, now: Timestamp) -> Filled {
    let full = now.minus(kernel::Span::minutes(now.as_micros().div_euclid(60_000_000).rem_euclid(60)));
    for (name, hours) in [("from", 1), ("until", 13)] {
        if filled.value(name).is_empty() {
            filled.set(name, for_input(full.plus(kernel::Span::hours(hours))));
        }
    }
    filled
}
