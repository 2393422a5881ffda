//! What the audit trail calls the things of this wing: it knows them by their ids.

mod store;

use access::Action;
use kernel::Uuid;
use web::{Named, Naming, Words, naming};

use crate::assignments::Target;
use crate::authoring::bundle::Bundle;
use crate::authoring::library;

/// Courses by their titles, sittings of a kit by what the institution calls them. Whose an assignment is, stands beside what it is.
pub const NAMINGS: &[Naming] = &[
    naming!("course_version", Action::SeeDrafts, |tx, ids, reader| {
        let named = |(id, course, label, files): (Uuid, String, String, Bundle)| {
            let title = files.course().map_or_else(|| course.clone(), |file| file.title.get(reader.w.lang).to_owned());
            Named::new(id, beside(reader.w, &title, &label), format!("/staff/courses/{course}/versions/{id}"))
        };
        Ok(store::versions(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("study", Action::SeeFigures, |tx, ids, reader| {
        let shown = library::courses(tx, reader.now.day()).await?;
        let named = |(id, slug): (Uuid, String)| {
            let course = shown.iter().find(|course| course.slug == slug);
            let title = course.map_or("", |course| course.title.get(course.lang(reader.w.lang)));
            Named::new(id, title, format!("/staff/courses/{slug}"))
        };
        Ok(store::studies(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("assignment", Action::ReadAudit, |tx, ids, reader| {
        let shown = library::courses(tx, reader.now.day()).await?;
        let named = |(id, organization, path, course): (Uuid, String, String, String)| {
            let target = Target::stored(&path, &course, &shown);
            let title = target.map_or_else(|| reader.w.t("assign-gone"), |target| target.title(reader.w.lang).to_owned());
            Named::new(id, beside(reader.w, &title, &organization), "")
        };
        Ok(store::assignments(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("kit", Action::ReadAudit, |tx, ids, reader| {
        let named = |(id, title, label): (Uuid, String, String)| Named::new(id, beside(reader.w, &title, &label), "");
        Ok(store::kits(tx, ids).await?.into_iter().map(named).collect())
    }),
];

/// 情報セキュリティの基本（2026.2）
fn beside(w: Words, name: &str, more: &str) -> String {
    format!("{name}{}{more}{}", w.lang.pick("（", " ("), w.lang.pick("）", ")"))
}
