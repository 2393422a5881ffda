use std::collections::BTreeSet;

use super::act::{Deed, Participant, SEATS, Who};
use super::{LENGTH, counted};
use crate::attendance::verdict::Verdict;

/// What a verb answered: done, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Done,
    Not,
}

/// What can be seen of everybody in a sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    pub is_closed: bool,
    pub people: Vec<Person>,
    pub open: usize,
    /// How many mails about a verdict there were to each.
    pub mails: Vec<usize>,
    /// How often each became 出席, and how often that was taken back.
    pub completed: Vec<(usize, usize)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub minutes: i64,
    pub proofs: i64,
    pub mark: Option<bool>,
    pub is_questioned: bool,
    pub verdict: Option<Verdict>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Open,
    Stranger,
    Of(usize),
}

struct Attendee {
    import: usize,
    who: Who,
    whose: Whose,
    stay: (i64, i64),
}

/// Attendance of one session, told plainly.
#[derive(Default)]
pub struct Model {
    now: i64,
    files: Vec<Vec<Participant>>,
    is_out: Vec<bool>,
    attendees: Vec<Attendee>,
    stays: Vec<(usize, (i64, i64))>,
    proofs: BTreeSet<(usize, usize)>,
    /// Who, what, and whether it was taken back.
    marks: Vec<(usize, bool, bool)>,
    rule: (bool, i64, bool),
    is_closed: bool,
    verdicts: [Option<Verdict>; SEATS],
    mails: [usize; SEATS],
    completed: [(usize, usize); SEATS],
}

impl Model {
    pub fn new() -> Self {
        Self { now: -10, rule: (true, 75, false), ..Self::default() }
    }

    pub fn attendees(&self) -> usize {
        self.attendees.len()
    }

    pub fn marks(&self) -> usize {
        self.marks.len()
    }

    pub fn act(&mut self, deed: &Deed) -> Answer {
        let has_begun = self.now >= 0;
        let done = match deed {
            Deed::Import(file) => has_begun && !self.is_closed && self.brings_in(file),
            Deed::ImportAgain(which) => {
                let at = which.index(self.files.len().max(1));
                let file = self.files.get(at).cloned().unwrap_or_default();
                let is_in = self.files.iter().zip(&self.is_out).any(|(known, out)| *known == file && !out);
                !self.files.is_empty() && has_begun && !self.is_closed && !is_in && self.brings_in(&file)
            }
            Deed::Withdraw(which) => {
                let at = which.index(self.files.len() + 1);
                let can = at < self.files.len() && !self.is_out[at] && !self.is_closed;
                if can {
                    self.is_out[at] = true;
                }
                can
            }
            Deed::Settle(which, whose) => {
                let whose = whose.map_or(Whose::Stranger, Whose::Of);
                self.settles(which.index(self.attendees.len() + 1), whose)
            }
            Deed::Reconsider(which) => self.settles(which.index(self.attendees.len() + 1), Whose::Open),
            Deed::Mark(who, is_present) => {
                if has_begun {
                    // Whoever has no seat is passed over.
                    self.marks.push((*who, *is_present, *who >= SEATS));
                    self.decides(&[*who]);
                }
                has_begun
            }
            Deed::Unmark(which) => {
                let at = which.index(self.marks.len() + 1);
                let can = self.marks.get(at).is_some_and(|(.., undone)| !undone);
                if can {
                    self.marks[at].2 = true;
                    self.decides(&[self.marks[at].0]);
                }
                can
            }
            Deed::Stay(who, from, until) => {
                let can = *who < SEATS && !self.is_closed;
                if can {
                    self.stays.push((*who, (*from, *until)));
                }
                can
            }
            Deed::Prove(who, proof) => {
                let can = *who < SEATS && !self.is_closed;
                if can {
                    self.proofs.insert((*who, *proof));
                }
                can
            }
            Deed::Rule(percent, least, proofs, gives_reason) => {
                let can = *least > 0 && !self.is_closed && (!has_begun || *gives_reason) && (*least <= 100);
                if can {
                    self.rule = (*percent, *least, *proofs);
                }
                can
            }
            Deed::Close => {
                let can = self.now >= LENGTH && !self.is_closed;
                if can {
                    self.is_closed = true;
                    self.decides(&[0, 1, 2, 3]);
                }
                can
            }
            Deed::Reopen(gives_reason) => {
                let can = self.is_closed && *gives_reason;
                self.is_closed &= !can;
                can
            }
            Deed::Clock(minute) => {
                self.now = self.now.max(*minute);
                true
            }
        };
        if done { Answer::Done } else { Answer::Not }
    }

