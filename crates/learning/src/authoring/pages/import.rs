use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use people::sheet;
use web::{Frame, Page, PageError, Portal, Posted, Upload, Visit, Words};

use super::questions::XLSX;
use super::{Draft, open_draft, put};
use crate::authoring::exchange::{self, Known, LIMITS, NotTaken, QUESTIONS_MAX, Sent, gift_of, merge};
use crate::authoring::names::scenes;

/// Mistakes that the page names; further ones are counted.
const NAMED: usize = 200;

/// What names a part of a course, and what it is called.
type Titled = (String, String);

#[derive(Template)]
#[template(path = "authoring/pages/import.html")]
struct ImportPage {
    frame: Frame,
    path: String,
    over: String,
    hint: String,
    /// Why nothing was taken, and the file's name.
    wrong: Vec<String>,
    more: String,
    file: String,
    rules: Vec<String>,
    /// The units with their slides, and the scenes, that questions may name: what they are called beside what names them.
    units: Vec<(Titled, Vec<Titled>)>,
    scenes: Vec<Titled>,
    key: String,
}

/// The form for a file of questions.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path((slug, id)): Path<(String, String)>) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    page(&portal, &visit, &draft, Vec::new(), String::new())
}

/// The empty form to fill in.
pub async fn template(State(portal): State<Portal>, visit: Visit, Path((slug, id)): Path<(String, String)>) -> Result<Page, PageError> {
    open_draft(&portal, &slug, &id).await?;
    let w = visit.words();
    let bytes = exchange::template(w).map_err(|_| PageError::Bug("a template could not be written"))?;
    Ok(Page::file(XLSX, &format!("{}.xlsx", w.t("learning-template-file")), bytes))
}

/// Takes every question of a file, or none and says why.
pub async fn take(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let w = visit.words();
    let Some(file) = posted.file("file").cloned() else {
        return page(&portal, &visit, &draft, vec![w.t("learning-import-no-file")], String::new());
    };
    let name: String = kernel::one_line(&file.name).chars().take(100).collect();
    let read = sent(&portal, &file).await?.and_then(|sent| exchange::read(&sent, &known(&draft, w)));
    let coming = match read {
        Ok(questions) => questions,
        Err(not) => return page(&portal, &visit, &draft, not.words(w), name),
    };
    let Some(mut questions) = draft.files.questions() else {
        return page(&portal, &visit, &draft, vec![w.t("learning-import-broken")], name);
    };
    let counts = merge(&mut questions, coming);
    if questions.len() > QUESTIONS_MAX {
        return page(&portal, &visit, &draft, vec![w.one("learning-import-too-many", "most", &QUESTIONS_MAX)], name);
    }
    let mut files = draft.files.clone();
    files.put_questions(questions);
    match put(&portal, &visit, &posted, &draft, files).await? {
        Ok(()) => {
            let counts = format!("{}.{}.{}", counts.new, counts.changed, counts.same);
            Ok(Page::see_other(&visit.to(&format!("{}?done=imported&counts={counts}", draft.path()))))
        }
        Err(words) => page(&portal, &visit, &draft, vec![words], name),
    }
}

/// What is in a file: a text, or a table, which is read apart.
async fn sent(portal: &Portal, file: &Upload) -> Result<Result<Sent, NotTaken>, PageError> {
    match gift_of(&file.bytes, &file.name) {
        Err(not) => Ok(Err(not)),
        Ok(Some(text)) => Ok(Ok(Sent::Gift(text))),
        Ok(None) => Ok(sheet(portal, &file.bytes, &file.name, LIMITS).await?.map(Sent::Table).map_err(NotTaken::Unreadable)),
    }
}

/// What of a version questions may name.
fn known(draft: &Draft, w: Words) -> Known {
    let units = draft.files.course().map(|file| file.units).unwrap_or_default();
    let slides = |unit: &str| draft.files.slides(unit).into_iter().map(|(slide, _)| (slide, unit.to_owned())).collect::<Vec<_>>();
    Known {
        slides: units.iter().flat_map(|unit| slides(unit.slug.get_ref())).collect(),
        units: units.iter().map(|unit| (unit.slug.get_ref().clone(), unit.title.get(w.lang).to_owned())).collect(),
        scenes: draft.files.scenes(),
    }
}

fn page(portal: &Portal, visit: &Visit, draft: &Draft, mut wrong: Vec<String>, file: String) -> Result<Page, PageError> {
    let w = visit.words();
    let more = wrong.len().saturating_sub(NAMED);
    wrong.truncate(NAMED);
    let is_wrong = !wrong.is_empty();
    let known = known(draft, w);
    let rule = |n: usize| format!("learning-import-rule-{n}");
    let page = Page::html(&ImportPage {
        frame: draft.frame(portal, visit, w.t("authoring-import")),
        path: draft.path(),
        over: draft.name(w),
        hint: w.with("learning-import-hint", &[("most", &QUESTIONS_MAX.to_string()), ("size", &format!("{} MB", LIMITS.bytes >> 20))]),
        wrong,
        more: if more > 0 { w.count("learning-import-more", more) } else { String::new() },
        file,
        rules: (1..=20).map(rule).take_while(|key| w.has(key)).map(|key| w.t(&key)).collect(),
        units: known.units.iter().map(|unit| (unit.clone(), draft.files.slides(&unit.0))).collect(),
        scenes: scenes(&draft.files, w.lang),
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}
