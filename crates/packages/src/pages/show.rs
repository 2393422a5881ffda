use access::Action;
use askama::Template;
use axum::extract::{Path, Query, State};
use cmi5::LaunchMode;
use db::Lane;
use kernel::long_date;
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::tree::{self, Line};
use super::{Whole, go, there, whole};
use crate::House;
use crate::api::house;
use crate::launches::{self, NotLaunched, Wanted};
use crate::open as opening;
use crate::package::PackageId;
use crate::register::{Who, register};
use crate::store;

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    done: String,
}

#[derive(Template)]
#[template(path = "pages/show.html")]
struct ShowPage {
    frame: Frame,
    path: String,
    description: String,
    /// Term and text.
    facts: Vec<(String, String)>,
    lines: Vec<Line>,
    is_open: bool,
    /// Since when it is deleted.
    deleted: Option<String>,
    can_publish: bool,
    can_try: bool,
    can_oversee: bool,
    modes: Vec<(&'static str, String)>,
    key: String,
}

/// A package: what it says, how many learn from it, and a trial of each unit.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let Whole { package, course } = whole(&portal, &id).await?;
    let (w, id) = (visit.words(), package.id);
    let counts = portal.db.read(async move |tx| store::counts(tx, id).await).await?;
    let path = format!("/staff/packages/{id}");
    let frame =
        Frame::new(&portal, &visit, package.title(w.lang.code())).in_office().crumb(w.t("packages-staff-title"), "/staff/packages").here();
    let frame = match asked.done.as_str() {
        done @ ("imported" | "opened" | "shut" | "deleted") => frame.done(w.t(&format!("packages-done-{done}"))),
        _ => frame,
    };
    let (deleted, is_there) = (package.deleted_at.map(|at| long_date(at.day(), w.lang)), package.deleted_at.is_none());
    let page = ShowPage {
        frame,
        path,
        deleted: deleted.map(|day| w.one("packages-deleted-told", "day", &day)),
        description: course.description.get(w.lang.code()).to_owned(),
        facts: vec![
            (w.t("packages-fact-course"), course.id.clone()),
            (
                w.t("packages-fact-holds"),
                w.with("packages-facts", &[("units", &package.units.to_string()), ("files", &package.files.to_string())]),
            ),
            (w.t("packages-fact-imported"), long_date(package.imported_at.day(), w.lang)),
            (w.t("packages-fact-registered"), w.count("packages-people", counts.registered)),
            (w.t("packages-fact-satisfied"), w.count("packages-people", counts.satisfied)),
        ],
        lines: tree::lines(&course, None, w),
        is_open: package.opened_at.is_some(),
        can_publish: is_there && portal.offers(&visit, Action::PublishTexts),
        can_try: is_there && portal.offers(&visit, Action::EditTexts) && portal.part::<House>().is_some_and(|house| house.has_host()),
        can_oversee: portal.offers(&visit, Action::OverseeLearning),
        modes: LaunchMode::ALL.map(|mode| (mode.id(), w.t(&format!("packages-mode-{}", mode.id().to_lowercase())))).to_vec(),
        key: visit.now.uuid().to_string(),
    };
    Page::html(&page)
}

/// Shows a package to learners.
pub async fn open(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (id, by): (PackageId, _) = (there(&portal, &id).await?.package.id, visit.actor.label());
    let write = async move |tx: &mut db::Tx<'_>, now| opening::open(tx, id, &by, now).await;
    portal.db.write(Lane::Staff, posted.key(&portal, &visit), write).await?;
    Ok(Page::see_other(&visit.to(&format!("/staff/packages/{id}?done=opened"))))
}

/// Shows it no longer.
pub async fn shut(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (id, by): (PackageId, _) = (there(&portal, &id).await?.package.id, visit.actor.label());
    let write = async move |tx: &mut db::Tx<'_>, now| opening::shut(tx, id, &by, now).await;
    portal.db.write(Lane::Staff, posted.key(&portal, &visit), write).await?;
    Ok(Page::see_other(&visit.to(&format!("/staff/packages/{id}?done=shut"))))
}

/// Launches a unit for whoever wants to look at it. What is said then counts for nobody.
pub async fn try_out(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, unit)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let Whole { package, course } = there(&portal, &id).await?;
    let unit: usize = unit.parse().map_err(|_| PageError::NotFound)?;
    let title = course.units().get(unit).map(|unit| unit.title.get(visit.lang.code()).to_owned()).ok_or(PageError::NotFound)?;
    let (w, house, account) = (visit.words(), house(&portal)?, visit.account()?);
    let mode = LaunchMode::of(posted.get("mode")).unwrap_or_default();
    let path = format!("/staff/packages/{}", package.id);
    let back = portal.url(visit.lang, &path);
    let write = async move |tx: &mut db::Tx<'_>, now| {
        let who = Who::learner(&house, account, true);
        let Ok(registered) = register(tx, (&*house, package.id), &who, None, now).await? else {
            return Ok(Err(NotLaunched::NoRegistration));
        };
        let wanted = Wanted { registration: registered.id, unit, mode, return_url: Some(back.clone()) };
        launches::begin(tx, &house, &wanted, now).await
    };
    // Without a key: the answer holds a secret, which is kept nowhere. A second launch leaves the first one.
    let launched = portal.db.write(Lane::Staff, None, write).await?.map_err(|_| PageError::NotFound)?;
    let frame = Frame::new(&portal, &visit, w.t("packages-try")).in_office().crumb(w.t("packages-staff-title"), "/staff/packages").here();
    go::page(frame, title, launched, &path)
}
