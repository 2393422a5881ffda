use db::{DbResult, Tx};
use kernel::{Timestamp, long_date, short_date};
use web::Words;

use super::assignment::{Standing, last_day};
use super::path::Target;
use super::store::{self, Duty};
use crate::content::Course;

/// What somebody has to learn, as their own page shows it.
#[derive(Clone, Debug)]
pub struct MyDuty {
    /// What it is called.
    pub title: String,
    /// Whether the title is Japanese on a page that is not.
    pub is_japanese: bool,
    /// 期限：2026年12月20日（日）（あと28日）
    pub due: String,
    /// Who has assigned it.
    pub organization: String,
    /// Why.
    pub reason: String,
    /// The shape and the word of how it stands.
    pub shape: &'static str,
    /// 未受講
    pub word: String,
    /// How long all of it takes; empty once it is over.
    pub takes: String,
    /// Its courses: title, address, and whether it is completed.
    pub courses: Vec<(String, String, bool)>,
    /// Whether nothing is left to do.
    pub is_over: bool,
    /// Where to go on; empty if nothing is left.
    pub next: String,
}

impl MyDuty {
    /// The address of its course, if it is one alone.
    pub fn only(&self) -> Option<&str> {
        match self.courses.as_slice() {
            [(_, path, _)] => Some(path),
            _ => None,
        }
    }
}

/// How long something that is done stays on the page after its last day.
const SHOWN_DAYS: i64 = 30;

/// What of the assigned is shown to whoever has this address, what is over at the end.
pub(crate) async fn of_all(
    tx: &mut Tx<'_>,
    email: &str,
    assigned: &[Duty],
    shown: &[&'static Course],
    w: Words,
    now: Timestamp,
) -> DbResult<Vec<MyDuty>> {
    if assigned.is_empty() {
        return Ok(Vec::new());
    }
    let completed = store::completed_by(tx, email).await?;
    let mut mine: Vec<MyDuty> = assigned.iter().filter_map(|duty| of(duty, shown, &completed, w, now)).collect();
    mine.sort_by_key(|duty| duty.is_over);
    Ok(mine)
}

fn of(duty: &Duty, shown: &[&'static Course], completed: &[(String, String)], w: Words, now: Timestamp) -> Option<MyDuty> {
    let target = Target::stored(&duty.path, &duty.course, shown)?;
    let standing = duty.far().standing(now);
    let is_over = matches!(standing, Standing::Done | Standing::Waived);
    if is_over && duty.due_at.plus(kernel::Span::days(SHOWN_DAYS)) < now {
        return None;
    }
    let courses = target.courses();
    let is_done = |slug: &str, period: &str| completed.iter().any(|(course, when)| course == slug && when == period);
    let open = courses.iter().find(|course| !is_done(&course.slug, &course.period()));
    let due = last_day(duty.due_at);
    let word = match (standing, duty.last_at) {
        (Standing::Done, last) if duty.in_house_at.is_some() => {
            w.one("in-house-beside", "day", &duty.in_house_at.max(last).map_or_else(String::new, |at| short_date(at.day(), w.lang)))
        }
        (Standing::Done, Some(at)) => w.one("learning-my-done", "day", &short_date(at.day(), w.lang)),
        (Standing::Waived, _) => duty.waived_why.map_or_else(String::new, |why| why.word(w)),
        _ => standing.word(w),
    };
    Some(MyDuty {
        title: target.title(w.lang).to_owned(),
        is_japanese: matches!(&target, Target::Course(course) if course.lang(w.lang) != w.lang),
        due: match standing {
            Standing::Done | Standing::Waived => w.one("assign-due", "day", &long_date(due, w.lang)),
            _ => w.with("assign-due-left", &[("day", &long_date(due, w.lang)), ("left", &left(duty.due_at, w, now))]),
        },
        organization: duty.organization.clone(),
        reason: duty.reason.clone(),
        shape: standing.shape(),
        word,
        takes: if is_over { String::new() } else { w.count("assign-minutes-all", target.minutes()) },
        next: if is_over { String::new() } else { open.map_or_else(String::new, |course| format!("/my/courses/{}", course.slug)) },
        courses: courses
            .iter()
            .map(|course| {
                let title = course.title.get(course.lang(w.lang)).to_owned();
                (title, format!("/my/courses/{}", course.slug), is_done(&course.slug, &course.period()))
            })
            .collect(),
        is_over,
    })
}

/// あと3日, 今日まで, 2日過ぎました
pub(super) fn left(due_at: Timestamp, w: Words, now: Timestamp) -> String {
    let days = now.day().until(last_day(due_at)).map_or(0, |span| i64::from(span.get_days()));
    match days {
        0 => w.t("assign-left-today"),
        days if days < 0 => w.count("assign-left-over", -days),
        days => w.count("assign-left-days", days),
    }
}
