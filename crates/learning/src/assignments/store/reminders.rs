use db::{Arg, DbResult, Tx, sql};
use kernel::{Lang, Span, Timestamp};

use super::people;
use crate::assignments::assignment::{AssignmentId, StaffId};
use crate::assignments::remind::Moment;

db::row! {
    /// Somebody who was just noted down.
    #[derive(Clone)]
    pub struct Noted {
        pub assignment: AssignmentId,
        pub person: StaffId,
        pub email: String,
        pub lang: Option<Lang>,
    }
}

/// Notes down, once, everybody who has not finished what has just been assigned to them; how many that were.
pub async fn note_assigned(tx: &mut Tx<'_>, run: &str, limit: i64, now: Timestamp) -> DbResult<i64> {
    let note = sql!(concat!(
        "INSERT INTO assignment_reminders (assignment, person, moment, due_at, run, noted_at) \
         SELECT x.assignment, x.id, 'assigned', 0, CAST($1 AS TEXT), CAST($2 AS BIGINT) FROM (",
        people!(),
        "JOIN assignments m ON m.id = p.assignment AND m.ended_at IS NULL AND m.due_at > $2 WHERE p.waived_at IS NULL AND NOT EXISTS ( \
             SELECT 1 FROM assignment_reminders r WHERE r.assignment = p.assignment AND r.person = p.person AND r.moment = 'assigned' AND r.due_at = 0) \
         ) AS x WHERE x.done < x.total LIMIT $3 ON CONFLICT (assignment, person, moment, due_at) DO NOTHING"
    ));
    Ok(count(tx.run(note, &[run.into(), now.into(), limit.into()]).await?))
}

/// Notes down, once for each last day, everybody who has not finished when a moment has come. Whoever got it after that moment had
/// come was told of it a moment ago.
pub async fn note_due(tx: &mut Tx<'_>, moment: Moment, run: &str, limit: i64, now: Timestamp) -> DbResult<i64> {
    let note = sql!(concat!(
        "INSERT INTO assignment_reminders (assignment, person, moment, due_at, run, noted_at) \
         SELECT x.assignment, x.id, CAST($3 AS TEXT), x.due_at, CAST($1 AS TEXT), CAST($2 AS BIGINT) FROM (",
        people!("m.due_at, "),
        "JOIN assignments m ON m.id = p.assignment AND m.ended_at IS NULL AND m.due_at > $4 AND m.due_at <= $5 \
             AND p.added_at < m.due_at + CAST($6 AS BIGINT) \
         WHERE p.waived_at IS NULL AND NOT EXISTS (SELECT 1 FROM assignment_reminders r \
             WHERE r.assignment = p.assignment AND r.person = p.person AND r.moment = $3 AND r.due_at = m.due_at) \
         ) AS x WHERE x.done < x.total LIMIT $7 ON CONFLICT (assignment, person, moment, due_at) DO NOTHING"
    ));
    let (from, until) = moment.span();
    let back = |span: Span| Timestamp::from_micros(now.as_micros() - span.as_micros());
    let args: [Arg; 7] =
        [run.into(), now.into(), moment.id().into(), back(until).into(), back(from).into(), from.as_micros().into(), limit.into()];
    Ok(count(tx.run(note, &args).await?))
}

fn count(rows: u64) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// Everybody whom a run has noted down, those of one address together.
pub async fn noted(tx: &mut Tx<'_>, run: &str) -> DbResult<Vec<Noted>> {
    let list = sql!(
        "SELECT r.assignment, r.person, w.email, a.lang FROM assignment_reminders r JOIN staff w ON w.id = r.person
         LEFT JOIN accounts a ON a.email = w.email WHERE r.run = $1 ORDER BY w.email, r.assignment, r.person LIMIT 4000"
    );
    tx.all(list, &[run.into()]).await
}

/// Whose list somebody stands on: their address and name there.
pub async fn reader(tx: &mut Tx<'_>, person: StaffId) -> DbResult<Option<(String, String)>> {
    tx.opt(sql!("SELECT email, name FROM staff WHERE id = $1 AND left_at IS NULL"), &[person.into()]).await
}
