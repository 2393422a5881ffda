//! The courses that readers see: what was published here, and what stands in `data/courses` where nothing was.

use db::{DbResult, Tx};
use kernel::{Day, Lang};
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};
use web::Words;

use super::store::{self, Shown};
use super::version::VersionId;
use crate::content::{self, Course};

/// Versions that were read, by their id and edition. A published version never changes, so that it is read once, and stays for as long
/// as the program runs, as those from the disk do: `None` for one that the loader of this program refuses.
type Read = HashMap<(VersionId, i64), Option<&'static Course>>;

static READ: LazyLock<RwLock<Read>> = LazyLock::new(RwLock::default);

/// A course by its address, as it is shown on a day.
pub async fn course(tx: &mut Tx<'_>, slug: &str, day: Day) -> DbResult<Option<&'static Course>> {
    match store::shown(tx, slug, day).await? {
        Some(shown) => read(tx, &shown).await,
        None => Ok(content::course(slug)),
    }
}

/// Every course that is shown on a day, in the order of those from the disk.
pub async fn courses(tx: &mut Tx<'_>, day: Day) -> DbResult<Vec<&'static Course>> {
    // What is published is a public page as well, so nobody asks twice until something is.
    let published = tx.kept(format!("courses on {day}"), async move |tx| store::all_shown(tx, day).await).await?;
    let mut shown: HashMap<String, Shown> = published.into_iter().map(|one| (one.course.clone(), one)).collect();
    let mut courses = Vec::new();
    for disk in content::courses() {
        match shown.remove(&disk.slug) {
            // Read from the database once for each published version, and from memory ever after.
            Some(one) => courses.extend(read(tx, &one).await?),
            None => courses.push(disk),
        }
    }
    let mut others: Vec<Shown> = shown.into_values().collect();
    others.sort_by(|one, other| one.course.cmp(&other.course));
    for one in others {
        courses.extend(read(tx, &one).await?);
    }
    Ok(courses)
}

async fn read(tx: &mut Tx<'_>, shown: &Shown) -> DbResult<Option<&'static Course>> {
    let key = (shown.version, shown.edition);
    if let Some(known) = READ.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Ok(*known);
    }
    let files = store::files(tx, shown.version).await?.unwrap_or_default();
    let course = match files.load(&shown.course) {
        Ok(course) => Some(Course { edition: shown.edition, ..course }),
        Err(faults) => {
            for fault in faults {
                tracing::error!(fault = %fault.words(Words::of(Lang::Ja)), "a published version is left out");
            }
            None
        }
    };
    let mut all = READ.write().unwrap_or_else(PoisonError::into_inner);
    // Two who came at once have read the same: the first one stays.
    Ok(*all.entry(key).or_insert_with(|| course.map(|course| &*Box::leak(Box::new(course)))))
}
