use db::{DbResult, Tx, sql};
use kernel::{FiscalYear, Timestamp};
use std::collections::BTreeMap;

use crate::trainings::programme::{Audience, Course, CourseId, Programme, ProgrammeId};
use crate::trainings::session::{Session, SessionId};

macro_rules! programme {
    ($which:literal) => {
        sql!(concat!(
            "SELECT p.id, p.year, p.name, p.project_name, p.operator, p.owner, p.source, p.facts, p.archive_opens_at, p.archive_ends_at, \
             (SELECT CASE WHEN COUNT(*) = COUNT(s.day) THEN MAX(s.day) END FROM sessions s JOIN courses k ON k.id = s.course \
              WHERE k.programme = p.id AND s.cancelled_at IS NULL) \
             FROM programmes p ",
            $which
        ))
    };
}

/// All programmes, newest first.
pub async fn programmes(tx: &mut Tx<'_>) -> DbResult<Vec<Programme>> {
    let mut programmes: Vec<Programme> = tx.all(programme!("ORDER BY p.imported_at, p.year LIMIT 100"), &[]).await?;
    programmes.sort_by_key(|programme| std::cmp::Reverse(programme.year));
    Ok(programmes)
}

/// The programme of a fiscal year.
pub async fn programme(tx: &mut Tx<'_>, year: FiscalYear) -> DbResult<Option<Programme>> {
    tx.kept(format!("programme of {year}"), async move |tx| tx.opt(programme!("WHERE p.year = $1"), &[year.into()]).await).await
}

/// The courses of a programme, in the order of the pages.
pub async fn courses(tx: &mut Tx<'_>, programme: ProgrammeId) -> DbResult<Vec<Course>> {
    let list = sql!(
        "SELECT id, programme, slug, position, name, format, format_raw, summary, delivery, audience, fee_yen,
             opens_raw, rules, anomaly, archive_opens_at
         FROM courses WHERE programme = $1 ORDER BY position LIMIT 100"
    );
    tx.all(list, &[programme.into()]).await
}

/// A course with this id.
pub async fn course(tx: &mut Tx<'_>, id: CourseId) -> DbResult<Option<Course>> {
    let find = sql!(
        "SELECT id, programme, slug, position, name, format, format_raw, summary, delivery, audience, fee_yen,
             opens_raw, rules, anomaly, archive_opens_at
         FROM courses WHERE id = $1"
    );
    tx.kept(format!("course {id}"), async move |tx| tx.opt(find, &[id.into()]).await).await
}

/// The sessions of all courses of a programme, in order: one query for a whole year.
pub async fn sessions(tx: &mut Tx<'_>, programme: ProgrammeId) -> DbResult<Vec<Session>> {
    let list = sql!(
        "SELECT s.id, s.course, s.number, s.extra, s.title, s.raw, s.deadline_raw, s.anomaly, s.day, s.starts_at,
             s.ends_at, s.window_raw, s.window_start, s.window_end, s.opens_at, s.closes_at, s.default_window,
             s.tentative, s.sample, s.seats, s.taken, s.waiting_places, s.waiting, s.cancelled_at,
             s.cancel_reason, s.moved_from, s.moved_at, s.sequence
         FROM sessions s JOIN courses c ON c.id = s.course WHERE c.programme = $1
         ORDER BY c.position, s.number LIMIT 2000"
    );
    tx.all(list, &[programme.into()]).await
}

/// A programme with its courses in the order of the pages, and the sessions of each in theirs.
#[derive(Clone)]
pub struct WholeProgramme {
    /// The programme.
    pub programme: Programme,
    /// Its courses.
    pub courses: Vec<(Course, Vec<Session>)>,
}

