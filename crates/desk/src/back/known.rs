//! The browser that has been in a case: it is known again, so that strangers who guess cannot shut it out.

use axum::http::{HeaderMap, HeaderName};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use kernel::Span;
use web::{Keys, Portal, cookie};

use crate::cases::CaseNumber;
use crate::report::set_cookie;

const COOKIE: &str = "known";
/// What the proofs of the cookie are for.
const PURPOSE: &str = "case-known";
/// Longer than the desk works on a case.
const LASTS: Span = Span::days(180);
/// A browser that comes to more cases than these, such as a vendor's, is no longer known in those where it was last the longest ago.
const CASES: usize = 8;

/// What a browser keeps: 32 bytes of its own, and a proof for each case it has been in. Neither tells the number of a case.
pub(crate) struct Known {
    browser: [u8; 32],
    proofs: Vec<String>,
}

impl Known {
    /// The browser that sent this request.
    pub(crate) fn of(portal: &Portal, headers: &HeaderMap) -> Self {
        cookie(headers, &portal.site.cookie(COOKIE)).and_then(Self::read).unwrap_or_else(Self::nobody)
    }

    /// A browser that has been in no case.
    pub(super) fn nobody() -> Self {
        Self { browser: Keys::random(), proofs: Vec::new() }
    }

    fn read(value: &str) -> Option<Self> {
        let mut parts = value.split('.');
        let browser = B64.decode(parts.next()?).ok()?.try_into().ok()?;
        Some(Self { browser, proofs: parts.take(CASES).map(str::to_owned).collect() })
    }

    /// What tells this browser from others, if it has been in the case with this number.
    pub(super) fn in_case(&self, keys: &Keys, number: CaseNumber) -> Option<&[u8; 32]> {
        let said = self.said(number);
        self.proofs.iter().any(|proof| keys.verify(PURPOSE, &format!("{said}.{proof}")).is_some()).then_some(&self.browser)
    }

    /// The header by which the browser is known again in this case.
    pub(crate) fn remember(mut self, portal: &Portal, number: CaseNumber) -> (HeaderName, String) {
        let proof = portal.keys.token(PURPOSE, &[self.said(number).as_bytes()]);
        self.proofs.retain(|known| *known != proof);
        self.proofs.insert(0, proof);
        self.proofs.truncate(CASES);
        let value = format!("{}.{}", B64.encode(self.browser), self.proofs.join("."));
        set_cookie(portal, COOKIE, &value, LASTS)
    }

    fn said(&self, number: CaseNumber) -> String {
        format!("{number}/{}", B64.encode(self.browser))
    }
}
