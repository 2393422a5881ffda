//! The mails of trainings, made from the facts of the moment at which they are sent.

use askama::Template;
use journal::delivery::Recipient;
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::{Lang, Timestamp, Uuid};
use people::persons::{self, PersonId};
use web::{Portal, Words, mail_html};

use super::application::{ApplicationId, Spot, receipt_number};
use super::interest::{OPENED, WILL_TELL};
use super::links::{LINKS, mailed};
use super::series::SERIES;
use super::store::{self, InterestId, MyLine};
use super::view::{Viewer, month_day};
use about::about_application;
pub(crate) use about::{About, Given, letter};

macro_rules! templates {
    ($($name:ident $ja:literal $en:literal { $($field:ident : $ty:ty),* $(,)? })*) => {$(
        struct $name { lang: Lang, foot: Foot, $($field: $ty),* }

        impl $name {
            fn text(&self) -> Result<String, RenderError> {
                #[derive(Template)]
                #[template(path = $ja, escape = "none")]
                struct Ja<'a> { site: &'a str, office: &'a str, phone: &'a str, hours: &'a str, why: &'a str, $($field: &'a $ty),* }
                #[derive(Template)]
                #[template(path = $en, escape = "none")]
                struct En<'a> { site: &'a str, office: &'a str, phone: &'a str, hours: &'a str, why: &'a str, $($field: &'a $ty),* }
                let Foot { site, office, phone, hours, why } = &self.foot;
                let text = match self.lang {
                    Lang::Ja => Ja { site, office, phone, hours, why, $($field: &self.$field),* }
.render(),
                    Lang::En => En { site, office, phone, hours, why, $($field: &self.$field),* }.render(),
                };
                text.map_err(|_| RenderError::Never("template"))
            }
        }
    )*};
}

mod about;
mod several;

/// The last lines of every mail.
struct Foot {
    site: String,
    office: String,
    phone: String,
    hours: String,
    why: String,
}

/// One application in the mail with all links.
struct LinkLine {
    name: String,
    course: String,
    nth: String,
    when: String,
    state: String,
    number: String,
    link: String,
}

templates! {
    Links "trainings/mail/links.ja.txt" "trainings/mail/links.en.txt" { lines: Vec<LinkLine> }
    WillTell "trainings/mail/will_tell.ja.txt" "trainings/mail/will_tell.en.txt" { course: String, what: String, link: String }
    Opened "trainings/mail/opened.ja.txt" "trainings/mail/opened.en.txt" { when: String, until: String, course: String, nth: String, link: String, end: String }
}

/// Who makes which mail of this capability.
pub fn renderers(portal: &Portal) -> Renderers {
    let mut renderers = Renderers::new();
    for about in About::ALL {
        let portal = portal.clone();
        renderers = renderers.on(about.kind(), move |_, item| about_application(portal.clone(), item, about));
    }
    let (for_links, for_wishes, for_openings) = (portal.clone(), portal.clone(), portal.clone());
    let for_series = portal.clone();
    renderers
        .on(SERIES, move |_, item| several::series(for_series.clone(), item))
        .on(LINKS, move |_, item| links(for_links.clone(), item))
        .on(WILL_TELL, move |_, item| will_tell(for_wishes.clone(), item))
        .on(OPENED, move |_, item| opened(for_openings.clone(), item))
}

fn foot(portal: &Portal, lang: Lang, why: &str) -> Foot {
    let settings = portal.settings();
    Foot {
        site: settings.text("site.name", lang).to_owned(),
        office: settings.text("operator.office", lang).to_owned(),
        phone: settings.text("contact.portal.phone", lang).to_owned(),
        hours: settings.text("contact.portal.hours", lang).to_owned(),
        why: Words::of(lang).t(why),
    }
}

fn link(portal: &Portal, lang: Lang, application: ApplicationId, generation: i64) -> String {
    portal.url(lang, &mailed(&portal.keys, application, generation))
}

async fn links(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let id = PersonId::from_uuid(item.object);
    let found = portal
        .db
        .read(async move |tx| {
            let Some(person) = persons::find(tx, id).await? else { return Ok(None) };
            let lines = store::applications_of_address(tx, &person.email).await?;
            Ok(Some((person, lines)))
        })
        .await?;
    let (person, mine) = found.ok_or(RenderError::Gone("object"))?;
    let (lang, now) = (item.lang, portal.now());
    let lines: Vec<LinkLine> = mine.iter().filter(|line| is_worth_a_link(line, now)).map(|line| link_line(&portal, line, lang)).collect();
    if lines.is_empty() {
        return Err(RenderError::Gone("nothing"));
    }
    let text = Links { lang, foot: foot(&portal, lang, "mail-why-links"), lines }.text()?;
    rendered(&portal, &person.email, "", Words::of(lang).t("mail-links-subject"), text, lang)
}

fn is_worth_a_link(line: &MyLine, now: Timestamp) -> bool {
    line.ends_at.is_none_or(|ends| now < ends.plus(super::application::LINK_LASTS))
}

fn link_line(portal: &Portal, line: &MyLine, lang: Lang) -> LinkLine {
    let w = Words::of(lang);
    LinkLine {
        name: format!("{} {}", line.family, line.given),
        course: line.audience.prose().name(lang).to_owned(),
        nth: line.nth(w),
        when: line.when(lang),
        state: match (line.cancelled_at, line.place) {
            (Some(_), _) => w.t("application-cancelled"),
            (None, Spot::Waiting) => w.t("state-full"),
            (None, Spot::Seat) => w.t("application-confirmed"),
        },
        number: receipt_number(line.year, line.audience, line.session_number, line.number),
        link: link(portal, lang, line.id, line.generation),
    }
}

async fn will_tell(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let (interest, lang) = (interest(&portal, item.object).await?, item.lang);
    let w = Words::of(lang);
    let audience: super::programme::Audience = interest.audience.parse().map_err(|_| RenderError::Never("audience"))?;
    let course = audience.prose().name(lang).to_owned();
    let what = w.t(if interest.kind == "archive" { "mail-what-archive" } else { "mail-what-opening" });
    let text = WillTell {
        lang,
        foot: foot(&portal, lang, "mail-why-tell"),
        course: course.clone(),
        what,
        link: end_link(&portal, lang, item.object),
    }
    .text()?;
    rendered(&portal, &interest.email, "", w.one("mail-will-tell-subject", "course", &course), text, lang)
}

async fn opened(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let interest = interest(&portal, item.object).await?;
    let session: super::session::SessionId =
        item.facts.get("session").and_then(serde_json::Value::as_str).and_then(|id| id.parse().ok()).ok_or(RenderError::Gone("object"))?;
    let found = portal
        .db
        .read(async move |tx| {
            let Some(session) = store::session(tx, session).await? else { return Ok(None) };
            let (Some(course), Some(programme)) =
                (store::course(tx, session.course).await?, store::programme_of(tx, session.course).await?)
            else {
                return Ok(None);
            };
            Ok(Some((session, course, programme)))
        })
        .await?;
    let (session, course, programme) = found.ok_or(RenderError::Gone("object"))?;
    let lang = item.lang;
    let w = Words::of(lang);
    let viewer = Viewer { w, now: portal.now() };
    let name = viewer.course(&programme, &course, &[]).name;
    let nth = viewer.nth(&session);
    let day = session.day.map_or_else(String::new, |day| month_day(day, lang));
    let text = Opened {
        lang,
        foot: foot(&portal, lang, "mail-why-tell"),
        when: session.when(lang),
        until: session.closes_at.map_or_else(String::new, |at| viewer.instant(at)),
        course: name.clone(),
        nth: nth.clone(),
        link: portal.url(lang, &format!("/apply/{}/{}/{}", programme.year, course.slug, session.number)),
        end: end_link(&portal, lang, item.object),
    }
    .text()?;
    rendered(&portal, &interest.email, "", w.with("mail-opened-subject", &[("day", &day), ("course", &name), ("nth", &nth)]), text, lang)
}

async fn interest(portal: &Portal, id: Uuid) -> Result<store::Interest, RenderError> {
    let id = InterestId::from_uuid(id);
    let found = portal.db.read(async move |tx| store::interest(tx, id).await).await?;
    found.filter(|interest| interest.ended_at.is_none()).ok_or(RenderError::Gone("object"))
}

fn end_link(portal: &Portal, lang: Lang, interest: Uuid) -> String {
    portal.url(lang, &format!("/tell-me/end/{}", portal.keys.sign(super::END_OF_TELLING, &interest.to_string())))
}

/// A mail to an address and, if it is known, a name.
pub(crate) fn rendered(
    portal: &Portal,
    address: &str,
    name: &str,
    subject: String,
    text: String,
    lang: Lang,
) -> Result<Rendered, RenderError> {
    let address = address.parse().map_err(|_| RenderError::Never("address"))?;
    let html = mail_html(&portal.site, &subject, &text, lang);
    let to = if name.is_empty() { Recipient::from(address) } else { Recipient::new(address, name) };
    Ok(Rendered::new(to, subject, text).html(html))
}
