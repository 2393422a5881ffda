use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use db::{DbError, WriteError};
use kernel::Span;
use serde::Serialize;
use std::sync::Arc;

/// Everything that can go wrong behind a page. The only type that turns into a status code.
///
/// The visitor gets what happened, whether anything was saved, what to do next and a number; the log gets the causes.
#[derive(Clone, Debug, thiserror::Error)]
pub enum PageError {
    /// There is no such thing, or it is not theirs to see: both look the same.
    #[error("not found")]
    NotFound,
    /// They must sign in first.
    #[error("sign in first")]
    SignInFirst,
    /// They must show their strongest factor again.
    #[error("step up first")]
    StepUpFirst,
    /// The request is not one that our forms make; the words say why.
    #[error("refused: {0}")]
    Refused(Problem),
    /// The same form was sent with other content under the same key.
    #[error("a key was used again")]
    KeyReused,
    /// We are full, or the disk is.
    #[error("busy")]
    Busy,
    /// They have tried it too often; after this span they may again.
    #[error("too often")]
    TooOften(Span),
    /// A commit gave no answer: the form's key tells later whether it was stored.
    #[error("outcome unknown")]
    Unknown,
    /// The page was not ready within the time limit; it was only looked at.
    #[error("not ready within the time limit")]
    Late,
    /// The database is gone, locked or read-only: nothing was written, and it may well be back soon.
    #[error("the database cannot be used: {0}")]
    Outage(Arc<DbError>),
    /// The database did not answer as it should.
    #[error("storage: {0}")]
    Storage(Arc<DbError>),
    /// A template could not be rendered.
    #[error("template: {0}")]
    Template(Arc<askama::Error>),
    /// Something that we thought impossible.
    #[error("bug: {0}")]
    Bug(&'static str),
}

/// Why a request is not one that our own forms make. Each has its words in `locales/*/web.ftl` under `problem-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// It came from another site.
    #[error("it came from another site")]
    Foreign,
    /// The page was open for too long, or under another sign-in.
    #[error("the form's token is old")]
    StaleForm,
    /// More bytes than the route takes.
    #[error("too large")]
    TooLarge,
    /// Not a form that we can read.
    #[error("unreadable")]
    Unreadable,
    /// A value in the address is none.
    #[error("a value in the address is wrong")]
    BadAddress,
    /// A program's question has a parameter that we do not know, or a value that it cannot have.
    #[error("a parameter is wrong")]
    BadParameter,
    /// The address is there, for other methods.
    #[error("not by this method")]
    BadMethod,
    /// The program's token is in force, but not for this.
    #[error("out of the token's scope")]
    OutOfScope,
}

impl Problem {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Foreign => "problem-foreign",
            Self::StaleForm => "problem-stale-form",
            Self::TooLarge => "problem-too-large",
            Self::Unreadable => "problem-unreadable",
            Self::BadAddress => "problem-bad-address",
            Self::BadParameter => "problem-bad-parameter",
            Self::BadMethod => "problem-bad-method",
            Self::OutOfScope => "problem-out-of-scope",
        }
    }
}

impl PageError {
    /// The status code.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInFirst => StatusCode::UNAUTHORIZED,
            Self::Refused(Problem::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Refused(Problem::BadParameter) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Refused(Problem::BadMethod) => StatusCode::METHOD_NOT_ALLOWED,
            Self::StepUpFirst | Self::Refused(Problem::Foreign | Problem::StaleForm | Problem::OutOfScope) => StatusCode::FORBIDDEN,
            Self::Refused(_) => StatusCode::BAD_REQUEST,
            Self::KeyReused => StatusCode::CONFLICT,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Unknown | Self::Late | Self::Outage(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Storage(_) | Self::Template(_) | Self::Bug(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The key of its words: `{key}-title` and `{key}-text` in `locales/*/web.ftl`.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NotFound => "error-not-found",
            Self::SignInFirst => "error-sign-in",
            Self::StepUpFirst => "error-step-up",
            Self::Refused(problem) => problem.key(),
            Self::KeyReused => "error-key-reused",
            Self::Busy => "error-busy",
            Self::TooOften(_) => "error-too-often",
            Self::Unknown => "error-unknown",
            Self::Late => "error-late",
            Self::Outage(_) => "error-outage",
            Self::Storage(_) | Self::Template(_) | Self::Bug(_) => "error-fault",
        }
    }

    /// Whether it is our fault and belongs into the log with its causes.
    pub const fn is_fault(&self) -> bool {
        matches!(self, Self::Outage(_) | Self::Storage(_) | Self::Template(_) | Self::Bug(_) | Self::Unknown | Self::Late)
    }
}

impl From<DbError> for PageError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Full => Self::Busy,
            error if error.is_outage() => Self::Outage(Arc::new(error)),
            error => Self::Storage(Arc::new(error)),
        }
    }
}

impl From<WriteError> for PageError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Unknown => Self::Unknown,
            WriteError::Full => Self::Busy,
            WriteError::KeyReused => Self::KeyReused,
            WriteError::Storage(error) => error.into(),
        }
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self::Template(Arc::new(error))
    }
}

impl IntoResponse for PageError {
    /// A bare status with the error beside it; the guard makes the page, since only it knows the language.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
