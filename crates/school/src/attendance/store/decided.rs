use db::{DbResult, Tx, sql};

use crate::attendance::changed::Attendance;
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

/// What is decided about the applications of a session from one id to another, both ends included, in their order; at most so many.
pub async fn decided_between(
    tx: &mut Tx<'_>,
    session: SessionId,
    (from, to): (ApplicationId, ApplicationId),
    most: usize,
) -> DbResult<Vec<Attendance>> {
    let find = sql!(
        "SELECT t.application, a.person, t.verdict, t.evidence, t.seconds, t.decided_at, s.number, s.extra, s.ends_at, c.slug, g.year
         FROM attendances t JOIN applications a ON a.id = t.application JOIN sessions s ON s.id = t.session
             JOIN courses c ON c.id = s.course JOIN programmes g ON g.id = c.programme
         WHERE t.session = $1 AND t.application >= $2 AND t.application <= $3 AND t.decided_at IS NOT NULL
         ORDER BY t.application LIMIT $4"
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    tx.all(find, &[session.into(), from.into(), to.into(), most.into()]).await
}
