//! A programme for another fiscal year, made from one that was held.

use db::{DbResult, Tx};
use journal::{Entry, Job};
use kernel::{Day, FiscalYear, Holidays, Span, Timestamp};

use super::interest::TELL_OPENING;
use super::programme::{Audience, Course, CourseId, Programme, ProgrammeId};
use super::session::{Session, SessionId};
use super::store;

/// What cloning would make, to be shown before it is done.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The year that is taken as the pattern.
    pub from: FiscalYear,
    /// The year that is made.
    pub to: FiscalYear,
    /// By how many weeks every date moves.
    pub weeks: i64,
    /// Every session, as it was and as it will be.
    pub sessions: Vec<Planned>,
    programme: Programme,
    courses: Vec<Course>,
}

/// One session of the plan.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The session as it was.
    pub was: Session,
    /// The session as it will be.
    pub becomes: Session,
    /// The holiday that it had to avoid, if any.
    pub avoided: Option<String>,
    course: usize,
}

impl Planned {
    /// For whom its course is.
    pub fn audience(&self, plan: &Plan) -> Audience {
        plan.courses[self.course].slug
    }
}

impl Plan {
    /// The programme that would be made.
    pub const fn programme(&self) -> &Programme {
        &self.programme
    }

    /// The courses that would be made, in order.
    pub fn courses(&self) -> &[Course] {
        &self.courses
    }
}

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCloned {
    /// There is no programme of that year.
    #[error("there is no programme of {0}")]
    NoPattern(FiscalYear),
    /// There is a programme of the new year already.
    #[error("there is a programme of {0} already")]
    Exists(FiscalYear),
}

/// Days before a session on which applications close by default, and when.
const CLOSES_DAYS_BEFORE: i64 = 6;

/// Plans the programme of `to` after that of `from`: every date moves by the whole number of weeks nearest to the same calendar day,
/// windows keep their distance, holidays are avoided by a week, a window such as 11月下旬 keeps its month and third.
pub async fn plan(
    tx: &mut Tx<'_>,
    from: FiscalYear,
    to: FiscalYear,
    holidays: &Holidays,
    now: Timestamp,
) -> DbResult<Result<Plan, NotCloned>> {
    let Some(pattern) = store::programme(tx, from).await? else { return Ok(Err(NotCloned::NoPattern(from))) };
    if store::programme(tx, to).await?.is_some() {
        return Ok(Err(NotCloned::Exists(to)));
    }
    let weeks = weeks_between(from, to);
    let old_courses = store::courses(tx, pattern.id).await?;
    let old_sessions = store::sessions(tx, pattern.id).await?;
    let programme = Programme {
        id: ProgrammeId::new(now),
        year: to,
        source: format!("{from}"),
        archive_opens_at: None,
        archive_ends_at: None,
        last_day: None,
        ..pattern.clone()
    };
    let courses: Vec<Course> = old_courses
        .iter()
        .map(|course| Course {
            id: CourseId::new(now),
            programme: programme.id,
            opens_raw: String::new(),
            anomaly: String::new(),
            archive_opens_at: None,
            ..course.clone()
        })
        .collect();
    let mut sessions = Vec::new();
    for was in old_sessions.into_iter().filter(|session| !session.extra) {
        let Some(course) = old_courses.iter().position(|course| course.id == was.course) else { continue };
        let (becomes, avoided) = shifted(&was, courses[course].id, weeks, to, holidays, now);
        sessions.push(Planned { was, becomes, avoided, course });
    }
    Ok(Ok(Plan { from, to, weeks, sessions, programme, courses }))
}

