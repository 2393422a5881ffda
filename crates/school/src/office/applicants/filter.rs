use kernel::{Day, Timestamp, fold, long_month};
use people::organizations::{kind, prefecture};
use serde::Deserialize;
use web::Words;

use crate::trainings::application::ApplicationId;
use crate::trainings::store::{Applicant, Care, Place, Sieve, Wants};

use super::super::staff_pages::Whole;

/// Rows on a page.
pub const ROWS: usize = 50;

/// What the address of a list asks for. Nonsense in it excludes nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A part of a name, a receipt number, a workplace.
    pub q: String,
    /// 状態
    pub state: String,
    /// 種別
    pub kind: String,
    /// 都道府県
    pub prefecture: String,
    /// 申し込んだ月, `2026-11`.
    pub month: String,
    /// 気をつけること
    pub care: String,
    /// `new`, `old` or `place`.
    pub sort: String,
    /// Where the page before ended: how many rows lie before, and the key of its last row.
    pub after: String,
    /// Where the page after began.
    pub before: String,
}

/// A filter that is set, and the address without it.
pub struct Chip {
    /// 11月に申し込み
    pub words: String,
    /// The same list without it.
    pub without: String,
}

/// An order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// New applications first.
    New,
    /// Old ones first.
    Old,
    /// By the workplace.
    Workplace,
}

/// What the address asks for, understood.
pub struct Sifted {
    asked: Asked,
    /// The sieve for the database.
    pub sieve: Sieve,
    /// The order.
    pub sort: Sort,
}

/// Where a page begins, read from `after` or `before`.
pub struct From {
    /// Where the database goes on.
    pub place: Place,
    /// Rows before the page.
    pub skipped: usize,
    /// Whether the rows come in the opposite order.
    pub backwards: bool,
}

impl Sort {
    const fn id(self) -> &'static str {
        match self {
            Self::New => "",
            Self::Old => "old",
            Self::Workplace => "place",
        }
    }
}

impl Asked {
    /// Understands it for a session.
    pub fn sift(mut self, whole: &Whole) -> Sifted {
        self.q = self.q.trim().chars().take(100).collect();
        let folded = fold(&self.q);
        let number = receipt(&folded, whole);
        let sieve = Sieve {
            text: if number.is_some() { String::new() } else { folded },
            number,
            standing: Wants::ALL.into_iter().find(|wants| wants.id() == self.state),
            kind: kind(&self.kind).map(|kind| kind.id.clone()).unwrap_or_default(),
            prefecture: prefecture(&self.prefecture).map(|prefecture| prefecture.id.clone()).unwrap_or_default(),
            applied: month(&self.month),
            care: Care::ALL.into_iter().find(|care| care.id() == self.care),
            ..Sieve::all(whole.session.id)
        };
        let sort = [Sort::New, Sort::Old, Sort::Workplace].into_iter().find(|sort| sort.id() == self.sort).unwrap_or(Sort::New);
        Sifted { asked: self, sieve, sort }
    }
}

impl Sifted {
    /// What stands in a field of the form.
    pub const fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Whether any filter is set.
    pub fn is_set(&self) -> bool {
        !self.query(&[("sort", ""), ("after", ""), ("before", "")]).is_empty()
    }

    /// Whether a filter of the second row is set, so that it has to be open.
    pub fn is_detailed(&self) -> bool {
        [&self.asked.prefecture, &self.asked.month, &self.asked.care].iter().any(|asked| !asked.is_empty())
    }

    /// Where the page begins.
    pub fn from(&self) -> From {
        let read = |cursor: &str| -> Option<(usize, String, ApplicationId)> {
            let (skipped, rest) = cursor.split_once('.')?;
            let (id, key) = rest.split_once('.')?;
            Some((skipped.parse().ok()?, key.to_owned(), id.parse().ok()?))
        };
        let at = |key: &str, id: ApplicationId| key.parse().ok().map(|micros| (Timestamp::from_micros(micros), id));
        let (cursor, backwards) = match (read(&self.asked.after), read(&self.asked.before)) {
            (Some(cursor), _) => (Some(cursor), false),
            (None, Some(cursor)) => (Some(cursor), true),
            (None, None) => (None, false),
        };
        let skipped = cursor.as_ref().map_or(0, |(skipped, ..)| *skipped);
        let cursor = cursor.map(|(_, key, id)| (key, id));
        let place = match (self.sort, backwards) {
            (Sort::New, false) | (Sort::Old, true) => Place::Newest(cursor.and_then(|(key, id)| at(&key, id))),
            (Sort::Old, false) | (Sort::New, true) => Place::Oldest(cursor.and_then(|(key, id)| at(&key, id))),
            (Sort::Workplace, false) => Place::Workplace(cursor),
            (Sort::Workplace, true) => Place::WorkplaceBack(cursor),
        };
        From { place, skipped, backwards }
    }

