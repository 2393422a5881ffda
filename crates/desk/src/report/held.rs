//! The way in that a browser holds: its cookie opens the key of one case, in memory, for one request.

use axum::http::{HeaderMap, HeaderName, header};
use kernel::{Span, Timestamp};
use vault::{SecretKey, Visit};
use web::{Page, PageError, Portal, cookie};

use super::deliver::VISIT_LASTS;
use crate::cases::{Case, store};

/// The cookie of who reports, and of a responder on the telephone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The institution's.
    Case,
    /// The responder's, for the length of a call.
    Call,
}

/// A case with its key open.
pub struct Held {
    /// The case.
    pub case: Case,
    /// Its key.
    pub key: SecretKey,
    /// The way in.
    pub visit: Visit,
    /// Until when it opens.
    pub ends_at: Timestamp,
}

impl Cookie {
    const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Call => "call",
        }
    }

    /// The visit that the browser's cookie names.
    pub fn read(self, portal: &Portal, headers: &HeaderMap) -> Option<Visit> {
        cookie(headers, &portal.site.cookie(self.name())).and_then(|value| Visit::from_cookie(value).ok())
    }

    /// The header that gives it to the browser, for as long as the way in lasts.
    pub fn set(self, portal: &Portal, visit: &Visit) -> (HeaderName, String) {
        self.header(portal, &visit.to_cookie(), VISIT_LASTS)
    }

    /// The header that takes it from the browser.
    pub fn clear(self, portal: &Portal) -> (HeaderName, String) {
        self.header(portal, "", Span::seconds(0))
    }

    fn header(self, portal: &Portal, value: &str, lasts: Span) -> (HeaderName, String) {
        set_cookie(portal, self.name(), value, lasts)
    }

    /// The case that the browser holds.
    pub async fn held(self, portal: &Portal, headers: &HeaderMap) -> Result<Option<Held>, PageError> {
        match self.read(portal, headers) {
            Some(visit) => find(portal, &visit).await,
            None => Ok(None),
        }
    }
}

/// The header that gives a browser a cookie of the desk.
pub(crate) fn set_cookie(portal: &Portal, name: &str, value: &str, lasts: Span) -> (HeaderName, String) {
    let secure = if portal.site.is_https() { "; Secure" } else { "" };
    let name = portal.site.cookie(name);
    // No other site leads here, and no mail does: strict costs nobody anything.
    (header::SET_COOKIE, format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{secure}", lasts.as_seconds()))
}

/// The case of a visit, if the visit has not ended.
pub async fn find(portal: &Portal, visit: &Visit) -> Result<Option<Held>, PageError> {
    let (holder, now) = (visit.id(), portal.now());
    let found = portal
        .db
        .glance(async move |tx| {
            let Some(row) = store::visit(tx, holder, now).await? else { return Ok(None) };
            Ok(store::case(tx, row.case).await?.map(|case| (case, row)))
        })
        .await?;
    let Some((case, row)) = found else { return Ok(None) };
    let Ok(key) = visit.unwrap(case.id.uuid(), &row.wrap) else { return Ok(None) };
    let Ok(visit) = Visit::from_cookie(&visit.to_cookie()) else { return Ok(None) };
    Ok(Some(Held { case, key, visit, ends_at: row.ends_at.unwrap_or(now) }))
}

/// To where one comes back, for a browser that holds nothing any more.
pub fn come_back(visit: &web::Visit) -> Page {
    Page::see_other(&visit.to("/incident/back?ended"))
}
