//! `playbooks/*.toml`: what is to be done, by kind, stage and phase.

use kernel::Lang;
use serde::Deserialize;
use std::sync::LazyLock;

use crate::cases::Phase;
use crate::clocks::clocks;
use crate::contents::{self, Both, ContentFault};
use crate::triage::{Grade, Stage, rules};
use crate::words::words;

const FOLDER: &str = "playbooks";
const COMMON: &str = "common";

/// While the stage of a malware case is not known, tasks are those of this one.
const UNTIL_KNOWN: i64 = 2;

/// The playbooks as shipped. The program checks them at its start, before anybody asks.
pub fn playbooks() -> &'static Playbooks {
    static PLAYBOOKS: LazyLock<Playbooks> = LazyLock::new(|| Playbooks::shipped().expect("data/desk was checked at the start"));
    &PLAYBOOKS
}

words! {
    /// Whose task it is.
    Who {
        /// 医療機関
        Institution = "institution",
        /// 窓口
        Desk = "desk",
        /// システム事業者
        Vendor = "vendor",
    }
}

/// Every playbook.
#[derive(Clone, Debug)]
pub struct Playbooks {
    all: Vec<Playbook>,
    phases: Vec<Named>,
    who: Vec<Named>,
}

/// What is to be done about one kind of incident.
#[derive(Clone, Debug, Deserialize)]
pub struct Playbook {
    id: String,
    #[serde(default)]
    uses: Vec<String>,
    #[serde(default)]
    events: Vec<String>,
    /// Tasks of the common one that it leaves out.
    #[serde(default)]
    skip: Vec<String>,
    #[serde(default)]
    lead: Option<Both>,
    #[serde(default)]
    task: Vec<Task>,
    #[serde(default)]
    phase: Vec<Named>,
    #[serde(default)]
    who: Vec<Named>,
}

#[derive(Clone, Debug, Deserialize)]
struct Named {
    id: String,
    #[serde(flatten)]
    name: Both,
}

/// One thing to do.
#[derive(Clone, Debug, Deserialize)]
pub struct Task {
    /// The word in the database.
    pub id: String,
    /// When it belongs.
    pub phase: Phase,
    /// At which stages; empty: always.
    #[serde(default)]
    stages: Vec<Stage>,
    /// Also where there is no stage, being no malware.
    #[serde(default)]
    no_stage: bool,
    /// Whose it is.
    pub who: Who,
    /// What is to be done.
    pub title: Both,
    /// Why.
    pub why: Both,
    /// When it is done.
    pub done: Both,
    /// Items of the checklist that it has to do with.
    #[serde(default)]
    pub checklist: Vec<String>,
    /// Slides that teach it.
    #[serde(default)]
    pub slides: Vec<String>,
    /// The clock that it stops.
    #[serde(default)]
    pub clock: Option<String>,
    /// What comes before it.
    #[serde(default)]
    pub needs: Vec<String>,
}

impl Playbooks {
    /// The playbooks of `data/desk`.
    pub fn shipped() -> Result<Self, ContentFault> {
        let names = web::data_names(&format!("desk/{FOLDER}"));
        let texts = names.iter().map(|name| {
            let file = name.trim_start_matches("desk/").to_owned();
            (file.clone(), contents::text(&file))
        });
        Self::parse(&texts.collect::<Vec<_>>())
    }

    /// Reads and checks the playbooks, each with the name of its file.
    pub fn parse(texts: &[(String, String)]) -> Result<Self, ContentFault> {
        let mut all: Vec<Playbook> = Vec::new();
        for (file, text) in texts {
            all.push(contents::parse(file, text)?);
        }
        let common = all.iter().find(|playbook| playbook.id == COMMON);
        let (phases, who) = common.map_or_else(Default::default, |common| (common.phase.clone(), common.who.clone()));
        let playbooks = Self { all, phases, who };
        for (playbook, (file, text)) in playbooks.all.iter().zip(texts) {
            playbooks.check(playbook, file, text)?;
        }
        for event in rules().events() {
            if playbooks.of_event(&event.id).is_none() {
                let file = format!("{FOLDER}/{}.toml", event.playbook);
                return Err(ContentFault { file, line: 1, what: format!("no playbook is for {}", event.id) });
            }
        }
        Ok(playbooks)
    }

