use db::{Arg, FromColumn, Unreadable, Value};
use kernel::Uuid;
use std::fmt;
use std::str::FromStr;

use crate::{AccountId, ApiTokenId};

/// Who did something, as it is stored beside what was done: ids, never names or addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    /// A person who signed in.
    Account(AccountId),
    /// A program with an API token.
    Token(ApiTokenId),
    /// Whoever came by the link of an application.
    Application(Uuid),
    /// Whoever sat down before the screen of a viewing.
    Viewing(Uuid),
    /// Nobody we know.
    Visitor,
    /// The portal by itself.
    System,
}

impl Label {
    /// Whether it is whoever sat down before the screen of a viewing.
    pub const fn is_viewing(self) -> bool {
        matches!(self, Self::Viewing(_))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "account:{id}"),
            Self::Token(id) => write!(f, "token:{id}"),
            Self::Application(id) => write!(f, "application:{id}"),
            Self::Viewing(id) => write!(f, "group:{id}"),
            Self::Visitor => f.write_str("visitor"),
            Self::System => f.write_str("system"),
        }
    }
}

/// The text names nobody who does something here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody is named so")]
pub struct NotALabel;

impl FromStr for Label {
    type Err = NotALabel;

    fn from_str(text: &str) -> Result<Self, NotALabel> {
        let label = match text.split_once(':') {
            None if text == "visitor" => Self::Visitor,
            None if text == "system" => Self::System,
            None => return Err(NotALabel),
            Some((kind, id)) => {
                let id: Uuid = id.parse().map_err(|_| NotALabel)?;
                match kind {
                    "account" => Self::Account(id.into()),
                    "token" => Self::Token(id.into()),
                    "application" => Self::Application(id),
                    "group" => Self::Viewing(id),
                    _ => return Err(NotALabel),
                }
            }
        };
        // An id can be written in several ways, and statements compare labels as they stand: one text for each.
        if label.to_string() == text { Ok(label) } else { Err(NotALabel) }
    }
}

impl FromColumn for Label {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        value.parse()
    }
}

impl From<Label> for Arg {
    fn from(label: Label) -> Self {
        Self::Text(label.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn label() -> impl Strategy<Value = Label> {
        any::<u128>().prop_map(Uuid::from_u128).prop_flat_map(|id| {
            prop_oneof![
                Just(Label::Account(id.into())),
                Just(Label::Token(id.into())),
                Just(Label::Application(id)),
                Just(Label::Viewing(id)),
                Just(Label::Visitor),
                Just(Label::System),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_label_is_read_back_as_what_it_was(label in label()) {
            let text = label.to_string();
            prop_assert_eq!(text.parse::<Label>(), Ok(label));
            prop_assert_eq!(Label::from_column(Value::Text(&text)).ok(), Some(label));
            prop_assert_eq!(Arg::from(label), Arg::Text(text));
        }

        #[test]
        fn whatever_is_read_is_written_the_same(text in "(account|token|application|group|visitor|system|case)?:?[0-9a-fA-F-]{0,36}") {
            if let Ok(label) = text.parse::<Label>() {
                prop_assert_eq!(label.to_string(), text);
            }
        }
    }

    #[test]
    fn labels_are_stored_as_they_always_were() {
        let id = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_00ab);
        let stored = [
            (Label::Account(id.into()), "account:01980000-0000-7000-8000-0000000000ab"),
            (Label::Token(id.into()), "token:01980000-0000-7000-8000-0000000000ab"),
            (Label::Application(id), "application:01980000-0000-7000-8000-0000000000ab"),
            (Label::Viewing(id), "group:01980000-0000-7000-8000-0000000000ab"),
            (Label::Visitor, "visitor"),
            (Label::System, "system"),
        ];
        for (label, text) in stored {
            assert_eq!(label.to_string(), text);
        }
    }

    #[test]
    fn nobody_else_is_named() {
        let id = "01980000-0000-7000-8000-0000000000ab";
        let unknown = ["", ":", "account", "account:", "System", " system", "system:", "visitor:1", "account:writer"].map(str::to_owned);
        let spelled = [
            format!("case:{id}"),
            format!("Account:{id}"),
            format!("account:{id} "),
            format!("account:{}", id.to_uppercase()),
            format!("account:{}", id.replace('-', "")),
            format!("account:{{{id}}}"),
            format!("account:urn:uuid:{id}"),
        ];
        for text in unknown.into_iter().chain(spelled) {
            assert_eq!(text.parse::<Label>(), Err(NotALabel), "{text}");
        }
        assert!(Label::from_column(Value::Null).is_err());
        assert!(Label::from_column(Value::Text("account:writer")).is_err());
    }
}
