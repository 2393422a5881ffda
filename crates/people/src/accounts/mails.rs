//! The mails of accounts, made when they are sent: a link's text never lies in the outbox.

use askama::Template;
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::{Lang, Timestamp, long_moment};
use web::{Portal, Words, mail_html};

use super::change::CHANGED;
use super::invitation::{self, INVITED, InvitationId};
use super::mail_link::{self, SIGN_IN_LINK, SignInLinkId};
use super::store;
use crate::organizations;

/// The last lines of every mail.
pub(super) struct Foot {
    site: String,
    office: String,
    phone: String,
    hours: String,
}

macro_rules! texts {
    ($($name:ident $ja:literal $en:literal { $($field:ident),* })*) => {$(
        pub(super) struct $name { pub(super) foot: Foot, $(pub(super) $field: String),* }

        impl $name {
            pub(super) fn text(&self, lang: Lang) -> Result<String, RenderError> {
                #[derive(Template)]
                #[template(path = $ja, escape = "none")]
                struct Ja<'a> { foot: &'a Foot, $($field: &'a str),* }
                #[derive(Template)]
                #[template(path = $en, escape = "none")]
                struct En<'a> { foot: &'a Foot, $($field: &'a str),* }
                let text = match lang {
                    Lang::Ja => Ja { foot: &self.foot, $($field: &self.$field),* }.render(),
                    Lang::En => En { foot: &self.foot, $($field: &self.$field),* }.render(),
                };
                text.map_err(|_| RenderError::Never("template"))
            }
        }
    )*};
}

texts! {
    SignInLinkText "accounts/mail/sign_in_link.ja.txt" "accounts/mail/sign_in_link.en.txt" { link, until }
    ChangedText "accounts/mail/changed.ja.txt" "accounts/mail/changed.en.txt" { change, at, link }
    InvitedText "accounts/mail/invited.ja.txt" "accounts/mail/invited.en.txt" { role, organization, link, until }
    RecoveryAskedText "accounts/recovery/mail/asked.ja.txt" "accounts/recovery/mail/asked.en.txt" { who, until, cancel }
    RecoveryHeldText "accounts/recovery/mail/held.ja.txt" "accounts/recovery/mail/held.en.txt" { until, cancel }
    RecoveryLinkText "accounts/recovery/mail/link.ja.txt" "accounts/recovery/mail/link.en.txt" { link, until, cancel }
    RecoveryOverText "accounts/recovery/mail/over.ja.txt" "accounts/recovery/mail/over.en.txt" { what, at }
    RoleChangedText "accounts/mail/role_changed.ja.txt" "accounts/mail/role_changed.en.txt" { change, organization, at, link }
}

/// Who makes the mails of accounts.
pub fn renderers(portal: &Portal) -> Renderers {
    let (one, two, three) = (portal.clone(), portal.clone(), portal.clone());
    Renderers::new()
        .on(SIGN_IN_LINK, move |_, item| sign_in_link(one.clone(), item))
        .on(CHANGED, move |_, item| changed(two.clone(), item))
        .on(INVITED, move |_, item| invited(three.clone(), item))
        .and(super::roles::renderers(portal))
        .and(super::recovery::renderers(portal))
}

pub(super) async fn sign_in_link(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let id = SignInLinkId::from_uuid(item.object);
    let link = portal.db.read(async move |tx| store::link(tx, id).await).await?;
    let link = link.filter(|link| link.opens_at(portal.now())).ok_or(RenderError::Gone("used or over"))?;
    let token = portal.keys.sign(mail_link::PURPOSE, &id.to_string());
    let address = portal.url(item.lang, &format!("/sign-in/link/{token}"));
    let text = SignInLinkText { foot: foot(&portal, item.lang), link: address, until: long_moment(link.ends_at, item.lang) };
    Ok(rendered(&portal, link.email.into(), Words::of(item.lang).t("accounts-mail-link-subject"), text.text(item.lang)?, item.lang))
}

pub(super) async fn changed(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let id = item.object.into();
    let account = portal.db.read(async move |tx| store::find(tx, id).await).await?.ok_or(RenderError::Gone("no account"))?;
    let w = Words::of(item.lang);
    let change = item.text("change").ok_or(RenderError::Never("no change"))?;
    let at = item.number("at").map_or(item.created_at, Timestamp::from_micros);
    let change = w.t(&format!("accounts-changed-{change}"));
    let link = portal.url(item.lang, "/my/security");
    let text = ChangedText { foot: foot(&portal, item.lang), change, at: long_moment(at, item.lang), link };
    Ok(rendered(&portal, account.email.into(), w.t("accounts-mail-changed-subject"), text.text(item.lang)?, item.lang))
}

pub(super) async fn invited(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let (id, now, w) = (InvitationId::from_uuid(item.object), portal.now(), Words::of(item.lang));
    let found = portal.db.read(async move |tx| {
        let Some((invitation, account)) = invitation::look(tx, id, now).await? else { return Ok(None) };
        let organization = match invitation.organization {
            Some(organization) => organizations::find(tx, organization).await?.map(|organization| organization.name),
            None => None,
        };
        Ok(Some((invitation, account, organization)))
    });
    let (invitation, account, organization) = found.await?.ok_or(RenderError::Gone("answered or over"))?;
    let role = invitation.role.name(w);
    let token = portal.keys.sign(invitation::PURPOSE, &id.to_string());
    let text = InvitedText {
        foot: foot(&portal, item.lang),
        role: role.clone(),
        organization: organization.unwrap_or_else(|| portal.settings().text("site.name", item.lang).to_owned()),
        link: portal.url(item.lang, &format!("/invitation/{token}")),
        until: long_moment(invitation.ends_at, item.lang),
    };
    Ok(rendered(&portal, account.email.into(), w.one("accounts-mail-invited-subject", "role", &role), text.text(item.lang)?, item.lang))
}

pub(super) fn rendered(portal: &Portal, to: journal::delivery::Recipient, subject: String, text: String, lang: Lang) -> Rendered {
    let html = mail_html(&portal.site, &subject, &text, lang);
    Rendered::new(to, subject, text).html(html)
}

pub(super) fn foot(portal: &Portal, lang: Lang) -> Foot {
    let settings = portal.settings();
    let contact = settings.contact("portal", lang);
    Foot {
        site: settings.text("site.name", lang).to_owned(),
        office: settings.text("operator.office", lang).to_owned(),
        phone: contact.phone,
        hours: contact.hours,
    }
}
