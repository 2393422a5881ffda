//! 集合視聴: one screen, many people, each with a record of their own.
//!
//! Who watches together needs no seat: the host's screen is the one that takes part in the meeting. So such an application holds
//! a place without counting into `taken` ([`Application::is_viewer`]); leaving gives no seat back, and no session is oversold.
//! Whoever has an application for the session already keeps that one, and is told by mail: anybody at the screen can type a name.
//! Who waited leaves the line for it, and is put back where they were if they are taken away again. Without a mail address of one's
//! own one is known by the host's, as people are who share a clinic's mailbox.
//!
//! [`Application::is_viewer`]: crate::trainings::application::Application::is_viewer

use access::Label;
use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::{Lang, Timestamp, Uuid, id};
use people::accounts::Asks;
use people::persons::{self, NewPerson};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::store;
use crate::trainings::application::{Application, ApplicationId, Wanted, Workplace};
use crate::trainings::session::SessionId;
use crate::trainings::store as trainings;

journal::kinds! {
    /// The mail to whoever sits down before somebody else's screen.
    pub(super) Mail SAT_DOWN = "lobby.sat_down";
}

id!(
    /// One screen before which many sit.
    ViewingId
);

/// As many fit before one screen.
pub const MOST: i64 = 300;

/// The letters of a code: none that is taken for another.
const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// The length of a code.
const LENGTH: usize = 7;

db::row! {
    /// One screen before which many sit.
    #[derive(Clone, Debug)]
    pub struct Viewing {
        pub id: ViewingId,
        pub session: SessionId,
        pub host: ApplicationId,
        pub code: String,
        pub opened_at: Timestamp,
        pub ended_at: Option<Timestamp>,
    }
}

/// Why nothing came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotTogether {
    /// There is no such application or viewing, or the host holds no seat.
    Unknown,
    /// The lobby is not open yet.
    Early,
    /// The session is over or called off, or the host has ended the viewing.
    Over,
    /// So many sit there already.
    Full,
}

/// What became of somebody who sat down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seated {
    /// They have an application of their own now.
    New(ApplicationId),
    /// They had one, which keeps the record, and were told by mail; it is not shown to whoever typed the name.
    Earlier,
}

/// Somebody who sits down.
#[derive(Clone, Debug)]
pub struct Sitter {
    /// Who.
    pub person: NewPerson,
    /// Whether the address is their own, and not the host's.
    pub has_mail: bool,
    /// Their job.
    pub job: String,
    /// The language of their mail.
    pub lang: Lang,
    /// What the mail counts into that tells them.
    pub asks: Asks,
}

/// The code of these random bytes.
pub fn code_of(random: &[u8; 32]) -> String {
    random.iter().take(LENGTH).map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect()
}

/// A code as it was typed: small letters, blanks and hyphens do no harm.
pub fn typed_code(typed: &str) -> String {
    kernel::fold(typed).to_ascii_uppercase().chars().filter(char::is_ascii_alphanumeric).take(LENGTH + 1).collect()
}

async fn is_open(tx: &mut Tx<'_>, session: SessionId, now: Timestamp) -> DbResult<Result<(), NotTogether>> {
    let Some(session) = trainings::session(tx, session).await? else { return Ok(Err(NotTogether::Unknown)) };
    let hours = store::meeting(tx, session.id).await?.hours(&session).filter(|_| session.cancelled_at.is_none());
    Ok(match hours {
        None => Err(NotTogether::Over),
        Some(hours) if now < hours.opens => Err(NotTogether::Early),
        Some(hours) if !hours.takes_presence(now) => Err(NotTogether::Over),
        Some(_) => Ok(()),
    })
}

/// Opens a screen for others; opening it twice is the same as once.
pub async fn open(tx: &mut Tx<'_>, host: ApplicationId, code: &str, now: Timestamp) -> DbResult<Result<ViewingId, NotTogether>> {
    let found = trainings::application(tx, host).await?;
    let Some(application) = found.filter(|one| one.is_live() && !one.is_waiting()) else { return Ok(Err(NotTogether::Unknown)) };
    if let Err(refusal) = is_open(tx, application.session, now).await? {
        return Ok(Err(refusal));
    }
    if let Some(open) = store::viewing_of(tx, host).await? {
        return Ok(Ok(open.id));
    }
    let Some(id) = store::add_viewing(tx, application.session, host, code, now).await? else {
        return Err(db::DbError::Contended);
    };
    journal::record(tx, &by_host(host).did("lobby.viewing_opened").on("application", host), now).await?;
    Ok(Ok(id))
}

