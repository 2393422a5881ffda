use db::{DbResult, Tx};
use kernel::{FiscalYear, Uuid};

use super::facts::{CourseFacts, Facts, SessionFacts};
use crate::trainings::own_words::{Lecturers, OwnWords};
use crate::trainings::programme::{Course, CourseId, Programme};
use crate::trainings::session::{Session, SessionId};
use crate::trainings::store;

/// A programme as it stands: what a plan is compared with.
#[derive(Clone, Debug, Default)]
pub struct Year {
    /// The programme; nothing if the year has none.
    pub programme: Option<Programme>,
    /// Its courses, in order.
    pub courses: Vec<Course>,
    /// Its sessions, in order.
    pub sessions: Vec<Session>,
    /// How many applications of each session are living: so many would get a mail.
    pub living: Vec<(SessionId, i64)>,
    words: Vec<(CourseId, OwnWords)>,
    lecturers: Vec<(SessionId, Lecturers)>,
}

/// Reads a year, with the same few questions however many sessions it has.
pub async fn year(tx: &mut Tx<'_>, year: FiscalYear) -> DbResult<Year> {
    let Some(programme) = store::programme(tx, year).await? else { return Ok(Year::default()) };
    Ok(Year {
        courses: store::courses(tx, programme.id).await?,
        sessions: store::sessions(tx, programme.id).await?,
        living: store::living_by_session(tx, programme.id).await?,
        words: store::own_words(tx).await?,
        lecturers: store::lecturers(tx, programme.id).await?,
        programme: Some(programme),
    })
}

impl Year {
    /// The session with this id.
    pub fn session(&self, id: SessionId) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    /// The course with this id.
    pub fn course(&self, id: CourseId) -> Option<&Course> {
        self.courses.iter().find(|course| course.id == id)
    }

    /// What is said of a course now.
    pub fn course_facts(&self, course: &Course) -> CourseFacts {
        let words = self.words.iter().find(|(id, _)| *id == course.id).map_or_else(OwnWords::default, |(_, words)| words.clone());
        CourseFacts::of(course, words)
    }

    /// What is said of a session now.
    pub fn session_facts(&self, session: &Session) -> Option<SessionFacts> {
        let course = self.course(session.course)?;
        let lecturers =
            self.lecturers.iter().find(|(id, _)| *id == session.id).map_or_else(Lecturers::default, |(_, lecturers)| lecturers.clone());
        Some(SessionFacts::of(session, course.slug, lecturers))
    }

    /// What is said now of the thing that a draft changes; nothing if it is not there any more.
    pub fn now_of(&self, target: Uuid, was: &Facts) -> Option<Facts> {
        match was {
            Facts::Programme(_) => None,
            Facts::Course(_) => self.course(CourseId::from_uuid(target)).map(|course| Facts::Course(self.course_facts(course))),
            Facts::Session(_) => {
                let session = self.session(SessionId::from_uuid(target)).filter(|session| session.cancelled_at.is_none())?;
                self.session_facts(session).map(Facts::Session)
            }
        }
    }

    /// How many a mail to all of a session would reach.
    pub fn living_of(&self, id: SessionId) -> i64 {
        self.living.iter().find(|(session, _)| *session == id).map_or(0, |(_, count)| *count)
    }
}
