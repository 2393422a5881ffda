//! The pages of accounts: signing in, one's own security, proving oneself again, answering an invitation.

pub(super) mod codes;
pub(super) mod invitation;
pub(super) mod link;
pub(super) mod passkeys;
pub(super) mod proof;
pub(super) mod security;
pub(super) mod sign_in;
pub(super) mod step_up;

use axum::http::StatusCode;
use serde::Deserialize;
use web::{PageError, Visit};

use super::credentials::{Gate, Me};

/// A form that was refused is no success to a program either.
pub(super) const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// `?next=/my`: where to go afterwards.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
}

/// Who is signed in. The guard lets nobody else come here.
pub(super) fn me(visit: &Visit) -> Result<Me, PageError> {
    Me::of(&visit.actor).ok_or(PageError::SignInFirst)
}

/// What a closed gate says. Whoever needs an invitation has no form for it: to them the address is none.
fn closed(gate: Gate) -> PageError {
    match gate {
        Gate::Open | Gate::StepUp => PageError::StepUpFirst,
        Gate::Invitation => PageError::NotFound,
    }
}
