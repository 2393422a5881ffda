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
    /// How many wait to be recognized by whoever looks.
    recoveries: String,
}

/// The page of whoever signed in.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let account = visit.actor.account().ok_or(PageError::SignInFirst)?;
    let (actor, now) = (visit.actor.clone(), visit.now);
    let found = portal
        .db
        .glance(async move |tx| Ok((mine(tx, account, now).await?, people::accounts::recovery::waiting_for(tx, &actor, now).await?)))
        .await?;
    let ((address, lines), recoveries) = (found.0.ok_or(PageError::SignInFirst)?, found.1);
    let frame = Frame::new(&portal, &visit, visit.words().t("my-title")).in_section(Section::My).here();
    let works_here = matches!(portal.matrix.may(&visit.actor, Action::SeeStaffHome, None, visit.now), Decision::Allowed(_));
    let recoveries = if recoveries > 0 { visit.words().count("recovery-my-text", recoveries) } else { String::new() };
    Page::html(&MyPage { lists: Lists::of(visit.words(), lines, visit.now), frame, address, works_here, recoveries })
}
