//! Persons: everybody who ever applied or was entered. A person is a mail address and a name, no account.

mod slips;
mod store;

pub use slips::{address_guess, domain_guess};
pub use store::{by_email, find, find_all, recognize, recognize_all};

use kernel::{EmailAddress, Kana, PersonName, Timestamp, id};

id!(
    /// A person, recognized by mail address and name.
    PersonId
);

/// A person as typed into a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// Variant kanji stay as typed.
    pub name: PersonName,
    /// The reading.
    pub kana: Kana,
    /// Where mails go; may be shared with colleagues.
    pub email: EmailAddress,
}

db::row! {
    /// A person, as known.
    #[derive(Clone)]
    pub struct Person {
        /// The id.
        pub id: PersonId,
        /// Where mails go.
        pub email: String,
        /// 見本
        pub family: String,
        /// 太郎
        pub given: String,
        /// ミホン
        pub family_kana: String,
        /// タロウ
        pub given_kana: String,
        /// When the portal first met them.
        pub known_since: Timestamp,
    }
}

impl Person {
    /// 見本 太郎
    pub fn full_name(&self) -> String {
        format!("{} {}", self.family, self.given)
    }

    /// ミホン タロウ
    pub fn full_kana(&self) -> String {
        format!("{} {}", self.family_kana, self.given_kana)
    }
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person").field("id", &self.id).finish_non_exhaustive()
    }
}