    /// The cursor that names a row.
    pub fn cursor(&self, skipped: usize, line: &Applicant) -> String {
        match self.sort {
            Sort::Workplace => format!("{skipped}.{}.{}", line.id, line.organization_name),
            Sort::New | Sort::Old => format!("{skipped}.{}.{}", line.id, line.applied_at.as_micros()),
        }
    }

    /// The query of this list with some values changed; empty values are left out.
    pub fn query(&self, changed: &[(&str, &str)]) -> String {
        let asked = &self.asked;
        let values = [
            ("q", asked.q.as_str()),
            ("state", self.sieve.standing.map_or("", Wants::id)),
            ("kind", self.sieve.kind.as_str()),
            ("prefecture", self.sieve.prefecture.as_str()),
            ("month", if self.sieve.applied.is_some() { asked.month.as_str() } else { "" }),
            ("care", self.sieve.care.map_or("", Care::id)),
            ("sort", self.sort.id()),
            ("after", ""),
            ("before", ""),
        ];
        let chosen = values.map(|(name, value)| {
            let value = changed.iter().find(|(other, _)| *other == name).map_or(value, |(_, value)| *value);
            (name, value)
        });
        let set: Vec<(&str, &str)> = chosen.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        serde_urlencoded::to_string(set).unwrap_or_default()
    }

    /// The filters that are set, each with the address without it.
    pub fn chips(&self, w: Words, path: &str) -> Vec<Chip> {
        let lang = w.lang;
        let mut chips = Vec::new();
        let mut chip = |name: &str, words: String| chips.push(Chip { words, without: address(path, &self.query(&[(name, "")])) });
        if !self.asked.q.is_empty() {
            chip("q", w.one("office-chip-text", "text", &self.asked.q));
        }
        if let Some(wants) = self.sieve.standing {
            chip("state", w.t(wants_key(wants)));
        }
        if let Some(kind) = kind(&self.sieve.kind) {
            chip("kind", kind.name(lang).to_owned());
        }
        if let Some(prefecture) = prefecture(&self.sieve.prefecture) {
            chip("prefecture", prefecture.name(lang).to_owned());
        }
        if let Some((since, _)) = self.sieve.applied {
            chip("month", w.one("office-chip-month", "month", &long_month(since.day(), lang)));
        }
        if let Some(care) = self.sieve.care {
            chip("care", w.t(care_key(care)));
        }
        chips
    }

    /// The filters in one line, for the page that says what is exported.
    pub fn words(&self, w: Words) -> String {
        let chips: Vec<String> = self.chips(w, "").into_iter().map(|chip| chip.words).collect();
        if chips.is_empty() { w.t("office-everybody") } else { chips.join(w.lang.pick("・", ", ")) }
    }
}

/// `path?query`, or the path alone.
pub fn address(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The months in which somebody can have applied, the latest first.
pub fn months(whole: &Whole, now: Timestamp) -> Vec<Day> {
    let first = |day: Day| day.first_of_month();
    let begins = whole.session.opens_at.map_or(now, |opens| opens.min(now));
    let mut months = vec![first(now.day())];
    while let Some(earlier) =
        months.last().and_then(|month| month.yesterday().ok()).map(first).filter(|month| *month >= first(begins.day()))
    {
        months.push(earlier);
        if months.len() == 12 {
            break;
        }
    }
    months
}

/// The key of the word for what an application is.
pub const fn wants_key(wants: Wants) -> &'static str {
    match wants {
        Wants::Seat => "office-confirmed",
        Wants::Waiting => "office-waiting",
        Wants::Cancelled => "office-cancelled",
    }
}

/// The key of the words for what needs attention.
pub const fn care_key(care: Care) -> &'static str {
    match care {
        Care::Mail => "office-care-mail",
        Care::Shared => "office-care-shared",
        Care::Phone => "office-care-phone",
        Care::List => "office-care-list",
        Care::Moved => "office-care-moved",
    }
}

/// The number of a receipt of this session, if that is what was typed.
fn receipt(folded: &str, whole: &Whole) -> Option<i64> {
    let (before, number) = folded.rsplit_once('-')?;
    let number: i64 = number.parse().ok()?;
    fold(&whole.receipt(number)).starts_with(&format!("{before}-")).then_some(number)
}

/// From its first moment to the first of the next.
fn month(text: &str) -> Option<(Timestamp, Timestamp)> {
    let first: Day = format!("{text}-01").parse().ok()?;
    let next = first.last_of_month().tomorrow().ok()?;
    Some((Timestamp::in_japan(first, 0, 0), Timestamp::in_japan(next, 0, 0)))
}
