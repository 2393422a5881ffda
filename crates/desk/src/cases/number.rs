use db::{DbResult, Tx};
use kernel::Timestamp;
use std::fmt;
use std::str::FromStr;

use super::store;

/// The number that both sides say: `2026-000123-7`. The last digit finds a digit that was misheard, and two that were swapped.
///
/// It is no secret, and opens nothing by itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CaseNumber {
    year: u16,
    count: u32,
}

/// What was typed is no number of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotANumber {
    /// Too few or too many digits.
    #[error("a case number has eleven digits")]
    Length,
    /// A digit is wrong, or two are swapped.
    #[error("the last digit does not fit the others")]
    Check,
}

/// The most cases of one year.
const MOST: u32 = 999_999;

/// Damm's quasigroup: every single wrong digit and every swap of neighbours leads elsewhere.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

impl CaseNumber {
    /// The number of the `count`th case of a year.
    pub fn new(year: u16, count: u32) -> Option<Self> {
        ((1000..=9999).contains(&year) && (1..=MOST).contains(&count)).then_some(Self { year, count })
    }

    /// The next number of the year in Japan, given once even to two who ask at the same moment.
    pub async fn next(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<Self> {
        let year = now.day().year();
        let last = store::next_count(tx, year).await?;
        let number = u16::try_from(year).ok().zip(u32::try_from(last).ok()).and_then(|(year, count)| Self::new(year, count));
        number.ok_or(db::DbError::Settings("no case number is left for this year".to_owned()))
    }

    fn check(self) -> u8 {
        format!("{:04}{:06}", self.year, self.count).bytes().fold(0, |state, digit| DAMM[usize::from(state)][usize::from(digit - b'0')])
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:06}-{}", self.year, self.count, self.check())
    }
}

impl fmt::Debug for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for CaseNumber {
    type Err = NotANumber;

    /// As people type it: with or without hyphens, spaces between, full-width digits.
    fn from_str(typed: &str) -> Result<Self, NotANumber> {
        let digit = |c: char| match c {
            '０'..='９' => u32::from(c).checked_sub(u32::from('０')),
            _ => c.to_digit(10),
        };
        let digits: Vec<u32> = typed.chars().filter_map(digit).collect();
        if digits.len() != 11 {
            return Err(NotANumber::Length);
        }
        let value = |digits: &[u32]| digits.iter().fold(0, |value, digit| value * 10 + digit);
        let year = u16::try_from(value(&digits[..4])).map_err(|_| NotANumber::Check)?;
        let number = Self::new(year, value(&digits[4..10])).ok_or(NotANumber::Check)?;
        if u32::from(number.check()) == digits[10] { Ok(number) } else { Err(NotANumber::Check) }
    }
}

impl db::FromColumn for CaseNumber {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

impl From<CaseNumber> for db::Arg {
    fn from(number: CaseNumber) -> Self {
        number.to_string().into()
    }
}

impl serde::Serialize for CaseNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for CaseNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <String as serde::Deserialize>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number() -> impl Strategy<Value = CaseNumber> {
        (2000_u16..2100, 1..=MOST).prop_map(|(year, count)| CaseNumber::new(year, count).unwrap())
    }

    proptest! {
        #[test]
        fn a_number_is_read_as_it_was_written(number in number()) {
            let shown = number.to_string();
            prop_assert_eq!(shown.parse(), Ok(number));
            prop_assert_eq!(shown.replace('-', " ").parse(), Ok(number));
            prop_assert_eq!(shown.replace('-', "").parse(), Ok(number));
            let wide: String = shown.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
            prop_assert_eq!(wide.parse(), Ok(number));
        }

        #[test]
        fn one_wrong_digit_is_noticed(number in number(), place in 0_usize..11, other in 1_u8..10) {
            let mut digits: Vec<u8> = number.to_string().bytes().filter(u8::is_ascii_digit).collect();
            digits[place] = (digits[place] - b'0' + other) % 10 + b'0';
            prop_assert!(String::from_utf8(digits).unwrap().parse::<CaseNumber>().is_err());
        }

        #[test]
        fn two_swapped_digits_are_noticed(number in number(), place in 0_usize..10) {
            let mut digits: Vec<u8> = number.to_string().bytes().filter(u8::is_ascii_digit).collect();
            prop_assume!(digits[place] != digits[place + 1]);
            digits.swap(place, place + 1);
            prop_assert!(String::from_utf8(digits).unwrap().parse::<CaseNumber>().is_err());
        }
    }

    #[test]
    fn what_is_no_number_says_why() {
        assert_eq!("2026-1-2".parse::<CaseNumber>(), Err(NotANumber::Length));
        assert_eq!("".parse::<CaseNumber>(), Err(NotANumber::Length));
        assert_eq!("0000-000000-0".parse::<CaseNumber>(), Err(NotANumber::Check));
    }
}
