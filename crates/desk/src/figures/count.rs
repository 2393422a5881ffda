use db::{DbResult, Tx};
use kernel::small_cells::{FEWEST, hidden_in_line};
use kernel::{Lang, Timestamp};
use people::organizations;

use super::quarter::Quarter;
use super::store::{self, Counted};
use crate::triage::{Grade, Stage, rules};

/// So many quarters are shown: two years.
const QUARTERS: usize = 8;

/// Everything that is counted.
pub struct Figures {
    /// The quarters, the oldest first.
    pub quarters: Vec<Quarter>,
    /// How many cases came in each; nothing where it is hidden.
    pub totals: Vec<Option<i64>>,
    /// By month, what happened, stage, way in, part of the country, kind of institution.
    pub tables: Vec<Table>,
}

/// The cases by one of their sides.
pub struct Table {
    /// Its name in the page: `event`.
    pub id: &'static str,
    /// A category and its number in each quarter; nothing where it is hidden.
    pub rows: Vec<(String, Vec<Option<i64>>)>,
}

/// Finds the row of a value; nothing if it counts in none.
type Place = Box<dyn Fn(&str) -> Option<usize> + Send>;

/// Categories in their order; the last takes what is in none.
struct Side {
    id: &'static str,
    labels: Vec<String>,
    place: Place,
}

/// Counts the cases of the quarters that are over at `now`. `unknown` is what a category is called that nobody has said.
pub async fn count(tx: &mut Tx<'_>, lang: Lang, unknown: &str, now: Timestamp) -> DbResult<Figures> {
    let quarters = Quarter::over(now, QUARTERS);
    let (from, until) = (quarters[0].begins(), Quarter::of(now.day()).begins());
    let by_event = store::by_event(tx, from, until).await?;
    let totals = sums(&quarters, &by_event);
    let mut tables = vec![months(&quarters, &by_event, lang), events(lang).table(&quarters, &by_event, unknown)];
    for (side, counted) in [
        (stages(lang), store::by_stage(tx, from, until).await?),
        (paths(lang), store::by_path(tx, from, until).await?),
        (regions(lang), store::by_prefecture(tx, from, until).await?),
        (kinds(lang), store::by_kind(tx, from, until).await?),
    ] {
        tables.push(side.table(&quarters, &counted, unknown));
    }
    let totals = totals.into_iter().map(|n| shown(n, (1..FEWEST).contains(&n))).collect();
    Ok(Figures { quarters, totals, tables })
}

const fn shown(n: i64, is_hidden: bool) -> Option<i64> {
    if is_hidden { None } else { Some(n) }
}

/// The day with this number since 1970.
fn day(number: i64) -> kernel::Day {
    Timestamp::from_micros(number * 86_400_000_000).day()
}

fn place(quarters: &[Quarter], number: i64) -> Option<usize> {
    quarters.binary_search(&Quarter::of(day(number))).ok()
}

fn sums(quarters: &[Quarter], counted: &[Counted]) -> Vec<i64> {
    let mut sums = vec![0; quarters.len()];
    for (number, _, n) in counted {
        if let Some(quarter) = place(quarters, *number) {
            sums[quarter] += n;
        }
    }
    sums
}

/// Numbers by quarter and category, with what is small hidden in each quarter for itself.
fn columns(labels: Vec<String>, cells: &[Vec<i64>]) -> Vec<(String, Vec<Option<i64>>)> {
    let hidden: Vec<Vec<bool>> = cells.iter().map(|line| hidden_in_line(line)).collect();
    let row = |at: usize| (0..cells.len()).map(|quarter| shown(cells[quarter][at], hidden[quarter][at])).collect();
    labels.into_iter().enumerate().map(|(at, label)| (label, row(at))).collect()
}

/// The three months of each quarter.
fn months(quarters: &[Quarter], counted: &[Counted], lang: Lang) -> Table {
    let mut cells = vec![vec![0; 3]; quarters.len()];
    for (number, _, n) in counted {
        if let Some(quarter) = place(quarters, *number) {
            let month = day(*number).month() - quarters[quarter].first_month();
            cells[quarter][usize::try_from(month).unwrap_or(0).min(2)] += n;
        }
    }
    let label = |n: usize| match lang {
        Lang::Ja => format!("{n}か月目"),
        Lang::En => format!("Month {n}"),
    };
    Table { id: "month", rows: columns((1..=3).map(label).collect(), &cells) }
}

impl Side {
    fn table(&self, quarters: &[Quarter], counted: &[Counted], unknown: &str) -> Table {
        let labels: Vec<String> = self.labels.iter().cloned().chain([unknown.to_owned()]).collect();
        let mut cells = vec![vec![0; labels.len()]; quarters.len()];
        for (number, value, n) in counted {
            if let Some(quarter) = place(quarters, *number) {
                let at = value.as_deref().and_then(|value| (self.place)(value)).unwrap_or(self.labels.len());
                cells[quarter][at] += n;
            }
        }
        Table { id: self.id, rows: columns(labels, &cells) }
    }

    /// Of ids with their words.
    fn of(id: &'static str, known: Vec<(String, String)>) -> Self {
        let (ids, labels): (Vec<String>, Vec<String>) = known.into_iter().unzip();
        Self { id, labels, place: Box::new(move |value| ids.iter().position(|id| id == value)) }
    }
}

fn events(lang: Lang) -> Side {
    Side::of("event", rules().events().iter().map(|event| (event.id.clone(), event.name.pick(lang).to_owned())).collect())
}

fn stages(lang: Lang) -> Side {
    let word = |stage: Stage| (stage.number().to_string(), rules().label(Grade::Stage(stage), lang).to_owned());
    Side::of("stage", Stage::ALL.into_iter().map(word).collect())
}

fn paths(lang: Lang) -> Side {
    let values = rules().axis("path").map_or(&[][..], |axis| &axis.values);
    let known = values.iter().filter(|value| value.id != "unknown");
    Side::of("path", known.map(|value| (value.id.clone(), value.word(lang).to_owned())).collect())
}

/// The parts of the country, in the order in which they lie.
fn regions(lang: Lang) -> Side {
    let mut labels: Vec<String> = Vec::new();
    for prefecture in organizations::prefectures() {
        if !labels.iter().any(|label| label == prefecture.region(lang)) {
            labels.push(prefecture.region(lang).to_owned());
        }
    }
    let known = labels.clone();
    let place = move |value: &str| {
        let region = organizations::prefecture(value)?.region(lang);
        known.iter().position(|label| label == region)
    };
    Side { id: "region", labels, place: Box::new(place) }
}

fn kinds(lang: Lang) -> Side {
    Side::of("kind", organizations::kinds().iter().map(|kind| (kind.id.clone(), kind.name(lang).to_owned())).collect())
}