/// Makes what the plan says.
pub async fn clone(tx: &mut Tx<'_>, plan: &Plan, by: &str, now: Timestamp) -> DbResult<Result<(), NotCloned>> {
    if store::programme(tx, plan.to).await?.is_some() {
        return Ok(Err(NotCloned::Exists(plan.to)));
    }
    let programme = store::put_programme(tx, &plan.programme, now).await?;
    let mut courses = Vec::new();
    for course in &plan.courses {
        courses.push(store::put_course(tx, &Course { programme, ..course.clone() }).await?);
    }
    for planned in &plan.sessions {
        let session = Session { course: courses[planned.course], ..planned.becomes.clone() };
        let id = store::put_session(tx, &session).await?;
        if let Some(opens) = session.opens_at.filter(|opens| *opens > now) {
            journal::job(tx, Job::of(TELL_OPENING, id).at(opens), now).await?;
        }
    }
    let facts = serde_json::json!({ "from": plan.from, "weeks": plan.weeks, "sessions": plan.sessions.len() });
    journal::record(tx, &Entry::by(by).did("programmes.cloned").on("programme", programme).with(facts), now).await?;
    tx.public_changed().await?;
    Ok(Ok(()))
}

/// The whole number of weeks nearest to the same calendar day: 157 from R5 to R8.
fn weeks_between(from: FiscalYear, to: FiscalYear) -> i64 {
    let days = from.first_day().until(to.first_day()).map_or(0, |span| i64::from(span.get_days()));
    (days + if days < 0 { -3 } else { 3 }) / 7
}

fn shifted(was: &Session, course: CourseId, weeks: i64, to: FiscalYear, holidays: &Holidays, now: Timestamp) -> (Session, Option<String>) {
    let mut span = Span::days(weeks * 7);
    let mut avoided = None;
    let moved = |day: Day, span: Span| Timestamp::in_japan(day, 0, 0).plus(span).day();
    let day = was.day.map(|day| {
        // A week later, so that the weekday stays: people plan around it.
        while let Some(name) = holidays.name_of(moved(day, span)) {
            avoided = Some(name.to_owned());
            span = Span::micros(span.as_micros() + Span::days(7).as_micros());
        }
        moved(day, span)
    });
    let years = to.begins_in() - was.window_start.or(was.day).map_or(to.begins_in(), |day| FiscalYear::of(day).begins_in());
    let window = |day: Option<Day>| day.and_then(|day| Day::new(day.year() + years, day.month(), day.day()).ok());
    let opens_default = Timestamp::in_japan(Day::constant(to.begins_in(), 9, 1), 10, 0);
    let closes_default = day.map(|day| Timestamp::in_japan(moved(day, Span::days(-CLOSES_DAYS_BEFORE)), 13, 0));
    let is_default = was.opens_at.is_none() || was.closes_at.is_none();
    let window_raw = match (was.window_start, window(was.window_start)) {
        (Some(old), Some(new)) => was.window_raw.replace(&format!("{}年", old.year()), &format!("{}年", new.year())),
        _ => was.window_raw.clone(),
    };
    let session = Session {
        id: SessionId::new(now),
        course,
        raw: String::new(),
        deadline_raw: String::new(),
        anomaly: String::new(),
        day,
        starts_at: was.starts_at.map(|at| at.plus(span)),
        ends_at: was.ends_at.map(|at| at.plus(span)),
        window_raw,
        window_start: window(was.window_start),
        window_end: window(was.window_end),
        opens_at: Some(was.opens_at.map_or(opens_default, |at| at.plus(span))),
        closes_at: was.closes_at.map(|at| at.plus(span)).or(closes_default),
        default_window: is_default,
        tentative: was.tentative,
        seats: None,
        taken: 0,
        waiting_places: None,
        waiting: 0,
        cancelled_at: None,
        cancel_reason: String::new(),
        moved_from: None,
        moved_at: None,
        sequence: 0,
        ..was.clone()
    };
    (session, avoided)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_whole_weeks_apart() {
        let year = |text: &str| text.parse::<FiscalYear>().unwrap();
        assert_eq!(weeks_between(year("R5"), year("R8")), 157, "1,099 days");
        assert_eq!(weeks_between(year("R5"), year("R6")), 52);
        assert_eq!(weeks_between(year("R8"), year("R5")), -157);
    }
}
