use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{FieldError, Frame, Page, PageError, Portal, Visit, Words};

use super::super::staff_pages::{self, Head, Whole};
use super::list::{Row, row};
use crate::trainings::Viewer;
use crate::trainings::application::ApplicationId;
use crate::trainings::session::{Session, SessionId};
use crate::trainings::store::{self, Applicant, CHOSEN};

/// Why the secretariat cancels for somebody, as the trail keeps it. The words are `office-reason-…`.
pub const REASONS: [&str; 4] = ["phone", "mail", "duplicate", "other"];

/// What is done to several at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// 別の日程に変更する
    Move,
    /// 取り消す
    Cancel,
    /// 取り消しを元に戻す
    Restore,
}

/// A session to move to.
struct Target {
    id: String,
    words: String,
    small: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "office/applicants/selection.html")]
struct SelectionPage {
    frame: Frame,
    head: Head,
    is_move: bool,
    will: String,
    rows: Vec<Row>,
    kept: Vec<Row>,
    kept_why: String,
    targets: Vec<Target>,
    reasons: Vec<(&'static str, String)>,
    error: String,
    /// The same, for the summary on top.
    wrong: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "office/applicants/done.html")]
struct DonePage {
    frame: Frame,
    head: Head,
    said: String,
    rows: Vec<Row>,
    kept: Vec<Row>,
    kept_why: String,
    undo_until: String,
    undo_ids: Vec<String>,
    back: String,
}

impl Task {
    /// All of them.
    const ALL: [Self; 3] = [Self::Move, Self::Cancel, Self::Restore];

    /// The word in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Move => "move",
            Self::Cancel => "cancel",
            Self::Restore => "restore",
        }
    }

    /// Whether it can be done to this one, as far as the list tells.
    fn fits(self, whole: &Whole, line: &Applicant, now: kernel::Timestamp) -> bool {
        let session = &whole.session;
        match self {
            Self::Move => line.cancelled_at.is_none() && (session.can_still_change(now) || session.cancelled_at.is_some()),
            Self::Cancel => line.cancelled_at.is_none() && session.can_still_change(now),
            Self::Restore => line.held_until.is_some_and(|until| now < until),
        }
    }
}

/// What an address says about several: the task, the ids, and further values.
struct Said {
    task: Option<Task>,
    ids: Vec<ApplicationId>,
    other: Option<SessionId>,
}

impl Said {
    fn read(query: &str, other: &str) -> Self {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let one = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str());
        Self {
            task: Task::ALL.into_iter().find(|task| task.id() == one("do")),
            ids: pairs.iter().filter(|(name, _)| name == "id").filter_map(|(_, id)| id.parse().ok()).take(CHOSEN).collect(),
            other: one(other).parse().ok(),
        }
    }
}

/// Where to see what has become of them.
pub fn done_path(session: SessionId, task: Task, from: Option<SessionId>, ids: &[ApplicationId]) -> String {
    let from = from.map_or_else(String::new, |from| format!("&from={from}"));
    let ids: Vec<String> = ids.iter().map(|id| format!("&id={id}")).collect();
    let ids = ids.concat();
    format!("/staff/sessions/{session}/selection/done?do={}{from}{ids}", task.id())
}

/// Those of the session among the ids.
pub async fn people(portal: &Portal, visit: &Visit, session: SessionId, ids: &[ApplicationId]) -> Result<Vec<Applicant>, PageError> {
    let (scope, ids) = (visit.scope.clone(), ids.to_vec());
    Ok(portal.db.read(async move |tx| store::chosen(tx, &scope, session, &ids).await).await?)
}

/// What would happen to how many: nothing happens yet.
pub async fn selection(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let said = Said::read(&visit.query, "to");
    let task = said.task.filter(|task| *task != Task::Restore).ok_or(PageError::NotFound)?;
    if said.ids.is_empty() {
        return Ok(Page::see_other(&visit.to(&whole.path("/applicants"))));
    }
    page(&portal, &visit, &whole, task, &said.ids, said.other, String::new()).await
}

