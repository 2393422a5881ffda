use access::OrganizationId;
use db::{DbResult, Tx, sql};
use kernel::{PersonKey, Timestamp, fold};
use people::lists::ListId;
use people::persons::PersonId;
use serde_json::json;

use super::{course, programme_of, session};
use crate::trainings::application::{Application, ApplicationId, Spot, Wanted};
use crate::trainings::programme::{Course, Programme};
use crate::trainings::session::{Session, SessionId};

/// An application with everything that a page or mail about it shows.
#[derive(Clone, Debug)]
pub struct WholeApplication {
    /// The application.
    pub application: Application,
    /// Its session.
    pub session: Session,
    /// The session's course.
    pub course: Course,
    /// The course's programme.
    pub programme: Programme,
    /// The person.
    pub person: people::persons::Person,
}

/// The application with this id.
pub async fn application(tx: &mut Tx<'_>, id: ApplicationId) -> DbResult<Option<Application>> {
    let find = sql!(
        "SELECT id, session, person, number, place, waited, organization, organization_name, organization_kind,
             prefecture, job, question, lang, entered_by, applied_at, sequence, generation, moved_from, moved_at,
             promoted_at, cancelled_at, cancelled_by, held_until, list
         FROM applications WHERE id = $1"
    );
    tx.opt(find, &[id.into()]).await
}

/// The application with its session, course, programme and person.
pub async fn whole_application(tx: &mut Tx<'_>, id: ApplicationId) -> DbResult<Option<WholeApplication>> {
    let Some(application) = application(tx, id).await? else { return Ok(None) };
    let Some(session) = session(tx, application.session).await? else { return Ok(None) };
    let Some(course) = course(tx, session.course).await? else { return Ok(None) };
    let Some(programme) = programme_of(tx, course.id).await? else { return Ok(None) };
    let Some(person) = people::persons::find(tx, application.person).await? else { return Ok(None) };
    Ok(Some(WholeApplication { application, session, course, programme, person }))
}

/// The application that was made last under a mail address.
pub async fn latest_of_address(tx: &mut Tx<'_>, email: &str) -> DbResult<Option<ApplicationId>> {
    let find = sql!(
        "SELECT a.id FROM applications a JOIN persons p ON p.id = a.person WHERE p.email = $1 ORDER BY a.applied_at DESC, a.id DESC LIMIT 1"
    );
    tx.opt(find, &[email.into()]).await
}

/// The person's living application for the session.
pub async fn live_application_of(tx: &mut Tx<'_>, session: SessionId, person: PersonId) -> DbResult<Option<Application>> {
    let find = sql!(
        "SELECT id, session, person, number, place, waited, organization, organization_name, organization_kind,
             prefecture, job, question, lang, entered_by, applied_at, sequence, generation, moved_from, moved_at,
             promoted_at, cancelled_at, cancelled_by, held_until, list
         FROM applications WHERE session = $1 AND person = $2 AND cancelled_at IS NULL"
    );
    tx.opt(find, &[session.into(), person.into()]).await
}

/// The person's living application for another session of the same contents that is still to come; the first of several.
pub async fn same_contents_of(tx: &mut Tx<'_>, session: &Session, person: PersonId, now: Timestamp) -> DbResult<Option<ApplicationId>> {
    let find = sql!(
        "SELECT a.id FROM (SELECT id, session FROM applications WHERE person = $1 AND cancelled_at IS NULL LIMIT 1000) AS a
             JOIN sessions s ON s.id = a.session JOIN courses c ON c.id = s.course
         WHERE s.course = $2 AND s.id <> $3 AND s.cancelled_at IS NULL
             AND c.format = 'interchangeable' AND (s.starts_at > $4 OR (s.starts_at IS NULL AND (s.day IS NULL OR s.day > $5)))
         ORDER BY s.number LIMIT 1"
    );
    tx.opt(find, &[person.into(), session.course.into(), session.id.into(), now.into(), now.day().into()]).await
}

