//! The rules by which mails go out around a session, from `data/mail-rules.toml`, and what the secretariat set otherwise.

use db::{FromColumn, Unreadable, Value};
use kernel::{Span, Timestamp, minutes_of_day};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use web::data_text;

use crate::office::staff_pages::Whole;

/// Mails that go out by themselves around a session, in the order of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// 受付の締切が近い: to those who wait.
    Deadline,
    /// A week before.
    Week,
    /// The day before.
    Day,
    /// Just before, with the link to join.
    Hour,
    /// The day after: the questionnaire, and when the recordings come.
    After,
    /// The recordings end soon: to those who were absent.
    CatchUp,
}

/// What a time is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// 開始
    Start,
    /// 終了
    End,
    /// 受付の締切
    Closes,
    /// アーカイブの公開終了
    ArchiveEnds,
}

/// Whom a mail concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// Who has a seat.
    Seat,
    /// Who waits for one.
    Waiting,
    /// Who had a seat and has not answered the questionnaire.
    Unanswered,
    /// Who was absent and has not made up for it.
    Absent,
}

/// When a mail goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Timing {
    /// So many days from the day of the moment, at so many minutes of that day in Japan.
    Days {
        /// Before: less than nothing.
        days: i64,
        /// 480: at eight.
        minutes: i64,
    },
    /// So many minutes before the moment, whatever the hour.
    Before {
        /// 60: an hour.
        minutes: i64,
    },
}

/// What `data/mail-rules.toml` says about a rule.
#[derive(Clone, Debug)]
pub struct Given {
    /// The rule.
    pub rule: Rule,
    /// What its time is counted from.
    pub goes_by: Moment,
    /// When it goes out unless set otherwise.
    pub timing: Timing,
    /// Whom it concerns.
    pub to: To,
    /// Whether people may say that they do not want it.
    pub optional: bool,
    /// Whether a session that moved afterwards is told of once more.
    pub again: bool,
}

/// How a rule is set for a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Whether it goes out.
    pub is_on: bool,
    /// When.
    pub timing: Timing,
    /// A sentence of the secretariat's own.
    pub extra_ja: String,
    /// The same in English.
    pub extra_en: String,
}

/// When a mail goes out, what it is about, and from when on it is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// When it goes out.
    pub at: Timestamp,
    /// The moment that it goes by.
    pub moment: Timestamp,
    /// From when on nobody needs it.
    pub useless: Timestamp,
}

/// A mail that did not go out on its day is still worth so many days, where it does not go by what lies ahead.
const FRESH: Span = Span::days(7);

#[derive(Deserialize)]
struct Line {
    id: Rule,
    goes_by: Moment,
    days: Option<i64>,
    at: Option<String>,
    before: Option<i64>,
    to: To,
    optional: bool,
    again: bool,
}

#[derive(Deserialize)]
struct File {
    rule: Vec<Line>,
}

static RULES: LazyLock<Vec<Given>> = LazyLock::new(|| {
    let file: File = toml::from_str(&data_text("mail-rules.toml")).expect("mail-rules.toml has the shape that its schema names");
    let time = |text: &str| minutes_of_day(text).expect("a time of mail-rules.toml reads 8:00");
    let all = file.rule.into_iter().map(|line| Given {
        rule: line.id,
        goes_by: line.goes_by,
        timing: match line.before {
            Some(minutes) => Timing::Before { minutes },
            None => Timing::Days { days: line.days.unwrap_or(0), minutes: time(line.at.as_deref().unwrap_or("8:00")) },
        },
        to: line.to,
        optional: line.optional,
        again: line.again,
    });
    all.collect()
});

/// The hours at which people are written to, whatever about.
pub use web::{Hours, mail_hours as hours};

impl Rule {
    /// All of them, in the order of the year.
    pub const ALL: [Self; 6] = [Self::Deadline, Self::Week, Self::Day, Self::Hour, Self::After, Self::CatchUp];

    /// The word in the database, in addresses and in the data file.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Deadline => "deadline",
            Self::Week => "week",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::After => "after",
            Self::CatchUp => "catch-up",
        }
    }

    /// The one with this word.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }

    /// What the data file says about it.
    pub fn given(self) -> &'static Given {
        RULES.iter().find(|given| given.rule == self).expect("mail-rules.toml names each of the rules")
    }
}

