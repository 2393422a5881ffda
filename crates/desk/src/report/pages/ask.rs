//! One question a screen.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::whole;
use crate::cases::Case;
use crate::desk_pages::title_of;
use crate::phone::Phone;
use crate::report::deliver::is_outage;
use crate::report::given::{AllGiven, Given};
use crate::report::held::{Held, come_back};
use crate::report::keep::{answer_as, answers_of};
use crate::report::line::Line;
use crate::report::questions::{self, Answer, Detail, Kind, Question, questions};

/// The most characters that one line takes.
const LINE: usize = 200;

#[derive(Template)]
#[template(path = "report/pages/ask.html")]
pub struct AskPage {
    pub frame: Frame,
    pub phone: Phone,
    pub is_phone: bool,
    /// What a responder reads out, one after the other.
    pub say: Vec<&'static str>,
    pub n: u8,
    pub of: usize,
    pub fill: String,
    pub back: String,
    pub action: String,
    pub hidden: Vec<(&'static str, String)>,
    pub hint: String,
    pub then: String,
    pub fields: Vec<FieldWords>,
    pub is_pictures: bool,
    pub answers: Vec<AnswerWords>,
    pub note: &'static str,
    pub stop: &'static str,
    pub later: &'static str,
    pub skip: String,
    pub number: String,
    pub error: String,
}

pub struct FieldWords {
    pub id: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub value: String,
    pub kind: &'static str,
    pub autocomplete: &'static str,
}

pub struct AnswerWords {
    pub id: &'static str,
    pub words: &'static str,
    pub picture: &'static str,
    pub is_chosen: bool,
    pub is_unknown: bool,
}

impl AskPage {
    /// The screen of a question.
    pub fn of(portal: &Portal, visit: &Visit, line: Line, question: &'static Question, given: &AllGiven) -> Self {
        let lang = visit.lang;
        let before = given.get(&question.id);
        let back = match questions().before(question, given.event()) {
            Some(earlier) => format!("{}/{}", line.base(), earlier.id),
            None => "/incident".to_owned(),
        };
        let all = questions().all().len();
        Self {
            frame: Frame::new(portal, visit, question.title.pick(lang)),
            phone: Phone::of_desk(portal, lang),
            is_phone: line.is_phone(),
            say: if line.is_phone() { vec![question.say.pick(lang)] } else { Vec::new() },
            n: question.n,
            of: all,
            fill: fill(question.n, all),
            back: visit.to(&back),
            action: visit.to(&format!("{}/{}", line.base(), question.id)),
            hidden: Vec::new(),
            hint: question.hint.pick(lang).to_owned(),
            then: String::new(),
            fields: question
                .fields
                .iter()
                .map(|field| FieldWords {
                    id: &field.id,
                    label: field.label.pick(lang),
                    hint: field.hint(lang),
                    value: before.map_or("", |given| given.typed(&field.id)).to_owned(),
                    kind: if field.id == "number" { "tel" } else { "text" },
                    autocomplete: match field.id.as_str() {
                        "number" if !line.is_phone() => "tel",
                        "institution" if !line.is_phone() => "organization",
                        _ => "off",
                    },
                })
                .collect(),
            is_pictures: question.kind == Kind::Pictures,
            answers: words(&question.answers, lang, before.map(|given| given.answer.as_str())),
            note: question.note.as_ref().map_or("", |note| note.pick(lang)),
            stop: questions().common.stop.pick(lang),
            later: questions().common.later.pick(lang),
            skip: String::new(),
            number: String::new(),
            error: String::new(),
        }
        .with_unknown_hint(lang)
    }

    /// Of this case, which is there already.
    fn about(mut self, case: &Case) -> Self {
        self.number = case.number.to_string();
        self.frame.title = title_of(self.frame.w, case, std::mem::take(&mut self.frame.title));
        self
    }

    fn with_unknown_hint(mut self, lang: kernel::Lang) -> Self {
        if self.note.is_empty() {
            self.note = questions().common.unknown_hint.pick(lang);
        }
        self
    }

