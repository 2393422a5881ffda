//! Somebody to call.

use kernel::Lang;
use web::{Portal, Words};

/// Somebody to call.
pub struct Phone {
    /// Who answers.
    pub name: String,
    /// The number as it is read.
    pub number: String,
    /// The number as it is dialled.
    pub href: String,
    /// When they answer, or when the number was last tried.
    pub when: String,
}

impl Phone {
    /// Somebody's number.
    pub fn new(name: &str, number: &str, when: String) -> Self {
        let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        Self { name: name.to_owned(), number: number.to_owned(), href: format!("tel:{digits}"), when }
    }

    /// The desk's own number, with the day on which it was last confirmed.
    pub fn of_desk(portal: &Portal, lang: Lang) -> Self {
        let (w, settings) = (Words::of(lang), portal.settings());
        let (name, hours) = (settings.text("incident.desk", lang), settings.text("incident.hours", lang));
        let confirmed = w.one("incident-confirmed", "day", &settings.day_shown("incident.confirmed_on", lang));
        Self::new(&w.with("incident-desk", &[("name", name), ("hours", hours)]), settings.text("incident.phone", lang), confirmed)
    }
}
