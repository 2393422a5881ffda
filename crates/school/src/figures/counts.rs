//! What was counted, of a session or of a whole programme.

use kernel::Day;
use std::collections::BTreeMap;

use super::store::Count;
use crate::attendance::verdict::Verdict;

/// How many of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Applications by the day on which they came, those that were cancelled since too.
    pub applied: BTreeMap<Day, i64>,
    /// Applications by the day on which they were cancelled.
    pub cancelled: BTreeMap<Day, i64>,
    /// Living applications by kind of workplace.
    pub kinds: BTreeMap<String, i64>,
    /// Living applications by prefecture.
    pub prefectures: BTreeMap<String, i64>,
    /// What was decided about attendance.
    pub verdicts: BTreeMap<Verdict, i64>,
    /// Who has seen enough of the recording.
    pub completed: i64,
    /// 受講証明書 that count.
    pub certificates: i64,
    /// 修了証 that count.
    pub series: i64,
    /// Who has answered the questionnaire.
    pub surveys: i64,
}

impl Counts {
    /// Puts one count in its place.
    pub fn take(&mut self, count: &Count) {
        let n = count.n;
        let day = |days: &mut BTreeMap<Day, i64>| {
            if let Ok(day) = count.value.parse() {
                *days.entry(day).or_default() += n;
            }
        };
        match count.what.as_str() {
            "applied" => day(&mut self.applied),
            "cancelled" => day(&mut self.cancelled),
            "kind" => *self.kinds.entry(count.value.clone()).or_default() += n,
            "prefecture" => *self.prefectures.entry(count.value.clone()).or_default() += n,
            "verdict" => {
                if let Some(verdict) = Verdict::of(&count.value) {
                    *self.verdicts.entry(verdict).or_default() += n;
                }
            }
            "completed" => self.completed += n,
            "certificate" => self.certificates += n,
            "series" => self.series += n,
            "survey" => self.surveys += n,
            _ => {}
        }
    }

    /// The counts of these rows together.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a Count>) -> Self {
        let mut counts = Self::default();
        rows.into_iter().for_each(|row| counts.take(row));
        counts
    }

    /// Every application that ever came.
    pub fn received(&self) -> i64 {
        self.applied.values().sum()
    }

    /// Applications that were cancelled.
    pub fn given_up(&self) -> i64 {
        self.cancelled.values().sum()
    }

    /// Applications that are not cancelled: with a seat, before a shared screen, or waiting.
    pub fn living(&self) -> i64 {
        self.received() - self.given_up()
    }

    /// How many got this verdict.
    pub fn with(&self, verdict: Verdict) -> i64 {
        self.verdicts.get(&verdict).copied().unwrap_or(0)
    }
}
