//! The reader: RFC 8259 to the letter, with limits.

use std::collections::HashSet;

use super::{Json, Number, Object};
use crate::pointer;

/// How deep values may lie in each other.
pub const DEPTH_MAX: usize = 96;
/// How many characters a number may have.
pub const NUMBER_MAX: usize = 400;
/// How many digits its exponent may have.
const EXPONENT_MAX: usize = 18;
/// From how many keys on they are looked up in a set.
const FEW_KEYS: usize = 12;

/// Why bytes are no JSON that can be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault} (byte {offset})")]
pub struct NotJson {
    /// What is wrong.
    pub fault: Fault,
    /// A JSON Pointer (RFC 6901) to the value in which it was found.
    pub path: String,
    /// How many bytes lie before the place.
    pub offset: usize,
}

/// What can be wrong with JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not a value where one has to be, or something that JSON does not have.
    #[error("this is not JSON")]
    Syntax,
    /// The end comes too early.
    #[error("the JSON ends before it is complete")]
    CutOff,
    /// There is something after the value.
    #[error("something follows after the JSON")]
    Trailing,
    /// Bytes that are no UTF-8, or half of a surrogate pair.
    #[error("a text is not in UTF-8")]
    Encoding,
    /// A key stands twice in one object.
    #[error("the key {0:?} stands twice in one object")]
    DuplicateKey(String),
    /// Values lie too deep in each other.
    #[error("values lie more than {DEPTH_MAX} deep in each other")]
    TooDeep,
    /// A number has too many characters.
    #[error("a number has more than {NUMBER_MAX} characters, or more than {EXPONENT_MAX} in its exponent")]
    LongNumber,
}

pub(super) fn parse(bytes: &[u8]) -> Result<Json, NotJson> {
    // Once for all: what is cut out between ASCII characters is UTF-8 too.
    let text =
        std::str::from_utf8(bytes).map_err(|wrong| NotJson { fault: Fault::Encoding, path: String::new(), offset: wrong.valid_up_to() })?;
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0 };
    let value = reader.value(0)?;
    reader.blank();
    if reader.at < bytes.len() { Err(reader.wrong(Fault::Trailing)) } else { Ok(value) }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn wrong(&self, fault: Fault) -> NotJson {
        NotJson { fault, path: String::new(), offset: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// What is wrong where something else was expected.
    fn unexpected(&self) -> NotJson {
        self.wrong(if self.at < self.bytes.len() { Fault::Syntax } else { Fault::CutOff })
    }

    fn expect(&mut self, byte: u8) -> Result<(), NotJson> {
        if self.peek() != Some(byte) {
            return Err(self.unexpected());
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self, depth: usize) -> Result<Json, NotJson> {
        self.blank();
        if depth > DEPTH_MAX {
            return Err(self.wrong(Fault::TooDeep));
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Ok(Json::String(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => Err(self.unexpected()),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, NotJson> {
        for byte in word.bytes() {
            self.expect(byte)?;
        }
        Ok(value)
    }

    fn object(&mut self, depth: usize) -> Result<Json, NotJson> {
        self.at += 1;
        let mut pairs: Vec<(String, Json)> = Vec::new();
        let mut many: HashSet<String> = HashSet::new();
        self.blank();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(Object::new()));
        }
        loop {
            self.blank();
            let key = self.string()?;
            if pairs.len() == FEW_KEYS {
                many.extend(pairs.iter().map(|(name, _)| name.clone()));
            }
            let twice = if pairs.len() < FEW_KEYS { pairs.iter().any(|(name, _)| *name == key) } else { !many.insert(key.clone()) };
            if twice {
                let path = pointer::step(&key);
                return Err(NotJson { path, ..self.wrong(Fault::DuplicateKey(key)) });
            }
            self.blank();
            self.expect(b':')?;
            let value = self.value(depth + 1).map_err(|wrong| within(&pointer::step(&key), wrong))?;
            pairs.push((key, value));
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                _ => return Err(self.unexpected()),
            }
        }
        self.at += 1;
        Ok(Json::Object(Object::of_unique(pairs)))
    }

    fn array(&mut self, depth: usize) -> Result<Json, NotJson> {
        self.at += 1;
        let mut items = Vec::new();
        self.blank();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Json::Array(items));
        }
        loop {
            let item = self.value(depth + 1).map_err(|wrong| within(&pointer::item(items.len()), wrong))?;
            items.push(item);
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                _ => return Err(self.unexpected()),
            }
        }
        self.at += 1;
        Ok(Json::Array(items))
    }

    fn string(&mut self) -> Result<String, NotJson> {
        self.expect(b'"')?;
        let mut text = String::new();
        let mut plain = self.at;
        loop {
            match self.peek() {
                None => return Err(self.wrong(Fault::CutOff)),
                Some(b'"') => break,
                Some(b'\\') => {
                    text.push_str(&self.text[plain..self.at]);
                    self.at += 1;
                    text.push(self.escape()?);
                    plain = self.at;
                }
                Some(0..=0x1f) => return Err(self.wrong(Fault::Syntax)),
                Some(_) => self.at += 1,
            }
        }
        text.push_str(&self.text[plain..self.at]);
        self.at += 1;
        Ok(text)
    }

    fn escape(&mut self) -> Result<char, NotJson> {
        let character = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode();
            }
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        Ok(character)
    }

    /// After `\u`. Half of a pair has no character: it could be stored by nobody.
    fn unicode(&mut self) -> Result<char, NotJson> {
        let first = self.unit()?;
        let code = if (0xd800..0xdc00).contains(&first) {
            if self.peek() != Some(b'\\') || self.bytes.get(self.at + 1) != Some(&b'u') {
                return Err(self.wrong(Fault::Encoding));
            }
            self.at += 2;
            let second = self.unit()?;
            if !(0xdc00..0xe000).contains(&second) {
                return Err(self.wrong(Fault::Encoding));
            }
            0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
        } else {
            first
        };
        char::from_u32(code).ok_or_else(|| self.wrong(Fault::Encoding))
    }

    fn unit(&mut self) -> Result<u32, NotJson> {
        let mut unit = 0;
        for _ in 0..4 {
            let Some(digit) = self.peek().and_then(|byte| char::from(byte).to_digit(16)) else { return Err(self.unexpected()) };
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<Json, NotJson> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            let exponent = self.at;
            self.digits()?;
            if self.at - exponent > EXPONENT_MAX {
                return Err(self.wrong(Fault::LongNumber));
            }
        }
        if self.at - start > NUMBER_MAX {
            return Err(self.wrong(Fault::LongNumber));
        }
        Ok(Json::Number(Number::of_checked(self.text[start..self.at].to_owned())))
    }

    fn digits(&mut self) -> Result<(), NotJson> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected()) } else { Ok(()) }
    }
}

