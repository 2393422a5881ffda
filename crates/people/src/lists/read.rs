//! From a table to its lines, and from lines that are not brought in back to a file.

use db::{Db, DbResult};
use intake::export::{NotWritten, xlsx};
use intake::{Charset, Column, Limits, NotRead, Source, Table};
use kernel::{Lang, Timestamp};
use web::Words;

use super::list::{Cells, Checked, Fate, List};

/// What is read of a file before it is refused.
pub(super) const LIMITS: Limits = Limits {
    bytes: 1 << 20,
    rows: 1_050,
    columns: 60,
    cell_characters: 20_000,
    text_bytes: 8 << 20,
    cells: 63_000,
    strings: 100_000,
    archive_entries: 200,
    unpacked_bytes: 64 << 20,
    unpacked_ratio: 250,
};

/// Lines that one list may have.
pub(super) const LINES: usize = 1_000;

/// Lines that are looked at, or brought in, in one transaction: others are served in between.
pub(super) const BATCH: usize = 100;

/// The columns of a template that are for the office itself.
const REMARK: &str = "remark";
const MEND: &str = "mend";
const OWN: [Column<&str>; 2] = [Column::optional(REMARK, &["備考", "remarks"]), Column::optional(MEND, &["直すところ", "to mend"])];

/// A file, understood.
#[derive(Clone)]
pub(super) struct Sheet {
    /// Excel, or CSV and its encoding.
    pub(super) form: String,
    /// Every heading of the file, as it stands there.
    pub(super) headings: Vec<String>,
    /// Headings that are understood: as the file writes them, and as the template does.
    pub(super) known: Vec<(String, &'static str)>,
    /// Headings that are passed over.
    pub(super) ignored: Vec<String>,
    /// The lines below.
    pub(super) lines: Vec<Line>,
    mend_at: Option<usize>,
}

/// A line of a file.
#[derive(Clone)]
pub(super) struct Line {
    /// The number of its row.
    pub(super) number: usize,
    /// The cells by column.
    pub(super) cells: Cells,
    raw: Vec<String>,
}

/// A line with what it would do, or did.
pub(super) struct Judged<L: List> {
    pub(super) line: Line,
    pub(super) checked: Option<Checked<L>>,
    pub(super) fate: Fate,
}

/// What is wrong with a file, in words.
pub(super) fn not_read(not: &NotRead, w: Words) -> String {
    say(not.key(), &not.facts(), w)
}

fn say(key: &str, facts: &[(&str, String)], w: Words) -> String {
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    w.with(key, &facts)
}

/// Understands a table, or says in words why that cannot be.
pub(super) fn sheet<L: List>(table: &Table, w: Words) -> Result<Sheet, String> {
    let columns: Vec<Column<&'static str>> = L::COLUMNS.iter().chain(&OWN).copied().collect();
    let headed = table.headed(&columns).map_err(|not| say(not.key(), &not.facts(), w))?;
    if let Some(missing) =
        L::missing(&|key| L::COLUMNS.iter().any(|column| column.key() == key && headed.heading(column.key()).is_some()), w)
    {
        return Err(missing);
    }
    let lines: Vec<Line> = headed
        .lines()
        .filter(|line| !is_example(line.text(REMARK)))
        .map(|line| {
            let mut cells = Cells::default();
            for column in L::COLUMNS {
                cells.put(column.key(), line.text(column.key()));
            }
            Line { number: line.number(), cells, raw: line.cells().to_vec() }
        })
        .collect();
    if lines.is_empty() {
        return Err(w.t("lists-no-lines"));
    }
    if lines.len() > LINES {
        return Err(w.one("intake-too-many-rows", "most", &LINES));
    }
    let known = L::COLUMNS.iter().filter_map(|column| Some((headed.heading(column.key())?.trim().to_owned(), column.name()))).collect();
    Ok(Sheet {
        form: form_of(table.source(), w),
        headings: headed.headings().to_vec(),
        known,
        ignored: headed.unknown().iter().map(|(_, heading)| (*heading).to_owned()).collect(),
        lines,
        mend_at: headed.column_of(MEND).map(|column| column - 1),
    })
}

fn form_of(source: &Source, w: Words) -> String {
    match source {
        Source::Workbook { sheet } => w.one("lists-form-excel", "sheet", sheet),
        Source::Delimited { charset: Charset::ShiftJis, .. } => w.t("lists-form-shift-jis"),
        Source::Delimited { .. } => w.t("lists-form-csv"),
    }
}

/// Checks every line, and says what would become of it. Changes nothing.
pub(super) async fn judged<L: List>(db: &Db, target: &L::Target, lines: &[Line], w: Words, now: Timestamp) -> DbResult<Vec<Judged<L>>> {
    let mut judged = Vec::with_capacity(lines.len());
    for batch in lines.chunks(BATCH) {
        judged.extend(checked::<L>(db, target, batch, w, now).await?);
    }
    let rows: Vec<L::Row> = judged.iter().filter_map(|line| line.checked.as_ref().map(|checked| checked.row.clone())).collect();
    let target = target.clone();
    let fates = db.read(async move |tx| L::plan(tx, &target, &rows, w, now).await).await?;
    let sound = judged.iter_mut().filter(|line| line.checked.is_some());
    for (line, fate) in sound.zip(fates) {
        line.fate = fate;
    }
    Ok(judged)
}

/// Checks these lines by the rules of the form.
pub(super) async fn checked<L: List>(db: &Db, target: &L::Target, lines: &[Line], w: Words, now: Timestamp) -> DbResult<Vec<Judged<L>>> {
    let (target, batch) = (target.clone(), lines.to_vec());
    db.read(async move |tx| {
        let mut judged = Vec::with_capacity(batch.len());
        for line in &batch {
            let (checked, fate) = match L::check(tx, &target, &line.cells, w, now).await? {
                Ok(checked) => (Some(checked), Fate::New),
                Err(why) => (None, Fate::Not(why)),
            };
            judged.push(Judged { line: line.clone(), checked, fate });
        }
        Ok(judged)
    })
    .await
}

/// A workbook to fill in: the headings, and a line that shows how.
pub(super) fn template<L: List>(w: Words) -> Result<Vec<u8>, NotWritten> {
    let heading = |key: &str| L::COLUMNS.iter().find(|column| column.key() == key).map_or("", Column::name);
    let example = |column: &str| {
        let key = format!("lists-{}-example-{}", L::KIND, column.replace('_', "-"));
        if w.has(&key) { w.t(&key) } else { String::new() }
    };
    let headings: Vec<&str> = L::TEMPLATE.iter().map(|key| heading(key)).chain([OWN[0].name()]).collect();
    let line: Vec<String> = L::TEMPLATE.iter().map(|key| example(key)).chain([w.t("lists-example")]).collect();
    xlsx(&w.t(&format!("lists-{}-file", L::KIND)), None, &headings, [line])
}

/// Whether a line says by its remark that it is the template's example.
fn is_example(remark: &str) -> bool {
    [Lang::Ja, Lang::En].into_iter().any(|lang| Words::of(lang).t("lists-example") == remark)
}

/// The lines of a file that are not brought in, as they were sent, with one more column that says what is to be mended.
pub(super) fn to_mend(sheet: &Sheet, fates: &[(i64, Fate)], w: Words) -> Result<Vec<u8>, NotWritten> {
    let width = sheet.lines.iter().map(|line| line.raw.len()).chain([sheet.headings.len()]).max().unwrap_or(0);
    let fitted = |cells: &[String], last: String| -> Vec<String> {
        let mut row: Vec<String> = cells.to_vec();
        row.resize(width, String::new());
        if let Some(at) = sheet.mend_at {
            row.remove(at);
        }
        row.push(last);
        row
    };
    let rows: Vec<Vec<String>> = sheet
        .lines
        .iter()
        .filter_map(|line| {
            let (_, fate) = fates.iter().find(|(number, _)| usize::try_from(*number) == Ok(line.number))?;
            matches!(fate, Fate::Not(_)).then(|| fitted(&line.raw, fate.why()))
        })
        .collect();
    xlsx(&w.t("lists-mend-column"), None, &fitted(&sheet.headings, w.t("lists-mend-column")), rows)
}
