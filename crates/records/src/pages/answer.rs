use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use db::{DbError, WriteError};
use kernel::{Timestamp, Uuid};
use serde_json::json;
use web::PageError;
use xapi::{Refusal, Version};

use crate::documents::NotChanged;
use crate::sessions::Forbidden;

/// An answer to a program.
#[derive(Debug)]
pub(super) struct Answer {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Vec<u8>,
}

/// Why a request is not answered as it asks.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    /// It breaks a rule of the specification.
    #[error("{}", .0.problem)]
    Bad(#[from] Refusal),
    /// Nobody is behind it.
    #[error("credentials are needed: a key and its secret (Basic), or a token (Bearer)")]
    NoCredentials,
    /// The token is for something else.
    #[error("the token does not open this")]
    OutOfScope,
    /// It is beyond what a session of a course package may.
    #[error("{0}")]
    Forbidden(#[from] Forbidden),
    /// It is not there.
    #[error("there is nothing of this kind")]
    Missing,
    /// A statement of this id says something else.
    #[error("another statement has the id {0}")]
    OtherStatement(Uuid),
    /// A document is there, and the request does not say that it knows it.
    #[error(
        "There is a document already. Look at it first, then send its ETag in If-Match; or send If-None-Match: * to store a first one."
    )]
    AskFirst,
    /// `If-Match` or `If-None-Match` does not hold.
    #[error("the document is not the one that the request names")]
    Unmet,
    /// Two documents cannot be merged.
    #[error("{why}")]
    Unmergeable { requirement: String, path: String, why: String },
    /// More bytes than are taken.
    #[error("the request is larger than {0} bytes")]
    TooLarge(usize),
    /// Too many requests, or too many wrong secrets.
    #[error("too many requests; wait a minute")]
    TooMany,
    /// What goes wrong with every page.
    #[error("{0}")]
    Page(#[from] PageError),
    /// The object store does not answer.
    #[error("the attachments cannot be reached: {0}")]
    Files(#[from] objects::NotKept),
}

impl From<DbError> for Refused {
    fn from(error: DbError) -> Self {
        Self::Page(error.into())
    }
}

impl From<WriteError> for Refused {
    fn from(error: WriteError) -> Self {
        Self::Page(error.into())
    }
}

impl From<NotChanged> for Refused {
    fn from(not: NotChanged) -> Self {
        match not {
            NotChanged::Unmet => Self::Unmet,
            NotChanged::Unasked => Self::AskFirst,
            NotChanged::Unmergeable { requirement, path, why } => Self::Unmergeable { requirement, path, why },
        }
    }
}

impl Refused {
    fn status(&self) -> StatusCode {
        match self {
            Self::Bad(_) | Self::Unmergeable { .. } => StatusCode::BAD_REQUEST,
            Self::NoCredentials => StatusCode::UNAUTHORIZED,
            Self::OutOfScope | Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Missing => StatusCode::NOT_FOUND,
            Self::OtherStatement(_) | Self::AskFirst => StatusCode::CONFLICT,
            Self::Unmet => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Page(error) => error.status(),
            Self::Files(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The answer: which requirement, where and why, as JSON.
    pub fn answer(self) -> Response {
        if let Self::Page(error) = self {
            return error.into_response();
        }
        if let Self::Files(error) = &self {
            tracing::error!(%error, "attachments of statements cannot be reached");
        }
        // The specification asks for an explanation in plain words here.
        if matches!(self, Self::AskFirst) {
            return Answer::of("text/plain; charset=utf-8", self.to_string().into_bytes()).status(StatusCode::CONFLICT).into_response();
        }
        let (requirement, pointer) = match &self {
            Self::Bad(refusal) => (Some(refusal.requirement.id().to_owned()), refusal.path.clone()),
            Self::Unmergeable { requirement, path, .. } => (Some(requirement.clone()), path.clone()),
            Self::Forbidden(forbidden) => (Some(forbidden.requirement.clone()), String::new()),
            _ => (None, String::new()),
        };
        let body = json!({ "requirement": requirement, "pointer": pointer, "message": self.to_string() });
        let answer = Answer::of("application/json", body.to_string().into_bytes()).status(self.status());
        match self {
            Self::NoCredentials => answer.with(header::WWW_AUTHENTICATE, "Basic realm=\"MIST xAPI\", charset=\"UTF-8\""),
            Self::TooMany => answer.with(header::RETRY_AFTER, "60"),
            Self::Files(_) => answer.with(header::RETRY_AFTER, "30"),
            _ => answer,
        }
        .into_response()
    }
}

impl Answer {
    /// Bytes of a type.
    pub fn of(content_type: &str, body: Vec<u8>) -> Self {
        Self { status: StatusCode::OK, headers: Vec::new(), body }.with(header::CONTENT_TYPE, content_type)
    }

    /// JSON.
    pub fn json(body: impl ToString) -> Self {
        Self::of("application/json", body.to_string().into_bytes())
    }

    /// Nothing more to say.
    pub const fn done() -> Self {
        Self { status: StatusCode::NO_CONTENT, headers: Vec::new(), body: Vec::new() }
    }

    /// With this status.
    pub const fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// With this header; a value that no header can carry is left out.
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    /// With the moment of the last change.
    pub fn last_modified(self, at: Timestamp) -> Self {
        self.with(header::LAST_MODIFIED, &at.http_date())
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        for (name, value) in self.headers {
            response.headers_mut().append(name, value);
        }
        response
    }
}

/// Puts on every answer which version it speaks.
pub(super) fn speaking(version: Version, mut response: Response) -> Response {
    response.headers_mut().insert(HeaderName::from_static("x-experience-api-version"), HeaderValue::from_static(version.header()));
    response
}
