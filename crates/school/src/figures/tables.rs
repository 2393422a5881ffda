//! The tables of figures, of a page and of a report alike.

use kernel::small_cells::{FEWEST, hidden_beside, hidden_in_line};
use kernel::{Day, Lang};
use people::organizations;
use std::collections::BTreeMap;
use web::Words;

use super::table::{Cell, Table, rate};

/// How many figures of a line are columns of their own, and how many are what was decided about attendance.
const COLUMNS: usize = 7;
const VERDICTS: usize = 4;

/// The figures of a session, or of several.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The course.
    pub course: String,
    /// 第3回, with the day; empty for a whole course.
    pub nth: String,
    pub day: String,
    /// Living applications.
    pub living: i64,
    pub waiting: i64,
    /// Applications that were cancelled.
    pub cancelled: i64,
    /// Applications that came, and that were cancelled, within the month of a report.
    pub came: i64,
    pub went: i64,
    /// 出席, アーカイブ視聴, 確認中, 欠席; nothing before attendance is closed.
    pub verdicts: Option<[i64; VERDICTS]>,
    pub certificates: i64,
    pub surveys: i64,
}

impl Line {
    /// Two lines together.
    pub fn add(&mut self, other: &Self) {
        self.living += other.living;
        self.waiting += other.waiting;
        self.cancelled += other.cancelled;
        self.came += other.came;
        self.went += other.went;
        if let Some(more) = other.verdicts {
            let mine = self.verdicts.get_or_insert_default();
            mine.iter_mut().zip(more).for_each(|(mine, more)| *mine += more);
        }
        self.certificates += other.certificates;
        self.surveys += other.surveys;
    }

    const fn columns(&self) -> [i64; COLUMNS] {
        [self.living, self.waiting, self.cancelled, self.came, self.went, self.certificates, self.surveys]
    }
}

/// Which cells of lines are hidden: of the columns, and of the verdicts.
#[derive(Clone)]
struct Covered {
    columns: Vec<[bool; COLUMNS]>,
    verdicts: Vec<[bool; VERDICTS]>,
}

impl Covered {
    /// What is hidden of these lines, if their sums are known; everything in `whole` columns is.
    fn of(lines: &[&Line], whole: ([bool; COLUMNS], [bool; VERDICTS])) -> Self {
        let grid: Vec<Vec<i64>> = lines.iter().map(|line| line.verdicts.unwrap_or_default().to_vec()).collect();
        let beside = lines.iter().map(|_| whole.1.to_vec()).collect();
        let verdicts: Vec<[bool; VERDICTS]> =
            hidden_beside(&grid, beside, true).into_iter().map(|row| std::array::from_fn(|x| row[x])).collect();
        let mut columns = vec![[false; COLUMNS]; lines.len()];
        for (x, is_whole) in whole.0.into_iter().enumerate() {
            let column: Vec<i64> = lines.iter().map(|line| line.columns()[x]).collect();
            // Who has a certificate was there: the one would tell the other.
            let tells = |y: usize| x == CERTIFICATES && verdicts[y].contains(&true);
            let beside = vec![(0..lines.len()).map(|y| is_whole || tells(y)).collect()];
            for (y, is_hidden) in hidden_beside(&[column], beside, false).remove(0).into_iter().enumerate() {
                columns[y][x] = is_hidden;
            }
        }
        Self { columns, verdicts }
    }

    fn open(lines: usize) -> Self {
        Self { columns: vec![[false; COLUMNS]; lines], verdicts: vec![[false; VERDICTS]; lines] }
    }
}

/// The place of the certificates among the columns.
const CERTIFICATES: usize = 5;

/// What a table of lines shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Everything so far.
    Page,
    /// With what came and went within a month.
    Month,
}

impl Shows {
    /// The columns it has, with the keys of their headings.
    const fn columns(self) -> &'static [(usize, &'static str)] {
        match self {
            Self::Page => &[(0, "figures-living"), (1, "office-waiting"), (2, "office-cancelled")],
            Self::Month => &[(0, "figures-living"), (1, "office-waiting"), (3, "figures-came"), (4, "figures-went")],
        }
    }
}

const VERDICT_KEYS: [&str; VERDICTS] =
    ["attendance-status-present", "figures-by-archive", "attendance-status-review", "attendance-status-absent"];

