//! マイページ: the next training large, every application with its state, the past folded away.

mod lists;

use access::{AccountId, Action, Decision};
use askama::Template;
use axum::extract::State;
use db::{DbResult, Tx};
use school::trainings::store;
use web::{Frame, Page, PageError, Portal, Section, Visit};

use lists::{Can, Line, Lists};

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
    let (address, lines) = portal.db.read(async move |tx| mine(tx, account).await).await?.ok_or(PageError::SignInFirst)?;
    let frame = Frame::new(&portal, &visit, visit.words().t("my-title")).in_section(Section::My).here();
    let works_here = matches!(portal.matrix.may(&visit.actor, Action::SeeStaffHome, None, visit.now), Decision::Allowed(_));
    Page::html(&MyPage { lists: Lists::of(visit.words(), lines, visit.now), frame, address, works_here })
}

/// The address of an account, and every application under it.
async fn mine(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Option<(String, Vec<Line>)>> {
    let Some(account) = people::accounts::find(tx, account).await? else { return Ok(None) };
    let mut lines = Vec::new();
    for application in store::applications_of_address(tx, account.email.as_str()).await? {
        let mut line = Line { application, position: None };
        if let Some(waited) = line.application.waited.filter(|_| line.is_waiting()) {
            line.position = Some(store::waiting_position(tx, line.application.session, waited).await?);
        }
        lines.push(line);
    }
    Ok(Some((account.email.to_string(), lines)))
}
