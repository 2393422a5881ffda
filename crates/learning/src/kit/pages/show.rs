use access::Action;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use pdf::NotSet;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use crate::content::photo::Photos;
use crate::content::{Course, Unit};
use crate::kit::deck::{deck, words};
use crate::kit::paper::{SETS, quiz};
use crate::kit::press::{made_of, moment, photos_of};
use crate::kit::roster::roster;
use crate::kit::session::{CONTACTS, Session};
use crate::kit::sheet::over;
use crate::pages::{course, frame};

/// Signatures on a page of the list, and the most pages that are made at once.
const ROWS: u32 = 25;
const PAGES: u32 = 20;

#[derive(Template)]
#[template(path = "kit/pages/show.html")]
struct KitPage {
    frame: Frame,
    code: &'static str,
    path: String,
    title: String,
    facts: Vec<(String, String)>,
    terms: Vec<String>,
    units: Vec<(String, String, String, bool)>,
    papers: Vec<(&'static str, String, String)>,
    contacts: Vec<(&'static str, String)>,
    sets: Vec<(&'static str, bool)>,
    preview: String,
    /// Where whoever keeps courses takes it along for other learning systems.
    package: Option<String>,
    filled: Filled,
}

/// What can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paper {
    Slides,
    Script,
    Quiz,
    Answers,
    Roster,
}

impl Paper {
    const ALL: [Self; 5] = [Self::Slides, Self::Script, Self::Quiz, Self::Answers, Self::Roster];

    const fn id(self) -> &'static str {
        match self {
            Self::Slides => "slides",
            Self::Script => "script",
            Self::Quiz => "quiz",
            Self::Answers => "answers",
            Self::Roster => "roster",
        }
    }
}

/// What a kit holds, and the form from which its sheets are made.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(slug): Path<String>) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    page(&portal, &visit, course, Filled::default())
}

fn page(portal: &Portal, visit: &Visit, course: &Course, filled: Filled) -> Result<Page, PageError> {
    let (w, lang) = (visit.words(), course.lang(visit.lang));
    let settings = portal.settings();
    let is_new = filled.value("paper").is_empty();
    let chosen = |unit: &Unit| is_new || filled.is("unit", &unit.slug);
    let audience = (w.t("kit-for-whom"), over(course, w));
    let minutes = [("minutes", &*course.minutes.to_string()), ("units", &*course.units.len().to_string())];
    let slides: usize = course.units.iter().map(|unit| unit.slides.len()).sum();
    let count = [("slides", &*slides.to_string()), ("questions", &*course.questions.len().to_string())];
    let page = KitPage {
        frame: frame(portal, visit, w.t("kit-title"), course).here(),
        code: lang.code(),
        path: format!("/courses/{}", course.slug),
        title: course.title.get(lang).to_owned(),
        facts: vec![
            audience,
            (w.t("learning-fact-minutes"), w.with("learning-facts", &minutes)),
            (w.t("kit-contents"), w.with("kit-contents-value", &count)),
            (w.t("learning-record-version"), course.version.clone()),
        ],
        terms: vec![w.one("kit-terms-1", "operator", settings.text("operator.name", w.lang)), w.t("kit-terms-2"), w.t("kit-terms-3")],
        units: course
            .units
            .iter()
            .map(|unit| (unit.slug.clone(), unit.title.get(lang).to_owned(), w.count("kit-minutes", unit.minutes), chosen(unit)))
            .collect(),
        papers: Paper::ALL
            .map(|paper| (paper.id(), w.t(&format!("kit-paper-{}", paper.id())), w.t(&format!("kit-paper-{}-told", paper.id()))))
            .to_vec(),
        contacts: CONTACTS.map(|name| (name, w.t(&format!("kit-{name}")))).to_vec(),
        sets: SETS.map(|set| (set, filled.is("set", set))).to_vec(),
        package: portal.offers(visit, Action::EditTexts).then(|| format!("/staff/courses/{}/package", course.slug)),
        preview: format!("/courses/{}/{}/{}", course.slug, course.units[0].slug, course.units[0].slides[0].id),
        filled,
    };
    let status = if page.filled.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Page::html(&page)?.status(status))
}

/// Makes one of the sheets, with what was typed in it.
pub async fn make(State(portal): State<Portal>, visit: Visit, Path(slug): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    let (w, mut filled) = (visit.words(), Filled::from_posted(&posted));
    let Some(paper) = Paper::ALL.into_iter().find(|paper| paper.id() == posted.get("paper")) else { return Err(PageError::NotFound) };
    let session = Session::from_posted(&posted);
    if let Some((field, character)) = session.unprintable() {
        filled.wrong(field, w.one("kit-unprintable", "character", &character));
    }
    let units: Vec<&'static Unit> = course.units.iter().filter(|unit| posted.all("unit").any(|chosen| chosen == unit.slug)).collect();
    if units.is_empty() {
        filled.wrong("units", w.t("kit-units-none"));
    }
    let people = crate::content::question::number(posted.get("people")).unwrap_or_default();
    let pages = u32::try_from(people).unwrap_or_default().max(1).div_ceil(ROWS);
    if pages > PAGES {
        filled.wrong("people", w.count("kit-people-many", PAGES * ROWS));
    }
    if !filled.is_fine() {
        return page(&portal, &visit, course, filled);
    }
    let set = SETS.into_iter().find(|set| *set == posted.get("set")).unwrap_or(SETS[0]);
    let url = portal.url(course.lang(visit.lang), &format!("/courses/{}", course.slug));
    let (settings, at, lang) = (portal.settings(), moment(visit.now), words(course, visit.lang));
    let photos = async {
        match paper {
            Paper::Slides | Paper::Script => photos_of(&portal, course).await,
            _ => Ok(Photos::default()),
        }
    };
    let work = move |photos: Photos| match paper {
        Paper::Slides => pdf::kit::slides(&deck(course, &units, &photos, &session, &settings, lang), at),
        Paper::Script => pdf::kit::script(&deck(course, &units, &photos, &session, &settings, lang), at),
        Paper::Quiz => pdf::kit::quiz(&quiz(course, &units, &session, set, (url, &settings), lang), at),
        Paper::Answers => pdf::kit::answers(&quiz(course, &units, &session, set, (url, &settings), lang), at),
        Paper::Roster => pdf::kit::roster(&roster(course, &session, pages, &settings, lang), at),
    };
    answer(made_of(photos, work).await?, paper, course, w)
}

fn answer(made: Result<Vec<u8>, NotSet>, paper: Paper, course: &Course, w: Words) -> Result<Page, PageError> {
    let bytes = made.map_err(|wrong| {
        tracing::error!(%wrong, course = course.slug, paper = paper.id(), "a sheet of a kit could not be set");
        PageError::Bug("a sheet of a kit could not be set")
    })?;
    let name = format!("{}-{}-{}.pdf", w.t(&format!("kit-paper-{}", paper.id())), course.slug, course.version);
    Ok(Page::file("application/pdf", &name, bytes))
}