/// The same for many people at once. For PostgreSQL.
pub async fn same_contents_of_all(
    tx: &mut Tx<'_>,
    session: &Session,
    people: &[PersonId],
    now: Timestamp,
) -> DbResult<Vec<(PersonId, ApplicationId)>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let find = sql!(postgres
        // Person by person through the index: OFFSET 0 keeps the planner from reading whole courses for people it knows nothing of.
        "SELECT wanted.person, other.id
         FROM (SELECT CAST(value AS uuid) AS person FROM jsonb_array_elements_text($1)) AS wanted
         CROSS JOIN LATERAL (
             SELECT a.id
             FROM (SELECT id, session FROM applications WHERE person = wanted.person AND cancelled_at IS NULL OFFSET 0) AS a
                 JOIN sessions s ON s.id = a.session JOIN courses c ON c.id = s.course
             WHERE s.course = $2 AND s.id <> $3 AND s.cancelled_at IS NULL AND c.format = 'interchangeable'
                 AND (s.starts_at > $4 OR (s.starts_at IS NULL AND (s.day IS NULL OR s.day > $5)))
             ORDER BY s.number LIMIT 1
         ) AS other"
    );
    let people: serde_json::Value = people.iter().map(|person| json!(person.uuid())).collect();
    tx.all(find, &[people.into(), session.course.into(), session.id.into(), now.into(), now.day().into()]).await
}

/// The living application of the person with this mail address and name for another session of the same contents.
pub async fn same_contents_known(
    tx: &mut Tx<'_>,
    session: &Session,
    person: &PersonKey,
    now: Timestamp,
) -> DbResult<Option<ApplicationId>> {
    let known: Option<PersonId> = tx.opt(sql!("SELECT id FROM persons WHERE key = $1"), &[person.clone().into()]).await?;
    match known {
        Some(known) => same_contents_of(tx, session, known, now).await,
        None => Ok(None),
    }
}

/// Another living application of the same person whose session is held at the same time; the first of several.
///
/// What a person has applied for is found first, behind a limit that nobody reaches: PostgreSQL would go through everybody in the
/// sessions of that time instead, as long as it takes a table for small that a rush has filled since.
pub async fn overlapping(tx: &mut Tx<'_>, id: ApplicationId) -> DbResult<Option<ApplicationId>> {
    let find = sql!(
        "SELECT o.id FROM (SELECT id, session FROM applications
             WHERE person = (SELECT person FROM applications WHERE id = $1) AND id <> $1 AND cancelled_at IS NULL LIMIT 1000) AS o
             JOIN sessions t ON t.id = o.session
             JOIN sessions s ON s.id = (SELECT session FROM applications WHERE id = $1)
         WHERE s.cancelled_at IS NULL AND t.cancelled_at IS NULL AND s.starts_at < t.ends_at AND t.starts_at < s.ends_at
         ORDER BY t.starts_at, o.id LIMIT 1"
    );
    tx.opt(find, &[id.into()]).await
}

/// A living application of the person with this mail address and name for another session that is held at the same time.
pub async fn overlapping_known(tx: &mut Tx<'_>, session: &Session, person: &PersonKey) -> DbResult<Option<ApplicationId>> {
    let find = sql!(
        "SELECT o.id FROM (SELECT id, session FROM applications
             WHERE person = (SELECT id FROM persons WHERE key = $1) AND cancelled_at IS NULL LIMIT 1000) AS o
             JOIN sessions t ON t.id = o.session
         WHERE t.id <> $2 AND t.cancelled_at IS NULL AND t.starts_at < $4 AND $3 < t.ends_at
         ORDER BY t.starts_at, o.id LIMIT 1"
    );
    let (Some(starts), Some(ends)) = (session.starts_at, session.ends_at) else { return Ok(None) };
    tx.opt(find, &[person.clone().into(), session.id.into(), starts.into(), ends.into()]).await
}

