//! The tables of courses that are written in the browser.

use access::Hand;
use db::{Arg, DbResult, Tx, sql};
use kernel::{Day, Timestamp};

use super::bundle::Bundle;
use super::rule::{Line, Place};
use super::version::{Effect, Past, Step, Version, VersionId};
use crate::content::course::period;

/// The versions of a course, the newest first.
pub async fn versions(tx: &mut Tx<'_>, course: &str) -> DbResult<Vec<Version>> {
    let list = sql!(
        "SELECT v.id, v.course, v.number, v.label, v.saved_at, v.effect, v.starts_on, v.opens_on, v.ends_on, v.edition,
         (SELECT s.step FROM course_steps s WHERE s.version = v.id ORDER BY s.number DESC LIMIT 1)
         FROM course_versions v WHERE v.course = $1 ORDER BY v.number DESC LIMIT 200"
    );
    tx.all(list, &[course.into()]).await
}

/// A version.
pub async fn version(tx: &mut Tx<'_>, id: VersionId) -> DbResult<Option<Version>> {
    let find = sql!(
        "SELECT v.id, v.course, v.number, v.label, v.saved_at, v.effect, v.starts_on, v.opens_on, v.ends_on, v.edition,
         (SELECT s.step FROM course_steps s WHERE s.version = v.id ORDER BY s.number DESC LIMIT 1)
         FROM course_versions v WHERE v.id = $1"
    );
    tx.opt(find, &[id.into()]).await
}

/// The files of a version.
pub async fn files(tx: &mut Tx<'_>, id: VersionId) -> DbResult<Option<Bundle>> {
    tx.opt(sql!("SELECT files FROM course_versions WHERE id = $1"), &[id.into()]).await
}

/// The steps of a version, the first one first.
pub async fn steps(tx: &mut Tx<'_>, id: VersionId) -> DbResult<Vec<Past>> {
    let list = sql!("SELECT step, actor, role, note, at FROM course_steps WHERE version = $1 ORDER BY number LIMIT 500");
    tx.all(list, &[id.into()]).await
}

/// The courses of which nothing is published here, with the files of their first version, at most a hundred.
pub async fn begun_courses(tx: &mut Tx<'_>) -> DbResult<Vec<(String, Bundle)>> {
    let list = sql!(
        "SELECT v.course, v.files FROM course_versions v WHERE v.number = 1
           AND NOT EXISTS (SELECT 1 FROM course_versions p WHERE p.course = v.course AND p.effect IS NOT NULL)
         ORDER BY v.course LIMIT 100"
    );
    tx.all(list, &[]).await
}

/// Adds a version. False if somebody else has just added the one with this number.
pub async fn add(tx: &mut Tx<'_>, id: VersionId, course: &str, number: i64, label: &str, files: &Bundle, now: Timestamp) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO course_versions (id, course, number, label, files, edition, saved_at) VALUES ($1, $2, $3, $4, $5, 1, $6)
         ON CONFLICT (course, number) DO NOTHING"
    );
    let args: [Arg; 6] = [id.into(), course.into(), number.into(), label.into(), files.stored().into(), now.into()];
    Ok(tx.run(add, &args).await? == 1)
}

/// Writes over a version that is as it was seen; false if somebody else was faster.
pub async fn rewrite(tx: &mut Tx<'_>, id: VersionId, seen: Timestamp, label: &str, files: &Bundle, now: Timestamp) -> DbResult<bool> {
    let rewrite =
        sql!("UPDATE course_versions SET files = $3, label = $4, saved_at = $5 WHERE id = $1 AND saved_at = $2 AND effect IS NULL");
    Ok(tx.run(rewrite, &[id.into(), seen.into(), files.stored().into(), label.into(), now.into()]).await? == 1)
}

/// Adds a step after those that there are. False if another was faster: the step was meant for how the version stood before.
pub async fn add_step(tx: &mut Tx<'_>, version: VersionId, step: Step, hand: &Hand, note: &str, now: Timestamp) -> DbResult<bool> {
    let number: i64 = tx.one(sql!("SELECT coalesce(max(number), 0) + 1 FROM course_steps WHERE version = $1"), &[version.into()]).await?;
    let add = sql!(
        "INSERT INTO course_steps (version, number, step, actor, role, note, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (version, number) DO NOTHING"
    );
    let args: [Arg; 7] =
        [version.into(), number.into(), step.id().into(), hand.actor.as_str().into(), hand.role_id().into(), note.into(), now.into()];
    Ok(tx.run(add, &args).await? == 1)
}

