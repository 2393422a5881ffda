use intake::{Row, Table};
use kernel::{Day, EmailAddress, fold, one_line};

use super::columns::{Column, Headings, bare, folded};
use super::lengths::length;
use super::moments::{Zone, moment};
use super::{Line, NotAReport, Report, Stay, Tool, Why, Wrong};

/// Characters of a name or a title that are kept.
const NAME: usize = 200;

/// Reads the table of a participant file. Instants that say no zone are those of `zone`; `near` is the day of the session.
pub fn read(table: &Table, zone: Zone, near: Day) -> Result<Report, NotAReport> {
    let mut report = Report {
        tool: Tool::Other,
        source: table.source().clone(),
        title: title(table.rows()),
        has_times: false,
        says_zone: true,
        lines: Vec::new(),
        wrong: Vec::new(),
        passed: Vec::new(),
    };
    let mut sections = sections(table.rows(), &mut report.passed);
    if sections.is_empty() {
        return Err(NotAReport::Headings);
    }
    let tool = sections.iter().map(|section| section.headings.tool).find(|tool| *tool != Tool::Other);
    report.tool = tool.unwrap_or(Tool::Other);
    report.has_times = sections.iter().any(|section| section.headings.has_times() && !section.rows.is_empty());
    // Stays say more than totals, so they are read first.
    sections.sort_by_key(|section| !section.headings.has_times());
    for section in &sections {
        section.read(zone, near, &mut report);
    }
    report.lines.sort_by_key(|line| line.row);
    report.wrong.sort_by_key(|wrong| wrong.row);
    report.passed.sort_unstable();
    report.says_zone &= report.has_times;
    if report.lines.is_empty() && report.wrong.is_empty() { Err(NotAReport::Nobody) } else { Ok(report) }
}

/// A list of participants with its headings. Teams writes two of them into one file.
struct Section<'a> {
    headings: Headings,
    rows: Vec<&'a Row>,
}

fn sections<'a>(rows: &'a [Row], passed: &mut Vec<usize>) -> Vec<Section<'a>> {
    let mut sections: Vec<Section<'a>> = Vec::new();
    let mut is_inside = false;
    for row in rows {
        if let Some(headings) = Headings::of(row.cells()) {
            sections.push(Section { headings, rows: Vec::new() });
            is_inside = true;
            passed.push(row.number());
        } else if is_title(row) {
            is_inside = false;
            passed.push(row.number());
        } else if is_inside && let Some(section) = sections.last_mut() {
            section.rows.push(row);
        } else {
            passed.push(row.number());
        }
    }
    sections
}

/// `2. Participants`, `3. 会議中のアクティビティ`: a number, a full stop, and nothing beside it.
fn is_title(row: &Row) -> bool {
    let [only] = row.cells() else { return false };
    let only = bare(only);
    let digits = only.chars().take_while(char::is_ascii_digit).count();
    (1..=2).contains(&digits) && only[digits..].starts_with(". ")
}

impl Section<'_> {
    fn read(&self, zone: Zone, near: Day, report: &mut Report) {
        let known: std::collections::HashSet<(String, Option<EmailAddress>)> = if self.headings.has_times() {
            std::collections::HashSet::new()
        } else {
            report.lines.iter().map(|line| (fold(&line.name), line.address.clone())).collect()
        };
        for row in &self.rows {
            match self.line(row, zone, near) {
                Ok((line, _)) if known.contains(&(fold(&line.name), line.address.clone())) => report.passed.push(row.number()),
                Ok((line, says_zone)) => {
                    report.says_zone &= says_zone;
                    report.lines.push(line);
                }
                Err(why) => report.wrong.push(Wrong { row: row.number(), why, cell: self.culprit(row, why) }),
            }
        }
    }

    fn line(&self, row: &Row, zone: Zone, near: Day) -> Result<(Line, bool), Why> {
        let cell = |column| self.headings.cell(row.cells(), column);
        let address: Option<EmailAddress> = [Column::Address, Column::Account].into_iter().find_map(|column| cell(column).parse().ok());
        let mut name: String = one_line(cell(Column::Name)).chars().take(NAME).collect();
        if name.is_empty() {
            address.as_ref().ok_or(Why::Nobody)?.as_str().clone_into(&mut name);
        }
        let (stay, says_zone) = if self.headings.has_times() {
            let from = moment(cell(Column::Join), zone, near).ok_or(Why::Join)?;
            let until = match moment(cell(Column::Leave), zone, near) {
                Some(until) => until.at,
                None if cell(Column::Leave).is_empty() => from.at.plus(length(cell(Column::Length)).ok_or(Why::Leave)?),
                None => return Err(Why::Leave),
            };
            if until < from.at {
                return Err(Why::Backwards);
            }
            (Stay::Between(from.at, until), from.says_zone)
        } else {
            (Stay::Total(length(cell(Column::Total)).ok_or(Why::Length)?), true)
        };
        Ok((Line { row: row.number(), name, address, stay }, says_zone))
    }

    fn culprit(&self, row: &Row, why: Why) -> String {
        let cell = |column| self.headings.cell(row.cells(), column);
        let cell = match why {
            Why::Nobody => row.cells().first().map_or("", String::as_str),
            Why::Join => cell(Column::Join),
            Why::Leave | Why::Backwards => cell(Column::Leave),
            Why::Length => cell(Column::Total),
        };
        one_line(cell).chars().take(60).collect()
    }
}

/// What the meeting was called: below or beside its heading above the list, or in each row.
fn title(rows: &[Row]) -> String {
    const BELOW: [&str; 3] = ["topic", "トピック", "ミーティングトピック"];
    const BESIDE: [&str; 4] = ["meetingtitle", "会議のタイトル", "会議タイトル", "meetingname"];
    let at = |row: &Row, names: &[&str]| row.cells().iter().position(|cell| names.contains(&folded(cell).as_str()));
    let found = rows.iter().take(15).zip(rows.iter().skip(1)).find_map(|(row, next)| {
        if let Some(headings) = Headings::of(row.cells()) {
            return Some(headings.cell(next.cells(), Column::Title).to_owned());
        }
        if let Some(at) = at(row, &BELOW) {
            return next.cells().get(at).map(|cell| bare(cell).to_owned());
        }
        at(row, &BESIDE).and_then(|at| row.cells().get(at + 1)).map(|cell| bare(cell).to_owned())
    });
    one_line(&found.unwrap_or_default()).chars().take(NAME).collect()
}
