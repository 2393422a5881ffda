use askama::Template;
use axum::extract::{Path, Query, State};
use journal::Entry;
use people::organizations;
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Posted, Visit, Words};

use super::written::written;
use crate::lobby::question::mark as mark_question;
use crate::lobby::store;
use crate::office::staff_pages::{self, Head, Tab, Whole};
use crate::trainings::application::ApplicationId;

/// Questions on a page.
const ROWS: i64 = 50;

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
    page: u32,
    can_mark: bool,
    can_export: bool,
}

/// Which questions.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    show: String,
    page: u32,
}

/// What people want to ask the lecturer. Names are not among it: the list goes to the lecturer.
pub async fn list(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let w = visit.words();
    let session = whole.session.id;
    let is_open_only = asked.show == "open";
    let page = asked.page.clamp(1, 10_000);
    let skip = i64::from(page - 1) * ROWS;
    let (lines, (all, answered)) = portal
        .db
        .read(async move |tx| {
            Ok((store::questions(tx, session, is_open_only, skip, ROWS).await?, store::count_questions(tx, session).await?))
        })
        .await?;
    let (frame, head) = whole.head(&portal, &visit, w.t("questions-title"), Some(Tab::Questions));
    let count = if is_open_only { all - answered } else { all };
    let to = |page: u32| format!("{}?show={}&page={page}", visit.to(&whole.path("/questions")), asked.show);
    let page = QuestionsPage {
        rows: lines.iter().map(|line| row(&whole, w, line)).collect(),
        total: w.with("questions-total", &[("n", &all.to_string()), ("answered", &answered.to_string())]),
        pager: Pager {
            previous: if page > 1 { to(page - 1) } else { String::new() },
            next: if skip + ROWS < count { to(page + 1) } else { String::new() },
            shown: String::new(),
        },
        can_mark: portal.offers(&visit, access::Action::EditApplicants),
        can_export: portal.offers(&visit, access::Action::ExportApplicants),
        is_open_only,
        page,
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