/// Gives a version its place among what is published; false if it has one.
pub async fn put_in_place(tx: &mut Tx<'_>, id: VersionId, effect: Effect, (from, until): (Day, Day), place: Place) -> DbResult<bool> {
    let put = sql!(
        "UPDATE course_versions SET effect = $2, opens_on = $3, ends_on = $4, edition = $5, starts_on = $6 WHERE id = $1 AND effect IS NULL"
    );
    let args: [Arg; 6] = [id.into(), effect.id().into(), from.into(), until.into(), place.edition.into(), place.starts_on.into()];
    Ok(tx.run(put, &args).await? == 1)
}

/// What is published of a course: the newest version of each period.
pub async fn lines(tx: &mut Tx<'_>, course: &str) -> DbResult<Vec<Line>> {
    let list = sql!(
        "SELECT v.opens_on, v.ends_on, v.edition, v.starts_on FROM course_versions v
         WHERE v.course = $1 AND v.starts_on IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM course_versions o WHERE o.course = v.course AND o.opens_on = v.opens_on AND o.number > v.number)
         ORDER BY v.opens_on LIMIT 100"
    );
    let rows: Vec<(Day, Day, i64, Day)> = tx.all(list, &[course.into()]).await?;
    Ok(rows.into_iter().map(|(from, until, edition, starts_on)| Line { from, until, edition, starts_on }).collect())
}

db::row! {
    /// The version of a course that readers see.
    #[derive(Clone, Debug)]
    pub struct Shown {
        pub course: String,
        pub version: VersionId,
        pub edition: i64,
    }
}

/// The version of a course that is shown on a day.
pub async fn shown(tx: &mut Tx<'_>, course: &str, day: Day) -> DbResult<Option<Shown>> {
    let find = sql!(
        "SELECT course, id, edition FROM course_versions WHERE course = $1 AND starts_on <= $2 ORDER BY opens_on DESC, number DESC LIMIT 1"
    );
    tx.opt(find, &[course.into(), day.into()]).await
}

/// The versions of all courses that are shown on a day.
pub async fn all_shown(tx: &mut Tx<'_>, day: Day) -> DbResult<Vec<Shown>> {
    let list = sql!(
        "SELECT v.course, v.id, v.edition FROM course_versions v
         WHERE v.starts_on <= $1 AND NOT EXISTS (
             SELECT 1 FROM course_versions o WHERE o.course = v.course AND o.starts_on <= $1
             AND (o.opens_on > v.opens_on OR (o.opens_on = v.opens_on AND o.number > v.number)))
         ORDER BY v.course LIMIT 200"
    );
    tx.all(list, &[day.into()]).await
}

/// Whether another published version of the course has this name.
pub async fn has_label(tx: &mut Tx<'_>, course: &str, label: &str) -> DbResult<bool> {
    let find = sql!("SELECT 1 FROM course_versions WHERE course = $1 AND label = $2 AND starts_on IS NOT NULL LIMIT 1");
    let found: Option<i64> = tx.opt(find, &[course.into(), label.into()]).await?;
    Ok(found.is_some())
}

/// How many have completed an edition of a course, and how many are on their way through it.
pub async fn concerned(tx: &mut Tx<'_>, course: &str, from: Day, edition: i64) -> DbResult<(i64, i64)> {
    let count = sql!(
        "SELECT COUNT(c.study), COUNT(*) - COUNT(c.study) FROM studies s LEFT JOIN study_completions c ON c.study = s.id
         WHERE s.course = $1 AND s.period = $2"
    );
    tx.one(count, &[course.into(), period(from, edition).into()]).await
}

/// Takes those who are on their way through an edition over to the next one, with all that they have done. Whoever has completed it
/// stays where they are, so that their completion is kept and does not count for the next.
pub async fn take_over(tx: &mut Tx<'_>, course: &str, from: Day, edition: i64) -> DbResult<u64> {
    let take = sql!(
        "UPDATE studies SET period = $3 WHERE course = $1 AND period = $2
         AND NOT EXISTS (SELECT 1 FROM study_completions c WHERE c.study = studies.id)"
    );
    tx.run(take, &[course.into(), period(from, edition).into(), period(from, edition + 1).into()]).await
}
