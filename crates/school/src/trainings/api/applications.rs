//! The applications of a session for programs whose token may read them: `/api/v1/programmes/R8/executive/3/applications`.

use axum::extract::{Path, State};
use db::Lane;
use journal::Entry;
use kernel::Timestamp;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use web::{Page, PageError, Portal, Problem, Visit};

use crate::trainings::application::{ApplicationId, receipt_number};
use crate::trainings::apply::SessionPath;
use crate::trainings::store::{self, Applicant, Sieve};

/// The most applications of one answer, and how many there are if the program does not say.
pub const MOST: i64 = 100;

/// Some applications of a session, in the order of applying.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationList {
    /// The applications, cancelled ones too.
    #[schema(max_items = 100)]
    pub applications: Vec<ApplicationBody>,
    /// What to give as `after` to get those that follow, null if there are none now.
    pub next: Option<String>,
}

/// An application.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationBody {
    /// Stays the same when the application moves to another session.
    #[schema(format = "uuid")]
    pub id: String,
    /// 受付番号
    #[schema(example = "R8-E3-0042")]
    pub receipt_number: String,
    /// Whether it has a seat, waits for one, or is over.
    pub state: ApplicationState,
    /// Who takes part.
    pub person: PersonBody,
    /// Where they work.
    pub workplace: WorkplaceBody,
    /// The id of their job, empty if not said.
    pub job: String,
    /// What they would like to ask the lecturer, empty if nothing.
    pub question: String,
    /// Whether the secretariat entered it for them.
    pub by_telephone: bool,
    /// When it came.
    #[schema(format = "date-time")]
    pub applied_at: String,
    /// When it was cancelled, null if it was not.
    #[schema(format = "date-time")]
    pub cancelled_at: Option<String>,
}

/// What an application is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationState {
    /// It has a seat.
    Confirmed,
    /// It is on the waiting list.
    Waiting,
    /// It was cancelled.
    Cancelled,
}

/// A person as typed into the form.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonBody {
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Its reading.
    pub family_kana: String,
    /// Its reading.
    pub given_kana: String,
    /// Colleagues may share one.
    pub email: String,
}

/// A workplace as typed, or as chosen from the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkplaceBody {
    /// Its name.
    pub name: String,
    /// The id of its kind, such as `clinic`.
    pub kind: String,
    /// The JIS code of its prefecture.
    #[schema(example = "13")]
    pub prefecture: String,
}

/// The row after which an answer begins.
type After = (Timestamp, ApplicationId);

/// The applications of a session. Who read how many stands in the audit trail before they are handed out.
pub async fn applications(State(portal): State<Portal>, visit: Visit, path: Path<(String, String, String)>) -> Result<Page, PageError> {
    let path = session_path(&path).ok_or(PageError::NotFound)?;
    let (limit, after) = asked(&visit.query).ok_or(PageError::Refused(Problem::BadParameter))?;
    let scope = visit.scope.clone();
    let found = portal
        .db
        .read(async move |tx| {
            let Some(session) = store::session_at(tx, path.year, path.audience, path.number).await? else { return Ok(None) };
            // One more than wanted, to know whether any follow.
            let rows = store::applicants(tx, &scope, &Sieve::all(session.id), &store::Place::Oldest(after), limit + 1).await?;
            Ok(Some((session.id, rows)))
        })
        .await?;
    let (session, mut rows) = found.ok_or(PageError::NotFound)?;
    let wanted = usize::try_from(limit).unwrap_or(rows.len());
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let (reader, people, token) = (visit.actor.label(), rows.len(), visit.actor.token());
    let noted = async move |tx: &mut db::Tx<'_>, now| {
        let entry = Entry::by(&reader).did("applications.read_by_program").on("session", session).with(json!({ "people": people }));
        journal::record(tx, &entry, now).await?;
        match token {
            Some(token) => access::used(tx, token, now).await,
            None => Ok(()),
        }
    };
    portal.db.write(Lane::Staff, None, noted).await?;
    let next = rows.last().filter(|_| more).map(|row| format!("{}-{}", row.applied_at.as_micros(), row.id));
    Page::json(&ApplicationList { applications: rows.into_iter().map(|row| body(path, row)).collect(), next })
}

fn body(path: SessionPath, row: Applicant) -> ApplicationBody {
    let state = match (row.cancelled_at, row.is_confirmed()) {
        (Some(_), _) => ApplicationState::Cancelled,
        (None, true) => ApplicationState::Confirmed,
        (None, false) => ApplicationState::Waiting,
    };
    let by_telephone = row.entered_by.is_some_and(|by| !by.is_viewing());
    ApplicationBody {
        id: row.id.to_string(),
        receipt_number: receipt_number(path.year, path.audience, path.number, row.number),
        state,
        person: PersonBody {
            family: row.family,
            given: row.given,
            family_kana: row.family_kana,
            given_kana: row.given_kana,
            email: row.email,
        },
        workplace: WorkplaceBody { name: row.organization_name, kind: row.organization_kind, prefecture: row.prefecture },
        job: row.job,
        question: row.question,
        by_telephone,
        applied_at: row.applied_at.rfc3339(),
        cancelled_at: row.cancelled_at.map(Timestamp::rfc3339),
    }
}

/// The session that an address names, in the one way of writing it.
fn session_path(Path((year, course, session)): &Path<(String, String, String)>) -> Option<SessionPath> {
    let number: i64 = canonical(session)?;
    Some(SessionPath { year: year.parse().ok()?, audience: course.parse().ok()?, number })
}

/// How many are wanted, and after which one; nothing if the program asks for something else.
fn asked(query: &str) -> Option<(i64, Option<After>)> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    let (mut limit, mut after) = (None, None);
    for (name, value) in pairs {
        match name.as_str() {
            "limit" if limit.is_none() => limit = Some(canonical(&value).filter(|limit| (1..=MOST).contains(limit))?),
            "after" if after.is_none() => after = Some(place(&value)?),
            _ => return None,
        }
    }
    Some((limit.unwrap_or(MOST), after))
}

/// The row that a `next` named: its instant in microseconds and its id.
fn place(text: &str) -> Option<After> {
    let (micros, id) = text.split_once('-')?;
    Some((Timestamp::from_micros(canonical(micros)?), canonical(id)?))
}

/// A value that is written as we would write it.
fn canonical<T: std::str::FromStr + ToString>(text: &str) -> Option<T> {
    text.parse::<T>().ok().filter(|value| value.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_understood_or_refused() {
        assert_eq!(asked(""), Some((MOST, None)));
        assert_eq!(asked("limit=1").map(|(limit, _)| limit), Some(1));
        let id = "0190163d-8694-739b-aea5-966c26f8ad91";
        let after = asked(&format!("after=1795305600000000-{id}")).and_then(|(_, after)| after);
        assert_eq!(after.map(|(at, row)| (at.as_micros(), row.to_string())), Some((1_795_305_600_000_000, id.to_owned())));
        for query in ["limit=0", "limit=101", "limit=+5", "limit=05", "limit=", "limit=1&limit=2", "after=1", "after=x-y", "page=2"] {
            assert_eq!(asked(query), None, "{query}");
        }
    }
}
