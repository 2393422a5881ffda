pub(super) mod new_wraps;

use access::AccountId;
use db::{Arg, DbResult, Engine, Tx, sql};
use kernel::Timestamp;

use self::new_wraps::Holders;
use super::delete::{Certificate, DestroyedFile};
use super::epoch::{Epoch, EpochId};
use super::glass::{Breaking, GlassId, GlassRow, GlassWrap, UseId};
use super::lock::WayRow;
use super::member::{MemberId, NewKey};
use super::renew::{MemberWrap, NewEpoch};
use super::rewrap::{CaseWrap, EpochWrap};
use super::state::{Member, Use};
use crate::cases::CaseId;
use crate::talk::FileId;

db::row! {
    pub(super) struct MemberRow {
        pub(super) id: MemberId,
        pub(super) public_key: [u8; 32],
    }
}

/// The key of an account, if it has one.
pub(super) async fn member_of(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Option<MemberRow>> {
    tx.opt(sql!("SELECT id, public_key FROM desk_members WHERE account = $1 AND ended_at IS NULL"), &[account.into()]).await
}

/// Whether there is or was a key with this id.
pub(super) async fn has_member(tx: &mut Tx<'_>, id: MemberId) -> DbResult<bool> {
    let find = sql!("SELECT count(*) FROM desk_members WHERE id = $1");
    Ok(tx.one::<i64>(find, &[id.into()]).await? > 0)
}

pub(super) async fn add_member(tx: &mut Tx<'_>, account: AccountId, key: &NewKey, now: Timestamp) -> DbResult<()> {
    let add = sql!("INSERT INTO desk_members (id, account, public_key, made_at) VALUES ($1, $2, $3, $4)");
    tx.run(add, &[key.id.into(), account.into(), key.public_key.into(), now.into()]).await?;
    Ok(())
}

/// Ends a member's key, and destroys whatever it opened and whatever opened it.
pub(super) async fn end_member(tx: &mut Tx<'_>, id: MemberId, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("DELETE FROM desk_epoch_wraps WHERE member_id = $1"), &[id.into()]).await?;
    tx.run(sql!("DELETE FROM desk_member_ways WHERE member_id = $1"), &[id.into()]).await?;
    tx.run(sql!("UPDATE desk_members SET ended_at = $2 WHERE id = $1"), &[id.into(), now.into()]).await?;
    Ok(())
}

/// Puts a way to open a member's key there, in place of the one of the same kind.
pub(super) async fn put_way(tx: &mut Tx<'_>, key: &NewKey, now: Timestamp) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO desk_member_ways (member_id, way, salt, memory, passes, credential, wrap, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (member_id, way) DO UPDATE SET salt = excluded.salt, memory = excluded.memory, passes = excluded.passes,
             credential = excluded.credential, wrap = excluded.wrap, made_at = excluded.made_at"
    );
    let args: [Arg; 8] = [
        key.id.into(),
        key.way.into(),
        key.salt.as_slice().into(),
        key.memory.into(),
        key.passes.into(),
        key.credential.as_deref().into(),
        key.wrap.as_slice().into(),
        now.into(),
    ];
    tx.run(put, &args).await?;
    Ok(())
}

/// Every way to open a member's key.
pub(super) async fn ways(tx: &mut Tx<'_>, id: MemberId) -> DbResult<Vec<WayRow>> {
    let list = sql!("SELECT way, salt, memory, passes, credential, wrap FROM desk_member_ways WHERE member_id = $1 ORDER BY way");
    tx.all(list, &[id.into()]).await
}

