//! What the audit trail calls the things of this wing: it knows them by their ids.

mod store;

use access::Action;
use kernel::Uuid;
use serde_json::Value;
use web::{Named, Naming, naming};

use crate::package::title_of;

/// Everything by the title of its package: who learns from it is not said.
pub const NAMINGS: &[Naming] = &[
    naming!("package", Action::SeeDrafts, |tx, ids, reader| {
        Ok(store::packages(tx, ids).await?.into_iter().map(|found| named(found, reader.w.lang)).collect())
    }),
    naming!("package-registration", Action::SeeDrafts, |tx, ids, reader| {
        Ok(store::registrations(tx, ids).await?.into_iter().map(|found| named(found, reader.w.lang)).collect())
    }),
    naming!("package-launch", Action::SeeDrafts, |tx, ids, reader| {
        Ok(store::launches(tx, ids).await?.into_iter().map(|found| named(found, reader.w.lang)).collect())
    }),
];

fn named((id, package, course, title): (Uuid, Uuid, String, Value), lang: kernel::Lang) -> Named {
    Named::new(id, title_of(&title, &course, lang.code()), format!("/staff/packages/{package}"))
}
