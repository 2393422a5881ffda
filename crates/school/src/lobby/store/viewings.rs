use access::Label;
use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::lobby::viewing::{Viewing, ViewingId};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

/// Adds a viewing.
pub async fn add_viewing(
    tx: &mut Tx<'_>,
    session: SessionId,
    host: ApplicationId,
    code: &str,
    now: Timestamp,
) -> DbResult<Option<ViewingId>> {
    let id = ViewingId::new(now);
    let add =
        sql!("INSERT INTO viewings (id, session, host, code, opened_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING id");
    tx.opt(add, &[id.into(), session.into(), host.into(), code.into(), now.into()]).await
}

/// The viewing that a host holds now.
pub async fn viewing_of(tx: &mut Tx<'_>, host: ApplicationId) -> DbResult<Option<Viewing>> {
    let find = sql!("SELECT id, session, host, code, opened_at, ended_at FROM viewings WHERE host = $1 AND ended_at IS NULL");
    tx.opt(find, &[host.into()]).await
}

/// The viewing with this id.
pub async fn viewing(tx: &mut Tx<'_>, id: ViewingId) -> DbResult<Option<Viewing>> {
    tx.opt(sql!("SELECT id, session, host, code, opened_at, ended_at FROM viewings WHERE id = $1"), &[id.into()]).await
}

/// The viewing with this code.
pub async fn viewing_by_code(tx: &mut Tx<'_>, code: &str) -> DbResult<Option<Viewing>> {
    tx.opt(sql!("SELECT id, session, host, code, opened_at, ended_at FROM viewings WHERE code = $1"), &[code.into()]).await
}

/// The host's last viewing that is over.
pub async fn latest_viewing_of(tx: &mut Tx<'_>, host: ApplicationId) -> DbResult<Option<Viewing>> {
    let find = sql!(
        "SELECT id, session, host, code, opened_at, ended_at FROM viewings
         WHERE host = $1 AND ended_at IS NOT NULL ORDER BY opened_at DESC, id DESC LIMIT 1"
    );
    tx.opt(find, &[host.into()]).await
}

/// Ends a viewing; false if it was over.
pub async fn end_viewing(tx: &mut Tx<'_>, id: ViewingId, now: Timestamp) -> DbResult<bool> {
    Ok(tx.run(sql!("UPDATE viewings SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL"), &[id.into(), now.into()]).await? == 1)
}

/// Adds somebody before the screen; false if they sit before one already.
pub async fn add_viewer(tx: &mut Tx<'_>, viewing: ViewingId, application: ApplicationId, by_mail: bool, now: Timestamp) -> DbResult<bool> {
    let add =
        sql!("INSERT INTO viewers (application, viewing, by_mail, added_at) VALUES ($1, $2, $3, $4) ON CONFLICT (application) DO NOTHING");
    Ok(tx.run(add, &[application.into(), viewing.into(), by_mail.into(), now.into()]).await? == 1)
}

db::row! {
    /// Somebody before the screen.
    #[derive(Clone, Debug)]
    pub struct Viewer {
        pub application: ApplicationId,
        pub generation: i64,
        pub number: i64,
        pub family: String,
        pub given: String,
        pub job: String,
        pub by_mail: bool,
        pub is_own: bool,
        pub has_waited: bool,
        pub checked_at: Option<Timestamp>,
    }
}

/// Everybody before one screen, in the order of coming; whose application is older than the viewing is marked, and who had waited.
pub async fn viewers(tx: &mut Tx<'_>, viewing: ViewingId) -> DbResult<Vec<Viewer>> {
    let list = sql!(
        "SELECT a.id, a.generation, a.number, p.family, p.given, a.job, v.by_mail,
             CASE WHEN a.entered_by LIKE 'group:%' AND v.waited IS NULL THEN 0 ELSE 1 END = 1, v.waited IS NOT NULL, v.checked_at
         FROM viewers v JOIN applications a ON a.id = v.application JOIN persons p ON p.id = a.person
         WHERE v.viewing = $1 AND a.cancelled_at IS NULL ORDER BY v.added_at, a.id LIMIT 1000"
    );
    tx.all(list, &[viewing.into()]).await
}

/// How many sit before one screen.
pub async fn count_viewers(tx: &mut Tx<'_>, viewing: ViewingId) -> DbResult<i64> {
    tx.one(sql!("SELECT COUNT(*) FROM viewers WHERE viewing = $1"), &[viewing.into()]).await
}

