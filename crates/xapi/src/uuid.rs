//! UUIDs in their usual form (xAPI-Data 4.4; RFC 4122 section 3).

use ::uuid::Uuid;

/// 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12, in capitals or not.
///
/// Variant and version are not looked at: the specification's own first example, `12345678-1234-5678-1234-567812345678`, has a
/// variant that RFC 4122 reserves, and ids that other systems derive from hashes have any version. Two texts name one statement
/// when they differ in capitals alone, so ids are compared as [`Uuid`].
pub fn parse(text: &str) -> Option<Uuid> {
    let hyphens = text.len() == 36 && text.bytes().enumerate().all(|(n, byte)| matches!(n, 8 | 13 | 18 | 23) == (byte == b'-'));
    hyphens.then(|| Uuid::try_parse(text).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_uuid_has_its_usual_form() {
        let id = parse("fd41c918-b88b-4b20-a0a5-a4c32391aaa0").unwrap();
        assert_eq!(parse("FD41C918-B88B-4B20-A0A5-A4C32391AAA0"), Some(id), "capitals make no other id");
        assert!(parse("12345678-1234-5678-1234-567812345678").is_some(), "the example of the specification");
        for wrong in [
            "",
            "AA97B177-9383-4934-8543-0F91A7A028368",
            "MA97B177-9383-4934-8543-0F91A7A02836",
            "fd41c918b88b4b20a0a5a4c32391aaa0",
            "{fd41c918-b88b-4b20-a0a5-a4c32391aaa0}",
            "urn:uuid:fd41c918-b88b-4b20-a0a5-a4c32391aaa0",
            "fd41c918-b88b-4b20-a0a5a-4c32391aaa0",
            " fd41c918-b88b-4b20-a0a5-a4c32391aaa",
            "ｆd41c918-b88b-4b20-a0a5-a4c32391a",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
