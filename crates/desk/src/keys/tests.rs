//! Epochs, the glass and deletion, with the crate's own cryptography in the place of the browsers.

mod deleted;
mod files;
mod pages;
mod proofs;
mod restored;

use access::{AccountId, Role, Standing, grant, set_standing};
use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{DbResult, Engine, Lane, Tx, sql};
use kernel::{Clock, EmailAddress, Lang, Span, Timestamp, Uuid};
use std::ops::Deref;
use vault::{PublicKey, SecretKey, shares};

use super::glass::let_in;
use super::renew::MemberWrap;
use super::rewrap::Wrapped;
use super::state::state;
use super::*;
use crate::cases::{self, Case, CaseId, Channel, Circle, Door, NewCase, WrapKind};

/// A database whose clock a test moves.
struct House {
    db: TestDatabase,
    clock: Clock,
}

impl House {
    async fn on(engine: Engine) -> Self {
        let clock = Clock::standing_at("2026-11-22T09:00+09:00".parse().expect("a moment"));
        Self { db: TestDatabase::with_clock(engine, clock.clone()).await, clock }
    }
}

impl Deref for House {
    type Target = TestDatabase;
    fn deref(&self) -> &TestDatabase {
        &self.db
    }
}

/// Somebody of the desk with a browser.
struct Person {
    account: AccountId,
    member: MemberId,
    secret: SecretKey,
}

/// The group's key as the lead's browser holds it.
#[derive(Debug)]
struct Group {
    id: EpochId,
    secret: SecretKey,
}

async fn write<T, F>(db: &TestDatabase, work: F) -> T
where
    T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<T> + Send + 'static,
{
    db.write(Lane::Staff, None, work).await.unwrap()
}

async fn hired(db: &TestDatabase, email: &'static str, role: Role) -> AccountId {
    write(db, async move |tx, now| {
        let email: EmailAddress = email.parse().expect("an address");
        let account = people::accounts::ensure(tx, &email, Lang::Ja, now).await?.id;
        grant(tx, account, role, Standing::Confirmed, None, "system", now).await?;
        Ok(account)
    })
    .await
}

fn key_of(id: MemberId, secret: &SecretKey) -> NewKey {
    NewKey {
        id,
        public_key: *secret.public().as_bytes(),
        way: KeyWay::Passphrase,
        salt: [1; 16],
        memory: Some(65_536),
        passes: Some(3),
        credential: None,
        wrap: vec![1; 73],
    }
}

async fn with_key(db: &TestDatabase, email: &'static str, role: Role) -> Person {
    let account = hired(db, email, role).await;
    let (member, secret) = (MemberId::new(db.now()), SecretKey::generate());
    let key = key_of(member, &secret);
    assert_eq!(write(db, async move |tx, now| make_key(tx, account, &key, "system", now).await).await, Ok(()));
    Person { account, member, secret }
}

/// What the lead's browser does.
async fn begins(db: &TestDatabase, lead: &Person, seen: Option<EpochId>, holders: &[&Person]) -> Result<Group, NotRenewed> {
    let group = Group { id: EpochId::new(db.now()), secret: SecretKey::generate() };
    let wraps = holders.iter().map(|holder| MemberWrap {
        member: holder.member,
        wrap: vault::wrap_for(&holder.secret.public(), group.id.uuid(), holder.member.uuid(), &group.secret),
    });
    let new = NewEpoch { id: group.id, seen, public_key: *group.secret.public().as_bytes(), wraps: wraps.collect() };
    let account = lead.account;
    write(db, async move |tx, now| renew(tx, &new, account, "system", now).await).await.map(|()| group)
}

/// The group's key as it reaches a member: `None` if it is not wrapped for them.
async fn reaches(db: &TestDatabase, person: &Person, epoch: EpochId) -> Option<SecretKey> {
    let member = person.member;
    let wraps = db.read(async move |tx| store::epoch_wraps(tx, member).await).await.unwrap();
    let wrap = wraps.into_iter().find(|wrap| wrap.epoch == epoch)?;
    vault::unwrap_from(&person.secret, epoch.uuid(), member.uuid(), &wrap.wrap).ok()
}

