//! The mail that tells somebody that a role of theirs was stopped, taken up again, or ended.

use access::{OrganizationId, Role};
use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::{Timestamp, long_moment};
use web::{Portal, Words};

use super::change::ROLE_CHANGED;
use crate::accounts::find;
use crate::accounts::invitation::StoredRole;
use crate::accounts::mails::{RoleChangedText, foot, rendered};
use crate::organizations;

/// Who makes the mail.
pub(in crate::accounts) fn renderers(portal: &Portal) -> Renderers {
    let portal = portal.clone();
    Renderers::new().on(ROLE_CHANGED, move |_, item| role_changed(portal.clone(), item))
}

async fn role_changed(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let (id, organization) = (item.object.into(), item.id_of::<OrganizationId>("organization"));
    let found = portal.db.read(async move |tx| {
        let account = find(tx, id).await?;
        let organization = match organization {
            Some(organization) => organizations::find(tx, organization).await?.map(|organization| organization.name),
            None => None,
        };
        Ok((account, organization))
    });
    let (account, organization) = found.await?;
    let account = account.ok_or(RenderError::Gone("no account"))?;
    let w = Words::of(item.lang);
    let change = item.text("change").ok_or(RenderError::Never("no change"))?;
    let role: Role = item.text("role").and_then(|role| role.parse().ok()).ok_or(RenderError::Never("no role"))?;
    let role = StoredRole(role).name(w);
    let at = item.number("at").map_or(item.created_at, Timestamp::from_micros);
    let text = RoleChangedText {
        foot: foot(&portal, item.lang),
        change: w.one(&format!("roles-mail-{change}"), "role", &role),
        organization: organization.unwrap_or_else(|| portal.settings().text("site.name", item.lang).to_owned()),
        at: long_moment(at, item.lang),
        link: portal.url(item.lang, "/sign-in"),
    };
    Ok(rendered(&portal, account.email.into(), w.one("roles-mail-subject", "role", &role), text.text(item.lang)?, item.lang))
}
