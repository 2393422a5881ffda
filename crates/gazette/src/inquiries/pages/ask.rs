use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use db::Lane;
use kernel::{EmailAddress, NotAnAddress, NotText, Span, Text, one_line};
use people::persons;
use web::{Contact, Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::moment;
use crate::inquiries::inquire::inquire;
use crate::inquiries::inquiry::{About, InquiryId, NewInquiry, QUESTION};
use crate::inquiries::store;

/// What the signature in the address of a receipt is for.
const RECEIPT: &str = "inquiry-receipt";

/// How long the receipt shows what was typed; afterwards the address alone shows a number and a day.
const SHOWN: Span = Span::hours(1);

#[derive(Template)]
#[template(path = "inquiries/pages/form.html")]
struct FormPage {
    frame: Frame,
    contacts: Vec<Contact>,
    mail_note: String,
    filled: Filled,
    key: String,
}

#[derive(Template)]
#[template(path = "inquiries/pages/receipt.html")]
struct ReceiptPage {
    frame: Frame,
    number: String,
    at: String,
    contact: Contact,
    email: String,
    body: String,
}

fn form_page(portal: &Portal, visit: &Visit, filled: Filled) -> Result<Page, PageError> {
    let (w, settings) = (visit.words(), portal.settings());
    let is_wrong = !filled.is_fine();
    let is_empty = !is_wrong && filled.value("email").is_empty() && filled.value("body").is_empty();
    let page = Page::html(&FormPage {
        frame: Frame::new(portal, visit, w.t("inquiries-title")).here(),
        contacts: About::ALL.map(|about| settings.contact(about.id(), visit.lang)).to_vec(),
        mail_note: settings.mail_note(visit.lang).unwrap_or("").to_owned(),
        filled,
        key: visit.now.uuid().to_string(),
    })?;
    let page = if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page };
    // Nothing in the empty form is anybody's, but its key is for one: kept by the browser alone, and asked for again.
    Ok(if is_empty && visit.token.is_none() { page.with(header::CACHE_CONTROL, "private, no-cache") } else { page })
}

/// Contacts by telephone and mail, and the form.
pub async fn form(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    form_page(&portal, &visit, Filled::default())
}

/// Receives a question, or shows the form again with what is to be mended.
pub async fn send(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    if let Some(fixed) = posted.get("fix").strip_prefix("email:") {
        let mut filled = Filled::from_posted(&posted);
        filled.set("email", fixed);
        return form_page(&portal, &visit, filled);
    }
    let new = match check(&posted, &visit) {
        Ok(new) => new,
        Err(filled) => return form_page(&portal, &visit, filled),
    };
    let office: Option<EmailAddress> = portal.settings().contact(new.about.id(), visit.lang).mail_address.parse().ok();
    let key = posted.key(&portal, &visit);
    let received = portal.db.write(Lane::Public, key, async move |tx, now| inquire(tx, &new, office.as_ref(), now).await).await?;
    let token = portal.keys.sign(RECEIPT, &received.id.to_string());
    Ok(Page::see_other(&visit.to(&format!("/contact/receipts/{token}"))))
}

/// What was received. The address is known to the one who asked alone.
pub async fn receipt(State(portal): State<Portal>, visit: Visit, Path(token): Path<String>) -> Result<Page, PageError> {
    let id: InquiryId = portal.keys.verify(RECEIPT, &token).and_then(|id| id.parse().ok()).ok_or(PageError::NotFound)?;
    let found = portal.db.read(async move |tx| Ok((store::inquiry(tx, id).await?, store::messages(tx, id).await?))).await?;
    let (Some(inquiry), messages) = found else { return Err(PageError::NotFound) };
    let is_fresh = visit.now.since(inquiry.received_at) < SHOWN;
    let shown = |text: &str| if is_fresh { text.to_owned() } else { String::new() };
    let w = visit.words();
    Page::html(&ReceiptPage {
        frame: Frame::new(&portal, &visit, w.t("inquiries-received-title")).crumb(w.t("inquiries-title"), "/contact").here(),
        number: inquiry.shown_number(),
        at: moment(inquiry.received_at, visit.lang),
        contact: portal.settings().contact(inquiry.about.id(), visit.lang),
        email: shown(inquiry.email.as_str()),
        body: shown(messages.first().map_or("", |question| question.body.as_str())),
    })
}

/// What was typed, in order, or the form with what is to be mended.
fn check(posted: &Posted, visit: &Visit) -> Result<NewInquiry, Filled> {
    let w = visit.words();
    let mut filled = Filled::from_posted(posted);
    let about = posted.get("about").parse::<About>().ok();
    if about.is_none() {
        filled.wrong("about", w.t("inquiries-wrong-about"));
    }
    let body = match Text::<QUESTION>::new(posted.get("body")) {
        Ok(body) => body.into_string(),
        Err(NotText::Empty) => wrong(&mut filled, "body", w.t("inquiries-wrong-body")),
        Err(NotText::TooLong { length, max }) => {
            let over = (length - max).to_string();
            wrong(&mut filled, "body", w.with("inquiries-wrong-body-long", &[("max", &max.to_string()), ("over", &over)]))
        }
    };
    let name = match Text::<50>::new(&one_line(posted.get("name"))) {
        Ok(name) => name.into_string(),
        Err(NotText::Empty) => wrong(&mut filled, "name", w.t("inquiries-wrong-name")),
        Err(NotText::TooLong { .. }) => wrong(&mut filled, "name", w.t("inquiries-wrong-name-long")),
    };
    let email = check_email(posted, &mut filled, w);
    let institution = match Text::<100>::new(&one_line(posted.get("institution"))) {
        Ok(institution) => institution.into_string(),
        Err(NotText::Empty) => String::new(),
        Err(NotText::TooLong { .. }) => wrong(&mut filled, "institution", w.t("inquiries-wrong-institution")),
    };
    if !posted.has("consent") {
        filled.wrong("consent", w.t("inquiries-wrong-consent"));
    }
    match (about, email) {
        (Some(about), Some(email)) if filled.is_fine() => Ok(NewInquiry { about, name, email, institution, body, lang: visit.lang }),
        _ => Err(filled),
    }
}

fn wrong(filled: &mut Filled, field: &str, message: String) -> String {
    filled.wrong(field, message);
    String::new()
}

/// A slip in a well-known domain is asked about once; who confirms it keeps it.
fn check_email(posted: &Posted, filled: &mut Filled, w: Words) -> Option<EmailAddress> {
    let email = match posted.get("email").parse::<EmailAddress>() {
        Ok(email) => email,
        Err(refusal) => {
            let key = match refusal {
                NotAnAddress::Empty => "inquiries-wrong-email",
                NotAnAddress::At => "inquiries-wrong-email-at",
                NotAnAddress::Ending => "inquiries-wrong-email-ending",
                NotAnAddress::Local | NotAnAddress::Domain | NotAnAddress::TooLong => "inquiries-wrong-email-other",
            };
            filled.wrong("email", w.t(key));
            return None;
        }
    };
    let is_kept = posted.get("email_kept") == email.as_str();
    if let Some(guess) = persons::domain_guess(&email).filter(|_| !is_kept) {
        filled.set("email_guess", guess.as_str());
        filled.set("email_typed", email.as_str());
        filled.wrong("email", w.one("inquiries-wrong-email-guess", "address", guess.as_str()));
        return None;
    }
    Some(email)
}
