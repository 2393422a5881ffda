use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use kernel::Span;
use sha2::{Digest, Sha256};
use web::{Keys, Page, Portal, Visit};

/// The browser that is about to be signed in: the secrets it will carry, and what its owner knows it by.
#[derive(Clone)]
pub struct Browser {
    /// Of the sign-in, fresh each time.
    pub(super) secret: [u8; 32],
    /// Of the browser itself, kept for a year, so that strangers who guess can't shut it out.
    device: [u8; 32],
    /// `Chrome / Windows`
    pub(super) name: String,
    /// The network of the address, cut to /24 or /48.
    pub(super) network: String,
}

const SIGN_IN_LASTS: Span = Span::days(30);
pub(super) const DEVICE_LASTS: Span = Span::days(365);

impl Browser {
    /// The browser that sent this request.
    pub fn of(portal: &Portal, visit: &Visit, headers: &HeaderMap) -> Self {
        let known = web::cookie(headers, &portal.site.cookie("dev")).and_then(|text| B64.decode(text).ok());
        Self {
            secret: Keys::random(),
            device: known.and_then(|bytes| bytes.try_into().ok()).unwrap_or_else(Keys::random),
            name: visit.device.clone(),
            network: visit.network.clone(),
        }
    }

    /// What is stored of the browser's own secret.
    pub(super) fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(self.device).into()
    }

    /// The page, with the cookies that keep the browser signed in.
    #[must_use]
    pub fn keep(&self, portal: &Portal, page: Page) -> Page {
        page.with(header::SET_COOKIE, &cookie(portal, "sid", &B64.encode(self.secret), SIGN_IN_LASTS))
            .with(header::SET_COOKIE, &cookie(portal, "dev", &B64.encode(self.device), DEVICE_LASTS))
    }

    /// The page, after which the browser is signed in no longer, and holds no application's link either: others may use it next.
    #[must_use]
    pub fn let_go(portal: &Portal, page: Page) -> Page {
        page.with(header::SET_COOKIE, &cookie(portal, "sid", "", Span::ZERO))
            .with(header::SET_COOKIE, &cookie(portal, "app", "", Span::ZERO))
    }
}

impl std::fmt::Debug for Browser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Browser").field("name", &self.name).finish_non_exhaustive()
    }
}

/// How long a sign-in really lasts is decided by the server; the cookie only has to outlast it.
fn cookie(portal: &Portal, name: &str, value: &str, lasts: Span) -> String {
    let secure = if portal.site.is_https() { "; Secure" } else { "" };
    format!("{}={value}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}", portal.site.cookie(name), lasts.as_seconds())
}
