use kernel::{Day, minutes_of_day};
use web::{Settings, Words};

use super::field::{Field, NotAValue};

/// A setting that cannot hold what it would.
#[derive(Clone, Copy, Debug)]
pub struct Wrong {
    /// Which.
    pub field: Field,
    /// Why not.
    pub why: NotAValue,
}

/// The texts of the band: one without the other would leave the other's readers without it.
const BAND: [&str; 2] = ["band.text_ja", "band.text_en"];

/// Between which times of a day mails go out.
const HOURS: [&str; 2] = ["mails.from", "mails.until"];

impl Wrong {
    /// What is wrong, in words.
    pub fn words(&self, w: Words) -> String {
        w.one(self.why.key(), "label", &self.field.label(w))
    }
}

/// The values that are kept for what was typed.
///
/// # Errors
///
/// Everything that is wrong: with each of them, else with what they come to together with the settings that stay in force.
pub fn check(typed: &[(Field, String)], in_force: &Settings, today: Day) -> Result<Vec<(&'static str, String)>, Vec<Wrong>> {
    let (mut values, mut wrong) = (Vec::new(), Vec::new());
    for (field, typed) in typed {
        match field.check(typed, today) {
            Ok(value) => values.push((field.name, value)),
            // What is in force already is nobody's mistake: a sample's day is yet to come where a clock was set back.
            Err(NotAValue::Future) if typed == in_force.get(field.name) => {}
            Err(why) => wrong.push(Wrong { field: *field, why }),
        }
    }
    if wrong.is_empty() {
        wrong = contradictions(&values, in_force);
    }
    if wrong.is_empty() { Ok(values) } else { Err(wrong) }
}

/// What these values contradict each other in, or the settings that stay in force.
pub(super) fn contradictions(values: &[(&'static str, String)], in_force: &Settings) -> Vec<Wrong> {
    let is_touched = |pair: [&str; 2]| values.iter().any(|(name, _)| pair.contains(name));
    let mut found = Vec::new();
    if is_touched(BAND) {
        match BAND.map(|name| after(name, values, in_force).is_empty()) {
            [true, false] => found.push((BAND[0], NotAValue::BandJa)),
            [false, true] => found.push((BAND[1], NotAValue::BandEn)),
            _ => {}
        }
    }
    let [from, until] = HOURS.map(|name| minutes_of_day(after(name, values, in_force)));
    if is_touched(HOURS) && from >= until {
        found.push((HOURS[1], NotAValue::Hours));
    }
    found.into_iter().filter_map(|(name, why)| Field::find(name).map(|field| Wrong { field, why })).collect()
}

/// What a setting will hold.
fn after<'a>(name: &str, values: &'a [(&'static str, String)], in_force: &'a Settings) -> &'a str {
    values.iter().find(|(own, _)| *own == name).map_or_else(|| in_force.get(name), |(_, value)| value.as_str())
}
