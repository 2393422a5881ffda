//! The nouns: a kit that was given out, and what is asked in it.

use access::OrganizationId;
use kernel::{Lang, Timestamp, id};
use serde::{Deserialize, Serialize};
use web::Keys;

use crate::content::question::Key;
use crate::content::{Course, Exam};

id!(
    /// A course that was given out to an institution.
    KitId
);
id!(
    /// A file that came back.
    KitFileId
);

db::row! {
    /// A course that was given out to an institution.
    #[derive(Clone, Debug)]
    pub struct Kit {
        pub id: KitId,
        pub organization: OrganizationId,
        pub course: String,
        pub period: String,
        pub version: String,
        pub title: String,
        pub label: String,
        pub lang: Lang,
        pub asked: Asked,
        pub made_at: Timestamp,
    }
}

/// By what answers are judged, as it was when the kit was given out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// How the test is put together.
    pub exam: Exam,
    /// The questions: their ids, their pools, and what is right.
    pub questions: Vec<(String, String, Key)>,
}

impl Asked {
    /// What a course asks.
    pub fn of(course: &Course) -> Self {
        let questions = course.questions.iter().map(|question| (question.id.clone(), question.pool.clone(), question.key()));
        Self { exam: course.test.clone(), questions: questions.collect() }
    }

    /// As it is stored.
    pub fn stored(&self) -> String {
        serde_json::to_string(self).expect("texts and numbers can be written as JSON")
    }
}

impl db::FromColumn for Asked {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        Ok(serde_json::from_str(value.text()?)?)
    }
}

impl Kit {
    /// Whether a course is still the one that was given out.
    pub fn is_of(&self, course: &Course) -> bool {
        self.version == course.version && self.period == course.period() && self.asked == Asked::of(course)
    }
}

/// The key of a kit. It is derived, so that no copy of the database opens or makes a file of results.
pub fn key(keys: &Keys, organization: OrganizationId, kit: KitId) -> [u8; 32] {
    keys.mac("learning-kit", &[organization.uuid().as_bytes(), kit.uuid().as_bytes()])
}
