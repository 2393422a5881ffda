use access::Action;
use askama::Template;
use axum::extract::State;
use kernel::short_moment;
use web::paging::{self, Query, ROWS, asked};
use web::{Frame, Numbered, Page, PageError, Pager, Portal, Visit};

use super::{room_title, who};
use crate::approval::room::Room;
use crate::approval::sieve::Sieve;
use crate::approval::store;
use crate::approval::version::Stage;

#[derive(Template)]
#[template(path = "approval/pages/list.html")]
struct ListPage {
    frame: Frame,
    path: &'static str,
    lead: String,
    new: String,
    can_import: bool,
    stages: Vec<(String, String, i64, bool)>,
    stage: &'static str,
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
    let (w, q) = (visit.words(), asked(&query, "q"));
    let stage: Option<Stage> = asked(&query, "stage").parse().ok();
    let (sieve, wanted) = (Sieve { kind: R::KIND, like: db::holding(&kernel::fold(&q)) }, asked(&query, "page"));
    let (counts, shown, lines) = portal
        .db
        .read(async move |tx| {
            let counts = store::count(tx, &sieve).await?;
            let shown = Numbered::of(counts.of(stage), ROWS, &wanted);
            Ok((counts, shown, store::lines(tx, &sieve, stage, shown.skipped(), shown.rows()).await?))
        })
        .await?;
    let chip = |one: Option<Stage>| {
        let (id, key) = one.map_or(("", "approval-stage-all".to_owned()), |one| (one.id(), one.key()));
        (paging::with(R::PATH, &query, &[("stage", id)]), w.t(&key), counts.of(one), one == stage)
    };
    let of_any = Stage::ALL.into_iter().map(Some).filter(|one| counts.of(*one) > 0 || *one == stage);
    let stages = std::iter::once(None).chain(of_any).map(chip).collect();
    let pager = shown.pager(w, |page| visit.to(&paging::with(R::PATH, &query, &[("page", page)])));
    let rows = lines
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
        is_filtered: !q.is_empty() || stage.is_some(),
        stage: stage.map_or("", Stage::id),
        q,
        rows,
        pager,
    })
}
