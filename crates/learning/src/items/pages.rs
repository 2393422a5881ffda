//! How the questions of a course do, for the secretariat.

use askama::Template;
use axum::extract::{Path, State};
use std::collections::HashMap;
use web::paging::{self, Query, ROWS, asked};
use web::{Frame, Numbered, Page, PageError, Pager, Portal, Visit, Words};

use super::score::{Concern, FEWEST, Item, items};
use super::store;
use crate::content::Course;
use crate::content::question::{Kind, Question};
use crate::pages::course;

/// So many of what was chosen instead are named.
const NAMED: usize = 3;

#[derive(Template)]
#[template(path = "items/list.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
    pager: Pager,
    /// Why some are empty.
    fewest: String,
    version: String,
}

struct Line {
    slide_path: String,
    text: String,
    unit: String,
    people: String,
    right: String,
    discrimination: String,
    /// What to look at, and the shape of its sign.
    concern: String,
    shape: &'static str,
    wrong: Vec<String>,
}

/// How the questions of a course do: those first that want to be looked at.
pub(crate) async fn show(State(portal): State<Portal>, visit: Visit, Path(slug): Path<String>, query: Query) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    let read = async move |tx: &mut db::Tx<'_>| Ok((store::firsts(tx, course).await?, store::tested(tx, course).await?));
    let (firsts, tested) = portal.db.read(read).await?;
    let found = items(course, firsts, &tested);
    let w = visit.words();
    let questions = in_order(course, &found);
    let shown = Numbered::of(questions.len(), ROWS, &asked(&query, "page"));
    let path = format!("/staff/courses/{}", course.slug);
    let pager = shown.pager(w, |page| visit.to(&paging::with(&path, &query, &[("page", page)])));
    let frame =
        Frame::new(&portal, &visit, course.title.get(visit.lang)).in_office().crumb(w.t("learning-staff-title"), "/staff/courses").here();
    let lines = shown.rows_of(questions).map(|question| line(course, question, found.get(&question.id), w)).collect();
    let fewest = w.count("learning-items-fewest", FEWEST);
    Page::html(&ListPage { frame, lines, pager, fewest, version: w.one("learning-items-version", "version", &course.version) })
}

/// The questions in the order in which an author should look at them.
fn in_order<'c>(course: &'c Course, found: &HashMap<String, Item>) -> Vec<&'c Question> {
    let mut questions: Vec<&Question> = course.questions.iter().collect();
    questions.sort_by_key(|question| {
        let item = found.get(&question.id);
        (item.map_or(Concern::TooFew, Item::concern), item.and_then(Item::percent).unwrap_or(101))
    });
    questions
}

fn line(course: &Course, question: &Question, item: Option<&Item>, w: Words) -> Line {
    let lang = course.lang(w.lang);
    let none = || w.t("learning-staff-none");
    let percent = item.and_then(Item::percent);
    let shown = item.filter(|_| percent.is_some());
    let concern = item.map_or(Concern::TooFew, Item::concern);
    let (shape, key) = match concern {
        Concern::Reversed => ("cancelled", "learning-items-reversed"),
        Concern::Hard => ("full", "learning-items-hard"),
        Concern::Dull => ("full", "learning-items-dull"),
        Concern::Easy => ("later", "learning-items-easy"),
        Concern::Nothing => ("done", "learning-items-nothing"),
        Concern::TooFew => ("", "learning-items-too-few"),
    };
    let wrong = shown.map_or_else(Vec::new, |item| {
        let told = item.wrong.iter().take(NAMED).map(|(id, many)| {
            let values = [("choice", &*choice(question, id, lang)), ("n", &*((many * 100 + item.people / 2) / item.people).to_string())];
            w.with("learning-items-wrong", &values)
        });
        told.collect()
    });
    Line {
        slide_path: course
            .slide(&question.slide)
            .map_or_else(String::new, |(unit, _)| format!("/courses/{}/{}/{}", course.slug, unit.slug, question.slide)),
        text: question.text.get(lang).to_owned(),
        unit: course.unit(&question.pool).map_or_else(String::new, |unit| unit.title.get(lang).to_owned()),
        people: shown.map_or_else(none, |item| item.people.to_string()),
        right: percent.map_or_else(none, |percent| format!("{percent}%")),
        discrimination: shown.and_then(|item| item.discrimination).map_or_else(none, |r| format!("{r:.2}")),
        concern: w.t(key),
        shape,
        wrong,
    }
}

/// What was chosen, in words.
fn choice(question: &Question, id: &str, lang: kernel::Lang) -> String {
    match &question.kind {
        Kind::One(choices) | Kind::Several(choices) => {
            choices.iter().find(|choice| choice.id == id).map_or_else(String::new, |choice| choice.text.get(lang).to_owned())
        }
        Kind::Scene(scene) => {
            scene.spots.iter().find(|spot| spot.id == id).map_or_else(String::new, |spot| spot.label.get(lang).to_owned())
        }
        _ => id.to_owned(),
    }
}
