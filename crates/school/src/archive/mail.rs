//! The mails of the archive, made from the facts of the moment at which they are sent.

use askama::Template;
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::{Lang, Uuid, lasts_until};
use web::{Portal, Words};

use super::complete::COMPLETED;
use super::join::JOINED;
use super::notice::{OPENED, WISHED};
use super::{END_OF_NOTICES, store};
use crate::trainings::application::{ApplicationId, receipt_number};
use crate::trainings::mail::rendered;
use crate::trainings::programme::ProgrammeId;
use crate::trainings::store::{self as trainings, InterestId, WholeApplication};
use crate::trainings::{END_OF_TELLING, Viewer, links};

/// Everything that one of the mails may say.
#[derive(Default)]
struct Facts {
    lines: Vec<Line>,
    course: String,
    nth: String,
    name: String,
    number: String,
    at: String,
    until: String,
    film: String,
    link: String,
    end: String,
    site: String,
    office: String,
    phone: String,
    hours: String,
    why: String,
}

/// A recording in the mail that tells of several.
struct Line {
    course: String,
    nth: String,
    when: String,
    name: String,
    link: String,
}

macro_rules! texts {
    ($($name:ident $path:literal { $($field:ident),* };)*) => {$(
        #[derive(Template)]
        #[template(path = $path, escape = "none")]
        struct $name<'a> { $($field: &'a str,)* site: &'a str, office: &'a str, phone: &'a str, hours: &'a str, why: &'a str }

        impl<'a> $name<'a> {
            fn text(facts: &'a Facts) -> Result<String, RenderError> {
                let Facts { site, office, phone, hours, why, .. } = facts;
                Self { $($field: &facts.$field,)* site, office, phone, hours, why }.render().map_err(|_| RenderError::Never("template"))
            }
        }
    )*};
}

texts! {
    CompletedJa "archive/mail/completed.ja.txt" { course, nth, name, at, link };
    CompletedEn "archive/mail/completed.en.txt" { course, nth, name, at, link };
    JoinedJa "archive/mail/joined.ja.txt" { course, nth, name, number, film, link };
    JoinedEn "archive/mail/joined.en.txt" { course, nth, name, number, film, link };
}

macro_rules! many {
    ($($name:ident $path:literal;)*) => {$(
        #[derive(Template)]
        #[template(path = $path, escape = "none")]
        struct $name<'a> {
            lines: &'a [Line],
            until: &'a str,
            end: &'a str,
            site: &'a str,
            office: &'a str,
            phone: &'a str,
            hours: &'a str,
            why: &'a str,
        }

        impl<'a> $name<'a> {
            fn text(facts: &'a Facts) -> Result<String, RenderError> {
                let Facts { lines, until, end, site, office, phone, hours, why, .. } = facts;
                Self { lines, until, end, site, office, phone, hours, why }.render().map_err(|_| RenderError::Never("template"))
            }
        }
    )*};
}

many! {
    OpenedJa "archive/mail/opened.ja.txt";
    OpenedEn "archive/mail/opened.en.txt";
}

/// Who makes which mail of the archive.
pub fn renderers(portal: &Portal) -> Renderers {
    let [one, two, three, four] = [(); 4].map(|()| portal.clone());
    Renderers::new()
        .on(OPENED, move |_, item| opened(one.clone(), item))
        .on(WISHED, move |_, item| wished(two.clone(), item))
        .on(COMPLETED, move |_, item| completed(three.clone(), item))
        .on(JOINED, move |_, item| joined(four.clone(), item))
}

/// The last lines of every mail.
fn foot(portal: &Portal, lang: Lang, why: &str) -> Facts {
    let settings = portal.settings();
    Facts {
        site: settings.text("site.name", lang).to_owned(),
        office: settings.text("operator.office", lang).to_owned(),
        phone: settings.text("contact.portal.phone", lang).to_owned(),
        hours: settings.text("contact.portal.hours", lang).to_owned(),
        why: Words::of(lang).t(why),
        ..Facts::default()
    }
}

