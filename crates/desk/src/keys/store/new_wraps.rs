//! Ways in that a member's browser made anew, beside those that are known to open.

use access::AccountId;
use db::{DbResult, Engine, Tx, sql};
use kernel::{Timestamp, Uuid};
use serde_json::json;

use crate::cases::{CaseId, Wrap, WrapKind};
use crate::keys::epoch::EpochId;
use crate::keys::glass::GlassId;
use crate::keys::prove::{NewWrap, NewWrapId};

macro_rules! columns {
    () => {
        "SELECT n.id, n.case_id, n.kind, n.holder, n.wrap, c.public_key FROM case_new_wraps n JOIN cases c ON c.id = n.case_id "
    };
}

/// For whom wraps count: the epoch in use, and the key behind glass.
#[derive(Clone, Copy)]
pub(in crate::keys) struct Holders {
    pub(in crate::keys) epoch: EpochId,
    pub(in crate::keys) glass: Option<GlassId>,
}

/// Adds a way in beside those that are there, in place of the one that the same person made for the same holder. False if the case
/// was deleted, or there is none.
pub(in crate::keys) async fn add(tx: &mut Tx<'_>, case: CaseId, wrap: &Wrap, by: AccountId, now: Timestamp) -> DbResult<bool> {
    crate::cases::store::hold(tx, case).await?;
    let add = sql!(
        "INSERT INTO case_new_wraps (id, case_id, kind, holder, wrap, made_by, made_at)
         SELECT $1, c.id, $3, $4, $5, $6, $7 FROM cases c
         WHERE c.id = $2 AND NOT EXISTS (SELECT 1 FROM desk_deletions d WHERE d.case_id = c.id)
         ON CONFLICT (case_id, kind, holder, made_by) DO UPDATE SET
             id = excluded.id, wrap = excluded.wrap, made_at = excluded.made_at, failed_at = NULL"
    );
    // A new id, whatever stood there: who opened the one before has not opened this one.
    let id = NewWrapId::new(now);
    let args = [id.into(), case.into(), wrap.kind.into(), wrap.holder.into(), wrap.wrap.as_slice().into(), by.into(), now.into()];
    Ok(tx.run(add, &args).await? == 1)
}

/// What others than this person made and nobody else has opened, from behind `after` on. What failed for one may open to another.
pub(in crate::keys) async fn of_others(
    tx: &mut Tx<'_>,
    holders: Holders,
    person: AccountId,
    after: NewWrapId,
    most: i64,
) -> DbResult<Vec<NewWrap>> {
    let list = sql!(concat!(
        columns!(),
        "WHERE (n.kind = 'group' AND n.holder = $1 OR n.kind = 'glass' AND n.holder = $2)
           AND n.made_by <> $3 AND n.id > $4
         ORDER BY n.id LIMIT $5"
    ));
    tx.all(list, &[holders.epoch.into(), holders.glass.into(), person.into(), after.into(), most.into()]).await
}

/// What was made before `until` and never failed, in the order of their cases.
pub(in crate::keys) async fn made_before(tx: &mut Tx<'_>, holders: Holders, until: Timestamp, most: i64) -> DbResult<Vec<NewWrap>> {
    let list = sql!(concat!(
        columns!(),
        "WHERE n.failed_at IS NULL AND (n.kind = 'group' AND n.holder = $1 OR n.kind = 'glass' AND n.holder = $2) AND n.made_at <= $3
         ORDER BY n.case_id, n.id LIMIT $4"
    ));
    tx.all(list, &[holders.epoch.into(), holders.glass.into(), until.into(), most.into()]).await
}

