use db::{DbResult, Tx, sql};

use crate::trainings::own_words::{Lecturers, OwnWords};
use crate::trainings::programme::{CourseId, ProgrammeId};
use crate::trainings::session::SessionId;

/// The words of their own that courses have.
pub async fn own_words(tx: &mut Tx<'_>) -> DbResult<Vec<(CourseId, OwnWords)>> {
    tx.all(sql!("SELECT course, words FROM course_words LIMIT 1000"), &[]).await
}

/// Gives a course words of its own.
pub async fn put_own_words(tx: &mut Tx<'_>, course: CourseId, words: &OwnWords) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO course_words (course, words) VALUES ($1, $2)
         ON CONFLICT (course) DO UPDATE SET words = excluded.words"
    );
    tx.run(put, &[course.into(), serde_json::to_string(words)?.into()]).await?;
    Ok(())
}

/// Who speaks in the sessions of a programme, as far as it is known.
pub async fn lecturers(tx: &mut Tx<'_>, programme: ProgrammeId) -> DbResult<Vec<(SessionId, Lecturers)>> {
    let list = sql!(
        "SELECT l.session, l.names, l.shown FROM session_lecturers l JOIN sessions s ON s.id = l.session
         JOIN courses c ON c.id = s.course WHERE c.programme = $1 LIMIT 2000"
    );
    let rows: Vec<(SessionId, String, bool)> = tx.all(list, &[programme.into()]).await?;
    Ok(rows.into_iter().map(|(session, names, shown)| (session, Lecturers { names, shown })).collect())
}

/// Who speaks in which session, as far as readers may know.
pub async fn shown_lecturers(tx: &mut Tx<'_>) -> DbResult<Vec<(SessionId, String)>> {
    tx.all(sql!("SELECT session, names FROM session_lecturers WHERE shown AND names <> '' LIMIT 5000"), &[]).await
}

/// Who speaks in a session.
pub async fn lecturers_of(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Lecturers> {
    let found: Option<(String, bool)> =
        tx.opt(sql!("SELECT names, shown FROM session_lecturers WHERE session = $1"), &[session.into()]).await?;
    Ok(found.map_or_else(Lecturers::default, |(names, shown)| Lecturers { names, shown }))
}

/// Says who speaks in a session.
pub async fn put_lecturers(tx: &mut Tx<'_>, session: SessionId, lecturers: &Lecturers) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO session_lecturers (session, names, shown) VALUES ($1, $2, $3)
         ON CONFLICT (session) DO UPDATE SET names = excluded.names, shown = excluded.shown"
    );
    tx.run(put, &[session.into(), lecturers.names.as_str().into(), lecturers.shown.into()]).await?;
    Ok(())
}
