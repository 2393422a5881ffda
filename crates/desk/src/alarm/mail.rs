//! The mails to those on duty, made from `notices.toml`.

use journal::delivery::Recipient;
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use web::{Portal, mail_html};

use super::ring::MAIL;
use crate::notices::{Notices, Wording};

/// Who makes which mail of this capability.
pub fn renderers(portal: &Portal) -> Renderers {
    let portal = portal.clone();
    Renderers::new().on(MAIL, move |_, item| render(portal.clone(), item))
}

async fn render(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    portal.refresh().await?;
    let settings = portal.settings();
    let (desk, phone) = (settings.text("incident.desk", item.lang), settings.text("incident.phone", item.lang));
    let is = |name: &str| item.facts.get(name).and_then(serde_json::Value::as_bool).unwrap_or(false);
    let wording = Wording { lang: item.lang, is_drill: is("drill"), is_late: is("late"), desk, phone };
    let notices = Notices::shipped();
    let notice = item.text("notice").and_then(|id| notices.find(id)).ok_or(RenderError::Never("notice"))?;
    let text = notices.to_desk(notice, wording);
    let to = item.recipient.ok_or(RenderError::Never("recipient"))?;
    let html = mail_html(&portal.site, &text.subject, &text.text, item.lang);
    Ok(Rendered::new(Recipient::from(to), text.subject, text.text).html(html))
}
