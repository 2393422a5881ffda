//! Course structures (cmi5 section 13.1): what a `cmi5.xml` says.

mod mastery;
mod read;
mod url;
mod write;
mod wrong;
mod xml;

use serde::{Deserialize, Serialize};

pub use mastery::MasteryScore;
pub use url::{Place, UnitUrl};
pub use wrong::{NotACourse, Wrong};

pub(crate) use url::file_name;

/// A course: units, in blocks or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The publisher's id.
    pub id: String,
    /// What it is called.
    pub title: Texts,
    /// What it is about.
    pub description: Texts,
    /// What is learned in it.
    pub objectives: Vec<Objective>,
    /// What it is made of, in order.
    pub children: Vec<Node>,
}

/// A part of a course.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Parts that belong together.
    Block(Block),
    /// What is launched.
    Unit(Box<Unit>),
}

/// Parts that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Its place among all blocks of the course, from 0, in the order of the file.
    pub position: usize,
    /// The publisher's id.
    pub id: String,
    /// What it is called.
    pub title: Texts,
    /// What it is about.
    pub description: Texts,
    /// The ids of what is learned in it.
    pub objectives: Vec<String>,
    /// What it is made of, in order.
    pub children: Vec<Node>,
}

/// An assignable unit (AU): what is launched.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its place among all units of the course, from 0, in the order of the file.
    pub position: usize,
    /// The publisher's id.
    pub id: String,
    /// What it is called.
    pub title: Texts,
    /// What it is about.
    pub description: Texts,
    /// The ids of what is learned in it.
    pub objectives: Vec<String>,
    /// Where it begins.
    pub url: UnitUrl,
    /// What its author tells it at launch.
    pub launch_parameters: Option<String>,
    /// By what it knows that it may be used.
    pub entitlement_key: Option<String>,
    /// What has to happen for it to count as done.
    pub move_on: MoveOn,
    /// The score that passes.
    pub mastery_score: Option<MasteryScore>,
    /// Whether it needs a window of its own.
    pub launch_method: LaunchMethod,
    /// What kind of activity it is.
    pub activity_type: Option<String>,
}

/// Something that is learned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objective {
    /// The publisher's id.
    pub id: String,
    /// What it is called.
    pub title: Texts,
    /// What it is.
    pub description: Texts,
}

/// A text in some languages, in the order of the file; the tag is empty where none was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub Vec<(String, String)>);

impl Texts {
    /// The text in a language, else in the first one.
    pub fn get(&self, language: &str) -> &str {
        let suits = |tag: &str| tag.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case(language));
        let found = self.0.iter().find(|(tag, text)| suits(tag) && !text.is_empty());
        found.or_else(|| self.0.iter().find(|(_, text)| !text.is_empty())).map_or("", |(_, text)| text)
    }

    /// As a language map of xAPI: each language once, `und` where none was given.
    pub fn map(&self) -> serde_json::Map<String, serde_json::Value> {
        let mut map = serde_json::Map::new();
        for (tag, text) in self.0.iter().filter(|(_, text)| !text.is_empty()) {
            let tag = if tag.is_empty() { "und" } else { tag };
            map.entry(tag).or_insert_with(|| text.as_str().into());
        }
        map
    }
}

/// What has to happen for a unit to count as done (section 13.1.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MoveOn {
    /// It is passed.
    Passed,
    /// It is completed.
    Completed,
    /// Both.
    CompletedAndPassed,
    /// One of both.
    CompletedOrPassed,
    /// Nothing.
    #[default]
    NotApplicable,
}

impl MoveOn {
    /// Every value.
    pub const ALL: [Self; 5] = [Self::Passed, Self::Completed, Self::CompletedAndPassed, Self::CompletedOrPassed, Self::NotApplicable];

    /// As course structures write it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Passed => "Passed",
            Self::Completed => "Completed",
            Self::CompletedAndPassed => "CompletedAndPassed",
            Self::CompletedOrPassed => "CompletedOrPassed",
            Self::NotApplicable => "NotApplicable",
        }
    }

    /// Whether it is met.
    pub const fn is_met(self, completed: bool, passed: bool) -> bool {
        match self {
            Self::Passed => passed,
            Self::Completed => completed,
            Self::CompletedAndPassed => completed && passed,
            Self::CompletedOrPassed => completed || passed,
            Self::NotApplicable => true,
        }
    }
}

/// In which window a unit runs (section 13.1.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LaunchMethod {
    /// In one of its own.
    OwnWindow,
    /// In any.
    #[default]
    AnyWindow,
}

impl LaunchMethod {
    /// As course structures write it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::OwnWindow => "OwnWindow",
            Self::AnyWindow => "AnyWindow",
        }
    }
}

impl Course {
    /// Reads a course structure. Addresses of files in a package are not looked at here.
    pub fn read(bytes: &[u8]) -> Result<Self, NotACourse> {
        read::course(&xml::parse(bytes)?)
    }

    /// All units, in the order of the file: the place in the list is [`Unit::position`].
    pub fn units(&self) -> Vec<&Unit> {
        let mut units = Vec::new();
        gather(&self.children, &mut |node| {
            if let Node::Unit(unit) = node {
                units.push(&**unit);
            }
        });
        units
    }

    /// All blocks, in the order of the file: the place in the list is [`Block::position`].
    pub fn blocks(&self) -> Vec<&Block> {
        let mut blocks = Vec::new();
        gather(&self.children, &mut |node| {
            if let Node::Block(block) = node {
                blocks.push(block);
            }
        });
        blocks
    }

    /// Without a ZIP every unit has a whole address (section 14.2).
    pub fn check_addresses_are_whole(&self) -> Result<(), NotACourse> {
        match self.units().into_iter().find(|unit| unit.url.path().is_some()) {
            Some(unit) => Err(NotACourse::of(Wrong::RelativeUrl, &unit.id, unit.url.as_str())),
            None => Ok(()),
        }
    }
}

fn gather<'a>(nodes: &'a [Node], take: &mut impl FnMut(&'a Node)) {
    for node in nodes {
        take(node);
        if let Node::Block(block) = node {
            gather(&block.children, take);
        }
    }
}
