use askama::Template;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::Timestamp;

use crate::PageError;

/// An answer: a page, a redirect, a file.
#[derive(Debug)]
pub struct Page {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Vec<u8>,
    lasts_until: Option<Timestamp>,
}

/// Until when a public page stays as it is, carried from the handler to the cache.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LastsUntil(pub Timestamp);

impl Page {
    /// The rendered template.
    pub fn html<T: Template>(template: &T) -> Result<Self, PageError> {
        Ok(Self::of("text/html; charset=utf-8", template.render()?.into_bytes()))
    }

    /// Bytes of a type.
    pub fn of(content_type: &'static str, body: Vec<u8>) -> Self {
        Self {
            status: StatusCode::OK,
            headers: vec![(header::CONTENT_TYPE, HeaderValue::from_static(content_type))],
            body,
            lasts_until: None,
        }
    }

    /// A file to keep, with a name that may be Japanese.
    pub fn file(content_type: &'static str, name: &str, body: Vec<u8>) -> Self {
        Self::of(content_type, body).with(header::CONTENT_DISPOSITION, &attachment(name))
    }

    /// A value as JSON.
    pub fn json<T: serde::Serialize>(value: &T) -> Result<Self, PageError> {
        let body = serde_json::to_vec(value).map_err(|_| PageError::Bug("a value could not be written as JSON"))?;
        Ok(Self::of("application/json", body))
    }

    /// Go and look there (after a change).
    pub fn see_other(path: &str) -> Self {
        Self { status: StatusCode::SEE_OTHER, headers: Vec::new(), body: Vec::new(), lasts_until: None }.with(header::LOCATION, path)
    }

    /// The address has moved for ever.
    pub fn moved(path: &str) -> Self {
        Self { status: StatusCode::PERMANENT_REDIRECT, headers: Vec::new(), body: Vec::new(), lasts_until: None }
            .with(header::LOCATION, path)
    }

    /// What is sent, as a page inside another shows it.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// With this status.
    #[must_use]
    pub const fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// With this header; a value that no header can carry is left out.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    /// The page shows the same until `moment`, unless something public changes before.
    #[must_use]
    pub fn lasts_until(mut self, moment: Timestamp) -> Self {
        self.lasts_until = Some(self.lasts_until.map_or(moment, |earlier| earlier.min(moment)));
        self
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        for (name, value) in self.headers {
            response.headers_mut().append(name, value);
        }
        if let Some(moment) = self.lasts_until {
            response.extensions_mut().insert(LastsUntil(moment));
        }
        response
    }
}

/// The header by which a browser keeps a file under this name, which may be Japanese, instead of showing it.
pub fn attachment(name: &str) -> String {
    let ascii: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    let encode = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    let encoded: Vec<String> = name.bytes().map(encode).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", encoded.concat())
}