async fn reported(db: &TestDatabase) -> (Case, SecretKey) {
    let circle = db.read(async |tx| Ok(Circle { epoch: current_epoch(tx).await?, glass: glass_key(tx).await? })).await.unwrap();
    let (new, key) = NewCase::prepare(Door::Request, Channel::Web, Lang::Ja, &circle, db.now());
    let id = new.id;
    write(db, async move |tx, now| cases::open_case(tx, &new, now).await.map(|_| ())).await;
    (db.read(async move |tx| cases::store::case(tx, id).await).await.unwrap().expect("it was just made"), key)
}

/// The key of a case as the group opens it.
async fn opens(db: &TestDatabase, group: &Group, case: &Case) -> Option<SecretKey> {
    let (id, epoch) = (case.id, group.id);
    let rows = db.read(async move |tx| store::group_wraps(tx, &[id]).await).await.unwrap();
    let mut of_epoch = rows.iter().filter(|row| row.epoch == epoch);
    of_epoch.find_map(|row| vault::unwrap_from(&group.secret, id.uuid(), epoch.uuid(), &row.wrap).ok())
}

/// Wraps everything anew as the browser of `person` does; how many cases wait after that.
async fn rewraps(db: &TestDatabase, person: &Person) -> i64 {
    let (account, mut after) = (person.account, CaseId::from_uuid(Uuid::nil()));
    loop {
        let batch = db.read(async move |tx| batch(tx, account, after).await).await.unwrap().expect("an epoch");
        let Some(last) = batch.cases.last() else { return batch.left };
        after = last.case;
        let glass = batch.glass.clone();
        let mut made: Vec<Rewrapped> = Vec::new();
        for row in &batch.cases {
            let Some(group) = reaches(db, person, row.epoch).await else { continue };
            let Ok(key) = vault::unwrap_from(&group, row.case.uuid(), row.epoch.uuid(), &row.wrap) else { continue };
            if *key.public().as_bytes() != row.public_key || made.iter().any(|one| one.case == row.case) {
                continue;
            }
            let to = |public: [u8; 32], holder| Wrapped::of(vault::wrap_for(&PublicKey::from_bytes(public), row.case.uuid(), holder, &key));
            made.push(Rewrapped {
                case: row.case,
                from: row.epoch,
                wrap: (row.epoch != batch.epoch).then(|| to(batch.public_key, batch.epoch.uuid())),
                glass: glass.as_ref().map(|glass| to(glass.public_key, glass.id)),
            });
        }
        let (epoch, glass) = (batch.epoch, glass.map(|glass| glass.id));
        assert!(write(db, async move |tx, now| rewrap(tx, epoch, glass, &made, account, "system", now).await).await.is_ok());
    }
}

/// Opens what others made as the browser of `person` does; how much of it did not open.
async fn proves(db: &TestDatabase, person: &Person) -> usize {
    let (account, mut after, mut failed) = (person.account, NewWrapId::from_uuid(Uuid::nil()), 0);
    loop {
        let proofs = db.read(async move |tx| proofs(tx, account, after).await).await.unwrap().expect("the group's key");
        let Some(last) = proofs.wraps.last() else { return failed };
        after = last.id;
        let mut found = Found::default();
        for made in &proofs.wraps {
            // Of a wrap for the glass, a browser makes the same again and compares.
            let is_right = made.kind == WrapKind::Glass || {
                let group = reaches(db, person, EpochId::from_uuid(made.holder)).await.expect("the epoch in use");
                let key = vault::unwrap_from(&group, made.case.uuid(), made.holder, &made.wrap);
                key.is_ok_and(|key| *key.public().as_bytes() == made.public_key)
            };
            let list = if is_right { &mut found.opened } else { &mut found.failed };
            list.push(made.id);
        }
        failed += found.failed.len();
        assert!(write(db, async move |tx, now| prove(tx, &found, account, "system", now).await).await.is_ok());
    }
}

async fn needs(db: &TestDatabase) -> Vec<Need> {
    let (needs, first) = db.read(async |tx| Ok((state(tx).await?.needs, need(tx).await?))).await.unwrap();
    // The page on which a shift begins is told the first of them, except that it does not look at every case.
    if needs.first() != Some(&Need::Rewrap) {
        assert_eq!(first, needs.first().copied());
    }
    needs
}

async fn glazed(db: &TestDatabase, lead: &Person) -> (GlassId, SecretKey) {
    let (id, secret, account) = (GlassId::new(db.now()), SecretKey::generate(), lead.account);
    let public = *secret.public().as_bytes();
    assert_eq!(write(db, async move |tx, now| make_glass(tx, id, public, account, "system", now).await).await, Ok(()));
    (id, secret)
}

