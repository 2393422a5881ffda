//! A number in the digits that were sent.

use std::fmt;

/// The text of a JSON number, for example `12.50` or `1e3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(String);

impl Number {
    pub(super) fn of_checked(text: String) -> Self {
        Self(text)
    }

    /// The digits as they were sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest IEEE 754 double; nothing where the number is beyond them.
    pub fn to_f64(&self) -> Option<f64> {
        self.0.parse::<f64>().ok().filter(|value| value.is_finite())
    }

    /// The number as a whole one that is not negative; nothing where it has a fraction or does not fit.
    pub fn to_u64(&self) -> Option<u64> {
        let value = self.value();
        let zeros = usize::try_from(value.exponent).ok().filter(|zeros| *zeros <= 20)?;
        if value.negative {
            return None;
        }
        format!("{}{}", value.digits, "0".repeat(zeros)).parse().ok()
    }

    /// What the digits mean, so that `1`, `1.0` and `10e-1` are the same.
    pub(crate) fn value(&self) -> Value {
        let (negative, rest) = match self.0.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, self.0.as_str()),
        };
        let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0').trim_end_matches('0');
        if digits.is_empty() {
            return Value { negative: false, digits: "0".to_owned(), exponent: 0 };
        }
        let trailing = all.len() - all.trim_end_matches('0').len();
        let exponent: i64 = exponent.parse().expect("the reader lets no exponent of more than 18 digits through");
        let shift = i64::try_from(trailing).unwrap_or(i64::MAX) - i64::try_from(fraction.len()).unwrap_or(i64::MAX);
        Value { negative, digits: digits.to_owned(), exponent: exponent + shift }
    }
}

/// A number without leading and trailing zeros: `digits` times ten to the power of `exponent`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Value {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    fn number(text: &str) -> Number {
        Number::of_checked(text.to_owned())
    }

    #[test]
    fn numbers_of_the_same_value_are_the_same_however_they_are_written() {
        for (one, other) in
            [("1", "1.0"), ("1", "10e-1"), ("0", "-0"), ("0.00", "0e9"), ("1200", "1.2e3"), ("1E2", "100"), ("-5", "-0.5e+1")]
        {
            assert_eq!(number(one).value(), number(other).value(), "{one} {other}");
        }
        for (one, other) in [("1", "-1"), ("1", "10"), ("0.1", "0.10000000000000000001"), ("1e400", "1e401")] {
            assert_ne!(number(one).value(), number(other).value(), "{one} {other}");
        }
    }

    #[test]
    fn whole_numbers_are_told_from_fractions() {
        assert_eq!(number("27").to_u64(), Some(27));
        assert_eq!(number("27.0").to_u64(), Some(27));
        assert_eq!(number("2.7e1").to_u64(), Some(27));
        for none in ["27.5", "-1", "1e99", "1e999999999999999999", "18446744073709551616", "1e-3"] {
            assert_eq!(number(none).to_u64(), None, "{none}");
        }
    }

    #[test]
    fn a_number_beyond_the_doubles_has_none() {
        assert_eq!(number("1e999").to_f64(), None);
        assert_eq!(number("-12.5").to_f64(), Some(-12.5));
    }
}
