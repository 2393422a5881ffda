use access::Action;
use askama::Template;
use axum::extract::State;
use web::{Frame, Page, PageError, Portal, Visit};

use crate::authoring::{self, library};
use crate::study::store;

#[derive(Template)]
#[template(path = "pages/staff_list.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<CourseLine>,
    /// Courses that readers do not see yet: where they are written, and their titles.
    unseen: Vec<(String, String)>,
    can_write: bool,
}

struct CourseLine {
    path: String,
    /// Where the course is written.
    versions: String,
    title: String,
    period: String,
    begun: i64,
    on_the_way: i64,
    learned: i64,
    tested_out: i64,
}

/// How many learn each course.
pub async fn list(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let day = visit.now.day();
    let read = async move |tx: &mut db::Tx<'_>| {
        Ok((store::counts(tx).await?, library::courses(tx, day).await?, authoring::store::begun_courses(tx).await?))
    };
    let (counts, courses, begun) = portal.db.read(read).await?;
    let w = visit.words();
    let line = |course: &crate::content::Course| {
        let found = counts.iter().find(|counts| counts.course == course.slug && counts.period == course.period());
        let (begun, learned, tested_out) = found.map_or((0, 0, 0), |counts| (counts.begun, counts.learned, counts.tested_out));
        CourseLine {
            path: format!("/staff/courses/{}", course.slug),
            versions: format!("/staff/courses/{}/versions", course.slug),
            title: course.title.get(visit.lang).to_owned(),
            period: super::period(course, w),
            begun,
            on_the_way: begun - learned - tested_out,
            learned,
            tested_out,
        }
    };
    let frame = Frame::new(&portal, &visit, w.t("learning-staff-title")).in_office().here();
    let unseen = begun.into_iter().filter(|(slug, _)| courses.iter().all(|course| course.slug != *slug));
    let unseen = unseen.map(|(slug, files)| {
        let title = files.course().map_or_else(|| slug.clone(), |file| file.title.get(visit.lang).to_owned());
        (format!("/staff/courses/{slug}/versions"), title)
    });
    let can_write = portal.offers(&visit, Action::EditTexts);
    Page::html(&ListPage { frame, unseen: unseen.collect(), lines: courses.iter().copied().map(line).collect(), can_write })
}
