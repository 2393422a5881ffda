use access::Hand;
use askama::Template;
use axum::extract::{Path, State};
use db::Lane;
use kernel::long_date;
use web::{Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::act::{changed, done, refused};
use super::{Draft, draft, seen};
use crate::authoring::publish::{self as publishing, NotPublished, Published, outlook};
use crate::authoring::rule::{NotPlaced, Place};
use crate::authoring::version::{Effect, Stage};

#[derive(Template)]
#[template(path = "authoring/pages/publish.html")]
struct PublishPage {
    frame: Frame,
    path: String,
    name: String,
    refusal: String,
    period: String,
    ways: Vec<Way>,
    saved: i64,
    key: String,
}

/// One way of publishing: what it would do, or why it cannot be chosen.
struct Way {
    id: &'static str,
    word: String,
    what: Vec<String>,
    /// `12.3`: whom it was said to concern.
    told: String,
    is_possible: bool,
}

/// Says exactly what each way of publishing would do, and to how many.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path((slug, id)): Path<(String, String)>) -> Result<Page, PageError> {
    let draft = draft(&portal, &slug, &id).await?;
    if draft.version.stage() != Stage::Approved {
        return Ok(Page::see_other(&visit.to(&draft.path())));
    }
    page(&portal, &visit, &draft, String::new()).await
}

async fn page(portal: &Portal, visit: &Visit, draft: &Draft, refusal: String) -> Result<Page, PageError> {
    let w = visit.words();
    let Ok(course) = draft.files.load(&draft.version.course) else { return Ok(Page::see_other(&visit.to(&draft.path()))) };
    let (looked, now) = (course.clone(), visit.now);
    let outlooks = portal
        .db
        .read(async move |tx| {
            Ok([
                outlook(tx, &looked, Effect::Correction, now).await?,
                outlook(tx, &looked, Effect::Retake, now).await?,
                outlook(tx, &looked, Effect::NextYear, now).await?,
            ])
        })
        .await?;
    let is_refused = !refusal.is_empty();
    let page = PublishPage {
        frame: draft.frame(portal, visit, w.t("approval-publish-title")),
        path: draft.path(),
        name: format!("{}{}{}", draft.title(w), w.t("foot-gap"), draft.name(w)),
        refusal,
        period: crate::pages::period(&course, w),
        ways: Effect::CHOSEN.into_iter().zip(outlooks).map(|(effect, outlook)| way(effect, outlook, visit)).collect(),
        saved: draft.version.saved_at.as_micros(),
        key: visit.now.uuid().to_string(),
    };
    let page = Page::html(&page)?;
    Ok(if is_refused { page.status(axum::http::StatusCode::CONFLICT) } else { page })
}

fn way(effect: Effect, outlook: Result<(Place, Published), NotPlaced>, visit: &Visit) -> Way {
    let w = visit.words();
    let id = effect.id().replace('_', "-");
    let (what, told, is_possible) = match outlook {
        Ok((place, concerned)) => {
            let starts = if place.starts_on <= visit.now.day() {
                w.t("authoring-starts-now")
            } else {
                w.one("authoring-starts-on", "day", &long_date(place.starts_on, w.lang))
            };
            let (completed, on_the_way) = (concerned.completed.to_string(), concerned.on_the_way.to_string());
            let people = w.with(&format!("authoring-people-{id}"), &[("completed", &completed), ("way", &on_the_way)]);
            (vec![people, starts], format!("{completed}.{on_the_way}"), true)
        }
        Err(not) => (vec![not_placed(not, w)], String::new(), false),
    };
    Way { id: effect.id(), word: w.t(&format!("authoring-effect-{id}")), what, told, is_possible }
}

fn not_placed(not: NotPlaced, w: Words) -> String {
    w.t(match not {
        NotPlaced::OtherPeriod => "authoring-other-period",
        NotPlaced::NotLater => "authoring-not-later",
    })
}

/// Publishes in the chosen way.
pub async fn publish(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let found = draft(&portal, &slug, &id).await?;
    let w = visit.words();
    let Some(effect) = posted.get("effect").parse::<Effect>().ok().filter(|effect| Effect::CHOSEN.contains(effect)) else {
        return page(&portal, &visit, &found, w.t("authoring-no-effect")).await;
    };
    let Some(seen) = seen(&posted, &id) else { return changed(&portal, &visit, (&slug, &id)).await };
    let told = told(posted.get(&format!("told-{}", effect.id())));
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let write = async move |tx: &mut db::Tx<'_>, now| publishing::publish(tx, seen, effect, told, &hand, now).await;
    let refusal = match portal.db.write(Lane::Staff, key, write).await? {
        Ok(_) => return Ok(done(&visit, &slug, &id, "published")),
        Err(NotPublished::Unknown) => return Err(PageError::NotFound),
        Err(NotPublished::NotApproved) => return changed(&portal, &visit, (&slug, &id)).await,
        Err(NotPublished::Own) => return refused(&portal, &visit, (&slug, &id), "authoring-own", web::Filled::default()).await,
        Err(NotPublished::Faults) => w.t("authoring-mend-first"),
        Err(NotPublished::SameLabel) => w.t("authoring-same-label"),
        Err(NotPublished::NotPlaced(not)) => not_placed(not, w),
        Err(NotPublished::Others(_)) => w.t("authoring-others"),
    };
    page(&portal, &visit, &found, refusal).await
}

fn told(typed: &str) -> Option<Published> {
    let (completed, on_the_way) = typed.split_once('.')?;
    Some(Published { completed: completed.parse().ok()?, on_the_way: on_the_way.parse().ok()? })
}
