use access::Action;
use db::{DbResult, Tx};
use kernel::FiscalYear;
use web::{PageError, Portal, Visit, Words};

use crate::attendance;
use crate::figures::counts::Counts;
use crate::figures::sheets::VERDICTS;
use crate::figures::store::{self, Count};
use crate::figures::table::Table;
use crate::figures::tables::{self, Line, Shows, Span};
use crate::office::staff_pages::{self, Whole};
use crate::trainings::programme::{Course, Programme};
use crate::trainings::session::{Session, SessionId};
use crate::trainings::{Viewer, store as trainings};

/// What the figures of a page are made of.
pub struct Gathered {
    pub counts: Counts,
    /// The sessions, in order; one alone for the figures of a session.
    lines: Vec<Line>,
}

/// A programme with its figures.
pub struct OfProgramme {
    pub programme: Programme,
    pub years: Vec<FiscalYear>,
    pub gathered: Gathered,
}

/// The tables of a page, and what its pictures need beside them.
pub struct Tables {
    pub time: Table,
    pub spans: Vec<Span>,
    pub prefectures: Table,
    pub kinds: Table,
    pub attendance: Table,
    pub courses: Table,
    pub sessions: Table,
}

/// Whether the visitor may see small numbers, too: whoever may see who applied.
pub fn is_open(portal: &Portal, visit: &Visit) -> bool {
    portal.offers(visit, Action::SeeApplicants)
}

/// The figures of the programme of a year.
pub async fn programme(portal: &Portal, visit: &Visit, year: &str) -> Result<OfProgramme, PageError> {
    staff_pages::reaches(visit)?;
    let year: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let viewer = Viewer { w: visit.words(), now: visit.now };
    let read = portal.db.read(async move |tx| read_programme(tx, year, viewer).await);
    read.await?.ok_or(PageError::NotFound)
}

async fn read_programme(tx: &mut Tx<'_>, year: FiscalYear, viewer: Viewer) -> DbResult<Option<OfProgramme>> {
    let programmes = trainings::programmes(tx).await?;
    let years = programmes.iter().map(|programme| programme.year).collect();
    let Some(programme) = programmes.into_iter().find(|programme| programme.year == year) else { return Ok(None) };
    let courses = trainings::courses(tx, programme.id).await?;
    let sessions = trainings::sessions(tx, programme.id).await?;
    let counted = store::counts_of_programme(tx, programme.id).await?;
    let of_sessions = store::counts_by_session(tx, programme.id).await?;
    let closed = store::closed_sessions(tx, programme.id).await?;
    let mut counts = Counts::of(&counted);
    let lines = sessions
        .iter()
        .map(|session| {
            let own = of_sessions.iter().filter(|count| count.session == session.id);
            let own: Vec<Count> = own.map(|count| Count { what: count.what.clone(), value: count.value.clone(), n: count.n }).collect();
            let own = Counts::of(&own);
            counts.completed += own.completed;
            counts.certificates += own.certificates;
            counts.surveys += own.surveys;
            line(viewer, &courses, session, &own, closed.contains(&session.id))
        })
        .collect();
    Ok(Some(OfProgramme { programme, years, gathered: Gathered { counts, lines } }))
}

/// The figures of one session.
pub async fn session(portal: &Portal, visit: &Visit, id: &str) -> Result<(Whole, Gathered), PageError> {
    staff_pages::reaches(visit)?;
    let id: SessionId = id.parse().map_err(|_| PageError::NotFound)?;
    let viewer = Viewer { w: visit.words(), now: visit.now };
    let found = portal.db.read(async move |tx| {
        let Some(whole) = staff_pages::whole(tx, id).await? else { return Ok(None) };
        let counts = Counts::of(&store::counts_of_session(tx, id).await?);
        let is_closed = attendance::store::sheet(tx, id).await?.is_closed();
        let line = line(viewer, std::slice::from_ref(&whole.course), &whole.session, &counts, is_closed);
        Ok(Some((whole, Gathered { counts, lines: vec![line] })))
    });
    found.await?.ok_or(PageError::NotFound)
}

fn line(viewer: Viewer, courses: &[Course], session: &Session, counts: &Counts, is_closed: bool) -> Line {
    let lang = viewer.w.lang;
    let course = courses.iter().find(|course| course.id == session.course);
    Line {
        course: course.map_or_else(String::new, |course| course.slug.prose().short(lang).to_owned()),
        nth: viewer.nth(session),
        day: session.day.map_or_else(|| session.window(lang), |day| kernel::long_date(day, lang)),
        living: counts.living(),
        waiting: session.waiting,
        cancelled: counts.given_up(),
        came: 0,
        went: 0,
        verdicts: is_closed.then(|| VERDICTS.map(|verdict| counts.with(verdict))),
        certificates: counts.certificates,
        surveys: counts.surveys,
    }
}

impl Gathered {
    /// The figures of all sessions together.
    pub fn sum(&self) -> Line {
        let mut sum = Line::default();
        for line in &self.lines {
            sum.add(line);
        }
        sum
    }

    /// The tables, with small numbers only where they may be seen.
    pub fn tables(&self, w: Words, is_open: bool) -> Tables {
        let (courses, sessions) = tables::by_course_and_session(w, &self.lines, Shows::Page, is_open);
        let (time, spans) = tables::time(w, &self.counts.applied, &self.counts.cancelled, is_open);
        Tables {
            time,
            spans,
            prefectures: tables::prefectures(w, &self.counts.prefectures, is_open),
            kinds: tables::kinds(w, &self.counts.kinds, is_open),
            attendance: tables::attendance(w, self.sum().verdicts.unwrap_or_default(), is_open),
            courses,
            sessions,
        }
    }
}
