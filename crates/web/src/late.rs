use axum::extract::Request;
use axum::response::Response;
use kernel::Lang;

use crate::guard::{AddressLang, bare_visit, is_for_programs, take_language};
use crate::{PageError, Portal, problem};

/// The answer to a request that ran into the time limit: the page of the house, in the language of the address.
///
/// Whoever only looked has lost nothing. A change may still have been on its way to the database when we stopped waiting, so it is
/// said that nobody knows, and that the same form brings the result.
pub fn too_late(portal: &Portal, head: Request) -> Response {
    let changes = !head.method().is_safe();
    let request = take_language(head);
    let lang = request.extensions().get::<AddressLang>().map_or(Lang::Ja, |lang| lang.0);
    let visit = bare_visit(portal, &request, lang);
    let error = if changes { PageError::Unknown } else { PageError::Late };
    problem::page(portal, &visit, &error, is_for_programs(&visit.path))
}
