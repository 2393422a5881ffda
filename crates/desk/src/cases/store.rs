use db::{DbResult, Tx, sql};
use kernel::{Day, Timestamp, Uuid};

use super::case::{Case, CaseId};
use super::entries::Recorded;
use super::open::{NewCase, Wrap, WrapKind};
use super::roots::Root;
use super::{Axes, CaseNumber};

/// The case with this id.
pub async fn case(tx: &mut Tx<'_>, id: CaseId) -> DbResult<Option<Case>> {
    let find = sql!(
        "SELECT id, number, door, channel, is_drill, lang, role, event, phase, prefecture, institution_kind,
                spread, backup, product, care_impact, data_exit, path, stage, urgency, public_key, code_salt,
                made_at, heard_at, answered_at, taken_at, taken_by, called_at, bound_at, closed_at, outcome
         FROM cases WHERE id = $1"
    );
    tx.opt(find, &[id.into()]).await
}

/// The case with this number.
pub async fn by_number(tx: &mut Tx<'_>, number: CaseNumber) -> DbResult<Option<Case>> {
    let find: Option<CaseId> = tx.opt(sql!("SELECT id FROM cases WHERE number = $1"), &[number.into()]).await?;
    match find {
        Some(id) => case(tx, id).await,
        None => Ok(None),
    }
}

pub(super) async fn add(tx: &mut Tx<'_>, new: &NewCase, number: CaseNumber) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO cases (id, number, door, channel, is_drill, lang, role, event, phase, spread, backup, product, care_impact,
                            data_exit, path, stage, urgency, public_key, code_salt, made_at, heard_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'detect', $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19)"
    );
    let args = [
        new.id.into(),
        number.into(),
        new.door.into(),
        new.channel.into(),
        (new.channel == super::Channel::Drill).into(),
        new.lang.into(),
        new.role.into(),
        new.event.as_deref().into(),
        new.axes.spread.into(),
        new.axes.backup.into(),
        new.axes.product.into(),
        new.axes.care_impact.into(),
        new.axes.data_exit.into(),
        new.axes.path.into(),
        new.stage.into(),
        new.urgency.into(),
        new.public_key.into(),
        new.code_salt.as_slice().into(),
        new.made_at.into(),
    ];
    tx.run(add, &args).await?;
    Ok(())
}

/// Writes what the answers lead to.
pub async fn weigh(tx: &mut Tx<'_>, id: CaseId, axes: &Axes, event: Option<&str>, stage: Option<i64>, urgency: i64) -> DbResult<()> {
    let set = sql!(
        "UPDATE cases SET spread = $2, backup = $3, product = $4, care_impact = $5, data_exit = $6, path = $7, event = $8, stage = $9,
                          urgency = $10
         WHERE id = $1"
    );
    let args = [
        id.into(),
        axes.spread.into(),
        axes.backup.into(),
        axes.product.into(),
        axes.care_impact.into(),
        axes.data_exit.into(),
        axes.path.into(),
        event.into(),
        stage.into(),
        urgency.into(),
    ];
    tx.run(set, &args).await?;
    Ok(())
}

/// Notes that the institution has said something.
pub async fn heard(tx: &mut Tx<'_>, id: CaseId, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE cases SET heard_at = $2 WHERE id = $1"), &[id.into(), now.into()]).await?;
    Ok(())
}

/// Notes that the desk has said something.
pub async fn answered(tx: &mut Tx<'_>, id: CaseId, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE cases SET answered_at = $2 WHERE id = $1"), &[id.into(), now.into()]).await?;
    Ok(())
}

/// Puts a way in there, in place of the one that the same holder had. False if the case was deleted: nothing opens it again.
pub async fn put_wrap(tx: &mut Tx<'_>, case: CaseId, wrap: &Wrap, now: Timestamp) -> DbResult<bool> {
    // Whoever deletes the case at this moment holds it, too: they destroy this way in, or it finds that the case was deleted.
    hold(tx, case).await?;
    let put = sql!(
        "INSERT INTO case_wraps (case_id, kind, holder, wrap, made_at, ends_at)
         SELECT c.id, $2, $3, $4, $5, $6 FROM cases c
         WHERE c.id = $1 AND NOT EXISTS (SELECT 1 FROM desk_deletions d WHERE d.case_id = c.id)
         ON CONFLICT (case_id, kind, holder) DO UPDATE SET wrap = excluded.wrap, made_at = excluded.made_at, ends_at = excluded.ends_at"
    );
    let args = [case.into(), wrap.kind.into(), wrap.holder.into(), wrap.wrap.as_slice().into(), now.into(), wrap.ends_at.into()];
    Ok(tx.run(put, &args).await? == 1)
}

/// The way in of a holder of this case, if it has not ended.
pub async fn wrap(tx: &mut Tx<'_>, case: CaseId, kind: WrapKind, holder: Uuid, now: Timestamp) -> DbResult<Option<Vec<u8>>> {
    let find = sql!("SELECT wrap FROM case_wraps WHERE case_id = $1 AND kind = $2 AND holder = $3 AND (ends_at IS NULL OR ends_at > $4)");
    tx.opt(find, &[case.into(), kind.into(), holder.into(), now.into()]).await
}

db::row! {
    /// A browser's way in, found by the browser alone.
    pub struct VisitRow {
        pub case: CaseId,
        pub wrap: Vec<u8>,
        pub ends_at: Option<Timestamp>,
    }
}

