use axum::extract::{Path, State};
use kernel::Uuid;
use web::{Page, PageError, Portal, Posted, Visit};

use super::{Draft, draft};
use crate::content::question::Given;
use crate::content::{Course, question::Question};
use crate::pages::figure as figures;
use crate::pages::given;
use crate::pages::practice;
use crate::pages::slide as slides;
use crate::pages::view::QuestionView;

/// Choices stand in the same order each time that somebody looks.
const SEED: Uuid = Uuid::from_u128(1);

/// The version as a course; one with faults is not shown.
async fn course(portal: &Portal, slug: &str, id: &str) -> Result<(Draft, Course), PageError> {
    let draft = draft(portal, slug, id).await?;
    let course = draft.files.load(slug).map_err(|_| PageError::NotFound)?;
    Ok((draft, course))
}

fn base(draft: &Draft) -> String {
    format!("{}/preview", draft.path())
}

/// A slide as readers would see it.
pub async fn slide(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id, unit, slide)): Path<(String, String, String, String)>,
) -> Result<Page, PageError> {
    let (draft, course) = course(&portal, &slug, &id).await?;
    let (unit, n) = course.slide(&slide).filter(|(found, _)| found.slug == unit).ok_or(PageError::NotFound)?;
    let heading = unit.slides[n].face(course.lang(visit.lang)).heading.clone();
    slides::preview(draft.frame(&portal, &visit, heading), &visit, &course, &base(&draft), unit, n)
}

/// A picture of a version, also while something else is wrong with it.
pub async fn figure(State(portal): State<Portal>, Path((slug, id, file)): Path<(String, String, String)>) -> Result<Page, PageError> {
    let draft = draft(&portal, &slug, &id).await?;
    let photo = draft.files.photos().find(|photo| photo.file() == file).ok_or(PageError::NotFound)?;
    figures::answer(&portal, &photo).await
}

/// A unit: its first slide.
pub async fn unit(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id, unit)): Path<(String, String, String)>,
) -> Result<Page, PageError> {
    let (draft, course) = course(&portal, &slug, &id).await?;
    let first = course.unit(&unit).and_then(|unit| unit.slides.first()).ok_or(PageError::NotFound)?;
    Ok(Page::see_other(&visit.to(&format!("{}/{unit}/{}", base(&draft), first.id))))
}

/// A question as readers would see it.
pub async fn question(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id, unit, place)): Path<(String, String, String, usize)>,
) -> Result<Page, PageError> {
    let (draft, course) = course(&portal, &slug, &id).await?;
    let question = found(&course, &unit, place)?;
    let asked = QuestionView::asked(question, visit.words(), course.lang(visit.lang), SEED, &Given::default());
    page(&portal, &visit, &draft, &course, (&unit, place), asked)
}

/// What readers would be told of an answer. Nothing is put down.
pub async fn answer(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id, unit, place)): Path<(String, String, String, usize)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let (draft, course) = course(&portal, &slug, &id).await?;
    let (question, w) = (found(&course, &unit, place)?, visit.words());
    let view = match given::read(question, &posted, w) {
        Ok(given) => {
            let mut told = QuestionView::told(&course, question, w, SEED, &given);
            if let (Some(words), Some((of, _))) = (&mut told.told, course.slide(&question.slide)) {
                words.slide_path = format!("{}/{}/{}", base(&draft), of.slug, question.slide);
            }
            told
        }
        Err((given, error)) => QuestionView { error, ..QuestionView::asked(question, w, course.lang(visit.lang), SEED, &given) },
    };
    page(&portal, &visit, &draft, &course, (&unit, place), view)
}

fn found<'c>(course: &'c Course, unit: &str, place: usize) -> Result<&'c Question, PageError> {
    let unit = course.unit(unit).ok_or(PageError::NotFound)?;
    place.checked_sub(1).and_then(|n| course.pool(&unit.slug).nth(n)).ok_or(PageError::NotFound)
}

fn page(
    portal: &Portal,
    visit: &Visit,
    draft: &Draft,
    course: &Course,
    (unit, place): (&str, usize),
    question: QuestionView,
) -> Result<Page, PageError> {
    let unit = course.unit(unit).ok_or(PageError::NotFound)?;
    let frame = draft.frame(portal, visit, practice::over(course, unit, place, visit));
    practice::preview(frame, visit, course, (&base(draft), &draft.path()), (unit, place), question)
}