/// All programmes with all that they hold, newest first: three questions, however many there are.
pub async fn whole_programmes(tx: &mut Tx<'_>) -> DbResult<Vec<WholeProgramme>> {
    let courses = sql!(
        "SELECT id, programme, slug, position, name, format, format_raw, summary, delivery, audience, fee_yen,
             opens_raw, rules, anomaly, archive_opens_at
         FROM courses ORDER BY position, id LIMIT 10000"
    );
    let sessions = sql!(
        "SELECT id, course, number, extra, title, raw, deadline_raw, anomaly, day, starts_at, ends_at, window_raw,
             window_start, window_end, opens_at, closes_at, default_window, tentative, sample, seats, taken,
             waiting_places, waiting, cancelled_at, cancel_reason, moved_from, moved_at, sequence
         FROM sessions ORDER BY number, id LIMIT 200000"
    );
    let programmes = programmes(tx).await?;
    let (mut of_programme, mut of_course) = (BTreeMap::<_, Vec<Course>>::new(), BTreeMap::<_, Vec<Session>>::new());
    for course in tx.all::<Course>(courses, &[]).await? {
        of_programme.entry(course.programme).or_default().push(course);
    }
    for session in tx.all::<Session>(sessions, &[]).await? {
        of_course.entry(session.course).or_default().push(session);
    }
    let whole = |programme: Programme| {
        let courses = of_programme.remove(&programme.id).unwrap_or_default().into_iter();
        let with_sessions = |course: Course| {
            let sessions = of_course.remove(&course.id).unwrap_or_default();
            (course, sessions)
        };
        let courses = courses.map(with_sessions).collect();
        WholeProgramme { programme, courses }
    };
    Ok(programmes.into_iter().map(whole).collect())
}

/// A session with this id.
pub async fn session(tx: &mut Tx<'_>, id: SessionId) -> DbResult<Option<Session>> {
    let find = sql!(
        "SELECT id, course, number, extra, title, raw, deadline_raw, anomaly, day, starts_at, ends_at, window_raw,
             window_start, window_end, opens_at, closes_at, default_window, tentative, sample, seats, taken,
             waiting_places, waiting, cancelled_at, cancel_reason, moved_from, moved_at, sequence
         FROM sessions WHERE id = $1"
    );
    tx.opt(find, &[id.into()]).await
}

/// The session that an address names.
pub async fn session_at(tx: &mut Tx<'_>, year: FiscalYear, audience: Audience, number: i64) -> DbResult<Option<Session>> {
    let find = sql!(
        "SELECT s.id, s.course, s.number, s.extra, s.title, s.raw, s.deadline_raw, s.anomaly, s.day, s.starts_at,
             s.ends_at, s.window_raw, s.window_start, s.window_end, s.opens_at, s.closes_at, s.default_window,
             s.tentative, s.sample, s.seats, s.taken, s.waiting_places, s.waiting, s.cancelled_at,
             s.cancel_reason, s.moved_from, s.moved_at, s.sequence
         FROM sessions s JOIN courses c ON c.id = s.course JOIN programmes p ON p.id = c.programme
         WHERE p.year = $1 AND c.slug = $2 AND s.number = $3"
    );
    tx.opt(find, &[year.into(), audience.slug().into(), number.into()]).await
}

/// The programme that a course belongs to.
pub async fn programme_of(tx: &mut Tx<'_>, course: CourseId) -> DbResult<Option<Programme>> {
    let find = programme!("JOIN courses c ON c.programme = p.id WHERE c.id = $1");
    tx.kept(format!("programme of {course}"), async move |tx| tx.opt(find, &[course.into()]).await).await
}

/// Adds a programme, or replaces the facts of the one with this year. Returns its id.
pub async fn put_programme(tx: &mut Tx<'_>, programme: &Programme, now: Timestamp) -> DbResult<ProgrammeId> {
    let put = sql!(
        "INSERT INTO programmes (id, year, name, project_name, operator, owner, source, facts, archive_opens_at, archive_ends_at, imported_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (year) DO UPDATE SET name = excluded.name, project_name = excluded.project_name, operator = excluded.operator,
             owner = excluded.owner, source = excluded.source, facts = excluded.facts
         RETURNING id"
    );
    let args = [
        programme.id.into(),
        programme.year.into(),
        programme.name.as_str().into(),
        programme.project_name.as_str().into(),
        programme.operator.as_str().into(),
        programme.owner.as_str().into(),
        programme.source.as_str().into(),
        programme.facts.to_string().into(),
        programme.archive_opens_at.into(),
        programme.archive_ends_at.into(),
        now.into(),
    ];
    tx.one(put, &args).await
}

