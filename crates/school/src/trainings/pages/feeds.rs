use axum::extract::{Path, State};
use web::{Page, PageError, Portal, Visit};

use crate::trainings::calendar;
use crate::trainings::programme::Audience;
use crate::trainings::view::Viewer;

/// Every session with a day, as a calendar to subscribe to.
pub async fn everything(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    feed(&portal, &visit, None).await
}

/// The sessions for one audience: `/calendar/executive.ics`.
pub async fn audience(State(portal): State<Portal>, visit: Visit, Path(name): Path<String>) -> Result<Page, PageError> {
    let audience: Audience = name.strip_suffix(".ics").and_then(|name| name.parse().ok()).ok_or(PageError::NotFound)?;
    feed(&portal, &visit, Some(audience)).await
}

async fn feed(portal: &Portal, visit: &Visit, audience: Option<Audience>) -> Result<Page, PageError> {
    let years = super::list::years(portal, Viewer { w: visit.words(), now: visit.now }).await?;
    let text = calendar::feed(portal, &years, audience, visit.lang, visit.now);
    let until = years.iter().map(|year| year.lasts_until).min().unwrap_or_else(|| visit.now.next_midnight());
    Ok(Page::of("text/calendar; charset=utf-8", text.into_bytes()).lasts_until(until))
}
