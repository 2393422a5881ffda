use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use super::file::{CaseFile, FileId};
use super::message::{Message, MessageId, Side};
use super::request::{Item, ItemId, Reply, Request, RequestId};
use crate::cases::CaseId;

/// The messages of a case, oldest first.
pub async fn messages(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Message>> {
    let list = sql!(
        "SELECT id, side, actor, is_urgent, sealed, sent_at, read_at FROM case_messages WHERE case_id = $1 ORDER BY sent_at, id LIMIT 500"
    );
    tx.all(list, &[case.into()]).await
}

#[expect(clippy::too_many_arguments, reason = "a message is written by this statement alone")]
pub(super) async fn add_message(
    tx: &mut Tx<'_>,
    case: CaseId,
    id: MessageId,
    side: Side,
    actor: &str,
    is_urgent: bool,
    sealed: &[u8],
    now: Timestamp,
) -> DbResult<()> {
    let add = sql!("INSERT INTO case_messages (id, case_id, side, actor, is_urgent, sealed, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    tx.run(add, &[id.into(), case.into(), side.into(), actor.into(), is_urgent.into(), sealed.into(), now.into()]).await?;
    Ok(())
}

/// Notes that one side has seen what the other said.
pub(super) async fn read(tx: &mut Tx<'_>, case: CaseId, said_by: Side, now: Timestamp) -> DbResult<u64> {
    let read = sql!("UPDATE case_messages SET read_at = $3 WHERE case_id = $1 AND side = $2 AND read_at IS NULL");
    tx.run(read, &[case.into(), said_by.into(), now.into()]).await
}

/// What the desk has asked for, oldest first.
pub async fn requests(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Request>> {
    let list = sql!("SELECT id, actor, sealed, asked_at, done_at FROM case_requests WHERE case_id = $1 ORDER BY asked_at, id LIMIT 200");
    tx.all(list, &[case.into()]).await
}

/// Everything on these lists, in its order.
pub async fn items(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Item>> {
    let list = sql!(
        "SELECT i.id, i.request_id, i.place, i.sealed, i.answer, i.reply, i.answered_at FROM case_request_items i
         JOIN case_requests r ON r.id = i.request_id WHERE r.case_id = $1 ORDER BY r.asked_at, r.id, i.place LIMIT 2000"
    );
    tx.all(list, &[case.into()]).await
}

pub(super) async fn add_request(tx: &mut Tx<'_>, case: CaseId, id: RequestId, actor: &str, sealed: &[u8], now: Timestamp) -> DbResult<()> {
    let add = sql!("INSERT INTO case_requests (id, case_id, actor, sealed, asked_at) VALUES ($1, $2, $3, $4, $5)");
    tx.run(add, &[id.into(), case.into(), actor.into(), sealed.into(), now.into()]).await?;
    Ok(())
}

pub(super) async fn add_item(tx: &mut Tx<'_>, request: RequestId, id: ItemId, place: i64, sealed: &[u8]) -> DbResult<()> {
    let add = sql!("INSERT INTO case_request_items (id, request_id, place, sealed) VALUES ($1, $2, $3, $4)");
    tx.run(add, &[id.into(), request.into(), place.into(), sealed.into()]).await?;
    Ok(())
}

/// The list on which this thing stands, if it is one of this case.
pub(super) async fn request_of(tx: &mut Tx<'_>, case: CaseId, item: ItemId) -> DbResult<Option<RequestId>> {
    let find = sql!("SELECT r.id FROM case_request_items i JOIN case_requests r ON r.id = i.request_id WHERE i.id = $1 AND r.case_id = $2");
    tx.opt(find, &[item.into(), case.into()]).await
}

pub(super) async fn answer_item(tx: &mut Tx<'_>, id: ItemId, answer: Reply, reply: Option<&[u8]>, now: Timestamp) -> DbResult<()> {
    let put = sql!("UPDATE case_request_items SET answer = $2, reply = $3, answered_at = $4 WHERE id = $1");
    tx.run(put, &[id.into(), answer.into(), reply.into(), now.into()]).await?;
    Ok(())
}

/// Notes that a list is done, once everything on it is answered.
pub(super) async fn close_if_answered(tx: &mut Tx<'_>, id: RequestId, now: Timestamp) -> DbResult<()> {
    let close = sql!(
        "UPDATE case_requests SET done_at = $2 WHERE id = $1 AND done_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM case_request_items WHERE request_id = $1 AND answer IS NULL)"
    );
    tx.run(close, &[id.into(), now.into()]).await?;
    Ok(())
}

/// The files of a case, oldest first.
pub async fn files(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<CaseFile>> {
    let list = sql!(
        "SELECT id, case_id, side, header, about, pieces, hashes, sealed_hash, begun_at, heard_at, here_at FROM case_files
         WHERE case_id = $1 ORDER BY begun_at, id LIMIT 500"
    );
    tx.all(list, &[case.into()]).await
}

/// A file of this case.
pub(super) async fn file(tx: &mut Tx<'_>, case: CaseId, id: FileId) -> DbResult<Option<CaseFile>> {
    let find = sql!(
        "SELECT id, case_id, side, header, about, pieces, hashes, sealed_hash, begun_at, heard_at, here_at FROM case_files
         WHERE case_id = $1 AND id = $2"
    );
    tx.opt(find, &[case.into(), id.into()]).await
}

#[expect(clippy::too_many_arguments, reason = "a file is begun by this statement alone")]
pub(super) async fn add_file(
    tx: &mut Tx<'_>,
    case: CaseId,
    id: FileId,
    side: Side,
    header: &[u8],
    about: &[u8],
    pieces: Option<i64>,
    now: Timestamp,
) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO case_files (id, case_id, side, header, about, pieces, begun_at, heard_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)"
    );
    tx.run(add, &[id.into(), case.into(), side.into(), header.into(), about.into(), pieces.into(), now.into()]).await?;
    Ok(())
}

/// The pieces that are here, in their order.
pub(super) async fn pieces(tx: &mut Tx<'_>, file: FileId) -> DbResult<Vec<i64>> {
    tx.all(sql!("SELECT number FROM case_file_pieces WHERE file_id = $1 ORDER BY number"), &[file.into()]).await
}

pub(super) async fn has_piece(tx: &mut Tx<'_>, file: FileId, number: i64) -> DbResult<bool> {
    let find = sql!("SELECT number FROM case_file_pieces WHERE file_id = $1 AND number = $2");
    Ok(tx.opt::<i64>(find, &[file.into(), number.into()]).await?.is_some())
}

/// Notes that a piece is here. False if its file is no longer under way.
pub(super) async fn add_piece(tx: &mut Tx<'_>, file: FileId, number: i64, bytes: i64, now: Timestamp) -> DbResult<bool> {
    let heard = sql!("UPDATE case_files SET heard_at = $2 WHERE id = $1 AND here_at IS NULL");
    if tx.run(heard, &[file.into(), now.into()]).await? == 0 {
        return Ok(false);
    }
    let add = sql!("INSERT INTO case_file_pieces (file_id, number, bytes) VALUES ($1, $2, $3) ON CONFLICT (file_id, number) DO NOTHING");
    tx.run(add, &[file.into(), number.into(), bytes.into()]).await?;
    Ok(true)
}

db::row! {
    /// How much of a file under way is here.
    pub struct Arrived {
        pub file: FileId,
        pub pieces: i64,
    }
}

/// How many pieces of each file under way are here.
pub(super) async fn arrived(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Arrived>> {
    let list = sql!(
        "SELECT f.id, count(*) FROM case_files f JOIN case_file_pieces p ON p.file_id = f.id
         WHERE f.case_id = $1 AND f.here_at IS NULL GROUP BY f.id LIMIT 500"
    );
    tx.all(list, &[case.into()]).await
}

db::row! {
    /// What one side of a case has sent, or begun to send.
    pub(super) struct Used {
        pub(super) files: i64,
        pub(super) pieces: i64,
    }
}

/// How many files a side of a case has, and how many pieces: those that were announced, or those that are here where none were.
pub(super) async fn used(tx: &mut Tx<'_>, case: CaseId, side: Side) -> DbResult<Used> {
    let count = sql!(
        "SELECT count(*), CAST(COALESCE(sum(of_side.pieces), 0) AS BIGINT) FROM (
           SELECT COALESCE(f.pieces, (SELECT count(*) FROM case_file_pieces p WHERE p.file_id = f.id)) AS pieces
           FROM case_files f WHERE f.case_id = $1 AND f.side = $2
         ) of_side"
    );
    tx.one(count, &[case.into(), side.into()]).await
}

/// How many pieces the institutions have in cases that nobody of the desk has done anything with.
pub(super) async fn used_by_unseen(tx: &mut Tx<'_>) -> DbResult<i64> {
    let count = sql!(
        "SELECT CAST(COALESCE(sum(of_unseen.pieces), 0) AS BIGINT) FROM (
           SELECT COALESCE(f.pieces, (SELECT count(*) FROM case_file_pieces p WHERE p.file_id = f.id)) AS pieces
           FROM cases c JOIN case_files f ON f.case_id = c.id
           WHERE c.taken_at IS NULL AND c.closed_at IS NULL AND c.answered_at IS NULL AND c.called_at IS NULL AND f.side = 'institution'
         ) of_unseen"
    );
    tx.one(count, &[]).await
}

pub(super) async fn is_there(tx: &mut Tx<'_>, file: FileId) -> DbResult<bool> {
    Ok(case_of(tx, file).await?.is_some())
}

/// Of which case a file is.
pub(super) async fn case_of(tx: &mut Tx<'_>, file: FileId) -> DbResult<Option<CaseId>> {
    tx.opt(sql!("SELECT case_id FROM case_files WHERE id = $1"), &[file.into()]).await
}

db::row! {
    /// A file under way of which nothing was heard for long, and under how many numbers pieces of it may lie.
    pub(super) struct Left {
        pub(super) file: FileId,
        pub(super) heard_at: Timestamp,
        pub(super) pieces: i64,
    }
}

/// Files under way of which nothing was heard since. Those of deleted cases are cleared away with their case.
pub(super) async fn left(tx: &mut Tx<'_>, since: Timestamp) -> DbResult<Vec<Left>> {
    let list = sql!(
        "SELECT f.id, f.heard_at, COALESCE(f.pieces, (SELECT max(p.number) + 2 FROM case_file_pieces p WHERE p.file_id = f.id), 1)
         FROM case_files f
         WHERE f.here_at IS NULL AND f.heard_at < $1 AND NOT EXISTS (SELECT 1 FROM desk_deletions d WHERE d.case_id = f.case_id)
         ORDER BY f.heard_at, f.id LIMIT 100"
    );
    tx.all(list, &[since.into()]).await
}

/// Forgets a file of which nothing was heard since. False if something was.
pub(super) async fn forget_left(tx: &mut Tx<'_>, file: FileId, since: Timestamp) -> DbResult<bool> {
    // Held to the end of the transaction: a piece that comes now waits, and then finds no file.
    let hold = sql!("UPDATE case_files SET heard_at = heard_at WHERE id = $1 AND here_at IS NULL AND heard_at < $2");
    if tx.run(hold, &[file.into(), since.into()]).await? == 0 {
        return Ok(false);
    }
    take_off(tx, file).await?;
    Ok(true)
}

/// Forgets a file under way. False if it is no longer under way.
pub(super) async fn forget(tx: &mut Tx<'_>, file: FileId) -> DbResult<bool> {
    let hold = sql!("UPDATE case_files SET heard_at = heard_at WHERE id = $1 AND here_at IS NULL");
    if tx.run(hold, &[file.into()]).await? == 0 {
        return Ok(false);
    }
    take_off(tx, file).await?;
    Ok(true)
}

async fn take_off(tx: &mut Tx<'_>, file: FileId) -> DbResult<()> {
    tx.run(sql!("DELETE FROM case_file_pieces WHERE file_id = $1"), &[file.into()]).await?;
    tx.run(sql!("DELETE FROM case_files WHERE id = $1"), &[file.into()]).await?;
    Ok(())
}

pub(super) async fn set_pieces(tx: &mut Tx<'_>, file: FileId, pieces: i64) -> DbResult<()> {
    tx.run(sql!("UPDATE case_files SET pieces = $2 WHERE id = $1"), &[file.into(), pieces.into()]).await?;
    Ok(())
}

/// Notes that a file is here whole. False if it was.
pub(super) async fn complete(tx: &mut Tx<'_>, file: FileId, hashes: &[u8], sealed_hash: [u8; 32], now: Timestamp) -> DbResult<bool> {
    let put = sql!("UPDATE case_files SET hashes = $2, sealed_hash = $3, here_at = $4 WHERE id = $1 AND here_at IS NULL");
    Ok(tx.run(put, &[file.into(), hashes.into(), sealed_hash.into(), now.into()]).await? == 1)
}
