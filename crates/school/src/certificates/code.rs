use std::fmt;
use std::str::FromStr;

/// The code by which a certificate is looked up: `7QK4-M2XD-9F3H`. Eleven random signs and one that checks them.
///
/// 54 random bits: who has no certificate in hand finds none. No sign looks like another, and the last finds every slip of one
/// sign and every swap of two.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

/// The text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no verification code")]
pub struct NotACode;

/// A prime number of signs, so that the check catches every swap.
const SIGNS: &[u8; 31] = b"123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 12;
const BASE: u128 = 31;

impl Code {
    /// A code out of random bytes.
    pub fn random(bytes: [u8; 32]) -> Self {
        let mut rest = bytes.iter().take(16).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        let mut digits = Vec::with_capacity(LENGTH);
        for _ in 1..LENGTH {
            digits.push(rest % BASE);
            rest /= BASE;
        }
        digits.push(check_of(&digits));
        Self(digits.into_iter().filter_map(sign).collect())
    }

    /// The twelve signs without strokes, as stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The sum, in which each place weighs another amount.
fn check_of(digits: &[u128]) -> u128 {
    (2_u128..).zip(digits).map(|(weight, digit)| weight * digit).sum::<u128>() % BASE
}

fn sign(digit: u128) -> Option<char> {
    SIGNS.get(usize::try_from(digit).ok()?).map(|sign| char::from(*sign))
}

fn digit(sign: char) -> Option<u128> {
    let alike = match sign.to_ascii_uppercase() {
        'I' | 'L' => '1',
        other => other,
    };
    SIGNS.iter().zip(0..).find(|(known, _)| char::from(**known) == alike).map(|(_, digit)| digit)
}

impl FromStr for Code {
    type Err = NotACode;

    /// Takes what people type: the code in any width and case, with a number before it, or the whole address.
    fn from_str(typed: &str) -> Result<Self, NotACode> {
        let folded = kernel::fold(typed);
        let path = folded.split(['?', '#']).next().unwrap_or_default();
        let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let signs: Vec<char> = last.chars().filter(char::is_ascii_alphanumeric).collect();
        let tail = signs.len().checked_sub(LENGTH).and_then(|start| signs.get(start..)).ok_or(NotACode)?;
        let digits: Vec<u128> = tail.iter().map(|sign| digit(*sign)).collect::<Option<_>>().ok_or(NotACode)?;
        let (check, body) = digits.split_last().ok_or(NotACode)?;
        if check_of(body) != *check {
            return Err(NotACode);
        }
        Ok(Self(digits.into_iter().filter_map(sign).collect()))
    }
}

impl fmt::Display for Code {
    /// In groups of four.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, sign) in self.0.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{sign}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Code {
    /// Whoever has it sees the certificate, so that logs do not.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl db::FromColumn for Code {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = Code::random([7; 32]);
        let shown = code.to_string();
        for typed in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', ""),
            shown.replace('-', " "),
            format!("https://mist.example.jp/verify/{shown}"),
            format!("mist.example.jp/en/verify/{shown}/"),
            format!("R8-I2-000142 {shown}"),
            shown.chars().map(|c| if c.is_ascii_alphanumeric() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c }).collect(),
        ] {
            assert_eq!(typed.parse::<Code>().as_ref(), Ok(&code), "{typed}");
        }
        assert!("R8-I2-000142".parse::<Code>().is_err());
        assert!("".parse::<Code>().is_err());
    }

    proptest! {
        #[test]
        fn a_slip_and_a_swap_are_found(bytes: [u8; 32], at in 0..LENGTH, other in 0..SIGNS.len()) {
            let code = Code::random(bytes);
            let mut signs: Vec<char> = code.as_str().chars().collect();
            let slipped = char::from(SIGNS[other]);
            if signs[at] != slipped {
                let mut wrong = signs.clone();
                wrong[at] = slipped;
                prop_assert!(wrong.iter().collect::<String>().parse::<Code>().is_err());
            }
            if at + 2 < LENGTH && signs[at] != signs[at + 1] {
                signs.swap(at, at + 1);
                prop_assert!(signs.iter().collect::<String>().parse::<Code>().is_err());
            }
        }
    }
}
