//! The first-response desk: its duty group with keys that open by a passphrase everybody may know, who is on duty, and exercises.

use access::{AccountId, Role};
use db::{DbResult, Lane, Tx};
use desk::cases::Circle;
use desk::keys::{EpochId, KeyWay, MemberId, MemberWrap, NewEpoch, NewKey, make_key, renew};
use desk::roster::{NewShift, plan};
use kernel::{Span, Timestamp};
use people::accounts;
use serde::Deserialize;
use vault::{Salt, SecretKey};
use web::Portal;

use super::{BY, demo_file};
use crate::demo::PEOPLE;
use crate::failure::Failure;

/// What `data/demo/desk.toml` says.
#[derive(Deserialize)]
struct Sample {
    passphrase: String,
}

/// Somebody of the desk, and their key.
struct Member {
    account: AccountId,
    role: Role,
    secret: SecretKey,
    key: NewKey,
}

/// Sets the desk up, and begins an exercise for each stage.
pub(super) async fn set_up(portal: &Portal) -> Result<(), Failure> {
    let of_the_desk = portal.db.read(async |tx| of_the_desk(tx).await).await?;
    let now = portal.now();
    let Sample { passphrase } = toml::from_str(&demo_file("desk.toml")).map_err(Failure::said)?;
    let members = of_the_desk.into_iter().map(|(account, role)| member(account, role, &passphrase, now)).collect::<Result<Vec<_>, _>>();
    let members = members.map_err(Failure::said)?;
    let epoch = SecretKey::generate();
    let id = EpochId::new(now);
    let wraps = members.iter().map(|member| {
        let wrap = vault::wrap_for(&member.secret.public(), id.uuid(), member.key.id.uuid(), &epoch);
        MemberWrap { member: member.key.id, wrap }
    });
    let new = NewEpoch { id, seen: None, public_key: *epoch.public().as_bytes(), wraps: wraps.collect() };
    let circle = Circle { epoch: Some((id.uuid(), epoch.public())), glass: None };
    let keys: Vec<(AccountId, Role, NewKey)> = members.into_iter().map(|member| (member.account, member.role, member.key)).collect();
    portal.db.write(Lane::Staff, None, async move |tx, now| begin(tx, &keys, &new, &circle, now).await).await?;
    Ok(())
}

async fn of_the_desk(tx: &mut Tx<'_>) -> DbResult<Vec<(AccountId, Role)>> {
    let mut found = Vec::new();
    for person in PEOPLE.iter().filter(|person| matches!(person.role, Role::Responder | Role::DeskLead)) {
        found.extend(accounts::by_email(tx, &person.email()).await?.map(|account| (account.id, person.role)));
    }
    Ok(found)
}

fn member(account: AccountId, role: Role, passphrase: &str, now: Timestamp) -> Result<Member, vault::Busy> {
    let (secret, salt, id) = (SecretKey::generate(), Salt::generate(), MemberId::new(now));
    let wrap = vault::member::wrap_by_passphrase(passphrase, &salt, account.uuid(), id.uuid(), &secret)?;
    let (memory, passes) = vault::member::PASSPHRASE_COST;
    let key = NewKey {
        id,
        public_key: *secret.public().as_bytes(),
        way: KeyWay::Passphrase,
        salt: *salt.as_bytes(),
        memory: Some(memory),
        passes: Some(passes),
        credential: None,
        wrap,
    };
    Ok(Member { account, role, secret, key })
}

async fn begin(tx: &mut Tx<'_>, keys: &[(AccountId, Role, NewKey)], epoch: &NewEpoch, circle: &Circle, now: Timestamp) -> DbResult<()> {
    for (account, _, key) in keys {
        if make_key(tx, *account, key, BY, now).await?.is_err() {
            tracing::warn!("a sample key was not taken");
        }
    }
    let Some((lead, ..)) = keys.iter().find(|(_, role, _)| *role == Role::DeskLead) else { return Ok(()) };
    if renew(tx, epoch, *lead, BY, now).await?.is_err() {
        tracing::warn!("the sample's duty group did not begin");
    }
    for (place, (account, ..)) in (1..).zip(keys) {
        let shift = NewShift { account: *account, place, from: now.minus(Span::hours(1)), until: now.plus(Span::hours(23)) };
        if plan(tx, &shift, BY, now).await?.is_err() {
            tracing::warn!("the sample's shift is not on the roster");
        }
    }
    desk::drill::demo(tx, circle, now).await.map(drop)
}
