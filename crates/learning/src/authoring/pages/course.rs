use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use kernel::{Day, parse_day};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::act::done;
use super::{digest, open_draft, put};
use crate::authoring::bundle::COURSE;
use crate::content::Exam;
use crate::content::course::Draw;
use crate::content::file::{CourseFile, unplaced};

/// The most characters of a title, of a longer text, and of a list.
const TITLE_MAX: usize = 120;
const TEXT_MAX: usize = 600;
const LIST_MAX: usize = 6_000;

#[derive(Template)]
#[template(path = "authoring/pages/course.html")]
struct CoursePage {
    frame: Frame,
    path: String,
    over: String,
    is_english: bool,
    /// The units: their addresses and titles.
    units: Vec<(String, String)>,
    filled: Filled,
    was: String,
    key: String,
}

/// The course itself: titles, 公開期間, units, tests.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path((slug, id)): Path<(String, String)>) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let file = draft.files.course().ok_or(PageError::NotFound)?;
    let mut filled = Filled::default();
    fill(&mut filled, &file);
    page(&portal, &visit, &draft, &file, filled, digest(draft.files.text(COURSE)))
}

fn page(portal: &Portal, visit: &Visit, draft: &super::Draft, file: &CourseFile, filled: Filled, was: String) -> Result<Page, PageError> {
    let is_wrong = !filled.is_fine();
    let page = Page::html(&CoursePage {
        frame: draft.frame(portal, visit, visit.words().t("authoring-edit-course")),
        path: draft.path(),
        over: draft.name(visit.words()),
        is_english: file.languages.iter().any(|code| code == "en"),
        units: file.units.iter().map(|unit| (unit.slug.get_ref().clone(), unit.title.get(visit.lang).to_owned())).collect(),
        filled,
        was,
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Saves the course itself.
pub async fn save(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let w = visit.words();
    let there = draft.files.course().ok_or(PageError::NotFound)?;
    let mut filled = Filled::from_posted(&posted);
    if posted.get("was") != digest(draft.files.text(COURSE)) {
        filled.wrong("version", w.t("authoring-wrong-meanwhile"));
    }
    let file = read(&mut filled, there.clone(), visit.now.day(), w);
    let was = posted.get("was").to_owned();
    if !filled.is_fine() {
        return page(&portal, &visit, &draft, &there, filled, was);
    }
    let mut files = draft.files.clone();
    files.put_course(&file);
    match put(&portal, &visit, &posted, &draft, files).await? {
        Ok(()) => Ok(done(&visit, &slug, &id, "saved")),
        Err(words) => {
            filled.wrong("version", words);
            page(&portal, &visit, &draft, &there, filled, was)
        }
    }
}

fn fill(filled: &mut Filled, file: &CourseFile) {
    filled.set("version", &file.version);
    for (name, text) in [("title", &file.title), ("summary", &file.summary)] {
        filled.set(&format!("{name}_ja"), &text.ja);
        filled.set(&format!("{name}_en"), &text.en);
    }
    filled.set("objectives_ja", file.objectives.ja.join("\n"));
    filled.set("objectives_en", file.objectives.en.join("\n"));
    filled.set("sources", file.sources.join("\n"));
    filled.set("from", file.available_from.get_ref());
    filled.set("until", file.available_until.get_ref());
    filled.set("test_percent", file.test.get_ref().pass_percent.to_string());
    filled.set("out_percent", file.test_out.get_ref().pass_percent.to_string());
    let count = |exam: &Exam, pool: &str| exam.draw.iter().find(|draw| draw.pool == pool).map_or(0, |draw| draw.count).to_string();
    for unit in &file.units {
        let slug = unit.slug.get_ref();
        filled.set(&format!("{slug}_ja"), &unit.title.ja);
        filled.set(&format!("{slug}_en"), &unit.title.en);
        filled.set(&format!("{slug}_minutes"), unit.minutes.to_string());
        filled.set(&format!("{slug}_test"), count(file.test.get_ref(), slug));
        filled.set(&format!("{slug}_out"), count(file.test_out.get_ref(), slug));
    }
}

/// The course as it was filled in; notes in `filled` what is to be mended.
fn read(filled: &mut Filled, mut file: CourseFile, today: Day, w: Words) -> CourseFile {
    let is_english = file.languages.iter().any(|code| code == "en");
    file.version = line(filled, "version", 40, true, w);
    for (name, max) in [("title", TITLE_MAX), ("summary", TEXT_MAX)] {
        let text = if name == "title" { &mut file.title } else { &mut file.summary };
        text.ja = line(filled, &format!("{name}_ja"), max, true, w);
        text.en = line(filled, &format!("{name}_en"), max, is_english, w);
    }
    file.objectives.ja = lines(filled, "objectives_ja", w);
    file.objectives.en = lines(filled, "objectives_en", w);
    file.sources = lines(filled, "sources", w);
    let (from, until) = (day(filled, "from", today, w), day(filled, "until", today, w));
    if let (Some(from), Some(until)) = (from, until) {
        if until < from {
            filled.wrong("until", w.t("authoring-wrong-until"));
        }
        (file.available_from, file.available_until) = (unplaced(from.to_string()), unplaced(until.to_string()));
    }
    let mut exams = [file.test.get_ref().clone(), file.test_out.get_ref().clone()];
    exams[0].pass_percent = number(filled, "test_percent", 1..=100, w);
    exams[1].pass_percent = number(filled, "out_percent", 1..=100, w);
    for exam in &mut exams {
        exam.draw.clear();
    }
    for unit in &mut file.units {
        let slug = unit.slug.get_ref().clone();
        unit.title.ja = line(filled, &format!("{slug}_ja"), TITLE_MAX, true, w);
        unit.title.en = line(filled, &format!("{slug}_en"), TITLE_MAX, is_english, w);
        unit.minutes = number(filled, &format!("{slug}_minutes"), 1..=60, w);
        for (exam, field) in exams.iter_mut().zip(["test", "out"]) {
            let count = number(filled, &format!("{slug}_{field}"), 0..=100, w);
            if let Some(count) = usize::try_from(count).ok().filter(|count| *count > 0) {
                exam.draw.push(Draw { pool: slug.clone(), count });
            }
        }
    }
    let [test, out] = exams;
    (file.test, file.test_out) = (unplaced(test), unplaced(out));
    file.minutes = unplaced(file.units.iter().map(|unit| unit.minutes).sum());
    file
}

fn line(filled: &mut Filled, field: &str, max: usize, is_needed: bool, w: Words) -> String {
    let typed = kernel::one_line(filled.value(field));
    let length = typed.chars().count();
    if typed.is_empty() && is_needed {
        filled.wrong(field, w.t("authoring-wrong-empty"));
    } else if length > max {
        filled.wrong(field, w.with("approval-wrong-too-long", &[("length", &length.to_string()), ("max", &max.to_string())]));
    }
    typed
}

fn lines(filled: &mut Filled, field: &str, w: Words) -> Vec<String> {
    let typed = filled.value(field).to_owned();
    let length = typed.chars().count();
    if length > LIST_MAX {
        filled.wrong(field, w.with("approval-wrong-too-long", &[("length", &length.to_string()), ("max", &LIST_MAX.to_string())]));
    }
    typed.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

fn day(filled: &mut Filled, field: &str, today: Day, w: Words) -> Option<Day> {
    let day = parse_day(filled.value(field), today);
    if day.is_none() {
        filled.wrong(field, w.t("authoring-wrong-day"));
    }
    day
}

fn number(filled: &mut Filled, field: &str, within: std::ops::RangeInclusive<i64>, w: Words) -> i64 {
    match kernel::fold(filled.value(field)).trim().parse::<i64>() {
        Ok(number) if within.contains(&number) => number,
        _ => {
            let (least, most) = (within.start().to_string(), within.end().to_string());
            filled.wrong(field, w.with("authoring-wrong-number", &[("least", &least), ("most", &most)]));
            *within.start()
        }
    }
}
