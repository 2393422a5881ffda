use db::{DbResult, Tx, sql};
use kernel::{Lang, Timestamp};

use crate::attendance::store::attended_elsewhere;
use crate::trainings::application::ApplicationId;
use crate::trainings::programme::{Audience, ProgrammeId};
use crate::trainings::session::SessionId;

db::row! {
    /// An application of which nobody has been told that its recording is there.
    #[derive(Clone, Debug)]
    pub struct ToTell {
        pub application: ApplicationId,
        pub email: String,
        pub lang: Lang,
    }
}

// Whoever is known to have been there, or at another date with the same contents, need not be told.
macro_rules! to_tell {
    () => {
        concat!(
            "a.place = 'seat' AND a.cancelled_at IS NULL \
             AND NOT EXISTS (SELECT 1 FROM archive_told t WHERE t.application = a.id) \
             AND NOT EXISTS (SELECT 1 FROM attendances t WHERE t.application = a.id AND t.verdict IN ('present', 'archive')) \
             AND NOT EXISTS (SELECT 1 FROM completions d WHERE d.application = a.id) \
             AND NOT EXISTS (SELECT 1 FROM archive_declined n WHERE n.email = p.email) AND NOT ",
            attended_elsewhere!()
        )
    };
}

/// The next of them in a programme after an address, all under one address together.
pub async fn to_tell(tx: &mut Tx<'_>, programme: ProgrammeId, after: &str, limit: i64) -> DbResult<Vec<ToTell>> {
    let list = sql!(concat!(
        "SELECT a.id, p.email, a.lang FROM courses c JOIN sessions s ON s.course = c.id JOIN recordings r ON r.session = s.id \
         JOIN applications a ON a.session = s.id JOIN persons p ON p.id = a.person \
         WHERE c.programme = $1 AND r.told_at IS NOT NULL AND r.published_at IS NOT NULL AND r.withdrawn_at IS NULL AND p.email > $2 AND ",
        to_tell!(),
        " ORDER BY p.email, a.id LIMIT $3"
    ));
    tx.all(list, &[programme.into(), after.into(), limit.into()]).await
}

/// How many addresses there are to tell of a session's recording.
pub async fn count_to_tell(tx: &mut Tx<'_>, session: SessionId) -> DbResult<i64> {
    let count = sql!(concat!(
        "SELECT COUNT(DISTINCT p.email) FROM applications a JOIN persons p ON p.id = a.person WHERE a.session = $1 AND ",
        to_tell!()
    ));
    tx.one(count, &[session.into()]).await
}

/// How many addresses there are to tell of all published recordings of a programme of which nobody has been told.
pub async fn count_to_tell_of_programme(tx: &mut Tx<'_>, programme: ProgrammeId) -> DbResult<i64> {
    let count = sql!(concat!(
        "SELECT COUNT(DISTINCT p.email) FROM courses c JOIN sessions s ON s.course = c.id JOIN recordings r ON r.session = s.id \
         JOIN applications a ON a.session = s.id JOIN persons p ON p.id = a.person \
         WHERE c.programme = $1 AND r.told_at IS NULL AND r.published_at IS NOT NULL AND r.withdrawn_at IS NULL AND ",
        to_tell!()
    ));
    tx.one(count, &[programme.into()]).await
}

/// How many wait to be told, though they applied for nothing: for the audience of a course.
pub async fn count_wishes(tx: &mut Tx<'_>, audience: Audience) -> DbResult<i64> {
    let count = sql!("SELECT COUNT(*) FROM interests WHERE kind = 'archive' AND audience = $1 AND ended_at IS NULL AND told_at IS NULL");
    tx.one(count, &[audience.slug().into()]).await
}

/// Notes that an application was told; false if it was.
pub async fn mark_told(tx: &mut Tx<'_>, application: ApplicationId, now: Timestamp) -> DbResult<bool> {
    let mark = sql!("INSERT INTO archive_told (application, told_at) VALUES ($1, $2) ON CONFLICT (application) DO NOTHING");
    Ok(tx.run(mark, &[application.into(), now.into()]).await? == 1)
}

/// The audiences of whose recordings people are told.
pub async fn told_audiences(tx: &mut Tx<'_>, programme: ProgrammeId) -> DbResult<Vec<Audience>> {
    let list = sql!(
        "SELECT c.slug FROM courses c WHERE c.programme = $1 AND EXISTS (SELECT 1 FROM sessions s JOIN recordings r ON r.session = s.id
             WHERE s.course = c.id AND r.told_at IS NOT NULL AND r.published_at IS NOT NULL AND r.withdrawn_at IS NULL)
         ORDER BY c.position LIMIT 10"
    );
    tx.all(list, &[programme.into()]).await
}

/// Whether somebody under this address was told of an application in this programme at this moment.
pub async fn was_told(tx: &mut Tx<'_>, email: &str, since: Timestamp) -> DbResult<bool> {
    let count = sql!(
        "SELECT COUNT(*) FROM persons p JOIN applications a ON a.person = p.id JOIN archive_told t ON t.application = a.id
         WHERE p.email = $1 AND t.told_at >= $2"
    );
    Ok(tx.one::<i64>(count, &[email.into(), since.into()]).await? > 0)
}

/// Notes that an address wants no more such mails.
pub async fn decline(tx: &mut Tx<'_>, email: &str, now: Timestamp) -> DbResult<()> {
    let note = sql!("INSERT INTO archive_declined (email, declined_at) VALUES ($1, $2) ON CONFLICT (email) DO NOTHING");
    tx.run(note, &[email.into(), now.into()]).await.map(|_| ())
}

/// Whether an address wants no such mails.
pub async fn is_declined(tx: &mut Tx<'_>, email: &str) -> DbResult<bool> {
    let find = sql!("SELECT COUNT(*) FROM archive_declined WHERE email = $1");
    Ok(tx.one::<i64>(find, &[email.into()]).await? > 0)
}

/// Notes that an address wants such mails again.
pub async fn accept(tx: &mut Tx<'_>, email: &str) -> DbResult<()> {
    tx.run(sql!("DELETE FROM archive_declined WHERE email = $1"), &[email.into()]).await.map(|_| ())
}
