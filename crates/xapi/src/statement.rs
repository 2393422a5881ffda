//! Statements (xAPI-Data 2.4).

use ::uuid::Uuid;

use crate::attachment::{self, Attachment};
use crate::check::{At, Checked};
use crate::context::{self, Context};
use crate::json::Object;
use crate::object::{self, StatementObject};
use crate::refusal::{Problem, Refusal};
use crate::verb::{self, VOIDED, Verb};
use crate::{Actor, Json, Timestamp, Version, actor, requirement, result, uuid};

const KEYS: &[&str] = &["id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version", "attachments"];
const SUB_KEYS: &[&str] = &["objectType", "actor", "verb", "object", "result", "context", "timestamp", "attachments"];

/// A statement that keeps every rule of its version. It holds what was sent, to the digit.
#[derive(Clone, Debug)]
pub struct Statement {
    json: Json,
    version: Version,
}

/// A statement that is the object of another one.
#[derive(Clone, Copy, Debug)]
pub struct SubStatement<'a>(pub(crate) &'a Json);

/// What a store knows of a statement that it takes.
#[derive(Clone, Debug)]
pub struct Received<'a> {
    /// The id for a statement that came without one.
    pub id: Uuid,
    /// When it is stored.
    pub stored: jiff::Timestamp,
    /// Who vouches for it: an agent, or two of them.
    pub authority: &'a Json,
}

impl Statement {
    /// Reads one statement.
    pub fn parse(bytes: &[u8], version: Version) -> Result<Self, Refusal> {
        Self::of(Json::parse(bytes)?, version)
    }

    /// Checks one statement.
    pub fn of(json: Json, version: Version) -> Result<Self, Refusal> {
        check(At::top(&json, version))?;
        Ok(Self { json, version })
    }

    /// Reads what is posted: a statement, or a list of at most `most`. Paths lead through the list: `/3/actor`.
    pub fn parse_batch(bytes: &[u8], version: Version, most: usize) -> Result<Batch, Refusal> {
        let json = Json::parse(bytes)?;
        let Json::Array(items) = &json else { return Ok(Batch { statements: vec![Self::of(json, version)?], is_list: false }) };
        let at = At::top(&json, version);
        if items.len() > most {
            return Err(at.refuse(requirement::LIMIT, Problem::TooMany(most)));
        }
        for (n, item) in items.iter().enumerate() {
            check(at.item(n, item))?;
        }
        let Json::Array(items) = json else { unreachable!("it was a list above") };
        Ok(Batch { statements: items.into_iter().map(|json| Self { json, version }).collect(), is_list: true })
    }

    /// As it was sent.
    pub const fn json(&self) -> &Json {
        &self.json
    }

    /// The rules that it was checked by.
    pub const fn version(&self) -> Version {
        self.version
    }

    /// Its id, if it has one yet.
    pub fn id(&self) -> Option<Uuid> {
        uuid::parse(self.json.get("id")?.as_str()?)
    }

    fn need(&self, key: &str) -> &Json {
        self.json.get(key).expect("a statement was checked to have its keys")
    }

    /// Who.
    pub fn actor(&self) -> Actor<'_> {
        Actor::checked(self.need("actor"))
    }

    /// Did what.
    pub fn verb(&self) -> Verb<'_> {
        Verb(self.need("verb"))
    }

    /// To what.
    pub fn object(&self) -> StatementObject<'_> {
        StatementObject::checked(self.need("object"))
    }

    /// In what circumstances.
    pub fn context(&self) -> Option<Context<'_>> {
        self.json.get("context").map(Context)
    }

    /// Who vouches for it, if that is said.
    pub fn authority(&self) -> Option<Actor<'_>> {
        self.json.get("authority").map(Actor::checked)
    }

    /// When it happened, if that is said.
    pub fn timestamp(&self) -> Option<Timestamp> {
        timestamp(&self.json, self.version)
    }

    /// What hangs on it.
    pub fn attachments(&self) -> impl Iterator<Item = Attachment<'_>> {
        attachments(&self.json)
    }

    /// What hangs on it and on a statement within it.
    pub fn all_attachments(&self) -> impl Iterator<Item = Attachment<'_>> {
        let within = match self.object() {
            StatementObject::SubStatement(sub) => Some(sub),
            _ => None,
        };
        self.attachments().chain(within.into_iter().flat_map(SubStatement::attachments))
    }

    /// The statement that this one voids (xAPI-Data 2.3.2).
    pub fn voids(&self) -> Option<Uuid> {
        match self.object() {
            StatementObject::StatementRef(id) if self.verb().id() == VOIDED => Some(id),
            _ => None,
        }
    }

    /// The statement as a store keeps it: with an id, a timestamp and a version where it had none, `stored` and the authority as
    /// the store has them, and lists where `contextActivities` had single ones (xAPI-Data 2.4.1, 2.4.7 to 2.4.10, 2.4.6.2).
    #[must_use]
    pub fn received(mut self, by: &Received<'_>) -> Self {
        let Json::Object(object) = &mut self.json else { unreachable!("a statement was checked to be an object") };
        let stored = Timestamp::write(by.stored);
        for (key, value) in [("id", by.id.to_string()), ("timestamp", stored.clone()), ("version", self.version.of_statements().to_owned())]
        {
            if !object.has(key) {
                object.insert(key, value);
            }
        }
        object.insert("stored", stored);
        object.insert("authority", by.authority.clone());
        normalize(object);
        self
    }
}

