use access::Hand;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{NotText, Text};
use web::paging::{Query, asked};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::moment;
use crate::inquiries::inquiry::{ANSWER, Inquiry, InquiryId, Message, MessageKind};
use crate::inquiries::{answer as answering, close as closing, mail, note as noting, reopen as reopening, store, take as taking};

#[derive(Template)]
#[template(path = "inquiries/pages/show.html")]
struct ShowPage {
    frame: Frame,
    inquiry: Inquiry,
    number: String,
    word: String,
    about: String,
    received: String,
    messages: Vec<MessageView>,
    filled: Filled,
    key: String,
}

#[derive(Template)]
#[template(path = "inquiries/pages/answer.html")]
struct AnswerPage {
    frame: Frame,
    inquiry: Inquiry,
    subject: String,
    text: String,
    body: String,
    closes: bool,
    key: String,
}

/// A message of the thread in words.
struct MessageView {
    is_note: bool,
    word: String,
    at: String,
    body: String,
}

fn inquiry_id(id: &str) -> Result<InquiryId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}

fn frame(portal: &Portal, visit: &Visit, title: String) -> Frame {
    let w = visit.words();
    Frame::new(portal, visit, title).in_office().crumb(w.t("inquiries-staff-title"), "/staff/inquiries").here()
}

async fn found(portal: &Portal, id: InquiryId) -> Result<(Inquiry, Vec<Message>), PageError> {
    let found = portal.db.read(async move |tx| Ok((store::inquiry(tx, id).await?, store::messages(tx, id).await?))).await?;
    match found {
        (Some(inquiry), messages) => Ok((inquiry, messages)),
        (None, _) => Err(PageError::NotFound),
    }
}

/// One inquiry with its thread, and what can be done.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, query: Query) -> Result<Page, PageError> {
    const DONE: [&str; 6] = ["answered", "noted", "taken", "closed", "reopened", "same"];
    let done = asked(&query, "done");
    let done = if DONE.contains(&done.as_str()) { visit.words().t(&format!("inquiries-done-{done}")) } else { String::new() };
    page(&portal, &visit, inquiry_id(&id)?, done, Filled::default()).await
}

async fn page(portal: &Portal, visit: &Visit, id: InquiryId, done: String, filled: Filled) -> Result<Page, PageError> {
    let (inquiry, messages) = found(portal, id).await?;
    let w = visit.words();
    let views = messages
        .iter()
        .map(|message| MessageView {
            is_note: message.kind == MessageKind::Note,
            word: w.t(&message.kind.key()),
            at: moment(message.at, visit.lang),
            body: message.body.clone(),
        })
        .collect();
    let is_wrong = !filled.is_fine();
    let number = inquiry.shown_number();
    let page = Page::html(&ShowPage {
        frame: frame(portal, visit, number.clone()).done(done),
        number,
        word: w.t(&inquiry.standing().key()),
        about: w.t(&inquiry.about.key()),
        received: moment(inquiry.received_at, visit.lang),
        inquiry,
        messages: views,
        filled,
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

fn done(visit: &Visit, id: InquiryId, what: &str) -> Page {
    Page::see_other(&visit.to(&format!("/staff/inquiries/{id}?done={what}")))
}

fn typed(posted: &Posted, field: &str, visit: &Visit) -> Result<String, Filled> {
    let w = visit.words();
    let message = match Text::<ANSWER>::new(posted.get(field)) {
        Ok(text) => return Ok(text.into_string()),
        Err(NotText::Empty) => w.t(&format!("inquiries-wrong-{field}")),
        Err(NotText::TooLong { length, max }) => {
            w.with("inquiries-wrong-body-long", &[("max", &max.to_string()), ("over", &(length - max).to_string())])
        }
    };
    let mut filled = Filled::from_posted(posted);
    filled.wrong(field, message);
    Err(filled)
}

/// Shows the mail as it will arrive; once that was seen, sends it.
pub async fn answer(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let id = inquiry_id(&id)?;
    let body = match typed(&posted, "answer", &visit) {
        Ok(body) if posted.get("do") != "change" => body,
        Ok(_) => return page(&portal, &visit, id, String::new(), Filled::from_posted(&posted)).await,
        Err(filled) => return page(&portal, &visit, id, String::new(), filled).await,
    };
    let closes = posted.get("closes") == "yes";
    if posted.get("do") != "send" {
        let (inquiry, messages) = found(&portal, id).await?;
        let (subject, text) = mail::answer_mail(&portal, &inquiry, &body, mail::question(&messages, i64::MAX))?;
        return Page::html(&AnswerPage {
            frame: frame(&portal, &visit, visit.words().t("inquiries-check-answer")),
            inquiry,
            subject,
            text,
            body,
            closes,
            key: visit.now.uuid().to_string(),
        });
    }
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let outcome =
        portal.db.write(Lane::Staff, key, async move |tx, now| answering::answer(tx, id, &body, closes, &hand, now).await).await?;
    outcome.map(|()| done(&visit, id, "answered")).map_err(|answering::NotAnswered::Unknown| PageError::NotFound)
}

/// Writes a note, or a reply that came by another way, into the thread.
pub async fn note(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let id = inquiry_id(&id)?;
    let body = match typed(&posted, "note", &visit) {
        Ok(body) => body,
        Err(filled) => return page(&portal, &visit, id, String::new(), filled).await,
    };
    let is_reply = posted.get("kind") == "reply";
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| noting::note(tx, id, &body, is_reply, &hand, now).await).await?;
    outcome.map(|()| done(&visit, id, "noted")).map_err(|noting::NotNoted::Unknown| PageError::NotFound)
}

/// Takes an inquiry up.
pub async fn take(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let id = inquiry_id(&id)?;
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let changed = portal.db.write(Lane::Staff, key, async move |tx, now| taking::take(tx, id, &hand, now).await).await?;
    Ok(done(&visit, id, if changed { "taken" } else { "same" }))
}

/// Closes an inquiry.
pub async fn close(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let id = inquiry_id(&id)?;
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let changed = portal.db.write(Lane::Staff, key, async move |tx, now| closing::close(tx, id, &hand, now).await).await?;
    Ok(done(&visit, id, if changed { "closed" } else { "same" }))
}

/// Opens a closed inquiry again.
pub async fn reopen(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let id = inquiry_id(&id)?;
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let changed = portal.db.write(Lane::Staff, key, async move |tx, now| reopening::reopen(tx, id, &hand, now).await).await?;
    Ok(done(&visit, id, if changed { "reopened" } else { "same" }))
}