#[both_engines]
async fn the_first_epoch_opens_what_comes_after_it_to_everybody_who_has_a_key(db: House) {
    assert_eq!(needs(&db).await, [Need::First, Need::Glass]);
    let lead = with_key(&db, "lead@example.jp", Role::DeskLead).await;
    let other = with_key(&db, "responder@example.jp", Role::Responder).await;
    hired(&db, "keyless@example.jp", Role::Responder).await;
    let group = begins(&db, &lead, None, &[&lead, &other]).await.expect("the first");
    assert_eq!(needs(&db).await, [Need::Glass]);
    let (case, key) = reported(&db).await;
    for person in [&lead, &other] {
        let secret = reaches(&db, person, group.id).await.expect("it is wrapped for them");
        let theirs = Group { id: group.id, secret };
        assert_eq!(opens(&db, &theirs, &case).await.expect("it opens").expose(), key.expose());
    }
}

#[both_engines]
async fn an_epoch_is_for_the_roster_and_nobody_else(db: House) {
    let lead = with_key(&db, "lead@example.jp", Role::DeskLead).await;
    let other = with_key(&db, "responder@example.jp", Role::Responder).await;
    let stranger = with_key(&db, "operator@example.jp", Role::Operator).await;
    assert_eq!(begins(&db, &lead, None, &[&lead]).await.err(), Some(NotRenewed::Roster), "one is left out");
    assert_eq!(begins(&db, &lead, None, &[&lead, &other, &stranger]).await.err(), Some(NotRenewed::Roster), "a stranger is let in");
    assert_eq!(begins(&db, &lead, None, &[&lead, &lead, &other]).await.err(), Some(NotRenewed::Roster), "one counts twice");
    assert_eq!(begins(&db, &lead, None, &[]).await.err(), Some(NotRenewed::Roster));
    let first = begins(&db, &lead, None, &[&lead, &other]).await.expect("the roster as it is");
    assert_eq!(begins(&db, &other, None, &[&lead, &other]).await.err(), Some(NotRenewed::Changed), "somebody was quicker");
    assert!(begins(&db, &other, Some(first.id), &[&lead, &other]).await.is_ok());
}

#[both_engines]
async fn who_leaves_is_seen_at_once_and_opens_nothing_once_the_next_epoch_stands(db: House) {
    let lead = with_key(&db, "lead@example.jp", Role::DeskLead).await;
    let leaver = with_key(&db, "leaver@example.jp", Role::Responder).await;
    let other = with_key(&db, "responder@example.jp", Role::Responder).await;
    let first = begins(&db, &lead, None, &[&lead, &other, &leaver]).await.expect("the first");
    glazed(&db, &lead).await;
    let (old, key) = reported(&db).await;
    assert_eq!(needs(&db).await, []);

    let account = leaver.account;
    write(&db, async move |tx, now| set_standing(tx, account, Role::Responder, None, Standing::Suspended, now).await).await;
    assert_eq!(needs(&db).await, [Need::Leaver]);
    assert_eq!(begins(&db, &lead, Some(first.id), &[&lead, &other, &leaver]).await.err(), Some(NotRenewed::Roster));
    let second = begins(&db, &lead, Some(first.id), &[&lead, &other]).await.expect("without the leaver");
    assert_eq!(needs(&db).await, [Need::Rewrap]);
    assert_eq!(rewraps(&db, &lead).await, 0);
    assert_eq!(needs(&db).await, []);

    // Everything that the leaver ever held, against everything that lies here now, also before anybody else has looked.
    assert!(reaches(&db, &leaver, first.id).await.is_none() && reaches(&db, &leaver, second.id).await.is_none());
    assert!(reaches(&db, &other, first.id).await.is_some(), "what opened is there until somebody else has opened what is new");
    assert_eq!(proves(&db, &other).await, 0);
    assert!(opens(&db, &first, &old).await.is_none(), "the old epoch opens nothing");
    assert_eq!(opens(&db, &second, &old).await.expect("the new one does").expose(), key.expose());
    let (new, _) = reported(&db).await;
    assert!(opens(&db, &first, &new).await.is_none());
    let left: i64 = db.read(async |tx| tx.one(sql!("SELECT count(*) FROM desk_epoch_wraps"), &[]).await).await.unwrap();
    assert_eq!(left, 2, "the secret of the old epoch is wrapped for nobody");
}

