//! The rows of the form: typed, or pasted from a spreadsheet.

use kernel::{EmailAddress, one_line};
use people::organizations;
use web::{Filled, Posted, Visit};

use super::MOST;
use crate::trainings::pages::form;

/// A row as it was filled in.
#[derive(Clone, Default)]
pub(super) struct Row {
    pub(super) n: usize,
    pub(super) name: String,
    pub(super) kana: String,
    pub(super) email: String,
    pub(super) job: String,
    pub(super) error: String,
}

/// The rows that were sent, those of a spreadsheet after them, and how many were too many.
pub(super) fn rows(posted: &Posted) -> (Vec<Row>, usize) {
    let typed = (0..MOST).map(|n| {
        let field = |name: &str| posted.get(&format!("{name}-{n}")).to_owned();
        Row { n, name: field("name"), kana: field("kana"), email: field("email"), job: field("job"), error: String::new() }
    });
    let mut rows: Vec<Row> = typed.filter(|row| !row.is_blank()).collect();
    rows.extend(posted.get("paste").lines().filter_map(Row::pasted));
    let left_out = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    for (n, row) in rows.iter_mut().enumerate() {
        row.n = n;
    }
    (rows, left_out)
}

/// Adds blank rows, as far as the form has room.
pub(super) fn blank(rows: &mut Vec<Row>, wanted: usize) {
    while rows.len() < wanted.min(MOST) {
        rows.push(Row { n: rows.len(), ..Row::default() });
    }
}

impl Row {
    pub(super) fn is_blank(&self) -> bool {
        [&self.name, &self.kana, &self.email].iter().all(|field| field.trim().is_empty())
    }

    /// A line of a spreadsheet: the name and its reading in one cell each or in two, the address, the job.
    fn pasted(line: &str) -> Option<Self> {
        let cells: Vec<String> = line.split('\t').map(one_line).collect();
        let cell = |n: usize| cells.get(n).cloned().unwrap_or_default();
        let row = if cells.len() > 4 {
            let pair = |n: usize| format!("{} {}", cell(n), cell(n + 1)).trim().to_owned();
            Self { name: pair(0), kana: pair(2), email: cell(4), job: cell(5), ..Self::default() }
        } else {
            Self { name: cell(0), kana: cell(1), email: cell(2), job: cell(3), ..Self::default() }
        };
        let job = organizations::job_named(&row.job).map_or_else(String::new, |job| job.id.clone());
        let is_heading = !row.email.is_empty() && !row.email.contains('@') && row.email.to_lowercase().contains("メール");
        let row = Self { job, ..row };
        (!row.is_blank() && !is_heading).then_some(row)
    }

    /// The person of the row, by the rules of the form for one; what is wrong stands in the row.
    pub(super) fn person(&mut self, visit: &Visit, office: Option<&EmailAddress>) -> Option<people::persons::NewPerson> {
        let w = visit.words();
        let mut filled = Filled::default();
        for (whole, first, second) in [(&self.name, "family", "given"), (&self.kana, "family_kana", "given_kana")] {
            let line = one_line(whole);
            let (one, two) = line.split_once(' ').unwrap_or((line.as_str(), ""));
            filled.set(first, one);
            filled.set(second, two);
        }
        let own = one_line(&self.email);
        let email = if own.is_empty() { office.map_or_else(String::new, |office| office.as_str().to_owned()) } else { own };
        // The page to confirm shows every address once more.
        if let Ok(address) = email.parse::<EmailAddress>() {
            filled.set("email_kept", address.as_str());
        }
        filled.set("email", email);
        let person = form::check_person(&mut filled, w);
        let said: Vec<String> = filled.errors().iter().map(|error| error.message.clone()).collect();
        self.error = said.join(w.lang.pick("。", ". "));
        person
    }
}