/// Lets somebody sit down before the screen.
pub async fn sit_down(tx: &mut Tx<'_>, id: ViewingId, sitter: &Sitter, now: Timestamp) -> DbResult<Result<Seated, NotTogether>> {
    let Some(viewing) = store::viewing(tx, id).await? else { return Ok(Err(NotTogether::Unknown)) };
    if viewing.ended_at.is_some() {
        return Ok(Err(NotTogether::Over));
    }
    if let Err(refusal) = is_open(tx, viewing.session, now).await? {
        return Ok(Err(refusal));
    }
    if store::count_viewers(tx, id).await? >= MOST {
        return Ok(Err(NotTogether::Full));
    }
    let Some(host) = trainings::application(tx, viewing.host).await? else { return Ok(Err(NotTogether::Unknown)) };
    let person = persons::recognize(tx, &sitter.person, now).await?;
    // The session's row is ours from here: two telephones of one person stand in line.
    if trainings::lock(tx, viewing.session).await?.is_none() {
        return Ok(Err(NotTogether::Unknown));
    }
    if let Some(earlier) = trainings::live_application_of(tx, viewing.session, person).await? {
        seat_earlier(tx, &viewing, &earlier, sitter, now).await?;
        return Ok(Ok(Seated::Earlier));
    }
    let wanted = Wanted {
        person: sitter.person.clone(),
        workplace: Workplace {
            organization: host.organization,
            name: host.organization_name.clone(),
            kind: host.organization_kind.clone(),
            prefecture: host.prefecture.clone(),
        },
        job: sitter.job.clone(),
        question: String::new(),
        lang: sitter.lang,
        begun_at: None,
        entered_by: Some(name_of(id)),
        both: true,
        by_office: false,
        asks: None,
    };
    let number = trainings::next_number(tx, viewing.session).await?;
    let application = trainings::add_application(tx, viewing.session, person, &wanted, number, None, now).await?;
    store::add_viewer(tx, id, application, sitter.has_mail, now).await?;
    store::begin(tx, application, id.uuid(), true, now).await?;
    if sitter.has_mail && sitter.asks.may_mail(tx, now).await? {
        journal::mail(tx, Mail::of(SAT_DOWN, application, sitter.lang), now).await?;
    }
    journal::record(tx, &seated(id, application), now).await?;
    Ok(Ok(Seated::New(application)))
}

/// Seats whoever has applied already. Their own address hears of it, since whoever typed the name has proved nothing.
async fn seat_earlier(tx: &mut Tx<'_>, viewing: &Viewing, earlier: &Application, sitter: &Sitter, now: Timestamp) -> DbResult<()> {
    if !store::add_viewer(tx, viewing.id, earlier.id, sitter.has_mail, now).await? {
        return Ok(());
    }
    if earlier.is_waiting() {
        // Whoever waits in vain and watches with colleagues has a seat of that kind, and leaves the line.
        trainings::leave_waiting_place(tx, viewing.session).await?;
        store::seat_before_screen(tx, earlier.id, name_of(viewing.id)).await?;
    }
    store::begin(tx, earlier.id, viewing.id.uuid(), true, now).await?;
    if sitter.asks.may_mail(tx, now).await? {
        let had = if earlier.is_waiting() { "waiting" } else { "seat" };
        journal::mail(tx, Mail::of(SAT_DOWN, earlier.id, earlier.lang).with("had", had), now).await?;
    }
    journal::record(tx, &seated(viewing.id, earlier.id), now).await?;
    Ok(())
}

/// How a viewing is named where it did something.
fn name_of(viewing: ViewingId) -> Label {
    Label::Viewing(viewing.into())
}

fn by_host(host: ApplicationId) -> Entry {
    Entry::by(&Label::Application(host.into()).to_string())
}

fn seated(viewing: ViewingId, application: ApplicationId) -> Entry {
    Entry::by(&name_of(viewing).to_string()).did("lobby.sat_down").on("application", application)
}

/// Takes away somebody who was listed by mistake: what this viewing made is cancelled, and whoever waited is back in the line where
/// they were. If their place there was given to somebody else meanwhile, they keep the one that counts into no seats.
pub async fn stand_up(tx: &mut Tx<'_>, host: ApplicationId, application: ApplicationId, now: Timestamp) -> DbResult<bool> {
    let Some(viewing) = store::viewing_of(tx, host).await? else { return Ok(false) };
    // As when somebody sits down: the session's row first, so that the line is not changed by two at once.
    if trainings::lock(tx, viewing.session).await?.is_none() {
        return Ok(false);
    }
    let Some(given_up) = store::drop_viewer(tx, viewing.id, application).await? else { return Ok(false) };
    match given_up.waited {
        Some(rank) => {
            let is_live = trainings::application(tx, application).await?.is_some_and(|one| one.is_live());
            if is_live && trainings::retake_waiting_place(tx, viewing.session).await? {
                store::put_back_into_line(tx, application, rank, given_up.entered_by).await?;
            }
        }
        None => store::cancel_made_by(tx, application, name_of(viewing.id), now).await?,
    }
    let entry = by_host(host).did("lobby.stood_up").on("application", application);
    journal::record(tx, &entry.with(json!({ "viewing": Uuid::from(viewing.id) })), now).await?;
    Ok(true)
}

/// Ends the viewing; everybody was there until now, if the screen was.
pub async fn end(tx: &mut Tx<'_>, host: ApplicationId, now: Timestamp) -> DbResult<bool> {
    let Some(viewing) = store::viewing_of(tx, host).await? else { return Ok(false) };
    store::extend_all(tx, viewing.id, now.minus(super::beat::PAUSE), now).await?;
    store::end_viewing(tx, viewing.id, now).await?;
    journal::record(tx, &by_host(host).did("lobby.viewing_ended").on("application", host), now).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = code_of(&[3; 32]);
        assert_eq!(code.len(), LENGTH);
        let (one, other) = code.split_at(3);
        for typed in [format!("{one}-{other}"), format!(" {one} {other} "), code.to_lowercase()] {
            assert_eq!(typed_code(&typed), code);
        }
    }
}
