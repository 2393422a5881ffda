//! What somebody writes, in a form or on a line of a list, checked field by field.

use kernel::{NotText, Text};
use web::{Filled, Words};

use super::version::Wording;

/// The most characters that each field takes.
const TITLE: usize = 120;
const LEAD: usize = 300;
const BODY: usize = 20_000;

/// The words of a text, without its facts; notes in `filled` what is to be mended.
pub fn wording(filled: &mut Filled, w: Words) -> Wording {
    let title_ja = line::<TITLE>(filled, "title_ja", w);
    let lead_ja = line::<LEAD>(filled, "lead_ja", w);
    let body_ja = text(filled, "body_ja", w);
    let title_en = line::<TITLE>(filled, "title_en", w);
    let lead_en = line::<LEAD>(filled, "lead_en", w);
    let body_en = text(filled, "body_en", w);
    for (field, value, key) in [("title_ja", &title_ja, "approval-wrong-title"), ("body_ja", &body_ja, "approval-wrong-body")] {
        if value.is_empty() && filled.error(field).is_empty() {
            filled.wrong(field, w.t(key));
        }
    }
    if title_en.is_empty() != body_en.is_empty() && filled.is_fine() {
        let missing = if title_en.is_empty() { "title_en" } else { "body_en" };
        filled.wrong(missing, w.t("approval-wrong-english"));
    }
    Wording { title_ja, lead_ja, body_ja, title_en, lead_en, body_en, facts: serde_json::Value::Null }
}

fn line<const MAX: usize>(filled: &mut Filled, field: &str, w: Words) -> String {
    let typed = Text::<MAX>::new(&kernel::one_line(filled.value(field)));
    taken(typed, filled, field, w)
}

fn text(filled: &mut Filled, field: &str, w: Words) -> String {
    let typed = Text::<BODY>::new(filled.value(field));
    taken(typed, filled, field, w)
}

fn taken<const MAX: usize>(typed: Result<Text<MAX>, NotText>, filled: &mut Filled, field: &str, w: Words) -> String {
    match typed {
        Ok(text) => text.into_string(),
        Err(NotText::Empty) => String::new(),
        Err(NotText::TooLong { length, max }) => {
            filled.wrong(field, w.with("approval-wrong-too-long", &[("length", &length.to_string()), ("max", &max.to_string())]));
            String::new()
        }
    }
}