fn film_path(whole: &WholeApplication) -> String {
    format!("/archive/{}/{}/{}", whole.programme.year, whole.course.slug, whole.session.number)
}

fn application_link(portal: &Portal, lang: Lang, whole: &WholeApplication) -> String {
    let application = &whole.application;
    portal.url(lang, &links::mailed(&portal.keys, application.id, application.generation))
}

/// What is told of a recording: by the link of the application, so that what is seen is put down.
fn line(portal: &Portal, lang: Lang, whole: &WholeApplication, is_shared: bool) -> Line {
    let viewer = Viewer { w: Words::of(lang), now: portal.now() };
    Line {
        course: whole.course.slug.prose().name(lang).to_owned(),
        nth: viewer.nth(&whole.session),
        when: whole.session.when(lang),
        name: if is_shared { whole.person.full_name() } else { String::new() },
        link: format!("{}?to=archive", application_link(portal, lang, whole)),
    }
}

async fn opened(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let ids: Vec<ApplicationId> = item
        .facts
        .get("applications")
        .and_then(serde_json::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|id| id.as_str()?.parse().ok())
        .collect();
    let (lang, now) = (item.lang, portal.now());
    let found = portal
        .db
        .read(async move |tx| {
            let mut found = Vec::new();
            for id in &ids {
                let Some(whole) = trainings::whole_application(tx, *id).await? else { continue };
                let archive = whole.programme.archive(whole.course.archive_opens_at);
                let recording = store::recording(tx, whole.session.id).await?;
                // It may have been taken back since, or the application cancelled.
                if whole.application.is_live() && recording.is_some_and(|recording| recording.is_open(archive, now)) {
                    found.push(whole);
                }
            }
            Ok(found)
        })
        .await?;
    let first = found.first().ok_or(RenderError::Gone("object"))?;
    let is_shared = found.iter().any(|whole| whole.person.id != first.person.id);
    let w = Words::of(lang);
    let lines: Vec<Line> = found.iter().map(|whole| line(&portal, lang, whole, is_shared)).collect();
    let subject = match lines.as_slice() {
        [only] => w.one("mail-archive-opened-subject", "course", &format!("{} {}", only.course, only.nth)),
        many => w.count("mail-archive-opened-subject-many", many.len()),
    };
    let until = first.programme.archive(first.course.archive_opens_at).and_then(|(_, closes)| closes);
    let end = portal.url(lang, &format!("/archive-notices/end/{}", portal.keys.sign(END_OF_NOTICES, &first.application.id.to_string())));
    let facts =
        Facts { lines, until: until.map_or_else(String::new, |at| lasts_until(at, lang)), end, ..foot(&portal, lang, "mail-why-applied") };
    let text = if lang == Lang::Ja { OpenedJa::text(&facts)? } else { OpenedEn::text(&facts)? };
    let name = if is_shared { String::new() } else { first.person.full_name() };
    rendered(&portal, &first.person.email, &name, subject, text, lang)
}

