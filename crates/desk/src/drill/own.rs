//! `/exercises`: somebody who acts for an institution begins an exercise of their own, and goes on with the questions.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use db::Lane;
use kernel::Lang;
use web::{Frame, Page, PageError, Portal, Posted, Section, Visit};

use super::exercise::{NotBegun, begin_own};
use crate::cases::{Channel, Door, NewCase, Role};
use crate::desk::Desk;
use crate::report::questions::questions;
use crate::report::{AllGiven, Cookie, Report, VISIT_LASTS};

#[derive(Template)]
#[template(path = "drill/own.html")]
struct OwnPage {
    frame: Frame,
    error: String,
    key: String,
    /// The way in that the browser gets once the exercise has begun: pressed twice, it is the same.
    seed: String,
}

/// What an exercise is, and the button.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    page(&portal, &visit, String::new())
}

fn page(portal: &Portal, visit: &Visit, error: String) -> Result<Page, PageError> {
    let w = visit.words();
    let is_wrong = !error.is_empty();
    let page = Page::html(&OwnPage {
        frame: Frame::new(portal, visit, w.t("work-exercise-title")).in_section(Section::My).crumb(w.t("my-title"), "/my").here(),
        error,
        key: visit.now.uuid().to_string(),
        seed: vault::Visit::generate().to_cookie(),
    })?;
    Ok(if is_wrong { page.status(StatusCode::CONFLICT) } else { page })
}

/// Begins it: the browser holds the case as after a first answer.
pub async fn start(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let account = visit.account()?;
    let Ok(seed) = vault::Visit::from_cookie(posted.get("seed")) else {
        return page(&portal, &visit, visit.words().t("work-exercise-again"));
    };
    let (desk, now) = (Desk::of(&portal)?, portal.now());
    let circle = desk.circle(&portal.db).await;
    let report = report(visit.lang, &circle, &seed, now);
    let (key, by) = (posted.key(&portal, &visit), visit.actor.label());
    let begin = async move |tx: &mut db::Tx<'_>, now| begin_own(tx, &report, account, &by, now).await;
    match portal.db.write(Lane::Staff, key, begin).await? {
        Ok(_) => {
            let (name, value) = Cookie::Case.set(&portal, &seed);
            Ok(Page::see_other(&visit.to(&format!("/incident/report/{}", questions().first().id))).with(name, &value))
        }
        Err(NotBegun::Running(number)) => page(&portal, &visit, visit.words().one("work-exercise-running", "number", &number)),
        Err(NotBegun::Busy) => page(&portal, &visit, visit.words().t("work-exercise-busy")),
    }
}

fn report(lang: Lang, circle: &crate::cases::Circle, seed: &vault::Visit, now: kernel::Timestamp) -> Report {
    let (mut new, key) = NewCase::prepare(Door::Request, Channel::Drill, lang, circle, now);
    new.role = Some(Role::Staff);
    new.admit(seed, &key, now.plus(VISIT_LASTS));
    Report::new(new, &AllGiven::default(), now)
}