/// Everybody with a role of the desk in force, and everybody to whom the epoch in use opens.
pub(super) async fn members(tx: &mut Tx<'_>) -> DbResult<Vec<Member>> {
    let list = sql!(
        "SELECT p.account, a.email, p.is_in_force, m.id, m.public_key, w.member_id IS NOT NULL
         FROM (SELECT account, MAX(in_force) = 1 AS is_in_force
               FROM (SELECT account, 1 AS in_force FROM memberships
                     WHERE role IN ('responder', 'desk_lead') AND standing = 'confirmed' AND organization IS NULL
                     UNION ALL
                     SELECT account, 0 AS in_force FROM desk_members WHERE ended_at IS NULL) either
               GROUP BY account) p
         JOIN accounts a ON a.id = p.account
         LEFT JOIN desk_members m ON m.account = p.account AND m.ended_at IS NULL
         LEFT JOIN desk_epoch_wraps w ON w.member_id = m.id
              AND w.epoch_id = (SELECT id FROM desk_epochs ORDER BY number DESC LIMIT 1)
         WHERE p.is_in_force OR w.member_id IS NOT NULL
         ORDER BY a.email LIMIT 500"
    );
    tx.all(list, &[]).await
}

/// The epoch in use.
pub(super) async fn current_epoch(tx: &mut Tx<'_>) -> DbResult<Option<Epoch>> {
    let find = sql!(
        "SELECT e.id, e.number, e.public_key, a.email, e.made_at FROM desk_epochs e JOIN accounts a ON a.id = e.made_by
         ORDER BY e.number DESC LIMIT 1"
    );
    tx.opt(find, &[]).await
}

pub(super) async fn has_epoch(tx: &mut Tx<'_>, id: EpochId) -> DbResult<bool> {
    Ok(tx.one::<i64>(sql!("SELECT count(*) FROM desk_epochs WHERE id = $1"), &[id.into()]).await? > 0)
}

/// Adds an epoch, unless its number is given.
pub(super) async fn add_epoch(tx: &mut Tx<'_>, new: &NewEpoch, number: i64, by: AccountId, now: Timestamp) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO desk_epochs (id, number, public_key, made_by, made_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (number) DO NOTHING"
    );
    Ok(tx.run(add, &[new.id.into(), number.into(), new.public_key.into(), by.into(), now.into()]).await? == 1)
}

pub(super) async fn add_epoch_wrap(tx: &mut Tx<'_>, epoch: EpochId, wrap: &MemberWrap) -> DbResult<()> {
    let add = sql!("INSERT INTO desk_epoch_wraps (epoch_id, member_id, wrap) VALUES ($1, $2, $3)");
    tx.run(add, &[epoch.into(), wrap.member.into(), wrap.wrap.as_slice().into()]).await?;
    Ok(())
}

/// The secret keys of epochs, as they are wrapped for a member.
pub(super) async fn epoch_wraps(tx: &mut Tx<'_>, member: MemberId) -> DbResult<Vec<EpochWrap>> {
    let list = sql!(
        "SELECT w.epoch_id, w.wrap FROM desk_epoch_wraps w JOIN desk_epochs e ON e.id = w.epoch_id
         WHERE w.member_id = $1 ORDER BY e.number DESC"
    );
    tx.all(list, &[member.into()]).await
}

/// Takes the secret keys of other epochs from whoever does not hold this one, as far as somebody is left who holds both.
pub(super) async fn forget_leavers(tx: &mut Tx<'_>, epoch: EpochId) -> DbResult<u64> {
    let forget = sql!(
        "DELETE FROM desk_epoch_wraps
         WHERE epoch_id <> $1 AND member_id NOT IN (SELECT member_id FROM desk_epoch_wraps WHERE epoch_id = $1)
           AND epoch_id IN (SELECT o.epoch_id FROM desk_epoch_wraps o
                            JOIN desk_epoch_wraps n ON n.member_id = o.member_id AND n.epoch_id = $1)"
    );
    tx.run(forget, &[epoch.into()]).await
}

/// Destroys the secret keys of all epochs but this one.
pub(super) async fn destroy_epochs_before(tx: &mut Tx<'_>, epoch: EpochId, now: Timestamp) -> DbResult<u64> {
    tx.run(sql!("DELETE FROM desk_epoch_wraps WHERE epoch_id <> $1"), &[epoch.into()]).await?;
    let end = sql!("UPDATE desk_epochs SET destroyed_at = $2 WHERE id <> $1 AND destroyed_at IS NULL");
    tx.run(end, &[epoch.into(), now.into()]).await
}

