use db::{DbResult, Engine, Tx, sql};
use kernel::{FiscalYear, Lang, Span, Timestamp};
use serde_json::json;
use std::collections::BTreeMap;

use crate::attendance::matching::{Named, Seat};
use crate::attendance::minutes::Presence;
use crate::attendance::verdict::{Evidence, Facts, Mark, Verdict};
use crate::trainings::application::ApplicationId;
use crate::trainings::programme::Audience;
use crate::trainings::session::SessionId;

/// How a session is called in receipt numbers.
pub async fn named(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Option<Named>> {
    let find = sql!(
        "SELECT g.year, c.slug, s.number FROM sessions s JOIN courses c ON c.id = s.course JOIN programmes g ON g.id = c.programme
         WHERE s.id = $1"
    );
    let found: Option<(FiscalYear, Audience, i64)> = tx.opt(find, &[session.into()]).await?;
    Ok(found.map(|(year, audience, number)| Named { year, audience, number }))
}

/// Everybody who holds a seat, as participants are compared with them.
pub async fn seats(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Vec<Seat>> {
    let list = sql!(
        "SELECT a.id, a.number, a.organization_name, p.email, p.family, p.given, p.family_kana, p.given_kana
         FROM applications a JOIN persons p ON p.id = a.person
         WHERE a.session = $1 AND a.place = 'seat' AND a.cancelled_at IS NULL ORDER BY a.number LIMIT 100000"
    );
    tx.all(list, &[session.into()]).await
}

/// Whether this is the living application of a seat of the session.
pub async fn holds_seat(tx: &mut Tx<'_>, session: SessionId, application: ApplicationId) -> DbResult<bool> {
    let find = sql!("SELECT 1 FROM applications WHERE id = $1 AND session = $2 AND place = 'seat' AND cancelled_at IS NULL");
    Ok(tx.opt::<i64>(find, &[application.into(), session.into()]).await?.is_some())
}

/// What is known of somebody, and what was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Whose.
    pub application: ApplicationId,
    /// The language of their mails.
    pub lang: Lang,
    /// What is known.
    pub facts: Facts,
    /// What was decided last.
    pub verdict: Option<Verdict>,
    /// What that rests on.
    pub evidence: Option<Evidence>,
}

macro_rules! questioned {
    () => {
        "EXISTS (SELECT 1 FROM attendee_candidates m JOIN attendees t ON t.id = m.attendee JOIN attendance_imports i ON i.id = t.import \
         WHERE m.application = a.id AND t.how = '' AND i.withdrawn_at IS NULL)"
    };
}
pub(super) use questioned;

macro_rules! known {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.lang, COALESCE(t.seconds, 0), COALESCE(t.proofs, 0), t.mark, ",
            questioned!(),
            ", t.verdict, COALESCE(t.evidence, '') FROM applications a LEFT JOIN attendances t ON t.application = a.id ",
            $rest
        )
    };
}

db::row! {
    struct KnownRow {
        application: ApplicationId,
        lang: Lang,
        seconds: i64,
        proofs: i64,
        mark: Option<Mark>,
        is_questioned: bool,
        verdict: Option<Verdict>,
        evidence: String,
    }
}

impl From<KnownRow> for Known {
    fn from(row: KnownRow) -> Self {
        Self {
            application: row.application,
            lang: row.lang,
            facts: Facts { seconds: row.seconds, proofs: row.proofs, mark: row.mark, is_questioned: row.is_questioned },
            verdict: row.verdict,
            evidence: Evidence::of(&row.evidence),
        }
    }
}

