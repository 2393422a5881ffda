//! The same screens for a responder on the telephone, with what to read out.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::begin::{RoleChoice, WhoPage, asked, begin_on, choices, first};
use super::{ask as asking, code as codes};
use crate::cases::{Door, Role};
use crate::phone::Phone;
use crate::report::line::Line;
use crate::report::questions::questions;

/// The first words, and who calls by which door.
pub async fn start(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let (lang, telephone) = (visit.lang, &questions().telephone);
    let (door, role) = (asked::<Door>(&visit, "door"), asked::<Role>(&visit, "role"));
    let page = |title: &str, say: Vec<&'static str>, roles: Vec<RoleChoice>| WhoPage {
        frame: Frame::new(&portal, &visit, visit.words().t(title)),
        phone: Phone::of_desk(&portal, lang),
        is_phone: true,
        say,
        roles,
    };
    match (door, role) {
        (None, _) => {
            let doors = questions().doors().iter().map(|door| RoleChoice {
                path: visit.to(&format!("{}?door={}", Line::Phone.base(), door.id)),
                title: door.title.pick(lang),
                lead: door.lead.pick(lang),
                picture: match door.id {
                    Door::Request => "danger",
                    Door::Consult => "consult",
                },
            });
            Page::html(&page("desk-phone-title", vec![telephone.open.pick(lang), telephone.slow.pick(lang)], doors.collect()))
        }
        (Some(door), None) => {
            let said = questions().doors().iter().find(|words| words.id == door).map(|words| words.say.pick(lang));
            let say = said.into_iter().chain([telephone.first_steps.pick(lang)]).collect();
            Page::html(&page("desk-who", say, choices(&visit, Line::Phone, door)))
        }
        (Some(door), Some(role)) => Page::html(&first(&portal, &visit, Line::Phone, door, role)),
    }
}

/// Makes the case from the first answer.
pub async fn begin(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    begin_on(Line::Phone, portal, visit, posted).await
}

/// The screen of a question, with what to read out.
pub async fn ask(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, Path(id): Path<String>) -> Result<Page, PageError> {
    asking::show(Line::Phone, portal, visit, headers, id).await
}

/// Keeps an answer and goes on.
pub async fn answer(
    State(portal): State<Portal>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    asking::keep(Line::Phone, portal, visit, headers, id, posted).await
}

/// The small choice under an answer.
pub async fn detail(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, Path(id): Path<String>) -> Result<Page, PageError> {
    asking::show_detail(Line::Phone, portal, visit, headers, id).await
}

/// Keeps the small choice and goes on.
pub async fn answer_detail(
    State(portal): State<Portal>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    asking::keep_detail(Line::Phone, portal, visit, headers, id, posted).await
}

/// What the words are for.
pub async fn code(State(portal): State<Portal>, visit: Visit, headers: HeaderMap) -> Result<Page, PageError> {
    codes::show(Line::Phone, portal, visit, headers).await
}

/// Shows number and words, to be read out.
pub async fn give_code(State(portal): State<Portal>, visit: Visit, headers: HeaderMap) -> Result<Page, PageError> {
    codes::give(Line::Phone, portal, visit, headers).await
}

/// Looks whether the words that were read back are right.
pub async fn check_code(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    codes::check(Line::Phone, portal, visit, headers, posted).await
}