db::row! {
    /// How somebody before a screen stands with the questions.
    #[derive(Clone, Copy, Debug)]
    pub struct Checked {
        pub application: ApplicationId,
        pub viewing: ViewingId,
        pub checked_at: Option<Timestamp>,
    }
}

/// How somebody stands with the questions, if they sit before a screen.
pub async fn viewer(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Option<Checked>> {
    tx.opt(sql!("SELECT application, viewing, checked_at FROM viewers WHERE application = $1"), &[application.into()]).await
}

/// How everybody of a session who sits before a screen stands with the questions.
pub async fn checked(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Vec<Checked>> {
    let list = sql!(
        "SELECT v.application, v.viewing, v.checked_at FROM viewers v JOIN applications a ON a.id = v.application
         WHERE a.session = $1 ORDER BY v.application LIMIT 1000000"
    );
    tx.all(list, &[session.into()]).await
}

/// Notes a try at the questions, and the moment of the first that was right.
pub async fn note_try(tx: &mut Tx<'_>, application: ApplicationId, is_right: bool, now: Timestamp) -> DbResult<()> {
    let note = sql!("UPDATE viewers SET tries = tries + 1, checked_at = COALESCE(checked_at, $2) WHERE application = $1");
    tx.run(note, &[application.into(), is_right.then_some(now).into()]).await?;
    Ok(())
}

db::row! {
    /// What somebody gave up when they sat down: their rank in the line, and who had entered them.
    #[derive(Clone, Debug)]
    pub struct GivenUp {
        pub waited: Option<i64>,
        pub entered_by: Option<Label>,
    }
}

/// Takes away somebody who sits before this screen, with the presence there, and says what they had given up for it.
pub async fn drop_viewer(tx: &mut Tx<'_>, viewing: ViewingId, application: ApplicationId) -> DbResult<Option<GivenUp>> {
    let drop = sql!("DELETE FROM viewers WHERE viewing = $1 AND application = $2 RETURNING waited, entered_by");
    let gone = tx.opt(drop, &[viewing.into(), application.into()]).await?;
    if gone.is_some() {
        let forget = sql!("DELETE FROM presences WHERE application = $1 AND device = $2 AND kind = 'group'");
        tx.run(forget, &[application.into(), viewing.into()]).await?;
    }
    Ok(gone)
}

/// Cancels an application that one viewing made; those that were there before are not touched.
pub async fn cancel_made_by(tx: &mut Tx<'_>, application: ApplicationId, by: Label, now: Timestamp) -> DbResult<()> {
    let end = sql!(
        "UPDATE applications SET cancelled_at = $2, cancelled_by = entered_by, sequence = sequence + 1
         WHERE id = $1 AND cancelled_at IS NULL AND entered_by = $3"
    );
    tx.run(end, &[application.into(), now.into(), by.into()]).await?;
    Ok(())
}

/// Gives whoever waited a place before a screen, which counts into no seats, and notes what they give up for it.
pub async fn seat_before_screen(tx: &mut Tx<'_>, application: ApplicationId, by: Label) -> DbResult<()> {
    let note = sql!(
        "UPDATE viewers SET waited = (SELECT a.waited FROM applications a WHERE a.id = viewers.application),
             entered_by = (SELECT a.entered_by FROM applications a WHERE a.id = viewers.application)
         WHERE application = $1"
    );
    tx.run(note, &[application.into()]).await?;
    let seat = sql!("UPDATE applications SET place = 'seat', waited = NULL, entered_by = $2, sequence = sequence + 1 WHERE id = $1");
    tx.run(seat, &[application.into(), by.into()]).await?;
    Ok(())
}

/// Puts somebody back into the line where they were.
pub async fn put_back_into_line(tx: &mut Tx<'_>, application: ApplicationId, rank: i64, entered_by: Option<Label>) -> DbResult<()> {
    let put = sql!(
        "UPDATE applications SET place = 'waiting', waited = $2, entered_by = $3, sequence = sequence + 1
         WHERE id = $1 AND cancelled_at IS NULL"
    );
    tx.run(put, &[application.into(), rank.into(), entered_by.into()]).await?;
    Ok(())
}

/// Whose screen somebody sits before: the name of the host's workplace.
pub async fn place_of_screen(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Option<String>> {
    let find = sql!(
        "SELECT h.organization_name FROM viewers v JOIN viewings w ON w.id = v.viewing JOIN applications h ON h.id = w.host
         WHERE v.application = $1"
    );
    tx.opt(find, &[application.into()]).await
}
