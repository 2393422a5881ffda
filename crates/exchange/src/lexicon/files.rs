//! The files of `data/` as they are written, as far as they are read here.

use serde::Deserialize;
use std::collections::BTreeMap;

use super::{Axis, FactKind, Said};
use crate::receiver::Receiver;

#[derive(Deserialize)]
pub(super) struct FactsFile {
    pub(super) unknown: Unknown,
    pub(super) fact: Vec<FactKind>,
}

#[derive(Deserialize)]
pub(super) struct Unknown {
    pub(super) text: Said,
}

#[derive(Deserialize)]
pub(super) struct StagesFile {
    pub(super) axis: BTreeMap<String, Axis>,
    pub(super) stage: Vec<StageLine>,
    pub(super) response: Vec<Response>,
}

#[derive(Deserialize)]
pub(super) struct StageLine {
    pub(super) id: u8,
    pub(super) label: Said,
}

#[derive(Deserialize)]
pub(super) struct Response {
    pub(super) stage: u8,
    pub(super) criticality: u8,
}

#[derive(Deserialize)]
pub(super) struct QuestionsFile {
    pub(super) event: Vec<Named>,
}

#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) name: Said,
}

#[derive(Deserialize)]
pub(super) struct KindsFile {
    pub(super) kind: Vec<Kind>,
}

#[derive(Deserialize)]
pub(super) struct Kind {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) name_en: String,
}

#[derive(Deserialize)]
pub(super) struct ReceiversFile {
    pub(super) receiver: Vec<Receiver>,
}
