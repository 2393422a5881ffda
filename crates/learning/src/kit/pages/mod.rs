//! The list of kits, and the page of a course's kit. Open to everybody, as the course is: whoever may read it may teach it, and nothing that is typed here is kept.
//! It is no page that is kept rendered, since contacts do not belong into addresses and a form that posts stands on a page of its own.

mod list;
mod show;

use access::Action;
use web::Routes;

/// The routes of kits.
pub(crate) fn routes() -> Routes {
    Routes::new().public("/courses/kits", list::list).get("/courses/{course}/kit", Action::ReadCourses, show::show).post(
        "/courses/{course}/kit",
        Action::ReadCourses,
        show::make,
    )
}
