use std::sync::LazyLock;
use web::{Words, data_names, data_text};

use super::course::Course;
use super::fault::Fault;
use super::load::load;

/// For whom a course is, in the order in which courses are listed: those who are most come first.
pub const AUDIENCES: [&str; 4] = ["beginner", "executive", "admin", "intro"];

static LIBRARY: LazyLock<Vec<Course>> = LazyLock::new(|| {
    let (courses, faults) = read();
    for fault in faults {
        tracing::error!(fault = %fault.words(Words::of(kernel::Lang::Ja)), "a course is left out");
    }
    courses
});

/// Every course that can be shown.
pub fn courses() -> &'static [Course] {
    &LIBRARY
}

/// A course by its address.
pub fn course(slug: &str) -> Option<&'static Course> {
    LIBRARY.iter().find(|course| course.slug == slug)
}

/// Reads every folder of `data/courses`: those that are in order, and what is wrong with the others.
pub fn read() -> (Vec<Course>, Vec<Fault>) {
    let names = data_names("courses");
    let slugs = names.iter().filter_map(|name| name.strip_prefix("courses/")?.strip_suffix("/course.toml"));
    let (mut courses, mut faults) = (Vec::new(), Vec::new());
    for slug in slugs {
        let folder = format!("courses/{slug}/scenes/");
        let scenes: Vec<String> =
            names.iter().filter_map(|name| Some(name.strip_prefix(&folder)?.strip_suffix(".toml")?.to_owned())).collect();
        match load(slug, &scenes, &|file| Some(data_text(&format!("courses/{file}"))).filter(|text| !text.is_empty())) {
            Ok(course) => courses.push(course),
            Err(wrong) => faults.extend(wrong),
        }
    }
    courses.sort_by_key(|course| AUDIENCES.iter().position(|audience| *audience == course.audience).unwrap_or(AUDIENCES.len()));
    (courses, faults)
}
