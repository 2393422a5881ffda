//! The nouns: a course, its units and slides, and how its tests are put together.

use kernel::{Day, Lang, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Deref;

use super::lesson::{Face, Part};
use super::library::AUDIENCES;
use super::photo::Photo;
use super::question::Question;
use super::scene::Scene;
use super::text::{Text, Texts};

/// How many questions of its pool finish a unit.
const ASKED_IN_A_UNIT: usize = 2;

/// A course.
#[derive(Clone, Debug)]
pub struct Course {
    /// Its address.
    pub slug: String,
    /// Which edition of its texts this is.
    pub version: String,
    /// How often those who had completed it were asked to take it again, and once more.
    pub edition: i64,
    /// For whom: `intro`, `executive`, `admin` or `beginner`.
    pub audience: String,
    /// The languages in which it is written.
    pub languages: Vec<Lang>,
    /// How long it takes.
    pub minutes: i64,
    /// The first day on which it is open.
    pub from: Day,
    /// The last day on which it is open.
    pub until: Day,
    /// On what its facts rest.
    pub sources: Vec<String>,
    /// Its title.
    pub title: Text,
    /// For whom, and what one can do afterwards.
    pub summary: Text,
    /// What one can do afterwards, point by point.
    pub objectives: Texts,
    /// Its units.
    pub units: Vec<Unit>,
    /// Its questions.
    pub questions: Questions,
    /// Its scenes, by name.
    pub scenes: Vec<(String, Scene)>,
    /// 確認テスト
    pub test: Exam,
    /// 事前確認
    pub test_out: Exam,
}

/// The questions of a course, in order, and found by the pool from which they are drawn.
#[derive(Clone, Debug, Default)]
pub struct Questions {
    all: Vec<Question>,
    pools: BTreeMap<String, Vec<usize>>,
}

impl Questions {
    fn of(&self, pool: &str) -> impl Iterator<Item = &Question> {
        self.pools.get(pool).into_iter().flatten().map(|place| &self.all[*place])
    }
}

impl From<Vec<Question>> for Questions {
    fn from(all: Vec<Question>) -> Self {
        let mut pools: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, question) in all.iter().enumerate() {
            pools.entry(question.pool.clone()).or_default().push(place);
        }
        Self { all, pools }
    }
}

impl Deref for Questions {
    type Target = [Question];

    fn deref(&self) -> &[Question] {
        &self.all
    }
}

/// A unit of three to five minutes.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its address within the course.
    pub slug: String,
    /// How long it takes.
    pub minutes: i64,
    /// Its title.
    pub title: Text,
    /// Its slides.
    pub slides: Vec<Slide>,
}

/// A slide in every language of its course.
#[derive(Clone, Debug)]
pub struct Slide {
    /// Its address within the unit, unique in the course.
    pub id: String,
    /// In each language.
    pub faces: Vec<(Lang, Face)>,
}

/// How a test is put together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exam {
    /// How many of a hundred have to be right.
    pub pass_percent: i64,
    /// How many from which pool.
    pub draw: Vec<Draw>,
}

/// So many questions of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// The pool.
    pub pool: String,
    /// How many.
    pub count: usize,
}

impl Exam {
    /// How many questions are asked.
    pub fn asked(&self) -> usize {
        self.draw.iter().map(|draw| draw.count).sum()
    }

    /// How many of so many have to be right.
    pub fn needed(&self, asked: i64) -> i64 {
        (asked * self.pass_percent + 99) / 100
    }
}

impl Course {
    /// For whom it is, as keys of words name it.
    pub fn for_whom(&self) -> &'static str {
        AUDIENCES.into_iter().find(|known| *known == self.audience).unwrap_or(AUDIENCES[0])
    }

    /// A unit.
    pub fn unit(&self, slug: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.slug == slug)
    }

    /// The unit and place of a slide.
    pub fn slide(&self, id: &str) -> Option<(&Unit, usize)> {
        self.units.iter().find_map(|unit| Some((unit, unit.slides.iter().position(|slide| slide.id == id)?)))
    }

    /// A question.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The questions of a unit.
    pub fn pool(&self, unit: &str) -> impl Iterator<Item = &Question> {
        self.questions.of(unit)
    }

    /// Those that have to be answered for the unit to be done.
    pub fn asked_in(&self, unit: &str) -> impl Iterator<Item = &Question> {
        self.pool(unit).take(ASKED_IN_A_UNIT)
    }

    /// Every picture made of points, as often as it stands on a slide.
    pub fn photos(&self) -> impl Iterator<Item = &Photo> {
        let parts = self.units.iter().flat_map(|unit| &unit.slides).flat_map(|slide| &slide.faces).flat_map(|(_, face)| &face.parts);
        parts.filter_map(|part| match part {
            Part::Photo { photo, .. } => Some(photo),
            _ => None,
        })
    }

    /// A scene.
    pub fn scene(&self, name: &str) -> Option<&Scene> {
        self.scenes.iter().find(|(known, _)| known == name).map(|(_, scene)| scene)
    }

    /// Whether it is open on a day.
    pub fn is_open(&self, day: Day) -> bool {
        self.from <= day && day <= self.until
    }

    /// The next instant at which it opens or closes.
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let opens = Timestamp::in_japan(self.from, 0, 0);
        let closes = Timestamp::in_japan(self.until, 0, 0).next_midnight();
        [opens, closes].into_iter().find(|moment| *moment > now)
    }

    /// What names the time in which it is open: completions of one such time do not count for the next. Where a course has to be
    /// taken again within that time, another name begins.
    pub fn period(&self) -> String {
        period(self.from, self.edition)
    }

    /// The language in which a reader of `lang` gets it.
    pub fn lang(&self, lang: Lang) -> Lang {
        if self.languages.contains(&lang) { lang } else { Lang::Ja }
    }
}

/// What names an edition of the time that begins on a day.
pub fn period(from: Day, edition: i64) -> String {
    if edition == 1 { from.to_string() } else { format!("{from}.{edition}") }
}

impl Slide {
    /// The slide for a reader of this language.
    pub fn face(&self, lang: Lang) -> &Face {
        let of = |wanted: Lang| self.faces.iter().find(|(lang, _)| *lang == wanted).map(|(_, face)| face);
        of(lang).or_else(|| of(Lang::Ja)).unwrap_or(&self.faces[0].1)
    }
}
