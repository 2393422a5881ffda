//! `drills.toml`: what happens in an exercise.

use kernel::Lang;
use serde::Deserialize;
use std::sync::LazyLock;

use crate::cases::{Axes, Door};
use crate::contents::{self, Both, ContentFault};
use crate::triage::{View, rules};

const FILE: &str = "drills.toml";

/// The scripts as shipped. The program checks them at its start, before anybody asks.
pub fn scripts() -> &'static [Script] {
    static SCRIPTS: LazyLock<Vec<Script>> = LazyLock::new(|| shipped().expect("data/desk was checked at the start"));
    &SCRIPTS
}

#[derive(Deserialize)]
struct File {
    script: Vec<Script>,
}

/// What happens in an exercise.
#[derive(Clone, Debug, Deserialize)]
pub struct Script {
    /// Its name.
    pub id: String,
    /// By which door it comes.
    pub door: Door,
    event: String,
    axes: Axes,
    /// What kind of institution: an id of `data/institution-kinds.toml`.
    pub kind: String,
    title: Both,
    says: Both,
}

/// Reads and checks the scripts.
pub fn shipped() -> Result<Vec<Script>, ContentFault> {
    let text = contents::text(FILE);
    let File { script: scripts } = contents::parse(FILE, &text)?;
    match scripts.iter().find(|script| rules().event(&script.event).is_none()) {
        Some(script) => Err(contents::fault(FILE, &text, &script.id, format!("{} is no kind of incident", script.event))),
        None => Ok(scripts),
    }
}

impl Script {
    /// What it is about.
    pub fn title(&self, lang: Lang) -> &str {
        self.title.pick(lang)
    }

    /// The institution's first words.
    pub fn says(&self, lang: Lang) -> &str {
        self.says.pick(lang)
    }

    /// What is seen.
    pub fn view(&self) -> View {
        View { event: Some(self.event.clone()), axes: self.axes, answers: Vec::new(), at_least: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::triage::{Grade, Stage};

    #[test]
    fn there_is_a_script_for_each_stage_one_for_a_web_site_and_one_question() {
        for stage in Stage::ALL {
            let script = scripts().iter().find(|script| script.id == format!("stage-{}", stage.number())).unwrap();
            assert_eq!(script.view().judgement().grade, Grade::Stage(stage), "{}", script.id);
        }
        for id in ["website", "consult"] {
            let script = scripts().iter().find(|script| script.id == id).unwrap();
            assert_eq!(script.view().judgement().grade, Grade::NotMalware, "{id}");
        }
        assert!(scripts().iter().all(|script| !script.says(Lang::En).is_empty() && people::organizations::kind(&script.kind).is_some()));
    }
}