#[both_engines]
async fn who_joins_waits_for_the_next_epoch_and_then_reads_what_was_there_before(db: House) {
    let lead = with_key(&db, "lead@example.jp", Role::DeskLead).await;
    let first = begins(&db, &lead, None, &[&lead]).await.expect("the first");
    let (case, key) = reported(&db).await;
    let joiner = with_key(&db, "joiner@example.jp", Role::Responder).await;
    assert_eq!(needs(&db).await, [Need::Joiner, Need::Glass]);
    let second = begins(&db, &lead, Some(first.id), &[&lead, &joiner]).await.expect("with the joiner");
    assert_eq!(rewraps(&db, &joiner).await, 1, "the joiner's browser opens nothing of the old epoch");
    assert_eq!(rewraps(&db, &lead).await, 0);
    let theirs = Group { id: second.id, secret: reaches(&db, &joiner, second.id).await.expect("it is wrapped for them") };
    assert_eq!(opens(&db, &theirs, &case).await.expect("it opens").expose(), key.expose());
}

#[both_engines]
async fn a_key_made_anew_ends_the_one_before(db: House) {
    let lead = with_key(&db, "lead@example.jp", Role::DeskLead).await;
    let first = begins(&db, &lead, None, &[&lead]).await.expect("the first");
    let account = lead.account;
    let again = key_of(lead.member, &lead.secret);
    assert_eq!(write(&db, async move |tx, now| make_key(tx, account, &again, "system", now).await).await, Ok(()));
    assert!(reaches(&db, &lead, first.id).await.is_some(), "another way to the same key changes nothing");
    let fresh = key_of(MemberId::new(db.now()), &SecretKey::generate());
    assert_eq!(write(&db, async move |tx, now| make_key(tx, account, &fresh, "system", now).await).await, Ok(()));
    assert!(reaches(&db, &lead, first.id).await.is_none());
    assert_eq!(needs(&db).await, [Need::Joiner, Need::Glass]);

    let refused = async |key: NewKey| write(&db, async move |tx, now| make_key(tx, account, &key, "system", now).await).await;
    let good = || key_of(MemberId::new(db.now()), &SecretKey::generate());
    assert_eq!(refused(NewKey { public_key: [0; 32], ..good() }).await, Err(NotMade::Unsound));
    assert_eq!(refused(NewKey { memory: Some(8), ..good() }).await, Err(NotMade::Unsound), "a cheap passphrase");
    assert_eq!(refused(NewKey { wrap: vec![1; 72], ..good() }).await, Err(NotMade::Unsound));
    assert_eq!(refused(key_of(lead.member, &SecretKey::generate())).await, Err(NotMade::Taken), "the id of a key that has ended");
}

#[both_engines]
async fn breaking_the_glass_takes_two_shares_and_leaves_its_reason_before_anything_opens(db: House) {
    let lead = with_key(&db, "lead@example.jp", Role::DeskLead).await;
    let first = begins(&db, &lead, None, &[&lead]).await.expect("the first");
    let (before, _) = reported(&db).await;
    let (glass, secret) = glazed(&db, &lead).await;
    let printed = shares::split(&secret);
    drop(secret);
    let account = lead.account;
    let ask = async |case: &Case, reason: &'static str| {
        let number = case.number;
        write(&db, async move |tx, now| break_glass(tx, number, reason, account, "account:lead", now).await).await
    };
    assert_eq!(ask(&before, "全員が鍵を失った").await.err(), Some(NotBroken::NoWayIn), "it is older than the glass");
    assert_eq!(rewraps(&db, &lead).await, 0);
    assert_eq!(ask(&before, " ").await.err(), Some(NotBroken::NoReason));
    let id = ask(&before, "全員が鍵を失った").await.expect("now there is a way in");

    // The reason stands in the chain, sealed, before the shares are joined.
    let case = before.id;
    let entries = db.read(async move |tx| cases::entries(tx, case).await).await.unwrap();
    let said = entries.last().expect("an entry");
    assert_eq!((said.action.as_str(), said.sealed.is_some()), ("glass.broken", true));

    let wraps = db.read(async move |tx| store::glass_wraps(tx, case).await).await.unwrap();
    let joined = shares::join(&printed[0], &printed[2]).unwrap();
    let key = vault::unwrap_from(&joined, case.uuid(), glass.uuid(), &wraps[0].wrap).unwrap();

    // Everybody has lost their key; the lead makes new ones.
    let member = MemberId::new(db.now());
    let fresh = Person { account, member, secret: SecretKey::generate() };
    let made = key_of(member, &fresh.secret);
    assert_eq!(write(&db, async move |tx, now| make_key(tx, account, &made, "system", now).await).await, Ok(()));
    let second = begins(&db, &fresh, Some(first.id), &[&fresh]).await.expect("the second");
    assert!(opens(&db, &second, &before).await.is_none());
    let wrapped = vault::wrap_for(&second.secret.public(), case.uuid(), second.id.uuid(), &key);
    let epoch = second.id;
    let enter = async |by: AccountId, wrap: Vec<u8>| {
        write(&db, async move |tx, now| let_in(tx, id, epoch, wrap.clone(), by, "account:lead", now).await).await
    };
    let stranger = with_key(&db, "other@example.jp", Role::DeskLead).await;
    assert_eq!(enter(stranger.account, wrapped.clone()).await, Err(NotBroken::Over), "another lead did not give the reason");
    assert_eq!(enter(account, vec![0; 80]).await, Err(NotBroken::Unsound));
    assert_eq!(enter(account, wrapped.clone()).await, Ok(()));
    assert_eq!(opens(&db, &second, &before).await.expect("it opens").expose(), key.expose());
    assert_eq!(enter(account, wrapped).await, Err(NotBroken::Over), "once");

    let uses = db.read(async |tx| store::uses(tx).await).await.unwrap();
    assert_eq!(uses.len(), 1);
    assert!(uses[0].root.is_none() && uses[0].opened_at.is_some());
    db.clock.advance(Span::days(1));
    write(&db, async |tx, now| cases::make_roots(tx, now).await).await;
    let uses = db.read(async |tx| store::uses(tx).await).await.unwrap();
    assert!(uses[0].root.is_some(), "the root of its day covers it");
}

