//! How a unit is launched (cmi5 sections 8.1 and 10).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::structure::{LaunchMethod, MasteryScore, Unit};
use crate::vocabulary as words;

/// For what a unit is launched (section 10.2.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LaunchMode {
    /// To be done.
    #[default]
    Normal,
    /// To be looked at.
    Browse,
    /// To be looked at again.
    Review,
}

impl LaunchMode {
    /// Every mode.
    pub const ALL: [Self; 3] = [Self::Normal, Self::Browse, Self::Review];

    /// As launch data write it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Normal => "Normal",
            Self::Browse => "Browse",
            Self::Review => "Review",
        }
    }

    /// The mode with this name.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.id() == id)
    }
}

/// A launch of a unit: whatever it has to be told.
#[derive(Clone, Copy, Debug)]
pub struct Launch<'a> {
    /// What is launched.
    pub unit: &'a Unit,
    /// For what.
    pub mode: LaunchMode,
    /// The id of the session.
    pub session: Uuid,
    /// The registration.
    pub registration: Uuid,
    /// Who launches it: an agent, as JSON.
    pub actor: &'a str,
    /// The id that the system gives the unit.
    pub activity: &'a str,
    /// Where the unit finds the store of records.
    pub endpoint: &'a str,
    /// Where it gets its token, once.
    pub fetch: &'a str,
    /// Where the files of the package lie, without a slash at the end.
    pub base: &'a str,
    /// Where the learner goes afterwards.
    pub return_url: Option<&'a str>,
}

/// What a component of an address does not escape (RFC 3986 `unreserved`).
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Names and values as a query.
fn query_of(pairs: &[(&str, &str)]) -> String {
    let written = pairs.iter().map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, COMPONENT)));
    written.collect::<Vec<_>>().join("&")
}

impl Launch<'_> {
    /// The address of the unit, without what only this launch adds (section 9.6.3.4).
    pub fn url(&self) -> String {
        self.unit.url.at(self.base)
    }

    /// The address by which it is launched (section 8.1): its own query stays, and stands first.
    pub fn launch_url(&self) -> String {
        let registration = self.registration.to_string();
        let query = query_of(&[
            ("endpoint", self.endpoint),
            ("fetch", self.fetch),
            ("actor", self.actor),
            ("registration", &registration),
            ("activityId", self.activity),
        ]);
        let url = self.url();
        let (address, fragment) = url.split_once('#').map_or((url.as_str(), None), |(address, fragment)| (address, Some(fragment)));
        let joint = match address.split_once('?') {
            None => "?",
            Some((_, "")) => "",
            Some((_, own)) if own.ends_with('&') => "",
            Some(_) => "&",
        };
        let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        format!("{address}{joint}{query}{fragment}")
    }

    /// The document `LMS.LaunchData` (section 10).
    pub fn data(&self) -> Value {
        let mut data = json!({
            "contextTemplate": self.context_template(),
            "launchMode": self.mode.id(),
            "moveOn": self.unit.move_on.id(),
        });
        if self.unit.launch_method == LaunchMethod::OwnWindow {
            data["launchMethod"] = self.unit.launch_method.id().into();
        }
        if let Some(parameters) = &self.unit.launch_parameters {
            data["launchParameters"] = parameters.as_str().into();
        }
        if let Some(score) = &self.unit.mastery_score {
            data["masteryScore"] = number(score);
        }
        if let Some(key) = &self.unit.entitlement_key {
            data["entitlementKey"] = json!({ "courseStructure": key });
        }
        if let Some(url) = self.return_url {
            data["returnURL"] = url.into();
        }
        data
    }

    /// From what every statement of the unit makes its context.
    fn context_template(&self) -> Value {
        json!({
            "registration": self.registration,
            "contextActivities": { "grouping": [{ "objectType": "Activity", "id": self.unit.id }] },
            "extensions": { words::SESSION_ID: self.session },
        })
    }
}

/// A score with its own digits.
pub(crate) fn number(score: &MasteryScore) -> Value {
    serde_json::from_str(score.as_str()).unwrap_or_default()
}
