use access::{AccountId, Strength, memberships_of};
use auth::Passkey;
use db::{Arg, DbResult, FromColumn, Tx, Unreadable, Value};
use kernel::{Timestamp, id};
use serde::{Deserialize, Serialize};

use super::change::{Change, follow_up};
use super::credentials::{Credentials, Gate, Me, gate};
use super::{Browser, sign_in, store};

id!(
    /// A passkey that is registered here.
    PasskeyId
);
id!(
    /// What was asked of a passkey, until it answers.
    CeremonyId
);

/// A passkey in its column.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct StoredPasskey(pub(super) Passkey);

db::row! {
    /// A passkey, as its owner sees it.
    pub(super) struct PasskeyLine {
        pub(super) id: PasskeyId,
        pub(super) name: String,
        pub(super) added_at: Timestamp,
        pub(super) used_at: Option<Timestamp>,
    }
}

db::row! {
    /// A passkey that claims to have answered.
    #[derive(Serialize, Deserialize)]
    pub(super) struct Claimed {
        pub(super) id: PasskeyId,
        pub(super) account: AccountId,
        pub(super) passkey: StoredPasskey,
    }
}

/// Why a passkey was not added or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum NotChanged {
    /// The person has to prove themselves first.
    Closed(Gate),
    /// It is already registered.
    There,
    /// There is no such passkey.
    Unknown,
    /// It is the last one, and a role of its owner needs one.
    Needed,
}

impl From<&StoredPasskey> for Arg {
    fn from(stored: &StoredPasskey) -> Self {
        Self::Json(serde_json::to_string(&stored.0).expect("a passkey is plain data"))
    }
}

impl FromColumn for StoredPasskey {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        Ok(Self(serde_json::from_str(value.text()?)?))
    }
}

/// Adds a passkey that has just proved itself; from now on the sign-in stands on it, so it has a new secret.
pub(super) async fn add(
    tx: &mut Tx<'_>,
    me: Me,
    passkey: &Passkey,
    name: &str,
    browser: &Browser,
    now: Timestamp,
) -> DbResult<Result<(), NotChanged>> {
    match gate(tx, &me, now).await? {
        Gate::Open => {}
        closed => return Ok(Err(NotChanged::Closed(closed))),
    }
    if !store::add_passkey(tx, me.account, passkey, name, now).await? {
        return Ok(Err(NotChanged::There));
    }
    let renewed = sign_in::prove(tx, me, Strength::Passkey, browser, now).await?;
    follow_up(tx, me, renewed.unwrap_or(me.sign_in), Change::PasskeyAdded, now).await?;
    Ok(Ok(()))
}

/// Removes a passkey, unless a role needs it.
pub(super) async fn remove(tx: &mut Tx<'_>, me: Me, id: PasskeyId, now: Timestamp) -> DbResult<Result<(), NotChanged>> {
    match gate(tx, &me, now).await? {
        Gate::Open => {}
        closed => return Ok(Err(NotChanged::Closed(closed))),
    }
    let credentials = store::credentials(tx, me.account).await?;
    let after = Credentials { passkeys: credentials.passkeys - 1, ..credentials };
    if !after.suffice_for_roles(&memberships_of(tx, me.account).await?) {
        return Ok(Err(NotChanged::Needed));
    }
    if !store::remove_passkey(tx, me.account, id).await? {
        return Ok(Err(NotChanged::Unknown));
    }
    follow_up(tx, me, me.sign_in, Change::PasskeyRemoved, now).await?;
    Ok(Ok(()))
}
