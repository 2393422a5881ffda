use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use cmi5::Reason;
use db::Lane;
use kernel::one_line;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::{Named, One, one};
use crate::api::house;
use crate::launches::{self, NotWaived};
use crate::pages::tree;

/// The choice for a reason in one's own words.
const OTHER: &str = "other";
/// Letters of those words.
const LONGEST: usize = 200;

#[derive(Template)]
#[template(path = "pages/registrations/waive.html")]
struct WaivePage {
    frame: Frame,
    back: String,
    path: String,
    /// Who, and which unit.
    name: String,
    unit: String,
    /// Why nothing can be waived any more; empty where it can.
    late: String,
    reasons: Vec<(&'static str, String)>,
    filled: Filled,
    key: String,
}

/// The unit of an address.
struct Place {
    unit: usize,
    title: String,
}

impl Place {
    fn of(one: &One, unit: &str, visit: &Visit) -> Result<Self, PageError> {
        let unit: usize = unit.parse().map_err(|_| PageError::NotFound)?;
        let units = one.course.units();
        let found = units.get(unit).filter(|_| one.can_change()).ok_or(PageError::NotFound)?;
        Ok(Self { unit, title: tree::title_of(found, visit.words()) })
    }
}

/// Says what a waiver does, and asks why.
pub(super) async fn form(
    State(portal): State<Portal>,
    visit: Visit,
    Path((package, registration, unit)): Path<(String, String, String)>,
) -> Result<Page, PageError> {
    let one = one(&portal, &visit, &package, &registration).await?;
    let place = Place::of(&one, &unit, &visit)?;
    page(&portal, &visit, &one, &place, Filled::default())
}

fn page(portal: &Portal, visit: &Visit, one: &One, place: &Place, filled: Filled) -> Result<Page, PageError> {
    let (w, name, back) = (visit.words(), Named::of(&one.learner).name, one.path());
    let late = late(one, place.unit);
    let status = match (late, filled.is_fine()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    let known = [Reason::Administrative, Reason::OutsideActivity, Reason::TestedOut, Reason::EquivalentUnit];
    let mut reasons = known.map(|reason| (reason.id(), tree::reason_word(reason, w))).to_vec();
    reasons.push((OTHER, w.t("packages-why-other")));
    let page = WaivePage {
        frame: one
            .frame(portal, visit, w.t("packages-waive-title"))
            .crumb(w.t("packages-learners-title"), &super::path_of(&one.package))
            .crumb(&name, &back)
            .here(),
        path: format!("{back}/units/{}/waiver", place.unit),
        back,
        name,
        unit: place.title.clone(),
        late: late.map_or_else(String::new, |key| w.t(key)),
        reasons,
        filled,
        key: visit.now.uuid().to_string(),
    };
    Ok(Page::html(&page)?.status(status))
}

/// Why it is too late for a waiver.
fn late(one: &One, unit: usize) -> Option<&'static str> {
    let units = one.course.units();
    let found = units.get(unit)?;
    match (one.standing.achieved(unit).waived, one.standing.is_done(found)) {
        (true, _) => Some("packages-waive-already"),
        (false, true) => Some("packages-waive-satisfied"),
        (false, false) => None,
    }
}

/// Waives it, or says why not.
pub(super) async fn waive(
    State(portal): State<Portal>,
    visit: Visit,
    Path((package, registration, unit)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let one = one(&portal, &visit, &package, &registration).await?;
    let (w, place) = (visit.words(), Place::of(&one, &unit, &visit)?);
    let (mut filled, note) = (Filled::from_posted(&posted), one_line(posted.get("note")));
    let is_other = posted.get("reason") == OTHER;
    let reason = if is_other { Some(Reason::Administrative) } else { Reason::of(posted.get("reason")) };
    if reason.is_none() {
        filled.wrong("reason", w.t("packages-waive-no-reason"));
    }
    if is_other && note.is_empty() {
        filled.wrong("note", w.t("packages-waive-no-note"));
    }
    if note.chars().count() > LONGEST {
        filled.wrong("note", w.one("packages-waive-long-note", "most", &LONGEST));
    }
    let Some(reason) = reason.filter(|_| filled.is_fine()) else { return page(&portal, &visit, &one, &place, filled) };
    let (house, by, of) = (house(&portal)?, visit.actor.label(), (one.learner.id, place.unit));
    let write = async move |tx: &mut db::Tx<'_>, now| launches::waive(tx, &house, of, (reason, &note), &by, now).await;
    match portal.db.write(Lane::Staff, posted.key(&portal, &visit), write).await? {
        Ok(()) => Ok(Page::see_other(&visit.to(&format!("{}?done=waived", one.path())))),
        Err(NotWaived::NoRegistration | NotWaived::Refused(cmi5::NotWaived::NoUnit)) => Err(PageError::NotFound),
        // Read anew: what has come in between is what the page says.
        Err(NotWaived::Refused(cmi5::NotWaived::Already | cmi5::NotWaived::Satisfied)) => {
            let one = super::one(&portal, &visit, &package, &registration).await?;
            page(&portal, &visit, &one, &place, filled)
        }
    }
}
