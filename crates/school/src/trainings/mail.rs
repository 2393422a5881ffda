//! The mails of trainings, made from the facts of the moment at which they are sent.

use askama::Template;
use journal::delivery::{InvitationMethod, Recipient};
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::{Lang, Timestamp, Uuid};
use people::persons::{self, PersonId};
use web::{Portal, Words, mail_html};

use super::application::{ApplicationId, Standing, receipt_number};
use super::calendar;
use super::links::mailed;
use super::store::{self, InterestId, MyLine, WholeApplication};
use super::view::{Viewer, month_day};

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
    Applied "trainings/mail/applied.ja.txt" "trainings/mail/applied.en.txt" { conflict: String, when: String, until: String, course: String, nth: String, number: String, name: String, link: String }
    Waiting "trainings/mail/waiting.ja.txt" "trainings/mail/waiting.en.txt" { when: String, until: String, course: String, nth: String, number: String, name: String, link: String, position: i64 }
    Promoted "trainings/mail/promoted.ja.txt" "trainings/mail/promoted.en.txt" { conflict: String, when: String, until: String, course: String, nth: String, number: String, name: String, link: String }
    Moved "trainings/mail/moved.ja.txt" "trainings/mail/moved.en.txt" { conflict: String, when: String, until: String, course: String, nth: String, number: String, name: String, link: String }
    Cancelled "trainings/mail/cancelled.ja.txt" "trainings/mail/cancelled.en.txt" { when: String, undo: String, course: String, nth: String, number: String, name: String, link: String }
    Restored "trainings/mail/restored.ja.txt" "trainings/mail/restored.en.txt" { conflict: String, when: String, until: String, course: String, nth: String, number: String, name: String, link: String }
    SignedUp "trainings/mail/signed_up.ja.txt" "trainings/mail/signed_up.en.txt" { conflict: String, when: String, until: String, state: String, course: String, nth: String, number: String, name: String, link: String, decline: String }
    Again "trainings/mail/again.ja.txt" "trainings/mail/again.en.txt" { when: String, until: String, course: String, nth: String, number: String, name: String, link: String }
    Elsewhere "trainings/mail/elsewhere.ja.txt" "trainings/mail/elsewhere.en.txt" { when: String, course: String, nth: String, number: String, name: String, change: String }
    Offered "trainings/mail/offered.ja.txt" "trainings/mail/offered.en.txt" { when: String, ends: String, course: String, nth: String, number: String, name: String, answer: String }
    Links "trainings/mail/links.ja.txt" "trainings/mail/links.en.txt" { lines: Vec<LinkLine> }
    WillTell "trainings/mail/will_tell.ja.txt" "trainings/mail/will_tell.en.txt" { course: String, what: String, link: String }
    Opened "trainings/mail/opened.ja.txt" "trainings/mail/opened.en.txt" { when: String, until: String, course: String, nth: String, link: String, end: String }
}

/// Who makes which mail of this capability.
pub fn renderers(portal: &Portal) -> Renderers {
    const ABOUT_APPLICATIONS: [(&str, &str); 9] = [
        ("trainings.applied", "applied"),
        ("trainings.signed_up", "signed_up"),
        ("trainings.again", "again"),
        ("trainings.elsewhere", "elsewhere"),
        ("trainings.cancelled", "cancelled"),
        ("trainings.restored", "restored"),
        ("trainings.promoted", "promoted"),
        ("trainings.moved", "moved"),
        ("trainings.offered", "offered"),
    ];
    let mut renderers = Renderers::new();
    for (kind, word) in ABOUT_APPLICATIONS {
        let portal = portal.clone();
        renderers = renderers.on(kind, move |_, item| about_application(portal.clone(), item, word));
    }
    let (for_links, for_wishes, for_openings) = (portal.clone(), portal.clone(), portal.clone());
    let for_series = portal.clone();
    renderers
        .on("trainings.series", move |_, item| several::series(for_series.clone(), item))
        .on("trainings.links", move |_, item| links(for_links.clone(), item))
        .on("trainings.will_tell", move |_, item| will_tell(for_wishes.clone(), item))
        .on("trainings.opened", move |_, item| opened(for_openings.clone(), item))
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

async fn about_application(portal: Portal, item: OutboxItem, kind: &'static str) -> Result<Rendered, RenderError> {
    let id = ApplicationId::from_uuid(item.object);
    let found = portal
        .db
        .glance(async move |tx| {
            let Some(whole) = store::whole_application(tx, id).await? else { return Ok(None) };
            let position = match whole.application.waited {
                Some(rank) if whole.application.is_waiting() => store::waiting_position(tx, whole.application.session, rank).await?,
                _ => 0,
            };
            let other = match store::overlapping(tx, id).await? {
                Some(other) => store::whole_application(tx, other).await?,
                None => None,
            };
            Ok(Some((whole, position, other)))
        })
        .await?;
    let (whole, position, conflict) = found.ok_or(RenderError::Gone("object"))?;
    let given = Given { position, ends: item.moment("ends"), to: item.number("to"), conflict };
    letter(&portal, &whole, &given, kind, item.lang, portal.now())
}

/// What a mail says beside the application itself.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// The place in the waiting list.
    pub(crate) position: i64,
    /// Until when a seat is kept.
    pub(crate) ends: Option<Timestamp>,
    /// The session that was asked for as well.
    pub(crate) to: Option<i64>,
    /// Another application of the same person for the same time.
    pub(crate) conflict: Option<WholeApplication>,
}

