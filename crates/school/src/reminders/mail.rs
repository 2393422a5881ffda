//! The mails of the rules, made from the facts of the moment at which they are sent: one mail says one thing, or several.

use askama::Template;
use journal::delivery::Recipient;
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::{Day, Lang, Timestamp};
use web::{Portal, Words, mail_html};

use super::post::Part;
use super::rule::Rule;
use super::set::SAMPLE;
use super::worth;
use crate::lobby::meeting::SURVEY_LASTS;
use crate::office::staff_pages::{Whole, long_moment};
use crate::trainings::application::receipt_number;
use crate::trainings::{Viewer, links, month_day};

/// What the signature in the link to one's choice of mails is for.
pub const CHOICE: &str = "mails";

/// One thing that a mail tells.
struct Telling {
    rule: Rule,
    /// 明日 16:00から
    title: String,
    subject: String,
    when: String,
    how: String,
    until: String,
    text: String,
    extra: String,
    link: String,
    course: String,
    nth: String,
    number: String,
}

/// The mail.
struct Letter {
    tellings: Vec<Telling>,
    name: String,
    choice: String,
    site: String,
    office: String,
    phone: String,
    hours: String,
    why: String,
}

#[derive(Template)]
#[template(path = "reminders/mail/due.ja.txt", escape = "none")]
struct Ja<'a> {
    l: &'a Letter,
}

#[derive(Template)]
#[template(path = "reminders/mail/due.en.txt", escape = "none")]
struct En<'a> {
    l: &'a Letter,
}

/// Everything that one telling is made of: of an application, or of a sample.
pub struct Subject {
    /// The session.
    pub whole: Whole,
    /// The receipt number's last part.
    pub number: i64,
    /// The name.
    pub name: String,
    /// `/a/…`
    pub path: String,
    /// How many wait before, plus one.
    pub position: i64,
    /// A sentence of the secretariat's own.
    pub extra: String,
    /// When the recordings are expected.
    pub archive: Option<Day>,
}

/// A mail as it will be read.
pub struct Read {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// Who makes the mails of the rules.
pub fn renderers(portal: &Portal) -> Renderers {
    let (one, other) = (portal.clone(), portal.clone());
    Renderers::new().on(super::why::KIND, move |_, item| due(one.clone(), item)).on(SAMPLE, move |_, item| sample(other.clone(), item))
}

async fn due(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let parts: Vec<Part> = item.facts.get("parts").and_then(|parts| serde_json::from_value(parts.clone()).ok()).unwrap_or_default();
    let (lang, now) = (item.lang, portal.now());
    let found = portal
        .db
        .read(async move |tx| {
            let mut found = Vec::new();
            for part in &parts {
                if let Some(one) = worth::telling(tx, *part, now).await? {
                    found.push(one);
                }
            }
            Ok(found)
        })
        .await?;
    let first = found.first().ok_or(RenderError::Gone("over"))?;
    let (person, address) = (first.whole.person.full_name(), first.whole.person.email.clone());
    let choice = choice_link(&portal, lang, first.whole.person.id);
    let is_optional = found.iter().all(|one| one.part.rule.given().optional);
    let tellings = found.iter().map(|one| {
        let whole = Whole { session: one.whole.session.clone(), course: one.whole.course.clone(), programme: one.whole.programme.clone() };
        let (setting, _) = one.settings.of(&whole, one.part.rule);
        let subject = Subject {
            number: one.whole.application.number,
            name: person.clone(),
            path: links::mailed(&portal.keys, one.whole.application.id, one.whole.application.generation),
            position: one.position,
            extra: setting.extra(lang).to_owned(),
            archive: one.archive,
            whole,
        };
        telling(&portal, one.part.rule, &subject, lang, now)
    });
    let tellings: Vec<Telling> = tellings.collect();
    let read = read(&portal, tellings, person.clone(), if is_optional { choice.as_str() } else { "" }, lang)?;
    let email = address.parse().map_err(|_| RenderError::Never("address"))?;
    let html = mail_html(&portal.site, &read.subject, &read.text, lang);
    let rendered = Rendered::new(Recipient::new(email, person), read.subject, read.text).html(html);
    let rules: Vec<&str> = found.iter().map(|one| one.part.rule.id()).collect();
    Ok(if is_optional { rendered.unsubscribe(&format!("{choice}/end/{}", rules.join("."))) } else { rendered })
}

/// The link to one's choice of mails. It names the person, never the address.
pub fn choice_link(portal: &Portal, lang: Lang, person: people::persons::PersonId) -> String {
    portal.url(lang, &format!("/mails/{}", portal.keys.sign(CHOICE, &person.uuid().to_string())))
}

/// The same for an address that is nobody's.
fn sample_link(portal: &Portal, lang: Lang) -> String {
    portal.url(lang, "/mails/…")
}

/// A mail as it will be read, for somebody who is nobody.
pub fn specimen(portal: &Portal, rule: Rule, subject: &Subject, lang: Lang, now: Timestamp) -> Result<Read, RenderError> {
    let choice = sample_link(portal, lang);
    let telling = telling(portal, rule, subject, lang, now);
    let choice = if rule.given().optional { choice.as_str() } else { "" };
    read(portal, vec![telling], subject.name.clone(), choice, lang)
}

/// A specimen to whoever asked for it.
async fn sample(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let rule = item.text("rule").and_then(Rule::of).ok_or(RenderError::Never("rule"))?;
    let (id, lang) = (item.object.into(), item.lang);
    let found = portal.db.read(async move |tx| super::specimen::subject(tx, id, rule, lang).await).await?;
    let (subject, at) = found.ok_or(RenderError::Gone("object"))?;
    let read = specimen(&portal, rule, &subject, lang, at.unwrap_or_else(|| portal.now()))?;
    let title = Words::of(lang).one("mails-sample-subject", "subject", &read.subject);
    let address = item.recipient.clone().ok_or(RenderError::Gone("address"))?;
    let html = mail_html(&portal.site, &title, &read.text, lang);
    Ok(Rendered::new(Recipient::from(address), title, read.text).html(html))
}

fn read(portal: &Portal, tellings: Vec<Telling>, name: String, choice: &str, lang: Lang) -> Result<Read, RenderError> {
    let w = Words::of(lang);
    let settings = portal.settings();
    let setting = |name: &str| settings.text(name, lang).to_owned();
    let subject = match tellings.as_slice() {
        [] => return Err(RenderError::Gone("over")),
        [only] => only.subject.clone(),
        [first, ..] => w.with("mails-subject-several", &[("n", &tellings.len().to_string()), ("first", &first.subject)]),
    };
    let why = match tellings.as_slice() {
        [only] => w.t(&format!("mails-why-{}", only.rule.id())),
        _ => w.t("mails-why-several"),
    };
    let letter = Letter {
        tellings,
        name,
        choice: choice.to_owned(),
        site: setting("site.name"),
        office: setting("operator.office"),
        phone: setting("contact.portal.phone"),
        hours: setting("contact.portal.hours"),
        why,
    };
    let text = lang.pick(Ja { l: &letter }.render(), En { l: &letter }.render()).map_err(|_| RenderError::Never("template"))?;
    Ok(Read { subject, text })
}

/// Where the link of a rule's mail leads, beside the application itself.
const fn place(rule: Rule) -> &'static str {
    match rule {
        Rule::Day | Rule::Hour => "?to=lobby",
        Rule::CatchUp => "?to=archive",
        Rule::After => "?to=questionnaire",
        Rule::Deadline | Rule::Week => "",
    }
}

