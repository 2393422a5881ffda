use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::long_date;
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Portal, Section, Visit, Words};

use super::{course, period};
use crate::certificates::pages::CertificateView;
use crate::content::{Course, Unit};
use crate::in_house;
use crate::study::exam::{Outcome, TestKind};
use crate::study::progress::{Next, Progress, Reason};
use crate::study::{self, store};

/// Where the test stands on the page.
const TO_TEST: &str = "#test";

#[derive(Template)]
#[template(path = "pages/mine.html")]
struct MinePage {
    frame: Frame,
    code: &'static str,
    path: String,
    course_path: String,
    /// By which the scripts of this device know whose answers wait there.
    who: String,
    /// What happens when one goes on: the button and where it leads.
    go_on: String,
    go_on_path: String,
    /// Whether going on begins the test.
    is_test: bool,
    is_begun: bool,
    done: usize,
    units: Vec<UnitLine>,
    left: String,
    completed: String,
    reasons: Vec<ReasonLine>,
    /// The results of tests, and what came of each.
    tests: Vec<(String, String)>,
    test: TestCard,
    test_out: Option<TestCard>,
    saved: String,
    closed: String,
    certificate: CertificateView,
    /// Whether a name was written just now.
    is_named: bool,
    /// What institutions say that one has done there.
    in_house: Vec<String>,
}

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Done {
    done: String,
}

struct UnitLine {
    path: String,
    title: String,
    shape: &'static str,
    word: String,
    minutes: String,
}

/// Why it is not completed yet, and where to mend it.
struct ReasonLine {
    words: String,
    href: String,
    link: String,
}

/// A test that can be begun.
struct TestCard {
    kind: &'static str,
    text: String,
    button: String,
}

/// How one stands in a course: where to go on, what is left, and why it is not completed yet.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(slug): Path<String>,
    Query(done): Query<Done>,
) -> Result<Page, PageError> {
    let mut page = of(&portal, &visit, course(&portal, &visit, &slug).await?).await?;
    page.is_named = done.done == "named";
    Page::html(&page)
}

/// The same, with a name that was typed and is to be mended.
pub(crate) async fn page(portal: &Portal, visit: &Visit, course: &'static Course, typed: Option<Filled>) -> Result<Page, PageError> {
    let mut page = of(portal, visit, course).await?;
    if let Some(typed) = typed {
        page.certificate.filled = typed;
    }
    Page::html(&page)
}

async fn of(portal: &Portal, visit: &Visit, course: &'static Course) -> Result<MinePage, PageError> {
    let account = visit.account()?;
    let asked = portal.clone();
    let read = async move |tx: &mut db::Tx<'_>| {
        let progress = study::progress(tx, account, course).await?;
        let mut open = (false, false);
        if let Some(study) = &progress.study {
            open.0 = store::open_test(tx, study.id, TestKind::Test).await?.is_some();
            open.1 = store::open_test(tx, study.id, TestKind::TestOut).await?.is_some();
        }
        let (study, is_completed) = (progress.study.as_ref().map(|study| study.id), progress.completion.is_some());
        let certificate = CertificateView::of(&asked, tx, account, study, is_completed).await?;
        Ok((progress, open, certificate, in_house::own(tx, account, course).await?))
    };
    let (progress, (has_test, has_test_out), certificate, in_house) = portal.db.read(read).await?;
    let (w, lang) = (visit.words(), course.lang(visit.lang));
    let next = progress.next();
    let path = format!("/my/courses/{}", course.slug);
    let is_begun = progress.study.is_some();
    let completed = completed(&progress, w);
    Ok(MinePage {
        frame: Frame::new(portal, visit, course.title.get(lang)).in_section(Section::My).crumb(w.t("my-title"), "/my").here(),
        code: lang.code(),
        course_path: format!("/courses/{}", course.slug),
        who: super::who(portal, visit),
        in_house: in_house.iter().map(|own| own.words(w)).collect(),
        go_on: w.t(go_on_key(&next, is_begun)),
        go_on_path: match next {
            Next::Nothing => format!("/courses/{}/{}/{}", course.slug, course.units[0].slug, course.units[0].slides[0].id),
            ref next => super::slide::path_of(course, next),
        },
        is_test: next == Next::Test,
        is_begun,
        done: progress.units_done(),
        units: course.units.iter().map(|unit| unit_line(&progress, unit, w)).collect(),
        left: if progress.minutes_left() > 0 { w.count("learning-left-all", progress.minutes_left()) } else { String::new() },
        reasons: reason_lines(course, progress.reasons(), w),
        tests: progress
            .outcomes
            .iter()
            .take(10)
            .map(|outcome| (format!("{path}/tests/{}", outcome.test), outcome_line(outcome, w)))
            .collect(),
        test: card(course, TestKind::Test, has_test, w),
        test_out: completed.is_empty().then(|| card(course, TestKind::TestOut, has_test_out, w)),
        saved: saved(&progress, w),
        closed: if course.is_open(visit.now.day()) { String::new() } else { w.one("learning-closed", "period", &period(course, w)) },
        completed,
        certificate,
        is_named: false,
        path,
    })
}

/// The key of the word of the button.
const fn go_on_key(next: &Next, is_begun: bool) -> &'static str {
    match (next, is_begun) {
        (Next::Test, _) => "learning-go-test",
        (Next::Nothing, _) => "learning-go-again",
        (_, true) => "learning-go-on",
        (_, false) => "learning-begin",
    }
}