#[both_engines]
async fn what_was_asked_half_an_hour_ago_opens_no_more(db: House) {
    let lead = with_key(&db, "lead@example.jp", Role::DeskLead).await;
    let group = begins(&db, &lead, None, &[&lead]).await.expect("the first");
    glazed(&db, &lead).await;
    let (case, _) = reported(&db).await;
    let (number, account, epoch) = (case.number, lead.account, group.id);
    let id = write(&db, async move |tx, now| break_glass(tx, number, "試験", account, "system", now).await).await.expect("a use");
    db.clock.advance(Span::minutes(30));
    let late = write(&db, async move |tx, now| let_in(tx, id, epoch, vec![1; 81], account, "system", now).await).await;
    assert_eq!(late, Err(NotBroken::Over));
}

#[both_engines]
async fn a_deleted_case_opens_to_nobody_and_its_chain_stays_whole(db: House) {
    let lead = with_key(&db, "lead@example.jp", Role::DeskLead).await;
    let group = begins(&db, &lead, None, &[&lead]).await.expect("the first");
    glazed(&db, &lead).await;
    let (case, _) = reported(&db).await;
    let (id, number, account) = (case.id, case.number, lead.account);
    let delete =
        async |reason: &'static str| write(&db, async move |tx, now| delete_case(tx, number, reason, account, "system", now).await).await;
    assert_eq!(delete("保存期間が過ぎた").await, Err(NotDeleted::Open));
    write(&db, async move |tx, now| {
        tx.run(sql!("UPDATE cases SET closed_at = $2, outcome = 'done' WHERE id = $1"), &[id.into(), now.into()]).await.map(|_| ())
    })
    .await;
    assert_eq!(delete("").await, Err(NotDeleted::NoReason));
    let certificate = delete("保存期間が過ぎた").await.expect("it is closed");
    assert_eq!((certificate.wraps, certificate.entries, certificate.files.len()), (2, 2, 0));
    assert_eq!(delete("保存期間が過ぎた").await, Err(NotDeleted::Gone));
    assert!(opens(&db, &group, &case).await.is_none());
    let left: i64 = db.read(async |tx| tx.one(sql!("SELECT count(*) FROM case_wraps"), &[]).await).await.unwrap();
    assert_eq!(left, 0);
    let (kept, entries, whole) = db
        .read(async move |tx| Ok((super::certificate(tx, number).await?, cases::entries(tx, id).await?, cases::verify(tx, id).await?)))
        .await
        .unwrap();
    assert_eq!(kept, Some(certificate.clone()));
    assert_eq!(whole, Ok(()));
    assert_eq!(certificate.chain_end, hex::encode(entries.last().expect("an entry").hash));
}
