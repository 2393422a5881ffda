use db::{DbError, DbResult};
use kernel::{Lang, Timestamp, Uuid};
use serde_json::{Map, Value, json};
use xapi::{Statement, Version};

/// By which rules the portal's own statements are written: both versions of the standard know them.
const RULES: Version = Version::V1_0_3;

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Somebody who signs in.
    Account(Uuid),
    /// Somebody who has applied.
    Person(Uuid),
}

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// Was in a session.
    Attended,
    /// Finished a course, or a session by its recording.
    Completed,
    /// Passed a test.
    Passed,
    /// Did not pass a test.
    Failed,
    /// Got a certificate.
    Earned,
}

/// What kind of thing it was done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A course, or a training.
    Course,
    /// A session of a training.
    Session,
    /// A test.
    Test,
    /// A certificate, which is a badge as well.
    Certificate,
}

/// What something was done with.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Its address on the portal, from `/` on.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// What it is called in Japanese, and in English where it has such a name.
    pub name: (String, Option<String>),
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Whether it was passed.
    pub success: Option<bool>,
    /// Whether it was finished.
    pub completion: Option<bool>,
    /// Points of how many.
    pub score: Option<(i64, i64)>,
    /// Seconds that it took.
    pub seconds: Option<i64>,
    /// What an attendance rests on: `minutes`, `hand`, `archive` and so on.
    pub evidence: Option<String>,
}

/// Something that somebody did on the portal.
#[derive(Clone, Debug)]
pub struct Experience {
    /// Who.
    pub who: Who,
    /// What.
    pub did: Did,
    /// With what.
    pub with: Activity,
    /// What that belongs to.
    pub within: Option<Activity>,
    /// What holds it together: an application, a way through a course, a certificate.
    pub registration: Uuid,
    /// When.
    pub at: Timestamp,
    /// What came of it.
    pub outcome: Outcome,
}

impl Who {
    /// As an agent of xAPI: by a number that says nothing about them.
    pub fn agent(self, base_url: &str) -> Value {
        let name = match self {
            Self::Account(id) => id.to_string(),
            Self::Person(id) => format!("persons/{id}"),
        };
        json!({ "objectType": "Agent", "account": { "homePage": base_url, "name": name } })
    }

    /// Whom an agent is, if it is one of this portal's own.
    pub fn of(agent: &Value, base_url: &str) -> Option<Self> {
        let account = &agent["account"];
        let name = account["name"].as_str().filter(|_| account["homePage"] == *base_url)?;
        match name.strip_prefix("persons/") {
            Some(id) => id.parse().ok().map(Self::Person),
            None => name.parse().ok().map(Self::Account),
        }
    }
}

impl Did {
    /// All that can be done.
    pub const ALL: [Self; 5] = [Self::Attended, Self::Completed, Self::Passed, Self::Failed, Self::Earned];

    /// The verb.
    pub const fn iri(self) -> &'static str {
        match self {
            Self::Attended => "http://adlnet.gov/expapi/verbs/attended",
            Self::Completed => "http://adlnet.gov/expapi/verbs/completed",
            Self::Passed => "http://adlnet.gov/expapi/verbs/passed",
            Self::Failed => "http://adlnet.gov/expapi/verbs/failed",
            Self::Earned => "http://id.tincanapi.com/verb/earned",
        }
    }

    /// The key of its word.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Attended => "records-verb-attended",
            Self::Completed => "records-verb-completed",
            Self::Passed => "records-verb-passed",
            Self::Failed => "records-verb-failed",
            Self::Earned => "records-verb-earned",
        }
    }
}

impl Kind {
    /// The type of the activity.
    const fn iri(self) -> &'static str {
        match self {
            Self::Course => "http://adlnet.gov/expapi/activities/course",
            Self::Session => "http://adlnet.gov/expapi/activities/meeting",
            Self::Test => "http://adlnet.gov/expapi/activities/assessment",
            Self::Certificate => "http://activitystrea.ms/schema/1.0/badge",
        }
    }
}

impl Activity {
    fn json(&self, base_url: &str) -> Value {
        let mut name = Map::from_iter([("ja".to_owned(), self.name.0.clone().into())]);
        name.extend(self.name.1.clone().map(|english| ("en".to_owned(), english.into())));
        json!({ "objectType": "Activity", "id": format!("{base_url}{}", self.path), "definition": { "type": self.kind.iri(), "name": name } })
    }
}

