use access::Hand;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{Lang, NotText, Text};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::{frame, seen, show, text_id};
use crate::approval::approve::{self as approving, NotApproved};
use crate::approval::give_back as giving_back;
use crate::approval::publish as publishing;
use crate::approval::request as requesting;
use crate::approval::room::Room;
use crate::approval::store;
use crate::approval::version::{Stage, TextId, Version};
use crate::approval::withdraw as withdrawing;

#[derive(Template)]
#[template(path = "approval/pages/publish.html")]
struct PublishPage {
    frame: Frame,
    path: String,
    version: Version,
    effect: String,
    address: Option<String>,
    english: bool,
    key: String,
}

#[derive(Template)]
#[template(path = "approval/pages/withdraw.html")]
struct WithdrawPage {
    frame: Frame,
    path: String,
    title: String,
    address: String,
    filled: Filled,
    key: String,
}

/// Whether a second person has to approve (setting `approval.two_persons`).
pub fn needs_two(portal: &Portal) -> bool {
    portal.settings().get("approval.two_persons") != "no"
}

fn done<R: Room>(visit: &Visit, id: TextId, what: &str) -> Page {
    Page::see_other(&visit.to(&format!("{}/{id}?done={what}", R::PATH)))
}

/// The page again, saying that the text is not as it was.
async fn changed<R: Room>(portal: &Portal, visit: &Visit, id: TextId) -> Result<Page, PageError> {
    show::page::<R>(portal, visit, id, String::new(), visit.words().t("approval-changed"), Filled::default()).await
}

/// Asks for approval.
pub async fn request<R: Room>(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let id = text_id(&id)?;
    let note = match remark(&posted, "note", true, &visit) {
        Ok(note) => note,
        Err(filled) => return show::page::<R>(&portal, &visit, id, String::new(), String::new(), filled).await,
    };
    let Some(seen) = seen(&posted) else { return changed::<R>(&portal, &visit, id).await };
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| requesting::request(tx, seen, &note, &hand, now).await).await?;
    match outcome {
        Ok(()) => Ok(done::<R>(&visit, id, "requested")),
        Err(_) => changed::<R>(&portal, &visit, id).await,
    }
}

/// Approves.
pub async fn approve<R: Room>(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let id = text_id(&id)?;
    let Some(seen) = seen(&posted) else { return changed::<R>(&portal, &visit, id).await };
    let (key, hand, two) = (posted.key(&portal, &visit), Hand::of(&visit.actor), needs_two(&portal));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| approving::approve(tx, seen, two, &hand, now).await).await?;
    match outcome {
        Ok(()) => Ok(done::<R>(&visit, id, "approved")),
        Err(NotApproved::OwnText) => {
            show::page::<R>(&portal, &visit, id, String::new(), visit.words().t("approval-own"), Filled::default()).await
        }
        Err(NotApproved::Unknown | NotApproved::Changed) => changed::<R>(&portal, &visit, id).await,
    }
}

/// Gives back with a word about what to mend.
pub async fn give_back<R: Room>(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let id = text_id(&id)?;
    let note = match remark(&posted, "why", false, &visit) {
        Ok(note) => note,
        Err(filled) => return show::page::<R>(&portal, &visit, id, String::new(), String::new(), filled).await,
    };
    let Some(seen) = seen(&posted) else { return changed::<R>(&portal, &visit, id).await };
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| giving_back::give_back(tx, seen, &note, &hand, now).await).await?;
    match outcome {
        Ok(()) => Ok(done::<R>(&visit, id, "returned")),
        Err(_) => changed::<R>(&portal, &visit, id).await,
    }
}

/// Says exactly what publishing will do.
pub async fn publish_form<R: Room>(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let id = text_id(&id)?;
    let found = portal.db.read(async move |tx| Ok((store::latest(tx, id).await?, R::address(tx, id).await?))).await?;
    let (Some(version), address) = found else { return Err(PageError::NotFound) };
    if version.kind != R::KIND {
        return Err(PageError::NotFound);
    }
    if version.stage() != Stage::Approved {
        return changed::<R>(&portal, &visit, id).await;
    }
    let w = visit.words();
    Page::html(&PublishPage {
        frame: frame::<R>(&portal, &visit, w.t("approval-publish-title")),
        path: format!("{}/{id}", R::PATH),
        effect: w.t(&format!("{}-publish-effect", R::WORDS)),
        english: version.wording().speaks(Lang::En),
        version,
        address,
        key: visit.now.uuid().to_string(),
    })
}

/// Publishes.
pub async fn publish<R: Room>(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let id = text_id(&id)?;
    let Some(seen) = seen(&posted) else { return changed::<R>(&portal, &visit, id).await };
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| publishing::publish::<R>(tx, seen, &hand, now).await).await?;
    match outcome {
        Ok(_) => Ok(done::<R>(&visit, id, "published")),
        Err(_) => changed::<R>(&portal, &visit, id).await,
    }
}

/// Asks for the reason of a withdrawal, and says what it will do.
pub async fn withdraw_form<R: Room>(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    withdraw_page::<R>(&portal, &visit, text_id(&id)?, Filled::default()).await
}

async fn withdraw_page<R: Room>(portal: &Portal, visit: &Visit, id: TextId, filled: Filled) -> Result<Page, PageError> {
    let found = portal.db.read(async move |tx| Ok((store::latest(tx, id).await?, R::address(tx, id).await?))).await?;
    let (Some(version), Some(address)) = found else { return Err(PageError::NotFound) };
    if version.kind != R::KIND {
        return Err(PageError::NotFound);
    }
    let is_wrong = !filled.is_fine();
    let page = Page::html(&WithdrawPage {
        frame: frame::<R>(portal, visit, visit.words().t("approval-withdraw-title")),
        path: format!("{}/{id}", R::PATH),
        title: version.title_ja,
        address,
        filled,
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Withdraws.
pub async fn withdraw<R: Room>(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let id = text_id(&id)?;
    let reason = match remark(&posted, "why", false, &visit) {
        Ok(reason) => reason,
        Err(filled) => return withdraw_page::<R>(&portal, &visit, id, filled).await,
    };
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let outcome =
        portal.db.write(Lane::Staff, key, async move |tx, now| withdrawing::withdraw::<R>(tx, id, &reason, &hand, now).await).await?;
    match outcome {
        Ok(()) => Ok(done::<R>(&visit, id, "withdrawn")),
        Err(_) => changed::<R>(&portal, &visit, id).await,
    }
}

/// A remark of at most 500 characters.
fn remark(posted: &Posted, field: &str, may_be_empty: bool, visit: &Visit) -> Result<String, Filled> {
    let key = match Text::<500>::new(posted.get(field)) {
        Ok(text) => return Ok(text.into_string()),
        Err(NotText::Empty) if may_be_empty => return Ok(String::new()),
        Err(NotText::Empty) => "approval-wrong-why",
        Err(NotText::TooLong { .. }) => "approval-wrong-long",
    };
    let mut filled = Filled::from_posted(posted);
    filled.wrong(field, visit.words().t(key));
    Err(filled)
}
