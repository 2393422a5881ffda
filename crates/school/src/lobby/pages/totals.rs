use askama::Template;
use axum::extract::{Path, State};
use journal::Entry;
use kernel::Uuid;
use web::paging::{self, Query, ROWS, asked};
use web::{Frame, Numbered, Page, PageError, Pager, Portal, Posted, Visit, Words};

use super::meeting::session;
use super::written::written;
use crate::lobby::questionnaire::{self, Kind, Question, Questionnaire};
use crate::lobby::store::{self, Tally};
use crate::office::staff_pages::{Head, Tab};

/// Free answers to each question, where all of them stand on one page.
const FIRST: i64 = 5;

/// A bar: the words, how many, of a hundred, and how long it is drawn.
struct Bar {
    words: String,
    times: i64,
    percent: i64,
    width: i64,
    y: usize,
}

struct Counted {
    id: String,
    words: String,
    bars: Vec<Bar>,
    height: usize,
    mean: String,
}

struct Free {
    id: String,
    words: String,
    said: Vec<String>,
    total: String,
    is_more: bool,
}

#[derive(Template)]
#[template(path = "lobby/pages/totals.html")]
struct TotalsPage {
    frame: Frame,
    head: Head,
    name: String,
    total: i64,
    total_words: String,
    counted: Vec<Counted>,
    free: Vec<Free>,
    pager: Pager,
    only: String,
    is_off: bool,
}

impl TotalsPage {
    /// That of a session that asks nothing.
    fn off(frame: Frame, head: Head) -> Self {
        Self {
            frame,
            head,
            name: String::new(),
            total: 0,
            total_words: String::new(),
            counted: Vec::new(),
            free: Vec::new(),
            pager: Pager::default(),
            only: String::new(),
            is_off: true,
        }
    }
}

/// The answers to the questionnaire of a session, counted; nobody's name is with them.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, query: Query) -> Result<Page, PageError> {
    let (whole, meeting) = session(&portal, &visit, &id).await?;
    let w = visit.words();
    let (frame, head) = whole.head(&portal, &visit, w.t("lobby-survey-word"), Some(Tab::Questionnaire));
    let Some(questionnaire) = questionnaire::find(&meeting.questionnaire) else {
        return Page::html(&TotalsPage::off(frame, head));
    };
    let chosen = asked(&query, "question");
    let only = questionnaire.questions.iter().find(|question| question.kind == Kind::Text && question.id == chosen);
    let shown: Vec<&'static Question> = match only {
        Some(only) => vec![only],
        None => questionnaire.questions.iter().filter(|question| question.kind == Kind::Text).collect(),
    };
    let (rows, wanted) = if only.is_some() { (ROWS, asked(&query, "page")) } else { (FIRST, String::new()) };
    let session = whole.session.id;
    let (total, tallies, said) = portal
        .db
        .read(async move |tx| {
            let total = store::count_responses(tx, session, &questionnaire.id).await?;
            let tallies = store::tallies(tx, session, &questionnaire.id).await?;
            let mut said = Vec::new();
            // As many as the questionnaire has questions in words: two or three.
            for question in &shown {
                let count = store::count_words(tx, session, &questionnaire.id, &question.id).await?;
                let page = Numbered::of(count, rows, &wanted);
                let words = store::words_said(tx, session, &questionnaire.id, &question.id, page.skipped(), page.rows()).await?;
                said.push((*question, words, count, page));
            }
            Ok((total, tallies, said))
        })
        .await?;
    let path = whole.path("/questionnaire");
    let pager = match said.first() {
        Some((.., page)) if only.is_some() => page.pager(w, |page| visit.to(&paging::with(&path, &query, &[("page", page)]))),
        _ => Pager::default(),
    };
    let free = said.into_iter().map(|(question, said, count, _)| Free {
        id: question.id.clone(),
        words: question.words(visit.lang).to_owned(),
        total: w.count("totals-words", count),
        is_more: only.is_none() && count > rows,
        said,
    });
    let page = TotalsPage {
        name: questionnaire.name(visit.lang).to_owned(),
        total_words: w.count("totals-total", total),
        counted: if only.is_some() { Vec::new() } else { counted(questionnaire, &tallies, total, w) },
        free: free.collect(),
        only: only.map_or_else(String::new, |only| only.words(visit.lang).to_owned()),
        is_off: false,
        total,
        pager,
        frame,
        head,
    };
    Page::html(&page)
}

fn counted(questionnaire: &Questionnaire, tallies: &[Tally], total: i64, w: Words) -> Vec<Counted> {
    let times = |question: &str, value: &str| {
        tallies.iter().find(|tally| tally.question == question && tally.value == value).map_or(0, |tally| tally.times)
    };
    let questions = questionnaire.questions.iter().filter(|question| question.kind != Kind::Text);
    questions
        .map(|question| {
            let options = question.options(w.lang);
            let answered: i64 = options.iter().map(|(value, _)| times(&question.id, value)).sum();
            let whole = if question.kind == Kind::Several { total } else { answered }.max(1);
            let sum: i64 = options.iter().map(|(value, _)| value.parse::<i64>().unwrap_or(0) * times(&question.id, value)).sum();
            // In tenths, rounded half up: 4.3
            let tenths = (sum * 20 + answered.max(1)) / (answered.max(1) * 2);
            Counted {
                id: question.id.clone(),
                words: question.words(w.lang).to_owned(),
                height: options.len() * 36,
                mean: if question.kind == Kind::Scale && answered > 0 {
                    w.one("totals-mean", "mean", &format!("{}.{}", tenths / 10, tenths % 10))
                } else {
                    String::new()
                },
                bars: options
                    .into_iter()
                    .enumerate()
                    .map(|(n, (value, words))| {
                        let times = times(&question.id, &value);
                        Bar { words, times, percent: (times * 200 + whole) / (whole * 2), width: times * 560 / whole, y: n * 36 }
                    })
                    .collect(),
            }
        })
        .collect()
}

/// Every response on a line of its own, without names.
pub async fn export(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (whole, meeting) = session(&portal, &visit, &id).await?;
    let w = visit.words();
    let questionnaire = questionnaire::find(&meeting.questionnaire).ok_or(PageError::NotFound)?;
    let session = whole.session.id;
    let answers = portal.db.read(async move |tx| store::answers(tx, session, &questionnaire.id).await).await?;
    let mut headings = vec![w.t("totals-number")];
    headings.extend(questionnaire.questions.iter().map(|question| question.words(w.lang).to_owned()));
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut current: Option<Uuid> = None;
    for answer in answers {
        if current != Some(answer.response) {
            current = Some(answer.response);
            let mut row = vec![String::new(); headings.len()];
            row[0] = (rows.len() + 1).to_string();
            rows.push(row);
        }
        let Some(column) = questionnaire.questions.iter().position(|question| question.id == answer.question) else { continue };
        let question = &questionnaire.questions[column];
        let words = match question.kind {
            Kind::One | Kind::Several => question.options(w.lang).into_iter().find(|(value, _)| *value == answer.value),
            Kind::Scale | Kind::Text => None,
        };
        let words = words.map_or(answer.value, |(_, words)| words);
        if let Some(cell) = rows.last_mut().and_then(|row| row.get_mut(column + 1)) {
            if !cell.is_empty() {
                cell.push_str(w.lang.pick("、", ", "));
            }
            cell.push_str(&words);
        }
    }
    let is_csv = posted.get("format") == "csv";
    let entry = Entry::by(&visit.actor.label()).did("lobby.answers_exported");
    written(&portal, &whole, ("questionnaire", entry), is_csv, &headings, &rows).await
}
