//! Many rows at once: on PostgreSQL with one statement, since there the price is the way to the server.

use db::{DbResult, Engine, Tx, sql};
use kernel::{Timestamp, fold};
use serde_json::json;

use crate::attendance::attendee::Attendee;
use crate::attendance::matching::{Match, address_of};
use crate::attendance::verdict::{Evidence, Proof, Source, Verdict};
use crate::attendance::{AttendeeId, ImportId, StayId};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

/// A participant that is to be added.
pub struct NewAttendee<'a> {
    /// Its id.
    pub id: AttendeeId,
    /// What the file says.
    pub attendee: &'a Attendee,
    /// Whose it is.
    pub found: &'a Match,
}

impl NewAttendee<'_> {
    fn search(&self) -> String {
        fold(&format!("{} {}", self.attendee.name, address_of(self.attendee.address.as_ref())))
    }

    const fn candidates(&self) -> &[ApplicationId] {
        match self.found {
            Match::Found(..) => &[],
            Match::Open(candidates) => candidates.as_slice(),
        }
    }
}

/// Adds the participants of a file, with whose they may be and when they were there.
pub async fn add_attendees(tx: &mut Tx<'_>, session: SessionId, import: ImportId, new: &[NewAttendee<'_>], now: Timestamp) -> DbResult<()> {
    match tx.engine() {
        Engine::Sqlite => one_by_one(tx, session, import, new, now).await,
        Engine::Postgres => together(tx, session, import, new, now).await,
    }
}

fn place(attendee: &Attendee) -> i64 {
    i64::try_from(attendee.row).unwrap_or(i64::MAX)
}

async fn one_by_one(tx: &mut Tx<'_>, session: SessionId, import: ImportId, new: &[NewAttendee<'_>], now: Timestamp) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO attendees (id, import, session, place, name, email, search, seconds, application, how)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    let may_be = sql!("INSERT INTO attendee_candidates (attendee, application) VALUES ($1, $2)");
    let stay = sql!("INSERT INTO attendance_stays (id, session, attendee, source, from_at, until_at) VALUES ($1, $2, $3, 'file', $4, $5)");
    for one in new {
        let (application, how) = one.found.stored();
        let args = [
            one.id.into(),
            import.into(),
            session.into(),
            place(one.attendee).into(),
            one.attendee.name.as_str().into(),
            address_of(one.attendee.address.as_ref()).into(),
            one.search().into(),
            one.attendee.total.map(kernel::Span::as_seconds).into(),
            application.into(),
            how.into(),
        ];
        tx.run(add, &args).await?;
        for candidate in one.candidates() {
            tx.run(may_be, &[one.id.into(), (*candidate).into()]).await?;
        }
        for (from, until) in &one.attendee.stays {
            tx.run(stay, &[StayId::new(now).into(), session.into(), one.id.into(), (*from).into(), (*until).into()]).await?;
        }
    }
    Ok(())
}

async fn together(tx: &mut Tx<'_>, session: SessionId, import: ImportId, new: &[NewAttendee<'_>], now: Timestamp) -> DbResult<()> {
    let add = sql!(postgres
        "INSERT INTO attendees (id, import, session, place, name, email, search, seconds, application, how)
         SELECT id, $2, $3, place, name, email, search, seconds, application, how
         FROM jsonb_to_recordset($1) AS new (id uuid, place bigint, name text, email text, search text, seconds bigint,
             application uuid, how text)"
    );
    let may_be = sql!(postgres
        "INSERT INTO attendee_candidates (attendee, application)
         SELECT attendee, application FROM jsonb_to_recordset($1) AS new (attendee uuid, application uuid)"
    );
    let stay = sql!(postgres
        "INSERT INTO attendance_stays (id, session, attendee, source, from_at, until_at)
         SELECT id, $2, attendee, 'file', from_at, until_at
         FROM jsonb_to_recordset($1) AS new (id uuid, attendee uuid, from_at bigint, until_at bigint)"
    );
    let rows: serde_json::Value = new
        .iter()
        .map(|one| {
            let (application, how) = one.found.stored();
            json!({
                "id": one.id.uuid(), "place": place(one.attendee), "name": one.attendee.name,
                "email": address_of(one.attendee.address.as_ref()), "search": one.search(),
                "seconds": one.attendee.total.map(kernel::Span::as_seconds), "application": application.map(ApplicationId::uuid), "how": how,
            })
        })
        .collect();
    let candidates: serde_json::Value = new
        .iter()
        .flat_map(|one| one.candidates().iter().map(|candidate| json!({ "attendee": one.id.uuid(), "application": candidate.uuid() })))
        .collect();
    let stays: serde_json::Value = new
        .iter()
        .flat_map(|one| {
            let stays = one.attendee.stays.iter();
            stays.map(|(from, until)| {
                json!({ "id": StayId::new(now).uuid(), "attendee": one.id.uuid(), "from_at": from.as_micros(), "until_at": until.as_micros() })
            })
        })
        .collect();
    tx.run(add, &[rows.into(), import.into(), session.into()]).await?;
    tx.run(may_be, &[candidates.into()]).await?;
    tx.run(stay, &[stays.into(), session.into()]).await?;
    Ok(())
}