/// The keys of these cases, as they are wrapped for epochs: what is known to open, and what was made anew.
pub(super) async fn group_wraps(tx: &mut Tx<'_>, cases: &[CaseId]) -> DbResult<Vec<CaseWrap>> {
    let list = match tx.engine() {
        Engine::Sqlite => sql!(sqlite
            "SELECT w.case_id, w.holder, w.wrap, c.public_key
             FROM (SELECT case_id, holder, wrap FROM case_wraps
                   WHERE kind = 'group' AND case_id IN (SELECT unhex(value, '-') FROM json_each($1))
                   UNION ALL
                   SELECT case_id, holder, wrap FROM case_new_wraps
                   WHERE kind = 'group' AND case_id IN (SELECT unhex(value, '-') FROM json_each($1))) w
             JOIN cases c ON c.id = w.case_id ORDER BY w.case_id"
        ),
        Engine::Postgres => sql!(postgres
            "SELECT w.case_id, w.holder, w.wrap, c.public_key
             FROM (SELECT case_id, holder, wrap FROM case_wraps
                   WHERE kind = 'group' AND case_id IN (SELECT CAST(id AS uuid) FROM jsonb_array_elements_text($1) AS ids(id))
                   UNION ALL
                   SELECT case_id, holder, wrap FROM case_new_wraps
                   WHERE kind = 'group' AND case_id IN (SELECT CAST(id AS uuid) FROM jsonb_array_elements_text($1) AS ids(id))) w
             JOIN cases c ON c.id = w.case_id ORDER BY w.case_id"
        ),
    };
    tx.all(list, &[serde_json::json!(cases).into()]).await
}

/// Whether a case `c` that opens to the group is to be wrapped anew: for the epoch `$1`, or for the key behind glass `$2`.
macro_rules! waits {
    () => {
        "(NOT EXISTS (SELECT 1 FROM case_wraps w WHERE w.case_id = c.id AND w.kind = 'group' AND w.holder = $1)
          AND NOT EXISTS (SELECT 1 FROM case_new_wraps n
                          WHERE n.case_id = c.id AND n.kind = 'group' AND n.holder = $1 AND n.failed_at IS NULL)
          OR CAST($2 AS UUID) IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM case_wraps w WHERE w.case_id = c.id AND w.kind = 'glass' AND w.holder = $2)
          AND NOT EXISTS (SELECT 1 FROM case_new_wraps n
                          WHERE n.case_id = c.id AND n.kind = 'glass' AND n.holder = $2 AND n.failed_at IS NULL)) "
    };
}

/// Which cases are to be wrapped anew, from behind `after` on, as far as this member can open them.
pub(super) async fn left(tx: &mut Tx<'_>, holders: Holders, member: MemberId, after: CaseId, most: i64) -> DbResult<Vec<CaseId>> {
    let list = sql!(concat!(
        "SELECT c.id FROM cases c WHERE c.id > $4 AND ",
        waits!(),
        "AND EXISTS (SELECT 1 FROM desk_epoch_wraps m WHERE m.member_id = $3 AND (
             EXISTS (SELECT 1 FROM case_wraps w WHERE w.case_id = c.id AND w.kind = 'group' AND w.holder = m.epoch_id)
             OR EXISTS (SELECT 1 FROM case_new_wraps n WHERE n.case_id = c.id AND n.kind = 'group' AND n.holder = m.epoch_id)))
         ORDER BY c.id LIMIT $5"
    ));
    tx.all(list, &[holders.epoch.into(), holders.glass.into(), member.into(), after.into(), most.into()]).await
}

/// How many cases are to be wrapped anew.
pub(super) async fn count_left(tx: &mut Tx<'_>, holders: Holders) -> DbResult<i64> {
    let count = sql!(concat!(
        "SELECT count(*) FROM cases c WHERE ",
        waits!(),
        "AND (EXISTS (SELECT 1 FROM case_wraps w WHERE w.case_id = c.id AND w.kind = 'group')
              OR EXISTS (SELECT 1 FROM case_new_wraps n WHERE n.case_id = c.id AND n.kind = 'group'))"
    ));
    tx.one(count, &[holders.epoch.into(), holders.glass.into()]).await
}

