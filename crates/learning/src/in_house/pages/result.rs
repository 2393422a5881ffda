use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::{Lane, Tx};
use kernel::{EmailAddress, Uuid, long_date, long_moment, one_line};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::{found, score, withdrawn};
use crate::assignments::pages::Place;
use crate::in_house::kit::Kit;
use crate::in_house::store::{self, ResultLine};
use crate::in_house::withdraw::{self as withdrawing, Instead, NotWithdrawn};

/// Characters of a reason.
const LONGEST: usize = 200;

#[derive(Template)]
#[template(path = "in_house/pages/result.html")]
struct ResultPage {
    frame: Frame,
    path: String,
    back: String,
    staff: String,
    organization: String,
    label: String,
    facts: Vec<(String, String)>,
    number: i64,
    /// Whether it is put down for somebody on the list.
    is_credited: bool,
    /// When it was taken back, by whom and why; empty while it stands.
    withdrawn: String,
    /// Why nothing was taken back, where no field is wrong.
    refused: String,
    filled: Filled,
    key: String,
}

struct Seen {
    place: Place,
    kit: Kit,
    line: ResultLine,
}

async fn look(portal: &Portal, visit: &Visit, (id, kit, sitting): (String, String, String)) -> Result<Seen, PageError> {
    let place = Place::of(portal, visit, &id).await?;
    let kit = found(portal, &place, &kit).await?;
    let (of, sitting) = (kit.id, sitting.parse::<Uuid>().map_err(|_| PageError::NotFound)?);
    let line = portal.db.read(async move |tx| store::last(tx, of, sitting).await).await?.ok_or(PageError::NotFound)?;
    Ok(Seen { place, kit, line })
}

/// One result as it was put down last, and how it is taken back or put right.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(path): Path<(String, String, String)>) -> Result<Page, PageError> {
    let seen = look(&portal, &visit, path).await?;
    page(&portal, &visit, &seen, Filled::default(), String::new())
}

fn page(portal: &Portal, visit: &Visit, seen: &Seen, filled: Filled, refused: String) -> Result<Page, PageError> {
    let (w, line) = (visit.words(), &seen.line);
    let back = format!("{}/kits/{}", seen.place.base, seen.kit.id);
    let outcome = w.t(if line.is_passed() { "in-house-passed" } else { "in-house-not-passed" });
    let status = if filled.is_fine() && refused.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut facts = vec![
        (w.t("assign-name"), line.name.clone()),
        (w.t("kit-column-department"), line.department.clone()),
        (w.t("in-house-who"), line.email.clone().unwrap_or_else(|| w.t("in-house-name-alone"))),
        (w.t("learning-record-score"), score(line, w)),
        (w.t("assign-state"), outcome),
        (w.t("learning-record-day"), long_date(line.ended_at.day(), w.lang)),
        (w.t("in-house-recorded-at"), long_moment(line.recorded_at, w.lang)),
    ];
    // A department need not be said.
    facts.retain(|(_, value)| !value.is_empty());
    let page = ResultPage {
        frame: seen
            .place
            .frame_below(portal, visit, w.t("in-house-withdraw-title"))
            .crumb(w.t("in-house-title"), &format!("{}/kits", seen.place.base))
            .crumb(seen.kit.label.clone(), &back)
            .here(),
        path: format!("{back}/results/{}", line.sitting),
        back,
        staff: format!("{}/staff", seen.place.base),
        organization: seen.place.organization.name.clone(),
        label: seen.kit.label.clone(),
        facts,
        number: line.number,
        is_credited: line.email.is_some(),
        withdrawn: withdrawn(line, w),
        refused,
        filled,
        key: visit.now.uuid().to_string(),
    };
    Ok(Page::html(&page)?.status(status))
}

/// Takes it back, or puts it right.
pub async fn withdraw(
    State(portal): State<Portal>,
    visit: Visit,
    Path(path): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let seen = look(&portal, &visit, path.clone()).await?;
    let (w, mut filled) = (visit.words(), Filled::from_posted(&posted));
    let instead = match posted.get("instead") {
        "nobody" => Some(Instead::Nobody),
        "name" => Some(Instead::Name),
        "person" => {
            let email = posted.get("email").parse::<EmailAddress>();
            if email.is_err() {
                filled.wrong("email", w.t("in-house-withdraw-email-empty"));
            }
            email.ok().map(Instead::Person)
        }
        _ => {
            filled.wrong("instead", w.t("in-house-withdraw-what-empty"));
            None
        }
    };
    let reason = one_line(posted.get("reason"));
    if reason.is_empty() {
        filled.wrong("reason", w.t("in-house-withdraw-reason-empty"));
    } else if reason.chars().count() > LONGEST {
        filled.wrong("reason", w.count("in-house-withdraw-reason-long", LONGEST));
    }
    let (Some(instead), true) = (instead, filled.is_fine()) else { return page(&portal, &visit, &seen, filled, String::new()) };
    let by = visit.account()?;
    let done = if instead == Instead::Nobody { "withdrawn" } else { "corrected" };
    let (kit, which) = (seen.kit.clone(), (seen.line.sitting, posted.get("number").parse::<i64>().unwrap_or_default()));
    let write = async move |tx: &mut Tx<'_>, now| withdrawing::withdraw(tx, &kit, which, &instead, &reason, by, now).await;
    match portal.db.write(Lane::Staff, posted.key(&portal, &visit), write).await? {
        Ok(()) => Ok(Page::see_other(&visit.to(&format!("{}/kits/{}?done={done}", seen.place.base, seen.kit.id)))),
        Err(NotWithdrawn::Unknown) => Err(PageError::NotFound),
        Err(NotWithdrawn::Already) => {
            let seen = look(&portal, &visit, path).await?;
            page(&portal, &visit, &seen, filled, w.t("in-house-withdraw-already"))
        }
        Err(NotWithdrawn::NotListed) => {
            filled.wrong("email", w.t("in-house-withdraw-not-listed"));
            page(&portal, &visit, &seen, filled, String::new())
        }
        Err(NotWithdrawn::Same) => {
            filled.wrong(if posted.get("instead") == "person" { "email" } else { "instead" }, w.t("in-house-withdraw-same"));
            page(&portal, &visit, &seen, filled, String::new())
        }
    }
}
