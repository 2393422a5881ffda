//! What the page says about the call-back. Out of the box it promises no time; whoever runs the portal may have it promise one.

use kernel::{Lang, Span, Timestamp};
use serde::Deserialize;
use std::sync::LazyLock;

use crate::contents::{self, Both, ContentFault};

const FILE: &str = "stages.toml";

/// The words of the call-back.
#[derive(Debug, Deserialize)]
pub struct Callback {
    promise: Promise,
    urgency: Vec<Urgency>,
}

#[derive(Debug, Deserialize)]
struct Promise {
    on: bool,
}

#[derive(Debug, Deserialize)]
struct Urgency {
    id: String,
    rank: i64,
    suggest_minutes: i64,
    callback: Both,
    callback_promised: Both,
}

impl Callback {
    /// The words of `data/desk`. The program checks them at its start.
    pub fn words() -> &'static Self {
        static WORDS: LazyLock<Callback> = LazyLock::new(|| Callback::shipped().expect("data/desk was checked at the start"));
        &WORDS
    }

    /// Reads and checks the words.
    pub fn shipped() -> Result<Self, ContentFault> {
        let text = contents::text(FILE);
        let words: Self = contents::parse(FILE, &text)?;
        for urgency in &words.urgency {
            if !urgency.callback_promised.ja.contains("{time}") {
                return Err(contents::fault(FILE, &text, &urgency.id, "a promise says until when"));
            }
        }
        Ok(words)
    }

    /// What is said to a case of this urgency, received at this moment.
    pub fn said(&self, rank: i64, received_at: Timestamp, lang: Lang) -> String {
        let Some(urgency) = self.urgency.iter().find(|urgency| urgency.rank == rank) else { return String::new() };
        if !self.promise.on {
            return urgency.callback.pick(lang).to_owned();
        }
        let until = received_at.plus(Span::minutes(urgency.suggest_minutes)).clock_face();
        urgency.callback_promised.pick(lang).replace("{minutes}", &urgency.suggest_minutes.to_string()).replace("{time}", &until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_time_is_promised_out_of_the_box() {
        let at: Timestamp = "2026-11-22T03:00+09:00".parse().unwrap();
        let mut words = Callback::shipped().unwrap();
        let said = words.said(1, at, Lang::Ja);
        assert!(said.starts_with("すぐに担当者から電話します") && !said.contains(char::is_numeric), "{said}");
        words.promise.on = true;
        assert!(words.said(1, at, Lang::Ja).contains("5分以内") && words.said(1, at, Lang::Ja).contains("3:05"));
    }
}
