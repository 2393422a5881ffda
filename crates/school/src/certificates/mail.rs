//! The mails about certificates, made from the facts of the moment at which they are sent.

use askama::Template;
use journal::delivery::Recipient;
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::Lang;
use web::{Portal, Words, mail_html};

use super::certificate::{Certificate, CertificateId};
use super::file::{ISSUED, REISSUED};
use super::reader::{Reader, reader};
use super::revoke::REVOKED;
use super::store;
use crate::trainings::links;

macro_rules! letter {
    ($name:ident $path:literal) => {
        #[derive(Template)]
        #[template(path = $path, escape = "none")]
        struct $name<'a> {
            l: &'a Letter,
        }
    };
}

letter!(IssuedJa "certificates/mail/issued.ja.txt");
letter!(IssuedEn "certificates/mail/issued.en.txt");
letter!(ReissuedJa "certificates/mail/reissued.ja.txt");
letter!(ReissuedEn "certificates/mail/reissued.en.txt");
letter!(RevokedJa "certificates/mail/revoked.ja.txt");
letter!(RevokedEn "certificates/mail/revoked.en.txt");

/// What the letters say.
struct Letter {
    title: String,
    number: String,
    course: String,
    name: String,
    day: String,
    why: String,
    link: String,
    verify: String,
    site: String,
    office: String,
    phone: String,
    hours: String,
    /// Where the link leads.
    page: String,
    reason: String,
}

/// Who makes which mail of this capability.
pub fn renderers(portal: &Portal) -> Renderers {
    let mut renderers = Renderers::new();
    for kind in [ISSUED, REISSUED, REVOKED] {
        let portal = portal.clone();
        renderers = renderers.on(kind, move |_, item| about(portal.clone(), item, kind));
    }
    renderers
}

async fn about(portal: Portal, item: OutboxItem, kind: &'static str) -> Result<Rendered, RenderError> {
    let id: CertificateId = item
        .facts
        .get("certificate")
        .and_then(serde_json::Value::as_str)
        .and_then(|id| id.parse().ok())
        .ok_or(RenderError::Gone("object"))?;
    let found = portal
        .db
        .read(async move |tx| {
            let Some(certificate) = store::find(tx, id).await? else { return Ok(None) };
            let reader = reader(tx, &certificate).await?;
            Ok(reader.map(|reader| (certificate, reader)))
        })
        .await?;
    let (certificate, reader) = found.ok_or(RenderError::Gone("object"))?;
    // What counts no more by the time the mail goes out is not announced.
    if kind != REVOKED && certificate.revoked_at.is_some() {
        return Err(RenderError::Gone("revoked"));
    }
    let lang = item.lang;
    let link = match reader.application {
        Some((id, generation)) => portal.url(lang, &links::mailed(&portal.keys, id, generation)),
        None => portal.url(lang, "/my"),
    };
    let letter = letter(&portal, &certificate, lang, &reader, link);
    let text = match (kind, lang) {
        (ISSUED, Lang::Ja) => IssuedJa { l: &letter }.render(),
        (ISSUED, Lang::En) => IssuedEn { l: &letter }.render(),
        (REISSUED, Lang::Ja) => ReissuedJa { l: &letter }.render(),
        (REISSUED, Lang::En) => ReissuedEn { l: &letter }.render(),
        (_, Lang::Ja) => RevokedJa { l: &letter }.render(),
        (_, Lang::En) => RevokedEn { l: &letter }.render(),
    };
    let text = text.map_err(|_| RenderError::Never("template"))?;
    let word = kind.rsplit('.').next().unwrap_or_default();
    let subject = Words::of(lang).with(
        &format!("mail-certificate-{word}-subject"),
        &[("title", &letter.title), ("course", &letter.course), ("number", &letter.number)],
    );
    let address = reader.email.parse().map_err(|_| RenderError::Never("address"))?;
    let html = mail_html(&portal.site, &subject, &text, lang);
    Ok(Rendered::new(Recipient::new(address, reader.name), subject, text).html(html))
}

fn letter(portal: &Portal, certificate: &Certificate, lang: Lang, reader: &Reader, link: String) -> Letter {
    let (w, settings) = (Words::of(lang), portal.settings());
    let fact = |at: usize| certificate.printed.facts.get(at).map_or_else(String::new, |(_, value)| value.clone());
    Letter {
        title: w.t(&format!("certificate-{}", certificate.kind.id())),
        number: certificate.number.clone(),
        course: fact(0),
        day: fact(1),
        name: reader.name.clone(),
        why: certificate.revoked_why.map_or_else(String::new, |why| w.t(&format!("certificate-why-{}", why.id()))),
        link,
        verify: portal.url(lang, &format!("/verify/{}", certificate.code)),
        site: settings.text("site.name", lang).to_owned(),
        office: settings.text("operator.office", lang).to_owned(),
        phone: settings.text("contact.portal.phone", lang).to_owned(),
        hours: settings.text("contact.portal.hours", lang).to_owned(),
        page: w.t(if reader.application.is_some() { "certificate-mail-page-application" } else { "certificate-mail-page-my" }),
        reason: w.t(if reader.application.is_some() { "mail-why-applied" } else { "certificate-mail-why-learned" }),
    }
}
