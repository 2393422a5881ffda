//! The words of `data/`: what facts there are, what axes and stages are called, who may have what.

mod files;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use self::files::{FactsFile, KindsFile, QuestionsFile, ReceiversFile, StagesFile};
use crate::forms::Form;
use crate::receiver::Receiver;

/// A text in both languages. What leaves is in Japanese; the pages speak both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Said {
    /// 日本語
    pub ja: String,
    /// English
    pub en: String,
}

/// All the words, read once.
#[derive(Clone, Debug)]
pub struct Lexicon {
    pub(crate) facts: Vec<FactKind>,
    pub(crate) unknown: Said,
    pub(crate) axes: BTreeMap<String, Axis>,
    pub(crate) events: BTreeMap<String, Said>,
    pub(crate) stages: BTreeMap<u8, Stage>,
    pub(crate) kinds: BTreeMap<String, Said>,
    pub(crate) prefectures: BTreeMap<String, Prefecture>,
    pub(crate) tools: Tools,
    pub(crate) shared_hosts: BTreeSet<String>,
    /// Who may have what, in the order of a select.
    pub receivers: Vec<Receiver>,
    /// The forms, in the order of their files.
    pub forms: Vec<Form>,
}

/// A fact that a case may know.
#[derive(Clone, Debug, Deserialize)]
pub struct FactKind {
    /// The id, as forms name it.
    pub id: String,
    /// What it is called.
    pub name: Said,
    /// Whether its words are sealed at rest, and come from a responder's browser.
    pub sealed: bool,
    /// Whether it tells who the institution or a person is.
    #[serde(default)]
    pub identifies: bool,
    from: String,
}

impl FactKind {
    /// Whether it is written down for each file and not for the case.
    pub fn is_of_the_export(&self) -> bool {
        self.from == "export"
    }
}

/// A fault in a file of `data/`, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Fault {
    /// Such as `desk/forms/ppc.toml`.
    pub file: String,
    /// Counted from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "data/{}:{}: {}", self.file, self.line, self.reason)
    }
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Axis {
    values: Vec<Value>,
}

#[derive(Clone, Debug, Deserialize)]
struct Value {
    id: String,
    #[serde(flatten)]
    said: Said,
}

#[derive(Clone, Debug)]
pub(crate) struct Stage {
    pub label: Said,
    pub criticality: u8,
}

#[derive(Clone, Debug)]
pub(crate) struct Prefecture {
    pub name: String,
    pub region: Said,
}

