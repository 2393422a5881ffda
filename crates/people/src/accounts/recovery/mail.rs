//! The mails of recovery, to the owner of the mailbox: each but the last carries the link that stops it.

use journal::{OutboxItem, RenderError, Rendered, Renderers};
use kernel::{Lang, Timestamp, long_moment};
use web::{Keys, Portal, Words};

use super::life::{Outcome, Recovery, RecoveryId, State};
use super::need::Need;
use super::{ask, cancel, link, store};
use crate::accounts::mails::{RecoveryAskedText, RecoveryHeldText, RecoveryLinkText, RecoveryOverText, foot, rendered};

/// Who makes the mails.
pub(in crate::accounts) fn renderers(portal: &Portal) -> Renderers {
    let (one, two, three, four) = (portal.clone(), portal.clone(), portal.clone(), portal.clone());
    Renderers::new()
        .on(ask::ASKED, move |_, item| asked(one.clone(), item))
        .on(ask::HELD, move |_, item| held(two.clone(), item))
        .on(link::LINK, move |_, item| link_of(three.clone(), item))
        .on(cancel::OVER, move |_, item| over(four.clone(), item))
}

/// The path by which it is stopped.
pub(in crate::accounts) fn cancel_path(keys: &Keys, id: RecoveryId) -> String {
    format!("/recovery/cancel/{}", keys.sign(cancel::PURPOSE, &id.to_string()))
}

async fn found(portal: &Portal, item: &OutboxItem) -> Result<(Recovery, Option<Need>), RenderError> {
    let id = RecoveryId::from_uuid(item.object);
    let found = portal.db.read(async move |tx| {
        let Some(recovery) = store::find(tx, id).await? else { return Ok(None) };
        let need = Need::of(&store::reaches_of(tx, recovery.account).await?);
        Ok(Some((recovery, need)))
    });
    found.await?.ok_or(RenderError::Gone("no recovery"))
}

fn stop(portal: &Portal, id: RecoveryId, lang: Lang) -> String {
    portal.url(lang, &cancel_path(&portal.keys, id))
}

async fn asked(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let (recovery, need) = found(&portal, &item).await?;
    let (Some(need), State::Asked) = (need, recovery.state(portal.now())) else { return Err(RenderError::Gone("approved or over")) };
    let w = Words::of(item.lang);
    let text = RecoveryAskedText {
        foot: foot(&portal, item.lang),
        who: w.t(match need {
            Need { operators: false, .. } => "recovery-mail-who-institution",
            Need { operators: true, hold: false } => "recovery-mail-who-staff",
            Need { operators: true, hold: true } => "recovery-mail-who-both",
        }),
        until: long_moment(recovery.ends_at(), item.lang),
        cancel: stop(&portal, recovery.id, item.lang),
    };
    Ok(rendered(&portal, recovery.email.into(), w.t("recovery-mail-asked-subject"), text.text(item.lang)?, item.lang))
}

async fn held(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let (recovery, _) = found(&portal, &item).await?;
    let (State::Held, Some(until)) = (recovery.state(portal.now()), recovery.held_until) else {
        return Err(RenderError::Gone("over"));
    };
    let text = RecoveryHeldText {
        foot: foot(&portal, item.lang),
        until: long_moment(until, item.lang),
        cancel: stop(&portal, recovery.id, item.lang),
    };
    let subject = Words::of(item.lang).t("recovery-mail-held-subject");
    Ok(rendered(&portal, recovery.email.into(), subject, text.text(item.lang)?, item.lang))
}

async fn link_of(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let (recovery, _) = found(&portal, &item).await?;
    let generation = item.number("generation").ok_or(RenderError::Never("no generation"))?;
    if !recovery.opens(generation, portal.now()) {
        return Err(RenderError::Gone("used or over"));
    }
    let token = link::token(&portal.keys, &recovery, generation);
    let text = RecoveryLinkText {
        foot: foot(&portal, item.lang),
        link: portal.url(item.lang, &format!("/recovery/link/{token}")),
        until: long_moment(recovery.link_ends_at.unwrap_or(recovery.asked_at), item.lang),
        cancel: stop(&portal, recovery.id, item.lang),
    };
    let subject = Words::of(item.lang).t("recovery-mail-link-subject");
    Ok(rendered(&portal, recovery.email.into(), subject, text.text(item.lang)?, item.lang))
}

async fn over(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let (recovery, _) = found(&portal, &item).await?;
    let w = Words::of(item.lang);
    let what = match item.text("outcome") {
        Some(outcome) if outcome == Outcome::Refused.id() => "recovery-mail-over-refused",
        _ => "recovery-mail-over-cancelled",
    };
    let at = item.number("at").map_or(item.created_at, Timestamp::from_micros);
    let text = RecoveryOverText { foot: foot(&portal, item.lang), what: w.t(what), at: long_moment(at, item.lang) };
    Ok(rendered(&portal, recovery.email.into(), w.t("recovery-mail-over-subject"), text.text(item.lang)?, item.lang))
}