/// Adds an application; `waited` is its rank on the waiting list, `None` with a seat.
pub async fn add_application(
    tx: &mut Tx<'_>,
    session: SessionId,
    person: PersonId,
    wanted: &Wanted,
    number: i64,
    waited: Option<i64>,
    now: Timestamp,
) -> DbResult<ApplicationId> {
    let id = ApplicationId::new(now);
    let add = sql!(
        "INSERT INTO applications (id, session, person, number, place, waited, organization, organization_name, organization_kind,
             prefecture, job, question, lang, search, entered_by, applied_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    );
    let args = [
        id.into(),
        session.into(),
        person.into(),
        number.into(),
        (if waited.is_some() { Spot::Waiting } else { Spot::Seat }).into(),
        waited.into(),
        wanted.workplace.organization.into(),
        wanted.workplace.name.as_str().into(),
        wanted.workplace.kind.as_str().into(),
        wanted.workplace.prefecture.as_str().into(),
        wanted.job.as_str().into(),
        wanted.question.as_str().into(),
        wanted.lang.into(),
        words_of(wanted).into(),
        wanted.entered_by.into(),
        now.into(),
    ];
    tx.run(add, &args).await?;
    Ok(id)
}

/// What a search looks at.
fn words_of(wanted: &Wanted) -> String {
    let name = &wanted.person.name;
    fold(&format!(
        "{}{} {}{} {} {}",
        name.family(),
        name.given(),
        wanted.person.kana.family(),
        wanted.person.kana.given(),
        wanted.workplace.name,
        wanted.person.email
    ))
}

/// An application that is to be added with others.
pub struct NewApplication<'a> {
    /// Its id.
    pub id: ApplicationId,
    /// Whose.
    pub person: PersonId,
    /// What the form said.
    pub wanted: &'a Wanted,
    /// The receipt number.
    pub number: i64,
    /// The rank on the waiting list; `None` with a seat.
    pub waited: Option<i64>,
}

/// Adds many applications for one session with one statement. For PostgreSQL.
pub async fn add_applications(tx: &mut Tx<'_>, session: SessionId, new: &[NewApplication<'_>], now: Timestamp) -> DbResult<()> {
    let add = sql!(postgres
        "INSERT INTO applications (id, session, person, number, place, waited, organization, organization_name, organization_kind,
             prefecture, job, question, lang, search, entered_by, applied_at)
         SELECT id, $2, person, number, CASE WHEN waited IS NULL THEN 'seat' ELSE 'waiting' END, waited, organization,
             organization_name, organization_kind, prefecture, job, question, lang, search, entered_by, $3
         FROM jsonb_to_recordset($1) AS new (id uuid, person uuid, number bigint, waited bigint, organization uuid,
             organization_name text, organization_kind text, prefecture text, job text, question text, lang text, search text,
             entered_by text)
         ORDER BY number"
    );
    let rows = new.iter().map(|NewApplication { id, person, wanted, number, waited }| {
        json!({
            "id": id.uuid(), "person": person.uuid(), "number": number, "waited": waited,
            "organization": wanted.workplace.organization.map(OrganizationId::uuid),
            "organization_name": wanted.workplace.name, "organization_kind": wanted.workplace.kind,
            "prefecture": wanted.workplace.prefecture, "job": wanted.job, "question": wanted.question,
            "lang": wanted.lang.code(), "search": words_of(wanted), "entered_by": wanted.entered_by.map(|by| by.to_string()),
        })
    });
    tx.run(add, &[rows.collect::<serde_json::Value>().into(), session.into(), now.into()]).await?;
    Ok(())
}

/// The living applications of these people for the session. For PostgreSQL.
pub async fn live_applications_of(tx: &mut Tx<'_>, session: SessionId, people: &[PersonId]) -> DbResult<Vec<(PersonId, ApplicationId)>> {
    let find = sql!(postgres
        "SELECT person, id FROM applications WHERE session = $1 AND cancelled_at IS NULL
         AND person IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($2))"
    );
    let people: serde_json::Value = people.iter().map(|person| json!(person.uuid())).collect();
    tx.all(find, &[session.into(), people.into()]).await
}

