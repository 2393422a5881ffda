use db::{DbResult, Tx};
use web::{PageError, Portal, Posted, Visit};

use super::form::{self, Found};
use crate::trainings::apply::SessionPath;
use crate::trainings::programme::{Course, Programme};
use crate::trainings::session::{Session, State as SessionState};
use crate::trainings::store;
use crate::trainings::view::Viewer;

/// The session that is applied for, as the side of the form shows it.
pub(super) struct Chosen {
    pub(super) path: String,
    pub(super) course: String,
    pub(super) course_path: String,
    pub(super) nth: String,
    pub(super) day: Option<kernel::Day>,
    pub(super) weekday: String,
    pub(super) hours: String,
    pub(super) due: String,
    pub(super) deadline: String,
    pub(super) tentative: bool,
    pub(super) waiting: bool,
    pub(super) grace: String,
    /// The day and time that the page shows, to be sent back by whoever agrees to it.
    pub(super) seen: String,
}

/// The session of an address, with what names it.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) programme: Programme,
    pub(super) course: Course,
    pub(super) session: Session,
}

/// The session that the address names, or the page that says there is none.
pub(super) async fn target(portal: &Portal, path: SessionPath) -> Result<Target, PageError> {
    portal.db.read(async move |tx| find(tx, path).await).await?.ok_or(PageError::NotFound)
}

/// The session that the address names, and the institutions that the typed workplace may mean, if it is to be looked for: found by one
/// look, since everybody who applies waits for both, twice.
pub(super) async fn target_and_workplaces(
    portal: &Portal,
    path: SessionPath,
    posted: &Posted,
    typed: Option<String>,
) -> Result<(Target, Found), PageError> {
    let looked = portal.db.glance(async move |tx| {
        let Some(target) = find(tx, path).await? else { return Ok(None) };
        Ok(Some((target, form::candidates(tx, typed.as_deref()).await?)))
    });
    let (target, candidates) = looked.await?.ok_or(PageError::NotFound)?;
    Ok((target, Found::among(candidates, posted)))
}

async fn find(tx: &mut Tx<'_>, path: SessionPath) -> DbResult<Option<Target>> {
    let Some(session) = store::session_at(tx, path.year, path.audience, path.number).await? else { return Ok(None) };
    let (Some(course), Some(programme)) = (store::course(tx, session.course).await?, store::programme(tx, path.year).await?) else {
        return Ok(None);
    };
    Ok(Some(Target { programme, course, session }))
}

/// The side of the form at this moment.
pub(super) fn chosen(visit: &Visit, path: SessionPath, target: &Target, begun_at: Option<kernel::Timestamp>) -> Chosen {
    let w = visit.words();
    let viewer = Viewer { w, now: visit.now };
    let session = &target.session;
    let view = viewer.course(&target.programme, &target.course, std::slice::from_ref(session));
    let closes = session.closes_at;
    let in_grace = session.is_in_grace(visit.now) && session.refuses_at(visit.now, begun_at).is_none();
    Chosen {
        path: format!("/apply/{}/{}/{}", path.year, path.audience, path.number),
        course: view.name.clone(),
        course_path: view.path.clone(),
        nth: viewer.nth(session),
        day: session.day,
        weekday: session.day.map_or_else(String::new, |day| {
            let week = kernel::weekday(day, visit.lang);
            visit.lang.pick(format!("（{week}）"), format!("{week} "))
        }),
        hours: session.hours(visit.lang),
        due: match session.days_left(visit.now) {
            Some(0) => closes.map_or_else(String::new, |at| w.one("card-due-today", "time", &at.clock_face())),
            Some(days) if days > 0 => w.count("card-due", days),
            _ => String::new(),
        },
        deadline: closes.map_or_else(String::new, |at| viewer.instant(at)),
        tentative: session.tentative,
        waiting: viewer.state(view.archive, session) == SessionState::Full,
        seen: seen(session),
        grace: match closes {
            Some(closes) if in_grace => {
                let until = closes.plus(crate::trainings::session::GRACE).clock_face();
                w.with("apply-grace-note", &[("deadline", &viewer.instant(closes)), ("until", &until)])
            }
            _ => String::new(),
        },
    }
}

/// When a session is, in the form in which the page to confirm carries it.
pub(super) fn seen(session: &Session) -> String {
    session.when(kernel::Lang::Ja)
}
