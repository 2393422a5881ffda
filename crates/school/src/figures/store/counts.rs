use db::{DbResult, Tx, sql};

use crate::trainings::programme::ProgrammeId;
use crate::trainings::session::SessionId;

db::row! {
    /// How many of one thing.
    #[derive(Clone, Debug)]
    pub struct Count {
        pub what: String,
        pub value: String,
        pub n: i64,
    }
}

/// Everything that is counted of a session.
pub async fn counts_of_session(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Vec<Count>> {
    let list = sql!("SELECT what, value, n FROM figures WHERE owner = $1 AND n <> 0 ORDER BY what, value LIMIT 10000");
    tx.all(list, &[session.into()]).await
}

/// Over a whole programme: when people applied, where they work, and who completed a series.
pub async fn counts_of_programme(tx: &mut Tx<'_>, programme: ProgrammeId) -> DbResult<Vec<Count>> {
    let list = sql!(
        "SELECT f.what, f.value, CAST(SUM(f.n) AS BIGINT)
         FROM courses c JOIN sessions s ON s.course = c.id JOIN figures f ON f.owner = s.id
         WHERE c.programme = $1 AND f.what IN ('applied', 'cancelled', 'kind', 'prefecture')
         GROUP BY f.what, f.value HAVING SUM(f.n) <> 0
         UNION ALL
         SELECT f.what, '', CAST(SUM(f.n) AS BIGINT) FROM courses c JOIN figures f ON f.owner = c.id
         WHERE c.programme = $1 AND f.what = 'series' GROUP BY f.what
         ORDER BY 1, 2 LIMIT 10000"
    );
    tx.all(list, &[programme.into()]).await
}

db::row! {
    /// How many of one thing a session has.
    #[derive(Clone, Debug)]
    pub struct OfSession {
        pub session: SessionId,
        pub what: String,
        pub value: String,
        pub n: i64,
    }
}

/// Of each session of a programme: how many applied and cancelled, and what came of it.
pub async fn counts_by_session(tx: &mut Tx<'_>, programme: ProgrammeId) -> DbResult<Vec<OfSession>> {
    let list = sql!(
        "SELECT s.id, f.what, '', CAST(SUM(f.n) AS BIGINT)
         FROM courses c JOIN sessions s ON s.course = c.id JOIN figures f ON f.owner = s.id
         WHERE c.programme = $1 AND f.what IN ('completed', 'certificate', 'survey')
         GROUP BY s.id, f.what
         UNION ALL
         SELECT s.id, f.what, f.value, f.n
         FROM courses c JOIN sessions s ON s.course = c.id JOIN figures f ON f.owner = s.id
         WHERE c.programme = $1 AND f.what = 'verdict'
         UNION ALL
         SELECT s.id, f.what, MIN(f.value), CAST(SUM(f.n) AS BIGINT)
         FROM courses c JOIN sessions s ON s.course = c.id JOIN figures f ON f.owner = s.id
         WHERE c.programme = $1 AND f.what IN ('applied', 'cancelled')
         GROUP BY s.id, f.what LIMIT 50000"
    );
    tx.all(list, &[programme.into()]).await
}

/// The sessions of a programme of which attendance is closed, so that what was decided stands.
pub async fn closed_sessions(tx: &mut Tx<'_>, programme: ProgrammeId) -> DbResult<Vec<SessionId>> {
    let list = sql!(
        "SELECT s.id FROM courses c JOIN sessions s ON s.course = c.id JOIN attendance_sessions t ON t.session = s.id
         WHERE c.programme = $1 AND t.closed_at IS NOT NULL LIMIT 2000"
    );
    tx.all(list, &[programme.into()]).await
}
