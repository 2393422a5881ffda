use db::{DbResult, Key, Lane, Tx};
use journal::{Handlers, Job, JobError, JobItem, Mail};
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;
use crate::trainings::store;

/// What everybody of a session is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// Its date or time has changed.
    Rescheduled,
    /// It does not take place.
    CalledOff,
}

/// How many are told in one transaction.
const BATCH: i64 = 200;

impl News {
    const fn mail(self) -> &'static str {
        match self {
            Self::Rescheduled => "office.rescheduled",
            Self::CalledOff => "office.called_off",
        }
    }
}

/// Queues a mail to every living application of the session, from the beginning; what one transaction cannot hold goes on in a job.
pub async fn tell(tx: &mut Tx<'_>, session: SessionId, news: News, now: Timestamp) -> DbResult<()> {
    tell_after(tx, session, news, ApplicationId::from_uuid(Uuid::nil()), now).await
}

async fn tell_after(tx: &mut Tx<'_>, session: SessionId, news: News, after: ApplicationId, now: Timestamp) -> DbResult<()> {
    let people = store::addressees(tx, session, after, BATCH).await?;
    for one in &people {
        journal::mail(tx, Mail::of(news.mail(), one.id, one.lang), now).await?;
    }
    let is_full = i64::try_from(people.len()).is_ok_and(|count| count == BATCH);
    if let Some(last) = people.last().filter(|_| is_full) {
        let rest = json!({ "news": news, "after": last.id.to_string() });
        journal::job(tx, Job::of("office.tell", session).with(rest), now).await?;
    }
    Ok(())
}

/// What a job of telling carries.
#[derive(Deserialize)]
struct Rest {
    news: News,
    after: ApplicationId,
}

/// Who does which job of the desk.
pub fn handlers() -> Handlers {
    Handlers::new().on("office.tell", async |db: db::Db, item: JobItem| {
        let session = item.object.map(SessionId::from_uuid).ok_or(JobError::Never("object"))?;
        let Rest { news, after } = serde_json::from_value(item.payload.clone()).map_err(|_| JobError::Never("payload"))?;
        // The job's id is the key: whoever does it a second time queues no second mail.
        let key = Key::new(item.id.uuid(), journal::audit::SYSTEM, [0; 32]);
        db.write(Lane::Staff, Some(key), async move |tx, now| tell_after(tx, session, news, after, now).await).await?;
        Ok(())
    })
}
