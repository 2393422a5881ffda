//! xAPI: what statements are, and what keeps them comparable between systems.
//!
//! Speaks 1.0.3 as ADL wrote it and 2.0.0, which is IEEE 9274.1.1. Knows nothing of the portal, of a database or of HTTP: bytes
//! and values in, values or a [`Refusal`] out, which names the requirement, the place and what is wrong in a sentence.
//!
//! [`Statement`] is the noun: it can only be made of JSON that keeps every rule, and holds what was sent. Around it stand what a
//! store asks: whether two statements are the same ([`Statement::same_as`]), what to index ([`Index`]), what is asked for and
//! what suits it ([`Query`]), in which form to return it ([`Format`]), what came with it ([`multipart`], [`signature`]), and how
//! documents, people and activities are merged.
//!
//! Where the specification leaves a choice:
//! - a key that comes twice is refused everywhere, for no two programs would read the same of it;
//! - an empty `result`, `context` or `definition` is taken, as ADL's own samples have them; an empty language map or
//!   `contextActivities` is not;
//! - a UUID has the usual form, whatever its version and variant: the specification's own example has a reserved one;
//! - `min` lies below `max` and is never the same, as the tables of the specification say;
//! - lists of components stand only with the interactions that the specification gives them to;
//! - the 2.0.0 rules take statements that say that they are of 1.0.x;
//! - the `length` of an attachment is not held against its part, whose hash is.

mod activity;
mod actor;
pub mod alternate;
mod attachment;
mod check;
mod context;
mod der;
pub mod document;
mod duration;
mod equality;
mod extensions;
mod format;
mod ifi;
mod index;
mod interaction;
mod iri;
pub mod json;
mod language;
mod language_map;
pub mod multipart;
mod object;
mod person;
mod pointer;
mod query;
mod refusal;
pub mod requirement;
mod result;
pub mod signature;
mod statement;
mod timestamp;
mod uuid;
mod verb;
mod version;

pub use activity::{Activity, merge_definition};
pub use actor::{Actor, Agent, Group, agent_key};
pub use attachment::{Attachment, SIGNATURE, SIGNATURE_TYPE};
pub use context::{ACTIVITY_KEYS, Context};
pub use duration::{Duration, NotADuration};
pub use format::{Format, Known, NothingKnown};
pub use ifi::Ifi;
pub use index::{ActivityEntry, ActivityRole, AgentEntry, AgentRole, Index, definitions, displays};
pub use iri::{NotAnIri, check as check_iri};
pub use json::Json;
pub use language::{Languages, is_tag};
pub use object::StatementObject;
pub use person::person;
pub use query::{Filter, Query, Which};
pub use refusal::{Problem, Refusal};
pub use requirement::Requirement;
pub use statement::{Batch, Received, Statement, SubStatement};
pub use timestamp::{NotATimestamp, Timestamp};
pub use uuid::parse as parse_uuid;
pub use verb::{VOIDED, Verb};
pub use version::{HEADER, Version};