/// The page that says what would happen; `error` is why it did not.
pub async fn page(
    portal: &Portal,
    visit: &Visit,
    whole: &Whole,
    task: Task,
    ids: &[ApplicationId],
    to: Option<SessionId>,
    error: String,
) -> Result<Page, PageError> {
    let (scope, session, ids) = (visit.scope.clone(), whole.session.id, ids.to_vec());
    let programme = whole.programme.id;
    let (lines, sessions) = portal
        .db
        .read(async move |tx| Ok((store::chosen(tx, &scope, session, &ids).await?, store::sessions(tx, programme).await?)))
        .await?;
    let w = visit.words();
    let (fit, kept): (Vec<&Applicant>, Vec<&Applicant>) = lines.iter().partition(|line| task.fits(whole, line, visit.now));
    let (frame, head) = whole.head(portal, visit, w.t(&format!("office-{}-title", task.id())), None);
    let is_wrong = !error.is_empty();
    let field = if task == Task::Move { "to" } else { "reason" };
    let wrong = is_wrong.then(|| FieldError { field: field.to_owned(), message: error.clone() });
    let page = SelectionPage {
        is_move: task == Task::Move,
        will: w.count(&format!("office-{}-will", task.id()), fit.len()),
        rows: fit.iter().map(|line| row(w, whole, line)).collect(),
        kept_why: w.count(&format!("office-{}-kept", task.id()), kept.len()),
        kept: kept.iter().map(|line| row(w, whole, line)).collect(),
        targets: targets(w, visit, whole, &sessions, to),
        reasons: REASONS.into_iter().map(|reason| (reason, w.t(&format!("office-reason-{reason}")))).collect(),
        error,
        wrong: wrong.into_iter().collect(),
        frame,
        head,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// The other dates of the course that have not begun.
fn targets(w: Words, visit: &Visit, whole: &Whole, sessions: &[Session], to: Option<SessionId>) -> Vec<Target> {
    let viewer = Viewer { w, now: visit.now };
    sessions
        .iter()
        .filter(|session| session.course == whole.course.id && session.id != whole.session.id)
        .filter(|session| session.cancelled_at.is_none() && session.day.is_some() && session.can_still_change(visit.now))
        .map(|session| Target {
            id: session.id.to_string(),
            words: format!("{} {}", viewer.nth(session), session.when(visit.lang)),
            small: match session.seats {
                None => w.t("office-seats-unlimited"),
                Some(seats) => w.count("office-seats-left", (seats - session.taken).max(0)),
            },
            chosen: to == Some(session.id),
        })
        .collect()
}

/// What has become of them, and the way back where there is one.
pub async fn done(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let said = Said::read(&visit.query, "from");
    let task = said.task.ok_or(PageError::NotFound)?;
    let here = people(&portal, &visit, whole.session.id, &said.ids).await?;
    let is_done = |line: &&Applicant| match task {
        Task::Move | Task::Restore => line.cancelled_at.is_none(),
        Task::Cancel => line.cancelled_at.is_some(),
    };
    let (did, not): (Vec<&Applicant>, Vec<&Applicant>) = here.iter().partition(is_done);
    let w = visit.words();
    let (stayed, from) = match said.other {
        Some(from) => {
            (people(&portal, &visit, from, &said.ids).await?, Some(staff_pages::session(&portal, &visit, &from.to_string()).await?))
        }
        None => (Vec::new(), None),
    };
    let mut kept: Vec<Row> = not.iter().map(|line| row(w, &whole, line)).collect();
    if let Some(from) = &from {
        kept.extend(stayed.iter().map(|line| row(w, from, line)));
    }
    let undoable: Vec<&&Applicant> =
        did.iter().filter(|line| task == Task::Cancel && line.held_until.is_some_and(|until| visit.now < until)).collect();
    let (frame, head) = whole.head(&portal, &visit, w.t(&format!("office-{}-done-title", task.id())), None);
    let page = DonePage {
        said: w.count(&format!("office-{}-done", task.id()), did.len()),
        kept_why: w.count(&format!("office-{}-not", task.id()), kept.len()),
        kept,
        undo_until: undoable.iter().filter_map(|line| line.held_until).min().map_or_else(String::new, kernel::Timestamp::clock_face),
        undo_ids: undoable.iter().map(|line| line.id.to_string()).collect(),
        back: match &from {
            Some(from) if whole.session.can_still_change(visit.now) && !did.is_empty() => {
                let ids: Vec<String> = did.iter().map(|line| format!("&id={}", line.id)).collect();
                let ids = ids.concat();
                whole.path(&format!("/selection?do=move&to={}{ids}", from.session.id))
            }
            _ => String::new(),
        },
        rows: did.iter().map(|line| row(w, &whole, line)).collect(),
        frame,
        head,
    };
    Page::html(&page)
}
