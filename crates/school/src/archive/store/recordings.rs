use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::archive::recording::{Film, Recording, RecordingId};
use crate::trainings::application::ApplicationId;
use crate::trainings::programme::{Course, ProgrammeId};
use crate::trainings::session::SessionId;

macro_rules! recording {
    ($which:literal) => {
        sql!(concat!(
            "SELECT r.id, r.session, r.hash, r.bytes, r.kind, r.seconds, r.edition, r.captions, r.no_captions, r.chapters, r.questions, \
             r.threshold, r.pieces, r.published_at, r.withdrawn_at, r.told_at FROM recordings r ",
            $which
        ))
    };
}

/// The recording of a session, if anything is known of one.
pub async fn recording(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Option<Recording>> {
    tx.opt(recording!("WHERE r.session = $1"), &[session.into()]).await
}

/// The recording with this id.
pub async fn recording_with(tx: &mut Tx<'_>, id: RecordingId) -> DbResult<Option<Recording>> {
    tx.opt(recording!("WHERE r.id = $1"), &[id.into()]).await
}

/// The recording of a session, begun now if nothing was known of one.
pub async fn ensure_recording(tx: &mut Tx<'_>, session: SessionId, now: Timestamp) -> DbResult<Recording> {
    let begin = sql!("INSERT INTO recordings (id, session) VALUES ($1, $2) ON CONFLICT (session) DO NOTHING");
    tx.run(begin, &[RecordingId::new(now).into(), session.into()]).await?;
    tx.one(recording!("WHERE r.session = $1"), &[session.into()]).await
}

/// The applications under an address that missed a session whose published recording can still make up for it.
pub async fn watchable_of_address(tx: &mut Tx<'_>, email: &str) -> DbResult<Vec<ApplicationId>> {
    let list = sql!(
        "SELECT a.id FROM persons p JOIN applications a ON a.person = p.id JOIN attendances t ON t.application = a.id
             JOIN recordings r ON r.session = a.session
         WHERE p.email = $1 AND a.cancelled_at IS NULL AND t.verdict = 'absent' AND r.published_at IS NOT NULL AND r.withdrawn_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM completions c WHERE c.application = a.id)
         ORDER BY a.id DESC LIMIT 100"
    );
    tx.all(list, &[email.into()]).await
}

/// Puts a film in, in place of the one before.
pub async fn put_film(tx: &mut Tx<'_>, id: RecordingId, film: &Film) -> DbResult<()> {
    let put = sql!("UPDATE recordings SET hash = $2, bytes = $3, kind = $4, seconds = $5, edition = edition + 1, pieces = 0 WHERE id = $1");
    let args = [id.into(), film.hash.bytes().into(), film.bytes.into(), film.kind.ending().into(), film.seconds.into()];
    tx.run(put, &args).await.map(|_| ())
}

/// Puts captions in, or why there are none.
pub async fn put_captions(tx: &mut Tx<'_>, id: RecordingId, captions: &str, without: &str) -> DbResult<()> {
    let put = sql!("UPDATE recordings SET captions = $2, no_captions = $3 WHERE id = $1");
    tx.run(put, &[id.into(), captions.into(), without.into()]).await.map(|_| ())
}

/// Puts chapters, questions and the part that has to be seen in.
pub async fn put_details(tx: &mut Tx<'_>, id: RecordingId, chapters: &str, questions: &str, threshold: i64) -> DbResult<()> {
    let put = sql!("UPDATE recordings SET chapters = $2, questions = $3, threshold = $4 WHERE id = $1");
    tx.run(put, &[id.into(), chapters.into(), questions.into(), threshold.into()]).await.map(|_| ())
}

/// Publishes it; false if it is published, or has no film.
pub async fn publish(tx: &mut Tx<'_>, id: RecordingId, now: Timestamp) -> DbResult<bool> {
    let publish = sql!(
        "UPDATE recordings SET published_at = $2, withdrawn_at = NULL
         WHERE id = $1 AND hash IS NOT NULL AND (published_at IS NULL OR withdrawn_at IS NOT NULL)"
    );
    Ok(tx.run(publish, &[id.into(), now.into()]).await? == 1)
}

/// Takes it back; false if it is not published.
pub async fn withdraw(tx: &mut Tx<'_>, id: RecordingId, now: Timestamp) -> DbResult<bool> {
    let withdraw = sql!("UPDATE recordings SET withdrawn_at = $2 WHERE id = $1 AND published_at IS NOT NULL AND withdrawn_at IS NULL");
    Ok(tx.run(withdraw, &[id.into(), now.into()]).await? == 1)
}

db::row! {
    /// A published recording of which nobody has been told.
    pub struct Untold {
        pub session: SessionId,
        pub opens_at: Option<Timestamp>,
    }
}

/// Those of a programme, with what its courses say about opening.
pub async fn untold(tx: &mut Tx<'_>, programme: ProgrammeId) -> DbResult<Vec<Untold>> {
    let list = sql!(
        "SELECT r.session, c.archive_opens_at FROM recordings r JOIN sessions s ON s.id = r.session JOIN courses c ON c.id = s.course
         WHERE c.programme = $1 AND r.published_at IS NOT NULL AND r.withdrawn_at IS NULL AND r.told_at IS NULL AND s.cancelled_at IS NULL
         ORDER BY c.position, s.number LIMIT 500"
    );
    tx.all(list, &[programme.into()]).await
}

/// Notes that people are told of a recording from now on.
pub async fn begin_telling(tx: &mut Tx<'_>, session: SessionId, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE recordings SET told_at = $2 WHERE session = $1 AND told_at IS NULL"), &[session.into(), now.into()])
        .await
        .map(|_| ())
}

/// The published recordings of a course: the session's number, its length and its title.
pub async fn published_numbers(tx: &mut Tx<'_>, course: &Course) -> DbResult<Vec<i64>> {
    let list = sql!(
        "SELECT s.number FROM recordings r JOIN sessions s ON s.id = r.session
         WHERE s.course = $1 AND r.published_at IS NOT NULL AND r.withdrawn_at IS NULL ORDER BY s.number LIMIT 500"
    );
    tx.all(list, &[course.id.into()]).await
}
