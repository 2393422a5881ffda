use askama::Template;
use axum::extract::{Path, Query, State};
use cmi5::{LaunchMode, Part};
use db::Lane;
use kernel::Timestamp;
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Posted, Section, Visit, page_of};

use super::tree::{self, Line};
use super::{ROWS, Whole, go, whole};
use crate::House;
use crate::api::house;
use crate::launches::{self, LASTS, NotLaunched, Wanted};
use crate::package::PackageId;
use crate::register::{Who, register};
use crate::standing::Standing;
use crate::store;

/// Which page, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    page: String,
}

#[derive(Template)]
#[template(path = "pages/mine_list.html")]
struct ListPage {
    frame: Frame,
    packages: Vec<Card>,
    pager: Pager,
}

struct Card {
    path: String,
    title: String,
    facts: String,
    state: String,
    is_done: bool,
}

#[derive(Template)]
#[template(path = "pages/mine.html")]
struct ShowPage {
    frame: Frame,
    path: String,
    description: String,
    progress: String,
    done: usize,
    all: usize,
    is_done: bool,
    /// Which unit is open, and since when; empty for none.
    open: String,
    /// The first unit that is not done.
    next: Option<(usize, String)>,
    lines: Vec<Line>,
    can_launch: bool,
}

/// The packages that are open, and how far one is in each.
pub async fn list(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    let (w, account, (number, skipped)) = (visit.words(), visit.account()?, page_of(&asked.page, ROWS));
    let read =
        async move |tx: &mut db::Tx<'_>| Ok((store::open_list(tx, skipped, ROWS + 1).await?, store::registrations_of(tx, account).await?));
    let (mut packages, mine) = portal.db.read(read).await?;
    let pager = Pager::numbered(&visit, "/my/packages", (number, ROWS), &mut packages);
    let card = |package: &crate::package::Package| {
        let own: Option<&(PackageId, i64, Option<Timestamp>)> = mine.iter().find(|(id, ..)| *id == package.id);
        Card {
            path: format!("/my/packages/{}", package.id),
            title: package.title(w.lang.code()),
            facts: w.count("packages-units", package.units),
            state: match own {
                None => String::new(),
                Some((_, _, Some(_))) => w.t("packages-state-done"),
                Some((_, done, None)) => w.with("packages-progress", &[("done", &done.to_string()), ("all", &package.units.to_string())]),
            },
            is_done: own.is_some_and(|(.., satisfied)| satisfied.is_some()),
        }
    };
    let frame = Frame::new(&portal, &visit, w.t("packages-mine-title"))
        .in_section(Section::Courses)
        .crumb(w.t("learning-title"), "/courses")
        .here();
    Page::html(&ListPage { frame, packages: packages.iter().map(card).collect(), pager })
}

/// A package that is open: to whoever looks for another one it is not there.
async fn opened(portal: &Portal, id: &str) -> Result<Whole, PageError> {
    let whole = whole(portal, id).await?;
    if whole.package.opened_at.is_some() { Ok(whole) } else { Err(PageError::NotFound) }
}

/// A package: its units, how far one is, and what is left.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let (w, account, Whole { package, course }) = (visit.words(), visit.account()?, opened(&portal, &id).await?);
    let (id, house) = (package.id, house(&portal)?);
    let read = async move |tx: &mut db::Tx<'_>| match store::registration_of(tx, id, account).await? {
        Some(mine) => Standing::of(tx, &house, &mine).await.map(Some),
        None => Ok(None),
    };
    let standing = portal.db.read(read).await?.unwrap_or_else(|| Standing::before(&course));
    let units = course.units();
    let (done, all) = (standing.progress.done(&course), units.len());
    let open = standing.open.as_ref().filter(|launch| launch.launched_at > visit.now.minus(LASTS));
    let open = open.and_then(|launch| Some((*units.get(launch.unit())?, launch.launched_at)));
    let next = units.iter().find(|unit| !standing.is_done(unit));
    let page = ShowPage {
        frame: frame(&portal, &visit, package.title(w.lang.code())),
        path: format!("/my/packages/{id}"),
        description: course.description.get(w.lang.code()).to_owned(),
        progress: w.with("packages-progress", &[("done", &done.to_string()), ("all", &all.to_string())]),
        done,
        all,
        is_done: standing.progress.is_satisfied(Part::Course),
        open: open.map_or_else(String::new, |(unit, at)| {
            let since = kernel::short_moment(at, w.lang);
            w.with("packages-mine-open", &[("unit", &tree::title_of(unit, w)), ("since", &since)])
        }),
        next: next.map(|unit| (unit.position, tree::title_of(unit, w))),
        lines: tree::lines(&course, Some(&standing), w),
        can_launch: portal.part::<House>().is_some_and(|house| house.has_host()),
    };
    Page::html(&page)
}

fn frame(portal: &Portal, visit: &Visit, title: String) -> Frame {
    let w = visit.words();
    Frame::new(portal, visit, title)
        .in_section(Section::Courses)
        .crumb(w.t("learning-title"), "/courses")
        .crumb(w.t("packages-mine-title"), "/my/packages")
        .here()
}

/// Launches a unit. Whoever has done it looks at it again.
pub async fn launch(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, unit)): Path<(String, String)>,
    _posted: Posted,
) -> Result<Page, PageError> {
    let (account, Whole { package, course }) = (visit.account()?, opened(&portal, &id).await?);
    let unit: usize = unit.parse().map_err(|_| PageError::NotFound)?;
    let found = course.units().get(unit).map(|unit| (unit.title.get(visit.lang.code()).to_owned(), unit.move_on));
    let ((title, move_on), house) = (found.ok_or(PageError::NotFound)?, house(&portal)?);
    let path = format!("/my/packages/{}", package.id);
    let back = portal.url(visit.lang, &path);
    let write = async move |tx: &mut db::Tx<'_>, now| {
        let who = Who::learner(&house, account, false);
        let Ok(registered) = register(tx, (&*house, package.id), &who, None, now).await? else {
            return Ok(Err(NotLaunched::NoRegistration));
        };
        let achieved = registered.progress()?.achieved(unit);
        let is_over = (achieved.completed || achieved.passed) && achieved.satisfies(move_on);
        let mode = if is_over { LaunchMode::Review } else { LaunchMode::Normal };
        let wanted = Wanted { registration: registered.id, unit, mode, return_url: Some(back.clone()) };
        launches::begin(tx, &house, &wanted, now).await
    };
    // Without a key: the answer holds a secret, which is kept nowhere. A second launch leaves the first one.
    let launched = portal.db.write(Lane::Public, None, write).await?.map_err(|_| PageError::NotFound)?;
    go::page(frame(&portal, &visit, visit.words().t("packages-go")), title, launched, &path)
}
