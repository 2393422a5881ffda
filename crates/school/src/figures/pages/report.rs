use access::Action;
use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::Span;
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Visit};

use super::files::XLSX;
use super::new::Making;
use crate::figures::month::{Elsewhere, known};
use crate::figures::report::{Difference, Issued, Report, ReportId, differences as compare};
use crate::figures::sheets::sheets;
use crate::figures::store;
use crate::figures::table::Table;
use crate::office::staff_pages;

/// Differences that a page shows; whoever finds more issues the report anew.
const MOST: usize = 200;

/// How far back mails and inquiries are known for certain: later on what was forgotten is no difference.
const KEPT: Span = Span::days(90);

#[derive(Template)]
#[template(path = "figures/pages/report.html")]
struct ReportPage {
    frame: Frame,
    path: String,
    month: String,
    number: String,
    issued: String,
    who: String,
    sha256: String,
    sheets: Vec<Table>,
}

#[derive(Template)]
#[template(path = "figures/pages/differences.html")]
struct DifferencesPage {
    frame: Frame,
    path: String,
    lead: String,
    rows: Vec<Difference>,
    again: String,
}

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Done {
    done: String,
}

async fn report(portal: &Portal, visit: &Visit, id: &str) -> Result<Report, PageError> {
    staff_pages::reaches(visit)?;
    let id: ReportId = id.parse().map_err(|_| PageError::NotFound)?;
    portal.db.read(async move |tx| store::report(tx, id).await).await?.ok_or(PageError::NotFound)
}

/// A report as it was issued.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, Query(done): Query<Done>) -> Result<Page, PageError> {
    let Report { issued, sheets } = report(&portal, &visit, &id).await?;
    let w = visit.words();
    let by = issued.by.clone();
    let known = portal.db.read(async move |tx| staff_pages::known(tx, [by.as_str()]).await).await?;
    let title = w.one("reports-one", "month", &issued.month.label(visit.lang));
    let said = if done.done == "issued" { w.one("reports-done-issued", "number", &issued.number) } else { String::new() };
    let page = ReportPage {
        frame: staff_pages::frame(&portal, &visit, title).crumb(w.t("reports-title"), "/staff/reports").here().done(said),
        path: format!("/staff/reports/{}", issued.id),
        month: issued.month.label(visit.lang),
        issued: staff_pages::long_moment(issued.at, visit.lang),
        who: staff_pages::who(w, &issued.by, &known),
        sha256: hex::encode(issued.sha256),
        number: issued.number,
        sheets,
    };
    Page::html(&page)
}

/// The file of a report, the same bytes for ever.
pub async fn file(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let Report { issued: Issued { id, number, .. }, .. } = report(&portal, &visit, &id).await?;
    let bytes = portal.db.read(async move |tx| store::report_file(tx, id).await).await?.ok_or(PageError::NotFound)?;
    Ok(Page::file(XLSX, &format!("{number}.xlsx"), bytes))
}

/// What would stand in the report if it were counted today.
pub fn differences(elsewhere: Elsewhere) -> impl Fn(State<Portal>, Visit, Path<String>) -> Making + Clone + Send + Sync + 'static {
    move |State(portal), visit, Path(id)| Box::pin(async move { compared(&portal, &visit, &id, elsewhere).await })
}

async fn compared(portal: &Portal, visit: &Visit, id: &str, elsewhere: Elsewhere) -> Result<Page, PageError> {
    let Report { issued, sheets: was } = report(portal, visit, id).await?;
    let w = visit.words();
    let month = issued.month;
    let is = portal.db.read(async move |tx| known(tx, month, elsewhere).await).await?.map(|known| sheets(&known)).unwrap_or_default();
    let is_old = visit.now.minus(KEPT) > month.from();
    let stays = |table: &Table| !is_old || !matches!(table.id.as_str(), "mails" | "inquiries" | "overview");
    let (was, is): (Vec<Table>, Vec<Table>) = (was.into_iter().filter(stays).collect(), is.into_iter().filter(stays).collect());
    let rows = compare(&was, &is, MOST);
    let may_issue = portal.offers(visit, Action::IssueReports);
    let page = DifferencesPage {
        frame: staff_pages::frame(portal, visit, w.one("reports-differences", "number", &issued.number))
            .crumb(w.t("reports-title"), "/staff/reports")
            .crumb(issued.month.label(visit.lang), &format!("/staff/reports/{}", issued.id))
            .here(),
        path: format!("/staff/reports/{}", issued.id),
        lead: if rows.is_empty() { w.t("reports-no-differences") } else { w.count("reports-differences-lead", rows.len()) },
        again: if may_issue && !rows.is_empty() { format!("/staff/reports/new?month={month}") } else { String::new() },
        rows,
    };
    Page::html(&page)
}
