use access::{AccountId, Label};
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{EmailAddress, Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::kit::Kit;
use super::store;
use crate::assignments;

/// Whose a result is instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead {
    /// Nobody's: it does not stand any more.
    Nobody,
    /// Nobody's on the list: it stands under its name alone.
    Name,
    /// That of whoever has this address on the list of the institution.
    Person(EmailAddress),
}

impl Instead {
    /// What the trail says of it.
    const fn id(&self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Name => "name",
            Self::Person(_) => "person",
        }
    }
}

/// Why a result was not taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotWithdrawn {
    /// There is no such result of the kit.
    Unknown,
    /// It was taken back before.
    Already,
    /// Nobody on the list has that address.
    NotListed,
    /// It is theirs already, or nobody's.
    Same,
}

/// Takes back a result that was put down for the wrong person, for a reason that stays beside it, and puts it down for somebody else where
/// that is asked for. Nothing that was put down is changed: the result under this `number` is withdrawn by a row of its own.
pub async fn withdraw(
    tx: &mut Tx<'_>,
    kit: &Kit,
    (sitting, number): (Uuid, i64),
    instead: &Instead,
    reason: &str,
    by: AccountId,
    now: Timestamp,
) -> DbResult<Result<(), NotWithdrawn>> {
    let Some(credited) = store::credited(tx, kit.id, (sitting, number)).await? else { return Ok(Err(NotWithdrawn::Unknown)) };
    if credited.withdrawn_at.is_some() {
        return Ok(Err(NotWithdrawn::Already));
    }
    let person = match instead {
        Instead::Nobody | Instead::Name => None,
        Instead::Person(email) => match assignments::on_list(tx, kit.organization, email).await? {
            Some(one) => Some(one.id),
            None => return Ok(Err(NotWithdrawn::NotListed)),
        },
    };
    let stands = *instead != Instead::Nobody;
    if stands && person == credited.person {
        return Ok(Err(NotWithdrawn::Same));
    }
    if !store::add_withdrawal(tx, kit.id, (sitting, number), reason, by, now).await? {
        return Ok(Err(NotWithdrawn::Already));
    }
    let actor = Label::Account(by).to_string();
    if stands {
        store::add_again(tx, kit.id, (sitting, number), person, &actor, now).await?;
    }
    let facts = json!({ "sitting": sitting, "number": number, "from": credited.person, "instead": instead.id(), "to": person });
    journal::record(tx, &Entry::by(&actor).did("kits.result_withdrawn").on("kit", kit.id).because(reason).with(facts), now).await?;
    Ok(Ok(()))
}
