use askama::Template;
use axum::extract::{Query, State};
use journal::MailId;
use journal::outbox::{self, Shelf};
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Visit};

use super::super::applicants::{mail_state, mail_words};
use super::super::desk;
use crate::trainings::mail::About;
use crate::trainings::series::SERIES;

/// Which mails, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    state: String,
    before: String,
}

/// A mail of the log.
struct Row {
    what: String,
    at: String,
    datetime: String,
    shape: &'static str,
    state: String,
    path: String,
}

#[derive(Template)]
#[template(path = "office/operation/delivery.html")]
struct DeliveryPage {
    frame: Frame,
    tabs: Vec<(String, String, bool)>,
    rows: Vec<Row>,
    pager: Pager,
}

const SHELVES: [(&str, Shelf); 4] =
    [("gone", Shelf::Gone), ("waiting", Shelf::Waiting), ("failed", Shelf::Failed), ("bounced", Shelf::Bounced)];

/// What became of mails, newest first.
pub async fn delivery(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    desk::reaches(&visit)?;
    let (id, shelf) = SHELVES.into_iter().find(|(id, _)| *id == asked.state).unwrap_or(SHELVES[0]);
    let before: Option<MailId> = asked.before.parse().ok();
    let leaf = portal.db.read(async move |tx| outbox::list(tx, shelf, before).await).await?;
    let w = visit.words();
    let address = |state: &str| visit.to(&format!("/staff/delivery?state={state}"));
    let page = DeliveryPage {
        frame: desk::frame(&portal, &visit, w.t("office-delivery")).here(),
        tabs: SHELVES.into_iter().map(|(other, _)| (address(other), w.t(&format!("office-shelf-{other}")), other == id)).collect(),
        pager: Pager::onward(leaf.next.map_or_else(String::new, |next| format!("{}&before={next}", address(id)))),
        rows: leaf
            .rows
            .iter()
            .map(|mail| {
                let (shape, state) = mail_state(w, mail);
                let at = mail.sent_at.unwrap_or(mail.created_at);
                Row {
                    what: mail_words(w, &mail.kind),
                    at: desk::long_moment(at, w.lang),
                    datetime: at.rfc3339(),
                    shape,
                    state,
                    path: if is_about_application(&mail.kind) { format!("/staff/applicants/{}", mail.object) } else { String::new() },
                }
            })
            .collect(),
    };
    Page::html(&page)
}

/// Whether the mail's object is an application, which has a page.
fn is_about_application(kind: &str) -> bool {
    kind.starts_with("office.") || kind == crate::reminders::why::KIND || kind == SERIES || About::of(kind).is_some()
}
