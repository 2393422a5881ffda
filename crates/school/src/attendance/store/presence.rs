use db::{DbResult, Tx, sql};
use kernel::Timestamp;
use std::collections::BTreeSet;

use crate::attendance::StayId;
use crate::attendance::minutes::TOLERANCE;
use crate::attendance::verdict::{Proof, Source};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

/// Holds the row of an applicant until the end, so that two who note something at once stand in line.
pub async fn hold(tx: &mut Tx<'_>, session: SessionId, application: ApplicationId) -> DbResult<()> {
    let hold = sql!(
        "INSERT INTO attendances (application, session) VALUES ($1, $2)
         ON CONFLICT (application) DO UPDATE SET session = excluded.session"
    );
    tx.run(hold, &[application.into(), session.into()]).await?;
    Ok(())
}

/// Lengthens a stretch that this one follows or touches; false if there is none. So a heartbeat a minute is one row and not sixty.
pub async fn lengthen_stay(
    tx: &mut Tx<'_>,
    application: ApplicationId,
    source: Source,
    (from, until): (Timestamp, Timestamp),
) -> DbResult<bool> {
    let lengthen = sql!(
        "UPDATE attendance_stays SET until_at = CASE WHEN until_at > $4 THEN until_at ELSE $4 END
         WHERE id = (SELECT id FROM attendance_stays WHERE application = $1 AND source = $2 AND from_at <= $3 AND until_at >= $5
                     ORDER BY until_at DESC LIMIT 1)"
    );
    let args = [application.into(), source.into(), from.into(), until.into(), from.minus(TOLERANCE).into()];
    Ok(tx.run(lengthen, &args).await? > 0)
}

/// Adds a stretch.
pub async fn add_stay(
    tx: &mut Tx<'_>,
    session: SessionId,
    application: ApplicationId,
    source: Source,
    (from, until): (Timestamp, Timestamp),
    now: Timestamp,
) -> DbResult<()> {
    let add = sql!("INSERT INTO attendance_stays (id, session, application, source, from_at, until_at) VALUES ($1, $2, $3, $4, $5, $6)");
    let args = [StayId::new(now).into(), session.into(), application.into(), source.into(), from.into(), until.into()];
    tx.run(add, &args).await?;
    Ok(())
}

/// Notes a proof. False if it was known.
pub async fn add_proof(tx: &mut Tx<'_>, application: ApplicationId, proof: Proof, now: Timestamp) -> DbResult<bool> {
    let add = sql!("INSERT INTO attendance_proofs (application, kind, at) VALUES ($1, $2, $3) ON CONFLICT (application, kind) DO NOTHING");
    if tx.run(add, &[application.into(), proof.into(), now.into()]).await? == 0 {
        return Ok(false);
    }
    let count =
        sql!("UPDATE attendances SET proofs = (SELECT COUNT(*) FROM attendance_proofs WHERE application = $1) WHERE application = $1");
    tx.run(count, &[application.into()]).await?;
    Ok(true)
}

/// Who has given this sign.
pub async fn who_proved(tx: &mut Tx<'_>, session: SessionId, proof: Proof) -> DbResult<BTreeSet<ApplicationId>> {
    let list = sql!(
        "SELECT p.application FROM attendances a JOIN attendance_proofs p ON p.application = a.application
         WHERE a.session = $1 AND p.kind = $2 LIMIT 1000000"
    );
    Ok(tx.all(list, &[session.into(), proof.into()]).await?.into_iter().collect())
}

/// Whose presence is known from this source.
pub async fn who_stayed(tx: &mut Tx<'_>, session: SessionId, source: Source) -> DbResult<BTreeSet<ApplicationId>> {
    let list = sql!(
        "SELECT DISTINCT application FROM attendance_stays
         WHERE session = $1 AND source = $2 AND application IS NOT NULL LIMIT 1000000"
    );
    Ok(tx.all(list, &[session.into(), source.into()]).await?.into_iter().collect())
}

/// Notes that the recording has made up for an absence; a verdict of presence stays.
pub async fn put_made_up(tx: &mut Tx<'_>, application: ApplicationId, now: Timestamp) -> DbResult<()> {
    let put = sql!(
        "UPDATE attendances SET verdict = 'archive', evidence = 'archive', decided_at = $2
         WHERE application = $1 AND (verdict IS NULL OR verdict <> 'present')"
    );
    tx.run(put, &[application.into(), now.into()]).await?;
    Ok(())
}
