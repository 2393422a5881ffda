//! `stages.toml`: the rules by which stage and urgency follow from the axes. None overlap, none of the hundred combinations is left out.

mod check;

use kernel::Lang;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::grade::{Grade, Judgement, Stage, Urgency};
use crate::cases::{Axes, Backup, CareImpact, Product, Spread};
use crate::contents::{self, Both, ContentFault};

const FILE: &str = "stages.toml";
const QUESTIONS: &str = "questions.toml";

/// The rules as shipped. The program checks them at its start, before anybody asks.
pub fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::shipped().expect("data/desk was checked at the start"));
    &RULES
}

/// How stage and urgency follow from what is known.
#[derive(Clone, Debug)]
pub struct Rules {
    axes: BTreeMap<String, Axis>,
    applies: Applies,
    stages: Vec<StageWords>,
    all: Vec<Rule>,
    urgencies: Vec<UrgencyWords>,
    floors: Vec<Floor>,
    responses: Vec<Response>,
    /// How a change is told.
    pub change: Change,
    /// Whether a time is promised for the call-back.
    pub promise: Promise,
    events: Vec<Event>,
    /// Cases whose stage is known, from `stages.toml`: the rules have to come to it.
    pub examples: Vec<Example>,
}

#[derive(Deserialize)]
struct File {
    axis: BTreeMap<String, Axis>,
    applies: Applies,
    stage: Vec<StageWords>,
    rule: Vec<Rule>,
    urgency: Vec<UrgencyWords>,
    floor: Vec<Floor>,
    response: Vec<Response>,
    change: Change,
    promise: Promise,
    example: Vec<Example>,
}

#[derive(Deserialize)]
struct Questions {
    event: Vec<Event>,
}

/// The words of an axis.
#[derive(Clone, Debug, Deserialize)]
pub struct Axis {
    /// 広がり
    pub name: Both,
    /// Its answers, in the order of the page.
    pub values: Vec<AxisValue>,
}

/// An answer of an axis.
#[derive(Clone, Debug, Deserialize)]
pub struct AxisValue {
    /// The word in the database.
    pub id: String,
    #[serde(flatten)]
    words: Both,
}

#[derive(Clone, Debug, Deserialize)]
struct Applies {
    events: Vec<String>,
    none_yet: Both,
    none_yet_why: Both,
    not_malware: Both,
    not_malware_why: Both,
}

#[derive(Clone, Debug, Deserialize)]
struct StageWords {
    id: Stage,
    label: Both,
    meaning: Both,
}

/// One rule: these spreads with these backups under these products are this stage.
#[derive(Clone, Debug, Deserialize)]
pub struct Rule {
    /// Its name.
    pub id: String,
    spread: Vec<Spread>,
    backup: Vec<Backup>,
    product: Vec<Product>,
    /// The stage.
    pub stage: Stage,
    /// The sentence that stands on the page.
    pub why: Both,
}

#[derive(Clone, Debug, Deserialize)]
struct UrgencyWords {
    id: String,
    rank: Urgency,
    care_impact: Vec<CareImpact>,
    label: Both,
    suggest_minutes: i64,
    why: Both,
}

/// What keeps the urgency from falling below.
#[derive(Clone, Debug, Deserialize)]
struct Floor {
    stage: Option<Stage>,
    /// A detail of the questions, such as `account/money`.
    answer: Option<String>,
    urgency: String,
    why: Both,
}

/// What the desk does first at a stage.
#[derive(Clone, Debug, Deserialize)]
pub struct Response {
    stage: Stage,
    /// オンラインで一緒に確認
    pub support: Both,
}

/// How a change of the stage is told.
#[derive(Clone, Debug, Deserialize)]
pub struct Change {
    /// 上げるのは、その場で一人でできます。
    pub raise: Both,
    /// 下げるときは「仮」です。
    pub lower: Both,
    /// 確かめられなければ、元に戻ります。
    pub overdue: Both,
    /// How long a lowering waits for a second person.
    pub lower_hours: i64,
}

/// Whether a time is promised for the call-back; out of the box none is.
#[derive(Clone, Debug, Deserialize)]
pub struct Promise {
    /// Switched on by the operator.
    pub on: bool,
}

