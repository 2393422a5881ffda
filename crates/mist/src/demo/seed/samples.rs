use db::{DbResult, Lane, Tx};
use kernel::{Day, FiscalYear, Lang, Span, Timestamp};
use school::trainings::apply::SessionPath;
use school::trainings::programme::{Audience, CourseId};
use school::trainings::session::{Session, SessionId};
use school::trainings::store;
use web::{Portal, Words};

use crate::failure::Failure;
use kernel::Holidays;

/// Three extra sessions that show what the printed programmes have none of.
pub(super) struct Samples {
    /// All seats taken, three people waiting.
    pub(super) full: SessionPath,
    /// Held on another day than was announced first.
    pub(super) moved: SessionPath,
}

/// The seats of the full one.
pub(super) const SEATS: usize = 30;

const WAITING_PLACES: i64 = 5;

/// Extra sessions are numbered from here.
const FIRST: i64 = 101;

/// Adds the samples to the executives' course, some weeks from now.
pub(super) async fn add(portal: &Portal) -> Result<Samples, Failure> {
    let now = portal.now();
    let workday = |days| workday(now.plus(Span::days(days)).day(), &portal.holidays);
    let (full, cancelled, moved) = (workday(17), workday(12), workday(24));
    let year = year_of(portal, moved).await?;
    let opened = Timestamp::in_japan(now.minus(Span::days(21)).day(), 10, 0);
    let blank = move |course, number, day| blank(course, number, day, opened, now);
    let reason = Words::of(Lang::Ja).t("demo-sample-cancelled");
    let was = workday(10);
    let put = async move |tx: &mut Tx<'_>, _| {
        let Some(course) = executives(tx, year).await? else { return Ok(()) };
        let full = Session { seats: i64::try_from(SEATS).ok(), waiting_places: Some(WAITING_PLACES), ..blank(course, FIRST, full) };
        let cancelled =
            Session { cancelled_at: Some(now.minus(Span::days(2))), cancel_reason: reason.clone(), ..blank(course, FIRST + 1, cancelled) };
        let moved = Session { moved_from: Some(was), moved_at: Some(now.minus(Span::days(3))), ..blank(course, FIRST + 2, moved) };
        for session in [full, cancelled, moved] {
            store::put_session(tx, &session).await?;
        }
        tx.public_changed().await
    };
    portal.db.write(Lane::Staff, None, put).await?;
    let path = |number| SessionPath { year, audience: Audience::Executive, number };
    Ok(Samples { full: path(FIRST), moved: path(FIRST + 2) })
}

/// The fiscal year of the day if it has a programme, else the clock's.
async fn year_of(portal: &Portal, day: Day) -> Result<FiscalYear, Failure> {
    let wanted = FiscalYear::of(day);
    let has_programme = portal.db.read(async move |tx| Ok(store::programme(tx, wanted).await?.is_some())).await?;
    Ok(if has_programme { wanted } else { FiscalYear::of(portal.now().day()) })
}

async fn executives(tx: &mut Tx<'_>, year: FiscalYear) -> DbResult<Option<CourseId>> {
    let Some(programme) = store::programme(tx, year).await? else { return Ok(None) };
    let courses = store::courses(tx, programme.id).await?;
    Ok(courses.iter().find(|course| course.slug == Audience::Executive).map(|course| course.id))
}

/// The day, or the next on which people work.
fn workday(mut day: Day, holidays: &Holidays) -> Day {
    while day.weekday().to_monday_zero_offset() > 4 || holidays.name_of(day).is_some() {
        let Ok(next) = day.tomorrow() else { return day };
        day = next;
    }
    day
}

fn blank(course: CourseId, number: i64, day: Day, opened: Timestamp, now: Timestamp) -> Session {
    Session {
        id: SessionId::new(now),
        course,
        number,
        extra: true,
        title: String::new(),
        raw: String::new(),
        deadline_raw: String::new(),
        anomaly: String::new(),
        day: Some(day),
        starts_at: Some(Timestamp::in_japan(day, 16, 0)),
        ends_at: Some(Timestamp::in_japan(day, 17, 0)),
        window_raw: String::new(),
        window_start: None,
        window_end: None,
        opens_at: Some(opened),
        closes_at: Some(Timestamp::in_japan(day, 13, 0).minus(Span::days(6))),
        default_window: true,
        tentative: false,
        sample: true,
        seats: None,
        taken: 0,
        waiting_places: None,
        waiting: 0,
        cancelled_at: None,
        cancel_reason: String::new(),
        moved_from: None,
        moved_at: None,
        sequence: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::holidays;

    #[test]
    fn samples_are_held_on_days_on_which_people_work() {
        let holidays = holidays().unwrap();
        assert_eq!(workday(Day::constant(2026, 11, 21), &holidays), Day::constant(2026, 11, 24), "Saturday, Sunday, 勤労感謝の日");
        assert_eq!(workday(Day::constant(2026, 11, 24), &holidays), Day::constant(2026, 11, 24));
    }
}
