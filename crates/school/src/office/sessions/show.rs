use access::{Action, Decision};
use askama::Template;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Visit};

use super::super::applicants::{Happened, happened};
use super::super::rehearsal::can_be_rehearsed;
use super::super::staff_pages::{self, Head, Tab, Whole};
use crate::trainings::Viewer;
use crate::trainings::session::Session;

#[derive(Template)]
#[template(path = "office/sessions/show.html")]
struct SessionPage {
    frame: Frame,
    head: Head,
    title: String,
    day: String,
    opens: String,
    closes: String,
    seats: String,
    confirmed: i64,
    waiting: String,
    moved: String,
    called_off: String,
    lecturers: String,
    printed: String,
    public: String,
    history: Vec<Happened>,
    can_edit: bool,
    can_rehearse: bool,
    can_call_off: bool,
}

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    done: String,
    told: i64,
    promoted: i64,
}

/// One session: its facts, its figures, and what happened to it.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(done): Query<Asked>,
) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let found = portal
        .db
        .read(async move |tx| {
            let Some(whole) = staff_pages::whole(tx, id).await? else { return Ok(None) };
            let history = journal::audit::history_of(tx, "session", id, None).await?;
            let known = staff_pages::known(tx, history.rows.iter().map(|entry| entry.actor.as_str())).await?;
            let lecturers = crate::trainings::store::lecturers_of(tx, id).await?;
            Ok(Some((whole, history, known, lecturers)))
        })
        .await?;
    let (whole, history, known, lecturers) = found.ok_or(PageError::NotFound)?;
    let w = visit.words();
    let viewer = Viewer { w, now: visit.now };
    let session = &whole.session;
    let (frame, head) = whole.head(&portal, &visit, w.t("office-tab-overview"), Some(Tab::Overview));
    let may_edit = matches!(portal.matrix.may(&visit.actor, Action::EditProgrammes, None, visit.now), Decision::Allowed(_));
    let not_set = || w.t("office-not-set");
    let page = SessionPage {
        frame: frame.done(said(&whole, &visit, &done)),
        title: session.title.clone(),
        day: match session.when(visit.lang) {
            when if when.is_empty() => not_set(),
            when => when,
        },
        opens: session.opens_at.map_or_else(not_set, |at| viewer.instant(at)),
        closes: session.closes_at.map_or_else(not_set, |at| viewer.instant(at)),
        seats: session.seats.map_or_else(|| w.t("office-no-limit"), |seats| w.count("office-seats", seats)),
        confirmed: session.taken,
        waiting: session.waiting_places.map_or_else(
            || session.waiting.to_string(),
            |places| w.with("office-waiting-of", &[("n", &session.waiting.to_string()), ("places", &places.to_string())]),
        ),
        moved: session.moved_from.map_or_else(String::new, |day| w.one("moved-from", "day", &kernel::long_date(day, visit.lang))),
        called_off: session.cancel_reason.clone(),
        lecturers: match (lecturers.names.is_empty(), lecturers.shown) {
            (true, _) => w.t("office-not-set"),
            (false, true) => lecturers.names,
            (false, false) => w.one("plans-lecturers-not-public", "names", &lecturers.names),
        },
        printed: printed(session),
        public: format!("/trainings/{}/{}", whole.programme.year, whole.course.slug),
        history: history.rows.iter().map(|entry| happened(w, entry, &known)).collect(),
        can_edit: may_edit && session.cancelled_at.is_none(),
        can_rehearse: may_edit && can_be_rehearsed(session, visit.now),
        can_call_off: may_edit && session.cancelled_at.is_none() && session.can_still_change(visit.now),
        head,
    };
    Page::html(&page)
}

/// What the printed programme says of it.
fn printed(session: &Session) -> String {
    let words = [session.raw.as_str(), session.deadline_raw.as_str()].into_iter().filter(|raw| !raw.is_empty());
    words.collect::<Vec<_>>().join("　")
}

fn said(whole: &Whole, visit: &Visit, done: &Asked) -> String {
    let w = visit.words();
    let mut said = match done.done.as_str() {
        "added" => vec![w.t("office-done-added")],
        "changed" => vec![w.t("office-done-changed")],
        "lecturers" => vec![w.t("plans-done-lecturers")],
        "called-off" if whole.session.cancelled_at.is_some() => vec![w.t("office-done-called-off")],
        _ => return String::new(),
    };
    if done.told > 0 {
        said.push(w.count("office-done-told", done.told));
    }
    if done.promoted > 0 {
        said.push(w.count("office-done-promoted", done.promoted));
    }
    said.join(w.lang.pick("", " "))
}