impl FromColumn for Rule {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        let id = value.text()?;
        Self::of(id).ok_or_else(|| format!("{id} is no rule").into())
    }
}

impl From<Rule> for db::Arg {
    fn from(rule: Rule) -> Self {
        rule.id().into()
    }
}

impl Given {
    /// As it is set unless the secretariat says otherwise.
    pub const fn setting(&self) -> Setting {
        Setting { is_on: true, timing: self.timing, extra_ja: String::new(), extra_en: String::new() }
    }

    /// Whether it goes out at its minute, by night too: what has a link to join.
    pub const fn is_urgent(&self) -> bool {
        matches!(self.timing, Timing::Before { .. })
    }

    /// Whether it goes out before its moment.
    pub fn is_before(&self) -> bool {
        match self.timing {
            Timing::Before { .. } => true,
            Timing::Days { days, .. } => days <= 0,
        }
    }

    /// The moment that it goes by, if it is known.
    fn moment(&self, whole: &Whole) -> Option<Timestamp> {
        let session = &whole.session;
        match self.goes_by {
            // Without an hour there is nothing that begins in an hour.
            Moment::Start if self.is_urgent() => session.starts_at,
            Moment::Start => session.held().map(|(begins, _)| begins),
            Moment::End => session.held().map(|(_, ends)| ends),
            Moment::Closes => session.closes_at,
            Moment::ArchiveEnds => session.day.and(whole.programme.archive(whole.course.archive_opens_at)).and_then(|(_, ends)| ends),
        }
    }

    /// When it goes out for a session, within these hours unless it goes by a minute; never for one that was called off or has no date.
    pub fn due(&self, whole: &Whole, timing: Timing, hours: &Hours) -> Option<Due> {
        if whole.session.cancelled_at.is_some() {
            return None;
        }
        let moment = self.moment(whole)?;
        let at = match timing {
            Timing::Before { minutes } => moment.minus(Span::minutes(minutes)),
            Timing::Days { days, minutes } => {
                let midnight = Timestamp::in_japan(moment.day(), 0, 0).plus(Span::days(days));
                // Too early, or too late before something: that morning. Too late after something: the next one.
                match minutes {
                    _ if hours.contains(&minutes) => midnight.plus(Span::minutes(minutes)),
                    late if late >= hours.end && !self.is_before() => midnight.plus(Span::days(1)).plus(Span::minutes(hours.start)),
                    _ => midnight.plus(Span::minutes(hours.start)),
                }
            }
        };
        let useless = if self.is_before() { moment } else { at.plus(FRESH) };
        (at < useless && (self.is_before() || at >= moment)).then_some(Due { at, moment, useless })
    }

    /// What tells two mails of this rule about one session apart: nothing, unless it goes out again for another moment.
    pub const fn edition(&self, due: Due) -> i64 {
        if self.again { due.moment.as_micros() } else { 0 }
    }

    /// Who applied from this moment on was not there yet.
    pub fn cut(&self, whole: &Whole, due: Due) -> Timestamp {
        match self.to {
            // Who comes for the recording was not in the session.
            To::Unanswered | To::Absent => whole.session.held().map_or(due.at, |(_, ends)| ends.min(due.at)),
            To::Seat | To::Waiting => due.at,
        }
    }
}

impl Setting {
    /// Its own sentence.
    pub fn extra(&self, lang: kernel::Lang) -> &str {
        lang.pick(&self.extra_ja, &self.extra_en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_given_and_within_the_hours() {
        for rule in Rule::ALL {
            let given = rule.given();
            assert_eq!(Rule::of(rule.id()), Some(rule));
            if let Timing::Days { minutes, .. } = given.timing {
                assert!(hours(&web::Settings::shipped()).contains(&minutes), "{rule:?} goes out at {}", kernel::time_of_day(minutes));
            }
        }
    }

    #[test]
    fn what_is_needed_to_take_part_cannot_be_declined() {
        assert!(!Rule::Day.given().optional && !Rule::Hour.given().optional);
        assert!(Rule::Week.given().optional && Rule::After.given().optional);
    }
}
