use db::{DbResult, Key, Lane, Tx};
use journal::outbox::Priority;
use journal::{Handlers, Job, JobError, JobItem, Mail};
use kernel::{Day, Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::trainings::application::{ApplicationId, Spot};
use crate::trainings::session::{Session, SessionId};
use crate::trainings::store::{self, Addressee};

/// What everybody of a session is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// Its date or time has changed.
    Rescheduled {
        /// When it was until now.
        was: Time,
    },
    /// It does not take place.
    CalledOff,
    /// It is held in another meeting.
    Switched,
}

/// When a session takes place, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    day: Option<Day>,
    starts_at: Option<Timestamp>,
    ends_at: Option<Timestamp>,
}

impl Time {
    /// That of this session.
    pub const fn of(session: &Session) -> Self {
        Self { day: session.day, starts_at: session.starts_at, ends_at: session.ends_at }
    }

    /// The session as it would be at this time; nothing if there was no day yet.
    pub fn given_to(self, session: &Session) -> Option<Session> {
        self.day.map(|day| Session { day: Some(day), starts_at: self.starts_at, ends_at: self.ends_at, ..session.clone() })
    }
}

journal::kinds! {
    /// The job that goes on where one transaction of telling has ended.
    pub(crate) Job TELL = "office.tell";
    /// The mail that tells of another day or time.
    pub(crate) Mail RESCHEDULED = "office.rescheduled";
    /// The mail that tells that a session does not take place.
    pub(crate) Mail CALLED_OFF = "office.called_off";
    /// The mail that tells that the meeting is held elsewhere.
    pub(crate) Mail SWITCHED = "lobby.switched";
}

/// How many are told in one transaction.
const BATCH: i64 = 200;

impl News {
    /// Whom it concerns: who waits for a seat has no meeting to go to.
    fn is_for(self, one: &Addressee) -> bool {
        self != Self::Switched || one.place == Spot::Seat
    }

    fn mail_to(self, one: &Addressee) -> Mail {
        match self {
            Self::Rescheduled { was } => Mail::of(RESCHEDULED, one.id, one.lang).with("was", was),
            Self::CalledOff => Mail::of(CALLED_OFF, one.id, one.lang),
            Self::Switched => Mail::of(SWITCHED, one.id, one.lang).priority(Priority::Awaited),
        }
    }
}

/// Queues a mail to every living application of the session, from the beginning; what one transaction cannot hold goes on in a job.
pub async fn tell(tx: &mut Tx<'_>, session: SessionId, news: News, now: Timestamp) -> DbResult<()> {
    tell_after(tx, session, news, ApplicationId::from_uuid(Uuid::nil()), now).await
}

async fn tell_after(tx: &mut Tx<'_>, session: SessionId, news: News, after: ApplicationId, now: Timestamp) -> DbResult<()> {
    let people = store::addressees(tx, session, after, BATCH).await?;
    for one in people.iter().filter(|one| news.is_for(one)) {
        journal::mail(tx, news.mail_to(one), now).await?;
    }
    let is_full = i64::try_from(people.len()).is_ok_and(|count| count == BATCH);
    if let Some(last) = people.last().filter(|_| is_full) {
        let rest = json!({ "news": news, "after": last.id.to_string() });
        journal::job(tx, Job::of(TELL, session).with(rest), now).await?;
    }
    Ok(())
}

/// What a job of telling carries.
#[derive(Deserialize)]
struct Rest {
    news: News,
    after: ApplicationId,
}

/// Who does which job of the office.
pub fn handlers() -> Handlers {
    Handlers::new().on(TELL, async |db: db::Db, item: JobItem| {
        let session = item.object.map(SessionId::from_uuid).ok_or(JobError::Never("object"))?;
        let Rest { news, after } = serde_json::from_value(item.payload.clone()).map_err(|_| JobError::Never("payload"))?;
        // The job's id is the key: whoever does it a second time queues no second mail.
        let key = Key::new(item.id.uuid(), journal::audit::SYSTEM, [0; 32]);
        db.write(Lane::Staff, Some(key), async move |tx, now| tell_after(tx, session, news, after, now).await).await?;
        Ok(())
    })
}