async fn wished(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let id = InterestId::from_uuid(item.object);
    let programme: ProgrammeId = item.id_of("programme").ok_or(RenderError::Never("programme"))?;
    let audiences: Vec<String> = item.facts.get("audiences").and_then(|list| serde_json::from_value(list.clone()).ok()).unwrap_or_default();
    let (lang, now) = (item.lang, portal.now());
    let found = portal
        .db
        .read(async move |tx| {
            let Some(wish) = trainings::interest(tx, id).await?.filter(|wish| wish.ended_at.is_none()) else { return Ok(None) };
            let mut lines = Vec::new();
            let programmes = trainings::programmes(tx).await?;
            let Some(programme) = programmes.into_iter().find(|one| one.id == programme) else { return Ok(None) };
            for course in trainings::courses(tx, programme.id).await? {
                if audiences.iter().any(|audience| audience == course.slug.slug()) {
                    let numbers = store::published_numbers(tx, &course).await?;
                    lines.extend(numbers.into_iter().map(|number| (course.clone(), number)));
                }
            }
            Ok(Some((wish, programme, lines)))
        })
        .await?;
    let (wish, programme, published) = found.ok_or(RenderError::Gone("object"))?;
    let w = Words::of(lang);
    let lines: Vec<Line> = published
        .iter()
        .filter(|(course, _)| super::recording::is_open(programme.archive(course.archive_opens_at), now))
        .map(|(course, number)| Line {
            course: course.slug.prose().name(lang).to_owned(),
            nth: crate::trainings::nth(w, *number, *number > 100),
            when: programme.year.label(lang),
            name: String::new(),
            link: portal.url(lang, &format!("/archive/{}/{}/{number}", programme.year, course.slug)),
        })
        .collect();
    let subject = match lines.as_slice() {
        [] => return Err(RenderError::Gone("nothing")),
        [only] => w.one("mail-archive-opened-subject", "course", &format!("{} {}", only.course, only.nth)),
        many => w.count("mail-archive-opened-subject-many", many.len()),
    };
    let until = programme.archive(None).and_then(|(_, closes)| closes);
    let facts = Facts {
        lines,
        until: until.map_or_else(String::new, |at| lasts_until(at, lang)),
        end: portal.url(lang, &format!("/tell-me/end/{}", portal.keys.sign(END_OF_TELLING, &Uuid::from(wish.id).to_string()))),
        ..foot(&portal, lang, "mail-why-tell")
    };
    let text = if lang == Lang::Ja { OpenedJa::text(&facts)? } else { OpenedEn::text(&facts)? };
    rendered(&portal, &wish.email, "", subject, text, lang)
}

async fn whole(portal: &Portal, item: &OutboxItem) -> Result<WholeApplication, RenderError> {
    let id = ApplicationId::from_uuid(item.object);
    portal.db.read(async move |tx| trainings::whole_application(tx, id).await).await?.ok_or(RenderError::Gone("object"))
}

fn about(portal: &Portal, lang: Lang, whole: &WholeApplication) -> Facts {
    let viewer = Viewer { w: Words::of(lang), now: portal.now() };
    Facts {
        course: whole.course.slug.prose().name(lang).to_owned(),
        nth: viewer.nth(&whole.session),
        name: whole.person.full_name(),
        number: receipt_number(whole.programme.year, whole.course.slug, whole.session.number, whole.application.number),
        film: portal.url(lang, &film_path(whole)),
        link: application_link(portal, lang, whole),
        ..foot(portal, lang, "mail-why-applied")
    }
}

async fn completed(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let (whole, lang) = (whole(&portal, &item).await?, item.lang);
    let id = whole.application.id;
    let done = portal.db.read(async move |tx| store::completion(tx, id).await).await?.ok_or(RenderError::Gone("object"))?;
    let facts = Facts { at: kernel::long_date(done.completed_at.day(), lang), ..about(&portal, lang, &whole) };
    let values = [("course", facts.course.as_str()), ("nth", facts.nth.as_str())];
    let subject = Words::of(lang).with("mail-archive-completed-subject", &values);
    let text = if lang == Lang::Ja { CompletedJa::text(&facts)? } else { CompletedEn::text(&facts)? };
    rendered(&portal, &whole.person.email, &whole.person.full_name(), subject, text, lang)
}

async fn joined(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let (whole, lang) = (whole(&portal, &item).await?, item.lang);
    let mut facts = about(&portal, lang, &whole);
    facts.link.push_str("?to=archive");
    let values = [("course", facts.course.as_str()), ("nth", facts.nth.as_str())];
    let subject = Words::of(lang).with("mail-archive-joined-subject", &values);
    let text = if lang == Lang::Ja { JoinedJa::text(&facts)? } else { JoinedEn::text(&facts)? };
    rendered(&portal, &whole.person.email, &whole.person.full_name(), subject, text, lang)
}
