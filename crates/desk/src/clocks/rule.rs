//! `clocks.toml`: what starts a clock, when it is due, when a reminder begins, what ends it.

use kernel::{Day, Lang, Span, Timestamp};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::condition::Condition;
use super::facts::Facts;
use super::open_days;
use crate::contents::{self, Both, ContentFault};
use crate::triage::rules;

const FILE: &str = "clocks.toml";

/// At what hour of its day a reminder comes that begins on a day.
const MORNING: i8 = 9;

/// What has no number of days in the law is not late at the midnight after a call in the evening.
const EARLIEST: Span = Span::hours(6);

/// The clocks as shipped. The program checks them at its start, before anybody asks.
pub fn clocks() -> &'static Clocks {
    static CLOCKS: LazyLock<Clocks> = LazyLock::new(|| Clocks::shipped().expect("data/desk was checked at the start"));
    &CLOCKS
}

/// Every clock that a case can have.
#[derive(Clone, Debug)]
pub struct Clocks(Vec<Rule>);

#[derive(Deserialize)]
struct File {
    clock: Vec<Rule>,
}

/// One clock.
#[derive(Clone, Debug, Deserialize)]
pub struct Rule {
    /// The word in the database.
    pub id: String,
    /// Which duties it belongs to: `desk`, `ministry`, `privacy` …
    pub group: String,
    /// 個人情報保護委員会への速報
    pub name: Both,
    /// Whose it is.
    pub who: Whose,
    #[serde(default, rename = "applies_rule")]
    applies: Option<Applies>,
    start: Start,
    due: Due,
    #[serde(default)]
    amber: Option<Amber>,
    #[serde(default)]
    weekend: Weekend,
    /// What ends it, as it stands in the file.
    pub stop: String,
    /// What the page advises.
    #[serde(default)]
    pub hint: Option<Both>,
    /// The day that the page advises.
    #[serde(default)]
    pub goal: Option<Both>,
    /// Whether it starts by itself; else a responder switches it on.
    pub on: bool,
    /// On what it rests.
    #[serde(default)]
    pub legal: String,
    /// Whether it is a duty by law.
    #[serde(default)]
    pub legal_duty: bool,
    /// Whether the line was read in the official text.
    pub verified: bool,
    /// The clock that it takes the place of.
    #[serde(default)]
    pub replaces: Option<String>,
}

/// Whose duty a clock is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// 窓口
    Desk,
    /// 医療機関
    Institution,
}

/// From what a clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum Start {
    #[serde(rename = "case_made")]
    CaseMade,
    #[serde(rename = "known_at")]
    KnownAt,
    #[serde(rename = "last_message_to_institution")]
    LastWord,
    #[serde(rename = "lowered_at")]
    LoweredAt,
    #[serde(rename = "case_closed")]
    Closed,
    /// Alarms keep their own time.
    #[serde(rename = "alarm_sent")]
    Alarm,
    /// When whoever switches it on says that it began.
    #[serde(rename = "ministry_told_at", alias = "harm_known_at", alias = "manager_judged_at", alias = "first day of the month after care")]
    Said,
}

#[derive(Clone, Debug, Deserialize)]
struct Due {
    kind: Kind,
    #[serde(default)]
    n: Option<i64>,
    /// The day of the start is day 1.
    #[serde(default)]
    first_day: bool,
    #[serde(default)]
    target_days: i64,
    #[serde(default)]
    by_stage: BTreeMap<String, i64>,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    repeat: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Minutes,
    Hours,
    Days,
    Promptly,
    DayOfMonth,
    None,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Amber {
    Percent(i64),
    Hours(i64),
    Days(i64),
    DaysBefore(i64),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Weekend {
    #[default]
    AsIs,
    NextOpenDay,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Applies {
    Any(Vec<Condition>),
    All(Vec<Condition>),
}

/// When a clock is due and when its reminder begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// From this moment on it is overdue. Nothing: it only counts.
    pub due_at: Option<Timestamp>,
    /// When the reminder begins.
    pub amber_at: Option<Timestamp>,
}

impl Clocks {
    /// The clocks of `data/desk`.
    pub fn shipped() -> Result<Self, ContentFault> {
        Self::parse(&contents::text(FILE))
    }

    /// Reads and checks the clocks.
    pub fn parse(text: &str) -> Result<Self, ContentFault> {
        let File { clock: rules } = contents::parse(FILE, text)?;
        let is_known = |id: &str| rules.iter().any(|rule| rule.id == id);
        for rule in &rules {
            let fault = |what: String| Err(contents::fault(FILE, text, &rule.id, what));
            if rules.iter().filter(|other| other.id == rule.id).count() > 1 {
                return fault(format!("{} stands here twice", rule.id));
            }
            let names = rule.applies.iter().flat_map(Applies::conditions).filter_map(Condition::clock).chain(rule.replaces.as_deref());
            if let Some(unknown) = names.into_iter().find(|id| !is_known(id)) {
                return fault(format!("there is no clock {unknown}"));
            }
            let needs_number = matches!(rule.due.kind, Kind::Days | Kind::DayOfMonth)
                || matches!(rule.due.kind, Kind::Minutes | Kind::Hours) && rule.due.by_stage.is_empty() && rule.due.from.is_none();
            if needs_number && rule.due.n.is_none() {
                return fault(format!("{} says no number", rule.id));
            }
        }
        Ok(Self(rules))
    }

    /// Every clock, in the order of the file.
    pub fn all(&self) -> &[Rule] {
        &self.0
    }

    /// The clock with this id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.0.iter().find(|rule| rule.id == id)
    }
}

impl Rule {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &str {
        self.name.pick(lang)
    }

