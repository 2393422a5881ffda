use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use db::Lane;
use serde::Deserialize;
use std::pin::Pin;
use web::{Frame, Page, PageError, Portal, Posted, Visit, Words};

use crate::figures::draft::Draft;
use crate::figures::issue::{NotIssued, issue as issue_report};
use crate::figures::month::{Elsewhere, Month};
use crate::figures::table::Table;
use crate::office::staff_pages;

/// Months that can be chosen: those that a report may still be asked for.
const MONTHS: usize = 18;

/// A page, being made.
pub type Making = Pin<Box<dyn Future<Output = Result<Page, PageError>> + Send>>;

/// Which month, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    month: String,
}

#[derive(Template)]
#[template(path = "figures/pages/new.html")]
struct NewPage {
    frame: Frame,
    months: Vec<(String, String, bool)>,
    month: String,
    number: String,
    sheets: Vec<Table>,
    says: String,
    error: String,
    has_programme: bool,
}

/// The page on which a month is chosen and looked at.
pub fn form(elsewhere: Elsewhere) -> impl Fn(State<Portal>, Visit, Query<Asked>) -> Making + Clone + Send + Sync + 'static {
    move |State(portal), visit, Query(asked)| Box::pin(async move { show(&portal, &visit, elsewhere, &asked.month, None).await })
}

/// Issues the report of a month.
pub fn issue(elsewhere: Elsewhere) -> impl Fn(State<Portal>, Visit, Posted) -> Making + Clone + Send + Sync + 'static {
    move |State(portal), visit, posted| Box::pin(async move { put(&portal, &visit, elsewhere, &posted).await })
}

async fn show(portal: &Portal, visit: &Visit, elsewhere: Elsewhere, asked: &str, refused: Option<NotIssued>) -> Result<Page, PageError> {
    staff_pages::reaches(visit)?;
    let w = visit.words();
    let last = Month::of(visit.now.day()).before();
    let month = asked.parse().unwrap_or(last).min(last);
    let draft = portal.db.read(async move |tx| Draft::of(tx, month, elsewhere).await).await?;
    let months: Vec<Month> = std::iter::successors(Some(last), |month| Some(month.before())).take(MONTHS).collect();
    let page = NewPage {
        frame: staff_pages::frame(portal, visit, w.t("reports-new")).crumb(w.t("reports-title"), "/staff/reports").here(),
        months: months.iter().map(|one| (one.to_string(), one.label(visit.lang), *one == month)).collect(),
        month: month.to_string(),
        number: draft.as_ref().map_or_else(String::new, Draft::number),
        says: says(w, visit, month, draft.as_ref()),
        has_programme: draft.as_ref().is_some_and(|draft| !draft.is_same),
        sheets: draft.map_or_else(Vec::new, |draft| draft.sheets),
        error: refused.map_or_else(String::new, |refused| w.t(refused.key())),
    };
    let page = Page::html(&page)?;
    Ok(if refused.is_some() { page.status(StatusCode::CONFLICT) } else { page })
}

/// What issuing would do.
fn says(w: Words, visit: &Visit, month: Month, draft: Option<&Draft>) -> String {
    let label = month.label(visit.lang);
    match draft {
        None => w.one("reports-no-programme", "year", &month.year().label(visit.lang)),
        Some(draft) if draft.is_same => w.one("reports-there-already", "month", &label),
        Some(draft) => {
            let key = if draft.edition > 1 { "reports-will-again" } else { "reports-will" };
            w.with(key, &[("month", &label), ("number", &draft.number())])
        }
    }
}

async fn put(portal: &Portal, visit: &Visit, elsewhere: Elsewhere, posted: &Posted) -> Result<Page, PageError> {
    staff_pages::reaches(visit)?;
    let key = posted.key(portal, visit);
    let Ok(month) = posted.get("month").parse::<Month>() else {
        return show(portal, visit, elsewhere, "", None).await.map(|page| page.status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    if visit.now < month.until() {
        return show(portal, visit, elsewhere, posted.get("month"), Some(NotIssued::NotOver)).await;
    }
    let draft = portal.db.read(async move |tx| Draft::of(tx, month, elsewhere).await).await?;
    let Some(draft) = draft else {
        return show(portal, visit, elsewhere, posted.get("month"), None).await.map(|page| page.status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let bytes = draft.file(visit.now.day()).map_err(|_| PageError::Bug("a report could not be written"))?;
    let Draft { edition, sheets, .. } = draft;
    let by = visit.actor.label();
    let issued =
        portal.db.write(Lane::Staff, key, async move |tx, now| issue_report(tx, month, edition, &sheets, &bytes, &by, now).await).await?;
    match issued {
        Ok(id) => Ok(Page::see_other(&visit.to(&format!("/staff/reports/{id}?done=issued")))),
        Err(refused) => show(portal, visit, elsewhere, posted.get("month"), Some(refused)).await,
    }
}
