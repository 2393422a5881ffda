use pdf::kit::Roster;
use web::{Settings, Words};

use super::session::Session;
use super::sheet::foot;
use crate::content::Course;

/// Shares of the width: number, department, job, name, signature.
const WIDTHS: [u32; 5] = [8, 26, 24, 34, 30];

/// A sheet on which everybody who is there signs, of so many pages.
pub(super) fn roster(course: &Course, session: &Session, pages: u32, settings: &Settings, w: Words) -> Roster {
    Roster {
        lang: w.lang.code().to_owned(),
        title: w.t("kit-paper-roster"),
        course: course.title.get(w.lang).to_owned(),
        institution: session.institution.clone(),
        facts: session.terms(w).into_iter().chain([(w.t("kit-people-there"), String::new())]).collect(),
        headings: ["kit-column-number", "kit-column-department", "kit-column-job", "kit-column-name", "kit-column-signature"]
            .map(|key| w.t(key))
            .to_vec(),
        widths: WIDTHS.to_vec(),
        pages,
        below: vec![w.t("kit-roster-done"), w.t("kit-roster-seen")],
        foot: foot(course, settings, w),
        issuer: settings.text("operator.name", w.lang).to_owned(),
    }
}
