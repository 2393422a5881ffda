//! The package of a course, for whoever keeps courses.

use access::Action;
use axum::extract::{Path, State};
use web::{Page, PageError, Portal, Routes, Visit};

use super::{Ids, package};
use crate::kit::{made_of, photos_of};
use crate::pages::course;

/// The route of the package.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/staff/courses/{course}/package", Action::EditTexts, take)
}

/// The zip of a course as readers see it today.
async fn take(State(portal): State<Portal>, visit: Visit, Path(slug): Path<String>) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    let (ids, settings) = (Ids::new(&portal.site.base_url), portal.settings());
    let work = move |photos| package(course, photos, &ids, &settings);
    let bytes = made_of(photos_of(&portal, course), work).await?.map_err(|wrong| {
        tracing::error!(%wrong, course = course.slug, "a course could not be packed");
        PageError::Bug("a course could not be packed")
    })?;
    Ok(Page::file("application/zip", &format!("{}-{}-cmi5.zip", course.slug, course.version), bytes))
}
