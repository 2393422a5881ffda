use access::AccountId;
use db::{DbResult, Tx, sql};
use kernel::{EmailAddress, Timestamp, id};

use crate::alarm::Hand;

id!(
    /// A time in which somebody is on duty.
    ShiftId
);
id!(
    /// A hand-over from one shift to the next.
    HandoverId
);

db::row! {
    /// A shift with whose it is.
    #[derive(Clone, Debug)]
    pub struct Shift {
        pub id: ShiftId,
        pub account: AccountId,
        pub email: EmailAddress,
        pub place: i64,
        pub starts_at: Timestamp,
        pub ends_at: Timestamp,
        pub tested_at: Option<Timestamp>,
        pub heard_at: Option<Timestamp>,
    }
}

db::row! {
    /// A hand-over with who gave it and who took it.
    #[derive(Clone, Debug)]
    pub struct Handover {
        pub id: HandoverId,
        pub given_by: AccountId,
        pub giver: EmailAddress,
        pub given_at: Timestamp,
        pub open_cases: i64,
        pub clocks_due: i64,
        pub taker: Option<EmailAddress>,
        pub taken_at: Option<Timestamp>,
    }
}

db::row! {
    /// What the next shift has to know of a case: the last word that was left for it, sealed.
    #[derive(Clone)]
    pub struct Left {
        pub number: crate::cases::CaseNumber,
        pub case: crate::cases::CaseId,
        pub note: kernel::Uuid,
        pub words: Vec<u8>,
        pub written_at: Timestamp,
    }
}

/// Shifts that are not over, the next first.
pub async fn coming(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<Vec<Shift>> {
    let list = sql!(
        "SELECT desk_shifts.id, desk_shifts.account, accounts.email, desk_shifts.place, desk_shifts.starts_at, desk_shifts.ends_at,
                desk_alarms.made_at, desk_alarms.taken_at
         FROM desk_shifts JOIN accounts ON accounts.id = desk_shifts.account
         LEFT JOIN desk_alarms ON desk_alarms.shift_id = desk_shifts.id
         WHERE desk_shifts.removed_at IS NULL AND desk_shifts.ends_at > $1
         ORDER BY desk_shifts.starts_at, desk_shifts.place, desk_shifts.id LIMIT 200"
    );
    tx.all(list, &[now.into()]).await
}

/// Whether the account has a shift that meets this time.
pub async fn meets(tx: &mut Tx<'_>, account: AccountId, from: Timestamp, until: Timestamp) -> DbResult<bool> {
    let find = sql!("SELECT id FROM desk_shifts WHERE account = $1 AND removed_at IS NULL AND starts_at < $3 AND ends_at > $2 LIMIT 1");
    Ok(tx.opt::<ShiftId>(find, &[account.into(), from.into(), until.into()]).await?.is_some())
}

/// Who has a shift that was not taken off the roster.
pub async fn hand_of(tx: &mut Tx<'_>, id: ShiftId) -> DbResult<Option<Hand>> {
    let find = sql!(
        "SELECT accounts.id, accounts.email, accounts.lang FROM desk_shifts JOIN accounts ON accounts.id = desk_shifts.account
         WHERE desk_shifts.id = $1 AND desk_shifts.removed_at IS NULL"
    );
    tx.opt(find, &[id.into()]).await
}

/// Whether a shift is on the roster and not over.
pub async fn is_ahead(tx: &mut Tx<'_>, id: ShiftId, now: Timestamp) -> DbResult<bool> {
    let find = sql!("SELECT id FROM desk_shifts WHERE id = $1 AND removed_at IS NULL AND ends_at > $2");
    Ok(tx.opt::<ShiftId>(find, &[id.into(), now.into()]).await?.is_some())
}

pub async fn add(tx: &mut Tx<'_>, new: &super::NewShift, by: &str, now: Timestamp) -> DbResult<ShiftId> {
    let id = ShiftId::new(now);
    let add =
        sql!("INSERT INTO desk_shifts (id, account, place, starts_at, ends_at, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    let args = [id.into(), new.account.into(), new.place.into(), new.from.into(), new.until.into(), by.into(), now.into()];
    tx.run(add, &args).await?;
    Ok(id)
}

/// Takes a shift off the roster; false if it is not there.
pub async fn remove(tx: &mut Tx<'_>, id: ShiftId, now: Timestamp) -> DbResult<bool> {
    let remove = sql!("UPDATE desk_shifts SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL");
    Ok(tx.run(remove, &[id.into(), now.into()]).await? == 1)
}

pub async fn add_handover(tx: &mut Tx<'_>, by: AccountId, open_cases: i64, clocks_due: i64, now: Timestamp) -> DbResult<HandoverId> {
    let id = HandoverId::new(now);
    let add = sql!("INSERT INTO desk_handovers (id, given_by, given_at, open_cases, clocks_due) VALUES ($1, $2, $3, $4, $5)");
    tx.run(add, &[id.into(), by.into(), now.into(), open_cases.into(), clocks_due.into()]).await?;
    Ok(id)
}

/// Takes a hand-over; false if it is one's own, or somebody has.
pub async fn take_handover(tx: &mut Tx<'_>, id: HandoverId, by: AccountId, now: Timestamp) -> DbResult<bool> {
    let take = sql!("UPDATE desk_handovers SET taken_by = $2, taken_at = $3 WHERE id = $1 AND taken_by IS NULL AND given_by <> $2");
    Ok(tx.run(take, &[id.into(), by.into(), now.into()]).await? == 1)
}

/// The last hand-overs, the newest first.
pub async fn handovers(tx: &mut Tx<'_>) -> DbResult<Vec<Handover>> {
    let list = sql!(
        "SELECT desk_handovers.id, desk_handovers.given_by, giver.email, desk_handovers.given_at, desk_handovers.open_cases,
                desk_handovers.clocks_due, taker.email, desk_handovers.taken_at
         FROM desk_handovers JOIN accounts giver ON giver.id = desk_handovers.given_by
         LEFT JOIN accounts taker ON taker.id = desk_handovers.taken_by
         ORDER BY desk_handovers.given_at DESC, desk_handovers.id DESC LIMIT 10"
    );
    tx.all(list, &[]).await
}

/// How many cases are open, exercises aside.
pub async fn open_cases(tx: &mut Tx<'_>) -> DbResult<i64> {
    tx.one(sql!("SELECT count(*) FROM cases WHERE closed_at IS NULL AND is_drill = $1"), &[false.into()]).await
}

/// How many clocks are due before `until`.
pub async fn clocks_due(tx: &mut Tx<'_>, until: Timestamp) -> DbResult<i64> {
    let count = sql!("SELECT count(*) FROM case_clocks WHERE stopped_at IS NULL AND due_at IS NOT NULL AND due_at < $1");
    tx.one(count, &[until.into()]).await
}

/// What was left for the next shift in open cases, the last word of each.
pub async fn left(tx: &mut Tx<'_>) -> DbResult<Vec<Left>> {
    let list = sql!(
        "SELECT cases.number, cases.id, case_notes.id, case_notes.words, case_notes.written_at FROM case_notes
         JOIN (SELECT case_id, max(written_at) AS written_at FROM case_notes WHERE kind = 'handover' GROUP BY case_id) last
           ON last.case_id = case_notes.case_id AND last.written_at = case_notes.written_at
         JOIN cases ON cases.id = case_notes.case_id
         WHERE case_notes.kind = 'handover' AND cases.closed_at IS NULL
         ORDER BY cases.urgency, case_notes.written_at DESC LIMIT 100"
    );
    tx.all(list, &[]).await
}
