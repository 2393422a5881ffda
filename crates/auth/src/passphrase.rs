//! Passphrases: long, of any characters, and not one of those that everybody tries first.
//!
//! There is no rule about kinds of characters and no expiry. Each refusal is a reason the page can explain.

mod common;
mod hasher;
mod pattern;

pub use common::Common;
pub use hasher::{Cost, Hasher, NotHashed, Outcome};

use std::fmt;
use unicode_normalization::UnicodeNormalization as _;
use zxcvbn::{Score, zxcvbn};

/// A passphrase of more code points is refused unread.
pub const LONGEST: usize = 256;

/// A passphrase as it is hashed: RFC 8265's `OpaqueString` without its refusals. Composed characters, so that two
/// keyboards that spell が differently agree, and one kind of space, so that 全角 and 半角 spaces agree; case and
/// width of letters stay as typed.
#[derive(Clone)]
pub struct Passphrase(String);

/// Whether a second factor stands beside the passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The passphrase is all there is.
    Alone,
    /// A one-time code is asked for as well.
    WithSecondFactor,
}

/// Why a passphrase is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Fewer code points than needed.
    #[error("shorter than {least} characters")]
    TooShort {
        /// The least number of code points.
        least: usize,
    },
    /// More than [`LONGEST`] code points.
    #[error("longer than {most} characters")]
    TooLong {
        /// The greatest number of code points.
        most: usize,
    },
    /// Among the passphrases that are tried first everywhere.
    #[error("one of the commonest")]
    Common,
    /// The same few characters, or one piece, over and over.
    #[error("a repetition")]
    Repeats,
    /// Mostly characters in the order of an alphabet, of numbers, or of a keyboard.
    #[error("a sequence")]
    Sequence,
    /// Too little is left without the person's, the institution's or the portal's own words.
    #[error("made of names an outsider knows")]
    OwnWords,
    /// Still too easily guessed, put together from common words, dates and patterns.
    #[error("easily guessed")]
    Guessable,
}

impl Standing {
    /// The least number of code points.
    pub const fn least(self) -> usize {
        match self {
            Self::Alone => 15,
            Self::WithSecondFactor => 8,
        }
    }
}

impl Passphrase {
    /// Accepts a passphrase that someone wants to set.
    ///
    /// `context` holds what an outsider may know: the person's name, mail address and institution, the portal's name.
    pub fn check(text: &str, standing: Standing, context: &[&str], common: &Common) -> Result<Self, Weak> {
        let passphrase = Self::typed(text).ok_or(Weak::TooLong { most: LONGEST })?;
        let (text, least) = (passphrase.0.as_str(), standing.least());
        let words = pattern::words(context);
        if text.chars().count() < least {
            Err(Weak::TooShort { least })
        } else if common.contains(text) {
            Err(Weak::Common)
        } else if pattern::repeats(text) {
            Err(Weak::Repeats)
        } else if pattern::is_sequence(text) {
            Err(Weak::Sequence)
        } else if pattern::left_without(text, &words) < least {
            Err(Weak::OwnWords)
        } else if is_guessable(text, standing, &words) {
            Err(Weak::Guessable)
        } else {
            Ok(passphrase)
        }
    }

    /// A passphrase typed to be compared with a stored one; `None` if it is longer than any that was ever accepted.
    pub fn typed(text: &str) -> Option<Self> {
        // Composition can shorten a text, but no base letter carries more than a few marks.
        if text.chars().take(4 * LONGEST + 1).count() > 4 * LONGEST {
            return None;
        }
        let composed: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).nfc().collect();
        (composed.chars().count() <= LONGEST).then_some(Self(composed))
    }

    fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(***)")
    }
}

