use access::{AccountId, Actor, Scope};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use kernel::{Lang, Timestamp, Uuid};
use std::sync::Arc;

use crate::{Held, PageError, Words};

/// What the guard found out about a request, before the handler runs.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The language of the answer.
    pub lang: Lang,
    /// The path without `/en`.
    pub path: String,
    /// What follows `?`, empty if nothing.
    pub query: String,
    /// Who asks. On public pages always nobody, even if a cookie came.
    pub actor: Arc<Actor>,
    /// How much the actor may see by this route.
    pub scope: Scope,
    /// When the request came.
    pub now: Timestamp,
    /// What stands in every form of a page that was served under a cookie.
    pub token: Option<String>,
    /// Whether a program showed a token that is not in force.
    pub has_bad_token: bool,
    /// How the visitor holds the application of `actor`, if they hold one.
    pub held: Option<Held>,
    /// A short name of the browser, for the list of sign-ins.
    pub device: String,
    /// The network of the address, cut to /24 or /48.
    pub network: String,
    /// By which an error is found in the log.
    pub reference: Uuid,
}

impl Visit {
    /// The words of the visit's language.
    pub const fn words(&self) -> Words {
        Words::of(self.lang)
    }

    /// The account of whoever asks; whoever has none signs in first.
    pub fn account(&self) -> Result<AccountId, PageError> {
        self.actor.account().ok_or(PageError::SignInFirst)
    }

    /// A path in the visit's language.
    pub fn to(&self, path: &str) -> String {
        format!("{}{path}", self.lang.prefix())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts.extensions.get::<Self>().cloned().ok_or(PageError::Bug("a handler ran without the guard"))
    }
}
