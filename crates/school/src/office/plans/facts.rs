use kernel::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::str::FromStr;

use crate::trainings::own_words::{Lecturers, OwnWords};
use crate::trainings::programme::{Audience, Course, CourseId, Format, Programme, ProgrammeId};
use crate::trainings::session::{Session, SessionId};
use kernel::FiscalYear;

/// What a draft says of a programme, a course or a session, as it was or as it would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Facts {
    /// 年度の研修
    Programme(ProgrammeFacts),
    /// 研修
    Course(CourseFacts),
    /// 第N回
    Session(SessionFacts),
}

/// What is said of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeFacts {
    pub name: String,
    pub project_name: String,
    pub operator: String,
    pub owner: String,
    pub source: String,
    pub facts: Value,
}

/// What is said of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseFacts {
    pub slug: String,
    pub position: i64,
    pub name: String,
    pub format: String,
    pub format_raw: String,
    pub summary: String,
    pub delivery: String,
    pub audience: String,
    pub fee_yen: i64,
    pub opens_raw: String,
    pub rules: Value,
    pub words: OwnWords,
}

/// What is said of a session. Its course is named by its audience: a course that is planned too has no id yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionFacts {
    pub course: String,
    pub number: i64,
    pub extra: bool,
    pub title: String,
    pub day: Option<Day>,
    pub starts_at: Option<Timestamp>,
    pub ends_at: Option<Timestamp>,
    pub window_raw: String,
    pub window_start: Option<Day>,
    pub window_end: Option<Day>,
    pub opens_at: Option<Timestamp>,
    pub closes_at: Option<Timestamp>,
    pub default_window: bool,
    pub tentative: bool,
    pub sample: bool,
    pub seats: Option<i64>,
    pub waiting_places: Option<i64>,
    pub lecturers: Lecturers,
}

impl ProgrammeFacts {
    /// Those of this programme.
    pub fn of(programme: &Programme) -> Self {
        Self {
            name: programme.name.clone(),
            project_name: programme.project_name.clone(),
            operator: programme.operator.clone(),
            owner: programme.owner.clone(),
            source: programme.source.clone(),
            facts: programme.facts.clone(),
        }
    }

    /// The programme of this year that they describe.
    pub fn programme(&self, id: ProgrammeId, year: FiscalYear) -> Programme {
        let Self { name, project_name, operator, owner, source, facts } = self.clone();
        Programme {
            id,
            year,
            name,
            project_name,
            operator,
            owner,
            source,
            facts,
            archive_opens_at: None,
            archive_ends_at: None,
            last_day: None,
        }
    }
}

impl CourseFacts {
    /// Those of this course.
    pub fn of(course: &Course, words: OwnWords) -> Self {
        Self {
            slug: course.slug.slug().to_owned(),
            position: course.position,
            name: course.name.clone(),
            format: course.format.id().to_owned(),
            format_raw: course.format_raw.clone(),
            summary: course.summary.clone(),
            delivery: course.delivery.clone(),
            audience: course.audience.clone(),
            fee_yen: course.fee_yen,
            opens_raw: course.opens_raw.clone(),
            rules: course.rules.clone(),
            words,
        }
    }

    /// For whom it is.
    pub fn slug(&self) -> Audience {
        self.slug.parse().unwrap_or(Audience::Intro)
    }

    /// How its sessions belong together.
    pub fn format(&self) -> Format {
        self.format.parse().unwrap_or(Format::Unknown)
    }

    /// The course that they describe; what the drafts do not know stays as it was.
    pub fn course(&self, id: CourseId, programme: ProgrammeId, was: Option<&Course>) -> Course {
        Course {
            id,
            programme,
            slug: self.slug(),
            position: self.position,
            name: self.name.clone(),
            format: self.format(),
            format_raw: self.format_raw.clone(),
            summary: self.summary.clone(),
            delivery: self.delivery.clone(),
            audience: self.audience.clone(),
            fee_yen: self.fee_yen,
            opens_raw: self.opens_raw.clone(),
            rules: self.rules.clone(),
            anomaly: was.map_or_else(String::new, |was| was.anomaly.clone()),
            archive_opens_at: was.and_then(|was| was.archive_opens_at),
        }
    }
}

impl SessionFacts {
    /// Those of this session.
    pub fn of(session: &Session, course: Audience, lecturers: Lecturers) -> Self {
        Self {
            course: course.slug().to_owned(),
            number: session.number,
            extra: session.extra,
            title: session.title.clone(),
            day: session.day,
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            window_raw: session.window_raw.clone(),
            window_start: session.window_start,
            window_end: session.window_end,
            opens_at: session.opens_at,
            closes_at: session.closes_at,
            default_window: session.default_window,
            tentative: session.tentative,
            sample: session.sample,
            seats: session.seats,
            waiting_places: session.waiting_places,
            lecturers,
        }
    }

    /// For whom its course is.
    pub fn audience(&self) -> Audience {
        self.course.parse().unwrap_or(Audience::Intro)
    }

    /// The session that they describe; what the drafts do not know stays as it was.
    pub fn session(&self, id: SessionId, course: CourseId, was: Option<&Session>) -> Session {
        Session {
            id,
            course,
            number: self.number,
            extra: self.extra,
            title: self.title.clone(),
            raw: was.map_or_else(String::new, |was| was.raw.clone()),
            deadline_raw: was.map_or_else(String::new, |was| was.deadline_raw.clone()),
            anomaly: was.map_or_else(String::new, |was| was.anomaly.clone()),
            day: self.day,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            window_raw: self.window_raw.clone(),
            window_start: self.window_start,
            window_end: self.window_end,
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            default_window: self.default_window,
            tentative: self.tentative,
            sample: self.sample,
            seats: self.seats,
            taken: was.map_or(0, |was| was.taken),
            waiting_places: self.waiting_places,
            waiting: was.map_or(0, |was| was.waiting),
            cancelled_at: was.and_then(|was| was.cancelled_at),
            cancel_reason: was.map_or_else(String::new, |was| was.cancel_reason.clone()),
            moved_from: was.and_then(|was| was.moved_from),
            moved_at: was.and_then(|was| was.moved_at),
            sequence: was.map_or(0, |was| was.sequence),
        }
    }
}

impl Facts {
    /// The word of their kind in the database.
    pub const fn object(&self) -> &'static str {
        match self {
            Self::Programme(_) => "programme",
            Self::Course(_) => "course",
            Self::Session(_) => "session",
        }
    }

    /// Those of a session.
    pub const fn session(&self) -> Option<&SessionFacts> {
        match self {
            Self::Session(facts) => Some(facts),
            _ => None,
        }
    }

    /// Those of a course.
    pub const fn course(&self) -> Option<&CourseFacts> {
        match self {
            Self::Course(facts) => Some(facts),
            _ => None,
        }
    }

    fn fields(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        }
    }

    /// `onto` with what changed on the way from `was` to `becomes`, field by field: what somebody else changed besides stays.
    pub fn carried(was: &Self, becomes: &Self, onto: &Self) -> Self {
        let (was, becomes, mut fields) = (was.fields(), becomes.fields(), onto.fields());
        for (name, value) in &becomes {
            if was.get(name) != Some(value) {
                fields.insert(name.clone(), value.clone());
            }
        }
        serde_json::from_value(Value::Object(fields)).unwrap_or_else(|_| onto.clone())
    }
}

impl FromStr for Facts {
    type Err = serde_json::Error;
    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

impl db::FromColumn for Facts {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}
