//! The pages on which one comes back.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use db::Lane;
use vault::{Code, CodeFault, Zeroizing};
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::comer::Comer;
use super::enter::{NotEntered, enter};
use super::known::Known;
use crate::cases::{self, CaseNumber, NotANumber, WrapKind};
use crate::desk::Desk;
use crate::phone::Phone;
use crate::report::Cookie;
use crate::spelling::Spelling;

#[derive(Template)]
#[template(path = "back/form.html")]
struct BackPage {
    frame: Frame,
    phone: Phone,
    has_ended: bool,
    wrong: String,
    wrong_number: String,
    wrong_words: String,
}

#[derive(Template)]
#[template(path = "back/lost.html")]
struct LostPage {
    frame: Frame,
    phone: Phone,
}

fn back_page(portal: &Portal, visit: &Visit) -> BackPage {
    BackPage {
        frame: Frame::new(portal, visit, visit.words().t("desk-back-title")),
        phone: Phone::of_desk(portal, visit.lang),
        has_ended: false,
        wrong: String::new(),
        wrong_number: String::new(),
        wrong_words: String::new(),
    }
}

/// Number and six words.
pub async fn form(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    Page::html(&BackPage { has_ended: visit.query.contains("ended"), ..back_page(&portal, &visit) })
}

/// Opens the case. What was typed does not come back on the page, so that all that went wrong looks the same.
pub async fn come(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    let w = visit.words();
    let number = posted.get("number").parse::<CaseNumber>();
    let words = Zeroizing::new(posted.get("words").to_owned());
    let code = Code::parse(&words);
    let mut page = back_page(&portal, &visit);
    if let Err(fault) = number {
        page.wrong_number = w.t(match fault {
            NotANumber::Length => "desk-wrong-number-length",
            NotANumber::Check => "desk-wrong-number-check",
        });
    }
    if let Err(fault) = &code {
        page.wrong_words = match fault {
            CodeFault::Count { got: 0, .. } => w.t("desk-wrong-words-none"),
            CodeFault::Count { .. } => w.t("desk-wrong-words-count"),
            CodeFault::Unknown { position, nearest: Some(nearest), .. } => {
                w.with("desk-wrong-word-nearest", &[("ordinal", Spelling::shipped().ordinal(position - 1, visit.lang)), ("word", nearest)])
            }
            CodeFault::Unknown { position, .. } => {
                w.one("desk-wrong-word", "ordinal", Spelling::shipped().ordinal(position - 1, visit.lang))
            }
            CodeFault::Check => w.t("desk-wrong-words-check"),
        };
    }
    let (Ok(number), Ok(code)) = (number, code) else {
        return Ok(Page::html(&page)?.status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let desk = Desk::of(&portal)?;
    let known = Known::of(&portal, &headers);
    let comer = Comer::of(&portal.keys, &known, &visit.network, number, visit.now);
    match enter(&portal, &desk, comer, number, &code).await? {
        Ok(way_in) => {
            let (case, way_in) = Cookie::Case.set(&portal, &way_in);
            let (browser, known) = known.remember(&portal, number);
            Ok(Page::see_other(&visit.to("/incident/case")).with(case, &way_in).with(browser, &known))
        }
        Err(refusal) => {
            page.wrong = w.t(match refusal {
                NotEntered::Wrong => "desk-back-wrong",
                NotEntered::TooOften => "desk-back-too-often",
                NotEntered::Full => "desk-back-full",
            });
            let page = Page::html(&page)?;
            Ok(match refusal {
                NotEntered::Full => page.status(StatusCode::SERVICE_UNAVAILABLE).with(header::RETRY_AFTER, "30"),
                NotEntered::Wrong | NotEntered::TooOften => page.status(StatusCode::UNPROCESSABLE_ENTITY),
            })
        }
    }
}

/// How a call-back heals lost words.
pub async fn lost(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let frame = Frame::new(&portal, &visit, visit.words().t("desk-lost-title"));
    Page::html(&LostPage { frame, phone: Phone::of_desk(&portal, visit.lang) })
}

/// Ends the visit on this browser.
pub async fn end(State(portal): State<Portal>, visit: Visit, headers: HeaderMap) -> Result<Page, PageError> {
    if let Some(held) = Cookie::Case.held(&portal, &headers).await? {
        let (case, holder) = (held.case.id, held.visit.id());
        portal.db.write(Lane::Incident, None, async move |tx, _| cases::store::end_wrap(tx, case, WrapKind::Visit, holder).await).await?;
    }
    let (name, value) = Cookie::Case.clear(&portal);
    Ok(Page::see_other(&visit.to("/incident")).with(name, &value))
}
