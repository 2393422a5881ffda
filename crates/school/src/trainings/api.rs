//! The programmes as JSON: `/api/v1/programmes` and `/api/v1/programmes/{R4|R5|R8}`.

mod applications;

use axum::extract::{Path, State};
use kernel::{FiscalYear, Lang, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use web::{Page, PageError, Portal, Visit, Words};

use super::programme::{Audience, Course, Format, Programme};
use super::session::{Session, State as SessionState};
use super::store;
use super::view::Viewer;

pub use applications::{ApplicationBody, ApplicationList, MOST, PersonBody, WorkplaceBody, applications};

/// A programme in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgrammeSummary {
    /// `R8`
    #[schema(example = "R8")]
    pub year: String,
    /// 令和8年度
    pub label: String,
    /// The name of the trainings.
    pub name: String,
    /// The name of the commissioned programme.
    pub project_name: String,
    /// Courses in it.
    pub courses: usize,
    /// Sessions in it.
    pub sessions: usize,
    /// Sessions that have a day.
    pub sessions_with_date: usize,
    /// Where the whole of it is.
    pub href: String,
}

/// All programmes, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgrammeList {
    /// The programmes.
    pub programmes: Vec<ProgrammeSummary>,
}

/// A whole programme.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgrammeBody {
    /// `R8`
    #[schema(example = "R8")]
    pub year: String,
    /// 令和8年度
    pub label: String,
    /// The name of the trainings.
    pub name: String,
    /// The name of the commissioned programme.
    pub project_name: String,
    /// Who carries it out.
    pub operator: String,
    /// Who commissions it.
    pub owner: String,
    /// The day on which the recordings are expected, or on which they opened.
    #[schema(format = "date")]
    pub archive_expected_on: Option<String>,
    /// The courses.
    pub courses: Vec<CourseBody>,
}

/// A course.
#[derive(Debug, Serialize, ToSchema)]
pub struct CourseBody {
    /// For whom, as a word in addresses.
    #[schema(value_type = Audience)]
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Whether to attend any one (`interchangeable`), or all (`series`).
    #[schema(value_type = Format)]
    pub format: String,
    /// For whom, as printed.
    pub audience: String,
    /// What it costs, in yen.
    pub fee_yen: i64,
    /// Its rules, as printed.
    pub rules: Vec<String>,
    /// Its sessions.
    pub sessions: Vec<SessionBody>,
}

/// A session. Instants are RFC 3339 with +09:00.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionBody {
    /// 第N回; extra sessions are numbered from 101.
    pub number: i64,
    /// Whether it was added to the ordinary ones.
    pub extra: bool,
    /// The title of the part, empty if it has none.
    pub title: String,
    /// The day in Japan, null while it is being arranged.
    #[schema(format = "date", example = "2026-12-23")]
    pub day: Option<String>,
    /// Null if the time is not known.
    #[schema(format = "date-time")]
    pub starts_at: Option<String>,
    /// Null if the time is not known.
    #[schema(format = "date-time")]
    pub ends_at: Option<String>,
    /// When applications open, null if not set.
    #[schema(format = "date-time")]
    pub applications_open_at: Option<String>,
    /// Applications are taken before this instant, null if not set.
    #[schema(format = "date-time")]
    pub applications_close_at: Option<String>,
    /// Whether that window is the portal's default rather than a printed one.
    pub default_window: bool,
    /// What it is at this moment.
    #[schema(value_type = SessionState)]
    pub state: &'static str,
    /// Whether the date may still change.
    pub tentative: bool,
    /// The window while it is being arranged, as printed.
    pub window: Option<String>,
    /// The text as printed, empty if it was not printed.
    pub raw: String,
    /// What does not agree in the printed text, in Japanese; null if all agrees.
    pub anomaly: Option<String>,
    /// Whether it is sample data.
    pub sample: bool,
}

/// All programmes.
pub async fn programmes(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let found = portal
        .db
        .read(async |tx| {
            let mut found = Vec::new();
            for programme in store::programmes(tx).await? {
                let courses = store::courses(tx, programme.id).await?.len();
                let sessions = store::sessions(tx, programme.id).await?;
                found.push((programme, courses, sessions));
            }
            Ok(found)
        })
        .await?;
    let list = found.into_iter().map(|(programme, courses, sessions)| ProgrammeSummary {
        year: programme.year.to_string(),
        label: programme.year.label(Lang::Ja),
        name: programme.name,
        project_name: programme.project_name,
        courses,
        sessions: sessions.len(),
        sessions_with_date: sessions.iter().filter(|session| session.day.is_some()).count(),
        href: portal.url(visit.lang, &format!("/api/v1/programmes/{}", programme.year)),
    });
    Page::json(&ProgrammeList { programmes: list.collect() })
}

/// One programme with its courses and sessions.
pub async fn programme(State(portal): State<Portal>, visit: Visit, Path(year): Path<String>) -> Result<Page, PageError> {
    let year: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let found = portal
        .db
        .read(async move |tx| {
            let Some(programme) = store::programme(tx, year).await? else { return Ok(None) };
            let courses = store::courses(tx, programme.id).await?;
            let sessions = store::sessions(tx, programme.id).await?;
            Ok(Some((programme, courses, sessions)))
        })
        .await?;
    let (programme, courses, sessions) = found.ok_or(PageError::NotFound)?;
    let viewer = Viewer { w: Words::of(Lang::Ja), now: visit.now };
    let body = ProgrammeBody {
        year: programme.year.to_string(),
        label: programme.year.label(Lang::Ja),
        name: programme.name.clone(),
        project_name: programme.project_name.clone(),
        operator: programme.operator.clone(),
        owner: programme.owner.clone(),
        archive_expected_on: programme.archive_expected_on(None, &sessions).map(|day| day.to_string()),
        courses: courses.iter().map(|course| course_body(viewer, &programme, course, &sessions)).collect(),
    };
    Page::json(&body)
}

fn course_body(viewer: Viewer, programme: &Programme, course: &Course, sessions: &[Session]) -> CourseBody {
    let own: Vec<Session> = sessions.iter().filter(|session| session.course == course.id).cloned().collect();
    let view = viewer.course(programme, course, &own);
    CourseBody {
        slug: course.slug.to_string(),
        name: course.name.clone(),
        format: course.format.id().to_owned(),
        audience: course.audience.clone(),
        fee_yen: course.fee_yen,
        rules: view.rules.clone(),
        sessions: own.iter().zip(&view.rows).map(|(session, row)| session_body(session, row.state, &row.anomaly)).collect(),
    }
}

fn session_body(session: &Session, state: SessionState, anomaly: &str) -> SessionBody {
    SessionBody {
        number: session.number,
        extra: session.extra,
        title: session.title.clone(),
        day: session.day.map(|day| day.to_string()),
        starts_at: session.starts_at.map(Timestamp::rfc3339),
        ends_at: session.ends_at.map(Timestamp::rfc3339),
        applications_open_at: session.opens_at.map(Timestamp::rfc3339),
        applications_close_at: session.closes_at.map(Timestamp::rfc3339),
        default_window: session.default_window,
        state: state.id(),
        tentative: session.tentative,
        window: (!session.window_raw.is_empty()).then(|| session.window_raw.clone()),
        raw: session.raw.clone(),
        anomaly: (!anomaly.is_empty()).then(|| anomaly.to_owned()),
        sample: session.sample,
    }
}
