use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::{Draft, digest, open_draft, put};
use crate::authoring::exchange::{QUESTIONS_MAX, is_id};
use crate::authoring::names::{called, scenes};
use crate::content::file::{CourseFile, QuestionFile, unplaced};
use crate::content::question::{Choice, Pair, Step, number};
use crate::content::scene::Scene;
use crate::content::text::Text;

/// The most rows for choices, steps and pairs, and how many a new question has.
const ROWS: usize = 12;
const FIRST_ROWS: usize = 3;
/// The most characters of a text.
const TEXT_MAX: usize = 1_000;

#[derive(Template)]
#[template(path = "authoring/pages/question.html")]
struct QuestionPage {
    frame: Frame,
    path: String,
    over: String,
    action: String,
    is_new: bool,
    kind: &'static str,
    is_english: bool,
    kinds: Vec<(&'static str, String)>,
    units: Vec<(String, String)>,
    /// The slides of each unit: ids and headings.
    slides: Vec<(String, Vec<(String, String)>)>,
    /// The scenes: their ids and titles.
    scenes: Vec<(String, String)>,
    rows: Vec<usize>,
    may_have_more: bool,
    filled: Filled,
    was: String,
    key: String,
}

/// The form of a question; of a new one its kind is chosen first.
pub async fn form(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id, question)): Path<(String, String, String)>,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let questions = draft.files.questions().ok_or(PageError::NotFound)?;
    let mut filled = Filled::default();
    if question == "new" {
        let asked: Vec<(String, String)> = serde_urlencoded::from_str(&visit.query).unwrap_or_default();
        let value = |name: &str| asked.iter().find(|(asked, _)| asked == name).map_or("", |(_, value)| value.as_str());
        filled.set("kind", QuestionFile::KINDS.into_iter().find(|kind| *kind == value("kind")).unwrap_or("one"));
        filled.set("pool", value("unit"));
        filled.set("id", next_id(&questions, value("unit")));
        return page(&portal, &visit, &draft, "new", filled, String::new());
    }
    let found = questions.iter().find(|one| *one.id() == question).ok_or(PageError::NotFound)?;
    fill(&mut filled, found);
    page(&portal, &visit, &draft, &question, filled, of(found))
}

/// By what the form knows the question that it was made of.
fn of(question: &QuestionFile) -> String {
    digest(&format!("{question:?}"))
}

/// `habits-08`, behind those that there are.
fn next_id(questions: &[QuestionFile], pool: &str) -> String {
    if pool.is_empty() {
        return String::new();
    }
    let prefix = format!("{pool}-");
    let numbers = questions.iter().filter_map(|question| question.id().strip_prefix(&prefix)?.parse::<u32>().ok());
    format!("{prefix}{:02}", numbers.max().unwrap_or(0) + 1)
}