/// Beside a second factor eight random characters must do, and they are a hundred million guesses.
fn is_guessable(text: &str, standing: Standing, words: &[String]) -> bool {
    let least = match standing {
        Standing::Alone => Score::Four,
        Standing::WithSecondFactor => Score::Two,
    };
    let own: Vec<&str> = words.iter().map(String::as_str).collect();
    let shipped: Vec<&str> = common::shipped().collect();
    zxcvbn(text, &[own, shipped].concat()).score() < least
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXT: [&str; 4] = ["見本 太郎", "taro.mihon@example.jp", "見本中央病院", "MIST"];

    fn check(text: &str, standing: Standing) -> Result<Passphrase, Weak> {
        Passphrase::check(text, standing, &CONTEXT, &Common::shipped())
    }

    fn alone(text: &str) -> Option<Weak> {
        check(text, Standing::Alone).err()
    }

    fn beside(text: &str) -> Option<Weak> {
        check(text, Standing::WithSecondFactor).err()
    }

    #[test]
    fn long_phrases_of_any_characters_are_accepted() {
        for good in [
            "雨の日は緑の傘で駅まで歩く猫",
            "あさごはんはやきざけとみそしる",
            "horses correct no battery staples",
            "umi no mieru kouen de hirune",
            "🐟🍵🚲🌧🎻🧤🪁🧭🕯🪑🧺🥁🪗🧊🪵",
            "tr0ub4dor& 夜明け前 \u{7}x",
        ] {
            let text = if good.chars().count() < 15 { format!("{good}と犬") } else { good.to_owned() };
            assert_eq!(alone(&text), None, "{text}");
        }
    }

    #[test]
    fn fifteen_code_points_alone_or_eight_beside_a_second_factor() {
        assert_eq!(alone("kX9#vQ2mZr7!pL"), Some(Weak::TooShort { least: 15 }));
        assert_eq!(alone("kX9#vQ2mZr7!pLw"), None);
        assert_eq!(beside("kX9#vQ2"), Some(Weak::TooShort { least: 8 }));
        assert_eq!(beside("kX9#vQ2m"), None);
    }

    #[test]
    fn two_hundred_and_fifty_six_is_the_longest() {
        let pool: Vec<char> = "雨の日は緑の傘で駅まで歩く猫kX9#vQ2mZr7!".chars().collect();
        let text: String = (0..257_usize).map(|i| pool[(i * i * 7 + i * 3 + i / 5) % pool.len()]).collect();
        assert_eq!(alone(&text), Some(Weak::TooLong { most: 256 }));
        assert_eq!(alone(&text.chars().take(256).collect::<String>()), None);
        assert!(Passphrase::typed(&"a".repeat(1_000_000)).is_none());
    }

    #[test]
    fn the_commonest_are_refused_however_they_are_written() {
        for common in
            ["arigatougozaimasu", "Arigatou Gozaimasu", "ａｒｉｇａｔｏｕｇｏｚａｉｍａｓｕ", "passwordpassword", "qwertyuiopasdfgh"]
        {
            assert_eq!(alone(common), Some(Weak::Common), "{common}");
        }
        assert_eq!(beside("P@ssw0rd"), Some(Weak::Common));
    }

    #[test]
    fn repetitions_are_refused() {
        for repeated in ["aaaaaaaaaaaaaaaa", "abcxyzabcxyzabcxyz", "はなはなはなはなはなはなはなはな", "1212121212121212"] {
            assert_eq!(alone(repeated), Some(Weak::Repeats), "{repeated}");
        }
    }

    #[test]
    fn sequences_are_refused() {
        for sequence in ["abcdefghijklmnop", "9876543210abcdefg", "zxcvbnmasdfghjkl", "あいうえおかきくけこさしすせ1"] {
            assert_eq!(alone(sequence), Some(Weak::Sequence), "{sequence}");
        }
    }

    #[test]
    fn own_words_do_not_count_towards_the_length() {
        for own in ["taro.mihon.2026!", "見本中央病院の見本太郎です2026", "TARO mihon example", "mist mist mist 2026x"] {
            assert_eq!(alone(own), Some(Weak::OwnWords), "{own}");
        }
        assert_eq!(alone("見本太郎は雨の日に緑の傘で駅まで歩く猫"), None, "enough is left without the name");
        assert_eq!(alone("the optimist walks before dawn"), None, "a word that only holds ours");
    }

    #[test]
    fn common_words_put_together_are_guessable() {
        assert_eq!(beside("byouin2026"), Some(Weak::Guessable));
        assert_eq!(beside("sakura1234"), Some(Weak::Guessable));
        assert_eq!(alone("password2026sakura"), Some(Weak::Guessable));
    }

    #[test]
    fn two_spellings_of_one_text_are_one_passphrase() {
        let same = |a: &str, b: &str| Passphrase::typed(a).unwrap().as_bytes() == Passphrase::typed(b).unwrap().as_bytes();
        assert!(same("がくせい", "か\u{3099}くせい"));
        assert!(same("雨 傘", "雨\u{3000}傘"));
        assert!(!same("ABC", "abc"));
        assert!(!same("ＡＢＣ", "ABC"));
    }
}
