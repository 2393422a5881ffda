//! What the office tells everybody of a session: that its date has changed, or that it does not take place.

use askama::Template;
use journal::delivery::Recipient;
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::{Lang, Timestamp};
use web::{Portal, Words, mail_html};

use super::sessions::Time;
use super::sessions::tell::{CALLED_OFF, RESCHEDULED};
use crate::trainings::application::{ApplicationId, receipt_number};
use crate::trainings::store::{self, WholeApplication};
use crate::trainings::{Viewer, calendar, links, month_day};

/// Everything that one of the two mails says.
struct Facts {
    when: String,
    was: String,
    until: String,
    reason: String,
    course: String,
    nth: String,
    number: String,
    name: String,
    link: String,
    site: String,
    office: String,
    phone: String,
    hours: String,
    why: String,
}

macro_rules! texts {
    ($($name:ident $path:literal;)*) => {$(
        #[derive(Template)]
        #[template(path = $path, escape = "none")]
        struct $name<'a> { facts: &'a Facts }
    )*};
}

texts! {
    RescheduledJa "office/mail/rescheduled.ja.txt";
    RescheduledEn "office/mail/rescheduled.en.txt";
    CalledOffJa "office/mail/called_off.ja.txt";
    CalledOffEn "office/mail/called_off.en.txt";
}

/// What the office tells everybody of a session.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Its date or time has changed.
    Rescheduled,
    /// It does not take place.
    CalledOff,
}

/// Who makes which mail of the office.
pub fn renderers(portal: &Portal) -> Renderers {
    let (one, other) = (portal.clone(), portal.clone());
    Renderers::new()
        .on(RESCHEDULED, move |_, item| render(one.clone(), item, Kind::Rescheduled))
        .on(CALLED_OFF, move |_, item| render(other.clone(), item, Kind::CalledOff))
}

async fn render(portal: Portal, item: OutboxItem, kind: Kind) -> Result<Rendered, RenderError> {
    let id = ApplicationId::from_uuid(item.object);
    let found = portal.db.read(async move |tx| store::whole_application(tx, id).await).await?;
    let whole = found.ok_or(RenderError::Gone("object"))?;
    let was = item.facts.get("was").and_then(|was| serde_json::from_value::<Time>(was.clone()).ok());
    letter(&portal, &whole, was, kind, item.lang, portal.now())
}

/// The mail of this kind about an application, as it stands.
pub(super) fn letter(
    portal: &Portal,
    whole: &WholeApplication,
    was: Option<Time>,
    kind: Kind,
    lang: Lang,
    now: Timestamp,
) -> Result<Rendered, RenderError> {
    let facts = facts(portal, whole, was, lang, now);
    let (key, text) = match kind {
        // Called off since, or cancelled: whoever no longer takes part is not told of a new date.
        Kind::Rescheduled if whole.session.cancelled_at.is_some() || !whole.application.is_live() => return Err(RenderError::Gone("over")),
        Kind::Rescheduled => {
            let text = lang.pick(RescheduledJa { facts: &facts }.render(), RescheduledEn { facts: &facts }.render());
            ("office-mail-rescheduled-subject", text)
        }
        Kind::CalledOff => {
            let text = lang.pick(CalledOffJa { facts: &facts }.render(), CalledOffEn { facts: &facts }.render());
            ("office-mail-called-off-subject", text)
        }
    };
    let text = text.map_err(|_| RenderError::Never("template"))?;
    let day = whole.session.day.map_or_else(String::new, |day| month_day(day, lang));
    let subject = Words::of(lang).with(key, &[("day", &day), ("course", &facts.course), ("nth", &facts.nth)]);
    let address = whole.person.email.parse().map_err(|_| RenderError::Never("address"))?;
    let html = mail_html(&portal.site, &subject, &text, lang);
    let rendered = Rendered::new(Recipient::new(address, whole.person.full_name()), subject, text).html(html);
    // Who waits has no entry yet, so there is none to change.
    let entry = if whole.application.is_waiting() { None } else { calendar::entry(portal, whole, lang, now) };
    Ok(match entry {
        Some(entry) => rendered.invitation(entry.method, entry.text),
        None => rendered,
    })
}

fn facts(portal: &Portal, whole: &WholeApplication, was: Option<Time>, lang: Lang, now: Timestamp) -> Facts {
    let w = Words::of(lang);
    let viewer = Viewer { w, now };
    let (application, session) = (&whole.application, &whole.session);
    let settings = portal.settings();
    let setting = |name: &str| settings.text(name, lang).to_owned();
    Facts {
        when: session.when(lang),
        was: was.and_then(|was| was.given_to(session)).map_or_else(String::new, |was| was.when(lang)),
        until: session.starts_at.map_or_else(String::new, |at| w.one("application-until-value", "at", &viewer.instant(at))),
        reason: session.cancel_reason.clone(),
        course: viewer.course(&whole.programme, &whole.course, &[]).name,
        nth: viewer.nth(session),
        number: receipt_number(whole.programme.year, whole.course.slug, session.number, application.number),
        name: whole.person.full_name(),
        link: portal.url(lang, &links::mailed(&portal.keys, application.id, application.generation)),
        site: setting("site.name"),
        office: setting("operator.office"),
        phone: setting("contact.portal.phone"),
        hours: setting("contact.portal.hours"),
        why: w.t("mail-why-applied"),
    }
}