/// Notes how long each of these was there.
pub async fn put_seconds(tx: &mut Tx<'_>, session: SessionId, known: &[(ApplicationId, i64)]) -> DbResult<()> {
    match tx.engine() {
        Engine::Sqlite => {
            let put = sql!(
                "INSERT INTO attendances (application, session, seconds) VALUES ($1, $2, $3)
                 ON CONFLICT (application) DO UPDATE SET seconds = excluded.seconds"
            );
            for (application, seconds) in known {
                tx.run(put, &[(*application).into(), session.into(), (*seconds).into()]).await?;
            }
        }
        Engine::Postgres if !known.is_empty() => {
            let put = sql!(postgres
                "INSERT INTO attendances (application, session, seconds)
                 SELECT application, $2, seconds FROM jsonb_to_recordset($1) AS new (application uuid, seconds bigint) ORDER BY application
                 ON CONFLICT (application) DO UPDATE SET seconds = excluded.seconds"
            );
            let rows: serde_json::Value =
                known.iter().map(|(application, seconds)| json!({ "application": application.uuid(), "seconds": seconds })).collect();
            tx.run(put, &[rows.into(), session.into()]).await?;
        }
        Engine::Postgres => {}
    }
    Ok(())
}

/// Notes what was decided about each of these.
pub async fn put_verdicts(
    tx: &mut Tx<'_>,
    session: SessionId,
    decided: &[(ApplicationId, Verdict, Option<Evidence>)],
    now: Timestamp,
) -> DbResult<()> {
    let word = |evidence: &Option<Evidence>| evidence.map_or("", Evidence::id);
    match tx.engine() {
        Engine::Sqlite => {
            let put = sql!(
                "INSERT INTO attendances (application, session, verdict, evidence, decided_at) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (application) DO UPDATE SET verdict = excluded.verdict, evidence = excluded.evidence,
                     decided_at = excluded.decided_at"
            );
            for (application, verdict, evidence) in decided {
                let args = [(*application).into(), session.into(), (*verdict).into(), word(evidence).into(), now.into()];
                tx.run(put, &args).await?;
            }
        }
        Engine::Postgres if !decided.is_empty() => {
            let put = sql!(postgres
                "INSERT INTO attendances (application, session, verdict, evidence, decided_at)
                 SELECT application, $2, verdict, evidence, $3
                 FROM jsonb_to_recordset($1) AS new (application uuid, verdict text, evidence text) ORDER BY application
                 ON CONFLICT (application) DO UPDATE SET verdict = excluded.verdict, evidence = excluded.evidence,
                     decided_at = excluded.decided_at"
            );
            let rows: serde_json::Value = decided
                .iter()
                .map(|(application, verdict, evidence)| {
                    json!({ "application": application.uuid(), "verdict": verdict.id(), "evidence": word(evidence) })
                })
                .collect();
            tx.run(put, &[rows.into(), session.into(), now.into()]).await?;
        }
        Engine::Postgres => {}
    }
    Ok(())
}

/// A stretch of an applicant's presence that no file tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Whose.
    pub application: ApplicationId,
    /// Where it is known from.
    pub source: Source,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// Puts these in the place of all that was known from the lobby and from shared screens.
pub async fn replace_stays(tx: &mut Tx<'_>, session: SessionId, stays: &[Stay], now: Timestamp) -> DbResult<()> {
    let clear = sql!("DELETE FROM attendance_stays WHERE session = $1 AND application IS NOT NULL AND source IN ('heartbeat', 'group')");
    tx.run(clear, &[session.into()]).await?;
    match tx.engine() {
        Engine::Sqlite => {
            for stay in stays {
                super::add_stay(tx, session, stay.application, stay.source, (stay.from, stay.until), now).await?;
            }
        }
        Engine::Postgres => {
            let put = sql!(postgres
                "INSERT INTO attendance_stays (id, session, application, source, from_at, until_at)
                 SELECT id, $2, application, source, from_at, until_at
                 FROM jsonb_to_recordset($1) AS new (id uuid, application uuid, source text, from_at bigint, until_at bigint)"
            );
            let rows: serde_json::Value = stays
                .iter()
                .map(|stay| {
                    json!({
                        "id": StayId::new(now).uuid(), "application": stay.application.uuid(), "source": stay.source.id(),
                        "from_at": stay.from.as_micros(), "until_at": stay.until.as_micros(),
                    })
                })
                .collect();
            tx.run(put, &[rows.into(), session.into()]).await?;
        }
    }
    Ok(())
}

/// Notes these signs; those that are known stay as they are.
pub async fn add_proofs(tx: &mut Tx<'_>, session: SessionId, proofs: &[(ApplicationId, Proof)], now: Timestamp) -> DbResult<()> {
    match tx.engine() {
        Engine::Sqlite => {
            for (application, proof) in proofs {
                super::hold(tx, session, *application).await?;
                super::add_proof(tx, *application, *proof, now).await?;
            }
        }
        Engine::Postgres => {
            let rows: serde_json::Value =
                proofs.iter().map(|(application, proof)| json!({ "application": application.uuid(), "kind": proof.id() })).collect();
            let hold = sql!(postgres
                "INSERT INTO attendances (application, session)
                 SELECT DISTINCT application, CAST($2 AS UUID) FROM jsonb_to_recordset($1) AS new (application uuid) ON CONFLICT (application) DO NOTHING"
            );
            tx.run(hold, &[rows.clone().into(), session.into()]).await?;
            let add = sql!(postgres
                "INSERT INTO attendance_proofs (application, kind, at)
                 SELECT application, kind, $2 FROM jsonb_to_recordset($1) AS new (application uuid, kind text)
                 ON CONFLICT (application, kind) DO NOTHING"
            );
            tx.run(add, &[rows.clone().into(), now.into()]).await?;
            let count = sql!(postgres
                "UPDATE attendances SET proofs = (SELECT COUNT(*) FROM attendance_proofs p WHERE p.application = attendances.application)
                 WHERE application IN (SELECT application FROM jsonb_to_recordset($1) AS new (application uuid))"
            );
            tx.run(count, &[rows.into()]).await?;
        }
    }
    Ok(())
}
