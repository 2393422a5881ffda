use access::OrganizationId;
use db::{Arg, DbResult, Tx, sql};
use kernel::Timestamp;

use crate::assignments::assignment::{AssignmentId, Far, StaffId, Why};
use crate::assignments::job::Job;

/// Gives everybody on the list what is open for their job, unless they have it; how many that were.
pub async fn join_open(tx: &mut Tx<'_>, organization: OrganizationId, now: Timestamp) -> DbResult<i64> {
    let join = sql!(
        "INSERT INTO assignment_people (assignment, person, added_at)
         SELECT a.id, w.id, CAST($2 AS BIGINT) FROM assignments a JOIN staff w ON w.organization = a.organization
         WHERE a.organization = $1 AND a.ended_at IS NULL AND a.due_at > $2 AND w.left_at IS NULL
             AND (a.jobs = '' OR a.jobs LIKE '% ' || w.job || ' %')
         ON CONFLICT (assignment, person) DO NOTHING"
    );
    Ok(i64::try_from(tx.run(join, &[organization.into(), now.into()]).await?).unwrap_or(i64::MAX))
}

// Everybody who has to, with how far they are; whoever left the list is not asked any more. What an institution has done in house counts
// for its own people unless it was taken back, and is told apart: `in_house_at` is there where such a course was not also completed here.
macro_rules! people {
    () => {
        people!("")
    };
    ($more:literal) => {
        concat!("SELECT ", $more, "p.assignment, w.id, w.name, w.email, w.job, w.organization, p.added_at, p.waived_at, p.waived_why, p.waived_note, \
             (SELECT COUNT(*) FROM assignment_courses c WHERE c.assignment = p.assignment) AS total, \
             (SELECT COUNT(*) FROM assignment_courses c WHERE c.assignment = p.assignment AND (EXISTS (SELECT 1 FROM accounts a \
                 JOIN studies s ON s.account = a.id JOIN study_completions d ON d.study = s.id \
                 WHERE a.email = w.email AND s.course = c.course AND s.period = c.period) OR EXISTS (SELECT 1 FROM kit_results k \
                 WHERE k.person = w.id AND k.course = c.course AND k.period = c.period AND k.right_ones >= k.needed \
                 AND NOT EXISTS (SELECT 1 FROM kit_withdrawals t WHERE t.kit = k.kit AND t.sitting = k.sitting AND t.number = k.number)))) AS done, \
             (SELECT COUNT(*) FROM assignment_courses c JOIN accounts a ON a.email = w.email \
                 JOIN studies s ON s.account = a.id AND s.course = c.course AND s.period = c.period WHERE c.assignment = p.assignment) AS begun, \
             (SELECT MAX(d.completed_at) FROM assignment_courses c JOIN accounts a ON a.email = w.email \
                 JOIN studies s ON s.account = a.id AND s.course = c.course AND s.period = c.period \
                 JOIN study_completions d ON d.study = s.id WHERE c.assignment = p.assignment) AS last_at, \
             (SELECT MIN(k.ended_at) FROM assignment_courses c JOIN kit_results k ON k.person = w.id AND k.course = c.course \
                 AND k.period = c.period AND k.right_ones >= k.needed WHERE c.assignment = p.assignment AND NOT EXISTS (SELECT 1 \
                 FROM kit_withdrawals t WHERE t.kit = k.kit AND t.sitting = k.sitting AND t.number = k.number) \
                 AND NOT EXISTS (SELECT 1 FROM accounts a \
                 JOIN studies s ON s.account = a.id JOIN study_completions d ON d.study = s.id \
                 WHERE a.email = w.email AND s.course = c.course AND s.period = c.period)) AS in_house_at \
         FROM assignment_people p JOIN staff w ON w.id = p.person AND w.left_at IS NULL ")
    };
}
pub(super) use people;

db::row! {
    /// Somebody who has to, and how far they are.
    #[derive(Clone)]
    pub struct Assigned {
        pub id: StaffId,
        pub name: String,
        pub email: String,
        pub job: Job,
        pub waived_at: Option<Timestamp>,
        pub waived_why: Option<Why>,
        pub waived_note: String,
        pub total: i64,
        pub done: i64,
        pub begun: i64,
        pub last_at: Option<Timestamp>,
        pub in_house_at: Option<Timestamp>,
    }
}