/// A kind of incident.
#[derive(Clone, Debug, Deserialize)]
pub struct Event {
    /// The word in the database.
    pub id: String,
    /// Whether a stage is given.
    pub malware: bool,
    /// The least urgency.
    floor: Option<String>,
    /// The playbook to work by.
    pub playbook: String,
    /// ランサムウェア
    pub name: Both,
}

/// A case whose stage is known.
#[derive(Clone, Debug, Deserialize)]
pub struct Example {
    /// Whose.
    pub name: String,
    /// 広がり
    pub spread: Spread,
    /// Every backup that comes to the same.
    pub backup: Vec<Backup>,
    /// Every product that comes to the same.
    pub product: Vec<Product>,
    /// 診療への影響
    pub care_impact: CareImpact,
    /// The stage that the rules have to come to.
    pub stage: Stage,
    /// The urgency, by its id.
    pub urgency: String,
}

impl Rules {
    /// The rules of `data/desk`.
    pub fn shipped() -> Result<Self, ContentFault> {
        Self::parse(&contents::text(FILE), &contents::text(QUESTIONS))
    }

    /// Reads and checks the rules.
    pub fn parse(stages: &str, questions: &str) -> Result<Self, ContentFault> {
        let file: File = contents::parse(FILE, stages)?;
        let Questions { event: events } = contents::parse(QUESTIONS, questions)?;
        let rules = Self {
            axes: file.axis,
            applies: file.applies,
            stages: file.stage,
            all: file.rule,
            urgencies: file.urgency,
            floors: file.floor,
            responses: file.response,
            change: file.change,
            promise: file.promise,
            events,
            examples: file.example,
        };
        rules.check_words(stages)?;
        rules.check_rules(stages)?;
        rules.check_urgencies(stages, questions)?;
        Ok(rules)
    }

    /// What follows from what is known: stage and urgency, each with its sentence. `answers` are details of the questions that have a
    /// floor, such as `account/money`.
    pub fn judge(&self, event: Option<&str>, axes: &Axes, answers: &[String]) -> Judgement {
        let rule = self.is_malware(event).then(|| self.rule_of(*axes)).flatten();
        let grade = match (event, rule) {
            (_, Some(rule)) => Grade::Stage(rule.stage),
            (Some(event), None) if !self.is_malware(Some(event)) => Grade::NotMalware,
            _ => Grade::Undecided,
        };
        let by_care = self.by_care(axes.care_impact);
        let floor = self.floors_of(event, grade, answers).filter(|floor| *floor < by_care).min();
        Judgement { grade, rule: rule.map(|rule| rule.id.clone()), urgency: floor.unwrap_or(by_care), is_by_floor: floor.is_some() }
    }

    /// Whether this kind of incident has a stage.
    pub fn is_malware(&self, event: Option<&str>) -> bool {
        event.is_some_and(|event| self.applies.events.iter().any(|applies| applies == event))
    }

