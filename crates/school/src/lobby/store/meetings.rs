use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::lobby::meeting::Meeting;
use crate::trainings::session::SessionId;

/// The meeting of a session; of one about which nothing was said, what usually holds.
pub async fn meeting(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Meeting> {
    let find = sql!(
        "SELECT session, provider, link, entry, dial_in, opens_minutes, keyword, checks, questionnaire, phone, hours, materials,
             version, switched_at
         FROM meetings WHERE session = $1"
    );
    Ok(tx.opt(find, &[session.into()]).await?.unwrap_or_else(|| Meeting::unset(session)))
}

/// Writes everything about a meeting; pages that are open notice the new version.
pub async fn put_meeting(tx: &mut Tx<'_>, meeting: &Meeting) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO meetings (session, provider, link, entry, dial_in, opens_minutes, keyword, checks, questionnaire, phone, hours,
             materials, switched_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (session) DO UPDATE SET provider = excluded.provider, link = excluded.link, entry = excluded.entry,
             dial_in = excluded.dial_in, opens_minutes = excluded.opens_minutes, keyword = excluded.keyword, checks = excluded.checks,
             questionnaire = excluded.questionnaire, phone = excluded.phone, hours = excluded.hours, materials = excluded.materials,
             switched_at = excluded.switched_at, version = meetings.version + 1"
    );
    let args = [
        meeting.session.into(),
        meeting.provider.id().into(),
        meeting.link.as_str().into(),
        meeting.entry.as_str().into(),
        meeting.dial_in.as_str().into(),
        meeting.opens_minutes.into(),
        meeting.keyword.as_str().into(),
        meeting.checks.written().into(),
        meeting.questionnaire.as_str().into(),
        meeting.phone.as_str().into(),
        meeting.hours.as_str().into(),
        meeting.materials.as_str().into(),
        meeting.switched_at.into(),
    ];
    tx.run(put, &args).await?;
    Ok(())
}

/// How many living applications of a session hold a seat: so many are told of a new meeting.
pub async fn count_seats(tx: &mut Tx<'_>, session: SessionId) -> DbResult<i64> {
    let count = sql!("SELECT COUNT(*) FROM applications WHERE session = $1 AND cancelled_at IS NULL AND place = 'seat'");
    tx.one(count, &[session.into()]).await
}

/// How many are in the lobby or the meeting: those of whom a beat came after `since`.
pub async fn count_present(tx: &mut Tx<'_>, session: SessionId, since: Timestamp) -> DbResult<i64> {
    let count = sql!(
        "SELECT COUNT(DISTINCT p.application) FROM presences p JOIN applications a ON a.id = p.application
         WHERE a.session = $1 AND p.last_at >= $2"
    );
    tx.one(count, &[session.into(), since.into()]).await
}