/// What is known of everybody who holds a seat.
pub async fn known_of_all(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Vec<Known>> {
    let list = sql!(known!("WHERE a.session = $1 AND a.place = 'seat' AND a.cancelled_at IS NULL ORDER BY a.id LIMIT 100000"));
    Ok(tx.all::<KnownRow>(list, &[session.into()]).await?.into_iter().map(Known::from).collect())
}

/// What is known of one applicant, if they hold a seat.
pub async fn known_of(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Option<Known>> {
    let find = sql!(known!("WHERE a.id = $1 AND a.place = 'seat' AND a.cancelled_at IS NULL"));
    Ok(tx.opt::<KnownRow>(find, &[application.into()]).await?.map(Known::from))
}

/// What is known of these applicants, of each once, in one question; who holds no seat is left out.
pub async fn known_of_these(tx: &mut Tx<'_>, applications: &[ApplicationId]) -> DbResult<Vec<Known>> {
    let list = match tx.engine() {
        Engine::Sqlite => sql!(sqlite known!(
            "WHERE a.id IN (SELECT unhex(value, '-') FROM json_each($1)) AND a.place = 'seat' AND a.cancelled_at IS NULL ORDER BY a.id"
        )),
        Engine::Postgres => sql!(postgres known!(
            "WHERE a.id IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($1)) \
             AND a.place = 'seat' AND a.cancelled_at IS NULL ORDER BY a.id"
        )),
    };
    let ids: Vec<String> = applications.iter().map(ToString::to_string).collect();
    Ok(tx.all::<KnownRow>(list, &[json!(ids).into()]).await?.into_iter().map(Known::from).collect())
}

db::row! {
    /// Why somebody's mark stands.
    #[derive(Clone, Debug, Default)]
    pub struct Why {
        pub reason: String,
        pub decided_at: Option<Timestamp>,
    }
}

/// Why a mark stands, and since when a verdict does.
pub async fn why(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Why> {
    let find = sql!("SELECT reason, decided_at FROM attendances WHERE application = $1");
    Ok(tx.opt(find, &[application.into()]).await?.unwrap_or_default())
}

/// When everybody of a session was there, from every source that counts.
pub async fn presences(tx: &mut Tx<'_>, session: SessionId) -> DbResult<BTreeMap<ApplicationId, Presence>> {
    let mut found: BTreeMap<ApplicationId, Presence> = BTreeMap::new();
    let stays = sql!(
        "SELECT COALESCE(s.application, t.application), s.from_at, s.until_at
         FROM attendance_stays s LEFT JOIN attendees t ON t.id = s.attendee LEFT JOIN attendance_imports i ON i.id = t.import
         WHERE s.session = $1 AND (s.application IS NOT NULL OR (t.application IS NOT NULL AND i.withdrawn_at IS NULL)) LIMIT 1000000"
    );
    for (application, from, until) in tx.all::<(ApplicationId, Timestamp, Timestamp)>(stays, &[session.into()]).await? {
        found.entry(application).or_default().stays.push((from, until));
    }
    let totals = sql!(
        "SELECT t.application, t.seconds FROM attendees t JOIN attendance_imports i ON i.id = t.import
         WHERE t.session = $1 AND t.application IS NOT NULL AND t.seconds IS NOT NULL AND i.withdrawn_at IS NULL LIMIT 1000000"
    );
    for (application, seconds) in tx.all::<(ApplicationId, i64)>(totals, &[session.into()]).await? {
        found.entry(application).or_default().totals.push(Span::seconds(seconds));
    }
    Ok(found)
}

/// When one applicant was there.
pub async fn presence(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Presence> {
    let direct = sql!("SELECT from_at, until_at FROM attendance_stays WHERE application = $1 LIMIT 10000");
    let of_files = sql!(
        "SELECT s.from_at, s.until_at FROM attendees t JOIN attendance_imports i ON i.id = t.import
             JOIN attendance_stays s ON s.attendee = t.id
         WHERE t.application = $1 AND i.withdrawn_at IS NULL LIMIT 10000"
    );
    let totals = sql!(
        "SELECT t.seconds FROM attendees t JOIN attendance_imports i ON i.id = t.import
         WHERE t.application = $1 AND t.seconds IS NOT NULL AND i.withdrawn_at IS NULL LIMIT 10000"
    );
    let args = [application.into()];
    let mut stays: Vec<(Timestamp, Timestamp)> = tx.all(direct, &args).await?;
    stays.extend(tx.all::<(Timestamp, Timestamp)>(of_files, &args).await?);
    let totals = tx.all::<i64>(totals, &args).await?.into_iter().map(Span::seconds).collect();
    Ok(Presence { stays, totals })
}

/// The seconds that are noted for everybody of a session.
pub async fn noted_seconds(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Vec<(ApplicationId, i64)>> {
    tx.all(sql!("SELECT application, seconds FROM attendances WHERE session = $1 LIMIT 1000000"), &[session.into()]).await
}

/// What was decided about the applications under a mail address whose sessions have ended, and whether attendance is closed.
pub async fn verdicts_of_address(tx: &mut Tx<'_>, email: &str, now: Timestamp) -> DbResult<Vec<(ApplicationId, Option<Verdict>, bool)>> {
    let list = sql!(
        "SELECT a.id, t.verdict, h.closed_at IS NOT NULL
         FROM persons p JOIN applications a ON a.person = p.id JOIN sessions s ON s.id = a.session
             LEFT JOIN attendances t ON t.application = a.id LEFT JOIN attendance_sessions h ON h.session = s.id
         WHERE p.email = $1 AND a.place = 'seat' AND a.cancelled_at IS NULL AND s.cancelled_at IS NULL AND s.ends_at <= $2 LIMIT 200"
    );
    tx.all(list, &[email.into(), now.into()]).await
}
