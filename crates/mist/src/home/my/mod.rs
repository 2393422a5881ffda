//! マイページ: the next training large, every application with its state, the past folded away.

mod lists;
mod mine;

use access::{Action, Decision};
use askama::Template;
use axum::extract::State;
use web::{Frame, Page, PageError, Portal, Section, Visit};

use lists::{Can, Lists};
use mine::mine;

#[derive(Template)]
#[template(path = "home/my/my.html")]
struct MyPage {
    frame: Frame,
    address: String,
    lists: Lists,
    works_here: bool,
}

/// The page of whoever signed in.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let account = visit.actor.account().ok_or(PageError::SignInFirst)?;
    let now = visit.now;
    let (address, lines) = portal.db.glance(async move |tx| mine(tx, account, now).await).await?.ok_or(PageError::SignInFirst)?;
    let frame = Frame::new(&portal, &visit, visit.words().t("my-title")).in_section(Section::My).here();
    let works_here = matches!(portal.matrix.may(&visit.actor, Action::SeeStaffHome, None, visit.now), Decision::Allowed(_));
    Page::html(&MyPage { lists: Lists::of(visit.words(), lines, visit.now), frame, address, works_here })
}
