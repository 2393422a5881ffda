//! 受講実績一覧: what the people of an institution have attended in a fiscal year, and how each was proved.
//!
//! Source of the columns: the fee rules ask for a check of attendance, a test of understanding and, for recordings, what was seen.

use kernel::{FiscalYear, Lang, Timestamp};
use pdf::Roll;
use people::organizations::Organization;
use sha2::{Digest as _, Sha256};
use web::{Settings, Words};

use super::certificate::{Attended, Certificate, Kind, Way};
use super::printed::{self, Era};

/// The columns: the key of the heading, and the share of the width.
const COLUMNS: [(&str, u32); 8] = [
    ("record-nth", 3),
    ("record-name", 10),
    ("record-training", 20),
    ("record-day", 12),
    ("record-way", 9),
    ("record-attendance", 15),
    ("record-check", 10),
    ("record-number", 11),
];

const W: Words = Words::of(Lang::Ja);

/// More than any institution has in a year.
pub const LINES: i64 = 5_000;

/// The record of an institution for a fiscal year.
pub struct Record {
    pub organization: Organization,
    pub year: FiscalYear,
    pub certificates: Vec<Certificate>,
}

impl Record {
    /// The headings of the columns.
    pub fn headings() -> Vec<String> {
        COLUMNS.iter().map(|(key, _)| W.t(key)).collect()
    }

    /// One line for each certificate, in the order of names and days.
    pub fn rows(&self, era: Era) -> Vec<Vec<String>> {
        let mut certificates: Vec<&Certificate> = self.certificates.iter().collect();
        certificates.sort_by(|a, b| (&a.printed.name, a.attended.day, &a.number).cmp(&(&b.printed.name, b.attended.day, &b.number)));
        (1..).zip(certificates).map(|(nth, certificate): (usize, &Certificate)| line(nth, certificate, era)).collect()
    }

    /// How many people it names.
    pub fn people(&self) -> usize {
        let mut people: Vec<_> = self.certificates.iter().map(|certificate| (certificate.person, certificate.account)).collect();
        people.sort_unstable();
        people.dedup();
        people.len()
    }

    /// The sheet. Its stamp is the hash of its lines, by which a changed list is noticed.
    pub fn roll(&self, settings: &Settings, now: Timestamp) -> Roll {
        let era = Era::of(settings.get("certificate.era"));
        let rows = self.rows(era);
        let stamp = Sha256::digest(rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n").as_bytes());
        let fact = |key: &str, value: String| (W.t(key), value);
        Roll {
            title: W.t("record-title"),
            organization: self.organization.name.clone(),
            facts: vec![
                fact("record-code", self.organization.code.clone().unwrap_or_else(|| W.t("record-no-code"))),
                fact("record-span", self.year.label(Lang::Ja)),
                fact(
                    "record-people",
                    W.with("record-people-value", &[("people", &self.people().to_string()), ("lines", &rows.len().to_string())]),
                ),
                fact("record-made", format!("{} {}", era.long_day(now.day()), now.clock_face())),
                fact("record-stamp", format!("{stamp:x}")),
            ],
            headings: Self::headings(),
            widths: COLUMNS.iter().map(|(_, share)| *share).collect(),
            rows,
            notes: vec![W.t("record-note-check"), W.t("record-note-attendance")],
            issuer: settings.get("certificate.issuer").to_owned(),
            nothing: W.t("record-nothing"),
        }
    }
}

fn line(nth: usize, certificate: &Certificate, era: Era) -> Vec<String> {
    let Certificate { printed, attended, kind, number, .. } = certificate;
    let training = printed.facts.first().map_or_else(String::new, |(_, value)| value.clone());
    let training = match kind {
        Kind::Series => W.one("record-series", "training", &training),
        Kind::Learned => W.one("record-learned", "training", &training),
        Kind::Session => training,
    };
    vec![
        nth.to_string(),
        printed.name.clone(),
        training,
        era.long_day(attended.day),
        W.t(&format!("record-way-{}", way_id(&attended.way))),
        proof(attended),
        printed::check(attended).unwrap_or_else(|| W.t("record-none")),
        number.clone(),
    ]
}

const fn way_id(way: &Way) -> &'static str {
    match way {
        Way::Live { .. } => "live",
        Way::Archive => "archive",
        Way::Group {} => "group",
        Way::Hand => "hand",
        Way::Parts { .. } => "parts",
        Way::Learned { .. } | Way::TestedOut => "learned",
    }
}

/// How the attendance was seen.
fn proof(attended: &Attended) -> String {
    let seen = match &attended.way {
        Way::Live { minutes, of } => W.with("record-proof-live", &[("minutes", &minutes.to_string()), ("of", &of.to_string())]),
        Way::Archive => match attended.seen {
            Some((seen, of)) => {
                // Whole minutes begun: whoever saw all of it is not said to lack a part of the last one.
                let minutes = |seconds: i64| (seconds + 59).div_euclid(60).to_string();
                W.with("record-proof-archive-seen", &[("minutes", &minutes(seen)), ("of", &minutes(of))])
            }
            None => W.t("record-proof-archive"),
        },
        Way::Group {} => W.t("record-proof-group"),
        Way::Hand => W.t("record-proof-hand"),
        Way::Parts { parts, of } => W.with("record-proof-parts", &[("parts", &parts.to_string()), ("of", &of.to_string())]),
        Way::Learned { minutes, .. } => W.count("record-proof-learned", *minutes),
        Way::TestedOut => W.t("certificate-way-tested-out"),
    };
    if attended.keyword { format!("{seen}　{}", W.t("certificate-way-keyword")) } else { seen }
}
