use std::fmt;
use wana_kana::ConvertJapanese;

use crate::{EmailAddress, fold, one_line};

/// The name of a person as typed, family name first. Variant kanji (髙, 﨑, 𠮷) stay as they are.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonName {
    family: String,
    given: String,
}

/// The reading of a name in katakana, family name first.
#[derive(Clone, PartialEq, Eq)]
pub struct Kana {
    family: String,
    given: String,
}

/// Why a typed name or reading is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAName {
    /// Nothing typed.
    #[error("empty")]
    Empty,
    /// More than [`PersonName::LONGEST`] characters in one part.
    #[error("too long")]
    TooLong,
    /// A reading with something other than kana, blanks or Latin letters.
    #[error("not kana")]
    NotKana,
    /// No letter at all: only signs, digits or pictures.
    #[error("no letters")]
    NoLetters,
}

impl PersonName {
    /// Characters taken for the family name and for the given name each.
    pub const LONGEST: usize = 40;

    /// The name with these parts.
    pub fn new(family: &str, given: &str) -> Result<Self, NotAName> {
        Ok(Self { family: part(family)?, given: part(given)? })
    }

    /// One part of a name, checked alone, so that a form can say which one is wrong.
    pub fn check_part(typed: &str) -> Result<String, NotAName> {
        part(typed)
    }

    /// 見本
    pub fn family(&self) -> &str {
        &self.family
    }

    /// 太郎
    pub fn given(&self) -> &str {
        &self.given
    }

    /// 見本 太郎
    pub fn full(&self) -> String {
        format!("{} {}", self.family, self.given)
    }
}

impl Kana {
    /// The reading with these parts; hiragana and half-width kana are taken as katakana.
    pub fn new(family: &str, given: &str) -> Result<Self, NotAName> {
        Ok(Self { family: kana_part(family)?, given: kana_part(given)? })
    }

    /// One part of a reading, checked alone.
    pub fn check_part(typed: &str) -> Result<String, NotAName> {
        kana_part(typed)
    }

    /// ミホン
    pub fn family(&self) -> &str {
        &self.family
    }

    /// タロウ
    pub fn given(&self) -> &str {
        &self.given
    }

    /// ミホン タロウ
    pub fn full(&self) -> String {
        format!("{} {}", self.family, self.given)
    }
}

fn part(typed: &str) -> Result<String, NotAName> {
    let text = one_line(typed);
    if text.is_empty() {
        return Err(NotAName::Empty);
    }
    if text.chars().count() > PersonName::LONGEST {
        return Err(NotAName::TooLong);
    }
    if !text.chars().any(char::is_alphabetic) {
        return Err(NotAName::NoLetters);
    }
    Ok(text)
}

fn kana_part(typed: &str) -> Result<String, NotAName> {
    use unicode_normalization::UnicodeNormalization;
    let wide: String = one_line(&typed.nfkc().collect::<String>());
    let katakana: String = wide
        .chars()
        .map(|c| match c {
            'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
            '-' | '‐' | '−' | '―' | '–' => 'ー',
            other => other,
        })
        .collect();
    if katakana.is_empty() {
        return Err(NotAName::Empty);
    }
    if katakana.chars().count() > PersonName::LONGEST {
        return Err(NotAName::TooLong);
    }
    // People with names in Latin letters have no other reading than the name itself.
    let usual = |c: char| matches!(c, 'ァ'..='ヿ' | ' ' | '\'' | '.') || c.is_ascii_alphabetic();
    if !katakana.chars().all(usual) || !katakana.chars().any(char::is_alphabetic) {
        return Err(NotAName::NotKana);
    }
    Ok(katakana)
}

/// What makes a person one person: the mail address and the name, folded.
///
/// Clinics share one mailbox, so the address alone is not enough; blanks, width and kanji variants do not make another person.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonKey(String);

impl PersonKey {
    /// The key of the person with this address and name.
    pub fn of(address: &EmailAddress, name: &PersonName) -> Self {
        let name = fold(&format!("{}{}", name.family, name.given));
        Self(format!("{}|{}", address.as_str(), name.to_hiragana()))
    }

    /// The key as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! hidden {
    ($($name:ty),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("***")
            }
        }
    )*};
}
hidden!(PersonName, Kana, PersonKey);

#[cfg(test)]
mod tests {
    use super::*;

    fn key(mail: &str, family: &str, given: &str) -> PersonKey {
        PersonKey::of(&mail.parse().unwrap(), &PersonName::new(family, given).unwrap())
    }

    #[test]
    fn a_person_is_a_mail_and_a_name() {
        assert_eq!(key("Ward@Example.jp", "髙橋", "花子"), key("ward@example.jp", "高橋 ", "花 子"));
        assert!(
            key("ward@example.jp", "見本", "花子") != key("ward@example.jp", "見本", "太郎"),
            "colleagues on one mailbox are two people"
        );
    }

    #[test]
    fn a_reading_is_taken_in_any_kana() {
        let kana = Kana::new("みほん", "ﾊﾅｺ").unwrap();
        assert_eq!(kana.full(), "ミホン ハナコ");
        assert_eq!(Kana::check_part("見本"), Err(NotAName::NotKana));
        assert_eq!(Kana::check_part("ー"), Ok("ー".to_owned()));
    }

    #[test]
    fn names_keep_their_kanji() {
        assert_eq!(PersonName::new(" 﨑 ", "𠮷男").unwrap().full(), "﨑 𠮷男");
        assert_eq!(PersonName::new("\u{FA10}本", "髙子").unwrap().full(), "\u{FA10}本 髙子", "塚 as it is in her register");
        assert_eq!(PersonName::check_part("\u{3164}"), Err(NotAName::Empty), "a letter that looks like nothing is none");
        assert_eq!(PersonName::check_part("😀"), Err(NotAName::NoLetters));
        assert_eq!(PersonName::check_part(&"長".repeat(41)), Err(NotAName::TooLong));
    }
}
