//! The statements of one application, as the program has them, for the programs that it is compared with.
//!
//! A test of the bench itself: each text is still one of the program's.

use db::Arg;
use kernel::{Timestamp, Uuid, fold};
use people::persons::PersonId;
use school::trainings::application::{ApplicationId, Wanted};

use crate::Outcome;

pub const CLAIM: &str =
    "INSERT INTO idempotency (key, actor, digest, outcome, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key) DO NOTHING";
pub const KEEP: &str = "UPDATE idempotency SET outcome = $2 WHERE key = $1";
pub const SESSION_AT: &str = "SELECT s.id, s.course, s.number, s.extra, s.title, s.raw, s.deadline_raw, s.anomaly, s.day, s.starts_at,
             s.ends_at, s.window_raw, s.window_start, s.window_end, s.opens_at, s.closes_at, s.default_window,
             s.tentative, s.sample, s.seats, s.taken, s.waiting_places, s.waiting, s.cancelled_at,
             s.cancel_reason, s.moved_from, s.moved_at, s.sequence
         FROM sessions s JOIN courses c ON c.id = s.course JOIN programmes p ON p.id = c.programme
         WHERE p.year = $1 AND c.slug = $2 AND s.number = $3";
pub const RECOGNIZE: &str = "INSERT INTO persons (id, key, email, family, given, family_kana, given_kana, known_since)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (key) DO UPDATE SET key = excluded.key
         RETURNING id";
pub const LOCK: &str = "UPDATE sessions SET taken = taken WHERE id = $1
         RETURNING id, course, number, extra, title, raw, deadline_raw, anomaly, day, starts_at, ends_at, window_raw,
             window_start, window_end, opens_at, closes_at, default_window, tentative, sample, seats, taken,
             waiting_places, waiting, cancelled_at, cancel_reason, moved_from, moved_at, sequence";
pub const LIVING: &str = "SELECT id, session, person, number, place, waited, organization, organization_name, organization_kind,
             prefecture, job, question, lang, entered_by, applied_at, sequence, generation, moved_from, moved_at,
             promoted_at, cancelled_at, cancelled_by, held_until, list
         FROM applications WHERE session = $1 AND person = $2 AND cancelled_at IS NULL";
pub const TAKE_SEAT: &str = "UPDATE sessions SET taken = taken + 1 WHERE id = $1 AND (seats IS NULL OR taken < seats)";
pub const NEXT_NUMBER: &str = "UPDATE sessions SET received = received + 1 WHERE id = $1 RETURNING received";
pub const ADD: &str =
    "INSERT INTO applications (id, session, person, number, place, waited, organization, organization_name, organization_kind,
             prefecture, job, question, lang, search, entered_by, applied_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
pub const MAIL: &str = "INSERT INTO outbox (id, kind, object_id, lang, facts, recipient, priority, created_at, due_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
pub const RECORD: &str = "INSERT INTO audit (id, at, actor, role, act, object_kind, object_id, reason, result, detail) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Fails if the program no longer has one of these texts, since then it is compared with something else.
pub fn check() -> Outcome<()> {
    for text in [CLAIM, KEEP, SESSION_AT, RECOGNIZE, LOCK, LIVING, TAKE_SEAT, NEXT_NUMBER, ADD, MAIL, RECORD] {
        if !db::statements().any(|stmt| stmt.text() == text) {
            return Err(format!("the program no longer says: {text}").into());
        }
    }
    Ok(())
}

/// One application as values: what a program without types would bind.
pub struct Values {
    key: Uuid,
    digest: [u8; 32],
    person: Arg,
    person_key: Arg,
    wanted: Wanted,
    now: Timestamp,
}

impl Values {
    pub fn of(wanted: &Wanted, now: Timestamp) -> Self {
        Self {
            key: now.uuid(),
            digest: [7; 32],
            person: PersonId::new(now).into(),
            person_key: kernel::PersonKey::of(&wanted.person.email, &wanted.person.name).into(),
            wanted: wanted.clone(),
            now,
        }
    }

    pub fn claim(&self) -> [Arg; 5] {
        [self.key.into(), "visitor".into(), self.digest.into(), Arg::Json("null".to_owned()), self.now.into()]
    }

    pub fn keep(&self, application: ApplicationId) -> [Arg; 2] {
        [self.key.into(), Arg::Json(format!("{{\"Ok\":{{\"Seat\":\"{application}\"}}}}"))]
    }

    pub fn recognize(&self) -> [Arg; 8] {
        let person = &self.wanted.person;
        [
            self.person.clone(),
            self.person_key.clone(),
            person.email.as_str().into(),
            person.name.family().into(),
            person.name.given().into(),
            person.kana.family().into(),
            person.kana.given().into(),
            self.now.into(),
        ]
    }

    pub fn add(&self, application: ApplicationId, session: &Arg, person: &Arg, number: i64) -> [Arg; 16] {
        let Wanted { workplace, person: who, .. } = &self.wanted;
        let search = fold(&format!(
            "{}{} {}{} {} {}",
            who.name.family(),
            who.name.given(),
            who.kana.family(),
            who.kana.given(),
            workplace.name,
            who.email
        ));
        [
            application.into(),
            session.clone(),
            person.clone(),
            number.into(),
            "seat".into(),
            Arg::Null,
            Arg::Null,
            workplace.name.as_str().into(),
            workplace.kind.as_str().into(),
            workplace.prefecture.as_str().into(),
            self.wanted.job.as_str().into(),
            self.wanted.question.as_str().into(),
            self.wanted.lang.into(),
            search.into(),
            Arg::Null,
            self.now.into(),
        ]
    }

    pub fn mail(&self, application: ApplicationId) -> [Arg; 10] {
        [
            self.now.uuid().into(),
            "trainings.applied".into(),
            application.into(),
            self.wanted.lang.into(),
            Arg::Json("{}".to_owned()),
            Arg::Null,
            2.into(),
            self.now.into(),
            self.now.into(),
            Arg::Null,
        ]
    }

    pub fn record(&self, application: ApplicationId) -> [Arg; 10] {
        [
            self.now.uuid().into(),
            self.now.into(),
            format!("application:{application}").into(),
            Arg::Null,
            "applications.applied".into(),
            "application".into(),
            application.into(),
            Arg::Null,
            "done".into(),
            Arg::Json("{}".to_owned()),
        ]
    }
}