/// When and how the course was completed, empty if it is not.
fn completed(progress: &Progress, w: Words) -> String {
    progress.completion.as_ref().map_or_else(String::new, |completion| {
        let how = w.t(&format!("learning-how-{}", completion.how.to_string().replace('_', "-")));
        w.with("learning-completed", &[("day", &long_date(completion.completed_at.day(), w.lang)), ("how", &how)])
    })
}

/// When something was put down last, empty if nothing was.
fn saved(progress: &Progress, w: Words) -> String {
    progress.study.as_ref().map_or_else(String::new, |study| {
        let day = long_date(study.seen_at.day(), w.lang);
        w.with("learning-saved-day", &[("day", &day), ("time", &study.seen_at.clock_face())])
    })
}

fn unit_line(progress: &Progress, unit: &Unit, w: Words) -> UnitLine {
    let (shape, key) = match (progress.is_done(unit), progress.is_begun(unit)) {
        (true, _) => ("done", "learning-unit-done"),
        (false, true) => ("full", "learning-unit-begun"),
        (false, false) => ("later", "learning-unit-new"),
    };
    UnitLine {
        path: format!("/courses/{}/{}", progress.course.slug, unit.slug),
        title: unit.title.get(progress.course.lang(w.lang)).to_owned(),
        shape,
        word: w.t(key),
        minutes: w.count("learning-minutes", unit.minutes),
    }
}

/// The reasons in sentences; units that were not begun share one.
fn reason_lines(course: &Course, reasons: Vec<Reason>, w: Words) -> Vec<ReasonLine> {
    let is_new = |reason: &Reason| match reason {
        Reason::Unit { unit, slides, .. } => course.unit(unit).is_some_and(|unit| *slides == unit.slides.len()),
        Reason::Test { .. } => false,
    };
    let (new, others): (Vec<Reason>, Vec<Reason>) = reasons.into_iter().partition(is_new);
    let mut lines: Vec<ReasonLine> = others.into_iter().filter_map(|reason| reason_line(course, reason, w)).collect();
    let count = new.len();
    let first = new.into_iter().next().and_then(|reason| reason_line(course, reason, w)).map(|line| match count {
        1 => line,
        count => ReasonLine { words: w.count("learning-why-units", count), ..line },
    });
    let at = lines.iter().position(|line| line.href == TO_TEST).unwrap_or(lines.len());
    lines.splice(at..at, first);
    lines
}

fn reason_line(course: &Course, reason: Reason, w: Words) -> Option<ReasonLine> {
    Some(match reason {
        Reason::Unit { unit, slides, questions } => {
            let unit = course.unit(&unit)?;
            let title = unit.title.get(course.lang(w.lang));
            let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            let left = [("slides", number(slides)), ("questions", number(questions))];
            let key = match (slides, questions) {
                (0, _) => "learning-why-questions",
                (_, 0) => "learning-why-slides",
                _ if slides == unit.slides.len() => "learning-why-unit",
                _ => "learning-why-both",
            };
            ReasonLine {
                words: w.counted(key, &left, &[("title", title)]),
                href: format!("/courses/{}/{}", course.slug, unit.slug),
                link: w.t("learning-why-unit-link"),
            }
        }
        Reason::Test { best } => ReasonLine {
            words: match best {
                Some((right, asked, needed)) => w.with(
                    "learning-why-test-best",
                    &[("right", &right.to_string()), ("asked", &asked.to_string()), ("needed", &needed.to_string())],
                ),
                None => w.t("learning-why-test"),
            },
            href: TO_TEST.to_owned(),
            link: w.t("learning-why-test-link"),
        },
    })
}

/// 2026年11月22日（日）9:10　確認テスト　15問中13問正解（合格）
fn outcome_line(outcome: &Outcome, w: Words) -> String {
    let (passed, kind) = (w.t(passed_key(outcome)), w.t(name_key(outcome.kind)));
    let when = kernel::long_moment(outcome.handed_in_at, w.lang);
    let (right, asked) = (outcome.right.to_string(), outcome.asked.to_string());
    w.with("learning-outcome", &[("when", &when), ("kind", &kind), ("right", &right), ("asked", &asked), ("passed", &passed)])
}

/// The key of the word for a test that was passed or not.
pub(super) const fn passed_key(outcome: &Outcome) -> &'static str {
    if outcome.is_passed() { "learning-passed" } else { "learning-not-passed" }
}

/// The key of the name of a kind of test.
pub(super) const fn name_key(kind: TestKind) -> &'static str {
    match kind {
        TestKind::Test => "learning-test",
        TestKind::TestOut => "learning-test-out",
    }
}

fn card(course: &Course, kind: TestKind, is_open: bool, w: Words) -> TestCard {
    let exam = kind.of(course);
    let values = [("percent", &*exam.pass_percent.to_string()), ("asked", &*exam.asked().to_string())];
    let (text, begin) = match kind {
        TestKind::Test => ("learning-test-text", "learning-test-begin"),
        TestKind::TestOut => ("learning-test-out-text", "learning-test-out-begin"),
    };
    TestCard { kind: kind.id(), text: w.with(text, &values), button: w.t(if is_open { "learning-test-go-on" } else { begin }) }
}
