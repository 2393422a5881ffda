//! The applicant's pages as a rehearsal shows them: made by the same functions as the real ones, of what the rehearsal brings.

use db::{DbResult, Tx};
use web::{Page, PageError, Portal, Posted, Proof, Visit};

use super::application::{beside, page_of};
use super::apply::{confirm_page, form_page};
use super::chosen::{Target, chosen};
use super::form::{self, Found};
use crate::trainings::application::Wanted;
use crate::trainings::apply::SessionPath;
use crate::trainings::programme::{Course, Programme};
use crate::trainings::session::Session;
use crate::trainings::store::WholeApplication;

/// The session that is rehearsed, with what names it.
#[derive(Clone)]
pub struct Stage {
    target: Target,
    path: SessionPath,
}

impl Stage {
    /// Sets the stage.
    pub fn of(programme: Programme, course: Course, session: Session) -> Self {
        let path = SessionPath { year: programme.year, audience: course.slug, number: session.number };
        Self { target: Target { programme, course, session }, path }
    }

    /// The address of the session.
    pub const fn path(&self) -> SessionPath {
        self.path
    }

    /// The form as it opens.
    pub fn form(&self, portal: &Portal, visit: &Visit) -> Result<Page, PageError> {
        let begun = form::begun(&portal.keys, visit.now);
        form_page(portal, visit, chosen(visit, self.path, &self.target, None), web::Filled::default(), String::new(), begun)
    }

    /// The page that asks whether everything is right; nothing if what was typed is not.
    pub fn confirmation(&self, portal: &Portal, visit: &Visit, posted: &Posted) -> Option<Result<(Page, Wanted), PageError>> {
        // No institution is looked up: the person works nowhere that the list knows.
        let found = Found { candidates: Vec::new(), chosen: None, is_other: true };
        let checked = form::check(posted, visit, &portal.keys, &found).ok()?;
        let wanted = checked.wanted.clone();
        let page = confirm_page(
            portal,
            visit,
            (chosen(visit, self.path, &self.target, None), None, String::new()),
            checked,
            posted,
            String::new(),
        );
        Some(page.map(|page| (page, wanted)))
    }
}

/// The page of an application, saying what was just done.
pub async fn application(
    tx: &mut Tx<'_>,
    portal: &Portal,
    visit: &Visit,
    whole: &WholeApplication,
    done: &str,
) -> DbResult<Result<Page, PageError>> {
    let beside = beside(tx, whole, visit.words(), visit.now).await?;
    Ok(Page::html(&page_of(portal, visit, (whole.clone(), Proof::Typed), &beside, done)))
}