/// The lines of the sessions of a programme, and those of its courses: by tier, and by session.
pub fn by_course_and_session(w: Words, lines: &[Line], shows: Shows, is_open: bool) -> (Table, Table) {
    let mut courses: Vec<(Line, Vec<&Line>)> = Vec::new();
    for line in lines {
        match courses.last_mut() {
            Some((course, own)) if course.course == line.course => {
                course.add(line);
                own.push(line);
            }
            _ => courses.push((Line { nth: String::new(), day: String::new(), ..line.clone() }, vec![line])),
        }
    }
    let sums: Vec<&Line> = courses.iter().map(|(course, _)| course).collect();
    let mut all = Line::default();
    for course in &sums {
        all.add(course);
    }
    let cover = |lines: &[&Line], whole| if is_open { Covered::open(lines.len()) } else { Covered::of(lines, whole) };
    // What is hidden of the whole is hidden of every course, and what is hidden of a course is hidden of its sessions.
    let whole = cover(&[&all], ([false; COLUMNS], [false; VERDICTS]));
    let covered = cover(&sums, (whole.columns[0], whole.verdicts[0]));
    let mut below = Covered::open(0);
    for (y, (_, own)) in courses.iter().enumerate() {
        let more = cover(own, (covered.columns[y], covered.verdicts[y]));
        below.columns.extend(more.columns);
        below.verdicts.extend(more.verdicts);
    }
    let sum = (&all, &whole);
    let by_course = table(w, "courses", (&sums, &covered), sum, shows);
    let by_session = table(w, "sessions", (&lines.iter().collect::<Vec<_>>(), &below), sum, shows);
    (by_course, by_session)
}

fn table(w: Words, id: &str, (lines, covered): (&[&Line], &Covered), (sum, whole): (&Line, &Covered), shows: Shows) -> Table {
    let by_session = id == "sessions";
    let mut headings = vec![w.t("figures-course")];
    if by_session {
        headings.extend([w.t("course-column-nth"), w.t("figures-day")]);
    }
    headings.extend(shows.columns().iter().map(|(_, key)| w.t(key)));
    headings.extend(VERDICT_KEYS.iter().map(|key| w.t(key)));
    headings.extend(["figures-rate", "figures-certificates", "figures-surveys"].map(|key| w.t(key)));
    let cells = |line: &Line, columns: [bool; COLUMNS], verdicts: [bool; VERDICTS]| -> Vec<Cell> {
        let column = |x: usize| Cell::of(line.columns()[x], columns[x]);
        let mut cells: Vec<Cell> = shows.columns().iter().map(|(x, _)| column(*x)).collect();
        match line.verdicts {
            Some(numbers) => {
                cells.extend(numbers.into_iter().zip(verdicts).map(|(n, is_hidden)| Cell::of(n, is_hidden)));
                let whole: i64 = numbers.iter().sum();
                let is_told = !verdicts.contains(&true);
                cells.push(Cell::text(if is_told { rate(numbers[0] + numbers[1], whole) } else { super::table::MARK.to_owned() }));
            }
            None => cells.extend(std::iter::repeat_n(Cell::text(""), VERDICTS + 1)),
        }
        cells.extend([column(CERTIFICATES), column(CERTIFICATES + 1)]);
        cells
    };
    let rows = lines
        .iter()
        .zip(covered.columns.iter().zip(&covered.verdicts))
        .map(|(line, (columns, verdicts))| {
            let mut row = vec![Cell::text(&line.course)];
            if by_session {
                row.extend([Cell::text(&line.nth), Cell::text(&line.day)]);
            }
            row.extend(cells(line, *columns, *verdicts));
            row
        })
        .collect();
    let mut total = vec![Cell::text(w.t("office-sum"))];
    if by_session {
        total.extend([Cell::text(""), Cell::text("")]);
    }
    total.extend(cells(sum, whole.columns[0], whole.verdicts[0]));
    Table { id: id.to_owned(), title: w.t(&format!("figures-{id}")), headings, rows, total: Some(total) }
}

/// Numbers of people, one for each word, with their sum.
pub fn list(w: Words, id: &str, heading: String, numbers: Vec<(String, i64)>, is_open: bool) -> Table {
    let counts: Vec<i64> = numbers.iter().map(|(_, n)| *n).collect();
    let hidden = if is_open { vec![false; counts.len()] } else { hidden_in_line(&counts) };
    let rows = numbers.into_iter().zip(hidden).map(|((word, n), is_hidden)| vec![Cell::text(word), Cell::of(n, is_hidden)]).collect();
    Table {
        id: id.to_owned(),
        title: w.t(&format!("figures-{id}")),
        headings: vec![heading, w.t("office-people")],
        rows,
        total: Some(vec![Cell::text(w.t("office-sum")), Cell::total(counts.iter().sum(), is_open)]),
    }
}

/// By kind of workplace, in the order of the list of kinds.
pub fn kinds(w: Words, counts: &BTreeMap<String, i64>, is_open: bool) -> Table {
    let mut numbers: Vec<(String, i64)> = organizations::kinds()
        .iter()
        .filter_map(|kind| Some((kind.name(w.lang).to_owned(), counts.get(&kind.id).copied().filter(|n| *n != 0)?)))
        .collect();
    let known: i64 = numbers.iter().map(|(_, n)| n).sum();
    let others = counts.values().sum::<i64>() - known;
    if others != 0 {
        numbers.push((w.t("office-kind-unknown"), others));
    }
    list(w, "kinds", w.t("office-kind"), numbers, is_open)
}

/// By prefecture, all 47 from north to south.
pub fn prefectures(w: Words, counts: &BTreeMap<String, i64>, is_open: bool) -> Table {
    let mut numbers: Vec<(String, i64)> = organizations::prefectures()
        .iter()
        .map(|prefecture| (prefecture.name(w.lang).to_owned(), counts.get(&prefecture.id).copied().unwrap_or(0)))
        .collect();
    let known: i64 = numbers.iter().map(|(_, n)| n).sum();
    let others = counts.values().sum::<i64>() - known;
    if others != 0 {
        numbers.push((w.t("figures-nowhere"), others));
    }
    list(w, "prefectures", w.t("office-prefecture"), numbers, is_open)
}