    /// The kinds of incidents, in the order of the list.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The kind with this id.
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.id == id)
    }

    /// The words of an axis: `spread`, `backup`, `product`, `care_impact`, `data_exit` or `path`.
    pub fn axis(&self, id: &str) -> Option<&Axis> {
        self.axes.get(id)
    }

    /// ステージIV, 段階は未定, or 段階なし（緊急度だけ）
    pub fn label(&self, grade: Grade, lang: Lang) -> &str {
        match grade {
            Grade::Stage(stage) => self.stage_words(stage).label.pick(lang),
            Grade::Undecided => self.applies.none_yet.pick(lang),
            Grade::NotMalware => self.applies.not_malware.pick(lang),
        }
    }

    /// What a stage means; for none, why there is none.
    pub fn meaning(&self, grade: Grade, lang: Lang) -> &str {
        match grade {
            Grade::Stage(stage) => self.stage_words(stage).meaning.pick(lang),
            Grade::Undecided => self.applies.none_yet_why.pick(lang),
            Grade::NotMalware => self.applies.not_malware_why.pick(lang),
        }
    }

    /// Why the stage is this one.
    pub fn why(&self, judgement: &Judgement, lang: Lang) -> &str {
        let rule = self.all.iter().find(|rule| Some(&rule.id) == judgement.rule.as_ref());
        rule.map_or_else(|| self.meaning(judgement.grade, lang), |rule| rule.why.pick(lang))
    }

    /// 最優先
    pub fn urgency_label(&self, urgency: Urgency, lang: Lang) -> &str {
        self.urgency_words(urgency).label.pick(lang)
    }

    /// Why it is as urgent as that; nothing if the kind of the incident alone says so.
    pub fn urgency_why(&self, judgement: &Judgement, answers: &[String], lang: Lang) -> Option<&str> {
        if !judgement.is_by_floor {
            return Some(self.urgency_words(judgement.urgency).why.pick(lang));
        }
        let reaches = |floor: &&Floor| floor.is_for(judgement.grade, answers) && self.urgency_of(&floor.urgency) == Some(judgement.urgency);
        self.floors.iter().find(reaches).map(|floor| floor.why.pick(lang))
    }

    /// In how many minutes the desk calls back at this urgency, if the operator promises it.
    pub fn callback_minutes(&self, urgency: Urgency) -> i64 {
        self.urgency_words(urgency).suggest_minutes
    }

    /// What the desk does first at this stage.
    pub fn response(&self, grade: Grade) -> Option<&Response> {
        let Grade::Stage(stage) = grade else { return None };
        self.responses.iter().find(|response| response.stage == stage)
    }

    fn rule_of(&self, axes: Axes) -> Option<&Rule> {
        if !axes.has_begun() {
            return None;
        }
        // Once one of the three is answered, what was not asked yet counts as わからない.
        let spread = if axes.spread.is_answered() { axes.spread } else { Spread::Unknown };
        let backup = if axes.backup.is_answered() { axes.backup } else { Backup::Unknown };
        let product = if axes.product.is_answered() { axes.product } else { Product::Unknown };
        self.all.iter().find(|rule| rule.covers(spread, backup, product))
    }

    /// Not asked yet is as urgent as わからない: nobody may wait because a question was not put.
    fn by_care(&self, care: CareImpact) -> Urgency {
        let care = if care.is_answered() { care } else { CareImpact::Unknown };
        self.urgencies.iter().find(|urgency| urgency.care_impact.contains(&care)).map_or(Urgency::HIGHEST, |urgency| urgency.rank)
    }

    fn floors_of<'a>(&'a self, event: Option<&'a str>, grade: Grade, answers: &'a [String]) -> impl Iterator<Item = Urgency> + 'a {
        let of_event = event.and_then(|event| self.event(event)).and_then(|event| event.floor.as_deref());
        let of_rules = self.floors.iter().filter(move |floor| floor.is_for(grade, answers)).map(|floor| floor.urgency.as_str());
        of_event.into_iter().chain(of_rules).filter_map(|id| self.urgency_of(id))
    }

    /// The urgency with this id.
    pub fn urgency_of(&self, id: &str) -> Option<Urgency> {
        self.urgencies.iter().find(|urgency| urgency.id == id).map(|urgency| urgency.rank)
    }

    fn urgency_words(&self, urgency: Urgency) -> &UrgencyWords {
        self.urgencies.iter().find(|words| words.rank == urgency).expect("every rank was found when the file was read")
    }

    fn stage_words(&self, stage: Stage) -> &StageWords {
        self.stages.iter().find(|words| words.id == stage).expect("every stage was found when the file was read")
    }
}

impl Axis {
    /// The words of an answer; 未回答 has none here.
    pub fn word(&self, id: &str, lang: Lang) -> Option<&str> {
        self.values.iter().find(|value| value.id == id).map(|value| value.words.pick(lang))
    }
}

impl AxisValue {
    /// Its words.
    pub fn word(&self, lang: Lang) -> &str {
        self.words.pick(lang)
    }
}

impl Rule {
    fn covers(&self, spread: Spread, backup: Backup, product: Product) -> bool {
        self.spread.contains(&spread) && self.backup.contains(&backup) && self.product.contains(&product)
    }
}

impl Floor {
    fn is_for(&self, grade: Grade, answers: &[String]) -> bool {
        let by_stage = self.stage.is_some_and(|stage| grade == Grade::Stage(stage));
        by_stage || self.answer.as_ref().is_some_and(|answer| answers.contains(answer))
    }
}