    /// What is to be done about this kind of incident at this stage, in its order. Of a kind that is not known yet: the common tasks.
    pub fn tasks(&self, event: Option<&str>, grade: Grade) -> Vec<&Task> {
        let own = event.and_then(|event| self.of_event(event));
        let before = own.map_or_else(|| vec![COMMON], |own| own.uses.iter().map(String::as_str).collect());
        let skip = own.map_or(&[][..], |own| own.skip.as_slice());
        let common = before.into_iter().filter_map(|id| self.all.iter().find(|playbook| playbook.id == id));
        let mut tasks: Vec<&Task> = common
            .flat_map(|playbook| &playbook.task)
            .filter(|task| !skip.contains(&task.id))
            .chain(own.into_iter().flat_map(|playbook| &playbook.task))
            .filter(|task| task.is_for(grade))
            .collect();
        tasks.sort_by_key(|task| task.phase);
        tasks
    }

    /// The task with this id.
    pub fn task(&self, id: &str) -> Option<&Task> {
        self.all.iter().flat_map(|playbook| &playbook.task).find(|task| task.id == id)
    }

    /// The first task of any playbook that has to do with this item of the checklist or this slide.
    pub fn task_about(&self, point: &str) -> Option<&Task> {
        let mut tasks = self.all.iter().flat_map(|playbook| &playbook.task);
        tasks.find(|task| task.checklist.iter().chain(&task.slides).any(|one| one == point))
    }

    /// The one sentence of a playbook.
    pub fn lead(&self, event: Option<&str>, lang: Lang) -> Option<&str> {
        self.of_event(event?)?.lead.as_ref().map(|lead| lead.pick(lang))
    }

    /// 初動対応
    pub fn phase(&self, phase: Phase, lang: Lang) -> &str {
        self.phases.iter().find(|named| named.id == phase.id()).map_or("", |named| named.name.pick(lang))
    }

    /// 窓口
    pub fn who(&self, who: Who, lang: Lang) -> &str {
        self.who.iter().find(|named| named.id == who.id()).map_or("", |named| named.name.pick(lang))
    }

    fn of_event(&self, event: &str) -> Option<&Playbook> {
        self.all.iter().find(|playbook| playbook.events.iter().any(|of| of == event))
    }

    fn check(&self, playbook: &Playbook, file: &str, text: &str) -> Result<(), ContentFault> {
        let fault = |id: &str, what: String| Err(contents::fault(file, text, id, what));
        if let Some(strange) = playbook.uses.iter().find(|uses| !self.all.iter().any(|other| other.id == **uses)) {
            return fault(&playbook.id, format!("there is no playbook {strange}"));
        }
        if let Some(strange) = playbook.events.iter().find(|event| rules().event(event).is_none()) {
            return fault(&playbook.id, format!("{strange} is no kind of incident"));
        }
        if let Some(strange) = playbook.skip.iter().find(|skipped| self.task(skipped).is_none()) {
            return fault(&playbook.id, format!("there is no task {strange} to skip"));
        }
        for task in &playbook.task {
            let twice = self.all.iter().flat_map(|playbook| &playbook.task).filter(|other| other.id == task.id).count() > 1;
            if twice {
                return fault(&task.id, format!("{} stands in the playbooks twice", task.id));
            }
            if let Some(strange) = task.clock.as_deref().filter(|clock| clocks().get(clock).is_none()) {
                return fault(&task.id, format!("there is no clock {strange}"));
            }
            if let Some(strange) = task.needs.iter().find(|needed| self.task(needed).is_none()) {
                return fault(&task.id, format!("there is no task {strange} to come before"));
            }
        }
        if playbook.id == COMMON {
            let has = |named: &[Named], id: &str| named.iter().any(|named| named.id == id);
            if let Some(phase) = Phase::ALL.iter().find(|phase| !has(&playbook.phase, phase.id())) {
                return fault(COMMON, format!("phase {phase} has no words"));
            }
            if let Some(who) = Who::ALL.iter().find(|who| !has(&playbook.who, who.id())) {
                return fault(COMMON, format!("{who} has no words"));
            }
        }
        Ok(())
    }
}