fn telling(portal: &Portal, rule: Rule, subject: &Subject, lang: Lang, now: Timestamp) -> Telling {
    let w = Words::of(lang);
    let viewer = Viewer { w, now };
    let Whole { session, course, programme } = &subject.whole;
    let name = viewer.course(programme, course, &[]).name;
    let nth = viewer.nth(session);
    let day = session.day.map_or_else(String::new, |day| month_day(day, lang));
    let at = session.starts_at.map_or_else(String::new, Timestamp::clock_face);
    let left = session.day.and_then(|day| now.day().until(day).ok()).map_or(0, |gap| gap.get_days());
    let soon = match left {
        ..=0 => w.t("mails-soon-today"),
        1 => w.t("mails-soon-tomorrow"),
        days => w.one("mails-soon-days", "n", &days),
    };
    let ends = programme.archive(course.archive_opens_at).and_then(|(_, ends)| ends);
    let film_until =
        ends.map_or_else(|| w.t("mails-film-end-unset"), |at| kernel::long_date(at.minus(kernel::Span::micros(1)).day(), lang));
    let archive = subject.archive.map_or_else(|| w.t("mails-archive-unset"), |day| kernel::long_date(day, lang));
    let id = rule.id();
    let values = [
        ("course", name.as_str()),
        ("nth", nth.as_str()),
        ("day", day.as_str()),
        ("at", at.as_str()),
        ("soon", soon.as_str()),
        ("until", film_until.as_str()),
        ("archive", archive.as_str()),
        ("position", &subject.position.to_string()),
    ];
    let key = |part: &str| format!("mails-{id}-{part}");
    let text = key("text");
    Telling {
        rule,
        title: w.with(&key("title"), &values),
        subject: w.with(&key("subject"), &values),
        when: session.when(lang),
        how: w.with(&key("how"), &values),
        until: match rule {
            Rule::Deadline => session.closes_at.map_or_else(String::new, |at| w.one("mails-until-closes", "at", &long_moment(at, lang))),
            Rule::Week | Rule::Day | Rule::Hour => {
                session.starts_at.map_or_else(String::new, |at| w.one("mails-until-change", "at", &long_moment(at, lang)))
            }
            Rule::After => session
                .held()
                .map_or_else(String::new, |(_, ends)| w.one("mails-until-survey", "at", &long_moment(ends.plus(SURVEY_LASTS), lang))),
            Rule::CatchUp => w.with("mails-until-film", &values),
        },
        text: if w.has(&text) { w.with(&text, &values) } else { String::new() },
        extra: subject.extra.clone(),
        link: format!("{}{}", portal.url(lang, &subject.path), place(rule)),
        number: receipt_number(programme.year, course.slug, session.number, subject.number),
        course: name,
        nth,
    }
}
