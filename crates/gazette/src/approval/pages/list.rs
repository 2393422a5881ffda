use access::Action;
use askama::Template;
use axum::extract::State;
use kernel::short_moment;
use web::{Frame, Page, PageError, Pager, Portal, Visit};

use super::{room_title, who};
use crate::approval::room::Room;
use crate::approval::store;
use crate::approval::version::Stage;
use crate::asked::{self, Query, asked};

#[derive(Template)]
#[template(path = "approval/pages/list.html")]
struct ListPage {
    frame: Frame,
    path: &'static str,
    lead: String,
    new: String,
    can_import: bool,
    stages: Vec<(String, String, usize, bool)>,
    stage: String,
    q: String,
    rows: Vec<Row>,
    pager: Pager,
    is_filtered: bool,
}

struct Row {
    href: String,
    title: String,
    mark: String,
    english: bool,
    stage: Stage,
    word: String,
    at: String,
    who: String,
}

/// Every text of a room, the one that was touched last on top; what waits for somebody can be looked at alone.
pub async fn list<R: Room>(State(portal): State<Portal>, visit: Visit, query: Query) -> Result<Page, PageError> {
    let lines = portal.db.read(async move |tx| store::lines(tx, R::KIND).await).await?;
    let w = visit.words();
    let (q, stage) = (asked(&query, "q"), asked(&query, "stage"));
    let folded = kernel::fold(&q);
    let found: Vec<_> =
        lines.iter().filter(|line| kernel::fold(&format!("{} {}", line.title_ja, line.title_en)).contains(&folded)).collect();
    let mut stages = vec![(asked::with(R::PATH, &query, "stage", ""), w.t("approval-stage-all"), found.len(), stage.is_empty())];
    for one in Stage::ALL {
        let count = found.iter().filter(|line| line.step.leads_to() == one).count();
        if count > 0 || stage == one.id() {
            stages.push((asked::with(R::PATH, &query, "stage", one.id()), w.t(&one.key()), count, stage == one.id()));
        }
    }
    let of_stage: Vec<_> = found.into_iter().filter(|line| stage.is_empty() || line.step.leads_to().id() == stage).collect();
    let (shown, pager) = asked::page(&of_stage, R::PATH, &query, w);
    let rows = shown
        .iter()
        .map(|line| Row {
            href: format!("{}/{}", R::PATH, line.text),
            title: line.title_ja.clone(),
            mark: R::mark(&line.facts, w),
            english: !line.title_en.is_empty(),
            stage: line.step.leads_to(),
            word: w.t(&line.step.leads_to().key()),
            at: short_moment(line.at, w.lang),
            who: who(&line.actor, &line.role, &visit),
        })
        .collect();
    let frame = Frame::new(&portal, &visit, room_title::<R>(w)).in_office().here();
    Page::html(&ListPage {
        can_import: R::GROWS && portal.offers(&visit, Action::ImportLists),
        frame,
        path: R::PATH,
        lead: w.t(&format!("{}-staff-lead", R::WORDS)),
        new: if R::GROWS && portal.offers(&visit, Action::EditTexts) { w.t(&format!("{}-staff-new", R::WORDS)) } else { String::new() },
        stages,
        is_filtered: !q.is_empty() || !stage.is_empty(),
        stage,
        q,
        rows,
        pager,
    })
}