/// How a case is said in the words of other tools.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Tools {
    event: Vec<ToolEvent>,
    path: Vec<ToolPath>,
    stage: Vec<ToolStage>,
    beds: Beds,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ToolEvent {
    id: String,
    pub incident_types: Vec<String>,
    #[serde(default)]
    pub malware_types: Vec<String>,
    #[serde(default)]
    pub techniques: Vec<Technique>,
    pub rsit: Rsit,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Technique {
    pub id: String,
    pub name: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Rsit {
    pub predicate: String,
    pub value: String,
}

#[derive(Clone, Debug, Deserialize)]
struct ToolPath {
    id: String,
    technique: Technique,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ToolStage {
    id: u8,
    pub determination: String,
    pub recoverability: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Beds {
    from: Vec<u32>,
}

impl Lexicon {
    /// Reads the files; `text` gives one by its path under `data/`, and `forms` are the names in `desk/forms/`.
    pub fn read(text: impl Fn(&str) -> String, forms: &[String]) -> Result<Self, Fault> {
        let facts: FactsFile = toml_of(&text, FACTS)?;
        let stages: StagesFile = toml_of(&text, "desk/stages.toml")?;
        let questions: QuestionsFile = toml_of(&text, "desk/questions.toml")?;
        let kinds: KindsFile = toml_of(&text, "institution-kinds.toml")?;
        let receivers: ReceiversFile = toml_of(&text, RECEIVERS)?;
        let criticality: BTreeMap<u8, u8> = stages.response.iter().map(|it| (it.stage, it.criticality)).collect();
        let lexicon = Self {
            facts: facts.fact,
            unknown: facts.unknown.text,
            axes: stages.axis,
            events: questions.event.into_iter().map(|it| (it.id, it.name)).collect(),
            stages: stages
                .stage
                .into_iter()
                .map(|it| (it.id, Stage { label: it.label, criticality: criticality.get(&it.id).copied().unwrap_or(0) }))
                .collect(),
            kinds: kinds.kind.into_iter().map(|it| (it.id, Said { ja: it.name, en: it.name_en })).collect(),
            prefectures: text("prefectures.csv").lines().skip(1).filter_map(prefecture).collect(),
            tools: toml_of(&text, TOOLS)?,
            shared_hosts: text("mail-domains.txt")
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty() && !line.contains(['#', ' ']))
                .map(str::to_owned)
                .collect(),
            receivers: receivers.receiver,
            forms: forms.iter().filter(|name| name.as_str() != FACTS).map(|name| toml_of(&text, name)).collect::<Result<_, _>>()?,
        };
        lexicon.check(&text, forms)?;
        Ok(lexicon)
    }

    /// Whether every id that one file takes from another is there.
    fn check(&self, text: impl Fn(&str) -> String, forms: &[String]) -> Result<(), Fault> {
        let known: BTreeSet<&str> = self.facts.iter().map(|fact| fact.id.as_str()).collect();
        let files = forms.iter().filter(|name| name.as_str() != FACTS);
        for (form, file) in self.forms.iter().zip(files) {
            if !form.is_readable() {
                return Err(Fault { file: file.clone(), line: 1, reason: "a form of another schema".to_owned() });
            }
            if let Some(unknown) = form.facts().find(|fact| !known.contains(fact)) {
                return Err(fault(file, &text(file), unknown, "no such fact in desk/forms/facts.toml"));
            }
            if let Some(cell) = form.cells().find(|cell| crate::forms::CellName::parse(cell).is_none()) {
                return Err(fault(file, &text(file), cell, "not the name of a cell, such as B5 or 様式!B5"));
            }
        }
        for paper in self.receivers.iter().flat_map(|receiver| &receiver.papers) {
            if self.paper(paper).is_none() {
                return Err(fault(RECEIVERS, &text(RECEIVERS), paper, "no such form, and not stix, misp or tables"));
            }
        }
        for event in self.events.keys() {
            if self.tool_event(event).is_none() {
                return Err(fault(TOOLS, &text(TOOLS), event, "an event of questions.toml has no words for other tools"));
            }
        }
        for stage in self.stages.keys() {
            if self.tool_stage(*stage).is_none() {
                return Err(fault(TOOLS, &text(TOOLS), &stage.to_string(), "a stage of stages.toml has no words for other tools"));
            }
        }
        Ok(())
    }

    /// The kinds of facts, in their order.
    pub fn facts(&self) -> &[FactKind] {
        &self.facts
    }

    /// The kind of fact with this id.
    pub fn fact(&self, id: &str) -> Option<&FactKind> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// Who is called so.
    pub fn receiver(&self, id: &str) -> Option<&Receiver> {
        self.receivers.iter().find(|receiver| receiver.id == id)
    }

    /// The form with this id.
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id)
    }

    pub(crate) fn axis_value(&self, axis: &str, value: &str) -> Option<&Said> {
        self.axes.get(axis)?.values.iter().find(|it| it.id == value).map(|it| &it.said)
    }

    pub(crate) fn tool_event(&self, event: &str) -> Option<&ToolEvent> {
        self.tools.event.iter().find(|it| it.id == event)
    }

    pub(crate) fn tool_stage(&self, stage: u8) -> Option<&ToolStage> {
        self.tools.stage.iter().find(|it| it.id == stage)
    }

    pub(crate) fn way_in(&self, path: &str) -> Option<&Technique> {
        self.tools.path.iter().find(|it| it.id == path).map(|it| &it.technique)
    }

    /// 100～199床, or 500床以上; none where there are fewer than the least.
    pub(crate) fn bed_class(&self, beds: u32) -> Option<(u32, Option<u32>)> {
        let at = self.tools.beds.from.iter().rposition(|from| *from <= beds)?;
        Some((self.tools.beds.from[at], self.tools.beds.from.get(at + 1).map(|next| next - 1)))
    }
}

const FACTS: &str = "desk/forms/facts.toml";
const RECEIVERS: &str = "desk/receivers.toml";
const TOOLS: &str = "desk/exchange.toml";

fn toml_of<T: DeserializeOwned>(text: impl Fn(&str) -> String, file: &str) -> Result<T, Fault> {
    let text = text(file);
    toml::from_str(&text).map_err(|wrong| {
        let line = wrong.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
        Fault { file: file.to_owned(), line, reason: wrong.message().to_owned() }
    })
}

/// A fault at the first line that says what is wrong.
fn fault(file: &str, text: &str, said: &str, reason: &str) -> Fault {
    let quoted = format!("\"{said}\"");
    let line = text.lines().position(|line| line.contains(&quoted)).map_or(0, |at| at + 1);
    Fault { file: file.to_owned(), line, reason: format!("“{said}”: {reason}") }
}

/// `04,宮城県,ミヤギケン,Miyagi,東北,Tohoku`
fn prefecture(line: &str) -> Option<(String, Prefecture)> {
    let mut cells = line.split(',').map(str::to_owned);
    let (code, name) = (cells.next()?, cells.next()?);
    let region = Said { ja: cells.nth(2)?, en: cells.next()? };
    Some((code, Prefecture { name, region }))
}