/// What was decided about attendance.
pub fn attendance(w: Words, verdicts: [i64; VERDICTS], is_open: bool) -> Table {
    let numbers = VERDICT_KEYS.iter().zip(verdicts).map(|(key, n)| (w.t(key), n)).collect();
    list(w, "attendance", w.t("figures-verdict"), numbers, is_open)
}

/// Applications over time, a week to a row; where small numbers do not leave, as many weeks as make a number that may.
pub fn time(w: Words, applied: &BTreeMap<Day, i64>, cancelled: &BTreeMap<Day, i64>, is_open: bool) -> (Table, Vec<Span>) {
    let mut spans = weeks(applied, cancelled);
    let all: (i64, i64) = spans.iter().fold((0, 0), |(came, went), span| (came + span.came, went + span.went));
    // So few that nothing of them is told need not make the stretches longer.
    let hides_went = !is_open && (1..FEWEST).contains(&all.1);
    if !is_open {
        if hides_went {
            for span in &mut spans {
                span.went = 0;
            }
        }
        spans = merged(spans);
    }
    let mut so_far = 0;
    let rows = spans
        .iter()
        .map(|span| {
            so_far += span.came;
            vec![
                Cell::text(span.words(w.lang)),
                Cell::total(span.came, is_open),
                if hides_went { Cell::Hidden } else { Cell::total(span.went, is_open) },
                Cell::total(so_far, is_open),
            ]
        })
        .collect();
    let total = vec![Cell::text(w.t("office-sum")), Cell::total(all.0, is_open), Cell::total(all.1, is_open), Cell::text("")];
    let headings = ["figures-week", "figures-received", "office-cancelled", "figures-so-far"].map(|key| w.t(key)).to_vec();
    (Table { id: "time".to_owned(), title: w.t("figures-time"), headings, rows, total: Some(total) }, spans)
}

/// A stretch of days with what came and went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub first: Day,
    pub last: Day,
    pub came: i64,
    pub went: i64,
}

impl Span {
    fn words(&self, lang: Lang) -> String {
        let (first, last) = (kernel::short_date(self.first, lang), kernel::short_date(self.last, lang));
        format!("{first}{}{last}", lang.pick("～", " – "))
    }

    /// Whether what it says may leave.
    const fn is_large(&self) -> bool {
        (self.came == 0 || self.came >= FEWEST) && (self.went == 0 || self.went >= FEWEST)
    }
}

/// Weeks from Monday to Sunday, from the first in which something happened to the last.
fn weeks(applied: &BTreeMap<Day, i64>, cancelled: &BTreeMap<Day, i64>) -> Vec<Span> {
    let mut weeks: BTreeMap<Day, (i64, i64)> = BTreeMap::new();
    let monday = |day: Day| {
        let back = i32::from(day.weekday().to_monday_zero_offset());
        day.checked_sub(jiff::Span::new().days(back)).unwrap_or(day)
    };
    for (day, n) in applied {
        weeks.entry(monday(*day)).or_default().0 += n;
    }
    for (day, n) in cancelled {
        weeks.entry(monday(*day)).or_default().1 += n;
    }
    let sunday = |day: Day| day.checked_add(jiff::Span::new().days(6)).unwrap_or(day);
    weeks.into_iter().map(|(first, (came, went))| Span { first, last: sunday(first), came, went }).collect()
}

/// Neighbours together until none says a small number; what is left over at the end goes with the one before.
fn merged(spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    let join = |one: Span, other: Span| Span { last: other.last, came: one.came + other.came, went: one.went + other.went, ..one };
    for span in spans {
        let whole = open.map_or(span, |before| join(before, span));
        open = if whole.is_large() {
            out.push(whole);
            None
        } else {
            Some(whole)
        };
    }
    if let Some(mut rest) = open {
        while let Some(before) = out.pop() {
            rest = join(before, rest);
            if rest.is_large() {
                break;
            }
        }
        out.push(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn span(day: i8, came: i64, went: i64) -> Span {
        Span { first: Day::constant(2026, 10, day), last: Day::constant(2026, 10, day + 6), came, went }
    }

    #[test]
    fn weeks_with_few_people_go_together() {
        let all = merged(vec![span(5, 12, 0), span(12, 3, 0), span(19, 9, 1), span(25, 2, 4)]);
        let told: Vec<_> = all.iter().map(|span| (span.first.day(), span.last.day(), span.came, span.went)).collect();
        assert_eq!(told, [(5, 11, 12, 0), (12, 31, 14, 5)]);
        assert_eq!(merged(vec![span(5, 2, 0)]).len(), 1);
        let rest = merged(vec![span(5, 12, 0), span(12, 3, 0)]);
        assert_eq!((rest.len(), rest[0].came), (1, 15));
    }
}
