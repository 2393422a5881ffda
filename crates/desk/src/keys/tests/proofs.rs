//! What opens is given up for nothing that nobody else has opened: neither by a lead who sends what opens nothing, nor by the glass.

use access::Role;
use both_engines::both_engines;
use db::sql;
use kernel::{Span, Uuid};

use super::*;
use crate::keys::glass::let_in;

/// Every way into every case: of what kind, for whom, and its bytes.
async fn ways(db: &TestDatabase) -> Vec<(String, Uuid, Vec<u8>)> {
    db.read(async |tx| tx.all(sql!("SELECT kind, holder, wrap FROM case_wraps ORDER BY case_id, kind, holder"), &[]).await).await.unwrap()
}

async fn count(db: &TestDatabase, what: &'static db::Stmt) -> i64 {
    db.read(async move |tx| tx.one(what, &[]).await).await.unwrap()
}

async fn acts(db: &TestDatabase, case: &Case) -> Vec<String> {
    let id = case.id;
    db.read(async move |tx| cases::entries(tx, id).await).await.unwrap().into_iter().map(|entry| entry.action).collect()
}

/// What no browser of ours makes, of the right length.
fn noise(byte: u8) -> Wrapped {
    Wrapped::of(vec![byte; 81])
}

/// Two people who hold the group's key, a key behind glass, and a case that opens to both.
struct Desk {
    lead: Person,
    other: Person,
    group: Group,
    glass: (GlassId, SecretKey),
    case: Case,
    key: SecretKey,
}

impl Desk {
    async fn of(db: &House) -> Self {
        let lead = with_key(db, "lead@example.jp", Role::DeskLead).await;
        let other = with_key(db, "responder@example.jp", Role::Responder).await;
        let group = begins(db, &lead, None, &[&lead, &other]).await.expect("the first");
        let glass = glazed(db, &lead).await;
        let (case, key) = reported(db).await;
        Self { lead, other, group, glass, case, key }
    }

    /// Sends this for the case in the lead's name.
    async fn sends(&self, db: &House, epoch: EpochId, from: EpochId, wrap: Option<Wrapped>) -> Result<i64, NotRewrapped> {
        let (account, glass) = (self.lead.account, self.glass.0.uuid());
        let made = vec![Rewrapped { case: self.case.id, from, wrap, glass: Some(noise(7)) }];
        write(db, async move |tx, now| rewrap(tx, epoch, Some(glass), &made, account, "account:lead", now).await).await
    }
}

#[both_engines]
async fn a_way_by_the_epoch_in_use_is_not_replaced_by_anything(db: House) {
    let desk = Desk::of(&db).await;
    let (before, epoch) = (ways(&db).await, desk.group.id);
    assert_eq!(desk.sends(&db, epoch, epoch, Some(noise(9))).await, Err(NotRewrapped::Unsound));
    assert_eq!(desk.sends(&db, epoch, EpochId::new(db.now()), Some(noise(9))).await, Ok(0), "one that is known to open stays");
    assert_eq!(desk.sends(&db, epoch, epoch, None).await, Ok(0), "so does one from behind the glass");
    assert_eq!(ways(&db).await, before);
    assert_eq!(count(&db, sql!("SELECT count(*) FROM case_new_wraps")).await, 0);
    assert_eq!(opens(&db, &desk.group, &desk.case).await.expect("it opens").expose(), desk.key.expose());
    let too_many = (0..51).map(|_| Rewrapped { case: desk.case.id, from: epoch, wrap: None, glass: Some(noise(7)) }).collect::<Vec<_>>();
    let (account, glass) = (desk.lead.account, desk.glass.0.uuid());
    let sent = write(&db, async move |tx, now| rewrap(tx, epoch, Some(glass), &too_many, account, "system", now).await).await;
    assert_eq!(sent, Err(NotRewrapped::Unsound));
}

#[both_engines]
async fn what_opens_nothing_takes_nothing_away_and_what_another_has_opened_does(db: House) {
    let desk = Desk::of(&db).await;
    let second = begins(&db, &desk.lead, Some(desk.group.id), &[&desk.lead, &desk.other]).await.expect("the second");
    assert_eq!(desk.sends(&db, second.id, desk.group.id, Some(noise(9))).await, Ok(0));
    assert_eq!(opens(&db, &desk.group, &desk.case).await.expect("the former way opens").expose(), desk.key.expose());
    let destroyed = sql!("SELECT count(*) FROM desk_epochs WHERE destroyed_at IS NOT NULL");
    assert_eq!(count(&db, destroyed).await, 0);
    assert!(reaches(&db, &desk.other, desk.group.id).await.is_some(), "the former epoch is there for whoever had it");
    assert_eq!(acts(&db, &desk.case).await.last().map(String::as_str), Some("key.rewrapped"));
    let recorded = sql!("SELECT count(*) FROM audit WHERE act = 'desk_keys.cases_rewrapped' AND actor = 'account:lead'");
    assert_eq!(count(&db, recorded).await, 1);

    assert_eq!(proves(&db, &desk.lead).await, 0, "nobody proves what they made");
    assert_eq!(count(&db, destroyed).await, 0);
    assert_eq!(proves(&db, &desk.other).await, 1, "another's browser says that it does not open");
    assert_eq!(count(&db, sql!("SELECT count(*) FROM audit WHERE act = 'desk_keys.wraps_failed'")).await, 1);
    assert_eq!(count(&db, destroyed).await, 0);
    assert_eq!(needs(&db).await, [Need::Rewrap]);

    // Made as it should be, and opened by another, it takes the place of all that was before.
    assert_eq!(rewraps(&db, &desk.lead).await, 0);
    assert_eq!(proves(&db, &desk.other).await, 0);
    assert_eq!(opens(&db, &second, &desk.case).await.expect("it opens").expose(), desk.key.expose());
    assert!(opens(&db, &desk.group, &desk.case).await.is_none());
    assert_eq!((count(&db, destroyed).await, count(&db, sql!("SELECT count(*) FROM case_new_wraps")).await), (1, 0));
    assert_eq!(acts(&db, &desk.case).await.last().map(String::as_str), Some("key.proven"));
    let id = desk.case.id;
    assert_eq!(db.read(async move |tx| cases::verify(tx, id).await).await.unwrap(), Ok(()));
}