/// Those of these that others than this person made, in the order of their cases.
pub(in crate::keys) async fn these_of_others(
    tx: &mut Tx<'_>,
    holders: Holders,
    person: AccountId,
    ids: &[NewWrapId],
) -> DbResult<Vec<NewWrap>> {
    let list = match tx.engine() {
        Engine::Sqlite => sql!(sqlite concat!(
            columns!(),
            "WHERE n.id IN (SELECT unhex(value, '-') FROM json_each($4)) AND n.made_by <> $3
               AND (n.kind = 'group' AND n.holder = $1 OR n.kind = 'glass' AND n.holder = $2)
             ORDER BY n.case_id, n.id"
        )),
        Engine::Postgres => sql!(postgres concat!(
            columns!(),
            "WHERE n.id IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($4)) AND n.made_by <> $3
               AND (n.kind = 'group' AND n.holder = $1 OR n.kind = 'glass' AND n.holder = $2)
             ORDER BY n.case_id, n.id"
        )),
    };
    tx.all(list, &[holders.epoch.into(), holders.glass.into(), person.into(), json!(ids).into()]).await
}

/// Notes that another member's browser could not open these. They stay until there is a better one.
pub(in crate::keys) async fn fail(tx: &mut Tx<'_>, person: AccountId, ids: &[NewWrapId], now: Timestamp) -> DbResult<u64> {
    let fail = match tx.engine() {
        Engine::Sqlite => sql!(sqlite
            "UPDATE case_new_wraps SET failed_at = $3
             WHERE id IN (SELECT unhex(value, '-') FROM json_each($1)) AND made_by <> $2 AND failed_at IS NULL"
        ),
        Engine::Postgres => sql!(postgres
            "UPDATE case_new_wraps SET failed_at = $3
             WHERE id IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($1)) AND made_by <> $2 AND failed_at IS NULL"
        ),
    };
    tx.run(fail, &[json!(ids).into(), person.into(), now.into()]).await
}

/// How many wait to be opened by somebody else, and how many of them by this person.
pub(in crate::keys) async fn count(tx: &mut Tx<'_>, holders: Holders, person: AccountId) -> DbResult<(i64, i64)> {
    let count = sql!(
        "SELECT count(*), count(CASE WHEN n.made_by <> $3 THEN 1 END) FROM case_new_wraps n
         WHERE n.kind = 'group' AND n.holder = $1 OR n.kind = 'glass' AND n.holder = $2"
    );
    tx.one(count, &[holders.epoch.into(), holders.glass.into(), person.into()]).await
}

/// Forgets what stands beside a way in of this kind.
pub(in crate::keys) async fn clear(tx: &mut Tx<'_>, case: CaseId, kind: WrapKind) -> DbResult<()> {
    tx.run(sql!("DELETE FROM case_new_wraps WHERE case_id = $1 AND kind = $2"), &[case.into(), kind.into()]).await?;
    Ok(())
}

/// Destroys the ways in by epochs before this one, or by keys behind glass that are replaced.
pub(in crate::keys) async fn end_older(tx: &mut Tx<'_>, case: CaseId, kind: WrapKind, holder: Uuid) -> DbResult<u64> {
    let of_glass = sql!(
        "DELETE FROM case_wraps WHERE case_id = $1 AND kind = 'glass' AND holder <> $2
           AND holder IN (SELECT id FROM desk_glass WHERE ended_at IS NOT NULL)"
    );
    let of_group = sql!(
        "DELETE FROM case_wraps WHERE case_id = $1 AND kind = 'group' AND holder <> $2
           AND holder IN (SELECT o.id FROM desk_epochs o JOIN desk_epochs n ON n.id = $2 WHERE o.number < n.number)"
    );
    let end = if kind == WrapKind::Glass { of_glass } else { of_group };
    tx.run(end, &[case.into(), holder.into()]).await
}

/// Whether every case that opens to the group opens by this epoch, and all of that is known to open.
pub(in crate::keys) async fn are_proven(tx: &mut Tx<'_>, epoch: EpochId) -> DbResult<bool> {
    let waiting = sql!(
        "SELECT (SELECT count(*) FROM case_new_wraps WHERE kind = 'group')
              + (SELECT count(*) FROM case_wraps WHERE kind = 'group' AND holder <> $1)"
    );
    Ok(tx.one::<i64>(waiting, &[epoch.into()]).await? == 0)
}
