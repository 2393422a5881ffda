use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Section, Visit};

use super::mine::{name_key, passed_key};
use super::view::QuestionView;
use super::{closed, course, given, shown, shown_now, who};
use crate::certificates::pages::CertificateView;
use crate::content::question::Given;
use crate::content::{Course, question::Question};
use crate::study::exam::{Outcome, Test, TestId, TestKind};
use crate::study::{self, NotLearned, store};

#[derive(Template)]
#[template(path = "pages/exam.html")]
struct ExamPage {
    frame: Frame,
    who: String,
    code: &'static str,
    over: String,
    place: usize,
    count: usize,
    question: QuestionView,
    here: String,
    previous: String,
    all: String,
    shown: String,
    saved: String,
}

#[derive(Template)]
#[template(path = "pages/exam_overview.html")]
struct OverviewPage {
    frame: Frame,
    code: &'static str,
    here: String,
    /// Each question by its place, and whether it is answered.
    lines: Vec<(usize, String, bool)>,
    left: String,
    first_left: String,
    error: String,
}

#[derive(Template)]
#[template(path = "pages/exam_result.html")]
struct ResultPage {
    frame: Frame,
    code: &'static str,
    is_passed: bool,
    passed: String,
    score: String,
    next: String,
    mine: String,
    record: String,
    kind: &'static str,
    questions: Vec<(String, QuestionView)>,
    /// What there is to say about the certificate; empty before the course is completed.
    certificate: String,
    /// Its file, once it is made, or the page on which one writes one's name.
    certificate_path: String,
    certificate_link: String,
}

/// A test of whoever asks, with what is answered so far and what came of it.
struct Found {
    test: Test,
    answers: Vec<(i64, Given)>,
    outcome: Option<Outcome>,
    is_completed: bool,
    certificate: Option<CertificateView>,
}

impl Found {
    /// The answer at a place, counted from 1.
    fn given(&self, place: usize) -> Option<&Given> {
        let place = i64::try_from(place).ok()?;
        self.answers.iter().find(|(at, _)| *at == place).map(|(_, given)| given)
    }

    /// The first place without an answer behind this one, or else before it.
    fn left_after(&self, course: &Course, place: usize) -> Option<usize> {
        let left: Vec<usize> = self.test.drawn.places(course).filter(|place| self.given(*place).is_none()).collect();
        left.iter().find(|left| **left > place).or(left.first()).copied()
    }
}

async fn found(portal: &Portal, visit: &Visit, course: &'static Course, test: &str) -> Result<Found, PageError> {
    let account = visit.account()?;
    let test: TestId = test.parse().map_err(|_| PageError::NotFound)?;
    let asked = portal.clone();
    let read = async move |tx: &mut db::Tx<'_>| {
        let Some((test, study)) = store::test_of(tx, test, account, course).await? else { return Ok(None) };
        let (answers, outcome) = (store::test_answers(tx, test.id).await?, store::outcome(tx, test.id).await?);
        let is_completed = store::completion(tx, study.id).await?.is_some();
        let certificate = match outcome {
            Some(_) if is_completed => Some(CertificateView::of(&asked, tx, account, Some(study.id), true).await?),
            _ => None,
        };
        Ok(Some(Found { test, answers, outcome, is_completed, certificate }))
    };
    portal.db.read(read).await?.ok_or(PageError::NotFound)
}

fn exam_frame(portal: &Portal, visit: &Visit, course: &Course, title: String) -> Frame {
    Frame::new(portal, visit, title)
        .in_section(Section::My)
        .crumb(visit.words().t("my-title"), "/my")
        .crumb(course.title.get(visit.lang), &format!("/my/courses/{}", course.slug))
        .here()
}

/// Begins a test, or goes on with the one that was begun.
pub async fn begin(State(portal): State<Portal>, visit: Visit, Path(slug): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    let account = visit.account()?;
    let kind: TestKind = posted.get("kind").parse().unwrap_or(TestKind::Test);
    let write = async move |tx: &mut db::Tx<'_>, now| study::begin(tx, account, course, kind, now).await;
    match portal.db.write(Lane::Public, None, write).await? {
        Ok(test) => {
            let test = found(&portal, &visit, course, &test.to_string()).await?;
            let here = format!("/my/courses/{}/tests/{}", course.slug, test.test.id);
            Ok(Page::see_other(&visit.to(&test.left_after(course, 0).map_or_else(|| here.clone(), |place| format!("{here}/{place}")))))
        }
        Err(NotLearned::Closed) => closed(&portal, &visit, course, StatusCode::CONFLICT),
        Err(_) => Err(PageError::NotFound),
    }
}

