use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::long_moment;
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Visit, Words};

use super::{Named, One, one, whole_state};
use crate::launches::LASTS;
use crate::pages::tree::{self, Line};

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    done: String,
}

#[derive(Template)]
#[template(path = "pages/registrations/show.html")]
struct ShowPage {
    frame: Frame,
    path: String,
    named: Named,
    /// Term and text.
    facts: Vec<(String, String)>,
    shape: &'static str,
    state: String,
    /// Which unit is open, and since when; empty for none.
    open: String,
    lines: Vec<Line>,
    can_change: bool,
}

/// One registration: what is done, what is left, what is open.
pub(super) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path((package, registration)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let one = one(&portal, &visit, &package, &registration).await?;
    let (w, named) = (visit.words(), Named::of(&one.learner));
    let frame = one.frame(&portal, &visit, named.name.clone());
    let frame = frame_below(frame, &one, w);
    let frame = match asked.done.as_str() {
        done @ ("waived" | "abandoned") => frame.done(w.t(&format!("packages-done-{done}"))),
        _ => frame,
    };
    let (shape, state) = whole_state(&one.learner, w);
    let page = ShowPage {
        frame,
        path: one.path(),
        facts: facts(&one, &named, w),
        shape,
        state,
        open: open_words(&one, &visit),
        lines: tree::lines(&one.course, Some(&one.standing), w),
        can_change: one.can_change(),
        named,
    };
    Page::html(&page)
}

/// With the list and the page itself as the last steps of the way.
fn frame_below(frame: Frame, one: &One, w: Words) -> Frame {
    frame.crumb(w.t("packages-learners-title"), &super::path_of(&one.package)).here()
}

/// What stands on top: where nothing is known, nothing is said.
fn facts(one: &One, named: &Named, w: Words) -> Vec<(String, String)> {
    let far = [("done", &*one.learner.done.to_string()), ("all", &*one.package.units.to_string())];
    let last = one.learner.launched_at.map_or_else(|| w.t("packages-learner-never"), |at| long_moment(at, w.lang));
    let mut facts = vec![
        (w.t("packages-learner-address"), named.address.clone()),
        (w.t("packages-learner-place"), named.place.clone()),
        (w.t("packages-learner-units"), w.with("packages-learner-far", &far)),
        (w.t("packages-learner-last"), last),
    ];
    facts.extend(one.learner.satisfied_at.map(|at| (w.t("packages-learner-satisfied"), long_moment(at, w.lang))));
    facts.retain(|(_, text)| !text.is_empty());
    facts
}

/// Which unit is open, since when, and whether anything still comes from it.
pub(super) fn open_words(one: &One, visit: &Visit) -> String {
    let w = visit.words();
    let Some(launch) = &one.standing.open else { return String::new() };
    let units = one.course.units();
    let title = units.get(launch.unit()).map_or_else(String::new, |unit| tree::title_of(unit, w));
    let key = if launch.launched_at > visit.now.minus(LASTS) { "packages-session-open" } else { "packages-session-old" };
    w.with(key, &[("unit", &title), ("since", &long_moment(launch.launched_at, w.lang))])
}
