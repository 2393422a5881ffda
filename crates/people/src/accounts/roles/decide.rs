use access::{AccountId, Label, Role};
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::store::{self, RequestId};
use crate::accounts::invite;

/// What a second person says to a role that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// The invitation goes out.
    Approved,
    /// Nothing goes out. Whoever asked may take it back so, too.
    Refused,
}

/// Why nothing was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotDecided {
    /// It waits no longer.
    Gone,
    /// Whoever asked for it does not approve it, nor does the person who would have it.
    SecondPerson,
    /// The role can no longer be given: they have it, or its place is gone.
    Overtaken,
}

impl Decision {
    /// The word in the database, in addresses and at the end of keys.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Refused => "refused",
        }
    }
}

/// Decides a request: approved by another than whoever asked, the invitation goes out.
pub async fn decide(
    tx: &mut Tx<'_>,
    id: RequestId,
    decision: Decision,
    by: AccountId,
    now: Timestamp,
) -> DbResult<Result<AccountId, NotDecided>> {
    let Some(request) = store::request(tx, id).await? else { return Ok(Err(NotDecided::Gone)) };
    if request.account == by || (decision == Decision::Approved && request.asked_by == by) {
        return Ok(Err(NotDecided::SecondPerson));
    }
    if !store::mark_decided(tx, id, decision, by, now).await? {
        return Ok(Err(NotDecided::Gone));
    }
    let label = Label::Account(by).to_string();
    let facts = serde_json::json!({ "role": request.role.0, "organization": request.organization, "asked_by": request.asked_by });
    let act = match decision {
        Decision::Approved => "roles.approved",
        Decision::Refused => "roles.refused",
    };
    let entry = Entry::by(&label).acting_as(Role::Operator.id()).did(act).on("account", request.account).with(facts);
    let entry = if request.exception.is_empty() { entry } else { entry.because(&request.exception) };
    journal::record(tx, &entry, now).await?;
    if decision == Decision::Approved
        && invite(tx, &request.email, request.role.0, request.organization, request.lang, &label, now).await?.is_err()
    {
        return Ok(Err(NotDecided::Overtaken));
    }
    Ok(Ok(request.account))
}