impl Task {
    fn is_for(&self, grade: Grade) -> bool {
        match grade {
            _ if self.stages.is_empty() => true,
            Grade::NotMalware => self.no_stage,
            Grade::Undecided => self.stages.iter().any(|stage| stage.number() == UNTIL_KNOWN),
            Grade::Stage(stage) => self.stages.contains(&stage),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(event: &str, grade: Grade) -> Vec<&'static str> {
        playbooks().tasks(Some(event), grade).into_iter().map(|task| task.id.as_str()).collect()
    }

    #[test]
    fn a_playbook_begins_with_what_is_common_and_goes_by_phase_and_stage() {
        let heavy = ids("ransomware", Grade::Stage(Stage::ALL[4]));
        assert!(heavy.contains(&"c-take") && heavy.contains(&"rw-cut-backup"), "{heavy:?}");
        let light = ids("ransomware", Grade::Stage(Stage::ALL[0]));
        assert!(light.contains(&"rw-detection") && !light.contains(&"rw-cut-backup"), "{light:?}");
        assert_eq!(ids("ransomware", Grade::Undecided), ids("ransomware", Grade::Stage(Stage::ALL[2])));
        let phases: Vec<Phase> = playbooks().tasks(Some("ransomware"), Grade::Stage(Stage::ALL[3])).iter().map(|task| task.phase).collect();
        assert!(phases.is_sorted());
        let consult = ids("consult", Grade::NotMalware);
        assert!(consult.contains(&"cs-listen") && !consult.contains(&"c-police"), "{consult:?}");
    }

    #[test]
    fn every_kind_has_tasks_for_desk_and_institution() {
        for event in rules().events() {
            let grade = if event.malware { Grade::Undecided } else { Grade::NotMalware };
            let tasks = playbooks().tasks(Some(&event.id), grade);
            for who in [Who::Desk, Who::Institution] {
                assert!(tasks.iter().any(|task| task.who == who), "{} has nothing for {who}", event.id);
            }
        }
        assert!(!playbooks().tasks(None, Grade::Undecided).is_empty(), "a case of no kind yet is worked on too");
    }

    #[test]
    fn every_item_of_a_checklist_is_told_in_words() {
        for task in playbooks().all.iter().flat_map(|playbook| &playbook.task) {
            for item in &task.checklist {
                assert!(crate::work::points::item(web::Words::of(Lang::Ja), item).is_some(), "{}: {item}", task.id);
            }
        }
    }

    #[test]
    fn what_is_wrong_with_a_playbook_is_named() {
        let texts = |from: &str, to: &str| -> Vec<(String, String)> {
            let names = web::data_names("desk/playbooks");
            let file = |name: &String| name.trim_start_matches("desk/").to_owned();
            names.iter().map(|name| (file(name), contents::text(&file(name)).replacen(from, to, 1))).collect()
        };
        let fault = Playbooks::parse(&texts("needs = [\"rw-cut-backup\"]", "needs = [\"rw-cut-moon\"]")).unwrap_err();
        assert_eq!(
            (fault.file.as_str(), fault.what.as_str()),
            ("playbooks/ransomware.toml", "there is no task rw-cut-moon to come before")
        );
        let fault = Playbooks::parse(&texts("clock = \"callback\"", "clock = \"moon\"")).unwrap_err();
        assert_eq!(fault.what, "there is no clock moon");
        let fault = Playbooks::parse(&texts("events = [\"ddos\"]", "events = []")).unwrap_err();
        assert_eq!(fault.what, "no playbook is for ddos");
    }
}
