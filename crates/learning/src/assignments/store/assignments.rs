use access::OrganizationId;
use db::{Arg, DbResult, Tx, sql};
use kernel::Timestamp;

use crate::assignments::assignment::{Assignment, AssignmentId};
use crate::content::Course;

/// Adds an assignment and its courses, at most [`crate::assignments::path::LONGEST`].
pub async fn add_assignment(tx: &mut Tx<'_>, new: &Assignment, courses: &[&Course], by: &str) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO assignments (id, organization, path, jobs, reason, due_at, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let args: [Arg; 8] = [
        new.id.into(),
        new.organization.into(),
        new.path.as_str().into(),
        new.jobs.as_str().into(),
        new.reason.as_str().into(),
        new.due_at.into(),
        new.made_at.into(),
        by.into(),
    ];
    tx.run(add, &args).await?;
    let add_courses = sql!(
        "INSERT INTO assignment_courses (assignment, place, course, period)
         SELECT a.id, place, course, period FROM assignments a CROSS JOIN (
             SELECT 1 AS place, CAST($2 AS TEXT) AS course, CAST($3 AS TEXT) AS period
             UNION ALL SELECT 2, CAST($4 AS TEXT), CAST($5 AS TEXT)
             UNION ALL SELECT 3, CAST($6 AS TEXT), CAST($7 AS TEXT)
             UNION ALL SELECT 4, CAST($8 AS TEXT), CAST($9 AS TEXT)
         ) AS new WHERE a.id = $1 AND course <> ''"
    );
    let mut args: Vec<Arg> = vec![new.id.into()];
    for place in 0..4 {
        let course = courses.get(place);
        args.push(course.map_or_else(String::new, |course| course.slug.clone()).into());
        args.push(course.map_or_else(String::new, |course| course.period()).into());
    }
    tx.run(add_courses, &args).await?;
    Ok(())
}

macro_rules! whole {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT a.id, a.organization, a.path, c.course, a.jobs, a.reason, a.due_at, a.made_at, a.ended_at
             FROM assignments a JOIN assignment_courses c ON c.assignment = a.id AND c.place = 1 ",
            $rest
        ))
    };
}

/// An assignment of an organization.
pub async fn assignment(tx: &mut Tx<'_>, organization: OrganizationId, id: AssignmentId) -> DbResult<Option<Assignment>> {
    tx.opt(whole!("WHERE a.id = $1 AND a.organization = $2"), &[id.into(), organization.into()]).await
}

/// The assignments of an organization, the latest first, after the first `skipped`.
pub async fn of_organization(tx: &mut Tx<'_>, organization: OrganizationId, skipped: i64, limit: i64) -> DbResult<Vec<Assignment>> {
    let list = whole!("WHERE a.organization = $1 ORDER BY a.made_at DESC, a.id DESC LIMIT $3 OFFSET $2");
    tx.all(list, &[organization.into(), skipped.into(), limit.into()]).await
}

db::row! {
    /// An assignment beside the name of its organization.
    pub struct Named {
        pub id: AssignmentId,
        pub name: String,
    }
}

/// The assignments of all organizations, the latest first, after the first `skipped`.
pub async fn everywhere(tx: &mut Tx<'_>, skipped: i64, limit: i64) -> DbResult<(Vec<Assignment>, Vec<Named>)> {
    let list = whole!("ORDER BY a.made_at DESC, a.id DESC LIMIT $2 OFFSET $1");
    let named = sql!(
        "SELECT a.id, o.name FROM assignments a JOIN organizations o ON o.id = a.organization
         ORDER BY a.made_at DESC, a.id DESC LIMIT $2 OFFSET $1"
    );
    let args = [skipped.into(), limit.into()];
    Ok((tx.all(list, &args).await?, tx.all(named, &args).await?))
}

/// Moves the last day.
pub async fn set_due(tx: &mut Tx<'_>, id: AssignmentId, due_at: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE assignments SET due_at = $2 WHERE id = $1"), &[id.into(), due_at.into()]).await?;
    Ok(())
}

/// Ends an assignment; false if there is none. The first time stays.
pub async fn mark_ended(tx: &mut Tx<'_>, organization: OrganizationId, id: AssignmentId, now: Timestamp) -> DbResult<bool> {
    let end = sql!("UPDATE assignments SET ended_at = COALESCE(ended_at, $3) WHERE id = $1 AND organization = $2");
    Ok(tx.run(end, &[id.into(), organization.into(), now.into()]).await? == 1)
}
