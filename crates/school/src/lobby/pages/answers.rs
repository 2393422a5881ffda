use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::Uuid;
use web::{Frame, Keys, Page, PageError, Portal, Posted, Problem, Visit};

use super::joined::{Asked, Notice, asked, page_of};
use super::joining;
use super::sight::Own;
use crate::lobby::answer::{self, Keyword, NotTaken};
use crate::lobby::questionnaire::{self, NotAnswered};
use crate::lobby::seat::Seat;
use crate::lobby::store;
use crate::trainings::store as trainings;

#[derive(Template)]
#[template(path = "lobby/pages/survey.html")]
struct SurveyPage {
    frame: Frame,
    own: Own,
    proof: String,
    survey: Vec<Asked>,
    said: String,
    error: String,
}

/// The seat that a form names. Whatever is wrong with it, the answer is the same.
fn seat_of(portal: &Portal, posted: &Posted) -> Result<Seat, PageError> {
    Seat::read(&portal.keys, posted.get("proof")).ok_or(PageError::Refused(Problem::Unreadable))
}

/// The page of the seat again, with what came of it; without such a page, the notice on one of its own.
async fn again(portal: &Portal, visit: &Visit, seat: Seat, kind: &'static str, key: &str) -> Result<Page, PageError> {
    noticed(portal, visit, seat, Notice { kind, words: visit.words().t(key), keyword: String::new() }).await
}

async fn noticed(portal: &Portal, visit: &Visit, seat: Seat, notice: Notice) -> Result<Page, PageError> {
    let words = notice.words.clone();
    match page_of(portal, visit, seat, notice).await? {
        Some(page) => Ok(page),
        None => survey_page(portal, visit, seat, words, String::new()).await,
    }
}

/// Takes the keyword.
pub async fn keyword(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let seat = seat_of(&portal, &posted)?;
    let typed = posted.get("keyword").to_owned();
    let tried = typed.clone();
    let outcome = portal.db.write(Lane::Public, None, async move |tx, now| answer::keyword(tx, seat, &tried, now).await).await?;
    let (kind, key) = match outcome {
        Ok(Keyword::Right) => ("done", "joined-keyword-right"),
        Ok(Keyword::Kept) => ("done", "joined-keyword-kept"),
        Ok(Keyword::Wrong) => {
            let words = visit.words().t("joined-keyword-wrong");
            return noticed(&portal, &visit, seat, Notice { kind: "care", words, keyword: typed }).await;
        }
        Err(refusal) => ("care", refused(refusal)),
    };
    again(&portal, &visit, seat, kind, key).await
}

/// Takes the answers of somebody who watches together.
pub async fn checks(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let seat = seat_of(&portal, &posted)?;
    let answers: Vec<Option<usize>> = (0..2).map(|n| posted.get(&format!("check-{n}")).parse().ok()).collect();
    let outcome = portal
        .db
        .write(Lane::Public, None, async move |tx, now| {
            let Some(application) = trainings::application(tx, seat.application).await? else { return Ok(Err(NotTaken::Unknown)) };
            let asked = store::meeting(tx, application.session).await?.checks.0.len();
            answer::checks(tx, seat, answers.get(..asked).unwrap_or(&answers), now).await
        })
        .await?;
    let (kind, key) = match outcome {
        Ok(true) => ("done", "joined-checks-right"),
        Ok(false) => ("care", "joined-checks-wrong"),
        Err(refusal) => ("care", refused(refusal)),
    };
    again(&portal, &visit, seat, kind, key).await
}

const fn refused(refusal: NotTaken) -> &'static str {
    match refusal {
        NotTaken::Unknown | NotTaken::NotAsked => "answer-unknown",
        NotTaken::Early => "answer-early",
        NotTaken::Late => "answer-late",
        NotTaken::Empty => "answer-empty",
        NotTaken::TooOften => "answer-too-often",
    }
}

/// The questionnaire by itself, for whoever comes to it by their application.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let (whole, _) = joining::whole(&portal, &visit, &id).await?;
    let seat = Seat { application: whole.application.id, generation: whole.application.generation, device: Uuid::nil() };
    survey_page(&portal, &visit, seat, String::new(), String::new()).await
}

