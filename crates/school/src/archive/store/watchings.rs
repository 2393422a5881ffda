use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::archive::recording::{Recording, RecordingId};
use crate::archive::seen::Seen;
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

db::row! {
    /// What somebody has seen of a recording.
    #[derive(Clone, Debug)]
    pub struct Watching {
        pub recording: RecordingId,
        pub edition: i64,
        pub seen: Seen,
        pub resume_at: i64,
        pub last_at: Timestamp,
    }
}

/// What was seen for an application.
pub async fn watching(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Option<Watching>> {
    tx.opt(sql!("SELECT recording, edition, seen, resume_at, last_at FROM watchings WHERE application = $1"), &[application.into()]).await
}

/// Puts down what was seen for an application.
pub async fn put_viewing(
    tx: &mut Tx<'_>,
    application: ApplicationId,
    recording: &Recording,
    seen: &Seen,
    resume_at: i64,
    now: Timestamp,
) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO watchings (application, recording, edition, seen, seconds, resume_at, first_at, last_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
         ON CONFLICT (application) DO UPDATE SET recording = excluded.recording, edition = excluded.edition, seen = excluded.seen,
             seconds = excluded.seconds, resume_at = excluded.resume_at, last_at = excluded.last_at"
    );
    let map = serde_json::Value::from(seen.ranges().iter().map(|(from, until)| serde_json::json!([from, until])).collect::<Vec<_>>());
    let args = [
        application.into(),
        recording.id.into(),
        recording.edition.into(),
        map.to_string().into(),
        seen.seconds().into(),
        resume_at.into(),
        now.into(),
    ];
    tx.run(put, &args).await.map(|_| ())
}

db::row! {
    /// That somebody has made up for a session by its recording.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Completion {
        pub seen_seconds: i64,
        pub of_seconds: i64,
        pub threshold: i64,
        pub questions: i64,
        pub completed_at: Timestamp,
    }
}

/// The completion of an application, if there is one.
pub async fn completion(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Option<Completion>> {
    let find = sql!("SELECT seen_seconds, of_seconds, threshold, questions, completed_at FROM completions WHERE application = $1");
    tx.opt(find, &[application.into()]).await
}

/// Puts a completion down; false if there is one, which stays.
pub async fn add_completion(tx: &mut Tx<'_>, application: ApplicationId, recording: &Recording, completion: &Completion) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO completions (application, recording, edition, seen_seconds, of_seconds, threshold, questions, completed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (application) DO NOTHING"
    );
    let args = [
        application.into(),
        recording.id.into(),
        recording.edition.into(),
        completion.seen_seconds.into(),
        completion.of_seconds.into(),
        completion.threshold.into(),
        completion.questions.into(),
        completion.completed_at.into(),
    ];
    Ok(tx.run(add, &args).await? == 1)
}

db::row! {
    /// Somebody who may watch: their application for the session.
    #[derive(Clone, Debug)]
    pub struct Viewer {
        pub application: ApplicationId,
        pub generation: i64,
        pub family: String,
        pub given: String,
    }
}

/// The living applications with a seat under a mail address for a session.
pub async fn viewers_of_address(tx: &mut Tx<'_>, session: SessionId, email: &str) -> DbResult<Vec<Viewer>> {
    let list = sql!(
        "SELECT a.id, a.generation, p.family, p.given FROM persons p JOIN applications a ON a.person = p.id
         WHERE p.email = $2 AND a.session = $1 AND a.cancelled_at IS NULL AND a.place = 'seat' ORDER BY a.applied_at, a.id LIMIT 50"
    );
    tx.all(list, &[session.into(), email.into()]).await
}

/// This application, if it is a living one with a seat for the session.
pub async fn viewer_itself(tx: &mut Tx<'_>, session: SessionId, application: ApplicationId) -> DbResult<Option<Viewer>> {
    let find = sql!(
        "SELECT a.id, a.generation, p.family, p.given FROM applications a JOIN persons p ON p.id = a.person
         WHERE a.id = $2 AND a.session = $1 AND a.cancelled_at IS NULL AND a.place = 'seat'"
    );
    tx.opt(find, &[session.into(), application.into()]).await
}

/// The living application with a seat for a session of whoever another application is for: for those who have proved to be that person.
pub async fn viewer_like(tx: &mut Tx<'_>, session: SessionId, application: ApplicationId) -> DbResult<Option<Viewer>> {
    let find = sql!(
        "SELECT a.id, a.generation, p.family, p.given FROM applications h JOIN applications a ON a.person = h.person JOIN persons p ON p.id = a.person
         WHERE h.id = $2 AND a.session = $1 AND a.cancelled_at IS NULL AND a.place = 'seat'"
    );
    tx.opt(find, &[session.into(), application.into()]).await
}

db::row! {
    /// How many watch and have completed.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Figures {
        pub watched: i64,
        pub completed: i64,
    }
}

/// How many applications of a session have seen something of its recording, and how many have made up by it.
pub async fn figures(tx: &mut Tx<'_>, recording: RecordingId) -> DbResult<Figures> {
    let count =
        sql!("SELECT (SELECT COUNT(*) FROM watchings WHERE recording = $1), (SELECT COUNT(*) FROM completions WHERE recording = $1)");
    tx.one(count, &[recording.into()]).await
}
