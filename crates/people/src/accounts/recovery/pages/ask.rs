use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use db::Lane;
use kernel::EmailAddress;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use crate::accounts::Browser;
use crate::accounts::pages::REFUSED;
use crate::accounts::pages::sign_in::address_words;
use crate::accounts::recovery::ask::ask as ask_for_it;
use crate::accounts::recovery::link::TRIES;
use crate::accounts::tries::Counter;

#[derive(Template)]
#[template(path = "accounts/recovery/pages/ask.html")]
struct AskPage {
    frame: Frame,
    filled: Filled,
}

#[derive(Template)]
#[template(path = "accounts/recovery/pages/asked.html")]
struct AskedPage {
    frame: Frame,
    email: String,
}

fn frame(portal: &Portal, visit: &Visit) -> Frame {
    let w = visit.words();
    Frame::new(portal, visit, w.t("recovery-title")).crumb(w.t("accounts-sign-in"), "/sign-in").here()
}

/// `GET /recovery`: what will happen, and who has to help.
pub(super) async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    Page::html(&AskPage { frame: frame(&portal, &visit), filled: Filled::default() })
}

/// `POST /recovery`: the answer is the same for every address.
pub(super) async fn ask(State(portal): State<Portal>, visit: Visit, posted: Posted, headers: HeaderMap) -> Result<Page, PageError> {
    let email: EmailAddress = match posted.get("email").parse() {
        Ok(email) => email,
        Err(mistake) => {
            let mut filled = Filled::from_posted(&posted);
            filled.wrong("email", visit.words().t(address_words(mistake)));
            return Ok(Page::html(&AskPage { frame: frame(&portal, &visit), filled })?.status(REFUSED));
        }
    };
    let counter = Counter::of(&portal.keys, TRIES, &email, &Browser::of(&portal, &visit, &headers));
    let (address, lang) = (email.clone(), visit.lang);
    portal.db.write(Lane::Public, None, async move |tx, now| ask_for_it(tx, &address, lang, &counter, now).await).await?;
    let w = visit.words();
    let frame = Frame::new(&portal, &visit, w.t("accounts-sent")).crumb(w.t("accounts-sign-in"), "/sign-in");
    Page::html(&AskedPage { frame: frame.crumb(w.t("recovery-title"), "/recovery").here(), email: email.to_string() })
}