    fn brings_in(&mut self, file: &[Participant]) -> bool {
        let is_in = self.files.iter().zip(&self.is_out).any(|(known, out)| known.as_slice() == file && !out);
        if is_in {
            return false;
        }
        let import = self.files.len();
        self.files.push(file.to_vec());
        self.is_out.push(false);
        for (who, from, until) in file {
            let whose = match who {
                Who::Applicant(at) => Whose::Of(*at),
                Who::Either | Who::Stranger => Whose::Open,
            };
            self.attendees.push(Attendee { import, who: *who, whose, stay: (*from, *until) });
        }
        true
    }

    fn settles(&mut self, at: usize, whose: Whose) -> bool {
        let Some(attendee) = self.attendees.get(at).filter(|attendee| !self.is_out[attendee.import]) else { return false };
        if matches!(whose, Whose::Of(SEATS..)) {
            return false;
        }
        let mut touched: Vec<usize> =
            [attendee.whose, whose].into_iter().filter_map(|whose| if let Whose::Of(at) = whose { Some(at) } else { None }).collect();
        if attendee.who == Who::Either {
            touched.extend([SEATS - 2, SEATS - 1]);
        }
        self.attendees[at].whose = whose;
        self.decides(&touched);
        true
    }

    fn person(&self, at: usize) -> Person {
        let counts = |attendee: &&Attendee| !self.is_out[attendee.import];
        let of_files =
            self.attendees.iter().filter(counts).filter(|attendee| attendee.whose == Whose::Of(at)).map(|attendee| attendee.stay);
        let own = self.stays.iter().filter(|(who, _)| *who == at).map(|(_, stay)| *stay);
        let stays: Vec<(i64, i64)> = of_files.chain(own).collect();
        Person {
            minutes: counted(&stays, &[]),
            proofs: i64::try_from(self.proofs.iter().filter(|(who, _)| *who == at).count()).expect("few"),
            mark: self.marks.iter().rev().find(|(who, _, undone)| *who == at && !undone).map(|(_, is_present, _)| *is_present),
            is_questioned: at >= SEATS - 2
                && self.attendees.iter().filter(counts).any(|attendee| attendee.who == Who::Either && attendee.whose == Whose::Open),
            verdict: self.verdicts[at],
        }
    }

    fn decides(&mut self, whom: &[usize]) {
        if !self.is_closed {
            return;
        }
        let whom: BTreeSet<usize> = whom.iter().copied().filter(|at| *at < SEATS).collect();
        for at in whom {
            let person = self.person(at);
            let (percent, least, proofs) = self.rule;
            let enough = if percent { person.minutes * 100 >= LENGTH * least } else { person.minutes >= least.min(LENGTH) };
            let verdict = match person.mark {
                Some(true) => Verdict::Present,
                None if enough || (proofs && person.proofs >= 2) => Verdict::Present,
                None if person.is_questioned => Verdict::Review,
                Some(false) | None => Verdict::Absent,
            };
            if self.verdicts[at] == Some(verdict) {
                continue;
            }
            self.mails[at] += usize::from(verdict != Verdict::Review);
            self.completed[at].0 += usize::from(verdict == Verdict::Present);
            self.completed[at].1 += usize::from(self.verdicts[at] == Some(Verdict::Present));
            self.verdicts[at] = Some(verdict);
        }
    }

    pub fn ledger(&self) -> Ledger {
        Ledger {
            is_closed: self.is_closed,
            people: (0..SEATS).map(|at| self.person(at)).collect(),
            open: self.attendees.iter().filter(|attendee| attendee.whose == Whose::Open && !self.is_out[attendee.import]).count(),
            mails: self.mails.to_vec(),
            completed: self.completed.to_vec(),
        }
    }
}
