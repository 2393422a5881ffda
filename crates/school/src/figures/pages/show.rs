use askama::Template;
use axum::extract::{Path, State};
use web::{Frame, Page, PageError, Portal, Visit, Words};

use super::gathered::{self, Gathered, Tables};
use crate::figures::draw::{Bars, Curve};
use crate::figures::table::{Cell, Table, rate};
use crate::figures::tiles::{Tile, tiles};
use crate::office::staff_pages::{self, Head, Tab};

/// Kinds of workplace on the picture; the table beside it has them all.
const KINDS: usize = 8;

/// A part of the page: a picture, and the table that says the same.
struct Part {
    table: Table,
    curve: Option<Curve>,
    bars: Option<Bars>,
    tiles: Vec<Tile>,
    /// Whether the table itself is what is looked at.
    is_plain: bool,
}

#[derive(Template)]
#[template(path = "figures/pages/show.html")]
struct FiguresPage {
    frame: Frame,
    head: Option<Head>,
    tabs_word: String,
    tabs: Vec<(String, String, bool)>,
    path: String,
    tally: Vec<(String, String)>,
    sections: Vec<Part>,
    hides: bool,
    is_open: bool,
    is_empty: bool,
    answers: String,
}

/// The figures of a programme.
pub async fn programme(State(portal): State<Portal>, visit: Visit, Path(year): Path<String>) -> Result<Page, PageError> {
    let found = gathered::programme(&portal, &visit, &year).await?;
    let (w, is_open) = (visit.words(), gathered::is_open(&portal, &visit));
    let label = found.programme.year.label(visit.lang);
    let path = format!("/staff/programmes/{}", found.programme.year);
    let tables = found.gathered.tables(w, is_open);
    let page = FiguresPage {
        frame: staff_pages::frame(&portal, &visit, w.one("figures-of", "what", &label)).crumb(label, &path).here(),
        head: None,
        tabs_word: w.t("office-programmes"),
        tabs: found
            .years
            .iter()
            .map(|year| (visit.to(&format!("/staff/programmes/{year}/figures")), year.label(visit.lang), *year == found.programme.year))
            .collect(),
        path: format!("{path}/figures"),
        tally: tally(w, &found.gathered, is_open),
        is_empty: found.gathered.counts.received() == 0,
        sections: parts(w, &found.gathered, tables, is_open, false),
        hides: false,
        is_open,
        answers: String::new(),
    };
    Page::html(&page.marked())
}

/// The figures of a session.
pub async fn session(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let (whole, gathered) = gathered::session(&portal, &visit, &id).await?;
    let (w, is_open) = (visit.words(), gathered::is_open(&portal, &visit));
    let (frame, head) = whole.head(&portal, &visit, w.t("figures-title"), Some(Tab::Figures));
    let tables = gathered.tables(w, is_open);
    let page = FiguresPage {
        frame,
        tabs_word: head.over.clone(),
        tabs: head.tabs.clone(),
        head: Some(head),
        path: whole.path("/figures"),
        tally: tally(w, &gathered, is_open),
        is_empty: gathered.counts.received() == 0,
        sections: parts(w, &gathered, tables, is_open, true),
        hides: false,
        is_open,
        answers: if gathered.counts.surveys > 0 { whole.path("/questionnaire") } else { String::new() },
    };
    Page::html(&page.marked())
}

impl FiguresPage {
    fn marked(mut self) -> Self {
        self.hides = self.sections.iter().any(|part| part.table.hides());
        self
    }
}

/// The numbers above everything.
fn tally(w: Words, gathered: &Gathered, is_open: bool) -> Vec<(String, String)> {
    let sum = gathered.sum();
    let count = |n: i64| Cell::total(n, is_open).shown();
    let attended = match sum.verdicts {
        Some(numbers) if is_open || numbers.iter().all(|n| *n == 0 || *n >= crate::figures::FEWEST) => {
            rate(numbers[0] + numbers[1], numbers.iter().sum())
        }
        Some(_) => crate::figures::table::MARK.to_owned(),
        None => String::new(),
    };
    let nothing = w.t("figures-undecided");
    vec![
        (w.t("figures-living"), count(sum.living)),
        (w.t("office-cancelled"), count(sum.cancelled)),
        (w.t("figures-rate"), if attended.is_empty() { nothing } else { attended }),
    ]
}

fn parts(w: Words, gathered: &Gathered, tables: Tables, is_open: bool, is_session: bool) -> Vec<Part> {
    let plain = |table: Table| Part { table, curve: None, bars: None, tiles: Vec::new(), is_plain: true };
    let barred = |table: Table, most: usize, is_sorted: bool| Part {
        bars: Some(Bars::of(w, &table, most, is_sorted)),
        table,
        curve: None,
        tiles: Vec::new(),
        is_plain: false,
    };
    let counts = &gathered.counts;
    let mut parts = vec![
        Part {
            curve: Curve::of(w, &counts.applied, &tables.spans, is_open),
            table: tables.time,
            bars: None,
            tiles: Vec::new(),
            is_plain: false,
        },
        Part { tiles: tiles(w, &counts.prefectures, is_open), table: tables.prefectures, curve: None, bars: None, is_plain: false },
        barred(tables.kinds, KINDS, true),
    ];
    if gathered.sum().verdicts.is_some() {
        parts.push(barred(tables.attendance, 4, false));
    }
    if !is_session {
        parts.push(plain(tables.courses));
    }
    parts.push(plain(tables.sessions));
    parts
}
