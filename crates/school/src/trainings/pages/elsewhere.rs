//! Another session of the same contents: whoever has applied for it is asked whether to change to this one or to attend both.

use access::ApplicationRef;
use askama::Template;
use axum::http::StatusCode;
use kernel::PersonKey;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::chosen::{Chosen, Target};
use crate::trainings::application::{ApplicationId, Wanted};
use crate::trainings::session::SessionId;
use crate::trainings::store;
use crate::trainings::view::Viewer;

/// The visitor's own application for another session of the same contents.
pub(super) struct Known {
    application: ApplicationId,
    /// The session that they would change to.
    to: SessionId,
    /// すでに12月23日（水）17:00～18:00の回に申し込まれています
    pub(super) title: String,
}

impl Known {
    /// Where its change is sent.
    pub(super) fn action(&self) -> String {
        format!("/applications/{}/move", self.application)
    }

    /// The session to change to.
    pub(super) fn to(&self) -> String {
        self.to.to_string()
    }
}

#[derive(Template)]
#[template(path = "trainings/pages/elsewhere.html")]
struct ElsewherePage {
    frame: Frame,
    chosen: Chosen,
    address: String,
    carried: Vec<(String, String)>,
    key: String,
}

/// The words for another training at the same time, if the visitor may be told of it: as with [`known`].
pub(super) async fn conflict(portal: &Portal, visit: &Visit, target: &Target, wanted: &Wanted) -> Result<String, PageError> {
    let Some(account) = visit.actor.account() else { return Ok(String::new()) };
    let session = target.session.clone();
    let (key, email) = (PersonKey::of(&wanted.person.email, &wanted.person.name), wanted.person.email.as_str().to_owned());
    let found = portal.db.read(async move |tx| {
        let is_own = people::accounts::find(tx, account).await?.is_some_and(|account| account.email.as_str() == email);
        let other = if is_own { store::overlapping_known(tx, &session, &key).await? } else { None };
        match other {
            Some(other) => store::whole_application(tx, other).await,
            None => Ok(None),
        }
    });
    let viewer = Viewer { w: visit.words(), now: visit.now };
    Ok(found.await?.map_or_else(String::new, |other| {
        let name = viewer.course(&other.programme, &other.course, &[]).name;
        let values = [("course", name.as_str()), ("nth", &viewer.nth(&other.session)), ("when", &other.session.when(visit.lang))];
        visit.words().with("conflict-text", &values)
    }))
}

/// What the visitor may be told of before they press anything: the application is theirs by the link they hold, or by the address
/// with which they have signed in. Whoever merely types a name learns nothing here.
pub(super) async fn known(portal: &Portal, visit: &Visit, target: &Target, wanted: &Wanted) -> Result<Option<Known>, PageError> {
    let (held, generation, account) = (visit.actor.application, visit.held.map(|held| held.generation), visit.actor.account());
    if held.is_none() && account.is_none() {
        return Ok(None);
    }
    let (session, now) = (target.session.clone(), visit.now);
    let (key, email) = (PersonKey::of(&wanted.person.email, &wanted.person.name), wanted.person.email.as_str().to_owned());
    let found = portal
        .db
        .read(async move |tx| {
            let Some(id) = store::same_contents_known(tx, &session, &key, now).await? else { return Ok(None) };
            let Some(other) = store::whole_application(tx, id).await? else { return Ok(None) };
            let is_held = held == Some(ApplicationRef(id.uuid())) && generation == Some(other.application.generation);
            let is_own = match account {
                Some(account) => people::accounts::find(tx, account).await?.is_some_and(|account| account.email.as_str() == email),
                None => false,
            };
            Ok((is_held || is_own).then_some(other))
        })
        .await?;
    Ok(found.map(|other| Known {
        application: other.application.id,
        to: target.session.id,
        title: visit.words().one("elsewhere-title-known", "when", &other.session.when(visit.lang)),
    }))
}

/// Asks whoever is not known to be the one: nothing is said of the other application but that its link was mailed.
pub(super) fn page(frame: Frame, chosen: Chosen, wanted: &Wanted, visit: &Visit, posted: &Posted) -> Result<Page, PageError> {
    let is_carried = |name: &str| !matches!(name, "token" | "do" | "fix" | "key" | "both");
    let page = ElsewherePage {
        frame,
        chosen,
        address: wanted.person.email.as_str().to_owned(),
        carried: posted.fields().iter().filter(|(name, _)| is_carried(name)).cloned().collect(),
        // Another request than the one that was answered.
        key: visit.now.uuid().to_string(),
    };
    Ok(Page::html(&page)?.status(StatusCode::OK))
}
