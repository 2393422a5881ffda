//! The mails of attendance, made from the facts of the moment at which they are sent.

use askama::Template;
use journal::delivery::Recipient;
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::Lang;
use web::{Portal, Words, mail_html};

use super::answer::ANSWERED;
use super::close::DECIDED;
use super::learner::{self, Own};
use super::object::RECEIVED;
use super::store::{self, Objection};
use super::{ObjectionId, words};
use crate::trainings::application::{ApplicationId, receipt_number};
use crate::trainings::store::{WholeApplication, whole_application};
use crate::trainings::{Viewer, links, month_day};

/// Everything that one of the three mails says.
struct Facts {
    when: String,
    word: String,
    why: String,
    course: String,
    nth: String,
    number: String,
    name: String,
    link: String,
    written: String,
    answer: String,
    decided: String,
    is_present: bool,
    site: String,
    office: String,
    phone: String,
    hours: String,
    reason: String,
}

macro_rules! texts {
    ($($name:ident $path:literal;)*) => {$(
        #[derive(Template)]
        #[template(path = $path, escape = "none")]
        struct $name<'a> { facts: &'a Facts }
    )*};
}

texts! {
    DecidedJa "attendance/mail/decided.ja.txt";
    DecidedEn "attendance/mail/decided.en.txt";
    ReceivedJa "attendance/mail/received.ja.txt";
    ReceivedEn "attendance/mail/received.en.txt";
    AnsweredJa "attendance/mail/answered.ja.txt";
    AnsweredEn "attendance/mail/answered.en.txt";
}

/// Who makes which mail of attendance.
pub fn renderers(portal: &Portal) -> Renderers {
    let mut renderers = Renderers::new();
    for kind in [DECIDED, RECEIVED, ANSWERED] {
        let portal = portal.clone();
        renderers = renderers.on(kind, move |_, item| render(portal.clone(), item));
    }
    renderers
}

async fn render(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let (lang, object, now) = (item.lang, item.object, portal.now());
    let is_decided = item.kind == DECIDED;
    let w = Words::of(lang);
    let found = portal
        .db
        .read(async move |tx| {
            let objection = if is_decided { None } else { store::objection(tx, ObjectionId::from_uuid(object)).await? };
            let id =
                if is_decided { Some(ApplicationId::from_uuid(object)) } else { objection.as_ref().map(|objection| objection.application) };
            let Some(id) = id else { return Ok(None) };
            let Some(whole) = whole_application(tx, id).await? else { return Ok(None) };
            let own = learner::own(tx, &whole.session, &whole.application, w, now).await?;
            Ok(Some((whole, own, objection)))
        })
        .await?;
    let (whole, own, objection) = found.ok_or(RenderError::Gone("object"))?;
    let own = own.ok_or(RenderError::Gone("seat"))?;
    if is_decided {
        // Decided otherwise, or opened again since: another mail says it, or will.
        return if own.word == decided_word(w, &item) { decided(&portal, &whole, &own, lang) } else { Err(RenderError::Gone("over")) };
    }
    let facts = facts(&portal, &whole, Some(&own), objection.as_ref(), lang);
    let (key, text) = match item.kind.as_str() {
        RECEIVED => {
            ("attendance-mail-received-subject", lang.pick(ReceivedJa { facts: &facts }.render(), ReceivedEn { facts: &facts }.render()))
        }
        ANSWERED => {
            ("attendance-mail-answered-subject", lang.pick(AnsweredJa { facts: &facts }.render(), AnsweredEn { facts: &facts }.render()))
        }
        _ => return Err(RenderError::Never("kind")),
    };
    finished(&portal, &whole, &facts, key, text, lang)
}

/// The mail that says what was decided about somebody's attendance.
pub fn decided(portal: &Portal, whole: &WholeApplication, own: &Own, lang: Lang) -> Result<Rendered, RenderError> {
    let facts = facts(portal, whole, Some(own), None, lang);
    let text = lang.pick(DecidedJa { facts: &facts }.render(), DecidedEn { facts: &facts }.render());
    finished(portal, whole, &facts, "attendance-mail-decided-subject", text, lang)
}

fn finished(
    portal: &Portal,
    whole: &WholeApplication,
    facts: &Facts,
    key: &str,
    text: askama::Result<String>,
    lang: Lang,
) -> Result<Rendered, RenderError> {
    let text = text.map_err(|_| RenderError::Never("template"))?;
    let day = whole.session.day.map_or_else(String::new, |day| month_day(day, lang));
    let subject = Words::of(lang).with(key, &[("day", &day), ("course", &facts.course), ("nth", &facts.nth), ("word", &facts.word)]);
    let address = whole.person.email.parse().map_err(|_| RenderError::Never("address"))?;
    let html = mail_html(&portal.site, &subject, &text, lang);
    Ok(Rendered::new(Recipient::new(address, whole.person.full_name()), subject, text).html(html))
}

fn decided_word(w: Words, item: &OutboxItem) -> String {
    let verdict = item.text("verdict").and_then(super::verdict::Verdict::of);
    verdict.map_or_else(String::new, |verdict| words::status(w, super::verdict::Status::Decided(verdict)))
}

fn facts(portal: &Portal, whole: &WholeApplication, own: Option<&Own>, objection: Option<&Objection>, lang: Lang) -> Facts {
    let w = Words::of(lang);
    let viewer = Viewer { w, now: portal.now() };
    let (application, session) = (&whole.application, &whole.session);
    let settings = portal.settings();
    let setting = |name: &str| settings.text(name, lang).to_owned();
    Facts {
        when: session.when(lang),
        word: own.map_or_else(String::new, |own| own.word.clone()),
        why: own.map_or_else(String::new, |own| own.why.clone()),
        course: viewer.course(&whole.programme, &whole.course, &[]).name,
        nth: viewer.nth(session),
        number: receipt_number(whole.programme.year, whole.course.slug, session.number, application.number),
        name: whole.person.full_name(),
        link: portal.url(lang, &links::mailed(&portal.keys, application.id, application.generation)),
        written: objection.map_or_else(String::new, |objection| objection.body.clone()),
        answer: objection.map_or_else(String::new, |objection| objection.answer.clone()),
        decided: objection.and_then(|objection| objection.mark).map_or_else(String::new, |mark| words::mark(w, mark)),
        is_present: own.is_some_and(|own| own.shape == "done"),
        site: setting("site.name"),
        office: setting("operator.office"),
        phone: setting("contact.portal.phone"),
        hours: setting("contact.portal.hours"),
        reason: w.t("mail-why-applied"),
    }
}

/// Subject and text of an answer, as it will arrive.
pub fn answer_preview(
    portal: &Portal,
    whole: &WholeApplication,
    objection: &Objection,
    own: Option<Own>,
) -> Result<(String, String), askama::Error> {
    let lang = objection.lang;
    let facts = facts(portal, whole, own.as_ref(), Some(objection), lang);
    let text = lang.pick(AnsweredJa { facts: &facts }.render(), AnsweredEn { facts: &facts }.render())?;
    let day = whole.session.day.map_or_else(String::new, |day| month_day(day, lang));
    let subject = Words::of(lang)
        .with("attendance-mail-answered-subject", &[("day", &day), ("course", &facts.course), ("nth", &facts.nth), ("word", &facts.word)]);
    Ok((subject, text))
}