impl Assigned {
    /// How far they are with something that is due at a moment.
    pub fn far(&self, due_at: Timestamp) -> Far {
        Far { total: self.total, done: self.done, begun: self.begun, is_waived: self.waived_at.is_some(), due_at }
    }
}

/// Whom a list of people shows: `done`, `open`, `waived`, or everybody.
pub const SIEVES: [&str; 4] = ["", "open", "done", "waived"];

/// Who has to, by name, after the first `skipped`.
pub async fn people_of(tx: &mut Tx<'_>, assignment: AssignmentId, sieve: &str, skipped: i64, limit: i64) -> DbResult<Vec<Assigned>> {
    let list = sql!(concat!(
        "SELECT x.id, x.name, x.email, x.job, x.waived_at, x.waived_why, x.waived_note, x.total, x.done, x.begun, x.last_at, x.in_house_at FROM (",
        people!(),
        "WHERE p.assignment = $1) AS x WHERE CAST($2 AS TEXT) = '' OR ($2 = 'done' AND x.done >= x.total) \
             OR ($2 = 'open' AND x.done < x.total AND x.waived_at IS NULL) \
             OR ($2 = 'waived' AND x.done < x.total AND x.waived_at IS NOT NULL) \
         ORDER BY x.name, x.id LIMIT $4 OFFSET $3"
    ));
    tx.all(list, &[assignment.into(), sieve.into(), skipped.into(), limit.into()]).await
}

db::row! {
    /// How many are how far.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Counted {
        pub people: i64,
        pub done: i64,
        pub waived: i64,
    }
}

impl Counted {
    /// How many are not done and have to be.
    pub const fn open(&self) -> i64 {
        self.people - self.done - self.waived
    }
}

/// How many of an assignment are how far.
pub async fn count_people(tx: &mut Tx<'_>, assignment: AssignmentId) -> DbResult<Counted> {
    let count = sql!(concat!(
        "SELECT COUNT(*), COUNT(CASE WHEN x.done >= x.total THEN 1 END), \
             COUNT(CASE WHEN x.done < x.total AND x.waived_at IS NOT NULL THEN 1 END) FROM (",
        people!(),
        "WHERE p.assignment = $1) AS x"
    ));
    tx.one(count, &[assignment.into()]).await
}

/// How many of each of the assignments of an organization that a page shows are how far.
pub async fn count_each(tx: &mut Tx<'_>, organization: OrganizationId, skipped: i64, limit: i64) -> DbResult<Vec<(AssignmentId, Counted)>> {
    let count = sql!(concat!(
        "SELECT x.assignment, COUNT(*), COUNT(CASE WHEN x.done >= x.total THEN 1 END), \
             COUNT(CASE WHEN x.done < x.total AND x.waived_at IS NOT NULL THEN 1 END) FROM (",
        people!(),
        "WHERE p.assignment IN (SELECT id FROM assignments WHERE organization = $1 ORDER BY made_at DESC, id DESC LIMIT $3 OFFSET $2)) AS x \
         GROUP BY x.assignment"
    ));
    Ok(counted(tx.all(count, &[organization.into(), skipped.into(), limit.into()]).await?))
}

/// The same for the assignments of all organizations that a page shows.
pub async fn count_everywhere(tx: &mut Tx<'_>, skipped: i64, limit: i64) -> DbResult<Vec<(AssignmentId, Counted)>> {
    let count = sql!(concat!(
        "SELECT x.assignment, COUNT(*), COUNT(CASE WHEN x.done >= x.total THEN 1 END), \
             COUNT(CASE WHEN x.done < x.total AND x.waived_at IS NOT NULL THEN 1 END) FROM (",
        people!(),
        "WHERE p.assignment IN (SELECT id FROM assignments ORDER BY made_at DESC, id DESC LIMIT $2 OFFSET $1)) AS x GROUP BY x.assignment"
    ));
    Ok(counted(tx.all(count, &[skipped.into(), limit.into()]).await?))
}

