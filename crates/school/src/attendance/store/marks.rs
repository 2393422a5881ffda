use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::attendance::MarkId;
use crate::attendance::verdict::{Mark, Reason};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

/// What is decided by hand about several at once.
#[derive(Clone, Debug)]
pub struct NewMark<'a> {
    /// All of them together, so that they can be taken back together.
    pub batch: MarkId,
    /// What.
    pub mark: Mark,
    /// Why.
    pub reason: Reason,
    /// What else the secretariat wants to remember; nobody else reads it.
    pub note: &'a str,
}

/// Notes a mark on top of those that there are.
pub async fn add_mark(
    tx: &mut Tx<'_>,
    session: SessionId,
    application: ApplicationId,
    new: &NewMark<'_>,
    by: &str,
    now: Timestamp,
) -> DbResult<()> {
    let next = sql!("SELECT COALESCE(MAX(number), 0) + 1 FROM attendance_marks WHERE application = $1");
    let number: i64 = tx.one(next, &[application.into()]).await?;
    let put = sql!(
        "INSERT INTO attendance_marks (application, number, batch, verdict, reason, note, marked_at, marked_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let args =
        [application.into(), number.into(), new.batch.into(), new.mark.into(), new.reason.into(), new.note.into(), now.into(), by.into()];
    tx.run(put, &args).await?;
    put_mark(tx, session, application).await
}

/// Takes a batch of marks back, and says whose they were.
pub async fn undo_marks(tx: &mut Tx<'_>, session: SessionId, batch: MarkId, by: &str, now: Timestamp) -> DbResult<Vec<ApplicationId>> {
    let find = sql!(
        "SELECT m.application FROM attendance_marks m JOIN applications a ON a.id = m.application
         WHERE m.batch = $1 AND a.session = $2 AND m.undone_at IS NULL ORDER BY m.application LIMIT 100"
    );
    let whose: Vec<ApplicationId> = tx.all(find, &[batch.into(), session.into()]).await?;
    let undo =
        sql!("UPDATE attendance_marks SET undone_at = $3, undone_by = $4 WHERE batch = $1 AND application = $2 AND undone_at IS NULL");
    for application in &whose {
        tx.run(undo, &[batch.into(), (*application).into(), now.into(), by.into()]).await?;
        put_mark(tx, session, *application).await?;
    }
    Ok(whose)
}

/// Notes the mark that counts: the last that is not taken back.
async fn put_mark(tx: &mut Tx<'_>, session: SessionId, application: ApplicationId) -> DbResult<()> {
    let last =
        sql!("SELECT verdict, reason FROM attendance_marks WHERE application = $1 AND undone_at IS NULL ORDER BY number DESC LIMIT 1");
    let last: Option<(Mark, String)> = tx.opt(last, &[application.into()]).await?;
    let (mark, reason) = last.map_or((None, String::new()), |(mark, reason)| (Some(mark), reason));
    let put = sql!(
        "INSERT INTO attendances (application, session, mark, reason) VALUES ($1, $2, $3, $4)
         ON CONFLICT (application) DO UPDATE SET mark = excluded.mark, reason = excluded.reason"
    );
    tx.run(put, &[application.into(), session.into(), mark.into(), reason.into()]).await?;
    Ok(())
}

/// How many of a batch still count.
pub async fn count_marks(tx: &mut Tx<'_>, session: SessionId, batch: MarkId) -> DbResult<i64> {
    let count = sql!(
        "SELECT COUNT(*) FROM attendance_marks m JOIN applications a ON a.id = m.application
         WHERE m.batch = $1 AND a.session = $2 AND m.undone_at IS NULL"
    );
    tx.one(count, &[batch.into(), session.into()]).await
}
