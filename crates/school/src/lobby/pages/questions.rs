use askama::Template;
use axum::extract::{Path, State};
use journal::Entry;
use people::organizations;
use web::paging::{self, Query, ROWS, asked};
use web::{Frame, Numbered, Page, PageError, Pager, Portal, Posted, Visit, Words};

use super::written::written;
use crate::lobby::question::mark as mark_question;
use crate::lobby::store;
use crate::office::staff_pages::{self, Head, Tab, Whole};
use crate::trainings::application::ApplicationId;

/// As many can be taken out at once.
const MOST: i64 = 10_000;

struct Row {
    id: String,
    number: String,
    question: String,
    who: String,
    is_answered: bool,
}

#[derive(Template)]
#[template(path = "lobby/pages/questions.html")]
struct QuestionsPage {
    frame: Frame,
    head: Head,
    rows: Vec<Row>,
    total: String,
    is_open_only: bool,
    pager: Pager,
    page: i64,
    can_mark: bool,
    can_export: bool,
}

/// What people want to ask the lecturer. Names are not among it: the list goes to the lecturer.
pub async fn list(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, query: Query) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let (w, wanted) = (visit.words(), asked(&query, "page"));
    let session = whole.session.id;
    let is_open_only = asked(&query, "show") == "open";
    let (lines, shown, (all, answered)) = portal
        .db
        .read(async move |tx| {
            let (all, answered) = store::count_questions(tx, session).await?;
            let shown = Numbered::of(if is_open_only { all - answered } else { all }, ROWS, &wanted);
            let lines = store::questions(tx, session, is_open_only, shown.skipped(), shown.rows()).await?;
            Ok((lines, shown, (all, answered)))
        })
        .await?;
    let (frame, head) = whole.head(&portal, &visit, w.t("questions-title"), Some(Tab::Questions));
    let path = whole.path("/questions");
    let page = QuestionsPage {
        rows: lines.iter().map(|line| row(&whole, w, line)).collect(),
        total: w.with("questions-total", &[("n", &all.to_string()), ("answered", &answered.to_string())]),
        pager: shown.pager(w, |page| visit.to(&paging::with(&path, &query, &[("page", page)]))),
        can_mark: portal.offers(&visit, access::Action::EditApplicants),
        can_export: portal.offers(&visit, access::Action::ExportApplicants),
        is_open_only,
        page: shown.number(),
        frame,
        head,
    };
    Page::html(&page)
}

fn row(whole: &Whole, w: Words, line: &store::Asked) -> Row {
    let kind = organizations::kind(&line.organization_kind).map_or("", |kind| kind.name(w.lang));
    let job = organizations::job(&line.job).map_or("", |job| job.name(w.lang));
    Row {
        id: line.application.to_string(),
        number: whole.receipt(line.number),
        question: line.question.clone(),
        who: [kind, job].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(w.lang.pick("／", ", ")),
        is_answered: line.answered_at.is_some(),
    }
}

/// Marks one as answered, or takes that back.
pub async fn mark(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let (session, by) = (whole.session.id, visit.actor.label());
    if let Ok(application) = posted.get("application").parse::<ApplicationId>() {
        let is_answered = posted.get("do") != "reopen";
        portal
            .db
            .write(db::Lane::Staff, None, async move |tx, now| mark_question(tx, session, application, is_answered, &by, now).await)
            .await?;
    }
    let show = if posted.get("show") == "open" { "open" } else { "" };
    let page: u32 = posted.get("page").parse().unwrap_or(1);
    Ok(Page::see_other(&visit.to(&whole.path(&format!("/questions?show={show}&page={page}")))))
}

/// All of them as a table, without names.
pub async fn export(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let w = visit.words();
    let session = whole.session.id;
    let lines = portal.db.read(async move |tx| store::questions(tx, session, false, 0, MOST).await).await?;
    let headings = ["office-file-number", "apply-question", "questions-who", "questions-state"].map(|key| w.t(key));
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| {
            let row = row(&whole, w, line);
            let state = w.t(if row.is_answered { "questions-answered" } else { "questions-open" });
            vec![row.number, row.question, row.who, state]
        })
        .collect();
    let is_csv = posted.get("format") == "csv";
    let entry = Entry::by(&visit.actor.label()).did("lobby.questions_exported");
    written(&portal, &whole, ("questions", entry), is_csv, &headings, &rows).await
}