db::row! {
    struct Line {
        assignment: AssignmentId,
        people: i64,
        done: i64,
        waived: i64,
    }
}

fn counted(lines: Vec<Line>) -> Vec<(AssignmentId, Counted)> {
    lines.into_iter().map(|line| (line.assignment, Counted { people: line.people, done: line.done, waived: line.waived })).collect()
}

/// Lets somebody off; false if there is nobody such, or they are let off already.
pub async fn mark_waived(
    tx: &mut Tx<'_>,
    (organization, assignment, person): (OrganizationId, AssignmentId, StaffId),
    why: Why,
    note: &str,
    by: &str,
    now: Timestamp,
) -> DbResult<bool> {
    let mark = sql!(
        "UPDATE assignment_people SET waived_at = $4, waived_why = $5, waived_note = $6, waived_by = $7
         WHERE assignment = $2 AND person = $3 AND waived_at IS NULL
             AND EXISTS (SELECT 1 FROM assignments a WHERE a.id = $2 AND a.organization = $1)"
    );
    let args: [Arg; 7] = [organization.into(), assignment.into(), person.into(), now.into(), why.id().into(), note.into(), by.into()];
    Ok(tx.run(mark, &args).await? == 1)
}

/// Takes that back; false if there was nothing to take back.
pub async fn unmark_waived(tx: &mut Tx<'_>, (organization, assignment, person): (OrganizationId, AssignmentId, StaffId)) -> DbResult<bool> {
    let unmark = sql!(
        "UPDATE assignment_people SET waived_at = NULL, waived_why = NULL, waived_note = '', waived_by = ''
         WHERE assignment = $2 AND person = $3 AND waived_at IS NOT NULL
             AND EXISTS (SELECT 1 FROM assignments a WHERE a.id = $2 AND a.organization = $1)"
    );
    Ok(tx.run(unmark, &[organization.into(), assignment.into(), person.into()]).await? == 1)
}

db::row! {
    /// What somebody has to learn, and how far they are.
    #[derive(Clone, Debug)]
    pub struct Duty {
        pub assignment: AssignmentId,
        pub organization: String,
        pub path: String,
        pub course: String,
        pub reason: String,
        pub due_at: Timestamp,
        pub waived_at: Option<Timestamp>,
        pub waived_why: Option<Why>,
        pub total: i64,
        pub done: i64,
        pub begun: i64,
        pub last_at: Option<Timestamp>,
        pub in_house_at: Option<Timestamp>,
    }
}

impl Duty {
    /// How far they are.
    pub fn far(&self) -> Far {
        Far { total: self.total, done: self.done, begun: self.begun, is_waived: self.waived_at.is_some(), due_at: self.due_at }
    }
}

/// What is assigned to whoever signs in with an address, what is due first coming first.
pub async fn duties_of(tx: &mut Tx<'_>, email: &str) -> DbResult<Vec<Duty>> {
    let list = sql!(concat!(
        "SELECT x.assignment, o.name, m.path, k.course, m.reason, m.due_at, x.waived_at, x.waived_why, x.total, x.done, x.begun, x.last_at, x.in_house_at FROM (",
        people!(),
        "WHERE w.email = $1) AS x JOIN assignments m ON m.id = x.assignment AND m.ended_at IS NULL \
         JOIN organizations o ON o.id = m.organization JOIN assignment_courses k ON k.assignment = m.id AND k.place = 1 \
         ORDER BY m.due_at, x.assignment LIMIT 50"
    ));
    tx.all(list, &[email.into()]).await
}

/// Which courses of the present periods whoever signs in with an address has completed.
pub async fn completed_by(tx: &mut Tx<'_>, email: &str) -> DbResult<Vec<(String, String)>> {
    let list = sql!(
        "SELECT s.course, s.period FROM accounts a JOIN studies s ON s.account = a.id JOIN study_completions d ON d.study = s.id
         WHERE a.email = $1 LIMIT 200"
    );
    tx.all(list, &[email.into()]).await
}
