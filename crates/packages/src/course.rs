//! The courses of packages, each read once: a structure of a thousand units is not read anew whenever one of them says something.

use cmi5::Course;
use db::{DbError, DbResult, Tx};
use kernel::Timestamp;
use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use crate::package::PackageId;
use crate::store;

/// Which edition of which package: what was brought in at another moment is another course.
type Edition = (PackageId, Timestamp);

/// The most bytes of structures, as they came, whose courses are kept.
const BYTES_MAX: usize = 32 << 20;

/// Courses that were read; those that were asked for last stand at the end.
#[derive(Default)]
struct Shelf {
    courses: VecDeque<(Edition, usize, Arc<Course>)>,
    bytes: usize,
}

static SHELF: LazyLock<Mutex<Shelf>> = LazyLock::new(Mutex::default);

impl Shelf {
    fn get(&mut self, edition: Edition) -> Option<Arc<Course>> {
        let at = self.courses.iter().position(|(known, ..)| *known == edition)?;
        let found = self.courses.remove(at)?;
        let course = Arc::clone(&found.2);
        self.courses.push_back(found);
        Some(course)
    }

    /// Puts a course there. Those that were asked for longest ago make room; one that is larger than the whole is not kept.
    fn put(&mut self, edition: Edition, bytes: usize, course: &Arc<Course>) {
        if bytes > BYTES_MAX || self.get(edition).is_some() {
            return;
        }
        self.bytes += bytes;
        self.courses.push_back((edition, bytes, Arc::clone(course)));
        while self.bytes > BYTES_MAX
            && let Some((_, bytes, _)) = self.courses.pop_front()
        {
            self.bytes -= bytes;
        }
    }
}

/// The course of a package, deleted or not; it was looked at when the package was brought in.
pub(crate) async fn course(tx: &mut Tx<'_>, id: PackageId) -> DbResult<Option<Arc<Course>>> {
    let Some(imported_at) = store::imported_at(tx, id).await? else { return Ok(None) };
    let edition = (id, imported_at);
    let known = SHELF.lock().unwrap_or_else(PoisonError::into_inner).get(edition);
    if known.is_some() {
        return Ok(known);
    }
    let Some(manifest) = store::manifest(tx, id).await? else { return Ok(None) };
    let course =
        Course::read(&manifest).map(Arc::new).map_err(|wrong| DbError::Unreadable { at: "packages".to_owned(), why: wrong.to_string() })?;
    SHELF.lock().unwrap_or_else(PoisonError::into_inner).put(edition, manifest.len(), &course);
    Ok(Some(course))
}

#[cfg(test)]
mod tests {
    use super::*;
    use cmi5::Texts;

    fn named(title: &str) -> Arc<Course> {
        let title = Texts(vec![("ja".to_owned(), title.to_owned())]);
        Arc::new(Course { id: String::new(), title, description: Texts::default(), objectives: Vec::new(), children: Vec::new() })
    }

    fn edition(n: u128, at: i64) -> Edition {
        (PackageId::from_uuid(kernel::Uuid::from_u128(n)), Timestamp::from_micros(at))
    }

    #[test]
    fn another_edition_is_another_course() {
        let mut shelf = Shelf::default();
        shelf.put(edition(1, 0), 10, &named("first"));
        assert_eq!(shelf.get(edition(1, 1)), None);
        shelf.put(edition(1, 1), 10, &named("second"));
        assert_eq!(shelf.get(edition(1, 0)), Some(named("first")));
        assert_eq!(shelf.get(edition(1, 1)), Some(named("second")));
    }

    #[test]
    fn the_shelf_has_an_end_and_what_is_asked_for_stays() {
        let mut shelf = Shelf::default();
        let half = BYTES_MAX / 2;
        shelf.put(edition(1, 0), half, &named("1"));
        shelf.put(edition(2, 0), half, &named("2"));
        assert!(shelf.get(edition(1, 0)).is_some());
        shelf.put(edition(3, 0), half, &named("3"));
        assert_eq!((shelf.get(edition(2, 0)), shelf.bytes), (None, BYTES_MAX));
        assert!(shelf.get(edition(1, 0)).is_some() && shelf.get(edition(3, 0)).is_some());
        shelf.put(edition(4, 0), BYTES_MAX + 1, &named("4"));
        assert_eq!((shelf.get(edition(4, 0)), shelf.courses.len()), (None, 2));
    }
}
