//! Reading people out of what was pasted from a table: a name, an address, and a job in any order.

use kernel::{EmailAddress, Lang, fold, one_line};
use web::Words;

use super::enrol::NewStaff;
use super::job::Job;

/// As many people are taken at once.
pub const MOST: usize = 300;
/// Characters taken for a name.
const LONGEST: usize = 80;

/// Why a line was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// No address.
    NoAddress,
    /// No name.
    NoName,
    /// No job that we know.
    NoJob,
    /// The address stands on an earlier line.
    Twice,
}

impl Slip {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoAddress => "assign-line-no-address",
            Self::NoName => "assign-line-no-name",
            Self::NoJob => "assign-line-no-job",
            Self::Twice => "assign-line-twice",
        }
    }
}

/// The people of a pasted table, or which lines are to be mended, counted from 1. Whoever has no job on their line gets `usual`.
pub fn people(text: &str, usual: Option<Job>) -> Result<Vec<NewStaff>, Vec<(usize, Slip)>> {
    let (mut people, mut slips): (Vec<NewStaff>, Vec<(usize, Slip)>) = (Vec::new(), Vec::new());
    for (n, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).take(MOST + 1) {
        match person(line, usual) {
            Ok(new) if people.iter().any(|known| known.email == new.email) => slips.push((n, Slip::Twice)),
            Ok(new) => people.push(new),
            Err(slip) => slips.push((n, slip)),
        }
    }
    if slips.is_empty() { Ok(people) } else { Err(slips) }
}

fn person(line: &str, usual: Option<Job>) -> Result<NewStaff, Slip> {
    let cells: Vec<String> = line.split(['\t', ',', '，', '、', ';']).map(one_line).filter(|cell| !cell.is_empty()).collect();
    let address = cells.iter().position(|cell| cell.contains(['@', '＠'])).ok_or(Slip::NoAddress)?;
    let email: EmailAddress = cells[address].parse().map_err(|_| Slip::NoAddress)?;
    let others: Vec<&String> = cells.iter().enumerate().filter(|(n, _)| *n != address).map(|(_, cell)| cell).collect();
    let (name, rest) = others.split_first().ok_or(Slip::NoName)?;
    let job = match rest.first() {
        Some(cell) => job(cell).ok_or(Slip::NoJob)?,
        None => usual.ok_or(Slip::NoJob)?,
    };
    Ok(NewStaff { email, name: name.chars().take(LONGEST).collect(), job })
}

/// The job that a cell names: by its own word, or else by the longest word that is part of what was typed.
fn job(cell: &str) -> Option<Job> {
    let typed = fold(cell);
    let is_own = |job: &Job| job.id() == typed || [Lang::Ja, Lang::En].into_iter().any(|lang| fold(&job.word(Words::of(lang))) == typed);
    let longest = |job: Job| {
        let fits = job.also().iter().map(|word| fold(word)).filter(|word| typed.contains(word.as_str()));
        fits.map(|word| word.chars().count()).max().map(|length| (length, job))
    };
    let by_part = || Job::ALL.into_iter().filter_map(longest).max_by_key(|(length, _)| *length).map(|(_, job)| job);
    Job::ALL.into_iter().find(is_own).or_else(by_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_however_it_is_pasted() {
        let pasted = "見本 花子\thanako@example.jp\t新人\n\n例示 髙子、 Takako＠example.jp 、システム担当\nnurse@example.jp, 見本 太郎";
        let Ok(people) = people(pasted, Some(Job::Clinical)) else { panic!("every line is in order") };
        let read: Vec<(&str, &str, Job)> = people.iter().map(|one| (one.name.as_str(), one.email.as_str(), one.job)).collect();
        let expected = [
            ("見本 花子", "hanako@example.jp", Job::Newcomer),
            ("例示 髙子", "takako@example.jp", Job::Systems),
            ("見本 太郎", "nurse@example.jp", Job::Clinical),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn lines_that_are_to_be_mended_are_named() {
        let pasted = "見本 花子\n見本 太郎, taro@example.jp, 宇宙飛行士\ntaro@example.jp\n例示 髙子, a@example.jp\n例示 髙子, a@example.jp, 新人\n例示, a@example.jp, 新人";
        let Err(slips) = people(pasted, None) else { panic!("none is taken") };
        assert_eq!(slips, [(1, Slip::NoAddress), (2, Slip::NoJob), (3, Slip::NoName), (4, Slip::NoJob), (6, Slip::Twice)]);
    }
}
