//! What stands in a file that came back, and whether it can be what the kit's page wrote.

use kernel::{Span, Timestamp, Uuid, one_line};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::kit::{Kit, KitId};
use super::sealed::{self, NotOpened};
use crate::content::question::Given;

/// The most people of one file.
pub const MOST: usize = 300;
/// Characters of a name or a department.
const LONGEST_NAME: usize = 60;
/// Characters of an answer, and parts of it.
const LONGEST_ANSWER: usize = 100;
const MOST_PARTS: usize = 20;

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NotTaken {
    /// It is no file of results.
    #[error("no such file")]
    NotAFile,
    /// It is one of another kit.
    #[error("of another kit")]
    Foreign,
    /// It is not as it was written.
    #[error("not as it was written")]
    Edited,
    /// What it says does not fit the course that was given out.
    #[error("it does not fit the course")]
    Unfit,
    /// Nobody is in it.
    #[error("nobody is in it")]
    Empty,
    /// More people than one file may have.
    #[error("too many people")]
    Many,
}

/// One person's test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sitting {
    /// Drawn on the computer on which it was taken.
    pub id: Uuid,
    /// As it was typed.
    pub name: String,
    /// As it was typed; it may be empty.
    pub department: String,
    /// When the person began, in thousandths of a second, by the clock of that computer.
    pub begun: i64,
    /// When the last answer was given.
    pub ended: i64,
    /// The questions by their ids, with the answers.
    pub answers: Vec<(String, Given)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    kit: KitId,
    course: String,
    version: String,
    period: String,
    #[serde(rename = "saved")]
    _saved: i64,
    sittings: usize,
}

/// How a test went, by our own judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// How many were right.
    pub right: i64,
    /// Of how many.
    pub asked: i64,
    /// How many are needed.
    pub needed: i64,
}

impl Score {
    /// Whether it was passed.
    pub const fn is_passed(self) -> bool {
        self.right >= self.needed
    }
}

/// Everybody in a file of this kit.
pub fn read(key: &[u8; 32], kit: &Kit, file: &[u8]) -> Result<Vec<Sitting>, NotTaken> {
    let texts = sealed::open(key, kit.id.uuid(), file).map_err(|wrong| match wrong {
        NotOpened::NotAFile => NotTaken::NotAFile,
        NotOpened::Foreign => NotTaken::Foreign,
        NotOpened::Edited => NotTaken::Edited,
    })?;
    let (head, people) = texts.split_first().ok_or(NotTaken::Edited)?;
    let head: Head = serde_json::from_str(head).map_err(|_| NotTaken::Unfit)?;
    let is_of_this = head.kit == kit.id && head.course == kit.course && head.version == kit.version && head.period == kit.period;
    if !is_of_this || head.sittings != people.len() {
        return Err(NotTaken::Unfit);
    }
    match people.len() {
        0 => return Err(NotTaken::Empty),
        count if count > MOST => return Err(NotTaken::Many),
        _ => {}
    }
    let mut sittings: Vec<Sitting> =
        people.iter().map(|one| serde_json::from_str(one)).collect::<Result<_, _>>().map_err(|_| NotTaken::Unfit)?;
    let ids: BTreeSet<Uuid> = sittings.iter().map(|one| one.id).collect();
    if ids.len() != sittings.len() || !sittings.iter().all(|one| one.fits(kit)) {
        return Err(NotTaken::Unfit);
    }
    for one in &mut sittings {
        (one.name, one.department) = (one_line(&one.name), one_line(&one.department));
    }
    Ok(sittings)
}

impl Sitting {
    /// Whether it is a whole test of the kit: as many questions of each pool as are drawn, none twice, and texts of a size that the
    /// kit's page lets through.
    fn fits(&self, kit: &Kit) -> bool {
        let is_short = |text: &str, most: usize| text.chars().count() <= most;
        let is_answer =
            |given: &Given| (1..=MOST_PARTS).contains(&given.0.len()) && given.0.iter().all(|part| is_short(part, LONGEST_ANSWER));
        let mut of_pools: BTreeMap<&str, usize> = BTreeMap::new();
        let mut ids = BTreeSet::new();
        for (id, given) in &self.answers {
            let Some((_, pool, _)) = kit.asked.questions.iter().find(|(known, ..)| known == id) else { return false };
            if !ids.insert(id) || !is_answer(given) {
                return false;
            }
            *of_pools.entry(pool).or_default() += 1;
        }
        let mut drawn: BTreeMap<&str, usize> = BTreeMap::new();
        for draw in &kit.asked.exam.draw {
            *drawn.entry(&draw.pool).or_default() += draw.count;
        }
        let has_name = !one_line(&self.name).is_empty() && is_short(&self.name, LONGEST_NAME) && is_short(&self.department, LONGEST_NAME);
        has_name && of_pools == drawn && self.begun > 0 && self.begun <= self.ended && self.ended < i64::MAX / 1000
    }

    /// How it went: what the file says about that is not asked for.
    pub fn score(&self, kit: &Kit) -> Score {
        let is_right = |(id, given): &&(String, Given)| kit.asked.questions.iter().any(|(known, _, key)| known == id && key.judge(given));
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let (right, asked) = (count(self.answers.iter().filter(is_right).count()), count(self.answers.len()));
        Score { right, asked, needed: kit.asked.exam.needed(asked) }
    }

    /// When it began and ended. The clock of a computer in an institution may be wrong: nobody has finished before the kit was given out,
    /// or after the file came.
    pub fn times(&self, kit: &Kit, now: Timestamp) -> (Timestamp, Timestamp) {
        let within = |millis: i64| Timestamp::from_micros(millis * 1000).clamp(kit.made_at, now.max(kit.made_at));
        (within(self.begun), within(self.ended))
    }

    /// Whether its computer's clock cannot have been right.
    pub fn has_wrong_clock(&self, kit: &Kit, now: Timestamp) -> bool {
        let ended = Timestamp::from_micros(self.ended * 1000);
        ended < kit.made_at.minus(Span::minutes(10)) || ended > now.plus(Span::minutes(10))
    }
}