/// Whether any case is wrapped for an epoch that is over, and not yet for the one in use.
pub(super) async fn has_older_wraps(tx: &mut Tx<'_>, epoch: EpochId) -> DbResult<bool> {
    let count = sql!(
        "SELECT count(*) FROM desk_epochs e
         WHERE e.id <> $1 AND EXISTS (SELECT 1 FROM case_wraps w WHERE w.kind = 'group' AND w.holder = e.id
             AND NOT EXISTS (SELECT 1 FROM case_wraps o WHERE o.case_id = w.case_id AND o.kind = 'group' AND o.holder = $1)
             AND NOT EXISTS (SELECT 1 FROM case_new_wraps n
                             WHERE n.case_id = w.case_id AND n.kind = 'group' AND n.holder = $1 AND n.failed_at IS NULL))"
    );
    Ok(tx.one::<i64>(count, &[epoch.into()]).await? > 0)
}

/// The key behind glass.
pub(super) async fn glass(tx: &mut Tx<'_>) -> DbResult<Option<GlassRow>> {
    let find = sql!(
        "SELECT g.id, g.public_key, a.email, g.made_at FROM desk_glass g JOIN accounts a ON a.id = g.made_by WHERE g.ended_at IS NULL"
    );
    tx.opt(find, &[]).await
}

pub(super) async fn end_glass(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE desk_glass SET ended_at = $1 WHERE ended_at IS NULL"), &[now.into()]).await?;
    Ok(())
}

pub(super) async fn add_glass(tx: &mut Tx<'_>, id: GlassId, public_key: [u8; 32], by: AccountId, now: Timestamp) -> DbResult<()> {
    let add = sql!("INSERT INTO desk_glass (id, public_key, made_by, made_at) VALUES ($1, $2, $3, $4)");
    tx.run(add, &[id.into(), public_key.into(), by.into(), now.into()]).await?;
    Ok(())
}

/// The key behind glass for which this case was wrapped last.
pub(super) async fn glass_of(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Option<GlassId>> {
    let find = sql!(
        "SELECT w.holder FROM (SELECT holder, made_at FROM case_wraps WHERE case_id = $1 AND kind = 'glass'
                               UNION ALL
                               SELECT holder, made_at FROM case_new_wraps WHERE case_id = $1 AND kind = 'glass') w
         ORDER BY w.made_at DESC LIMIT 1"
    );
    tx.opt(find, &[case.into()]).await
}