/// What was posted.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The statements, in order.
    pub statements: Vec<Statement>,
    /// Whether they came as a list.
    pub is_list: bool,
}

impl<'a> SubStatement<'a> {
    fn need(self, key: &str) -> &'a Json {
        self.0.get(key).expect("a substatement was checked to have its keys")
    }

    /// Who.
    pub fn actor(self) -> Actor<'a> {
        Actor::checked(self.need("actor"))
    }

    /// Does what.
    pub fn verb(self) -> Verb<'a> {
        Verb(self.need("verb"))
    }

    /// To what. Never another substatement.
    pub fn object(self) -> StatementObject<'a> {
        StatementObject::checked(self.need("object"))
    }

    /// In what circumstances.
    pub fn context(self) -> Option<Context<'a>> {
        self.0.get("context").map(Context)
    }

    /// What hangs on it.
    pub fn attachments(self) -> impl Iterator<Item = Attachment<'a>> {
        attachments(self.0)
    }
}

fn attachments(json: &Json) -> impl Iterator<Item = Attachment<'_>> {
    json.get("attachments").and_then(Json::as_array).unwrap_or_default().iter().map(Attachment)
}

fn timestamp(json: &Json, version: Version) -> Option<Timestamp> {
    Timestamp::parse(json.get("timestamp")?.as_str()?, version).ok()
}

fn normalize(statement: &mut Object) {
    if let Some(context) = statement.get_mut("context") {
        context::normalize(context);
    }
    if let Some(Json::Object(sub)) = statement.get_mut("object")
        && let Some(context) = sub.get_mut("context")
    {
        context::normalize(context);
    }
}

fn check(at: At<'_>) -> Checked {
    at.with_keys(requirement::TYPE, KEYS)?;
    if let Some(id) = at.key("id") {
        id.string(requirement::ID_STRING)?;
        id.uuid(requirement::ID)?;
    }
    check_core(at, false)?;
    at.may("stored", |moment| moment.timestamp(requirement::STORED))?;
    at.may("authority", actor::check_authority)?;
    at.may("version", |version| {
        let sent = version.string(requirement::VERSION)?;
        if at.version.takes_statement_of(sent) {
            return Ok(());
        }
        let allowed = if at.version == Version::V1_0_3 { "1.0.x" } else { "1.0.x and 2.0.x" };
        Err(version.refuse(requirement::VERSION, Problem::NotOneOf { sent: sent.to_owned(), allowed }))
    })?;
    let voids = at.json.get("verb").and_then(|verb| verb.get("id")).and_then(Json::as_str) == Some(VOIDED);
    let refers = at.json.get("object").and_then(|object| object.get("objectType")).and_then(Json::as_str) == Some("StatementRef");
    if voids && !refers {
        return Err(at.key("object").unwrap_or(at).refuse(requirement::VOIDING_OBJECT, Problem::VoidsNothing));
    }
    Ok(())
}

/// A statement within a statement has neither what a store gives nor another one within (xAPI-Data 2.4.4.3).
pub(crate) fn check_sub(at: At<'_>) -> Checked {
    for (key, requirement) in [
        ("id", requirement::SUB_ID),
        ("stored", requirement::SUB_STORED),
        ("version", requirement::SUB_VERSION),
        ("authority", requirement::SUB_AUTHORITY),
    ] {
        at.may(key, |value| Err(value.refuse(requirement, Problem::Misplaced(key))))?;
    }
    at.with_keys(requirement::TYPE, SUB_KEYS)?;
    check_core(at, true)
}

/// What statements and substatements have in common.
fn check_core(at: At<'_>, within: bool) -> Checked {
    actor::check(at.need("actor", requirement::ACTOR_MISSING)?, requirement::TYPE)?;
    verb::check(at.need("verb", requirement::VERB_MISSING)?)?;
    object::check(at.need("object", requirement::OBJECT_MISSING)?, within)?;
    at.may("result", result::check)?;
    let of_activity = at.json.get("object").is_some_and(object::is_activity);
    at.may("context", |context| context::check(context, of_activity))?;
    at.may("timestamp", |moment| moment.timestamp(requirement::TIMESTAMP))?;
    at.may("attachments", attachment::check_all)
}