/// Notes by which list an application came.
pub async fn note_list(tx: &mut Tx<'_>, id: ApplicationId, list: ListId) -> DbResult<()> {
    tx.run(sql!("UPDATE applications SET list = $2 WHERE id = $1"), &[id.into(), list.into()]).await?;
    Ok(())
}

/// Whether the person with this mail address and name has a living application for the session.
pub async fn has_applied(tx: &mut Tx<'_>, session: SessionId, person: &PersonKey) -> DbResult<bool> {
    let find = sql!(
        "SELECT 1 FROM applications a JOIN persons p ON p.id = a.person
         WHERE a.session = $1 AND p.key = $2 AND a.cancelled_at IS NULL"
    );
    Ok(tx.opt::<i64>(find, &[session.into(), person.clone().into()]).await?.is_some())
}

/// Marks a living application as cancelled, its seat held until `held_until`. False if it is not living.
pub async fn mark_cancelled(tx: &mut Tx<'_>, id: ApplicationId, by: &str, held_until: Timestamp, now: Timestamp) -> DbResult<bool> {
    let mark = sql!(
        "UPDATE applications SET cancelled_at = $2, cancelled_by = $3, held_until = $4, sequence = sequence + 1
         WHERE id = $1 AND cancelled_at IS NULL"
    );
    Ok(tx.run(mark, &[id.into(), now.into(), by.into(), held_until.into()]).await? == 1)
}

/// Takes a cancellation back while its place is held. False if it is no longer.
pub async fn mark_restored(tx: &mut Tx<'_>, id: ApplicationId, now: Timestamp) -> DbResult<bool> {
    let mark = sql!(
        "UPDATE applications SET cancelled_at = NULL, cancelled_by = NULL, held_until = NULL, sequence = sequence + 1
         WHERE id = $1 AND cancelled_at IS NOT NULL AND held_until > $2"
    );
    Ok(tx.run(mark, &[id.into(), now.into()]).await? == 1)
}

/// Lets go of the place that a cancelled application still holds. False if it holds none, or if its time is not over at `now`.
pub async fn mark_let_go(tx: &mut Tx<'_>, id: ApplicationId, now: Timestamp) -> DbResult<bool> {
    let mark = sql!("UPDATE applications SET held_until = NULL WHERE id = $1 AND cancelled_at IS NOT NULL AND held_until <= $2");
    Ok(tx.run(mark, &[id.into(), now.into()]).await? == 1)
}

/// What an application gets in the session that it moves to.
#[derive(Clone, Copy, Debug)]
pub struct Moving {
    /// Its receipt number there.
    pub number: i64,
    /// Its rank on the waiting list there, `None` with a seat.
    pub waited: Option<i64>,
    /// By how much its sequence rises.
    pub rises: i64,
}

/// Moves a living application to another session, with a new number and perhaps to its waiting list. False if it is not there.
pub async fn mark_moved(
    tx: &mut Tx<'_>,
    id: ApplicationId,
    from: SessionId,
    to: SessionId,
    moving: &Moving,
    now: Timestamp,
) -> DbResult<bool> {
    let mark = sql!(
        "UPDATE applications SET session = $3, number = $4, place = $5, waited = $6, moved_from = $2, moved_at = $7,
             sequence = sequence + $8
         WHERE id = $1 AND session = $2 AND cancelled_at IS NULL"
    );
    let Moving { number, waited, rises } = *moving;
    let place = if waited.is_some() { "waiting" } else { "seat" };
    let args = [id.into(), from.into(), to.into(), number.into(), place.into(), waited.into(), now.into(), rises.into()];
    Ok(tx.run(mark, &args).await? == 1)
}

/// How many wait before this rank, plus one.
pub async fn waiting_position(tx: &mut Tx<'_>, session: SessionId, waited: i64) -> DbResult<i64> {
    let count =
        sql!("SELECT COUNT(*) FROM applications WHERE session = $1 AND place = 'waiting' AND cancelled_at IS NULL AND waited <= $2");
    tx.one(count, &[session.into(), waited.into()]).await
}