/// Every way into a case from behind glass, those that are known to open first.
pub(super) async fn glass_wraps(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<GlassWrap>> {
    let list = sql!(
        "SELECT w.holder, w.wrap, c.public_key
         FROM (SELECT 1 AS place, case_id, holder, wrap, made_at FROM case_wraps WHERE case_id = $1 AND kind = 'glass'
               UNION ALL
               SELECT 2 AS place, case_id, holder, wrap, made_at FROM case_new_wraps WHERE case_id = $1 AND kind = 'glass') w
         JOIN cases c ON c.id = w.case_id ORDER BY w.place, w.made_at DESC"
    );
    tx.all(list, &[case.into()]).await
}

pub(super) async fn add_use(tx: &mut Tx<'_>, id: UseId, glass: GlassId, case: CaseId, by: AccountId, now: Timestamp) -> DbResult<()> {
    let add = sql!("INSERT INTO desk_glass_uses (id, glass_id, case_id, account, asked_at, day) VALUES ($1, $2, $3, $4, $5, $6)");
    tx.run(add, &[id.into(), glass.into(), case.into(), by.into(), now.into(), now.day().into()]).await?;
    Ok(())
}

/// A time the glass was broken, unless its case was deleted.
pub(super) async fn breaking(tx: &mut Tx<'_>, id: UseId) -> DbResult<Option<Breaking>> {
    let find = sql!(
        "SELECT u.id, u.case_id, c.number, u.account, u.asked_at, u.opened_at
         FROM desk_glass_uses u JOIN cases c ON c.id = u.case_id
         WHERE u.id = $1 AND NOT EXISTS (SELECT 1 FROM desk_deletions d WHERE d.case_id = u.case_id)"
    );
    tx.opt(find, &[id.into()]).await
}

pub(super) async fn finish_use(tx: &mut Tx<'_>, id: UseId, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE desk_glass_uses SET opened_at = $2 WHERE id = $1"), &[id.into(), now.into()]).await?;
    Ok(())
}

/// The last times that the glass was broken, the newest first.
pub(super) async fn uses(tx: &mut Tx<'_>) -> DbResult<Vec<Use>> {
    let list = sql!(
        "SELECT c.number, a.email, u.asked_at, u.opened_at, r.root FROM desk_glass_uses u
         JOIN cases c ON c.id = u.case_id JOIN accounts a ON a.id = u.account LEFT JOIN case_roots r ON r.day = u.day
         ORDER BY u.asked_at DESC, u.id DESC LIMIT 50"
    );
    tx.all(list, &[]).await
}

db::row! {
    struct FileRow {
        file: FileId,
        sealed_hash: Option<[u8; 32]>,
    }
}

/// The files of a case, by the hash of their sealed bytes.
pub(super) async fn files(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<DestroyedFile>> {
    let list = sql!("SELECT id, sealed_hash FROM case_files WHERE case_id = $1 ORDER BY begun_at, id");
    let rows: Vec<FileRow> = tx.all(list, &[case.into()]).await?;
    Ok(rows.into_iter().map(|row| DestroyedFile { file: row.file.uuid(), sealed_sha256: row.sealed_hash.map(hex::encode) }).collect())
}

db::row! {
    /// A piece of a file in the store.
    pub(super) struct PieceRow {
        pub(super) file: FileId,
        pub(super) number: i64,
    }
}

/// Every piece of the files of a case.
pub(super) async fn pieces(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<PieceRow>> {
    let list = sql!("SELECT p.file_id, p.number FROM case_file_pieces p JOIN case_files f ON f.id = p.file_id WHERE f.case_id = $1");
    tx.all(list, &[case.into()]).await
}

/// Destroys every way into a case.
pub(super) async fn destroy_wraps(tx: &mut Tx<'_>, case: CaseId) -> DbResult<u64> {
    let beside = tx.run(sql!("DELETE FROM case_new_wraps WHERE case_id = $1"), &[case.into()]).await?;
    Ok(beside + tx.run(sql!("DELETE FROM case_wraps WHERE case_id = $1"), &[case.into()]).await?)
}

/// Ends a rebinding that waits: nobody gives new words to a case that nobody can open.
pub(super) async fn end_rebinding(tx: &mut Tx<'_>, case: CaseId, now: Timestamp) -> DbResult<()> {
    let end = sql!("UPDATE case_rebindings SET ended_at = $2 WHERE case_id = $1 AND ended_at IS NULL");
    tx.run(end, &[case.into(), now.into()]).await?;
    Ok(())
}

/// Notes a deletion; a restore that repeats one knows nobody who asked for it.
pub(super) async fn add_deletion(
    tx: &mut Tx<'_>,
    case: CaseId,
    by: Option<AccountId>,
    certificate: &Certificate,
    now: Timestamp,
) -> DbResult<()> {
    let add = sql!("INSERT INTO desk_deletions (case_id, account, wraps, certificate, deleted_at) VALUES ($1, $2, $3, $4, $5)");
    let wraps = i64::try_from(certificate.wraps).unwrap_or(i64::MAX);
    let written = serde_json::json!(certificate);
    tx.run(add, &[case.into(), by.into(), wraps.into(), written.into(), now.into()]).await?;
    Ok(())
}

/// The certificate of a deleted case.
pub(super) async fn deletion(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Option<Certificate>> {
    let find = sql!("SELECT certificate FROM desk_deletions WHERE case_id = $1");
    let written: Option<serde_json::Value> = tx.opt(find, &[case.into()]).await?;
    Ok(written.and_then(|written| serde_json::from_value(written).ok()))
}
