//! What somebody sees in a case: the kind of the incident, its axes, and the answers that have a floor.

use serde::{Deserialize, Serialize};

use super::grade::{Judgement, Urgency, Weight};
use super::rules::rules;
use crate::cases::{Axes, Case};

/// What stage and urgency follow from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The kind of the incident, once it is known.
    pub event: Option<String>,
    /// The axes.
    pub axes: Axes,
    /// Details of the questions that have a floor: `account/money`.
    pub answers: Vec<String>,
    /// What keeps it as urgent as it was reported, where the axes alone do not say why.
    #[serde(default)]
    pub at_least: Option<Urgency>,
}

impl View {
    /// What the columns of a case say, with the answers that were noted before.
    pub fn of(case: &Case, answers: Vec<String>) -> Self {
        let view = Self { event: case.event.clone(), axes: case.axes(), answers, at_least: None };
        let stands = Urgency::try_from(case.urgency).ok().filter(|urgency| *urgency < view.judgement().urgency);
        Self { at_least: stands, ..view }
    }

    /// What follows from it.
    pub fn judgement(&self) -> Judgement {
        let judgement = rules().judge(self.event.as_deref(), &self.axes, &self.answers);
        match self.at_least {
            Some(urgency) if urgency < judgement.urgency => Judgement { urgency, is_by_floor: true, ..judgement },
            _ => judgement,
        }
    }

    /// How heavy that is.
    pub fn weight(&self) -> Weight {
        self.judgement().weight()
    }
}
