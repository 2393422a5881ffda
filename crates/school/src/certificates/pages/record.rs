use access::{Action, OrganizationId, Scope};
use askama::Template;
use axum::extract::{Path, Query, State};
use db::{DbResult, Lane, Tx};
use intake::export::xlsx;
use journal::Entry;
use kernel::{FiscalYear, Timestamp};
use people::organizations;
use serde::Deserialize;
use serde_json::json;
use web::{Frame, Page, PageError, Portal, Visit};

use super::institutions;
use crate::certificates::file::moment;
use crate::certificates::printed::Era;
use crate::certificates::record::{LINES, Record};
use crate::certificates::store;
use crate::office::staff_pages;

/// Lines that the page itself shows; the files have all of them.
const SHOWN: usize = 50;

/// Which fiscal year, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    year: String,
}

#[derive(Template)]
#[template(path = "certificates/pages/record.html")]
struct RecordPage {
    frame: Frame,
    path: String,
    year: String,
    years: Vec<(String, String, bool)>,
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
    people: String,
    more: bool,
    can_export: bool,
}

/// Whether whoever asks stands in the room of institutions and associations, and not in that of the secretariat.
fn is_near(visit: &Visit) -> bool {
    visit.path.starts_with("/institutions/")
}

async fn record(portal: &Portal, visit: &Visit, id: &str, asked: &Asked) -> Result<Record, PageError> {
    let id: OrganizationId = id.parse().map_err(|_| PageError::NotFound)?;
    let near = match &visit.scope {
        _ if !is_near(visit) => None,
        Scope::Subtrees(places) => Some(places.clone()),
        _ => return Err(PageError::NotFound),
    };
    if near.is_none() {
        staff_pages::reaches(visit)?;
    }
    let year: FiscalYear = asked.year.parse().unwrap_or_else(|_| FiscalYear::of(visit.now.day()));
    let found = portal
        .db
        .read(async move |tx| {
            if let Some(places) = &near
                && !access::path_of(tx, id).await?.iter().any(|place| places.contains(place))
            {
                return Ok(None);
            }
            let Some(organization) = organizations::find(tx, id).await? else { return Ok(None) };
            let (from, until) = (Timestamp::in_japan(year.first_day(), 0, 0), Timestamp::in_japan(year.plus(1).first_day(), 0, 0));
            let certificates = store::of_organization(tx, id, from, until, LINES).await?;
            Ok(Some(Record { organization, year, certificates }))
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

/// The record of an institution for a fiscal year, and its files.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let record = record(&portal, &visit, &id, &asked).await?;
    let w = visit.words();
    let this = FiscalYear::of(visit.now.day());
    let years = (0..5).map(|ago| this.plus(-ago)).map(|year| (year.to_string(), year.label(w.lang), year == record.year)).collect();
    let mut rows = record.rows(Era::of(portal.settings().get("certificate.era")));
    let more = rows.len() > SHOWN;
    let people = w.with("record-people-value", &[("people", &record.people().to_string()), ("lines", &rows.len().to_string())]);
    rows.truncate(SHOWN);
    let title = w.one("record-of", "organization", &record.organization.name);
    let page = RecordPage {
        frame: if is_near(&visit) {
            institutions::frame(&portal, &visit, title).crumb(w.t("institutions-title"), "/institutions").here()
        } else {
            staff_pages::frame(&portal, &visit, title).crumb(w.t("certificates-title"), "/staff/certificates").here()
        },
        path: format!("{}/{}/record", if is_near(&visit) { "/institutions" } else { "/staff/organizations" }, record.organization.id),
        year: record.year.to_string(),
        headings: Record::headings(),
        can_export: is_near(&visit) || portal.offers(&visit, Action::ExportApplicants),
        years,
        rows,
        people,
        more,
    };
    Page::html(&page)
}

/// As one PDF for the file of the institution.
pub async fn sheet(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let record = record(&portal, &visit, &id, &asked).await?;
    let (roll, made_at) = (record.roll(&portal.settings(), visit.now), moment(visit.now));
    let made = tokio::task::spawn_blocking(move || pdf::roll(&roll, made_at)).await.map_err(|_| PageError::Bug("typesetting"))?;
    let bytes = made.map_err(|wrong| {
        tracing::error!(%wrong, "a record could not be set");
        PageError::Bug("a record could not be set")
    })?;
    note(&portal, &visit, &record, "pdf").await?;
    Ok(Page::file("application/pdf", &format!("{}.pdf", name(&record)), bytes))
}

/// As a workbook.
pub async fn workbook(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let record = record(&portal, &visit, &id, &asked).await?;
    let rows = record.rows(Era::of(portal.settings().get("certificate.era")));
    let bytes =
        xlsx(&record.year.to_string(), None, &Record::headings(), rows).map_err(|_| PageError::Bug("a record could not be written"))?;
    note(&portal, &visit, &record, "xlsx").await?;
    Ok(Page::file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &format!("{}.xlsx", name(&record)), bytes))
}

fn name(record: &Record) -> String {
    format!("{}-{}", record.year, record.organization.code.as_deref().unwrap_or("record"))
}

/// Who took a list of people out of the portal is remembered.
async fn note(portal: &Portal, visit: &Visit, record: &Record, format: &'static str) -> Result<(), PageError> {
    let (id, lines, by) = (record.organization.id, record.certificates.len(), visit.actor.label());
    portal.db.write(Lane::Staff, None, async move |tx, now| taken(tx, id, lines, format, &by, now).await).await?;
    Ok(())
}

async fn taken(tx: &mut Tx<'_>, id: OrganizationId, lines: usize, format: &str, by: &str, now: Timestamp) -> DbResult<()> {
    let entry = Entry::by(by).did("certificates.record_exported").on("organization", id).with(json!({ "format": format, "lines": lines }));
    journal::record(tx, &entry, now).await?;
    Ok(())
}
