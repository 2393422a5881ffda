use access::AccountId;
use db::{DbResult, Tx};
use kernel::Timestamp;

use super::epoch::Epoch;
use super::glass::GlassRow;
use super::member::MemberId;
use super::store;
use super::store::new_wraps::Holders;

db::row! {
    /// Somebody who has or had to do with the keys.
    #[derive(Clone, Debug)]
    pub struct Member {
        pub account: AccountId,
        pub email: String,
        /// Whether a role of the desk is in force.
        pub is_in_force: bool,
        pub key: Option<MemberId>,
        pub public_key: Option<Vec<u8>>,
        /// Whether the current epoch opens to them.
        pub holds: bool,
    }
}

/// What a lead has to do, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// There is no epoch: cases open to nobody of the desk.
    First,
    /// Somebody left and still has the key of the group.
    Leaver,
    /// Somebody is in force, has a key of their own and cannot open cases yet.
    Joiner,
    /// Cases are still wrapped for an epoch that is over, or not for the glass.
    Rewrap,
    /// No key lies behind glass.
    Glass,
}

/// Everything that the page of the keys shows.
pub struct State {
    pub epoch: Option<Epoch>,
    pub glass: Option<GlassRow>,
    pub members: Vec<Member>,
    /// Cases that the next pass of a lead's browser wraps anew.
    pub left: i64,
    pub needs: Vec<Need>,
}

/// How the keys stand. Nothing of it is stored: a membership that ends now shows now.
pub async fn state(tx: &mut Tx<'_>) -> DbResult<State> {
    let (epoch, glass) = (store::current_epoch(tx).await?, store::glass(tx).await?);
    let members = store::members(tx).await?;
    let left = match &epoch {
        Some(epoch) => store::count_left(tx, Holders { epoch: epoch.id, glass: glass.as_ref().map(|glass| glass.id) }).await?,
        None => 0,
    };
    let found = [
        (Need::First, epoch.is_none()),
        (Need::Leaver, members.iter().any(Member::has_left)),
        (Need::Joiner, epoch.is_some() && members.iter().any(Member::waits)),
        (Need::Rewrap, left > 0),
        (Need::Glass, glass.is_none()),
    ];
    let needs = found.into_iter().filter(|(_, is_there)| *is_there).map(|(need, _)| need).collect();
    Ok(State { epoch, glass, members, left, needs })
}

/// The most pressing thing that a lead has to do about the keys, for the page on which they begin their shift. It does not count
/// cases, so it costs the same however many there are.
pub async fn need(tx: &mut Tx<'_>) -> DbResult<Option<Need>> {
    let Some(epoch) = store::current_epoch(tx).await? else { return Ok(Some(Need::First)) };
    let members = store::members(tx).await?;
    if members.iter().any(Member::has_left) {
        return Ok(Some(Need::Leaver));
    }
    if members.iter().any(Member::waits) {
        return Ok(Some(Need::Joiner));
    }
    if store::has_older_wraps(tx, epoch.id).await? {
        return Ok(Some(Need::Rewrap));
    }
    Ok(store::glass(tx).await?.is_none().then_some(Need::Glass))
}

impl Member {
    /// Whether the group's key opens to somebody who is no longer of the group.
    pub const fn has_left(&self) -> bool {
        self.holds && !self.is_in_force
    }

    /// Whether they wait for the next epoch.
    pub const fn waits(&self) -> bool {
        self.is_in_force && self.key.is_some() && !self.holds
    }
}

db::row! {
    /// A time the glass was broken, with the root of that day once it stands.
    #[derive(Clone, Debug)]
    pub struct Use {
        pub number: String,
        pub email: String,
        pub asked_at: Timestamp,
        pub opened_at: Option<Timestamp>,
        pub root: Option<Vec<u8>>,
    }
}
