//! Attendance in words: 「60分中46分参加（基準45分以上）：出席」.

use web::Words;

use super::rule::{Held, Rule, Unit};
use super::verdict::{Evidence, Facts, Mark, Status, Verdict};

/// 75%以上（60分中45分以上）
pub fn rule(w: Words, rule: Rule, held: Option<Held>) -> String {
    let least = rule.least.to_string();
    match (rule.unit, held) {
        (Unit::Percent, Some(held)) => w.with(
            "attendance-rule-percent-of",
            &[("percent", &least), ("length", &held.minutes().to_string()), ("needed", &rule.needed(held).to_string())],
        ),
        (Unit::Percent, None) => w.one("attendance-rule-percent", "percent", &least),
        (Unit::Minutes, Some(held)) => {
            w.with("attendance-rule-minutes-of", &[("length", &held.minutes().to_string()), ("needed", &rule.needed(held).to_string())])
        }
        (Unit::Minutes, None) => w.one("attendance-rule-minutes", "needed", &least),
    }
}

/// 60分中46分参加（基準45分以上）
pub fn minutes(w: Words, facts: &Facts, rule: Rule, held: Held) -> String {
    let (length, minutes, needed) = (held.minutes().to_string(), facts.minutes().to_string(), rule.needed(held).to_string());
    w.with("attendance-minutes", &[("length", &length), ("minutes", &minutes), ("needed", &needed)])
}

/// The word of a status.
pub fn status(w: Words, status: Status) -> String {
    w.t(&status.key())
}

/// Why somebody is what they are, in one sentence that ends with what they are.
pub fn sentence(w: Words, facts: &Facts, decided: (Verdict, Option<Evidence>), rule: Rule, held: Held, reason: &str) -> String {
    let (verdict, evidence) = decided;
    let word = status(w, Status::Decided(verdict));
    let minutes = minutes(w, facts, rule, held);
    match (verdict, evidence) {
        (Verdict::Archive, _) => w.t("attendance-sentence-archive"),
        (_, Some(Evidence::Hand)) if reason.is_empty() => w.with("attendance-sentence-hand", &[("minutes", &minutes), ("word", &word)]),
        (_, Some(Evidence::Hand)) => {
            let reason = w.t(&format!("attendance-reason-{reason}"));
            w.with("attendance-sentence-hand-because", &[("minutes", &minutes), ("word", &word), ("reason", &reason)])
        }
        (_, Some(Evidence::Proofs)) => w.with("attendance-sentence-proofs", &[("minutes", &minutes), ("word", &word)]),
        _ => w.with("attendance-sentence", &[("minutes", &minutes), ("word", &word)]),
    }
}

/// The word of a mark.
pub fn mark(w: Words, mark: Mark) -> String {
    status(w, Status::Decided(if mark == Mark::Present { Verdict::Present } else { Verdict::Absent }))
}
