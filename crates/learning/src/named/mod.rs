//! What the audit trail calls the things of this wing: it knows them by their ids.

mod store;

use access::Action;
use kernel::Uuid;
use web::{MailAbout, Named, Naming, Words, naming};

use crate::assignments::Target;
use crate::authoring::library;
use crate::content::Course;

/// Courses by their titles, sittings of a kit by what the institution calls them, staff by where they work. Whose an assignment is,
/// stands beside what it is.
pub const NAMINGS: &[Naming] = &[
    naming!("course_version", Action::SeeDrafts, |tx, ids, reader| {
        let shown = library::courses(tx, reader.now.day()).await?;
        let named = |(id, slug, label): (Uuid, String, String)| {
            // What readers do not see yet is told by the address that its writer has given it.
            let title = title(&shown, &slug, reader.w).unwrap_or(&slug);
            Named::new(id, beside(reader.w, title, &label), format!("/staff/courses/{slug}/versions/{id}"))
        };
        Ok(store::versions(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("study", Action::SeeFigures, |tx, ids, reader| {
        let shown = library::courses(tx, reader.now.day()).await?;
        let named = |(id, slug): (Uuid, String)| {
            Named::new(id, title(&shown, &slug, reader.w).unwrap_or_default(), format!("/staff/courses/{slug}"))
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
    naming!("staff_member", Action::SeeCertificates, |tx, ids, _reader| {
        let named =
            |(id, organization, name): (Uuid, Uuid, String)| Named::new(id, name, format!("/staff/organizations/{organization}/record"));
        Ok(store::staff(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("kit", Action::ReadAudit, |tx, ids, reader| {
        let named = |(id, title, label): (Uuid, String, String)| Named::new(id, beside(reader.w, &title, &label), "");
        Ok(store::kits(tx, ids).await?.into_iter().map(named).collect())
    }),
];

/// What mails are about.
pub const MAILS: &[MailAbout] = &[("assignments.due", &["staff_member"])];

/// The title of a course that is shown.
fn title<'a>(shown: &[&'a Course], slug: &str, w: Words) -> Option<&'a str> {
    let course: &'a Course = shown.iter().find(|course| course.slug == slug)?;
    Some(course.title.get(course.lang(w.lang)))
}

/// 情報セキュリティの基本（2026.2）
fn beside(w: Words, name: &str, more: &str) -> String {
    format!("{name}{}{more}{}", w.lang.pick("（", " ("), w.lang.pick("）", ")"))
}