/// One question of a test.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, test, place)): Path<(String, String, usize)>,
) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    let found = found(&portal, &visit, course, &test).await?;
    let is_gone = (1..=found.test.drawn.0.len()).contains(&place) && !found.test.drawn.places(course).any(|there| there == place);
    if found.outcome.is_some() || is_gone {
        return Ok(Page::see_other(&visit.to(&format!("/my/courses/{slug}/tests/{test}"))));
    }
    let question = question(course, &found, place)?;
    let given = found.given(place).cloned().unwrap_or_default();
    let asked = QuestionView::asked(question, visit.words(), course.lang(visit.lang), found.test.id.uuid(), &given);
    page(&portal, &visit, course, &found, place, asked)
}

fn question(course: &'static Course, found: &Found, place: usize) -> Result<&'static Question, PageError> {
    let id = place.checked_sub(1).and_then(|n| found.test.drawn.0.get(n)).ok_or(PageError::NotFound)?;
    course.question(id).ok_or(PageError::NotFound)
}

fn page(
    portal: &Portal,
    visit: &Visit,
    course: &'static Course,
    found: &Found,
    place: usize,
    question: QuestionView,
) -> Result<Page, PageError> {
    let w = visit.words();
    let count = found.test.drawn.0.len();
    let all = format!("/my/courses/{}/tests/{}", course.slug, found.test.id);
    let title = w.with("learning-test-question", &[("kind", &w.t(name_key(found.test.kind))), ("n", &place.to_string())]);
    let page = ExamPage {
        who: who(portal, visit),
        frame: exam_frame(portal, visit, course, title),
        code: course.lang(visit.lang).code(),
        over: w.with("learning-question-of", &[("n", &place.to_string()), ("of", &count.to_string())]),
        place,
        count,
        question,
        here: format!("{all}/{place}"),
        previous: if place > 1 { format!("{all}/{}", place - 1) } else { String::new() },
        shown: shown_now(portal, visit),
        saved: if found.answers.is_empty() { String::new() } else { w.count("learning-test-saved", found.answers.len()) },
        all,
    };
    Page::html(&page)
}

/// Keeps the answer, and goes on to the next question without one.
pub async fn keep(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, test, place)): Path<(String, String, usize)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let (course, account, w) = (course(&portal, &visit, &slug).await?, visit.account()?, visit.words());
    let found = found(&portal, &visit, course, &test).await?;
    let question = question(course, &found, place)?;
    let given = match given::read(question, &posted, w) {
        Ok(given) => given,
        Err((given, error)) => {
            let mut asked = QuestionView::asked(question, w, course.lang(visit.lang), found.test.id.uuid(), &given);
            for step in &mut asked.steps {
                step.place = posted.get(&format!("step-{}", step.id)).parse().unwrap_or(0);
            }
            asked.error = error;
            return Ok(page(&portal, &visit, course, &found, place, asked)?.status(StatusCode::UNPROCESSABLE_ENTITY));
        }
    };
    let (id, shown) = (found.test.id, shown(&portal, &posted));
    let write = async move |tx: &mut db::Tx<'_>, now| study::keep(tx, account, course, (id, place), &given, shown, now).await;
    let all = format!("/my/courses/{slug}/tests/{test}");
    match portal.db.write(Lane::Public, None, write).await? {
        Ok(()) => {
            let left = found.left_after(course, place).filter(|left| *left != place);
            Ok(Page::see_other(&visit.to(&left.map_or_else(|| all.clone(), |place| format!("{all}/{place}")))))
        }
        Err(NotLearned::HandedIn) => Ok(Page::see_other(&visit.to(&all))),
        Err(_) => Err(PageError::NotFound),
    }
}

/// A test as a whole: what is answered, or what came of it.
pub async fn overview(State(portal): State<Portal>, visit: Visit, Path((slug, test)): Path<(String, String)>) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    let found = found(&portal, &visit, course, &test).await?;
    match found.outcome {
        Some(outcome) => result(&portal, &visit, course, &found, &outcome),
        None => open(&portal, &visit, course, &found, String::new()),
    }
}