fn page(portal: &Portal, visit: &Visit, draft: &Draft, question: &str, filled: Filled, was: String) -> Result<Page, PageError> {
    let w = visit.words();
    let file = draft.files.course().ok_or(PageError::NotFound)?;
    let is_new = question == "new";
    let is_wrong = !filled.is_fine();
    let title = if is_new { w.t("authoring-new-question") } else { w.t("authoring-edit-question") };
    let page = Page::html(&QuestionPage {
        frame: draft.frame(portal, visit, title),
        path: draft.path(),
        over: draft.name(w),
        action: format!("{}/questions/{question}", draft.path()),
        is_new,
        kind: QuestionFile::KINDS.into_iter().find(|kind| filled.is("kind", kind)).unwrap_or("one"),
        is_english: is_english(&file),
        kinds: QuestionFile::KINDS.into_iter().map(|kind| (kind, w.t(&format!("authoring-kind-{kind}")))).collect(),
        units: file.units.iter().map(|unit| (unit.slug.get_ref().clone(), unit.title.get(w.lang).to_owned())).collect(),
        slides: file.units.iter().map(|unit| (unit.title.get(w.lang).to_owned(), draft.files.slides(unit.slug.get_ref()))).collect(),
        scenes: scenes(&draft.files, w.lang),
        rows: (1..=rows(&filled)).collect(),
        may_have_more: rows(&filled) < ROWS,
        filled,
        was,
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// How many rows the form shows: those in which something stands, and what was asked for beyond them.
fn rows(filled: &Filled) -> usize {
    let is_used = |n: &usize| {
        let mut fields = ["a", "b", "c"].iter().flat_map(|field| [format!("{field}{n}_ja"), format!("{field}{n}_en")]);
        fields.any(|field| !filled.value(&field).trim().is_empty() || !filled.error(&field).is_empty())
    };
    let used = (1..=ROWS).rev().find(is_used).unwrap_or(0);
    let asked = filled.value("rows").parse().unwrap_or(0usize);
    let shown = used.max(asked);
    if shown == 0 { FIRST_ROWS } else { shown.min(ROWS) }
}

fn is_english(file: &CourseFile) -> bool {
    file.languages.iter().any(|code| code == "en")
}

/// Saves a question, or takes it away.
pub async fn save(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id, question)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let w = visit.words();
    let mut questions = draft.files.questions().ok_or(PageError::NotFound)?;
    let at = questions.iter().position(|one| *one.id() == question);
    if at.is_none() && question != "new" {
        return Err(PageError::NotFound);
    }
    let was = posted.get("was").to_owned();
    let mut filled = Filled::from_posted(&posted);
    if posted.get("do") == "row" {
        // Nothing is saved, and nothing typed is lost.
        let more = rows(&filled) + 1;
        filled.set("rows", more.to_string());
        return page(&portal, &visit, &draft, &question, filled, was);
    }
    if at.is_some_and(|at| was != of(&questions[at])) {
        filled.wrong("text_ja", w.t("authoring-wrong-meanwhile"));
    }
    let is_removed = at.is_some() && posted.get("do") == "remove";
    if !is_removed {
        let written = read(&mut filled, &draft, at.map(|at| &questions[at]), w)?;
        match at {
            Some(at) => questions[at] = written,
            None if questions.iter().any(|one| one.id() == written.id()) => filled.wrong("id", w.t("authoring-wrong-id-taken")),
            None if questions.len() >= QUESTIONS_MAX => filled.wrong("id", w.one("learning-import-too-many", "most", &QUESTIONS_MAX)),
            None => questions.push(written),
        }
    } else if let (Some(at), true) = (at, filled.is_fine()) {
        questions.remove(at);
    }
    if filled.is_fine() {
        let mut files = draft.files.clone();
        files.put_questions(questions);
        match put(&portal, &visit, &posted, &draft, files).await? {
            Ok(()) => {
                let done = if is_removed { "removed" } else { "saved" };
                return Ok(Page::see_other(&visit.to(&format!("{}/questions?unit={}&done={done}", draft.path(), posted.get("pool")))));
            }
            Err(words) => filled.wrong("text_ja", words),
        }
    }
    page(&portal, &visit, &draft, &question, filled, was)
}

fn fill(filled: &mut Filled, question: &QuestionFile) {
    let mut put = |name: &str, text: &Text| {
        filled.set(&format!("{name}_ja"), &text.ja);
        filled.set(&format!("{name}_en"), &text.en);
    };
    put("text", &question.text);
    put("why", &question.why);
    put("unit", &question.unit);
    for (n, choice) in (1..).zip(&question.choice) {
        put(&format!("a{n}"), &choice.text);
        put(&format!("c{n}"), &choice.why);
    }
    for (n, step) in (1..).zip(&question.step) {
        put(&format!("a{n}"), &step.text);
    }
    for (n, pair) in (1..).zip(&question.pair) {
        put(&format!("a{n}"), &pair.left);
        put(&format!("b{n}"), &pair.right);
        put(&format!("c{n}"), &pair.why);
    }
    let ids = question
        .choice
        .iter()
        .map(|one| &one.id)
        .chain(question.step.iter().map(|one| &one.id))
        .chain(question.pair.iter().map(|one| &one.id));
    for (n, id) in (1..).zip(ids) {
        filled.set(&format!("id{n}"), id);
    }
    for (n, _) in (1..).zip(&question.choice).filter(|(_, choice)| choice.right) {
        filled.set(&format!("right{n}"), "yes");
    }
    filled.set("answers_ja", question.answers.ja.join("\n"));
    filled.set("answers_en", question.answers.en.join("\n"));
    for (name, value) in [("id", question.id()), ("kind", &question.kind), ("pool", &question.pool), ("slide", &question.slide)] {
        filled.set(name, value);
    }
    filled.set("checklist", &question.checklist);
    filled.set("scene", &question.scene);
    filled.set("answer", question.answer.to_string());
    filled.set("tolerance", question.tolerance.to_string());
}

/// The question as it was filled in; notes in `filled` what is to be mended, by the rules of the loader.
fn read(filled: &mut Filled, draft: &Draft, there: Option<&QuestionFile>, w: Words) -> Result<QuestionFile, PageError> {
    let file = draft.files.course().ok_or(PageError::NotFound)?;
    let kind = there.map_or_else(|| filled.value("kind").to_owned(), |there| there.kind.clone());
    let id = there.map_or_else(|| filled.value("id").trim().to_owned(), |there| there.id().clone());
    if !is_id(&id) || id == "new" {
        filled.wrong("id", w.t("authoring-wrong-id"));
    }
    let mut question = QuestionFile { id: unplaced(id), ..QuestionFile::new("", filled.value("pool"), &kind) };
    filled.value("slide").clone_into(&mut question.slide);
    question.checklist = kernel::one_line(filled.value("checklist")).chars().take(80).collect();
    question.text = text(filled, "text", w);
    question.why = text(filled, "why", w);
    for n in 1..=ROWS {
        let (left, mate, why) = (text(filled, &format!("a{n}"), w), text(filled, &format!("b{n}"), w), text(filled, &format!("c{n}"), w));
        if left.is_empty() && mate.is_empty() && why.is_empty() {
            continue;
        }
        let id = choice_id(filled, n, &question);
        match kind.as_str() {
            "one" | "several" => question.choice.push(Choice { id, right: filled.is(&format!("right{n}"), "yes"), text: left, why }),
            "order" => question.step.push(Step { id, text: left }),
            "match" => question.pair.push(Pair { id, left, right: mate, why }),
            _ => {}
        }
    }
    let lines = |name: &str| filled.value(name).lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    match kind.as_str() {
        "fill" => (question.answers.ja, question.answers.en) = (lines("answers_ja"), lines("answers_en")),
        "number" => {
            question.unit = text(filled, "unit", w);
            for name in ["answer", "tolerance"] {
                match number(filled.value(name)).filter(|number| (0..1_000_000_000).contains(number)) {
                    Some(found) if name == "answer" => question.answer = found,
                    Some(found) => question.tolerance = found,
                    None => filled.wrong(name, w.t("learning-number-none")),
                }
            }
        }
        "scene" => filled.value("scene").clone_into(&mut question.scene),
        _ => {}
    }
    if file.units.iter().all(|unit| *unit.slug.get_ref() != question.pool) {
        filled.wrong("pool", w.t("authoring-wrong-unit"));
    }
    if file.units.iter().all(|unit| draft.files.slides(unit.slug.get_ref()).iter().all(|(slide, _)| *slide != question.slide)) {
        filled.wrong("slide", w.t("authoring-wrong-slide"));
    }
    let languages: Vec<kernel::Lang> = file.languages.iter().filter_map(|code| code.parse().ok()).collect();
    let scenes = draft.files.scenes();
    let scene = |name: &str| scenes.iter().any(|scene| scene == name).then(Scene::default);
    let wrong = match question.clone().question(&scene) {
        Ok(judged) => judged.fault(&languages),
        Err((what, _)) => Some(what),
    };
    if let (Some(what), true) = (wrong, filled.is_fine()) {
        let field = if what == "no-scene" { "scene" } else { "text_ja" };
        filled.wrong(field, w.one(&format!("learning-fault-{what}"), "about", &called(&question, w.lang)));
    }
    Ok(question)
}

/// The id that a choice had, or the first letter that is free.
fn choice_id(filled: &Filled, n: usize, question: &QuestionFile) -> String {
    let had = filled.value(&format!("id{n}"));
    let is_taken = |id: &str| {
        let others = (1..=ROWS).filter(|other| *other != n).any(|other| filled.is(&format!("id{other}"), id));
        others
            || question.choice.iter().any(|one| one.id == id)
            || question.step.iter().any(|one| one.id == id)
            || question.pair.iter().any(|one| one.id == id)
    };
    if is_id(had) && !question.choice.iter().any(|one| one.id == had) {
        return had.to_owned();
    }
    ('a'..='z').map(String::from).find(|id| !is_taken(id)).unwrap_or_else(|| format!("c{n}"))
}

fn text(filled: &mut Filled, name: &str, w: Words) -> Text {
    let mut read = |code: &str| {
        let field = format!("{name}_{code}");
        let typed = filled.value(&field).replace("\r\n", "\n").trim().to_owned();
        let length = typed.chars().count();
        if length > TEXT_MAX {
            filled.wrong(&field, w.with("approval-wrong-too-long", &[("length", &length.to_string()), ("max", &TEXT_MAX.to_string())]));
        }
        typed
    };
    Text { ja: read("ja"), en: read("en") }
}
