use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::view::{ChoiceView, SceneView};
use super::{closed, course, focus, frame, shown, shown_now, who};
use crate::content::lesson::Part;
use crate::content::question::Given;
use crate::content::{Course, Unit};
use crate::study::progress::Next;
use crate::study::{self, NotLearned, Turn};

#[derive(Template)]
#[template(path = "pages/slide.html")]
struct SlidePage {
    frame: Frame,
    who: String,
    code: &'static str,
    parts: Vec<PartView>,
    notes: String,
    place: usize,
    count: usize,
    left: String,
    here: String,
    previous: String,
    next: String,
    /// Whether the next page is that of the questions.
    is_last: bool,
    shown: String,
    /// 「14:02に保存しました」, for whoever has signed in.
    saved: String,
    is_known: bool,
    sign_in: String,
    mine: String,
    /// What is said of a page that is no page of readers yet.
    preview: String,
}

/// A part of a slide.
enum PartView {
    Prose(String),
    Figure { svg: String, alt: String },
    Photo { src: String, width: u32, height: u32, alt: String },
    Term { word: String, html: String },
    Do(String),
    Dont(String),
    Dated { when: String, html: String },
    Scene { scene: SceneView, choices: Vec<ChoiceView>, is_told: bool },
}

/// A unit: where one was in it, or its first slide.
pub async fn unit(State(portal): State<Portal>, visit: Visit, Path((slug, unit)): Path<(String, String)>) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    let unit = course.unit(&unit).ok_or(PageError::NotFound)?;
    let next = match visit.actor.account() {
        Some(account) => portal.db.read(async move |tx| study::progress(tx, account, course).await).await?.next_in(unit),
        None => Next::Slide(unit.slug.clone(), unit.slides[0].id.clone()),
    };
    Ok(Page::see_other(&visit.to(&path_of(course, &next))))
}

/// The address of where to go on.
pub(super) fn path_of(course: &Course, next: &Next) -> String {
    match next {
        Next::Slide(unit, slide) => format!("/courses/{}/{unit}/{slide}", course.slug),
        Next::Question(unit, n) => format!("/courses/{}/{unit}/questions/{n}", course.slug),
        Next::Test | Next::Nothing => format!("/my/courses/{}", course.slug),
    }
}

/// One slide.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, unit, slide)): Path<(String, String, String)>,
) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    let (unit, n) = course.slide(&slide).filter(|(found, _)| found.slug == unit).ok_or(PageError::NotFound)?;
    if !course.is_open(visit.now.day()) {
        return closed(&portal, &visit, course, StatusCode::OK);
    }
    let saved = match visit.actor.account() {
        Some(account) => portal.db.read(async move |tx| study::store::study(tx, account, course).await).await?,
        None => None,
    };
    let w = visit.words();
    let unit_title = unit.title.get(course.lang(visit.lang));
    let title = unit.slides[n].face(course.lang(visit.lang)).heading.clone();
    let here = address(&format!("/courses/{slug}"), unit, n);
    let page = SlidePage {
        shown: shown_now(&portal, &visit),
        saved: saved.map_or_else(String::new, |study| w.one("learning-saved", "time", &study.seen_at.clock_face())),
        is_known: visit.actor.is_signed_in(),
        sign_in: format!("/sign-in?next={}", visit.to(&here)),
        mine: format!("/my/courses/{}", course.slug),
        who: who(&portal, &visit),
        ..SlidePage::of(frame(&portal, &visit, title, course).crumb(unit_title, ""), &visit, course, &format!("/courses/{slug}"), unit, n)
    };
    Page::html(&page)
}

/// The slide of a version that is not public, as readers would see it.
pub(crate) fn preview(frame: Frame, visit: &Visit, course: &Course, base: &str, unit: &Unit, n: usize) -> Result<Page, PageError> {
    Page::html(&SlidePage { preview: visit.words().t("authoring-preview-note"), ..SlidePage::of(frame, visit, course, base, unit, n) })
}

