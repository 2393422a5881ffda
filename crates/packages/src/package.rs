//! What was brought in.

use access::AccountId;
use db::{DbError, DbResult, row};
use kernel::{Timestamp, id};
use serde_json::Value;

id!(
    /// A package.
    PackageId
);
id!(
    /// One learner in one course.
    RegistrationId
);
id!(
    /// One launch of a unit.
    LaunchId
);

row! {
    /// A package, without its files.
    #[derive(Clone, Debug)]
    pub struct Package {
        pub id: PackageId,
        pub course: String,
        pub title: Value,
        pub units: i64,
        pub files: i64,
        pub bytes: i64,
        pub imported_at: Timestamp,
        pub opened_at: Option<Timestamp>,
        pub deleted_at: Option<Timestamp>,
    }
}

row! {
    /// One learner in one course.
    #[derive(Clone, Debug)]
    pub struct Registered {
        pub id: RegistrationId,
        pub package: PackageId,
        pub account: Option<AccountId>,
        pub actor: String,
        pub actor_key: String,
        pub trial: bool,
        pub progress: Value,
        pub satisfied_at: Option<Timestamp>,
    }
}

row! {
    /// One launch of a unit.
    #[derive(Clone, Debug)]
    pub struct Launch {
        pub id: LaunchId,
        pub registration: RegistrationId,
        pub unit: i64,
        pub publisher: String,
        pub progress: Value,
        pub launched_at: Timestamp,
        pub ended_at: Option<Timestamp>,
    }
}

/// What a package with these titles is called, in a language if it has it; by its publisher's id if it has no title.
pub(crate) fn title_of(titles: &Value, course: &str, language: &str) -> String {
    let of = |tag: &str| titles.get(tag).and_then(Value::as_str);
    let any = || titles.as_object().and_then(|all| all.values().find_map(Value::as_str));
    of(language).or_else(any).unwrap_or(course).to_owned()
}

impl Package {
    /// What it is called, in a language if it has it.
    pub fn title(&self, language: &str) -> String {
        title_of(&self.title, &self.course, language)
    }
}

impl Registered {
    /// What was achieved.
    pub fn progress(&self) -> DbResult<cmi5::Registration> {
        read(&self.progress, "package_registrations")
    }
}

impl Launch {
    /// What was said.
    pub fn progress(&self) -> DbResult<cmi5::Session> {
        read(&self.progress, "package_launches")
    }

    /// The place of the unit in the course.
    pub fn unit(&self) -> usize {
        usize::try_from(self.unit).unwrap_or(usize::MAX)
    }
}

fn read<T: serde::de::DeserializeOwned>(value: &Value, at: &str) -> DbResult<T> {
    T::deserialize(value).map_err(|wrong| DbError::Unreadable { at: at.to_owned(), why: wrong.to_string() })
}
