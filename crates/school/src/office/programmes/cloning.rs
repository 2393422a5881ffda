use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use kernel::FiscalYear;
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Visit};

use super::super::staff_pages;
use crate::trainings::Viewer;
use crate::trainings::clone::{self as verb, NotCloned, Plan};

/// A session as it was and as it would be.
struct Row {
    course: &'static str,
    nth: String,
    was: String,
    becomes: String,
    opens: String,
    closes: String,
    avoided: String,
}

#[derive(Template)]
#[template(path = "office/programmes/plan.html")]
struct PlanPage {
    frame: Frame,
    back: String,
    from: String,
    to: String,
    lead: String,
    rows: Vec<Row>,
    refused: String,
}

/// To which year, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Wanted {
    to: String,
}

async fn planned(portal: &Portal, from: FiscalYear, to: FiscalYear) -> Result<Result<Plan, NotCloned>, PageError> {
    let holidays = portal.holidays.clone();
    let now = portal.now();
    Ok(portal.db.read(async move |tx| verb::plan(tx, from, to, &holidays, now).await).await?)
}

/// What a new year made from this one would look like. Nothing is made yet.
pub async fn plan(
    State(portal): State<Portal>,
    visit: Visit,
    Path(year): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let from: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let to = if wanted.to.is_empty() { from.plus(1) } else { wanted.to.parse().map_err(|_| PageError::NotFound)? };
    let planned = planned(&portal, from, to).await?;
    page(&portal, &visit, from, to, planned)
}

fn page(portal: &Portal, visit: &Visit, from: FiscalYear, to: FiscalYear, planned: Result<Plan, NotCloned>) -> Result<Page, PageError> {
    let w = visit.words();
    let (lead, rows, refused) = match planned {
        Ok(plan) => {
            let facts = [("from", from.label(visit.lang)), ("weeks", plan.weeks.to_string()), ("n", plan.sessions.len().to_string())];
            let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
            (w.with("office-clone-lead", &facts), rows(Viewer { w, now: visit.now }, &plan), String::new())
        }
        Err(NotCloned::NoPattern(_)) => return Err(PageError::NotFound),
        Err(NotCloned::Exists(year)) => (String::new(), Vec::new(), w.one("office-clone-exists", "year", &year.label(visit.lang))),
    };
    let back = format!("/staff/programmes/{from}");
    let is_refused = !refused.is_empty();
    let page = PlanPage {
        frame: staff_pages::frame(portal, visit, w.one("office-clone", "year", &to.label(visit.lang)))
            .crumb(from.label(visit.lang), &back)
            .here(),
        back,
        from: from.to_string(),
        to: to.to_string(),
        lead,
        rows,
        refused,
    };
    let page = Page::html(&page)?;
    Ok(if is_refused { page.status(StatusCode::CONFLICT) } else { page })
}

fn rows(viewer: Viewer, plan: &Plan) -> Vec<Row> {
    let lang = viewer.w.lang;
    let unset = || viewer.w.t("office-not-set");
    plan.sessions
        .iter()
        .map(|planned| Row {
            course: planned.audience(plan).prose().short(lang),
            nth: viewer.nth(&planned.becomes),
            was: planned.was.when(lang),
            becomes: planned.becomes.when(lang),
            opens: planned.becomes.opens_at.map_or_else(unset, |at| viewer.instant(at)),
            closes: planned.becomes.closes_at.map_or_else(unset, |at| viewer.instant(at)),
            avoided: planned
                .avoided
                .as_deref()
                .map_or_else(String::new, |holiday| viewer.w.one("office-clone-avoided", "holiday", holiday)),
        })
        .collect()
}
