use db::{Arg, FromColumn, Unreadable, Value};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// How surely the person was recognized at sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// By a link in a mail: opens a learner's pages only.
    MailLink,
    /// By a long passphrase alone.
    Passphrase,
    /// By a passphrase and a one-time code.
    PassphraseAndCode,
    /// By a passkey with user verification.
    Passkey,
}

impl Strength {
    /// Every strength, the weakest first.
    pub const ALL: [Self; 4] = [Self::MailLink, Self::Passphrase, Self::PassphraseAndCode, Self::Passkey];

    /// The word in the database.
    pub const fn id(self) -> &'static str {
        match self {
            Self::MailLink => "mail_link",
            Self::Passphrase => "passphrase",
            Self::PassphraseAndCode => "passphrase_and_code",
            Self::Passkey => "passkey",
        }
    }
}

/// The word names no strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of mail_link, passphrase, passphrase_and_code, passkey")]
pub struct NotAStrength;

impl FromStr for Strength {
    type Err = NotAStrength;

    fn from_str(id: &str) -> Result<Self, NotAStrength> {
        Self::ALL.into_iter().find(|strength| strength.id() == id).ok_or(NotAStrength)
    }
}

impl FromColumn for Strength {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        value.parse()
    }
}

impl From<Strength> for Arg {
    fn from(strength: Strength) -> Self {
        strength.id().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strength_is_read_back_and_no_other_word_is_taken_for_one() {
        for strength in Strength::ALL {
            assert_eq!(Strength::from_column(Value::Text(strength.id())).ok(), Some(strength));
            assert_eq!(serde_json::to_value(strength).unwrap(), strength.id());
        }
        for word in ["", "Passkey", "passkey ", "password", "mail"] {
            assert_eq!(word.parse::<Strength>(), Err(NotAStrength), "{word}");
            assert!(Strength::from_column(Value::Text(word)).is_err(), "{word}");
        }
        assert!(Strength::from_column(Value::Null).is_err());
    }
}
