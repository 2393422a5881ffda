use access::Action;
use askama::Template;
use axum::extract::{Path, State};
use std::collections::HashMap;
use web::paging::{self, Query, ROWS, asked};
use web::{Frame, Numbered, Page, PageError, Pager, Portal, Visit};

use super::draft;
use crate::authoring::exchange::workbook;
use crate::content::file::QuestionFile;

/// The type of an Excel workbook.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Template)]
#[template(path = "authoring/pages/questions.html")]
struct QuestionsPage {
    frame: Frame,
    path: String,
    over: String,
    /// Every unit: address, title, how many questions, whether it is the chosen one.
    units: Vec<(String, String, usize, bool)>,
    unit: String,
    lines: Vec<Line>,
    pager: Pager,
    may_edit: bool,
    done: String,
}

struct Line {
    id: String,
    text: String,
    kind: String,
    slide: String,
}

/// The questions of a version.
pub async fn list(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id)): Path<(String, String)>,
    query: Query,
) -> Result<Page, PageError> {
    let draft = draft(&portal, &slug, &id).await?;
    let (w, wanted) = (visit.words(), asked(&query, "unit"));
    let questions = draft.files.questions().unwrap_or_default();
    let units = draft.files.course().map(|file| file.units).unwrap_or_default();
    let unit = units.iter().map(|unit| unit.slug.get_ref()).find(|unit| **unit == wanted).cloned().unwrap_or_default();
    let found: Vec<&QuestionFile> = questions.iter().filter(|question| unit.is_empty() || question.pool == unit).collect();
    let shown = Numbered::of(found.len(), ROWS, &asked(&query, "page"));
    let path = format!("{}/questions", draft.path());
    let headings: HashMap<String, String> = units.iter().flat_map(|unit| draft.files.slides(unit.slug.get_ref())).collect();
    // A slide that is gone, or has no heading yet, is told by its id.
    let heading = |slide: &String| headings.get(slide).filter(|heading| !heading.is_empty()).unwrap_or(slide).clone();
    let line = |question: &&QuestionFile| Line {
        id: question.id().clone(),
        text: question.text.ja.clone(),
        kind: w.t(&format!("authoring-kind-{}", question.kind)),
        slide: heading(&question.slide),
    };
    let of = |slug: &str| questions.iter().filter(|question| question.pool == slug).count();
    let page = QuestionsPage {
        frame: draft.frame(&portal, &visit, w.t("authoring-all-questions")),
        over: draft.name(w),
        units: units
            .iter()
            .map(|one| (one.slug.get_ref().clone(), one.title.get(w.lang).to_owned(), of(one.slug.get_ref()), *one.slug.get_ref() == unit))
            .collect(),
        lines: shown.rows_of(&found).map(line).collect(),
        pager: shown.pager(w, |page| visit.to(&paging::with(&path, &query, &[("page", page)]))),
        may_edit: draft.version.is_open() && portal.offers(&visit, Action::EditTexts),
        done: match asked(&query, "done").as_str() {
            "saved" => w.t("authoring-done-saved"),
            "removed" => w.t("authoring-done-removed"),
            _ => String::new(),
        },
        path: draft.path(),
        unit,
    };
    Page::html(&page)
}

/// All questions as a workbook, which comes in again as it is.
pub async fn file(State(portal): State<Portal>, visit: Visit, Path((slug, id)): Path<(String, String)>) -> Result<Page, PageError> {
    let draft = draft(&portal, &slug, &id).await?;
    let bytes = workbook(&draft.files.questions().unwrap_or_default()).map_err(|_| PageError::Bug("questions could not be written"))?;
    let name = visit.words().with("authoring-questions-file", &[("course", &slug), ("label", &draft.version.label)]);
    Ok(Page::file(XLSX, &format!("{name}.xlsx"), bytes))
}
