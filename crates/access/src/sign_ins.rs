use db::{Arg, DbResult, PIECE, Tx, row, sql};
use kernel::{Span, Timestamp, id};
use sha2::{Digest, Sha256};

use crate::{AccountId, Actor, Membership, Role, Standing, Strength, Who, memberships_of};

id!(
    /// A sign-in: one browser of one person, until it ends.
    SignInId
);

/// How far a sign-in reaches; limits follow the strongest role that it opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// A learner's pages.
    Learner,
    /// Pages of an institution or association.
    Institution,
    /// Pages of those who work for the portal.
    Staff,
}

/// What is needed to open a sign-in.
#[derive(Clone, Debug)]
pub struct NewSignIn<'a> {
    /// Whose.
    pub account: AccountId,
    /// How surely they were recognized.
    pub strength: Strength,
    /// The random secret that the cookie carries; only its hash is kept.
    pub secret: &'a [u8],
    /// A short name of the browser, for the person's own list.
    pub device: &'a str,
    /// The network of the address, cut to /24 or /48.
    pub network: &'a str,
}

row! {
    /// A sign-in, as its owner sees it.
    pub struct SignIn {
        pub id: SignInId,
        pub account: AccountId,
        pub strength: Strength,
        pub opened_at: Timestamp,
        pub seen_at: Timestamp,
        pub idle_micros: i64,
        pub ends_at: Timestamp,
        pub stepped_up_at: Option<Timestamp>,
        pub device: String,
        pub network: String,
    }
}

impl SignIn {
    /// Whether it still opens anything at `now`: within the limits that it was opened with, and within those of the roles that
    /// have come into force since (rule 12).
    pub fn is_alive(&self, memberships: &[Membership], now: Timestamp) -> bool {
        let (idle, whole) = strictest_limits(&self.actor(memberships.to_vec()));
        let (idle, ends_at) = (idle.min(Span::micros(self.idle_micros)), self.ends_at.min(self.opened_at.plus(whole)));
        now < ends_at && now < self.seen_at.plus(idle)
    }

    /// The actor that this sign-in makes, with these memberships.
    pub fn actor(&self, memberships: Vec<Membership>) -> Actor {
        Actor {
            who: Who::Person { account: self.account, sign_in: self.id, strength: self.strength, stepped_up_at: self.stepped_up_at },
            memberships,
            application: None,
        }
    }
}

/// The strictest limits of the roles in force: one who is a nurse and the secretariat is treated as the secretariat.
fn strictest_limits(actor: &Actor) -> (Span, Span) {
    actor.roles().map(|membership| membership.role.limits()).min().unwrap_or(Role::Learner.limits())
}

/// Opens a sign-in. Proving the strongest factor counts as a fresh step-up; a mail link never does.
pub async fn open(tx: &mut Tx<'_>, new: &NewSignIn<'_>, now: Timestamp) -> DbResult<SignInId> {
    let id = SignInId::new(now);
    let memberships = memberships_of(tx, new.account).await?;
    let candidate = Actor {
        who: Who::Person { account: new.account, sign_in: id, strength: new.strength, stepped_up_at: None },
        memberships,
        application: None,
    };
    let (idle, whole) = strictest_limits(&candidate);
    let stepped_up = (new.strength >= Strength::PassphraseAndCode).then_some(now);
    let add = sql!(
        "INSERT INTO sign_ins (id, secret, account, strength, opened_at, seen_at, idle_micros, ends_at, stepped_up_at, device, network)
         VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10)"
    );
    let args: [Arg; 10] = [
        id.into(),
        hash(new.secret).into(),
        new.account.into(),
        new.strength.into(),
        now.into(),
        idle.as_micros().into(),
        now.plus(whole).into(),
        stepped_up.into(),
        new.device.into(),
        new.network.into(),
    ];
    tx.run(add, &args).await?;
    Ok(id)
}

/// The living sign-in with this secret, and the actor that it makes.
pub async fn find(tx: &mut Tx<'_>, secret: &[u8], now: Timestamp) -> DbResult<Option<(SignIn, Actor)>> {
    let find = sql!(
        "SELECT id, account, strength, opened_at, seen_at, idle_micros, ends_at, stepped_up_at, device, network
         FROM sign_ins WHERE secret = $1 AND ended_at IS NULL"
    );
    let Some(sign_in) = tx.opt::<SignIn>(find, &[hash(secret).into()]).await? else { return Ok(None) };
    let memberships = memberships_of(tx, sign_in.account).await?;
    if !sign_in.is_alive(&memberships, now) {
        return Ok(None);
    }
    let actor = sign_in.actor(memberships);
    Ok(Some((sign_in, actor)))
}

