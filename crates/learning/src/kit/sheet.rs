//! What stands on every sheet of a kit: whose course it is, in which version, and how it may be used.

use web::{Settings, Words};

use crate::content::Course;

/// 初学者・医療従事者の方へ
pub(super) fn over(course: &Course, w: Words) -> String {
    w.t(&format!("learning-for-{}", course.for_whom()))
}

/// Who made the course, which version of it this is, and how it may be used.
pub(crate) fn terms(version: &str, settings: &Settings, w: Words) -> Vec<String> {
    let made = w.with("kit-made-by", &[("operator", settings.text("operator.name", w.lang)), ("version", version)]);
    vec![made, w.t("kit-terms-short")]
}

/// At the foot of every page.
pub(super) fn foot(course: &Course, settings: &Settings, w: Words) -> String {
    let values =
        [("course", course.title.get(w.lang)), ("version", &*course.version), ("operator", settings.text("operator.name", w.lang))];
    w.with("kit-foot", &values)
}
