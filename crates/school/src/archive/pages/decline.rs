use askama::Template;
use axum::extract::{Path, State};
use db::Lane;
use web::{Frame, Page, PageError, Portal, Visit};

use super::super::{END_OF_NOTICES, store};
use crate::trainings::application::ApplicationId;
use crate::trainings::store as trainings;

#[derive(Template)]
#[template(path = "archive/pages/decline.html")]
struct DeclinePage {
    frame: Frame,
    token: String,
    is_done: bool,
    is_broken: bool,
}

fn page(portal: &Portal, visit: &Visit, token: String, is_done: bool) -> Result<Page, PageError> {
    let is_broken = named(portal, &token).is_none();
    let frame = Frame::new(portal, visit, visit.words().t("decline-title")).here();
    Page::html(&DeclinePage { frame, token, is_done, is_broken })
}

/// The application whose link this is, if it is ours.
fn named(portal: &Portal, token: &str) -> Option<ApplicationId> {
    portal.keys.verify(END_OF_NOTICES, token)?.parse().ok()
}

/// A button: programs that look into mails press none.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(token): Path<String>) -> Result<Page, PageError> {
    page(&portal, &visit, token, false)
}

/// No more mails about recordings to the address of this application.
pub async fn decline(State(portal): State<Portal>, visit: Visit, Path(token): Path<String>) -> Result<Page, PageError> {
    if let Some(id) = named(&portal, &token) {
        let write = async move |tx: &mut db::Tx<'_>, now| match trainings::whole_application(tx, id).await? {
            Some(whole) => store::decline(tx, &whole.person.email, now).await,
            None => Ok(()),
        };
        portal.db.write(Lane::Public, None, write).await?;
    }
    page(&portal, &visit, token, true)
}
