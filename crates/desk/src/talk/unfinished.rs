//! Files that do not become whole: those that nobody goes on with are taken off the list after three days, those for which there is no
//! room at once, and their pieces are cleared away.

use db::{Db, DbResult, Lane, Tx};
use journal::audit::SYSTEM;
use journal::{Handlers, Job, JobError, JobItem};
use kernel::{Span, Timestamp};
use objects::Objects;
use serde_json::json;

use super::file::{FileId, piece};
use super::store;
use crate::cases::{self, Case, Entry, record};

journal::kinds! {
    /// The job that takes away what is here of a file.
    Job JOB = "desk.unfinished";
}

/// How long what is here of a file waits for the rest, from the last piece on: over a weekend without a network.
pub const WAITS: Span = Span::days(3);

/// Who does it.
pub fn handlers(objects: &Objects) -> Handlers {
    let objects = objects.clone();
    Handlers::new().on(JOB, move |db, item| take_away(objects.clone(), db, item))
}

/// Queues the end of every file that has waited long enough.
pub async fn look(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    for left in store::left(tx, now.minus(WAITS)).await? {
        // One that went on and was left again is another job.
        let once = format!("{JOB}/{}/{}", left.file, left.heard_at.as_micros());
        journal::job(tx, Job::of(JOB, left.file).with(json!({ "pieces": left.pieces })).once(once), now).await?;
    }
    Ok(())
}

/// Takes a file off the list for which there is no room: what came of it, under so many numbers, takes none either.
pub(super) async fn give_up(tx: &mut Tx<'_>, case: &Case, file: FileId, pieces: i64, now: Timestamp) -> DbResult<()> {
    if store::forget(tx, file).await? {
        record(tx, case, Entry::by(SYSTEM).did("file.dropped").about(file), now).await?;
        let clear = Job::of(JOB, file).with(json!({ "pieces": pieces })).once(format!("{JOB}/{file}"));
        journal::job(tx, clear, now).await?;
    }
    Ok(())
}

async fn take_away(objects: Objects, db: Db, item: JobItem) -> Result<(), JobError> {
    let id = item.object_id::<FileId>()?;
    let pieces = item.payload.get("pieces").and_then(serde_json::Value::as_i64).ok_or(JobError::Never("no-pieces"))?;
    // Its row goes first: nobody goes on with a file of which pieces are gone already.
    if !db.write(Lane::Incident, None, async move |tx, now| forget(tx, id, now).await).await? {
        return Ok(());
    }
    for number in 0..pieces {
        objects.remove_piece(&piece(id, number)).await.map_err(|_| JobError::Later("files"))?;
    }
    Ok(())
}

/// Takes a file off the list. False if somebody went on with it.
async fn forget(tx: &mut Tx<'_>, id: FileId, now: Timestamp) -> DbResult<bool> {
    let Some(case) = store::case_of(tx, id).await? else { return Ok(true) };
    if !store::forget_left(tx, id, now.minus(WAITS)).await? {
        return Ok(false);
    }
    if let Some(case) = cases::store::case(tx, case).await? {
        record(tx, &case, Entry::by(SYSTEM).did("file.dropped").about(id), now).await?;
    }
    Ok(true)
}
