//! A course as pages read it that run without the portal: an institution's own page, and a unit in another learning system. Nothing can
//! be asked for there, so that everything stands in one object beside the page, and drawings lie beside it.

mod archive;
mod look;
mod page;
mod question;

pub use archive::NotPacked;
pub(crate) use archive::{Archive, script};
pub(crate) use look::{Figures, SlideData, slides};
pub(crate) use page::Standing;
pub(crate) use question::{QuestionData, question};

use std::collections::BTreeMap;
use web::Words;

/// Texts by the names that scripts know; `key` makes the key of a name.
pub(crate) fn texts(names: &[&'static str], w: Words, key: impl Fn(String) -> String) -> BTreeMap<&'static str, String> {
    names.iter().map(|name| (*name, w.t(&key(name.replace('_', "-"))))).collect()
}

/// Texts of slides and questions, which every such page has.
pub(crate) const WORDS: [&str; 25] = [
    "slide_of",
    "notes",
    "previous",
    "next",
    "question_of",
    "answer",
    "answer_empty",
    "answer_label",
    "hand_in",
    "choose",
    "place",
    "passed_title",
    "not_passed_title",
    "score",
    "told",
    "right",
    "wrong",
    "right_answer",
    "how_one",
    "how_several",
    "how_scene",
    "how_order",
    "how_match",
    "how_fill",
    "how_number",
];
