//! 段階 and 緊急度: what a judgement says.

use serde::{Deserialize, Serialize};

/// ステージ0～IV
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Stage(u8);

/// 緊急度: 1 is the highest. Ordered by what comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Urgency(u8);

/// The number is none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is out of range")]
pub struct OutOfRange(i64);

/// The stage of a case, or why it has none. Ordered by weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// It is no malware: urgency alone.
    NotMalware,
    /// Nothing is known yet from which a stage follows.
    Undecided,
    /// ステージ0～IV
    Stage(Stage),
}

/// What follows from the axes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The stage, or why there is none.
    pub grade: Grade,
    /// The rule that it comes from.
    pub rule: Option<String>,
    /// 緊急度
    pub urgency: Urgency,
    /// Whether a floor has raised the urgency above what care alone asks.
    pub is_by_floor: bool,
}

impl Stage {
    /// From light to heavy.
    pub const ALL: [Self; 5] = [Self(0), Self(1), Self(2), Self(3), Self(4)];

    /// 0 to 4.
    pub const fn number(self) -> i64 {
        self.0 as i64
    }
}

impl Urgency {
    /// From the most urgent.
    pub const ALL: [Self; 4] = [Self(1), Self(2), Self(3), Self(4)];

    /// 最優先
    pub const HIGHEST: Self = Self(1);

    /// 1 to 4, as in the database.
    pub const fn rank(self) -> i64 {
        self.0 as i64
    }
}

impl Grade {
    /// The stage, if there is one: the column of the table.
    pub const fn stage(self) -> Option<i64> {
        match self {
            Self::Stage(stage) => Some(stage.number()),
            Self::NotMalware | Self::Undecided => None,
        }
    }

    /// The grade of a case from its columns.
    pub fn of(stage: Option<i64>, is_malware: bool) -> Self {
        match stage.and_then(|stage| Stage::try_from(stage).ok()) {
            Some(stage) => Self::Stage(stage),
            None if is_malware => Self::Undecided,
            None => Self::NotMalware,
        }
    }

    /// How the style sheet draws it: `stage-4`, `stage-none`.
    pub fn shape(self) -> String {
        self.stage().map_or_else(|| "stage-none".to_owned(), |stage| format!("stage-{stage}"))
    }
}

impl Judgement {
    /// Whether this is lighter than `before`, by stage or by urgency: what one person alone may not decide for good.
    pub fn is_lighter_than(&self, before: &Weight) -> bool {
        self.grade < before.grade || self.urgency > before.urgency
    }

    /// How heavy it is.
    pub const fn weight(&self) -> Weight {
        Weight { grade: self.grade, urgency: self.urgency }
    }
}

/// Stage and urgency alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The stage, or why there is none.
    pub grade: Grade,
    /// 緊急度
    pub urgency: Urgency,
}

macro_rules! number {
    ($type:ident, $range:expr) => {
        impl TryFrom<i64> for $type {
            type Error = OutOfRange;
            fn try_from(number: i64) -> Result<Self, OutOfRange> {
                u8::try_from(number).ok().filter(|number| $range.contains(number)).map(Self).ok_or(OutOfRange(number))
            }
        }

        impl From<$type> for i64 {
            fn from(value: $type) -> Self {
                value.0.into()
            }
        }

        impl db::FromColumn for $type {
            fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
                Ok(Self::try_from(i64::from_column(value)?)?)
            }
        }
    };
}

number!(Stage, 0..=4);
number!(Urgency, 1..=4);
