use kernel::Timestamp;
use pdf::Moment;
use tokio::sync::Semaphore;
use web::{PageError, Portal};

use crate::content::Course;
use crate::content::photo::Photos;

/// Setting a course takes a second or two of a processor, and anybody may ask: so many at once, so many who wait.
const AT_ONCE: usize = 2;
const WAITING: usize = 8;

static WORKERS: Semaphore = Semaphore::const_new(AT_ONCE);
static PLACES: Semaphore = Semaphore::const_new(AT_ONCE + WAITING);

/// Does heavy work off the threads that answer; busy where too many wait already.
pub(crate) async fn made<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PageError> {
    let _place = PLACES.try_acquire().map_err(|_| PageError::Busy)?;
    let _worker = WORKERS.acquire().await.map_err(|_| PageError::Busy)?;
    tokio::task::spawn_blocking(work).await.map_err(|_| PageError::Bug("making a file"))
}

/// The pictures of a course; busy where the store of files does not answer.
pub(crate) async fn photos_of(portal: &Portal, course: &Course) -> Result<Photos, PageError> {
    Photos::of(&portal.objects, course).await.map_err(|error| {
        tracing::error!(%error, course = course.slug, "a picture of a course is not there");
        PageError::Busy
    })
}

/// When a file is made, as typst wants it.
pub(super) fn moment(at: Timestamp) -> Moment {
    let utc = at.jst().with_time_zone(jiff::tz::TimeZone::UTC);
    let part = |part: i8| u8::try_from(part).unwrap_or_default();
    Moment {
        year: utc.year().into(),
        month: part(utc.month()),
        day: part(utc.day()),
        hour: part(utc.hour()),
        minute: part(utc.minute()),
        second: part(utc.second()),
    }
}
