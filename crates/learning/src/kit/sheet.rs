//! What stands on every sheet of a kit: whose course it is, in which version, and how it may be used.

use web::{Settings, Words};

use crate::content::Course;

/// 初学者・医療従事者の方へ
pub(super) fn over(course: &Course, w: Words) -> String {
    let audience = ["executive", "admin", "intro"].into_iter().find(|known| *known == course.audience).unwrap_or("beginner");
    w.t(&format!("learning-for-{audience}"))
}

/// Who made the course, its version, and how it may be used.
pub(super) fn terms(course: &Course, settings: &Settings, w: Words) -> Vec<String> {
    let made = w.with("kit-made-by", &[("operator", settings.text("operator.name", w.lang)), ("version", &course.version)]);
    vec![made, w.t("kit-terms-short")]
}

/// At the foot of every page.
pub(super) fn foot(course: &Course, settings: &Settings, w: Words) -> String {
    let values =
        [("course", course.title.get(w.lang)), ("version", &*course.version), ("operator", settings.text("operator.name", w.lang))];
    w.with("kit-foot", &values)
}