    /// Whether the case has this clock by itself. `has` says which clocks it has already.
    pub fn applies(&self, facts: &Facts, has: &dyn Fn(&str) -> bool) -> bool {
        let is_in_time = match self.start {
            Start::Alarm | Start::Said => false,
            Start::Closed => facts.closed_at.is_some(),
            _ => facts.closed_at.is_none(),
        };
        self.on && is_in_time && self.starts_at(facts).is_some() && self.fits(facts) && self.is_met(facts, has)
    }

    /// From when it runs, as far as the facts tell.
    pub fn starts_at(&self, facts: &Facts) -> Option<Timestamp> {
        match self.start {
            Start::CaseMade => Some(facts.made_at),
            Start::KnownAt => Some(facts.known_at),
            Start::LastWord => facts.last_word_at,
            Start::LoweredAt => facts.lowered_at,
            Start::Closed => facts.closed_at,
            Start::Alarm | Start::Said => None,
        }
    }

    /// Whether it moves when it becomes known that somebody knew earlier, or later.
    pub fn follows_knowledge(&self) -> bool {
        self.start == Start::KnownAt
    }

    /// Its minutes, if it is counted in them.
    pub fn minutes(&self) -> Option<i64> {
        self.due.n.filter(|_| self.due.kind == Kind::Minutes)
    }

    /// Whether what it waits for has happened, as far as the facts tell.
    pub fn is_over(&self, facts: &Facts) -> bool {
        let is_closed = facts.closed_at.is_some() && self.who == Whose::Desk && self.start != Start::Closed;
        match self.id.as_str() {
            _ if is_closed => true,
            "callback" => facts.called_at.is_some(),
            "identity" => facts.is_bound,
            "next-word" => !facts.is_responding,
            "lowering" => facts.lowered_at.is_none(),
            _ => false,
        }
    }

    /// Whether a case may have it several times, one after the other.
    pub fn recurs(&self) -> bool {
        self.due.repeat || matches!(self.id.as_str(), "next-word" | "lowering")
    }

    /// Whether it begins anew when it is stopped.
    pub const fn repeats(&self) -> bool {
        self.due.repeat
    }

    /// When it is due and when its reminder begins, if it runs from `start`.
    pub fn times(&self, start: Timestamp, facts: &Facts) -> Times {
        let Some(due_at) = self.due_at(start, facts) else { return Times::default() };
        let amber_at = self.amber.map(|amber| self.amber_at(amber, start, due_at)).filter(|amber| *amber > start && *amber < due_at);
        Times { due_at: Some(due_at), amber_at }
    }

    /// What `clocks.toml` says in words instead of a rule.
    fn fits(&self, facts: &Facts) -> bool {
        match self.id.as_str() {
            "callback" => facts.called_at.is_none(),
            "identity" => !facts.is_bound,
            "next-word" => facts.is_responding,
            "police" => facts.is_wrongful,
            "post-incident" => facts.stage.is_some_and(|stage| stage >= 2) || facts.was_dispatched,
            _ => true,
        }
    }

    fn is_met(&self, facts: &Facts, has: &dyn Fn(&str) -> bool) -> bool {
        match &self.applies {
            None => true,
            Some(Applies::Any(conditions)) => conditions.iter().any(|condition| condition.holds(facts, has)),
            Some(Applies::All(conditions)) => conditions.iter().all(|condition| condition.holds(facts, has)),
        }
    }

    fn due_at(&self, start: Timestamp, facts: &Facts) -> Option<Timestamp> {
        let n = self.due.n.unwrap_or_default();
        match self.due.kind {
            Kind::None => None,
            Kind::Minutes if self.due.from.is_some() => {
                rules().promise.on.then(|| start.plus(Span::minutes(rules().callback_minutes(facts.urgency))))
            }
            Kind::Minutes => Some(start.plus(Span::minutes(n))),
            Kind::Hours if !self.due.by_stage.is_empty() => {
                let hours = self.due.by_stage.get(&facts.stage?.to_string())?;
                Some(start.plus(Span::hours(*hours)))
            }
            Kind::Hours => Some(start.plus(Span::hours(n))),
            Kind::Days => Some(self.end_of(after(start.day(), n - i64::from(self.due.first_day)))),
            Kind::Promptly => Some(self.end_of(after(start.day(), self.due.target_days)).max(start.plus(EARLIEST))),
            Kind::DayOfMonth => {
                let next_month = start.day().last_of_month().tomorrow().ok()?;
                Some(self.end_of(after(next_month, n - 1)))
            }
        }
    }

    fn end_of(&self, day: Day) -> Timestamp {
        let day = if self.weekend == Weekend::NextOpenDay { open_days::or_next(day) } else { day };
        Timestamp::in_japan(day, 0, 0).next_midnight()
    }

    fn amber_at(&self, amber: Amber, start: Timestamp, due_at: Timestamp) -> Timestamp {
        match amber {
            Amber::Percent(percent) => start.plus(Span::micros(due_at.since(start).as_micros() / 100 * percent)),
            Amber::Hours(hours) => start.plus(Span::hours(hours)),
            Amber::Days(days) => Timestamp::in_japan(after(start.day(), days - i64::from(self.due.first_day)), MORNING, 0),
            Amber::DaysBefore(days) => Timestamp::in_japan(after(due_at.day(), -days - 1), MORNING, 0),
        }
    }
}

impl Applies {
    fn conditions(&self) -> &[Condition] {
        match self {
            Self::Any(conditions) | Self::All(conditions) => conditions,
        }
    }
}

/// The day `days` after this one.
fn after(day: Day, days: i64) -> Day {
    day.checked_add(jiff::Span::new().days(days)).unwrap_or(day)
}