/// The mail of this kind about an application, as it stands.
pub(crate) fn letter(
    portal: &Portal,
    whole: &WholeApplication,
    given: &Given,
    kind: &str,
    lang: Lang,
    now: Timestamp,
) -> Result<Rendered, RenderError> {
    let (w, position) = (Words::of(lang), given.position);
    let viewer = Viewer { w, now };
    let (application, session) = (&whole.application, &whole.session);
    let course = viewer.course(&whole.programme, &whole.course, &[]).name;
    let nth = viewer.nth(session);
    let number = receipt_number(whole.programme.year, whole.course.slug, session.number, application.number);
    let when = session.when(lang);
    let until = session.starts_at.map_or_else(String::new, |at| w.one("application-until-value", "at", &viewer.instant(at)));
    let name = whole.person.full_name();
    let link = link(portal, lang, application.id, application.generation);
    let foot = foot(portal, lang, "mail-why-applied");
    let conflict = given.conflict.as_ref().map_or_else(String::new, |other| {
        let name = viewer.course(&other.programme, &other.course, &[]).name;
        w.with("conflict-mail", &[("course", &name), ("nth", &viewer.nth(&other.session)), ("when", &other.session.when(lang))])
    });
    let waits = application.standing(now) == Standing::Waiting;
    let (kind, text) = match kind {
        "cancelled" => {
            let undo = application.held_until.unwrap_or(now).clock_face();
            ("cancelled", Cancelled { lang, foot, when, undo, course: course.clone(), nth: nth.clone(), number, name, link }.text()?)
        }
        "applied" | "moved" if waits => {
            ("waiting", Waiting { lang, foot, when, until, course: course.clone(), nth: nth.clone(), number, name, link, position }.text()?)
        }
        "applied" => {
            ("applied", Applied { lang, foot, conflict, when, until, course: course.clone(), nth: nth.clone(), number, name, link }.text()?)
        }
        "promoted" => (
            "promoted",
            Promoted { lang, foot, conflict, when, until, course: course.clone(), nth: nth.clone(), number, name, link }.text()?,
        ),
        "moved" => {
            ("moved", Moved { lang, foot, conflict, when, until, course: course.clone(), nth: nth.clone(), number, name, link }.text()?)
        }
        "restored" => (
            "restored",
            Restored { lang, foot, conflict, when, until, course: course.clone(), nth: nth.clone(), number, name, link }.text()?,
        ),
        "signed_up" => {
            let state = if waits { w.one("application-waiting", "n", &position) } else { w.t("application-confirmed") };
            let decline = format!("{link}?to=decline");
            let mail = SignedUp {
                lang,
                foot,
                conflict,
                when,
                until,
                state,
                course: course.clone(),
                nth: nth.clone(),
                number,
                name,
                link,
                decline,
            };
            ("signed-up", mail.text()?)
        }
        "again" => ("again", Again { lang, foot, when, until, course: course.clone(), nth: nth.clone(), number, name, link }.text()?),
        "offered" => {
            let ends = viewer.instant(given.ends.ok_or(RenderError::Never("ends"))?);
            let answer = format!("{link}?to=offer");
            ("offered", Offered { lang, foot, when, ends, course: course.clone(), nth: nth.clone(), number, name, answer }.text()?)
        }
        "elsewhere" => {
            let change = format!("{link}?to=change&session={}", given.to.ok_or(RenderError::Never("to"))?);
            ("elsewhere", Elsewhere { lang, foot, when, course: course.clone(), nth: nth.clone(), number, name, change }.text()?)
        }
        _ => return Err(RenderError::Never("kind")),
    };
    let day = session.day.map_or_else(String::new, |day| month_day(day, lang));
    let subject = w.with(&format!("mail-{kind}-subject"), &[("day", &day), ("course", &course), ("nth", &nth)]);
    let calendar = if waits && kind == "signed-up" || matches!(kind, "waiting" | "elsewhere" | "offered") {
        None
    } else {
        calendar::entry(portal, whole, lang, now)
    };
    let mail = rendered(portal, &whole.person.email, &whole.person.full_name(), subject, text, lang)?;
    Ok(match calendar {
        Some(entry) if entry.method == "CANCEL" => mail.invitation(InvitationMethod::Cancel, entry.text),
        Some(entry) => mail.invitation(InvitationMethod::Request, entry.text),
        None => mail,
    })
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
        state: match (line.cancelled_at, line.place.as_str()) {
            (Some(_), _) => w.t("application-cancelled"),
            (None, "waiting") => w.t("state-full"),
            (None, _) => w.t("application-confirmed"),
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

fn rendered(portal: &Portal, address: &str, name: &str, subject: String, text: String, lang: Lang) -> Result<Rendered, RenderError> {
    let address = address.parse().map_err(|_| RenderError::Never("address"))?;
    let html = mail_html(&portal.site, &subject, &text, lang);
    let to = if name.is_empty() { Recipient::from(address) } else { Recipient::new(address, name) };
    Ok(Rendered::new(to, subject, text).html(html))
}
