use askama::Template;
use axum::extract::{Query, State};
use kernel::FiscalYear;
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Visit, paging};

use super::super::plan::{Plan, Stage};
use super::super::store::{self, ROWS, Wanted};
use super::PATH;
use crate::office::staff_pages;
use access::Action;

/// Which plans, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    year: String,
    stage: String,
    before: String,
}

/// A plan as a row.
struct Row {
    href: String,
    title: String,
    year: String,
    shape: &'static str,
    stage: String,
    at: String,
}

#[derive(Template)]
#[template(path = "office/plans/pages/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
    stages: Vec<(String, String, bool)>,
    year: String,
    year_label: String,
    is_filtered: bool,
    can_edit: bool,
    pager: Pager,
}

/// The plans, newest first.
pub async fn list(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let w = visit.words();
    let year: Option<FiscalYear> = asked.year.parse().ok();
    let stage: Option<Stage> = asked.stage.parse().ok();
    let before = paging::read_place(&asked.before);
    let mut plans = portal.db.read(async move |tx| store::plans(tx, Wanted { year, stage }, before).await).await?;
    let address = |stage: Option<Stage>, before: &str| {
        let year = year.map_or_else(String::new, |year| year.to_string());
        let pairs = [("year", year.as_str()), ("stage", stage.map_or("", Stage::id)), ("before", before)];
        let set: Vec<(&str, &str)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let query = serde_urlencoded::to_string(set).unwrap_or_default();
        if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") }
    };
    let next =
        paging::cut(&mut plans, ROWS).map_or_else(String::new, |last| visit.to(&address(stage, &paging::place(last.made_at, last.id))));
    let chips = std::iter::once(None).chain(Stage::ALL.into_iter().map(Some)).map(|one| {
        let word = one.map_or_else(|| w.t("office-all"), |one: Stage| w.t(&one.key()));
        (address(one, ""), word, one == stage)
    });
    let page = ListPage {
        frame: staff_pages::frame(&portal, &visit, w.t("plans-title")).here(),
        stages: chips.collect(),
        rows: plans.iter().map(|plan| row(plan, &visit)).collect(),
        year: year.map_or_else(String::new, |year| year.to_string()),
        year_label: year.map_or_else(String::new, |year| year.label(visit.lang)),
        is_filtered: year.is_some() || stage.is_some(),
        can_edit: portal.offers(&visit, Action::EditProgrammes),
        pager: Pager::onward(next),
    };
    Page::html(&page)
}

fn row(plan: &Plan, visit: &Visit) -> Row {
    let w = visit.words();
    Row {
        href: format!("{PATH}/{}", plan.id),
        title: w.t(&plan.kind.key()),
        year: plan.year.label(visit.lang),
        shape: plan.stage().shape(),
        stage: w.t(&plan.stage().key()),
        at: staff_pages::long_moment(plan.saved_at, visit.lang),
    }
}
