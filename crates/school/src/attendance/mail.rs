//! The mails of attendance, made from the facts of the moment at which they are sent.

use askama::Template;
use journal::delivery::Recipient;
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::Lang;
use web::{Portal, Words, mail_html};

use super::learner;
use super::store::{self, Objection};
use super::{ObjectionId, words};
use crate::trainings::application::{ApplicationId, receipt_number};
use crate::trainings::store::{WholeApplication, whole_application};
use crate::trainings::{Viewer, month_day};

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
    for kind in ["attendance.decided", "attendance.objection_received", "attendance.answered"] {
        let portal = portal.clone();
        renderers = renderers.on(kind, move |_, item| render(portal.clone(), item));
    }
    renderers
}

async fn render(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let (lang, object, now) = (item.lang, item.object, portal.now());
    let is_decided = item.kind == "attendance.decided";
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
    let mut facts = facts(&portal, &whole, objection.as_ref(), lang);
    (facts.word, facts.why) = (own.word, own.why);
    facts.is_present = own.shape == "done";
    let (key, text) = match item.kind.as_str() {
        // Decided otherwise, or opened again since: another mail says it, or will.
        "attendance.decided" if facts.word != decided_word(w, &item) => return Err(RenderError::Gone("over")),
        "attendance.decided" => {
            ("attendance-mail-decided-subject", lang.pick(DecidedJa { facts: &facts }.render(), DecidedEn { facts: &facts }.render()))
        }
        "attendance.objection_received" => {
            ("attendance-mail-received-subject", lang.pick(ReceivedJa { facts: &facts }.render(), ReceivedEn { facts: &facts }.render()))
        }
        "attendance.answered" => {
            ("attendance-mail-answered-subject", lang.pick(AnsweredJa { facts: &facts }.render(), AnsweredEn { facts: &facts }.render()))
        }
        _ => return Err(RenderError::Never("kind")),
    };
    let text = text.map_err(|_| RenderError::Never("template"))?;
    let day = whole.session.day.map_or_else(String::new, |day| month_day(day, lang));
    let subject = w.with(key, &[("day", &day), ("course", &facts.course), ("nth", &facts.nth), ("word", &facts.word)]);
    let address = whole.person.email.parse().map_err(|_| RenderError::Never("address"))?;
    let html = mail_html(&portal.site, &subject, &text, lang);
    Ok(Rendered::new(Recipient::new(address, whole.person.full_name()), subject, text).html(html))
}

fn decided_word(w: Words, item: &OutboxItem) -> String {
    let verdict = item.text("verdict").and_then(super::verdict::Verdict::of);
    verdict.map_or_else(String::new, |verdict| words::status(w, super::verdict::Status::Decided(verdict)))
}

fn facts(portal: &Portal, whole: &WholeApplication, objection: Option<&Objection>, lang: Lang) -> Facts {
    let w = Words::of(lang);
    let viewer = Viewer { w, now: portal.now() };
    let (application, session) = (&whole.application, &whole.session);
    let settings = portal.settings();
    let setting = |name: &str| settings.text(name, lang).to_owned();
    Facts {
        when: session.when(lang),
        word: String::new(),
        why: String::new(),
        course: viewer.course(&whole.programme, &whole.course, &[]).name,
        nth: viewer.nth(session),
        number: receipt_number(whole.programme.year, whole.course.slug, session.number, application.number),
        name: whole.person.full_name(),
        link: portal.url(lang, &format!("/a/{}", portal.keys.application_token(application.id.uuid(), application.generation))),
        written: objection.map_or_else(String::new, |objection| objection.body.clone()),
        answer: objection.map_or_else(String::new, |objection| objection.answer.clone()),
        decided: objection.and_then(|objection| objection.mark).map_or_else(String::new, |mark| words::mark(w, mark)),
        is_present: false,
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
    own: Option<learner::Own>,
) -> Result<(String, String), askama::Error> {
    let lang = objection.lang;
    let mut facts = facts(portal, whole, Some(objection), lang);
    if let Some(own) = own {
        (facts.word, facts.why) = (own.word, own.why);
    }
    let text = lang.pick(AnsweredJa { facts: &facts }.render(), AnsweredEn { facts: &facts }.render())?;
    let day = whole.session.day.map_or_else(String::new, |day| month_day(day, lang));
    let subject = Words::of(lang)
        .with("attendance-mail-answered-subject", &[("day", &day), ("course", &facts.course), ("nth", &facts.nth), ("word", &facts.word)]);
    Ok((subject, text))
}
