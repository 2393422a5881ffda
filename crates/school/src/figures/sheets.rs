//! What stands in the report of a month, sheet by sheet, in Japanese: it goes to the ministry.

use kernel::small_cells::hidden_in_line;
use kernel::{Lang, Timestamp};
use std::collections::BTreeMap;
use web::Words;

use super::month::Known;
use super::table::{Cell, Table};
use super::tables::{self, Line, Shows};
use crate::attendance::verdict::Verdict;
use crate::lobby::questionnaire::{self, Kind};
use crate::office::applicants::mail_words;
use crate::trainings::Viewer;
use crate::trainings::session::Session;

const W: Words = Words::of(Lang::Ja);

/// The order in which verdicts stand.
pub const VERDICTS: [Verdict; 4] = [Verdict::Present, Verdict::Archive, Verdict::Review, Verdict::Absent];

/// The sheets of a month.
pub fn sheets(known: &Known) -> Vec<Table> {
    let lines = lines(known);
    let (by_course, by_session) = tables::by_course_and_session(W, &lines, Shows::Month, false);
    let (kinds, prefectures): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (known.kinds.iter().cloned().collect(), known.prefectures.iter().cloned().collect());
    vec![
        overview(known, &lines),
        by_course,
        by_session,
        tables::prefectures(W, &prefectures, false),
        tables::kinds(W, &kinds, false),
        attendance(known, &lines),
        surveys(known),
        inquiries(known),
        mails(known),
    ]
}

/// The figures of each session, in the order of the programme.
fn lines(known: &Known) -> Vec<Line> {
    let viewer = Viewer { w: W, now: known.month.until() };
    known
        .sessions
        .iter()
        .map(|session| {
            let applied = known.applied.iter().find(|applied| applied.session == session.id);
            let verdicts: Vec<_> = known.decided.iter().filter(|decided| decided.session == session.id).collect();
            let with = |verdict| verdicts.iter().find(|decided| decided.verdict == verdict).map_or(0, |decided| decided.n);
            let course = known.courses.iter().find(|course| course.id == session.course);
            Line {
                course: course.map_or_else(String::new, |course| course.slug.prose().short(Lang::Ja).to_owned()),
                nth: viewer.nth(session),
                day: session.day.map_or_else(|| session.window_raw.clone(), |day| kernel::long_date(day, Lang::Ja)),
                living: applied.map_or(0, |applied| applied.living),
                waiting: applied.map_or(0, |applied| applied.waiting),
                cancelled: 0,
                came: applied.map_or(0, |applied| applied.came),
                went: applied.map_or(0, |applied| applied.went),
                verdicts: (!verdicts.is_empty()).then(|| VERDICTS.map(with)),
                certificates: known.certified.iter().filter(|one| one.session == Some(session.id)).map(|one| one.valid).sum(),
                surveys: known.answered.iter().find(|(id, _)| *id == session.id).map_or(0, |(_, n)| *n),
            }
        })
        .collect()
}

/// Whether a session was held between two instants.
fn was_held(session: &Session, from: Timestamp, until: Timestamp) -> bool {
    session.cancelled_at.is_none() && session.ends_at.is_some_and(|ends| ends >= from && ends < until)
}

/// 概要
fn overview(known: &Known, lines: &[Line]) -> Table {
    let (from, until) = (known.month.from(), known.month.until());
    let since = Timestamp::in_japan(known.month.year().first_day(), 0, 0);
    let held = |from| known.sessions.iter().filter(|session| was_held(session, from, until)).count();
    let sum = |of: fn(&Line) -> i64| lines.iter().map(of).sum::<i64>();
    let own = |session: &&super::store::Certified| known.courses.iter().any(|course| course.id == session.course);
    let certificates = |is_series: bool, of: fn(&super::store::Certified) -> i64| {
        known.certified.iter().filter(own).filter(|one| one.session.is_none() == is_series).map(of).sum::<i64>()
    };
    let verdict = |from: Timestamp, verdict: usize| {
        let of_month = known.sessions.iter().zip(lines).filter(|(session, _)| was_held(session, from, until));
        of_month.filter_map(|(_, line)| Some(line.verdicts?[verdict])).sum::<i64>()
    };
    let decided = |from: Timestamp| -> [Cell; 4] {
        let numbers: [i64; 4] = std::array::from_fn(|n| verdict(from, n));
        let hidden = hidden_in_line(&numbers);
        std::array::from_fn(|n| Cell::of(numbers[n], hidden[n]))
    };
    let (of_month, of_year) = (decided(from), decided(since));
    // Who has a certificate was there: the one would tell the other.
    let tells = of_year.iter().any(Cell::is_hidden);
    let count = |n: i64| Cell::total(n, false);
    let mut rows = vec![vec![Cell::text(W.t("reports-held")), number(held(from)), number(held(since))]];
    let mut row = |key: &str, month: Option<i64>, year: Option<i64>| {
        rows.push(vec![Cell::text(W.t(key)), month.map_or_else(|| Cell::text(""), count), year.map_or_else(|| Cell::text(""), count)]);
    };
    row("reports-came", Some(sum(|line| line.came)), None);
    row("reports-went", Some(sum(|line| line.went)), None);
    row("reports-living", None, Some(sum(|line| line.living)));
    row("reports-waiting", None, Some(sum(|line| line.waiting)));
    row("reports-completed", Some(known.completed - known.completed_before), Some(known.completed));
    row("certificate-series", Some(certificates(true, |one| one.new)), Some(certificates(true, |one| one.valid)));
    row("reports-surveys", None, Some(sum(|line| line.surveys)));
    let keys = ["attendance-status-present", "reports-archive", "attendance-status-review", "attendance-status-absent"];
    rows.extend(keys.iter().zip(of_month.into_iter().zip(of_year)).map(|(key, (month, year))| vec![Cell::text(W.t(key)), month, year]));
    let certified = |n: i64| if tells { Cell::Hidden } else { count(n) };
    rows.push(vec![
        Cell::text(W.t("certificate-session")),
        certified(certificates(false, |one| one.new)),
        certified(certificates(false, |one| one.valid)),
    ]);
    rows.push(vec![Cell::text(W.t("reports-inquiries-received")), Cell::Number(known.inquiries.received), Cell::text("")]);
    let sent: i64 = known.mails.iter().map(|mail| mail.sent).sum();
    rows.push(vec![Cell::text(W.t("reports-mails-sent")), Cell::Number(sent), Cell::text("")]);
    simple("overview", ["reports-item", "reports-month", "reports-year"], rows)
}

