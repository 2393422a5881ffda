use access::AccountId;
use db::{DbResult, Tx, sql};
use kernel::{EmailAddress, Lang, Timestamp, id};

use crate::cases::CaseId;
use crate::roster::ShiftId;

id!(
    /// One alarm.
    AlarmId
);

db::row! {
    /// An alarm as it stands.
    #[derive(Clone, Debug)]
    pub struct Alarm {
        pub id: AlarmId,
        pub kind: String,
        pub case: Option<CaseId>,
        pub shift: Option<ShiftId>,
        pub made_at: Timestamp,
        pub rounds: i64,
        pub taken_at: Option<Timestamp>,
        pub taken_by: Option<AccountId>,
    }
}

db::row! {
    /// Somebody who can be rung.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Hand {
        pub account: AccountId,
        pub email: EmailAddress,
        pub lang: Lang,
    }
}

/// The alarm with this id.
pub async fn alarm(tx: &mut Tx<'_>, id: AlarmId) -> DbResult<Option<Alarm>> {
    let find = sql!("SELECT id, kind, case_id, shift_id, made_at, rounds, taken_at, taken_by FROM desk_alarms WHERE id = $1");
    tx.opt(find, &[id.into()]).await
}

/// Alarms that nobody has taken, the oldest first.
pub async fn ringing(tx: &mut Tx<'_>) -> DbResult<Vec<Alarm>> {
    let list = sql!(
        "SELECT id, kind, case_id, shift_id, made_at, rounds, taken_at, taken_by FROM desk_alarms
         WHERE taken_at IS NULL ORDER BY made_at, id LIMIT 100"
    );
    tx.all(list, &[]).await
}

/// Those on duty, in the order in which they are rung. Whoever has left the desk is not rung.
pub async fn on_duty(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<Vec<Hand>> {
    let list = sql!(
        "SELECT accounts.id, accounts.email, accounts.lang FROM desk_shifts
         JOIN accounts ON accounts.id = desk_shifts.account
         WHERE desk_shifts.removed_at IS NULL AND desk_shifts.starts_at <= $1 AND desk_shifts.ends_at > $1
           AND EXISTS (SELECT 1 FROM memberships WHERE memberships.account = accounts.id AND memberships.standing = 'confirmed'
                       AND memberships.organization IS NULL AND memberships.role IN ('responder', 'desk_lead'))
         ORDER BY desk_shifts.place, desk_shifts.starts_at, desk_shifts.id LIMIT 50"
    );
    let mut hands: Vec<Hand> = tx.all(list, &[now.into()]).await?;
    let mut seen = Vec::new();
    hands.retain(|hand| {
        !seen.contains(&hand.account) && {
            seen.push(hand.account);
            true
        }
    });
    Ok(hands)
}

/// Everybody who works at the desk: the leads first.
pub async fn members(tx: &mut Tx<'_>) -> DbResult<Vec<Hand>> {
    let list = sql!(
        "SELECT accounts.id, accounts.email, accounts.lang FROM accounts
         JOIN (SELECT account, min(role) AS role FROM memberships
               WHERE standing = 'confirmed' AND organization IS NULL AND role IN ('responder', 'desk_lead') GROUP BY account) m
           ON m.account = accounts.id
         ORDER BY m.role, accounts.email LIMIT 500"
    );
    tx.all(list, &[]).await
}

/// Those who lead the desk.
pub async fn leads(tx: &mut Tx<'_>) -> DbResult<Vec<Hand>> {
    let list = sql!(
        "SELECT accounts.id, accounts.email, accounts.lang FROM accounts
         WHERE EXISTS (SELECT 1 FROM memberships WHERE memberships.account = accounts.id AND memberships.role = 'desk_lead'
                       AND memberships.standing = 'confirmed' AND memberships.organization IS NULL)
         ORDER BY accounts.email LIMIT 50"
    );
    tx.all(list, &[]).await
}

/// Who has this account.
pub async fn hand(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Option<Hand>> {
    tx.opt(sql!("SELECT id, email, lang FROM accounts WHERE id = $1"), &[account.into()]).await
}

/// Sets an alarm off; nothing if the shift was tested before.
pub async fn add(tx: &mut Tx<'_>, case: Option<CaseId>, shift: Option<ShiftId>, now: Timestamp) -> DbResult<Option<AlarmId>> {
    let id = AlarmId::new(now);
    let add = sql!(
        "INSERT INTO desk_alarms (id, kind, case_id, shift_id, made_at, rounds) VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT DO NOTHING"
    );
    let kind = if case.is_some() { "case" } else { "test" };
    let is_new = tx.run(add, &[id.into(), kind.into(), case.into(), shift.into(), now.into()]).await? == 1;
    Ok(is_new.then_some(id))
}

pub async fn note_round(tx: &mut Tx<'_>, id: AlarmId, round: i64) -> DbResult<()> {
    tx.run(sql!("UPDATE desk_alarms SET rounds = $2 WHERE id = $1"), &[id.into(), round.into()]).await?;
    Ok(())
}

pub async fn note_ring(tx: &mut Tx<'_>, id: AlarmId, round: i64, account: AccountId, notice: &str, now: Timestamp) -> DbResult<()> {
    let note =
        sql!("INSERT INTO desk_rings (alarm_id, round, account, notice, rung_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING");
    tx.run(note, &[id.into(), round.into(), account.into(), notice.into(), now.into()]).await?;
    Ok(())
}

/// Stops an alarm; false if it was stopped before.
pub async fn take(tx: &mut Tx<'_>, id: AlarmId, by: Option<AccountId>, now: Timestamp) -> DbResult<bool> {
    let take = sql!("UPDATE desk_alarms SET taken_at = $2, taken_by = $3 WHERE id = $1 AND taken_at IS NULL");
    Ok(tx.run(take, &[id.into(), now.into(), by.into()]).await? == 1)
}

/// Stops every alarm of a case.
pub async fn take_of_case(tx: &mut Tx<'_>, case: CaseId, by: Option<AccountId>, now: Timestamp) -> DbResult<()> {
    let take = sql!("UPDATE desk_alarms SET taken_at = $2, taken_by = $3 WHERE case_id = $1 AND taken_at IS NULL");
    tx.run(take, &[case.into(), now.into(), by.into()]).await?;
    Ok(())
}

/// Gives a case to whoever takes it; false if somebody has it already.
pub async fn take_case(tx: &mut Tx<'_>, case: CaseId, by: AccountId, now: Timestamp) -> DbResult<bool> {
    let take = sql!("UPDATE cases SET taken_at = $2, taken_by = $3 WHERE id = $1 AND taken_at IS NULL AND closed_at IS NULL");
    Ok(tx.run(take, &[case.into(), now.into(), by.into()]).await? == 1)
}
