//! The mails to whoever has not finished, made from the facts of the moment at which they are sent.

use askama::Template;
use journal::delivery::Recipient;
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::{Lang, Timestamp, long_date};
use web::{Portal, Words, mail_html};

use super::assignment::{AssignmentId, StaffId, Standing, last_day};
use super::duty::left;
use super::path::Target;
use super::store::{self, Duty};
use crate::authoring::library;
use crate::content::Course;

journal::kinds! {
    /// The mail of all moments: what somebody has to learn by when.
    pub(super) Mail KIND = "assignments.due";
}

/// One thing that somebody has to learn.
struct Telling {
    title: String,
    due: String,
    left: String,
    organization: String,
    reason: String,
    minutes: String,
    courses: Vec<String>,
}

struct Letter {
    tellings: Vec<Telling>,
    name: String,
    link: String,
    site: String,
    office: String,
    phone: String,
    hours: String,
    why: String,
}

#[derive(Template)]
#[template(path = "assignments/mail/due.ja.txt", escape = "none")]
struct Ja<'a> {
    l: &'a Letter,
}

#[derive(Template)]
#[template(path = "assignments/mail/due.en.txt", escape = "none")]
struct En<'a> {
    l: &'a Letter,
}

/// Who makes the mails of this capability.
pub fn renderers(portal: &Portal) -> Renderers {
    let portal = portal.clone();
    Renderers::new().on(KIND, move |_, item| due(portal.clone(), item))
}

async fn due(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let assignments: Vec<AssignmentId> =
        item.facts.get("assignments").and_then(|ids| serde_json::from_value(ids.clone()).ok()).unwrap_or_default();
    let (person, lang, now) = (StaffId::from_uuid(item.object), item.lang, portal.now());
    let read = async move |tx: &mut db::Tx<'_>| {
        let Some((email, name)) = store::reader(tx, person).await? else { return Ok(None) };
        let duties = store::duties_of(tx, &email).await?;
        let completed = store::completed_by(tx, &email).await?;
        Ok(Some((email, name, duties, completed, library::courses(tx, now.day()).await?)))
    };
    // Whoever left the list by now is not written to.
    let (email, name, duties, completed, shown) = portal.db.read(read).await?.ok_or(RenderError::Gone("left"))?;
    let (w, settings) = (Words::of(lang), portal.settings());
    let open =
        |duty: &&Duty| assignments.contains(&duty.assignment) && !matches!(duty.far().standing(now), Standing::Done | Standing::Waived);
    let found: Vec<&Duty> = duties.iter().filter(open).collect();
    let tellings: Vec<Telling> = found.iter().filter_map(|duty| telling(duty, &shown, &completed, w, now)).collect();
    let first = tellings.first().ok_or(RenderError::Gone("done"))?;
    let values = [("title", &*first.title), ("left", &*first.left), ("n", &*tellings.len().to_string())];
    let subject = w.with(if tellings.len() > 1 { "assign-mail-subject-several" } else { "assign-mail-subject" }, &values);
    let letter = Letter {
        tellings,
        name: name.clone(),
        link: portal.url(lang, "/my"),
        site: settings.text("site.name", lang).to_owned(),
        office: settings.text("operator.office", lang).to_owned(),
        phone: settings.text("contact.portal.phone", lang).to_owned(),
        hours: settings.text("contact.portal.hours", lang).to_owned(),
        why: w.t("assign-mail-why"),
    };
    let text = match lang {
        Lang::Ja => Ja { l: &letter }.render(),
        Lang::En => En { l: &letter }.render(),
    };
    let text = text.map_err(|_| RenderError::Never("template"))?;
    let address = email.parse().map_err(|_| RenderError::Never("address"))?;
    let html = mail_html(&portal.site, &subject, &text, lang);
    Ok(Rendered::new(Recipient::new(address, name), subject, text).html(html))
}

fn telling(duty: &Duty, shown: &[&'static Course], completed: &[(String, String)], w: Words, now: Timestamp) -> Option<Telling> {
    let target = Target::stored(&duty.path, &duty.course, shown)?;
    let is_done = |slug: &str, period: &str| completed.iter().any(|(course, when)| course == slug && when == period);
    let open: Vec<_> = target.courses().iter().filter(|course| !is_done(&course.slug, &course.period())).collect();
    Some(Telling {
        title: target.title(w.lang).to_owned(),
        due: long_date(last_day(duty.due_at), w.lang),
        left: left(duty.due_at, w, now),
        organization: duty.organization.clone(),
        reason: duty.reason.clone(),
        minutes: w.count("assign-minutes", open.iter().map(|course| course.minutes).sum::<i64>()),
        courses: open.iter().map(|course| course.title.get(course.lang(w.lang)).to_owned()).collect(),
    })
}
