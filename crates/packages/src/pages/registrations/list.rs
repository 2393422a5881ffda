use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::long_moment;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Visit, Words, page_of};

use super::{Named, Whole, frame, path_of, whole, whole_state};
use crate::launches::LASTS;
use crate::pages::ROWS;
use crate::store::{self, Learner};

/// Letters of a text that is looked for.
const LONGEST: usize = 100;

/// Whom to look for, and which page, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    q: String,
    page: String,
}

#[derive(Template)]
#[template(path = "pages/registrations/list.html")]
struct ListPage {
    frame: Frame,
    path: String,
    package: String,
    q: String,
    counts: String,
    rows: Vec<Row>,
    pager: Pager,
}

struct Row {
    path: String,
    named: Named,
    far: String,
    shape: &'static str,
    state: String,
    is_open: bool,
    launched: String,
}

/// Who learns from a package, who registered last first.
pub(super) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let Whole { package, .. } = whole(&portal, &id).await?;
    let (w, (number, skipped)) = (visit.words(), page_of(&asked.page, ROWS));
    let q: String = kernel::one_line(&asked.q).chars().take(LONGEST).collect();
    let (id, text, of) = (package.id, q.clone(), (package.id, visit.now.minus(LASTS)));
    let read =
        async move |tx: &mut db::Tx<'_>| Ok((store::learners(tx, of, &text, skipped, ROWS + 1).await?, store::counts(tx, id).await?));
    let (mut learners, counts) = portal.db.read(read).await?;
    let path = path_of(&package);
    let sifted = if q.is_empty() { path.clone() } else { format!("{path}?q={}", utf8_percent_encode(&q, NON_ALPHANUMERIC)) };
    let pager = Pager::numbered(&visit, &sifted, (number, ROWS), &mut learners);
    let counts = [("people", &*counts.registered.to_string()), ("done", &*counts.satisfied.to_string())];
    let page = ListPage {
        frame: frame(&portal, &visit, &package, w.t("packages-learners-title")).here(),
        package: package.title(w.lang.code()),
        counts: w.with("packages-learners-counts", &counts),
        rows: learners.iter().map(|learner| row(learner, &path, package.units, w)).collect(),
        pager,
        path,
        q,
    };
    Page::html(&page)
}

fn row(learner: &Learner, path: &str, units: i64, w: Words) -> Row {
    let (shape, state) = whole_state(learner, w);
    Row {
        path: format!("{path}/{}", learner.id),
        named: Named::of(learner),
        far: w.with("packages-learner-far", &[("done", &learner.done.to_string()), ("all", &units.to_string())]),
        shape,
        state,
        is_open: learner.is_open,
        launched: learner.launched_at.map_or_else(|| w.t("packages-learner-never"), |at| long_moment(at, w.lang)),
    }
}