    fn of_detail(
        portal: &Portal,
        visit: &Visit,
        line: Line,
        question: &'static Question,
        detail: &'static Detail,
        given: &AllGiven,
    ) -> Self {
        let lang = visit.lang;
        let chosen = given.get(&question.id).and_then(|given| given.detail.as_deref());
        let mut page = Self::of(portal, visit, line, question, given);
        detail.title.pick(lang).clone_into(&mut page.frame.title);
        page.say = if line.is_phone() { vec![detail.title.pick(lang)] } else { Vec::new() };
        page.back = visit.to(&format!("{}/{}", line.base(), question.id));
        page.action = visit.to(&format!("{}/{}/detail", line.base(), question.id));
        page.skip = visit.to(&next_path(line, question, given));
        page.is_pictures = false;
        page.hint = String::new();
        page.answers = words(&detail.answers, lang, chosen);
        page.note = "";
        page
    }
}

fn words(answers: &'static [Answer], lang: kernel::Lang, chosen: Option<&str>) -> Vec<AnswerWords> {
    let answers = answers.iter().map(|answer| AnswerWords {
        id: &answer.id,
        words: answer.words.pick(lang),
        picture: &answer.picture,
        is_chosen: chosen == Some(&answer.id),
        is_unknown: answer.id == "unknown",
    });
    answers.collect()
}

/// How far the bar is filled, out of a hundred.
fn fill(n: u8, of: usize) -> String {
    (usize::from(n) * 100 / of.max(1)).to_string()
}

/// Where an answer to this question leads.
pub fn next_path(line: Line, question: &Question, given: &AllGiven) -> String {
    match questions().after(question, given.event()) {
        Some(next) => format!("{}/{}", line.base(), next.id),
        None => format!("{}/code", line.base()),
    }
}

/// The answer of a form; an empty one if the form is none of ours.
pub fn posted_answer(posted: &Posted, question: &'static Question) -> Option<Given> {
    let answer = question.answer(posted.get("answer"))?;
    let typed = |field: &questions::Field| {
        let value: String = kernel::one_line(posted.get(&field.id)).chars().take(LINE).collect();
        (!value.is_empty()).then(|| (field.id.clone(), value))
    };
    Some(Given { answer: answer.id.clone(), detail: None, typed: question.fields.iter().filter_map(typed).collect() })
}

pub(super) async fn show(line: Line, portal: Portal, visit: Visit, headers: HeaderMap, id: String) -> Result<Page, PageError> {
    let question = questions().find(&id).ok_or(PageError::NotFound)?;
    let Some(held) = line.cookie().held(&portal, &headers).await? else { return Ok(lost(line, &visit)) };
    let given = answers_of(&portal, &held).await?;
    Page::html(&AskPage::of(&portal, &visit, line, question, &given).about(&held.case))
}

pub(super) async fn keep(
    line: Line,
    portal: Portal,
    visit: Visit,
    headers: HeaderMap,
    id: String,
    posted: Posted,
) -> Result<Page, PageError> {
    let question = questions().find(&id).ok_or(PageError::NotFound)?;
    let held = match line.cookie().held(&portal, &headers).await {
        Ok(Some(held)) => held,
        Ok(None) => return Ok(lost(line, &visit)),
        Err(error) if is_outage(&error) => return whole::without_database(&portal, &visit, line.cookie().read(&portal, &headers), &posted),
        Err(error) => return Err(error),
    };
    let mut all = answers_of(&portal, &held).await?;
    let Some(mut given) = posted_answer(&posted, question) else {
        return again(&portal, &visit, line, question, &held, &all, "desk-wrong-answer");
    };
    if question.kind == Kind::Phone && given.answer == "given" && given.typed("number").is_empty() {
        return again(&portal, &visit, line, question, &held, &all, "desk-wrong-number");
    }
    // The small choice stays, if the picture does.
    given.detail = all.get(&question.id).filter(|before| before.answer == given.answer).and_then(|before| before.detail.clone());
    let mut one = AllGiven::default();
    one.put(&question.id, given.clone());
    match answer_as(&portal, &held, &one, &line.actor(&visit)).await {
        Ok(()) => {}
        Err(error) if is_outage(&error) => return whole::without_database(&portal, &visit, Some(held.visit), &posted),
        Err(error) => return Err(error),
    }
    let has_detail = question.answer(&given.answer).and_then(Answer::detail).is_some();
    all.put(&question.id, given);
    let next = if has_detail { format!("{}/{}/detail", line.base(), question.id) } else { next_path(line, question, &all) };
    Ok(Page::see_other(&visit.to(&next)))
}

fn again(
    portal: &Portal,
    visit: &Visit,
    line: Line,
    question: &'static Question,
    held: &Held,
    given: &AllGiven,
    error: &str,
) -> Result<Page, PageError> {
    let page = AskPage::of(portal, visit, line, question, given);
    let page = AskPage { error: visit.words().t(error), ..page.about(&held.case) };
    Ok(Page::html(&page)?.status(StatusCode::UNPROCESSABLE_ENTITY))
}

pub(super) async fn show_detail(line: Line, portal: Portal, visit: Visit, headers: HeaderMap, id: String) -> Result<Page, PageError> {
    let question = questions().find(&id).ok_or(PageError::NotFound)?;
    let Some(held) = line.cookie().held(&portal, &headers).await? else { return Ok(lost(line, &visit)) };
    let given = answers_of(&portal, &held).await?;
    let Some(detail) = chosen_detail(question, &given) else { return Ok(Page::see_other(&visit.to(&next_path(line, question, &given)))) };
    let page = AskPage::of_detail(&portal, &visit, line, question, detail, &given);
    Page::html(&page.about(&held.case))
}

pub(super) async fn keep_detail(
    line: Line,
    portal: Portal,
    visit: Visit,
    headers: HeaderMap,
    id: String,
    posted: Posted,
) -> Result<Page, PageError> {
    let question = questions().find(&id).ok_or(PageError::NotFound)?;
    let Some(held) = line.cookie().held(&portal, &headers).await? else { return Ok(lost(line, &visit)) };
    let mut all = answers_of(&portal, &held).await?;
    let chosen = chosen_detail(question, &all).and_then(|detail| detail.answer(posted.get("answer")));
    if let (Some(chosen), Some(given)) = (chosen, all.get(&question.id)) {
        let given = Given { detail: Some(chosen.id.clone()), ..given.clone() };
        let mut one = AllGiven::default();
        one.put(&question.id, given.clone());
        answer_as(&portal, &held, &one, &line.actor(&visit)).await?;
        all.put(&question.id, given);
    }
    Ok(Page::see_other(&visit.to(&next_path(line, question, &all))))
}

fn chosen_detail(question: &'static Question, given: &AllGiven) -> Option<&'static Detail> {
    given.get(&question.id).and_then(|given| question.answer(&given.answer)).and_then(Answer::detail)
}

fn lost(line: Line, visit: &Visit) -> Page {
    match line {
        Line::Web => come_back(visit),
        Line::Phone => Page::see_other(&visit.to(line.base())),
    }
}

/// The screen of a question.
pub async fn ask(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, Path(id): Path<String>) -> Result<Page, PageError> {
    show(Line::Web, portal, visit, headers, id).await
}

/// Keeps an answer and goes on.
pub async fn answer(
    State(portal): State<Portal>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    keep(Line::Web, portal, visit, headers, id, posted).await
}

/// The small choice under an answer.
pub async fn detail(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, Path(id): Path<String>) -> Result<Page, PageError> {
    show_detail(Line::Web, portal, visit, headers, id).await
}

/// Keeps the small choice and goes on.
pub async fn answer_detail(
    State(portal): State<Portal>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    keep_detail(Line::Web, portal, visit, headers, id, posted).await
}
