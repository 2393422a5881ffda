//! The lines of a calendar file.
//!
//! Own code on purpose: the crate `icalendar` 0.17 cannot make a VTIMEZONE, and stamps zones and alarms with the machine's clock.

use journal::delivery::InvitationMethod;

/// Octets that a line may have before it is folded (RFC 5545, 3.1).
const LINE: usize = 75;

/// Writes a calendar line by line.
pub struct Writer(String);

impl Writer {
    /// A calendar with this method.
    pub fn new(method: InvitationMethod) -> Self {
        let mut out = Self(String::new());
        out.begin("VCALENDAR");
        out.line("VERSION", "2.0");
        out.line("PRODID", "-//MIST//Medical Information Security Training//JA");
        out.line("CALSCALE", "GREGORIAN");
        out.line("METHOD", method.code());
        out
    }

    /// Japan's time: nine hours before UTC, without daylight saving time since 1951.
    pub fn timezone(&mut self) {
        self.begin("VTIMEZONE");
        self.line("TZID", "Asia/Tokyo");
        self.begin("STANDARD");
        self.line("DTSTART", "19510908T010000");
        self.line("TZOFFSETFROM", "+0900");
        self.line("TZOFFSETTO", "+0900");
        self.line("TZNAME", "JST");
        self.end("STANDARD");
        self.end("VTIMEZONE");
    }

    /// `BEGIN:…`
    pub fn begin(&mut self, component: &str) {
        self.line("BEGIN", component);
    }

    /// `END:…`
    pub fn end(&mut self, component: &str) {
        self.line("END", component);
    }

    /// A property whose value is a text for people: escaped.
    pub fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                c if c.is_control() => {}
                c => escaped.push(c),
            }
        }
        self.line(name, &escaped);
    }

    /// A property, folded where it is long; never inside a character.
    pub fn line(&mut self, name: &str, value: &str) {
        let mut room = LINE;
        for c in name.chars().chain([':']).chain(value.chars()).filter(|c| !c.is_control()) {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// The whole file.
    pub fn finish(mut self) -> String {
        self.end("VCALENDAR");
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut out = Writer(String::new());
        out.text("SUMMARY", &"システム・セキュリティ管理者向け研修、第5回; ".repeat(4));
        assert!(out.0.lines().all(|line| line.len() <= LINE), "{}", out.0);
        assert!(out.0.replace("\r\n ", "").contains("研修、第5回\\; システム"), "{}", out.0);
    }

    #[test]
    fn a_value_cannot_begin_another_property() {
        let mut out = Writer(String::new());
        out.line("URL", "x\r\nATTENDEE:mailto:evil@example.jp");
        assert_eq!(out.0, "URL:xATTENDEE:mailto:evil@example.jp\r\n");
    }

    /// As a reader takes a file apart: lines unfolded (RFC 5545, 3.1), each into name and value at the first colon.
    fn unfolded(text: &str) -> Vec<(String, String)> {
        let whole = text.replace("\r\n ", "");
        let line =
            |line: &str| line.split_once(':').map_or((line.to_owned(), String::new()), |(name, value)| (name.to_owned(), value.to_owned()));
        whole.split_terminator("\r\n").map(line).collect()
    }

    /// As a reader takes a text value (RFC 5545, 3.3.11).
    fn unescaped(value: &str) -> String {
        let mut text = String::new();
        let mut chars = value.chars();
        while let Some(c) = chars.next() {
            match (c, if c == '\\' { chars.next() } else { None }) {
                ('\\', Some('n' | 'N')) => text.push('\n'),
                ('\\', Some(escaped)) => text.push(escaped),
                (c, _) => text.push(c),
            }
        }
        text
    }

    fn value() -> impl Strategy<Value = String> {
        let piece = prop_oneof!["[ -~]{0,40}", "[ぁ-ん髙﨑𠮷😀、。　]{0,40}", "[\\\\;,:\r\n\t \u{85}\u{7F}\"n]{0,20}", any::<String>()];
        prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_reader_gets_back_what_was_written(values in prop::collection::vec(value(), 1..5)) {
            let mut out = Writer(String::new());
            for value in &values {
                out.text("DESCRIPTION", value);
            }
            for line in out.0.split_terminator("\r\n") {
                prop_assert!((1..=LINE).contains(&line.len()), "{} octets", line.len());
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let printable = |text: &str| text.chars().filter(|c| *c == '\n' || !c.is_control()).collect::<String>();
            let back: Vec<_> = unfolded(&out.0).into_iter().map(|(name, value)| (name, unescaped(&value))).collect();
            let gone: Vec<_> = values.iter().map(|value| ("DESCRIPTION".to_owned(), printable(value))).collect();
            prop_assert_eq!(back, gone);
        }

        #[test]
        fn no_value_begins_a_line_of_its_own(value in value()) {
            let mut out = Writer(String::new());
            out.line("URL", &value);
            let back = unfolded(&out.0);
            prop_assert_eq!(back.len(), 1);
            prop_assert_eq!(back[0].1.clone(), value.chars().filter(|c| !c.is_control()).collect::<String>());
        }
    }
}