/// The fault lies behind this step.
fn within(step: &str, wrong: NotJson) -> NotJson {
    NotJson { path: format!("{step}{}", wrong.path), ..wrong }
}

#[cfg(test)]
mod tests {
    use super::{DEPTH_MAX, Fault};
    use crate::Json;

    #[test]
    fn what_was_sent_is_written_again_in_its_order_and_digits() {
        let sent = r#"{"b":1.50,"a":[1e3,-0,true,null,"é\n\u0007\"\\"],"":{}}"#;
        assert_eq!(Json::parse(sent.as_bytes()).unwrap().to_string(), sent);
        assert_eq!(Json::parse(br#" [ "\ud83d\ude00\/" , 1 ] "#).unwrap().to_string(), "[\"😀/\",1]");
    }

    fn fault(text: &str) -> (Fault, String) {
        let wrong = Json::parse(text.as_bytes()).unwrap_err();
        (wrong.fault, wrong.path)
    }

    #[test]
    fn a_key_that_comes_twice_is_refused_with_its_place() {
        assert_eq!(fault(r#"{"a":[{"b":1,"b":1}]}"#), (Fault::DuplicateKey("b".into()), "/a/0/b".into()));
        assert_eq!(fault(r#"{"a":1,"\u0061":2}"#), (Fault::DuplicateKey("a".into()), "/a".into()), "however it is written");
        let many = (0..40).map(|n| format!("\"k{n}\":{n}")).collect::<Vec<_>>().join(",");
        assert!(Json::parse(format!("{{{many}}}").as_bytes()).is_ok());
        assert_eq!(fault(&format!("{{{many},\"k39\":1}}")).0, Fault::DuplicateKey("k39".into()));
        assert_eq!(fault(&format!("{{{many},\"k2\":1}}")).0, Fault::DuplicateKey("k2".into()));
    }

    #[test]
    fn half_of_a_surrogate_pair_is_refused() {
        for half in [r#""\ud800""#, r#""\udc00""#, r#""\ud800\u0041""#, r#""\ud800\ud800""#, r#""\ud800x""#] {
            assert_eq!(fault(half).0, Fault::Encoding, "{half}");
        }
        assert_eq!(Json::parse(b"\"\xff\"").unwrap_err().fault, Fault::Encoding);
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for wrong in [
            "{a:1}",
            "[1,]",
            "{\"a\":1,}",
            "01",
            "+1",
            ".5",
            "1.",
            "1e",
            "-",
            "'a'",
            "NaN",
            "tru",
            "\"\t\"",
            "\"\\x\"",
            "\u{feff}1",
            "[1 2]",
        ] {
            assert!(matches!(fault(wrong).0, Fault::Syntax | Fault::CutOff | Fault::Trailing), "{wrong}");
        }
        assert_eq!(fault("").0, Fault::CutOff);
        assert_eq!(fault("{\"a\"").0, Fault::CutOff);
        assert_eq!(fault("1 1").0, Fault::Trailing);
    }

    #[test]
    fn what_lies_too_deep_or_is_too_long_is_refused_without_harm() {
        let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(Json::parse(deep(DEPTH_MAX).as_bytes()).is_ok());
        assert_eq!(fault(&deep(DEPTH_MAX + 2)).0, Fault::TooDeep);
        assert_eq!(fault(&"[".repeat(1_000_000)).0, Fault::TooDeep);
        assert_eq!(fault(&"{\"a\":".repeat(1_000_000)).0, Fault::TooDeep);
        assert_eq!(fault(&"9".repeat(401)).0, Fault::LongNumber);
        assert_eq!(fault(&format!("1e{}", "9".repeat(19))).0, Fault::LongNumber);
    }
}