/// Notes that the sign-in was used; called at most once a minute, so that reading pages seldom writes.
pub async fn seen(tx: &mut Tx<'_>, id: SignInId, now: Timestamp) -> DbResult<()> {
    let note = sql!("UPDATE sign_ins SET seen_at = $2 WHERE id = $1 AND seen_at < $2 AND ended_at IS NULL");
    tx.run(note, &[id.into(), now.into()]).await?;
    Ok(())
}

/// Notes that the person has just shown their strongest factor, and gives the sign-in a new secret (rule 12).
pub async fn step_up(tx: &mut Tx<'_>, id: SignInId, strength: Strength, secret: &[u8], now: Timestamp) -> DbResult<()> {
    let note = sql!("UPDATE sign_ins SET stepped_up_at = $2, strength = $3, secret = $4, seen_at = $2 WHERE id = $1 AND ended_at IS NULL");
    tx.run(note, &[id.into(), now.into(), strength.into(), hash(secret).into()]).await?;
    Ok(())
}

/// All living sign-ins of the person, newest first: none is left out, since one that its owner does not see cannot be ended.
pub async fn list(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> DbResult<Vec<SignIn>> {
    let list = sql!(
        "SELECT id, account, strength, opened_at, seen_at, idle_micros, ends_at, stepped_up_at, device, network
         FROM sign_ins WHERE account = $1 AND ended_at IS NULL AND ends_at > $2 AND seen_at + idle_micros > $2
         ORDER BY opened_at DESC, id DESC"
    );
    let all: Vec<SignIn> = tx.all(list, &[account.into(), now.into()]).await?;
    let memberships = memberships_of(tx, account).await?;
    Ok(all.into_iter().filter(|sign_in| sign_in.is_alive(&memberships, now)).collect())
}

/// Ends one sign-in of this account. Returns whether there was one.
pub async fn end(tx: &mut Tx<'_>, account: AccountId, id: SignInId, now: Timestamp) -> DbResult<bool> {
    let end = sql!("UPDATE sign_ins SET ended_at = $3 WHERE id = $1 AND account = $2 AND ended_at IS NULL");
    Ok(tx.run(end, &[id.into(), account.into(), now.into()]).await? == 1)
}

/// Ends all sign-ins of the account, except `kept`. Returns how many ended.
pub async fn end_others(tx: &mut Tx<'_>, account: AccountId, kept: Option<SignInId>, now: Timestamp) -> DbResult<u64> {
    let end = sql!(
        "UPDATE sign_ins SET ended_at = $3
         WHERE account = $1 AND (CAST($2 AS UUID) IS NULL OR id <> $2) AND ended_at IS NULL"
    );
    tx.run(end, &[account.into(), kept.into(), now.into()]).await
}

/// Ends every sign-in of everybody: after a restore, one that its owner has ended since must not live again.
pub async fn end_all(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    tx.run(sql!("UPDATE sign_ins SET ended_at = $1 WHERE ended_at IS NULL"), &[now.into()]).await
}

/// Forgets sign-ins that ended before `before`, at most [`PIECE`], and says how many.
pub async fn forget_ended(tx: &mut Tx<'_>, before: Timestamp) -> DbResult<u64> {
    let forget = sql!("DELETE FROM sign_ins WHERE id IN (SELECT id FROM sign_ins WHERE ends_at < $1 OR ended_at < $1 LIMIT $2)");
    tx.run(forget, &[before.into(), PIECE.into()]).await
}

/// The level that an actor's roles reach.
impl Level {
    /// The highest level among the roles that are in force.
    pub fn of(actor: &Actor) -> Self {
        actor
            .roles()
            .map(|membership| match membership.role {
                Role::Learner => Self::Learner,
                role if role.needs_passkey() => Self::Staff,
                _ => Self::Institution,
            })
            .max_by_key(|level| *level as u8)
            .unwrap_or(Self::Learner)
    }
}

/// Whether a standing opens the role.
impl Standing {
    /// Only a confirmed membership opens anything.
    pub const fn opens(self) -> bool {
        matches!(self, Self::Confirmed)
    }
}

fn hash(secret: &[u8]) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}