impl SlidePage {
    /// What a slide shows to somebody of whom nothing is put down; `base` is the address of the course.
    fn of(frame: Frame, visit: &Visit, course: &Course, base: &str, unit: &Unit, n: usize) -> Self {
        let lang = course.lang(visit.lang);
        let face = unit.slides[n].face(lang);
        let count = unit.slides.len();
        // What is left of the unit, rounded up so that nobody is promised too little.
        let of = i64::try_from(count).unwrap_or(1);
        let minutes = (unit.minutes * i64::try_from(count - n).unwrap_or(1) + of - 1) / of;
        Self {
            frame,
            who: String::new(),
            code: lang.code(),
            parts: face.parts.iter().filter_map(|part| view(course, base, part, visit)).collect(),
            notes: face.notes.clone(),
            place: n + 1,
            count,
            left: visit.words().count("learning-left", minutes),
            here: address(base, unit, n),
            previous: if n == 0 { String::new() } else { address(base, unit, n - 1) },
            next: after(base, unit, n),
            is_last: n + 1 == count,
            shown: String::new(),
            saved: String::new(),
            is_known: false,
            sign_in: String::new(),
            mine: String::new(),
            preview: String::new(),
        }
    }
}

/// Puts down that the slide was read, and goes on.
pub async fn turn(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, unit, slide)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    let (unit, n) = course.slide(&slide).filter(|(found, _)| found.slug == unit).ok_or(PageError::NotFound)?;
    let account = visit.account()?;
    let read = Turn { slide, shown: shown(&portal, &posted), focus: focus(&posted) };
    let write = async move |tx: &mut db::Tx<'_>, now| study::turn(tx, account, course, &read, now).await;
    match portal.db.write(Lane::Public, None, write).await? {
        Ok(()) => Ok(Page::see_other(&visit.to(&after(&format!("/courses/{}", course.slug), unit, n)))),
        Err(NotLearned::Closed) => closed(&portal, &visit, course, StatusCode::CONFLICT),
        Err(_) => Err(PageError::NotFound),
    }
}

fn address(base: &str, unit: &Unit, n: usize) -> String {
    format!("{base}/{}/{}", unit.slug, unit.slides[n].id)
}

/// What comes behind a slide: the next one, or the questions of the unit.
fn after(base: &str, unit: &Unit, n: usize) -> String {
    if n + 1 < unit.slides.len() { address(base, unit, n + 1) } else { format!("{base}/{}/questions/1", unit.slug) }
}

fn view(course: &Course, base: &str, part: &Part, visit: &Visit) -> Option<PartView> {
    Some(match part {
        Part::Prose(html) => PartView::Prose(html.clone()),
        Part::Figure { svg, alt } => PartView::Figure { svg: svg.clone(), alt: alt.clone() },
        Part::Photo { photo, alt } => {
            PartView::Photo { src: format!("{base}/figures/{}", photo.file()), width: photo.width, height: photo.height, alt: alt.clone() }
        }
        Part::Term { word, html } => PartView::Term { word: word.clone(), html: html.clone() },
        Part::Do(html) => PartView::Do(html.clone()),
        Part::Dont(html) => PartView::Dont(html.clone()),
        Part::Dated { when, html } => PartView::Dated { when: when.clone(), html: html.clone() },
        Part::Contacts => return None,
        Part::Scene(name) => {
            let scene = course.scene(name)?;
            let asked: Vec<(String, String)> = serde_urlencoded::from_str(&visit.query).unwrap_or_default();
            let ticked = |id: &str| asked.iter().any(|(name, value)| name == "choice" && value == id);
            let given = Given(scene.spots.iter().filter(|spot| ticked(&spot.id)).map(|spot| spot.id.clone()).collect());
            let (view, choices) = SceneView::of_slide(scene, visit.words(), course.lang(visit.lang), &given);
            PartView::Scene { scene: view, choices, is_told: !given.0.is_empty() }
        }
    })
}
