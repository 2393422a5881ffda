use access::Hand;
use askama::Template;
use axum::extract::{Path, State};
use db::Lane;
use kernel::{NotText, Text};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::super::advance::{self as advancing, NotAdvanced};
use super::super::begin::{self as beginning, NotBegun};
use super::super::plan::{PlanId, Stage, Step};
use super::super::publish::{self as publishing, NotPublished};
use super::super::save as saving;
use super::show::{self, whole};
use super::words;
use super::{PATH, frame, needs_two, plan_id, seen};
use crate::office::staff_pages;

#[derive(Template)]
#[template(path = "office/plans/pages/publish.html")]
struct PublishPage {
    frame: Frame,
    path: String,
    title: String,
    effects: Vec<String>,
    revision: i64,
    key: String,
}

fn done(visit: &Visit, id: PlanId, what: &str) -> Page {
    Page::see_other(&visit.to(&format!("{PATH}/{id}?done={what}")))
}

/// The page again, saying why nothing was done.
async fn refused(portal: &Portal, visit: &Visit, id: PlanId, key: &str) -> Result<Page, PageError> {
    show::page(portal, visit, id, String::new(), visit.words().t(key), Filled::default()).await
}

async fn advance(portal: &Portal, visit: &Visit, id: PlanId, posted: &Posted, step: Step, note: String) -> Result<Page, PageError> {
    let (seen, two) = (seen(id, posted), needs_two(portal));
    let (key, hand) = (posted.key(portal, visit), Hand::of(&visit.actor));
    let outcome =
        portal.db.write(Lane::Staff, key, async move |tx, now| advancing::advance(tx, seen, step, &note, two, &hand, now).await).await?;
    match outcome {
        Ok(()) => Ok(done(visit, id, step.id())),
        Err(NotAdvanced::Unknown) => Err(PageError::NotFound),
        Err(NotAdvanced::Own) => refused(portal, visit, id, "plans-own").await,
        Err(NotAdvanced::Changed) => refused(portal, visit, id, "plans-changed").await,
    }
}

/// Asks for approval.
pub async fn request(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let id = plan_id(&id)?;
    match remark(&posted, "note", true, &visit) {
        Ok(note) => advance(&portal, &visit, id, &posted, Step::Requested, note).await,
        Err(filled) => show::page(&portal, &visit, id, String::new(), String::new(), filled).await,
    }
}

/// Approves.
pub async fn approve(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    advance(&portal, &visit, plan_id(&id)?, &posted, Step::Approved, String::new()).await
}

/// Gives back with a word about what to mend.
pub async fn give_back(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let id = plan_id(&id)?;
    match remark(&posted, "why", false, &visit) {
        Ok(note) => advance(&portal, &visit, id, &posted, Step::Returned, note).await,
        Err(filled) => show::page(&portal, &visit, id, String::new(), String::new(), filled).await,
    }
}

/// Gives the plan up.
pub async fn abandon(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    advance(&portal, &visit, plan_id(&id)?, &posted, Step::Abandoned, String::new()).await
}

/// Brings the plan up to what was changed in the meantime.
pub async fn refresh(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let id = plan_id(&id)?;
    let seen = seen(id, &posted);
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| saving::refresh(tx, seen, &hand, now).await).await?;
    match outcome {
        Ok(()) => Ok(done(&visit, id, "refreshed")),
        Err(saving::NotSaved::Unknown) => Err(PageError::NotFound),
        Err(saving::NotSaved::Changed) => refused(&portal, &visit, id, "plans-changed").await,
    }
}

/// Says exactly what publishing will do.
pub async fn publish_form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let id = plan_id(&id)?;
    let whole = whole(&portal, id, visit.now).await?;
    if whole.plan.stage() != Stage::Approved {
        return refused(&portal, &visit, id, "plans-changed").await;
    }
    let w = visit.words();
    Page::html(&PublishPage {
        frame: frame(&portal, &visit, w.t("plans-publish-title"))
            .crumb(words::title(w, &whole.plan, &whole.drafts), &format!("{PATH}/{id}"))
            .here(),
        path: format!("{PATH}/{id}"),
        title: words::title(w, &whole.plan, &whole.drafts),
        effects: words::effects(w, &whole.effect),
        revision: whole.plan.revision,
        key: visit.now.uuid().to_string(),
    })
}

/// Publishes.
pub async fn publish(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let id = plan_id(&id)?;
    let seen = seen(id, &posted);
    let (key, hand, holidays) = (posted.key(&portal, &visit), Hand::of(&visit.actor), portal.holidays.clone());
    let outcome =
        portal.db.write(Lane::Staff, key, async move |tx, now| publishing::publish(tx, seen, &holidays, &hand, now).await).await?;
    let key = match outcome {
        Ok(published) => {
            let query = format!("published&told={}&promoted={}", published.told, published.promoted);
            return Ok(done(&visit, id, &query));
        }
        Err(NotPublished::Unknown) => return Err(PageError::NotFound),
        Err(NotPublished::NotApproved) => "plans-changed",
        Err(NotPublished::Meanwhile) => "plans-meanwhile",
        Err(NotPublished::Wrong) => "plans-wrong",
        Err(NotPublished::Nothing) => "plans-nothing",
    };
    refused(&portal, &visit, id, key).await
}

/// Begins to take a published plan back.
pub async fn restore(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let id = plan_id(&id)?;
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| beginning::restore(tx, id, &hand, now).await).await?;
    match outcome {
        Ok(new) => Ok(done(&visit, new, "begun")),
        Err(NotBegun::Unknown) => Err(PageError::NotFound),
        Err(NotBegun::Nothing) => refused(&portal, &visit, id, "plans-restored-already").await,
        Err(NotBegun::Exists | NotBegun::NotTakenBack) => refused(&portal, &visit, id, "plans-not-taken-back").await,
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
