//! All questions on one page: what a device shows without a network, and the program without its database.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use kernel::Span;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::ask::{AnswerWords, AskPage, FieldWords};
use super::begin::about;
use crate::desk::Desk;
use crate::phone::Phone;
use crate::report::deliver::{Delivered, deliver};
use crate::report::given::{AllGiven, Given};
use crate::report::held::Cookie;
use crate::report::line::Line;
use crate::report::questions::{Question, questions};

#[derive(Template)]
#[template(path = "report/pages/whole.html")]
struct WholePage {
    frame: Frame,
    phone: Phone,
    /// Whether the program itself made it, since its database is gone; else the device shows what it kept.
    is_without_database: bool,
    hidden: Vec<(&'static str, String)>,
    questions: Vec<QuestionWords>,
}

struct QuestionWords {
    id: &'static str,
    title: String,
    hint: String,
    fields: Vec<FieldWords>,
    answers: Vec<AnswerWords>,
}

/// The page as devices keep it. A script gives it the way in that its report makes good.
pub async fn whole(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let page = WholePage {
        frame: Frame::new(&portal, &visit, visit.words().t("desk-whole-title")),
        phone: Phone::of_desk(&portal, visit.lang),
        is_without_database: false,
        hidden: vec![("door", String::new()), ("role", String::new()), ("seed", String::new())],
        questions: asked(&portal, &visit, &AllGiven::default()),
    };
    Ok(Page::html(&page)?.lasts_until(visit.now.plus(Span::days(1))))
}

/// The rest of the questions, for a report that lies in the spool.
pub(super) fn without_database(portal: &Portal, visit: &Visit, seed: Option<vault::Visit>, posted: &Posted) -> Result<Page, PageError> {
    let seed = seed.unwrap_or_else(vault::Visit::generate);
    let (name, value) = Cookie::Case.set(portal, &seed);
    let hidden = [("door", posted.get("door")), ("role", posted.get("role"))].map(|(name, value)| (name, value.to_owned()));
    let page = WholePage {
        frame: Frame::new(portal, visit, visit.words().t("desk-whole-title")),
        phone: Phone::of_desk(portal, visit.lang),
        is_without_database: true,
        hidden: hidden.into_iter().chain([("seed", seed.to_cookie())]).collect(),
        questions: asked(portal, visit, &posted_all(posted)),
    };
    Ok(Page::html(&page)?.with(name, &value))
}

/// Receives everything at once, be it a report that was kept on a device until its network came back.
pub async fn send_whole(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let desk = Desk::of(&portal)?;
    let given = posted_all(&posted);
    if given.iter().next().is_none() {
        return Ok(without_database(&portal, &visit, vault::Visit::from_cookie(posted.get("seed")).ok(), &posted)?
            .status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let (about, seed) = about(&posted, &visit, Line::Web);
    let (name, value) = Cookie::Case.set(&portal, &seed);
    let next = match deliver(&portal, &desk, &seed, about, &given).await? {
        Delivered::Stored(_) => "/incident/report/code",
        Delivered::Spooled => "/incident/report/received",
    };
    Ok(Page::see_other(&visit.to(next)).with(name, &value))
}

/// What was answered on the page: `care`, `seen` and so on, or `answer` for the first question alone.
fn posted_all(posted: &Posted) -> AllGiven {
    let mut all = AllGiven::default();
    for question in questions().all() {
        let chosen = if posted.has(&question.id) {
            posted.get(&question.id)
        } else if question.n == 1 {
            posted.get("answer")
        } else {
            ""
        };
        let typed = question.fields.iter().filter_map(|field| {
            let value: String = kernel::one_line(posted.get(&field.id)).chars().take(200).collect();
            (!value.is_empty()).then(|| (field.id.clone(), value))
        });
        let typed: std::collections::BTreeMap<_, _> = typed.collect();
        let chosen = if chosen.is_empty() && typed.contains_key("number") { "given" } else { chosen };
        if let Some(answer) = question.answer(chosen) {
            all.put(&question.id, Given { answer: answer.id.clone(), detail: None, typed });
        }
    }
    all
}

fn asked(portal: &Portal, visit: &Visit, given: &AllGiven) -> Vec<QuestionWords> {
    let words = |question: &'static Question| {
        let page = AskPage::of(portal, visit, Line::Web, question, given);
        QuestionWords { id: &question.id, title: page.frame.title, hint: page.hint, fields: page.fields, answers: page.answers }
    };
    questions().all().iter().map(words).collect()
}
