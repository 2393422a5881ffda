use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use journal::sink::Sink;
use kernel::Uuid;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use web::PageError;

/// What the demo has in memory beside its database.
pub(crate) struct House {
    /// Where its mail ends.
    pub(crate) sink: Arc<Sink>,
    spent: Mutex<HashSet<Uuid>>,
}

/// The house that a request came to.
pub(super) struct AtHome(pub(super) Arc<House>);

impl House {
    /// An empty house with this letter box.
    pub(crate) fn new(sink: Arc<Sink>) -> Self {
        Self { sink, spent: Mutex::default() }
    }

    /// Uses up a ticket; false if somebody has before.
    pub(super) fn spend(&self, ticket: Uuid) -> bool {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner).insert(ticket)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AtHome {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts.extensions.get::<Arc<House>>().cloned().map(Self).ok_or(PageError::NotFound)
    }
}
