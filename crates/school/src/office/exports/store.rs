use db::{DbResult, Tx, sql};
use kernel::{FiscalYear, Timestamp, Uuid};

use super::request::{ExportRequest, ExportRequestId, OPEN, WAITS};
use crate::trainings::programme::Audience;
use crate::trainings::session::SessionId;

/// Rows on a page.
pub const ROWS: usize = 50;

macro_rules! request {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT id, session, query, part, format, people, reason, asked_by, asked_at, decided_by, decided_at, approved, remark, \
             withdrawn_at, taken_at, taken FROM export_requests ",
            $rest
        ))
    };
}

/// The request with this id.
pub async fn request(tx: &mut Tx<'_>, id: ExportRequestId) -> DbResult<Option<ExportRequest>> {
    tx.opt(request!("WHERE id = $1"), &[id.into()]).await
}

/// The request with this id, its row locked for the rest of the transaction.
pub async fn lock(tx: &mut Tx<'_>, id: ExportRequestId) -> DbResult<Option<ExportRequest>> {
    tx.run(sql!("UPDATE export_requests SET approved = approved WHERE id = $1"), &[id.into()]).await?;
    request(tx, id).await
}

/// A page of the requests, newest first, and one more; `before` is where the page before ended.
pub async fn requests(tx: &mut Tx<'_>, before: Option<(Timestamp, ExportRequestId)>) -> DbResult<Vec<ExportRequest>> {
    let (at, id) = before.unwrap_or((Timestamp::from_micros(i64::MAX), ExportRequestId::from_uuid(Uuid::max())));
    tx.all(request!("WHERE (asked_at, id) < ($1, $2) ORDER BY asked_at DESC, id DESC LIMIT 51"), &[at.into(), id.into()]).await
}

db::row! {
    /// What names a session in a list.
    #[derive(Clone, Debug)]
    pub struct Named {
        pub id: SessionId,
        pub year: FiscalYear,
        pub audience: Audience,
        pub number: i64,
        pub extra: bool,
    }
}

/// The names of the sessions of the requests that were made from `oldest` to `newest`.
pub async fn named(tx: &mut Tx<'_>, oldest: Timestamp, newest: Timestamp) -> DbResult<Vec<Named>> {
    let list = sql!(
        "SELECT s.id, g.year, c.slug, s.number, s.extra
         FROM sessions s JOIN courses c ON c.id = s.course JOIN programmes g ON g.id = c.programme
         WHERE s.id IN (SELECT session FROM export_requests WHERE asked_at >= $1 AND asked_at <= $2)"
    );
    tx.all(list, &[oldest.into(), newest.into()]).await
}

/// How many wait for somebody else than this actor.
pub async fn waiting(tx: &mut Tx<'_>, me: &str, now: Timestamp) -> DbResult<i64> {
    let count =
        sql!("SELECT COUNT(*) FROM export_requests WHERE decided_at IS NULL AND withdrawn_at IS NULL AND asked_at > $1 AND asked_by <> $2");
    tx.one(count, &[now.minus(WAITS).into(), me.into()]).await
}

/// Adds a request, and lets go of what was searched for in those that are over.
pub async fn add(tx: &mut Tx<'_>, new: &ExportRequest) -> DbResult<()> {
    let forget =
        sql!("UPDATE export_requests SET query = '' WHERE query <> '' AND asked_at < $1 AND (decided_at IS NULL OR decided_at < $2)");
    tx.run(forget, &[new.asked_at.minus(WAITS).into(), new.asked_at.minus(OPEN).into()]).await?;
    let add = sql!(
        "INSERT INTO export_requests (id, session, query, part, format, people, reason, asked_by, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    let args = [
        new.id.into(),
        new.session.into(),
        new.query.as_str().into(),
        new.part.into(),
        new.format.id().into(),
        new.people.into(),
        new.reason.as_str().into(),
        new.asked_by.as_str().into(),
        new.asked_at.into(),
    ];
    tx.run(add, &args).await?;
    Ok(())
}

/// Puts down what the second person decided. What was searched for is forgotten if nothing will be taken.
pub async fn decide(tx: &mut Tx<'_>, id: ExportRequestId, by: &str, approved: bool, remark: &str, now: Timestamp) -> DbResult<()> {
    let decide = sql!(
        "UPDATE export_requests SET decided_by = $2, decided_at = $3, approved = $4, remark = $5,
             query = CASE WHEN $4 THEN query ELSE '' END WHERE id = $1"
    );
    tx.run(decide, &[id.into(), by.into(), now.into(), approved.into(), remark.into()]).await?;
    Ok(())
}

/// Puts down that it was taken back.
pub async fn withdraw(tx: &mut Tx<'_>, id: ExportRequestId, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE export_requests SET withdrawn_at = $2, query = '' WHERE id = $1"), &[id.into(), now.into()]).await?;
    Ok(())
}

/// Puts down that the list was taken.
pub async fn take(tx: &mut Tx<'_>, id: ExportRequestId, people: i64, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE export_requests SET taken_at = $2, taken = $3 WHERE id = $1"), &[id.into(), now.into(), people.into()]).await?;
    Ok(())
}
