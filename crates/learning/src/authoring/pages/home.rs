use access::{Action, Hand};
use askama::Template;
use axum::extract::{Path, State};
use db::Lane;
use kernel::{long_date, short_moment};
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::{shelf, version_name};
use crate::authoring::begin::{self as beginning, NotBegun};
use crate::authoring::version::{Stage, Version};
use crate::authoring::{library, store};

#[derive(Template)]
#[template(path = "authoring/pages/home.html")]
struct HomePage {
    frame: Frame,
    path: String,
    lines: Vec<Line>,
    /// What readers see, where nothing was published from here.
    disk: String,
    can_begin: bool,
    /// The version that is being written.
    open: Option<String>,
    key: String,
}

struct Line {
    path: String,
    name: String,
    shape: &'static str,
    stage: String,
    /// What publishing it meant, since when it is shown and for which time.
    facts: Vec<String>,
    saved: String,
}

/// The versions of a course.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(slug): Path<String>) -> Result<Page, PageError> {
    let (wanted, day, w) = (slug.clone(), visit.now.day(), visit.words());
    let read = async move |tx: &mut db::Tx<'_>| {
        let shown = store::shown(tx, &wanted, day).await?.map(|shown| shown.version);
        let (course, versions) = (library::course(tx, &wanted, day).await?, store::versions(tx, &wanted).await?);
        // What readers do not see yet is called as its newest version calls it.
        let files = match versions.first() {
            Some(newest) if course.is_none() => store::files(tx, newest.id).await?,
            _ => None,
        };
        Ok((course, versions, shown, files))
    };
    let (course, versions, shown, files) = portal.db.read(read).await?;
    if course.is_none() && versions.is_empty() {
        return Err(PageError::NotFound);
    }
    let written = || Some(files?.course()?.title.get(visit.lang).to_owned());
    let title = course.map(|course| course.title.get(visit.lang).to_owned()).or_else(written).unwrap_or_else(|| slug.clone());
    let path = format!("/staff/courses/{slug}/versions");
    let line = |version: &Version| {
        let mut facts = Vec::new();
        if let (Some(effect), Some(starts), Some(from), Some(until)) = (version.effect, version.starts_on, version.from, version.until) {
            facts.push(w.t(&format!("authoring-effect-{}", effect.id().replace('_', "-"))));
            if Some(version.id) == shown {
                facts.push(w.t("authoring-shown-now"));
            } else if starts > day {
                facts.push(w.one("authoring-shown-from", "day", &long_date(starts, w.lang)));
            }
            facts.push(format!("{}{}{}", long_date(from, w.lang), w.lang.pick("～", " – "), long_date(until, w.lang)));
        }
        Line {
            path: format!("{path}/{}", version.id),
            name: version_name(version, w),
            shape: version.stage().shape(),
            stage: w.t(version.stage().key()),
            facts,
            saved: short_moment(version.saved_at, w.lang),
        }
    };
    let open = versions.iter().find(|version| version.is_open());
    let has_published = versions.iter().any(|version| version.stage() == Stage::Published);
    let page = HomePage {
        lines: versions.iter().map(line).collect(),
        disk: match course {
            Some(course) if !has_published => w.one("authoring-disk", "label", &course.version),
            _ => String::new(),
        },
        can_begin: portal.offers(&visit, Action::EditTexts) && open.is_none(),
        open: open.map(|open| format!("{path}/{}", open.id)),
        key: visit.now.uuid().to_string(),
        frame: shelf(&portal, &visit, w.one("authoring-of", "course", &title)).here(),
        path,
    };
    Page::html(&page)
}

/// Begins the next version, or goes to the one that is being written.
pub async fn begin(State(portal): State<Portal>, visit: Visit, Path(slug): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (key, hand, course) = (posted.key(&portal, &visit), Hand::of(&visit.actor), slug.clone());
    let begun = portal.db.write(Lane::Staff, key, async move |tx, now| beginning::begin(tx, &course, &hand, now).await).await?;
    match begun {
        Ok(id) | Err(NotBegun::Open(id)) => Ok(Page::see_other(&visit.to(&format!("/staff/courses/{slug}/versions/{id}")))),
        Err(NotBegun::Unknown) => Err(PageError::NotFound),
    }
}