#[both_engines]
async fn what_was_put_in_place_of_what_somebody_opened_has_to_be_opened_again(db: House) {
    let desk = Desk::of(&db).await;
    let second = begins(&db, &desk.lead, Some(desk.group.id), &[&desk.lead, &desk.other]).await.expect("the second");
    assert_eq!(rewraps(&db, &desk.lead).await, 0);
    let (account, start) = (desk.other.account, NewWrapId::from_uuid(Uuid::nil()));
    let shown = db.read(async move |tx| proofs(tx, account, start).await).await.unwrap().expect("the group's key");
    let opened: Vec<NewWrapId> = shown.wraps.iter().map(|wrap| wrap.id).collect();
    assert_eq!(opened.len(), 1);
    // The lead sends another while the other looks at the first.
    db.clock.advance(Span::millis(2));
    assert_eq!(desk.sends(&db, second.id, desk.group.id, Some(noise(9))).await, Ok(0));
    let found = Found { opened, failed: Vec::new() };
    let left = write(&db, async move |tx, now| prove(tx, &found, account, "system", now).await).await;
    assert_eq!(left, Ok(1), "what is there now was opened by nobody");
    assert_eq!(opens(&db, &desk.group, &desk.case).await.expect("the former way opens").expose(), desk.key.expose());
    let stranger = with_key(&db, "new@example.jp", Role::Responder).await.account;
    let refused = write(&db, async move |tx, now| prove(tx, &Found::default(), stranger, "system", now).await).await;
    assert_eq!(refused, Err(NotProven::NoKey), "whoever does not hold the group's key opens nothing");
}

#[both_engines]
async fn a_new_key_behind_glass_takes_the_place_of_the_old_when_another_has_looked(db: House) {
    let desk = Desk::of(&db).await;
    let (old, old_key) = (desk.glass.0, &desk.glass.1);
    let (new, new_key) = glazed(&db, &desk.lead).await;
    assert_eq!(rewraps(&db, &desk.lead).await, 0);
    let id = desk.case.id;
    let behind = async |glass: GlassId, key: &SecretKey| {
        let rows = db.read(async move |tx| store::glass_wraps(tx, id).await).await.unwrap();
        rows.iter().any(|row| row.glass == glass && vault::unwrap_from(key, id.uuid(), glass.uuid(), &row.wrap).is_ok())
    };
    assert!(behind(old, old_key).await && behind(new, &new_key).await, "both, until somebody else has looked");
    assert_eq!(proves(&db, &desk.other).await, 0);
    assert!(!behind(old, old_key).await && behind(new, &new_key).await);
}

#[both_engines]
async fn the_glass_adds_a_way_and_takes_none(db: House) {
    let desk = Desk::of(&db).await;
    let (number, account, epoch, before) = (desk.case.number, desk.lead.account, desk.group.id, ways(&db).await);
    let id = write(&db, async move |tx, now| break_glass(tx, number, "試験", account, "account:lead", now).await).await.expect("a use");
    let entered = write(&db, async move |tx, now| let_in(tx, id, epoch, vec![9; 81], account, "account:lead", now).await).await;
    assert_eq!(entered, Ok(()));
    assert_eq!(ways(&db).await, before);
    assert_eq!(opens(&db, &desk.group, &desk.case).await.expect("it opens").expose(), desk.key.expose());
    assert_eq!(acts(&db, &desk.case).await.last().map(String::as_str), Some("glass.opened"));
    assert_eq!(count(&db, sql!("SELECT count(*) FROM audit WHERE act = 'desk_keys.glass_opened'")).await, 1);
    assert_eq!(proves(&db, &desk.other).await, 1);
    assert_eq!(ways(&db).await, before);
}

#[both_engines]
async fn who_is_alone_keeps_the_former_key_for_thirty_days(db: House) {
    let lead = with_key(&db, "lead@example.jp", Role::DeskLead).await;
    let first = begins(&db, &lead, None, &[&lead]).await.expect("the first");
    let (case, key) = reported(&db).await;
    let second = begins(&db, &lead, Some(first.id), &[&lead]).await.expect("the second");
    assert_eq!(rewraps(&db, &lead).await, 0);
    for (days, is_there) in [(29, true), (1, false)] {
        db.clock.advance(Span::days(days));
        write(&db, async |tx, now| prove_by_time(tx, now).await).await;
        assert_eq!(opens(&db, &first, &case).await.is_some(), is_there);
        assert_eq!(opens(&db, &second, &case).await.expect("it opens").expose(), key.expose());
    }
    assert_eq!(count(&db, sql!("SELECT count(*) FROM desk_epochs WHERE destroyed_at IS NOT NULL")).await, 1);
}

#[both_engines]
async fn time_proves_nothing_while_somebody_else_could_look(db: House) {
    let desk = Desk::of(&db).await;
    begins(&db, &desk.lead, Some(desk.group.id), &[&desk.lead, &desk.other]).await.expect("the second");
    assert_eq!(rewraps(&db, &desk.lead).await, 0);
    db.clock.advance(Span::days(90));
    write(&db, async |tx, now| prove_by_time(tx, now).await).await;
    assert!(opens(&db, &desk.group, &desk.case).await.is_some());
}
