//! Pictures made of points, as browsers fetch them.

use axum::extract::{Path, State};
use axum::http::header;
use web::{Page, PageError, Portal, Visit};

use super::course;
use crate::content::photo::Photo;

/// A picture of a course, as it is shown today.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path((slug, file)): Path<(String, String)>) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    let photo = course.photos().find(|photo| photo.file() == file).ok_or(PageError::NotFound)?;
    answer(&portal, photo).await
}

/// The bytes of a picture. Its address is the hash of its bytes: whoever has it needs it never again.
pub(crate) async fn answer(portal: &Portal, photo: &Photo) -> Result<Page, PageError> {
    let bytes = photo.bytes(&portal.objects).await.map_err(|error| {
        tracing::error!(%error, file = photo.file(), "a picture of a course is not there");
        PageError::NotFound
    })?;
    Ok(Page::of(photo.content_type(), bytes).with(header::CACHE_CONTROL, "private, max-age=31536000, immutable"))
}