/// Adds a course, or replaces the facts of the one at this address. Returns its id.
pub async fn put_course(tx: &mut Tx<'_>, course: &Course) -> DbResult<CourseId> {
    let put = sql!(
        "INSERT INTO courses (id, programme, slug, position, name, format, format_raw, summary, delivery, audience, fee_yen, opens_raw, rules, anomaly)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT (programme, slug) DO UPDATE SET position = excluded.position, name = excluded.name, format = excluded.format,
             format_raw = excluded.format_raw, summary = excluded.summary, delivery = excluded.delivery, audience = excluded.audience,
             fee_yen = excluded.fee_yen, opens_raw = excluded.opens_raw, rules = excluded.rules, anomaly = excluded.anomaly
         RETURNING id"
    );
    let args = [
        course.id.into(),
        course.programme.into(),
        course.slug.slug().into(),
        course.position.into(),
        course.name.as_str().into(),
        course.format.id().into(),
        course.format_raw.as_str().into(),
        course.summary.as_str().into(),
        course.delivery.as_str().into(),
        course.audience.as_str().into(),
        course.fee_yen.into(),
        course.opens_raw.as_str().into(),
        course.rules.to_string().into(),
        course.anomaly.as_str().into(),
    ];
    tx.one(put, &args).await
}

/// Adds a session, or replaces the facts of the one with this number; seats taken and applications stay. Returns its id.
pub async fn put_session(tx: &mut Tx<'_>, session: &Session) -> DbResult<SessionId> {
    let put = sql!(
        "INSERT INTO sessions (id, course, number, extra, title, raw, deadline_raw, anomaly, day, starts_at, ends_at, window_raw,
             window_start, window_end, opens_at, closes_at, default_window, tentative, sample, seats, waiting_places, cancelled_at,
             cancel_reason, moved_from, moved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
         ON CONFLICT (course, number) DO UPDATE SET title = excluded.title, raw = excluded.raw, deadline_raw = excluded.deadline_raw,
             anomaly = excluded.anomaly, day = excluded.day, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
             window_raw = excluded.window_raw, window_start = excluded.window_start, window_end = excluded.window_end,
             opens_at = excluded.opens_at, closes_at = excluded.closes_at, default_window = excluded.default_window,
             tentative = excluded.tentative
         RETURNING id"
    );
    let args = [
        session.id.into(),
        session.course.into(),
        session.number.into(),
        session.extra.into(),
        session.title.as_str().into(),
        session.raw.as_str().into(),
        session.deadline_raw.as_str().into(),
        session.anomaly.as_str().into(),
        session.day.into(),
        session.starts_at.into(),
        session.ends_at.into(),
        session.window_raw.as_str().into(),
        session.window_start.into(),
        session.window_end.into(),
        session.opens_at.into(),
        session.closes_at.into(),
        session.default_window.into(),
        session.tentative.into(),
        session.sample.into(),
        session.seats.into(),
        session.waiting_places.into(),
        session.cancelled_at.into(),
        session.cancel_reason.as_str().into(),
        session.moved_from.into(),
        session.moved_at.into(),
    ];
    tx.one(put, &args).await
}

/// Sets how many seats and waiting places a session has; fails if more are taken already.
pub async fn set_seats(tx: &mut Tx<'_>, id: SessionId, seats: Option<i64>, waiting_places: Option<i64>) -> DbResult<bool> {
    let set = sql!(
        "UPDATE sessions SET seats = $2, waiting_places = $3
         WHERE id = $1 AND (CAST($2 AS BIGINT) IS NULL OR taken <= $2) AND (CAST($3 AS BIGINT) IS NULL OR waiting <= $3)"
    );
    Ok(tx.run(set, &[id.into(), seats.into(), waiting_places.into()]).await? == 1)
}
