//! The mail about several applications that were made at once.

use askama::Template;
use journal::{OutboxItem, RenderError, Rendered};
use kernel::Lang;
use web::{Portal, Words};

use super::{Foot, foot, link, rendered};
use crate::trainings::application::{ApplicationId, Standing, receipt_number};
use crate::trainings::calendar;
use crate::trainings::store;
use crate::trainings::view::Viewer;

/// One part of a series.
struct PartLine {
    nth: String,
    title: String,
    when: String,
    state: String,
    number: String,
    link: String,
}

templates! {
    Series "trainings/mail/series.ja.txt" "trainings/mail/series.en.txt" { course: String, name: String, all: String, lines: Vec<PartLine> }
}

/// Every part that was applied for at once, with its link; one calendar file for those with a seat.
pub(super) async fn series(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let id = ApplicationId::from_uuid(item.object);
    let parts = portal.db.read(async move |tx| store::whole_series(tx, id).await).await?;
    let first = parts.iter().find(|part| part.application.id == id).ok_or(RenderError::Gone("object"))?;
    let (lang, now) = (item.lang, portal.now());
    let w = Words::of(lang);
    let viewer = Viewer { w, now };
    let line = |part: &store::WholeApplication| PartLine {
        nth: viewer.nth(&part.session),
        title: part.session.title.clone(),
        when: part.session.when(lang),
        state: match part.application.standing(now) {
            Standing::Confirmed => w.t("application-confirmed"),
            Standing::Waiting => w.t("series-waiting"),
            Standing::Cancelled { .. } => w.t("application-cancelled"),
        },
        number: receipt_number(part.programme.year, part.course.slug, part.session.number, part.application.number),
        link: link(&portal, lang, part.application.id, part.application.generation),
    };
    let course = viewer.course(&first.programme, &first.course, &[]).name;
    let subject = w.with("mail-series-subject", &[("course", &course), ("n", &parts.len().to_string())]);
    let text = Series {
        lang,
        foot: foot(&portal, lang, "mail-why-applied"),
        course,
        name: first.person.full_name(),
        all: format!("{}?to=series", link(&portal, lang, first.application.id, first.application.generation)),
        lines: parts.iter().map(line).collect(),
    }
    .text()?;
    let mail = rendered(&portal, &first.person.email, &first.person.full_name(), subject, text, lang)?;
    Ok(match calendar::entries(&portal, &parts, lang, now) {
        Some(entries) => mail.invitation(entries.method, entries.text),
        None => mail,
    })
}
