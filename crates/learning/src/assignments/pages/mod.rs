//! The pages of assignments: those of an institution, which the secretariat sees as well, and the secretariat's list of all.

mod export;
mod list;
mod new;
mod show;
mod staff;
mod whole;

use access::{Action, OrganizationId, Scope};
use people::organizations::{self, Organization};
use web::{Frame, PageError, Portal, Routes, Section, Visit};

use crate::authoring::library;
use crate::content::Course;

/// Lines on a page.
pub(crate) const ROWS: i64 = 50;

/// The routes of assignments.
pub fn routes() -> Routes {
    let own = place(Routes::new(), "/institutions/{id}/learning", Action::AssignLearning);
    place(own, "/staff/organizations/{id}/learning", Action::OverseeLearning).get(
        "/staff/assignments",
        Action::OverseeLearning,
        whole::show,
    )
}

fn place(routes: Routes, base: &str, action: Action) -> Routes {
    let at = |rest: &str| format!("{base}{rest}");
    routes
        .get(&at(""), action, list::show)
        .get(&at("/new"), action, new::form)
        .post(&at("/new"), action, new::assign)
        .get(&at("/staff"), action, staff::show)
        .post(&at("/staff"), action, staff::enrol)
        .post(&at("/staff/{person}/leaving"), action, staff::leave)
        .get(&at("/{assignment}"), action, show::show)
        .post(&at("/{assignment}/due"), action, show::move_due)
        .post(&at("/{assignment}/end"), action, show::end)
        .post(&at("/{assignment}/people/{person}"), action, show::waive)
        .get(&at("/{assignment}/people.xlsx"), action, export::workbook)
        .get(&at("/{assignment}/people.csv"), action, export::table)
}

/// The institution that a page is about, for whoever may see it.
pub(crate) struct Place {
    pub organization: Organization,
    /// `/institutions/…/learning`
    pub base: String,
    /// The courses of today.
    pub shown: Vec<&'static Course>,
    /// Whether whoever asks stands in the room of institutions, and not in that of the secretariat.
    is_near: bool,
}

impl Place {
    pub async fn of(portal: &Portal, visit: &Visit, id: &str) -> Result<Self, PageError> {
        let id: OrganizationId = id.parse().map_err(|_| PageError::NotFound)?;
        let is_near = visit.path.starts_with("/institutions/");
        let near = match &visit.scope {
            Scope::All if !is_near => None,
            Scope::Subtrees(places) if is_near => Some(places.clone()),
            _ => return Err(PageError::NotFound),
        };
        let today = visit.now.day();
        let read = async move |tx: &mut db::Tx<'_>| {
            if let Some(places) = &near
                && !access::path_of(tx, id).await?.iter().any(|place| places.contains(place))
            {
                return Ok(None);
            }
            let Some(organization) = organizations::find(tx, id).await? else { return Ok(None) };
            Ok(Some((organization, library::courses(tx, today).await?)))
        };
        let (organization, shown) = portal.db.read(read).await?.ok_or(PageError::NotFound)?;
        let base = if is_near { format!("/institutions/{id}/learning") } else { format!("/staff/organizations/{id}/learning") };
        Ok(Self { organization, base, shown, is_near })
    }

    /// The institution.
    pub fn id(&self) -> OrganizationId {
        self.organization.id
    }

    /// The frame of one of its pages: `title` stands under its list of assignments.
    pub fn frame(&self, portal: &Portal, visit: &Visit, title: String) -> Frame {
        let w = visit.words();
        let frame = Frame::new(portal, visit, title);
        if self.is_near {
            frame.in_section(Section::My).with_desk().crumb(w.t("menu-my"), "/my").crumb(w.t("institutions-title"), "/institutions")
        } else {
            frame.in_office().crumb(w.t("assign-all-title"), "/staff/assignments")
        }
    }

    /// The same for a page below that list.
    pub fn frame_below(&self, portal: &Portal, visit: &Visit, title: String) -> Frame {
        let list = visit.words().one("assign-of", "organization", &self.organization.name);
        self.frame(portal, visit, title).crumb(list, &self.base)
    }
}