impl Outcome {
    fn json(&self, base_url: &str) -> Option<Value> {
        let mut result = Map::new();
        result.extend(self.success.map(|success| ("success".to_owned(), success.into())));
        result.extend(self.completion.map(|completion| ("completion".to_owned(), completion.into())));
        if let Some((raw, max)) = self.score.filter(|(_, max)| *max > 0) {
            #[expect(clippy::cast_precision_loss, reason = "points are few")]
            let scaled = raw as f64 / max as f64;
            result.insert("score".to_owned(), json!({ "raw": raw, "min": 0, "max": max, "scaled": scaled }));
        }
        result.extend(self.seconds.map(|seconds| ("duration".to_owned(), format!("PT{seconds}S").into())));
        if let Some(evidence) = self.evidence.as_ref().filter(|evidence| !evidence.is_empty()) {
            result.insert("extensions".to_owned(), json!({ format!("{}/evidence", profile(base_url)): evidence }));
        }
        (!result.is_empty()).then(|| result.into())
    }
}

impl Experience {
    /// The statement of this id. `base_url` is where the portal is reached.
    pub(super) fn statement(&self, id: Uuid, base_url: &str) -> DbResult<Statement> {
        let words = |lang: Lang| web::Words::of(lang).t(self.did.key());
        let mut activities = json!({ "category": [{ "id": profile(base_url) }] });
        if let Some(within) = &self.within {
            activities["parent"] = json!([within.json(base_url)]);
        }
        let mut statement = json!({
            "id": id,
            "actor": self.who.agent(base_url),
            "verb": { "id": self.did.iri(), "display": { "ja": words(Lang::Ja), "en": words(Lang::En) } },
            "object": self.with.json(base_url),
            "context": { "registration": self.registration, "platform": "MIST", "contextActivities": activities },
            "timestamp": self.at.rfc3339(),
        });
        if let Some(result) = self.outcome.json(base_url) {
            statement["result"] = result;
        }
        parsed(&statement)
    }
}

/// The statement that voids another one.
pub(super) fn voiding(id: Uuid, voided: Uuid, base_url: &str, now: Timestamp) -> DbResult<Statement> {
    parsed(&json!({
        "id": id,
        "actor": { "objectType": "Agent", "account": { "homePage": base_url, "name": journal::audit::SYSTEM } },
        "verb": { "id": xapi::VOIDED, "display": { "en": "voided" } },
        "object": { "objectType": "StatementRef", "id": voided },
        "timestamp": now.rfc3339(),
    }))
}

/// What every statement of the portal's own is marked with.
fn profile(base_url: &str) -> String {
    format!("{base_url}/xapi/profile")
}

/// A statement of ours that breaks a rule would be a fault of the program, and is told as one.
fn parsed(statement: &Value) -> DbResult<Statement> {
    Statement::parse(statement.to_string().as_bytes(), RULES)
        .map_err(|refusal| DbError::Unreadable { at: "a statement of the portal".to_owned(), why: refusal.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attended() -> Experience {
        let course = ("経営者向け".to_owned(), Some("For executives".to_owned()));
        Experience {
            who: Who::Person(Uuid::from_u128(7)),
            did: Did::Attended,
            with: Activity {
                path: "/trainings/R8/executive/3".to_owned(),
                kind: Kind::Session,
                name: ("経営者向け 第3回".to_owned(), None),
            },
            within: Some(Activity { path: "/trainings/R8/executive".to_owned(), kind: Kind::Course, name: course }),
            registration: Uuid::from_u128(8),
            at: "2026-12-23T18:00:00+09:00".parse().expect("a moment"),
            outcome: Outcome { completion: Some(true), seconds: Some(2760), evidence: Some("minutes".to_owned()), ..Outcome::default() },
        }
    }

    #[test]
    fn what_the_portal_says_keeps_the_rules_of_both_versions_and_names_nobody() {
        for did in Did::ALL {
            let statement = Experience { did, ..attended() }.statement(Uuid::from_u128(9), "https://mist.example.jp").expect("by 1.0.3");
            let text = statement.json().to_string();
            Statement::parse(text.as_bytes(), Version::V2_0_0).expect("by 2.0.0");
            assert!(text.contains("\"name\":\"persons/00000000-0000-0000-0000-000000000007\""), "{text}");
            assert!(text.contains("PT2760S") && text.contains("https://mist.example.jp/xapi/profile/evidence"), "{text}");
            assert!(!text.contains("mbox"), "{text}");
        }
    }

    #[test]
    fn points_become_a_share_and_no_points_none() {
        let of = |score| Outcome { score, ..Outcome::default() }.json("https://mist.example.jp");
        assert_eq!(of(Some((7, 8))).expect("a result")["score"]["scaled"], 0.875);
        assert_eq!(of(Some((0, 0))), None);
        assert_eq!(of(None), None);
    }
}
