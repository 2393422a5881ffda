use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Timestamp, Uuid};
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Visit, Words};

use super::sight::Own;
use crate::lobby::beat::Door;
use crate::lobby::meeting::Meeting;
use crate::lobby::questionnaire::{self, Kind, Questionnaire};
use crate::lobby::seat::Seat;
use crate::lobby::store;
use crate::trainings::mine;
use crate::trainings::store::{self as trainings, WholeApplication};

/// A question as the page asks it.
pub(super) struct Asked {
    pub(super) id: String,
    pub(super) words: String,
    pub(super) kind: &'static str,
    pub(super) required: bool,
    pub(super) need: String,
    pub(super) free: String,
    pub(super) options: Vec<(String, String)>,
}

/// The questions of a questionnaire, in words.
pub(super) fn asked(questionnaire: &Questionnaire, w: Words) -> Vec<Asked> {
    let one = |question: &questionnaire::Question| Asked {
        id: question.id.clone(),
        words: question.words(w.lang).to_owned(),
        kind: match question.kind {
            Kind::Scale => "scale",
            Kind::One => "one",
            Kind::Several => "several",
            Kind::Text => "text",
        },
        required: question.required,
        need: if question.required { w.t("required") } else { String::new() },
        free: if question.required { String::new() } else { w.t("optional") },
        options: question.options(w.lang),
    };
    questionnaire.questions.iter().map(one).collect()
}

/// A question for those who watch together, as the page asks it.
struct Puzzle {
    question: String,
    choices: Vec<String>,
}

/// What was just answered, and how.
#[derive(Clone, Default)]
pub(super) struct Notice {
    /// "done", "care" or nothing.
    pub(super) kind: &'static str,
    pub(super) words: String,
    /// A keyword that was wrong, as it was typed: then the words stand at its field.
    pub(super) keyword: String,
}

#[derive(Template)]
#[template(path = "lobby/pages/joined.html")]
struct JoinedPage {
    frame: Frame,
    own: Own,
    proof: String,
    door: Door,
    notice: Notice,
    is_before_screen: bool,
    is_over: bool,
    keyword_is_right: bool,
    keyword_is_kept: bool,
    takes_keyword: bool,
    checks: Vec<Puzzle>,
    checks_are_right: bool,
    checks_open: bool,
    survey: Vec<Asked>,
    survey_done: bool,
}

/// The device on which one has joined.
#[derive(Deserialize, Default)]
pub struct On {
    #[serde(default)]
    d: String,
}

/// Everything that the page of somebody who is there shows.
pub(super) struct There {
    whole: WholeApplication,
    meeting: Meeting,
    keywords: Vec<String>,
    survey_done: bool,
    viewer: Option<store::Checked>,
    has_joined: bool,
}

/// The page that gives the link, and keeps the presence as long as it is open.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, Query(on): Query<On>) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    let join = Page::see_other(&visit.to(&format!("/applications/{}/join", whole.application.id)));
    let Ok(device) = on.d.parse::<Uuid>() else { return Ok(join) };
    let seat = Seat { application: whole.application.id, generation: whole.application.generation, device };
    match page_of(&portal, &visit, seat, Notice::default()).await? {
        Some(page) => Ok(page),
        None => Ok(join),
    }
}

/// The page of a seat; nothing if it was never taken, or the session is so far over that nothing is left to do.
pub(super) async fn page_of(portal: &Portal, visit: &Visit, seat: Seat, notice: Notice) -> Result<Option<Page>, PageError> {
    let id = seat.application;
    let found = portal
        .db
        .read(async move |tx| {
            let Some(whole) = trainings::whole_application(tx, id).await? else { return Ok(None) };
            let meeting = store::meeting(tx, whole.session.id).await?;
            Ok(Some(There {
                keywords: store::keywords_of(tx, id).await?,
                survey_done: store::has_answered(tx, id).await?,
                viewer: store::viewer(tx, id).await?,
                has_joined: store::has_joined(tx, id, seat.device).await?,
                whole,
                meeting,
            }))
        })
        .await?;
    let Some(state) = found.filter(|state| state.has_joined && state.whole.application.generation == seat.generation) else {
        return Ok(None);
    };
    let Some(hours) = state.meeting.hours(&state.whole.session) else { return Ok(None) };
    let is_live = state.whole.application.is_live() && !state.whole.application.is_waiting() && state.whole.session.cancelled_at.is_none();
    if !is_live || !(hours.takes_presence(visit.now) || hours.takes_answers(visit.now)) {
        return Ok(None);
    }
    Ok(Some(Page::html(&page(portal, visit, seat, &state, notice, hours.takes_presence(visit.now)))?))
}

fn page(portal: &Portal, visit: &Visit, seat: Seat, state: &There, notice: Notice, takes_presence: bool) -> JoinedPage {
    let (w, now) = (visit.words(), visit.now);
    let own = Own::of(portal, visit, &state.whole, &state.meeting);
    let hours = state.meeting.hours(&state.whole.session);
    let opens = hours.map(|hours| hours.survey_opens());
    let is_over = hours.is_some_and(|hours| now >= hours.ends);
    let mut frame = own.frame(portal, visit, w.one("joined-title", "name", &own.name));
    // Reached by a form as well, whose address shows nothing when it is opened.
    frame.path = format!("{}/joined", own.path);
    frame.query = format!("d={}", seat.device);
    let questionnaire = questionnaire::find(&state.meeting.questionnaire);
    let checks = if state.viewer.is_some() { state.meeting.checks.0.as_slice() } else { &[] };
    // Once it is over, the page says so itself.
    let asks = questionnaire.is_some() && !state.survey_done && !is_over;
    let is_right = |typed: &String| state.meeting.is_keyword(typed);
    JoinedPage {
        proof: seat.signed(&portal.keys),
        door: hours.map_or_else(empty_door, |hours| Door::of(&state.meeting, hours, now)),
        is_before_screen: state.viewer.is_some_and(|viewer| viewer.viewing.uuid() == seat.device),
        is_over,
        keyword_is_right: state.keywords.iter().any(is_right),
        keyword_is_kept: state.meeting.keyword.is_empty() && !state.keywords.is_empty(),
        takes_keyword: takes_presence,
        checks: checks.iter().map(|check| Puzzle { question: check.question.clone(), choices: check.choices.clone() }).collect(),
        checks_are_right: state.viewer.is_some_and(|viewer| viewer.checked_at.is_some()),
        checks_open: hours.is_some_and(|hours| now >= hours.begins),
        survey: questionnaire.map(|questionnaire| asked(questionnaire, w)).unwrap_or_default(),
        survey_done: state.survey_done,
        notice: if notice.words.is_empty() { usual_notice(w, opens.filter(|_| asks), now) } else { notice },
        frame,
        own,
    }
}

/// Nothing was just done: near the end the page says what is left.
fn usual_notice(w: Words, survey_opens: Option<Timestamp>, now: Timestamp) -> Notice {
    match survey_opens {
        Some(opens) if now >= opens => Notice { words: w.t("joined-survey-open"), ..Notice::default() },
        _ => Notice::default(),
    }
}

const fn empty_door() -> Door {
    Door { version: 0, link: String::new(), entry: String::new(), dial_in: String::new(), asks: false }
}
