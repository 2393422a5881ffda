use kernel::Timestamp;
use pdf::Moment;
use tokio::sync::Semaphore;
use web::{PageError, Portal};

use crate::content::Course;
use crate::content::photo::Photos;

/// Setting a course takes a second or two of a processor, and anybody may ask: so many at once, so many who wait.
const AT_ONCE: usize = 2;
const WAITING: usize = 8;

static PRESS: Press = Press::new();

/// Who works, and who waits for that.
struct Press {
    workers: Semaphore,
    places: Semaphore,
}

impl Press {
    const fn new() -> Self {
        Self { workers: Semaphore::const_new(AT_ONCE), places: Semaphore::const_new(AT_ONCE + WAITING) }
    }

    /// What the work needs is brought only once it is its turn: the pictures of a course are tens of megabytes, which neither those
    /// who wait nor those who are sent away may hold. Work that was begun keeps its place to the end, whether or not somebody still
    /// waits for what it makes.
    async fn make<I: Send + 'static, T: Send + 'static>(
        &'static self,
        input: impl Future<Output = Result<I, PageError>>,
        work: impl FnOnce(I) -> T + Send + 'static,
    ) -> Result<T, PageError> {
        let place = self.places.try_acquire().map_err(|_| PageError::Busy)?;
        let worker = self.workers.acquire().await.map_err(|_| PageError::Busy)?;
        let input = input.await?;
        let working = tokio::task::spawn_blocking(move || {
            let made = work(input);
            drop((worker, place));
            made
        });
        working.await.map_err(|_| PageError::Bug("making a file"))
    }
}

/// Does heavy work off the threads that answer; busy where too many wait already.
pub(crate) async fn made<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PageError> {
    made_of(std::future::ready(Ok(())), move |()| work()).await
}

/// The same with something large, such as pictures, that is brought only once it is its turn.
pub(crate) async fn made_of<I: Send + 'static, T: Send + 'static>(
    input: impl Future<Output = Result<I, PageError>>,
    work: impl FnOnce(I) -> T + Send + 'static,
) -> Result<T, PageError> {
    PRESS.make(input, work).await
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

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;
    use std::cell::Cell;

    #[tokio::test]
    async fn what_is_large_is_brought_only_for_work_whose_turn_has_come() {
        static PRESS: Press = Press::new();
        let brought = Cell::new(0);
        let input = async || {
            brought.set(brought.get() + 1);
            Ok::<i32, PageError>(20)
        };
        let full = PRESS.places.try_acquire_many(10).unwrap();
        assert!(matches!(PRESS.make(input(), |n: i32| n + 1).await, Err(PageError::Busy)), "ten are at it already");
        drop(full);
        let at_work = PRESS.workers.try_acquire_many(2).unwrap();
        assert!(PRESS.make(input(), |n: i32| n + 1).now_or_never().is_none(), "two are at work, and this one waits");
        assert_eq!(brought.get(), 0, "neither of them holds anything");
        drop(at_work);
        assert_eq!(PRESS.make(input(), |n: i32| n + 1).await.unwrap(), 21);
        assert_eq!(brought.get(), 1);
        let gone = std::future::ready(Err::<i32, _>(PageError::Busy));
        assert!(PRESS.make(gone, |n: i32| n + 1).await.is_err(), "of what cannot be brought nothing is made");
        assert_eq!((PRESS.places.available_permits(), PRESS.workers.available_permits()), (10, 2), "whoever is done makes room");
    }

    #[tokio::test]
    async fn work_keeps_its_place_when_nobody_waits_for_it_any_more() {
        static PRESS: Press = Press::new();
        let (go, told) = std::sync::mpsc::channel::<()>();
        let work = move |()| told.recv().is_ok();
        assert!(PRESS.make(std::future::ready(Ok(())), work).now_or_never().is_none(), "it is begun, and its visitor has left");
        assert_eq!((PRESS.places.available_permits(), PRESS.workers.available_permits()), (9, 1));
        go.send(()).unwrap();
        while PRESS.places.available_permits() < 10 {
            tokio::task::yield_now().await;
        }
        assert_eq!(PRESS.workers.available_permits(), 2);
    }
}