/// Takes the questionnaire.
pub async fn survey(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let seat = seat_of(&portal, &posted)?;
    let id = seat.application;
    let found = portal
        .db
        .read(async move |tx| {
            let Some(application) = trainings::application(tx, id).await? else { return Ok(None) };
            Ok(Some(store::meeting(tx, application.session).await?.questionnaire))
        })
        .await?;
    let w = visit.words();
    let Some(questionnaire) = found.as_deref().and_then(questionnaire::find) else {
        return again(&portal, &visit, seat, "care", "answer-unknown").await;
    };
    let answers: Vec<(String, String)> = match questionnaire
        .check(|id| posted.fields().iter().filter(|(name, _)| name == id).map(|(_, value)| value.as_str()).collect())
    {
        Ok(answers) => answers.into_iter().map(|(question, value)| (question.to_owned(), value)).collect(),
        Err(wrong) => {
            let (key, id) = match &wrong {
                NotAnswered::Missing(id) => ("survey-missing", id),
                NotAnswered::TooLong(id) => ("survey-too-long", id),
            };
            let question = questionnaire.questions.iter().find(|question| question.id == *id).map_or("", |question| question.words(w.lang));
            let error = w.one(key, "question", question);
            return Ok(survey_page(&portal, &visit, seat, String::new(), error).await?.status(StatusCode::UNPROCESSABLE_ENTITY));
        }
    };
    // Made of chance alone: nothing leads from the answers back to whoever gave them.
    let random = Keys::random();
    let response = Uuid::from_slice(&random[..16]).unwrap_or_default();
    let outcome = portal.db.write(Lane::Public, None, async move |tx, now| answer::survey(tx, seat, &answers, response, now).await).await?;
    match outcome {
        Ok(()) => again(&portal, &visit, seat, "done", "survey-thanks").await,
        Err(refusal) => again(&portal, &visit, seat, "care", refused(refusal)).await,
    }
}

async fn survey_page(portal: &Portal, visit: &Visit, seat: Seat, said: String, error: String) -> Result<Page, PageError> {
    let id = seat.application;
    let found = portal
        .db
        .read(async move |tx| {
            let Some(whole) = trainings::whole_application(tx, id).await? else { return Ok(None) };
            let meeting = store::meeting(tx, whole.session.id).await?;
            Ok(Some((whole, meeting, store::has_answered(tx, id).await?)))
        })
        .await?;
    let found = found.filter(|(whole, ..)| whole.application.generation == seat.generation);
    let (whole, meeting, is_done) = found.ok_or(PageError::Refused(Problem::Unreadable))?;
    let w = visit.words();
    let own = Own::of(portal, visit, &whole, &meeting);
    let hours = meeting.hours(&whole.session).filter(|_| whole.session.cancelled_at.is_none());
    let has_seat = whole.application.is_live() && !whole.application.is_waiting();
    let questionnaire = questionnaire::find(&meeting.questionnaire);
    let closed = match hours {
        _ if !said.is_empty() => said,
        _ if is_done => w.t("survey-thanks"),
        Some(hours) if has_seat && questionnaire.is_some() && hours.takes_answers(visit.now) => String::new(),
        Some(hours) if has_seat && questionnaire.is_some() && visit.now < hours.survey_opens() => {
            w.one("survey-early", "at", &super::sight::moment_words(hours.survey_opens(), w.lang))
        }
        Some(_) if has_seat && questionnaire.is_some() => w.t("answer-late"),
        _ => w.t("survey-none"),
    };
    let mut frame = own.frame(portal, visit, w.t("lobby-survey-word"));
    frame.path = format!("{}/questionnaire", own.path);
    let page = SurveyPage {
        proof: seat.signed(&portal.keys),
        survey: questionnaire.filter(|_| closed.is_empty()).map(|questionnaire| asked(questionnaire, w)).unwrap_or_default(),
        said: closed,
        error,
        frame,
        own,
    };
    Page::html(&page)
}
