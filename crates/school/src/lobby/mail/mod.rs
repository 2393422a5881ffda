//! What the day tells by mail: that the meeting is elsewhere, and that somebody who sat down has a record of their own.

use askama::Template;
use journal::delivery::Recipient;
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::{Lang, Timestamp};
use web::{Portal, Words, mail_html};

use super::store;
use super::viewing::SAT_DOWN;
use crate::office::sessions::tell::SWITCHED;
use crate::trainings::application::{ApplicationId, receipt_number};
use crate::trainings::links::mailed;
use crate::trainings::store::{self as trainings, WholeApplication};
use crate::trainings::{Viewer, month_day};

/// Everything that one of the mails says.
struct Facts {
    when: String,
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
    /// Whose screen it is, where somebody was seated before one.
    place: String,
    /// Whether they had waited for a seat.
    had_waited: bool,
}

macro_rules! texts {
    ($($name:ident $path:literal;)*) => {$(
        #[derive(Template)]
        #[template(path = $path, escape = "none")]
        struct $name<'a> { facts: &'a Facts }
    )*};
}

texts! {
    SwitchedJa "lobby/mail/switched.ja.txt";
    SwitchedEn "lobby/mail/switched.en.txt";
    SatDownJa "lobby/mail/sat_down.ja.txt";
    SatDownEn "lobby/mail/sat_down.en.txt";
    SeatedJa "lobby/mail/seated.ja.txt";
    SeatedEn "lobby/mail/seated.en.txt";
}

/// The link of a mail that leads, by the application, into its lobby: never to the meeting itself, so that presence counts and a
/// meeting that has moved is found.
pub fn lobby_link(portal: &Portal, lang: Lang, whole: &WholeApplication) -> String {
    portal.url(lang, &format!("{}?to=lobby", mailed(&portal.keys, whole.application.id, whole.application.generation)))
}

/// Who makes which mail of the day.
pub fn renderers(portal: &Portal) -> Renderers {
    let (one, other) = (portal.clone(), portal.clone());
    Renderers::new().on(SWITCHED, move |_, item| switched(one.clone(), item)).on(SAT_DOWN, move |_, item| sat_down(other.clone(), item))
}

async fn whole(portal: &Portal, item: &OutboxItem) -> Result<WholeApplication, RenderError> {
    let id = ApplicationId::from_uuid(item.object);
    let found = portal.db.read(async move |tx| trainings::whole_application(tx, id).await).await?;
    found.filter(|whole| whole.application.is_live() && !whole.application.is_waiting()).ok_or(RenderError::Gone("over"))
}

async fn switched(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let whole = whole(&portal, &item).await?;
    let session = whole.session.id;
    let meeting = portal.db.read(async move |tx| store::meeting(tx, session).await).await?;
    // Of no use to anybody once the session is over.
    let is_over = meeting.hours(&whole.session).is_none_or(|hours| portal.now() >= hours.ends);
    if is_over || whole.session.cancelled_at.is_some() {
        return Err(RenderError::Gone("over"));
    }
    let lang = item.lang;
    let facts = facts(&portal, &whole, lang, lobby_link(&portal, lang, &whole));
    let text = lang.pick(SwitchedJa { facts: &facts }.render(), SwitchedEn { facts: &facts }.render());
    rendered(&portal, &whole, &facts, "mail-switched-subject", text, lang)
}

async fn sat_down(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let whole = whole(&portal, &item).await?;
    let lang = item.lang;
    let link = portal.url(lang, &mailed(&portal.keys, whole.application.id, whole.application.generation));
    if let Some(had) = item.text("had") {
        return seated(&portal, &whole, had, &link, lang).await;
    }
    let facts = facts(&portal, &whole, lang, link);
    let text = lang.pick(SatDownJa { facts: &facts }.render(), SatDownEn { facts: &facts }.render());
    rendered(&portal, &whole, &facts, "mail-sat-down-subject", text, lang)
}

/// To whoever had applied: their name was typed at a screen, and there is a way to say that it was not them.
async fn seated(portal: &Portal, whole: &WholeApplication, had: &str, link: &str, lang: Lang) -> Result<Rendered, RenderError> {
    let id = whole.application.id;
    let place = portal.db.read(async move |tx| store::place_of_screen(tx, id).await).await?;
    // Taken away again before the mail went out: nothing has happened to them.
    let place = place.ok_or(RenderError::Gone("over"))?;
    let why = Words::of(lang).t("mail-why-applied");
    let link = format!("{link}?to=attendance");
    let facts = Facts { place, had_waited: had == "waiting", why, ..facts(portal, whole, lang, link) };
    let text = lang.pick(SeatedJa { facts: &facts }.render(), SeatedEn { facts: &facts }.render());
    rendered(portal, whole, &facts, "mail-seated-subject", text, lang)
}

fn rendered(
    portal: &Portal,
    whole: &WholeApplication,
    facts: &Facts,
    key: &str,
    text: Result<String, askama::Error>,
    lang: Lang,
) -> Result<Rendered, RenderError> {
    let text = text.map_err(|_| RenderError::Never("template"))?;
    let day = whole.session.day.map_or_else(String::new, |day| month_day(day, lang));
    let subject = Words::of(lang).with(key, &[("day", &day), ("course", &facts.course), ("nth", &facts.nth)]);
    let address = whole.person.email.parse().map_err(|_| RenderError::Never("address"))?;
    let html = mail_html(&portal.site, &subject, &text, lang);
    Ok(Rendered::new(Recipient::new(address, whole.person.full_name()), subject, text).html(html))
}

fn facts(portal: &Portal, whole: &WholeApplication, lang: Lang, link: String) -> Facts {
    let w = Words::of(lang);
    let now: Timestamp = portal.now();
    let viewer = Viewer { w, now };
    let settings = portal.settings();
    let setting = |name: &str| settings.text(name, lang).to_owned();
    Facts {
        when: whole.session.when(lang),
        course: viewer.course(&whole.programme, &whole.course, &[]).name,
        nth: viewer.nth(&whole.session),
        number: receipt_number(whole.programme.year, whole.course.slug, whole.session.number, whole.application.number),
        name: whole.person.full_name(),
        link,
        site: setting("site.name"),
        office: setting("operator.office"),
        phone: setting("contact.portal.phone"),
        hours: setting("contact.portal.hours"),
        why: w.t(if whole.application.is_viewer() { "mail-why-sat-down" } else { "mail-why-applied" }),
        place: String::new(),
        had_waited: false,
    }
}
