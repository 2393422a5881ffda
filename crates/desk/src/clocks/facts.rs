//! What the clocks need to know of a case.

use kernel::Timestamp;

use crate::cases::Axes;
use crate::triage::Urgency;

/// What is known of a case at a moment.
#[derive(Clone, Debug)]
pub struct Facts {
    /// When the case was made.
    pub made_at: Timestamp,
    /// When any part of the institution came to know of it.
    pub known_at: Timestamp,
    /// What kind of incident it is.
    pub event: Option<String>,
    /// The axes.
    pub axes: Axes,
    /// The stage, if there is one.
    pub stage: Option<i64>,
    /// 緊急度
    pub urgency: Urgency,
    /// Whether it is in 初動対応.
    pub is_responding: bool,
    /// Whether a wrongful purpose is feared: an attack, a theft.
    pub is_wrongful: bool,
    /// Whether the institution was confirmed by calling back.
    pub is_bound: bool,
    /// When the desk first spoke with the institution.
    pub called_at: Option<Timestamp>,
    /// The desk's last word to the institution.
    pub last_word_at: Option<Timestamp>,
    /// Since when a lowering waits for a second person.
    pub lowered_at: Option<Timestamp>,
    /// Whether somebody was sent there.
    pub was_dispatched: bool,
    /// When the case was closed.
    pub closed_at: Option<Timestamp>,
}

/// Kinds whose purpose is wrongful until somebody finds otherwise. A leak may be a slip, a lost device too: there the shorter
/// period holds until somebody says that it was theft.
const WRONGFUL: [&str; 8] = ["ransomware", "malware", "mail-malware", "vpn", "supplier", "web-defacement", "mail-account", "ddos"];

/// Whether a wrongful purpose is feared at first, by the kind of the incident.
pub fn is_wrongful_at_first(event: Option<&str>) -> bool {
    event.is_some_and(|event| WRONGFUL.contains(&event))
}
