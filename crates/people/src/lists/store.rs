use access::AccountId;
use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use super::list::{Fate, ListId};

db::row! {
    /// A list: the table that was read of the file, and what has become of it.
    #[derive(Clone)]
    #[expect(clippy::struct_field_names, reason = "when it was sent is one of the things that it says")]
    pub(super) struct Sent {
        pub(super) id: ListId,
        pub(super) kind: String,
        pub(super) target: String,
        pub(super) account: AccountId,
        pub(super) name: String,
        /// The table, as JSON.
        pub(super) bytes: Vec<u8>,
        pub(super) sent_at: Timestamp,
        pub(super) settled: i64,
        pub(super) done_at: Option<Timestamp>,
    }
}

pub(super) async fn add(
    tx: &mut Tx<'_>,
    kind: &str,
    target: &str,
    account: AccountId,
    name: &str,
    bytes: &[u8],
    now: Timestamp,
) -> DbResult<ListId> {
    let id = ListId::new(now);
    let add = sql!("INSERT INTO lists (id, kind, target, account, name, bytes, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    let args = [id.into(), kind.into(), target.into(), account.into(), name.into(), bytes.to_vec().into(), now.into()];
    tx.run(add, &args).await?;
    Ok(id)
}

pub(super) async fn find(tx: &mut Tx<'_>, id: ListId) -> DbResult<Option<Sent>> {
    let find = sql!("SELECT id, kind, target, account, name, bytes, sent_at, settled, done_at FROM lists WHERE id = $1");
    tx.opt(find, &[id.into()]).await
}

/// Claims the lines from `from` up to `until`. False if somebody else has settled them meanwhile.
pub(super) async fn claim(tx: &mut Tx<'_>, id: ListId, from: i64, until: i64) -> DbResult<bool> {
    let claim = sql!("UPDATE lists SET settled = $3 WHERE id = $1 AND settled = $2 AND done_at IS NULL");
    Ok(tx.run(claim, &[id.into(), from.into(), until.into()]).await? == 1)
}

pub(super) async fn mark_done(tx: &mut Tx<'_>, id: ListId, now: Timestamp) -> DbResult<bool> {
    Ok(tx.run(sql!("UPDATE lists SET done_at = $2 WHERE id = $1 AND done_at IS NULL"), &[id.into(), now.into()]).await? == 1)
}

pub(super) async fn note_fate(tx: &mut Tx<'_>, id: ListId, number: i64, fate: &Fate) -> DbResult<()> {
    let note = sql!("INSERT INTO list_lines (list, number, fate, why) VALUES ($1, $2, $3, $4)");
    tx.run(note, &[id.into(), number.into(), fate.id().into(), fate.why().into()]).await?;
    Ok(())
}

/// What became of the lines so far, in the order of the file.
pub(super) async fn fates(tx: &mut Tx<'_>, id: ListId) -> DbResult<Vec<(i64, Fate)>> {
    let list = sql!("SELECT number, fate, why FROM list_lines WHERE list = $1 ORDER BY number LIMIT 10000");
    let rows: Vec<(i64, String, String)> = tx.all(list, &[id.into()]).await?;
    Ok(rows.into_iter().map(|(number, fate, why)| (number, Fate::stored(&fate, &why))).collect())
}

pub(super) async fn forget(tx: &mut Tx<'_>, before: Timestamp) -> DbResult<u64> {
    tx.run(sql!("DELETE FROM lists WHERE sent_at < $1"), &[before.into()]).await
}
