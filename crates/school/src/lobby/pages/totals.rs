use askama::Template;
use axum::extract::{Path, Query, State};
use journal::Entry;
use kernel::Uuid;
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Posted, Visit, Words};

use super::meeting::session;
use super::written::written;
use crate::lobby::questionnaire::{self, Kind, Question, Questionnaire};
use crate::lobby::store::{self, Tally};
use crate::office::staff_pages::{Head, Tab};

/// Free answers on a page.
const ROWS: i64 = 50;

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

/// Which answers in words, and from where.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    question: String,
    page: u32,
}

/// The answers to the questionnaire of a session, counted; nobody's name is with them.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let (whole, meeting) = session(&portal, &visit, &id).await?;
    let w = visit.words();
    let (frame, head) = whole.head(&portal, &visit, w.t("lobby-survey-word"), Some(Tab::Questionnaire));
    let Some(questionnaire) = questionnaire::find(&meeting.questionnaire) else {
        return Page::html(&TotalsPage::off(frame, head));
    };
    let only = questionnaire.questions.iter().find(|question| question.kind == Kind::Text && question.id == asked.question);
    let number = i64::from(asked.page.clamp(1, 10_000)) - 1;
    let shown: Vec<&'static Question> = match only {
        Some(only) => vec![only],
        None => questionnaire.questions.iter().filter(|question| question.kind == Kind::Text).collect(),
    };
    let (limit, skip) = if only.is_some() { (ROWS, number * ROWS) } else { (5, 0) };
    let session = whole.session.id;
    let (total, tallies, said) = portal
        .db
        .read(async move |tx| {
            let total = store::count_responses(tx, session, &questionnaire.id).await?;
            let tallies = store::tallies(tx, session, &questionnaire.id).await?;
            let mut said = Vec::new();
            // As many as the questionnaire has questions in words: two or three.
            for question in &shown {
                let words = store::words_said(tx, session, &questionnaire.id, &question.id, skip, limit).await?;
                said.push((*question, words, store::count_words(tx, session, &questionnaire.id, &question.id).await?));
            }
            Ok((total, tallies, said))
        })
        .await?;
    let pager = match (only, said.first()) {
        (Some(only), Some((_, _, count))) => pager(w, &visit.to(&whole.path("/questionnaire")), &only.id, number, *count),
        _ => Pager::default(),
    };
    let free = said.into_iter().map(|(question, said, count)| Free {
        id: question.id.clone(),
        words: question.words(visit.lang).to_owned(),
        total: w.count("totals-words", count),
        is_more: only.is_none() && count > limit,
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

fn pager(w: Words, path: &str, question: &str, number: i64, count: i64) -> Pager {
    let to = |page: i64| format!("{path}?question={question}&page={page}");
    let last = (number * ROWS + ROWS).min(count);
    Pager {
        previous: if number > 0 { to(number) } else { String::new() },
        next: if last < count { to(number + 2) } else { String::new() },
        shown: w.with(
            "totals-shown",
            &[("n", &count.to_string()), ("from", &(number * ROWS + 1).min(count).to_string()), ("to", &last.to_string())],
        ),
    }
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