/// The way in of a browser, if it has not ended.
pub async fn visit(tx: &mut Tx<'_>, holder: Uuid, now: Timestamp) -> DbResult<Option<VisitRow>> {
    let find =
        sql!("SELECT case_id, wrap, ends_at FROM case_wraps WHERE kind = 'visit' AND holder = $1 AND (ends_at IS NULL OR ends_at > $2)");
    tx.opt(find, &[holder.into(), now.into()]).await
}

/// Destroys the way in of a holder.
pub async fn end_wrap(tx: &mut Tx<'_>, case: CaseId, kind: WrapKind, holder: Uuid) -> DbResult<bool> {
    let end = sql!("DELETE FROM case_wraps WHERE case_id = $1 AND kind = $2 AND holder = $3");
    Ok(tx.run(end, &[case.into(), kind.into(), holder.into()]).await? == 1)
}

/// Destroys every way in of this kind, as when the words are replaced.
pub async fn end_wraps(tx: &mut Tx<'_>, case: CaseId, kind: WrapKind) -> DbResult<u64> {
    tx.run(sql!("DELETE FROM case_wraps WHERE case_id = $1 AND kind = $2"), &[case.into(), kind.into()]).await
}

/// Ends the way in of every browser, of every case, and says how many there were.
pub async fn end_visits(tx: &mut Tx<'_>) -> DbResult<u64> {
    tx.run(sql!("DELETE FROM case_wraps WHERE kind = 'visit'"), &[]).await
}

/// Forgets ways in that have ended.
pub async fn forget_wraps(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    tx.run(sql!("DELETE FROM case_wraps WHERE ends_at IS NOT NULL AND ends_at <= $1"), &[now.into()]).await
}

/// Holds the case's row until the end of the transaction.
pub async fn hold(tx: &mut Tx<'_>, id: CaseId) -> DbResult<()> {
    tx.run(sql!("UPDATE cases SET heard_at = heard_at WHERE id = $1"), &[id.into()]).await?;
    Ok(())
}

db::row! {
    struct EndRow {
        seq: i64,
        hash: [u8; 32],
    }
}

/// Where the chain ends.
pub(super) async fn end(tx: &mut Tx<'_>, id: CaseId) -> DbResult<Option<(i64, [u8; 32])>> {
    let find = sql!("SELECT seq, hash FROM case_entries WHERE case_id = $1 ORDER BY seq DESC LIMIT 1");
    Ok(tx.opt::<EndRow>(find, &[id.into()]).await?.map(|end| (end.seq, end.hash)))
}

pub(super) async fn add_entry(tx: &mut Tx<'_>, case: CaseId, entry: &Recorded) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO case_entries (case_id, seq, id, recorded_at, happened_at, actor, action, subject, facts, sealed, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let args = [
        case.into(),
        entry.seq.into(),
        entry.id.into(),
        entry.recorded_at.into(),
        entry.happened_at.into(),
        entry.actor.as_str().into(),
        entry.action.as_str().into(),
        entry.subject.into(),
        entry.facts.clone().into(),
        entry.sealed.as_deref().into(),
        entry.hash.into(),
    ];
    tx.run(add, &args).await?;
    Ok(())
}

pub(super) async fn entries(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Recorded>> {
    let list = sql!(
        "SELECT seq, id, recorded_at, happened_at, actor, action, subject, facts, sealed, hash FROM case_entries
         WHERE case_id = $1 ORDER BY seq"
    );
    tx.all(list, &[case.into()]).await
}

/// The next count of a year, given once even to two who ask at the same moment.
pub(super) async fn next_count(tx: &mut Tx<'_>, year: i16) -> DbResult<i64> {
    let next = sql!(
        "INSERT INTO case_numbers (year, last) VALUES ($1, 1)
         ON CONFLICT (year) DO UPDATE SET last = case_numbers.last + 1
         RETURNING last"
    );
    tx.one(next, &[year.into()]).await
}

db::row! {
    /// Where the chain of a case stood.
    pub(super) struct HeadRow {
        pub(super) case: Uuid,
        pub(super) seq: i64,
        pub(super) hash: [u8; 32],
    }
}

/// Where the chains ended of the cases in which something was recorded from `from` until `until`.
pub(super) async fn heads(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp) -> DbResult<Vec<HeadRow>> {
    let list = sql!(
        "SELECT e.case_id, e.seq, e.hash FROM case_entries e
         JOIN (SELECT case_id, max(seq) AS seq FROM case_entries WHERE recorded_at >= $1 AND recorded_at < $2 GROUP BY case_id) last
           ON last.case_id = e.case_id AND last.seq = e.seq
         ORDER BY e.case_id"
    );
    tx.all(list, &[from.into(), until.into()]).await
}

pub(super) async fn last_root(tx: &mut Tx<'_>) -> DbResult<Option<Root>> {
    tx.opt(sql!("SELECT day, cases, root FROM case_roots ORDER BY day DESC LIMIT 1"), &[]).await
}

pub(super) async fn root_before(tx: &mut Tx<'_>, day: Day) -> DbResult<Option<[u8; 32]>> {
    tx.opt(sql!("SELECT root FROM case_roots WHERE day < $1 ORDER BY day DESC LIMIT 1"), &[day.into()]).await
}

pub(super) async fn add_root(tx: &mut Tx<'_>, root: &Root, now: Timestamp) -> DbResult<()> {
    let add = sql!("INSERT INTO case_roots (day, cases, root, made_at) VALUES ($1, $2, $3, $4) ON CONFLICT (day) DO NOTHING");
    tx.run(add, &[root.day.into(), root.cases.into(), root.root.into(), now.into()]).await?;
    Ok(())
}
