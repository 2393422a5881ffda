//! A place in what was sent, and what is asked of the value there.

use ::uuid::Uuid;

use crate::json::{Number, Object};
use crate::refusal::{Problem, Refusal};
use crate::requirement::{self, Requirement};
use crate::{Json, Version, duration, iri, language, pointer, timestamp, uuid};

/// A value with the way that leads to it. The way is only written out when something is refused.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    pub json: &'a Json,
    pub version: Version,
    up: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Top,
    Key(&'a str),
    Item(usize),
}

pub(crate) type Checked<T = ()> = Result<T, Refusal>;

impl<'a> At<'a> {
    pub fn top(json: &'a Json, version: Version) -> Self {
        Self { json, version, up: None, step: Step::Top }
    }

    /// The n-th statement of what was sent.
    pub fn item(&'a self, n: usize, json: &'a Json) -> At<'a> {
        At { json, version: self.version, up: Some(self), step: Step::Item(n) }
    }

    pub fn below(&'a self, key: &'a str, json: &'a Json) -> At<'a> {
        At { json, version: self.version, up: Some(self), step: Step::Key(key) }
    }

    fn path(&self) -> String {
        let above = self.up.map(At::path).unwrap_or_default();
        match self.step {
            Step::Top => above,
            Step::Key(key) => above + &pointer::step(key),
            Step::Item(n) => above + &pointer::item(n),
        }
    }

    pub fn refuse(&self, requirement: Requirement, problem: impl Into<Problem>) -> Refusal {
        Refusal { requirement, path: self.path(), problem: problem.into() }
    }

    fn wrong_type(&self, requirement: Requirement, wanted: &'static str) -> Refusal {
        match self.json {
            Json::Null => self.refuse(requirement::NULL, Problem::Null),
            _ => self.refuse(requirement, Problem::WrongType(wanted)),
        }
    }

    pub fn key(&'a self, key: &'a str) -> Option<At<'a>> {
        self.json.get(key).map(|json| self.below(key, json))
    }

    pub fn need(&'a self, key: &'static str, requirement: Requirement) -> Checked<At<'a>> {
        self.key(key).ok_or_else(|| self.refuse(requirement, Problem::Missing(key)))
    }

    /// What stands under a key is checked if there is anything.
    pub fn may(&self, key: &str, check: impl FnOnce(At<'_>) -> Checked) -> Checked {
        match self.json.get(key) {
            Some(json) => check(At { json, version: self.version, up: Some(self), step: Step::Key(key) }),
            None => Ok(()),
        }
    }

    pub fn object(&self, requirement: Requirement) -> Checked<&'a Object> {
        self.json.as_object().ok_or_else(|| self.wrong_type(requirement, "an object"))
    }

    /// An object with no other keys than these.
    pub fn with_keys(&self, requirement: Requirement, allowed: &[&'static str]) -> Checked<&'a Object> {
        let object = self.object(requirement)?;
        let Some((key, json)) = object.iter().find(|(key, _)| !allowed.contains(key)) else { return Ok(object) };
        let there = At { json, version: self.version, up: Some(self), step: Step::Key(key) };
        Err(match allowed.iter().find(|name| name.eq_ignore_ascii_case(key)) {
            Some(wanted) => there.refuse(requirement::KEY_CASE, Problem::KeyCase { sent: key.to_owned(), wanted }),
            None => there.refuse(requirement::KEY, Problem::UnknownKey(key.to_owned())),
        })
    }

    /// Each key with its value, whatever the keys are called.
    pub fn each_key(&self, requirement: Requirement, mut check: impl FnMut(&str, At<'_>) -> Checked) -> Checked {
        for (key, json) in self.object(requirement)?.iter() {
            check(key, At { json, version: self.version, up: Some(self), step: Step::Key(key) })?;
        }
        Ok(())
    }

    /// Each item of a list; says how many there were.
    pub fn each(&self, requirement: Requirement, mut check: impl FnMut(At<'_>) -> Checked) -> Checked<usize> {
        let items = self.json.as_array().ok_or_else(|| self.wrong_type(requirement, "a list"))?;
        for (n, json) in items.iter().enumerate() {
            check(At { json, version: self.version, up: Some(self), step: Step::Item(n) })?;
        }
        Ok(items.len())
    }

    pub fn string(&self, requirement: Requirement) -> Checked<&'a str> {
        self.json.as_str().ok_or_else(|| self.wrong_type(requirement, "a text"))
    }

    pub fn boolean(&self, requirement: Requirement) -> Checked {
        if matches!(self.json, Json::Bool(_)) { Ok(()) } else { Err(self.wrong_type(requirement, "true or false")) }
    }

    pub fn number(&self, requirement: Requirement) -> Checked<&'a Number> {
        match self.json {
            Json::Number(number) => Ok(number),
            _ => Err(self.wrong_type(requirement, "a number")),
        }
    }

    /// A number within the doubles.
    pub fn decimal(&self, requirement: Requirement) -> Checked<f64> {
        let range = Problem::OutOfRange("within the range of IEEE 754");
        self.number(requirement)?.to_f64().ok_or_else(|| self.refuse(requirement, range))
    }

    pub fn iri(&self, requirement: Requirement) -> Checked {
        iri::check(self.string(requirement)?).map_err(|wrong| self.refuse(requirement, wrong))
    }

    pub fn uuid(&self, requirement: Requirement) -> Checked<Uuid> {
        uuid::parse(self.string(requirement)?).ok_or_else(|| self.refuse(requirement, Problem::NotAUuid))
    }

    pub fn timestamp(&self, requirement: Requirement) -> Checked {
        let parsed = timestamp::Timestamp::parse(self.string(requirement)?, self.version);
        parsed.map(|_| ()).map_err(|wrong| self.refuse(requirement, wrong))
    }

    pub fn duration(&self, requirement: Requirement) -> Checked {
        let parsed = duration::Duration::parse(self.string(requirement)?);
        parsed.map(|_| ()).map_err(|wrong| self.refuse(requirement, wrong))
    }

    pub fn language(&self, requirement: Requirement) -> Checked {
        let tag = self.string(requirement)?;
        if language::is_tag(tag) { Ok(()) } else { Err(self.refuse(requirement, Problem::NotALanguage(tag.to_owned()))) }
    }
}
