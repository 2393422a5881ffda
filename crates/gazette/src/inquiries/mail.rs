//! The mails of inquiries, made from the facts of the moment at which they are sent.

use askama::Template;
use journal::delivery::Recipient;
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::{Lang, long_moment};
use web::{Contact, Portal, Words, mail_html};

use super::answer::ANSWERED;
use super::inquire::{NEW, RECEIVED};
use super::inquiry::{Inquiry, InquiryId, Message, MessageKind};
use super::store;

/// What every mail of this capability has.
struct Foot {
    site: String,
    contact: Contact,
}

#[derive(Template)]
#[template(path = "inquiries/mail/received.ja.txt", escape = "none")]
struct ReceivedJa<'a> {
    foot: &'a Foot,
    name: &'a str,
    number: &'a str,
    at: &'a str,
    about: &'a str,
}

#[derive(Template)]
#[template(path = "inquiries/mail/received.en.txt", escape = "none")]
struct ReceivedEn<'a> {
    foot: &'a Foot,
    name: &'a str,
    number: &'a str,
    at: &'a str,
    about: &'a str,
}

#[derive(Template)]
#[template(path = "inquiries/mail/answered.ja.txt", escape = "none")]
struct AnsweredJa<'a> {
    foot: &'a Foot,
    name: &'a str,
    number: &'a str,
    answer: &'a str,
    at: &'a str,
    question: &'a str,
}

#[derive(Template)]
#[template(path = "inquiries/mail/answered.en.txt", escape = "none")]
struct AnsweredEn<'a> {
    foot: &'a Foot,
    name: &'a str,
    number: &'a str,
    answer: &'a str,
    at: &'a str,
    question: &'a str,
}

#[derive(Template)]
#[template(path = "inquiries/mail/new.ja.txt", escape = "none")]
struct NewJa<'a> {
    foot: &'a Foot,
    number: &'a str,
    at: &'a str,
    about: &'a str,
    link: &'a str,
}

/// Who makes which mail of this capability.
pub fn renderers(portal: &Portal) -> Renderers {
    let mut renderers = Renderers::new();
    for kind in [RECEIVED, NEW, ANSWERED] {
        let portal = portal.clone();
        renderers = renderers.on(kind, move |_, item| render(portal.clone(), item));
    }
    renderers
}

async fn render(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let id = InquiryId::from_uuid(item.object);
    let found = portal.db.read(async move |tx| Ok((store::inquiry(tx, id).await?, store::messages(tx, id).await?))).await?;
    let (Some(inquiry), messages) = found else { return Err(RenderError::Gone("object")) };
    portal.refresh().await?;
    match item.kind.as_str() {
        RECEIVED => received(&portal, &inquiry),
        NEW => new(&portal, &inquiry, &item),
        ANSWERED => {
            let number = item.number("message").ok_or(RenderError::Never("message"))?;
            let answer = messages.iter().find(|message| message.number == number).ok_or(RenderError::Gone("message"))?;
            let question = question(&messages, number);
            let (subject, text) = answer_mail(&portal, &inquiry, &answer.body, question).map_err(|_| RenderError::Never("template"))?;
            let contact = portal.settings().contact(inquiry.about.id(), inquiry.lang);
            let mail = to_the_person(&portal, &inquiry, subject, text).by_hand();
            Ok(match contact.mail_address.parse() {
                Ok(address) => mail.reply_to(Recipient::new(address, contact.organization)),
                Err(_) => mail,
            })
        }
        _ => Err(RenderError::Never("kind")),
    }
}

/// What the person said last before an answer: the question itself, or a reply that was written down.
pub fn question(messages: &[Message], before: i64) -> Option<&Message> {
    let said = messages.iter().rev().filter(|message| message.number < before);
    said.into_iter().find(|message| matches!(message.kind, MessageKind::Question | MessageKind::Reply))
}

/// Subject and text of an answer, as it arrives.
pub fn answer_mail(
    portal: &Portal,
    inquiry: &Inquiry,
    answer: &str,
    question: Option<&Message>,
) -> Result<(String, String), askama::Error> {
    let (lang, number) = (inquiry.lang, inquiry.shown_number());
    let foot = foot(portal, inquiry, lang);
    let at = question.map_or_else(String::new, |question| long_moment(question.at, lang));
    let (name, number, at) = (inquiry.name.as_str(), number.as_str(), at.as_str());
    let question = question.map_or("", |question| question.body.as_str());
    let text = match lang {
        Lang::Ja => AnsweredJa { foot: &foot, name, number, answer, at, question }.render()?,
        Lang::En => AnsweredEn { foot: &foot, name, number, answer, at, question }.render()?,
    };
    Ok((Words::of(lang).one("inquiries-mail-answered-subject", "number", number), text))
}

fn received(portal: &Portal, inquiry: &Inquiry) -> Result<Rendered, RenderError> {
    let (lang, number) = (inquiry.lang, inquiry.shown_number());
    let (foot, at) = (foot(portal, inquiry, lang), long_moment(inquiry.received_at, lang));
    let (name, number, at, about) = (inquiry.name.as_str(), number.as_str(), at.as_str(), foot.contact.about.as_str());
    // What was typed is not in it: anybody can type anybody's address.
    let text = match lang {
        Lang::Ja => ReceivedJa { foot: &foot, name, number, at, about }.render(),
        Lang::En => ReceivedEn { foot: &foot, name, number, at, about }.render(),
    };
    let text = text.map_err(|_| RenderError::Never("template"))?;
    Ok(to_the_person(portal, inquiry, Words::of(lang).one("inquiries-mail-received-subject", "number", number), text))
}

fn new(portal: &Portal, inquiry: &Inquiry, item: &OutboxItem) -> Result<Rendered, RenderError> {
    let office = item.recipient.clone().ok_or(RenderError::Never("recipient"))?;
    let number = inquiry.shown_number();
    let foot = foot(portal, inquiry, Lang::Ja);
    let at = long_moment(inquiry.received_at, Lang::Ja);
    let link = portal.url(Lang::Ja, &format!("/staff/inquiries/{}", inquiry.id));
    let mail = NewJa { foot: &foot, number: &number, at: &at, about: &foot.contact.about, link: &link };
    let text = mail.render().map_err(|_| RenderError::Never("template"))?;
    let subject = Words::of(Lang::Ja).one("inquiries-mail-new-subject", "number", &number);
    let html = mail_html(&portal.site, &subject, &text, Lang::Ja);
    Ok(Rendered::new(office.into(), subject, text).html(html))
}

fn to_the_person(portal: &Portal, inquiry: &Inquiry, subject: String, text: String) -> Rendered {
    let html = mail_html(&portal.site, &subject, &text, inquiry.lang);
    Rendered::new(Recipient::new(inquiry.email.clone(), &inquiry.name), subject, text).html(html)
}

fn foot(portal: &Portal, inquiry: &Inquiry, lang: Lang) -> Foot {
    let settings = portal.settings();
    Foot { site: settings.text("site.name", lang).to_owned(), contact: settings.contact(inquiry.about.id(), lang) }
}
