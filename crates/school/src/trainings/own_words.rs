//! What the secretariat adds to a course and a session for its readers: words of one course's own, and who speaks.

use kernel::Lang;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

use super::shown::CourseView;

/// What our pages say of one course in place of the words for its audience. What is empty is said as everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnWords {
    /// One or two sentences, in Japanese.
    pub lead_ja: String,
    /// The same in English.
    pub lead_en: String,
    /// 対象の方, in Japanese.
    pub audience_ja: String,
    /// The same in English.
    pub audience_en: String,
    /// What to know before applying, a line each, in Japanese.
    pub note_ja: String,
    /// The same in English.
    pub note_en: String,
}

/// Who speaks in a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lecturers {
    /// Their names, as the secretariat typed them.
    pub names: String,
    /// Whether readers see them.
    pub shown: bool,
}

impl OwnWords {
    /// Says them on the view of the course. What is there in Japanese alone is said in Japanese.
    pub fn say(&self, view: &mut CourseView, lang: Lang) {
        let pick = |ja: &str, en: &str| lang.pick(ja, if en.is_empty() { ja } else { en }).to_owned();
        let (lead, audience, note) =
            (pick(&self.lead_ja, &self.lead_en), pick(&self.audience_ja, &self.audience_en), pick(&self.note_ja, &self.note_en));
        if !lead.is_empty() {
            view.lead = lead;
        }
        if !audience.is_empty() {
            view.audience_text = audience;
        }
        view.notes.extend(note.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
    }
}

impl FromStr for OwnWords {
    type Err = serde_json::Error;
    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

impl db::FromColumn for OwnWords {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}
