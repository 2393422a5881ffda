use access::AccountId;
use db::{DbResult, Tx};
use kernel::{Timestamp, short_date};
use web::Words;

use crate::assignments::{self, MyDuty};
use crate::authoring::library;
use crate::content::Course;
use crate::study::{StudyId, store};

/// A course that somebody has begun, as their own page shows it.
#[derive(Clone, Debug)]
pub struct MyCourse {
    /// Its way, by which its certificate is known.
    pub study: StudyId,
    /// Its title.
    pub title: String,
    /// Whether the title is Japanese on a page that is not.
    pub is_japanese: bool,
    /// Where one stands in it.
    pub path: String,
    /// How far one has come, in words.
    pub words: String,
    /// Whether it is completed.
    pub is_done: bool,
    /// How many of how many slides are read.
    pub read: (i64, i64),
}

/// What somebody who has signed in learns.
#[derive(Clone, Debug, Default)]
pub struct Mine {
    /// The courses of the present period that they have begun, the last one first, those to go on with before those that are done.
    pub courses: Vec<MyCourse>,
    /// What institutions have assigned to their address, what is due first at the top.
    pub duties: Vec<MyDuty>,
}

/// What an account with this address has begun and what was assigned to it.
///
/// # Errors
/// If the database cannot be read.
pub async fn mine(tx: &mut Tx<'_>, account: AccountId, email: &str, w: Words, now: Timestamp) -> DbResult<Mine> {
    let begun = store::mine(tx, account).await?;
    let assigned = assignments::store::duties_of(tx, email).await?;
    if begun.is_empty() && assigned.is_empty() {
        return Ok(Mine::default());
    }
    let shown = library::courses(tx, now.day()).await?;
    let mut courses: Vec<MyCourse> = begun.into_iter().filter_map(|line| of_line(line, &shown, w, now)).collect();
    courses.sort_by_key(|course| course.is_done);
    Ok(Mine { courses, duties: assignments::duty::of_all(tx, email, &assigned, &shown, w, now).await? })
}

fn of_line(line: store::Mine, courses: &[&Course], w: Words, now: Timestamp) -> Option<MyCourse> {
    let course = courses.iter().find(|course| course.slug == line.course && course.period() == line.period)?;
    let slides: usize = course.units.iter().map(|unit| unit.slides.len()).sum();
    let slides = i64::try_from(slides).unwrap_or(i64::MAX);
    if line.completed_at.is_none() && !course.is_open(now.day()) {
        return None;
    }
    Some(MyCourse {
        study: line.id,
        title: course.title.get(w.lang).to_owned(),
        is_japanese: course.lang(w.lang) != w.lang,
        path: format!("/my/courses/{}", course.slug),
        words: match line.completed_at {
            Some(at) => w.one("learning-my-done", "day", &short_date(at.day(), w.lang)),
            None => w.with("learning-my-read", &[("read", &line.slides.to_string()), ("slides", &slides.to_string())]),
        },
        is_done: line.completed_at.is_some(),
        read: (line.slides.min(slides), slides),
    })
}
