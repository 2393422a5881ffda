//! Who learns from a package, for the secretariat: the list, one registration, and the two things that are done to one.

mod abandon;
mod list;
mod show;
mod waive;

use access::Action::OverseeLearning;
use cmi5::Course;
use serde_json::Value;
use std::sync::Arc;
use web::{Frame, PageError, Portal, Routes, Visit, Words};

use super::{Whole, whole};
use crate::api::house;
use crate::launches::LASTS;
use crate::package::{Package, RegistrationId};
use crate::standing::Standing;
use crate::store::{self, Learner};

pub(super) fn routes() -> Routes {
    const ONE: &str = "/staff/packages/{package}/registrations/{registration}";
    let waiver = format!("{ONE}/units/{{unit}}/waiver");
    let abandonment = format!("{ONE}/abandonment");
    Routes::new()
        .get("/staff/packages/{package}/registrations", OverseeLearning, list::show)
        .get(ONE, OverseeLearning, show::show)
        .get(&waiver, OverseeLearning, waive::form)
        .post(&waiver, OverseeLearning, waive::waive)
        .get(&abandonment, OverseeLearning, abandon::form)
        .post(&abandonment, OverseeLearning, abandon::abandon)
}

/// A registration with all that its pages say.
struct One {
    package: Package,
    course: Arc<Course>,
    learner: Learner,
    standing: Standing,
}

/// The registration of an address, of somebody who learns: whoever tried the package is nobody here.
async fn one(portal: &Portal, visit: &Visit, package: &str, registration: &str) -> Result<One, PageError> {
    let Whole { package, course } = whole(portal, package).await?;
    let id: RegistrationId = registration.parse().map_err(|_| PageError::NotFound)?;
    let (house, of) = (house(portal)?, (package.id, visit.now.minus(LASTS)));
    let read = async move |tx: &mut db::Tx<'_>| {
        let (Some(learner), Some(registered)) = (store::learner(tx, of, id).await?, store::registration(tx, id).await?) else {
            return Ok(None);
        };
        Ok(Some((learner, Standing::of(tx, &house, &registered).await?)))
    };
    let (learner, standing) = portal.db.read(read).await?.ok_or(PageError::NotFound)?;
    Ok(One { package, course, learner, standing })
}

impl One {
    /// Where its page is.
    fn path(&self) -> String {
        format!("{}/{}", path_of(&self.package), self.learner.id)
    }

    /// A page about it, below the list.
    fn frame(&self, portal: &Portal, visit: &Visit, title: String) -> Frame {
        frame(portal, visit, &self.package, title)
    }

    /// Whether anything may be done to it: what was learned from a package that was deleted stays as it is.
    const fn can_change(&self) -> bool {
        self.package.deleted_at.is_none()
    }
}

/// Where the list of those who learn from a package is.
fn path_of(package: &Package) -> String {
    format!("/staff/packages/{}/registrations", package.id)
}

fn frame(portal: &Portal, visit: &Visit, package: &Package, title: String) -> Frame {
    let w = visit.words();
    Frame::new(portal, visit, title)
        .in_office()
        .crumb(w.t("packages-staff-title"), "/staff/packages")
        .crumb(package.title(w.lang.code()), &format!("/staff/packages/{}", package.id))
}

/// Somebody who learns, as pages name them.
struct Named {
    /// The name; an address or an id where no name is known.
    name: String,
    /// The address, or the system whose id that is; empty where it is the name already.
    address: String,
    /// The institution; empty where none is known.
    place: String,
}

impl Named {
    fn of(learner: &Learner) -> Self {
        let actor: Value = serde_json::from_str(&learner.actor).unwrap_or_default();
        let said = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let written = match (&learner.family, &learner.given) {
            (Some(family), Some(given)) => Some(format!("{family} {given}")),
            _ => learner.listed.clone(),
        };
        // Whom a program has named is told by the program: its own system, and the id there.
        let (id, system) = match &learner.email {
            Some(email) => (Some(email.clone()), None),
            None => (said(&actor["account"]["name"]), said(&actor["account"]["homePage"])),
        };
        let written = written.or_else(|| said(&actor["name"]));
        let (name, address) = match (written, id) {
            (Some(name), id) => (name, id.unwrap_or_default()),
            (None, id) => (id.unwrap_or_default(), String::new()),
        };
        let workplace = learner.workplace.clone().filter(|workplace| !workplace.is_empty());
        let place = learner.institution.clone().or(workplace).or(system).unwrap_or_default();
        Self { name, address, place }
    }
}

/// How far somebody is with the whole, as a look and a word.
fn whole_state(learner: &Learner, w: Words) -> (&'static str, String) {
    match (learner.satisfied_at, learner.launched_at) {
        (Some(_), _) => ("done", w.t("packages-learner-done")),
        (None, Some(_)) => ("open", w.t("packages-learner-begun")),
        (None, None) => ("later", w.t("packages-learner-untouched")),
    }
}