fn open(portal: &Portal, visit: &Visit, course: &'static Course, found: &Found, error: String) -> Result<Page, PageError> {
    let w = visit.words();
    let here = format!("/my/courses/{}/tests/{}", course.slug, found.test.id);
    let places: Vec<usize> = found.test.drawn.places(course).collect();
    let left = places.iter().filter(|place| found.given(**place).is_none()).count();
    let page = OverviewPage {
        frame: exam_frame(portal, visit, course, w.t(name_key(found.test.kind))),
        code: course.lang(visit.lang).code(),
        lines: places
            .into_iter()
            .map(|place| {
                let text = question(course, found, place).map_or("", |question| question.text.get(course.lang(visit.lang)));
                (place, text.to_owned(), found.given(place).is_some())
            })
            .collect(),
        left: if left == 0 { w.t("learning-test-all") } else { w.count("learning-test-left", left) },
        first_left: found.left_after(course, 0).map_or_else(String::new, |place| format!("{here}/{place}")),
        error,
        here,
    };
    Page::html(&page)
}

/// Hands the test in.
pub async fn hand_in(State(portal): State<Portal>, visit: Visit, Path((slug, test)): Path<(String, String)>) -> Result<Page, PageError> {
    let (course, account) = (course(&portal, &visit, &slug).await?, visit.account()?);
    let id: TestId = test.parse().map_err(|_| PageError::NotFound)?;
    let write = async move |tx: &mut db::Tx<'_>, now| study::hand_in(tx, account, course, id, now).await;
    match portal.db.write(Lane::Public, None, write).await? {
        Ok(_) => Ok(Page::see_other(&visit.to(&format!("/my/courses/{slug}/tests/{test}")))),
        Err(NotLearned::Closed) => closed(&portal, &visit, course, StatusCode::CONFLICT),
        Err(NotLearned::Unanswered(left)) => {
            let found = found(&portal, &visit, course, &test).await?;
            let error = visit.words().count("learning-test-left", left);
            Ok(open(&portal, &visit, course, &found, error)?.status(StatusCode::CONFLICT))
        }
        Err(_) => Err(PageError::NotFound),
    }
}

fn result(portal: &Portal, visit: &Visit, course: &'static Course, found: &Found, outcome: &Outcome) -> Result<Page, PageError> {
    let w = visit.words();
    let mine = format!("/my/courses/{}", course.slug);
    let values = [("right", &*outcome.right.to_string()), ("asked", &*outcome.asked.to_string()), ("needed", &*outcome.needed.to_string())];
    let told = |place: usize| {
        let question = question(course, found, place).ok()?;
        let given = found.given(place).cloned().unwrap_or_default();
        let heading = w.one("learning-question-n", "n", &place);
        Some((heading, QuestionView::told(course, question, w, found.test.id.uuid(), &given)))
    };
    let file = |view: &CertificateView| view.proof.as_ref().map(|proof| proof.file.clone()).filter(|file| !file.is_empty());
    let (said, to, link) = match &found.certificate {
        None => ("", String::new(), ""),
        Some(view) if view.who.is_empty() && view.proof.is_none() => {
            ("learning-certificate-name-now", format!("{mine}#certificate"), "learning-certificate-get")
        }
        Some(view) => match file(view) {
            Some(file) => ("learning-certificate-ready", file, "learning-certificate-open"),
            None => ("learning-certificate-making", format!("{mine}#certificate"), "learning-certificate-look"),
        },
    };
    let word = |key: &str| if key.is_empty() { String::new() } else { w.t(key) };
    let page = ResultPage {
        certificate: word(said),
        certificate_path: to,
        certificate_link: word(link),
        frame: exam_frame(portal, visit, course, w.one("learning-result", "kind", &w.t(name_key(found.test.kind)))),
        code: course.lang(visit.lang).code(),
        is_passed: outcome.is_passed(),
        passed: w.t(passed_key(outcome)),
        score: w.with("learning-score", &values),
        next: w.t(match (found.is_completed, outcome.is_passed()) {
            (true, _) => "learning-result-completed",
            (false, true) => "learning-result-units",
            (false, false) => "learning-result-again",
        }),
        record: if found.is_completed { format!("{mine}/record") } else { String::new() },
        kind: outcome.kind.id(),
        questions: (1..=found.test.drawn.0.len()).filter_map(told).collect(),
        mine,
    };
    Page::html(&page)
}
