//! A month as it was when it ended: rows that are there, by their own moments.

use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::attendance::verdict::Verdict;
use crate::trainings::programme::{CourseId, ProgrammeId};
use crate::trainings::session::SessionId;

db::row! {
    /// The applications of a session.
    #[derive(Clone, Debug)]
    pub struct Applied {
        pub session: SessionId,
        /// Those not cancelled before the end.
        pub living: i64,
        /// Those of them that waited for a seat.
        pub waiting: i64,
        /// Those that came within the month.
        pub came: i64,
        /// Those that were cancelled within the month.
        pub went: i64,
    }
}

/// The applications of each session of a programme, as they were at `until`; the month began at `from`.
pub async fn applied_until(tx: &mut Tx<'_>, programme: ProgrammeId, from: Timestamp, until: Timestamp) -> DbResult<Vec<Applied>> {
    let list = sql!(
        "SELECT a.session,
             SUM(CASE WHEN a.cancelled_at IS NULL OR a.cancelled_at >= $3 THEN 1 ELSE 0 END),
             SUM(CASE WHEN (a.cancelled_at IS NULL OR a.cancelled_at >= $3)
                 AND (a.place = 'waiting' OR a.promoted_at >= $3) THEN 1 ELSE 0 END),
             SUM(CASE WHEN a.applied_at >= $2 THEN 1 ELSE 0 END),
             SUM(CASE WHEN a.cancelled_at >= $2 AND a.cancelled_at < $3 THEN 1 ELSE 0 END)
         FROM courses c JOIN sessions s ON s.course = c.id JOIN applications a ON a.session = s.id
         WHERE c.programme = $1 AND a.applied_at < $3 GROUP BY a.session LIMIT 2000"
    );
    tx.all(list, &[programme.into(), from.into(), until.into()]).await
}

/// The living applications of a programme at `until`, by kind of workplace.
pub async fn kinds_until(tx: &mut Tx<'_>, programme: ProgrammeId, until: Timestamp) -> DbResult<Vec<(String, i64)>> {
    let list = sql!(
        "SELECT a.organization_kind, COUNT(*)
         FROM courses c JOIN sessions s ON s.course = c.id JOIN applications a ON a.session = s.id
         WHERE c.programme = $1 AND a.applied_at < $2 AND (a.cancelled_at IS NULL OR a.cancelled_at >= $2)
         GROUP BY a.organization_kind ORDER BY a.organization_kind LIMIT 1000"
    );
    tx.all(list, &[programme.into(), until.into()]).await
}

/// The living applications of a programme at `until`, by prefecture.
pub async fn prefectures_until(tx: &mut Tx<'_>, programme: ProgrammeId, until: Timestamp) -> DbResult<Vec<(String, i64)>> {
    let list = sql!(
        "SELECT a.prefecture, COUNT(*)
         FROM courses c JOIN sessions s ON s.course = c.id JOIN applications a ON a.session = s.id
         WHERE c.programme = $1 AND a.applied_at < $2 AND (a.cancelled_at IS NULL OR a.cancelled_at >= $2)
         GROUP BY a.prefecture ORDER BY a.prefecture LIMIT 1000"
    );
    tx.all(list, &[programme.into(), until.into()]).await
}

db::row! {
    /// What was decided about so many of a session.
    #[derive(Clone, Debug)]
    pub struct Decided {
        pub session: SessionId,
        pub verdict: Verdict,
        pub n: i64,
    }
}

/// What was decided before `until`, of the sessions of a programme whose attendance is closed.
pub async fn decided_until(tx: &mut Tx<'_>, programme: ProgrammeId, until: Timestamp) -> DbResult<Vec<Decided>> {
    let list = sql!(
        "SELECT t.session, t.verdict, COUNT(*)
         FROM courses c JOIN sessions s ON s.course = c.id JOIN attendance_sessions k ON k.session = s.id
             JOIN attendances t ON t.session = s.id
         WHERE c.programme = $1 AND t.verdict IS NOT NULL AND t.decided_at < $2 AND k.closed_at < $2
         GROUP BY t.session, t.verdict LIMIT 10000"
    );
    tx.all(list, &[programme.into(), until.into()]).await
}

db::row! {
    /// Certificates of a course, of one of its sessions or of it as a series.
    #[derive(Clone, Debug)]
    pub struct Certified {
        pub course: CourseId,
        pub session: Option<SessionId>,
        /// Issued in the year and valid at the end of the month.
        pub valid: i64,
        /// Of them, issued in the month.
        pub new: i64,
    }
}

/// The certificates that were issued from `since` until `until`, and valid then; the month began at `from`.
pub async fn certified_until(tx: &mut Tx<'_>, since: Timestamp, from: Timestamp, until: Timestamp) -> DbResult<Vec<Certified>> {
    let list = sql!(
        "SELECT course, session, COUNT(*), SUM(CASE WHEN issued_at >= $2 THEN 1 ELSE 0 END) FROM certificates
         WHERE kind <> 'learned' AND issued_at >= $1 AND issued_at < $3 AND (revoked_at IS NULL OR revoked_at >= $3)
         GROUP BY course, session LIMIT 10000"
    );
    tx.all(list, &[since.into(), from.into(), until.into()]).await
}

/// How many of each session had seen enough of its recording at `until`.
pub async fn completed_until(tx: &mut Tx<'_>, programme: ProgrammeId, until: Timestamp) -> DbResult<Vec<(SessionId, i64)>> {
    let list = sql!(
        "SELECT r.session, COUNT(*)
         FROM courses c JOIN sessions s ON s.course = c.id JOIN recordings r ON r.session = s.id JOIN completions d ON d.recording = r.id
         WHERE c.programme = $1 AND d.completed_at < $2 GROUP BY r.session LIMIT 2000"
    );
    tx.all(list, &[programme.into(), until.into()]).await
}

/// How many of each session had answered the questionnaire at `until`.
pub async fn answered_until(tx: &mut Tx<'_>, programme: ProgrammeId, until: Timestamp) -> DbResult<Vec<(SessionId, i64)>> {
    let list = sql!(
        "SELECT d.session, COUNT(*)
         FROM courses c JOIN sessions s ON s.course = c.id JOIN survey_done d ON d.session = s.id
         WHERE c.programme = $1 AND d.done_at < $2 GROUP BY d.session LIMIT 2000"
    );
    tx.all(list, &[programme.into(), until.into()]).await
}

db::row! {
    /// How often something was answered to the questionnaires of a course.
    #[derive(Clone, Debug)]
    pub struct Said {
        pub course: CourseId,
        pub questionnaire: String,
        pub question: String,
        pub value: String,
        pub times: i64,
    }
}

/// What was answered after the sessions of a programme that were held from `from` until `until`, of questions that are not
/// answered in words.
pub async fn said_of(tx: &mut Tx<'_>, programme: ProgrammeId, from: Timestamp, until: Timestamp) -> DbResult<Vec<Said>> {
    let list = sql!(
        "SELECT s.course, a.questionnaire, a.question, a.value, COUNT(*)
         FROM courses c JOIN sessions s ON s.course = c.id JOIN survey_answers a ON a.session = s.id
         WHERE c.programme = $1 AND s.starts_at >= $2 AND s.starts_at < $3 AND s.cancelled_at IS NULL AND length(a.value) <= 40
         GROUP BY s.course, a.questionnaire, a.question, a.value LIMIT 20000"
    );
    tx.all(list, &[programme.into(), from.into(), until.into()]).await
}