fn number(n: usize) -> Cell {
    Cell::Number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn simple<const N: usize>(id: &str, headings: [&str; N], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        id: id.to_owned(),
        title: W.t(&format!("reports-sheet-{id}")),
        headings: headings.iter().map(|key| W.t(key)).collect(),
        rows,
        total: None,
    }
}

/// 出席: of the sessions that were held within the month.
fn attendance(known: &Known, lines: &[Line]) -> Table {
    let (from, until) = (known.month.from(), known.month.until());
    let of_month: Vec<Line> =
        known.sessions.iter().zip(lines).filter(|(session, _)| was_held(session, from, until)).map(|(_, line)| line.clone()).collect();
    let (_, by_session) = tables::by_course_and_session(W, &of_month, Shows::Month, false);
    Table { id: "attendance".to_owned(), title: W.t("reports-sheet-attendance"), ..by_session }
}

/// アンケート: what was answered after the sessions of the month, course by course.
fn surveys(known: &Known) -> Table {
    let mut rows = Vec::new();
    for course in &known.courses {
        for asked in questionnaire::all() {
            let of_course: Vec<_> = known.said.iter().filter(|said| said.course == course.id && said.questionnaire == asked.id).collect();
            if of_course.is_empty() {
                continue;
            }
            for question in asked.questions.iter().filter(|question| question.kind != Kind::Text) {
                let times = |value: &str| {
                    of_course.iter().find(|said| said.question == question.id && said.value == value).map_or(0, |said| said.times)
                };
                let options = question.options(Lang::Ja);
                let counts: Vec<i64> = options.iter().map(|(value, _)| times(value)).collect();
                for ((_, words), (n, is_hidden)) in options.into_iter().zip(counts.iter().zip(hidden_in_line(&counts))) {
                    rows.push(vec![
                        Cell::text(course.slug.prose().short(Lang::Ja)),
                        Cell::text(question.words(Lang::Ja)),
                        Cell::text(words),
                        Cell::of(*n, is_hidden),
                    ]);
                }
            }
        }
    }
    simple("surveys", ["figures-course", "reports-question", "totals-answer", "totals-times"], rows)
}

/// 問い合わせ: how many, never what about.
fn inquiries(known: &Known) -> Table {
    let row = |key: &str, n: i64| vec![Cell::text(W.t(key)), Cell::Number(n)];
    let rows = vec![row("reports-inquiries-received", known.inquiries.received), row("reports-inquiries-closed", known.inquiries.closed)];
    simple("inquiries", ["reports-item", "reports-cases"], rows)
}

/// メール
fn mails(known: &Known) -> Table {
    let mut by_words: BTreeMap<String, [i64; 3]> = BTreeMap::new();
    for mail in &known.mails {
        let sum = by_words.entry(mail_words(W, &mail.kind)).or_default();
        sum.iter_mut().zip([mail.sent, mail.failed, mail.bounced]).for_each(|(sum, n)| *sum += n);
    }
    let numbers: Vec<[i64; 3]> = by_words.values().copied().collect();
    let columns: Vec<Vec<bool>> = (0..3).map(|x| hidden_in_line(&numbers.iter().map(|row| row[x]).collect::<Vec<_>>())).collect();
    let rows = by_words
        .into_iter()
        .enumerate()
        .map(|(y, (words, numbers))| {
            std::iter::once(Cell::text(words)).chain((0..3).map(|x| Cell::of(numbers[x], columns[x][y]))).collect()
        })
        .collect();
    let total = std::iter::once(Cell::text(W.t("office-sum")))
        .chain((0..3).map(|x| Cell::total(numbers.iter().map(|row| row[x]).sum(), false)))
        .collect();
    let table = simple("mails", ["reports-mail", "reports-mails-sent", "reports-mails-failed", "reports-mails-bounced"], rows);
    Table { total: Some(total), ..table }
}
