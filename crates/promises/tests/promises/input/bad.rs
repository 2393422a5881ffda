//! What people and programs put into a field, and what is to become of it.

/// What is typed, and the name by which a failure tells it.
pub const INPUTS: &[(&str, &str)] = &[
    ("nothing", ""),
    ("only blanks", " 　\t "),
    ("control characters", "\u{0}\u{1b}見\u{7f}本\u{0}"),
    ("a picture", "😀👨\u{200D}👩\u{200D}👧"),
    ("HTML", "<b onclick=\"x('&')\">見</b>"),
    ("a formula", "=1+1"),
    ("half-width kana", "ﾐﾎﾝ ｶﾞｸ"),
    ("variant kanji", "髙﨑𠮷\u{FA10}"),
    ("combining marks", "か\u{3099}は\u{309A}"),
    ("marks of direction", "\u{202E}見\u{200F}本\u{202C}"),
    ("a full-width mail address", "ａ＠ｅｘａｍｐｌｅ．ｊｐ"),
    ("a mail address with blanks", " a @ exa mple.jp　"),
    ("two mail addresses", "a@example.jp, b@example.jp"),
    ("a header of a mail", "a@example.jp\r\nBcc: b@example.jp"),
];

/// Ten thousand characters, as when a whole document is pasted.
pub fn too_long() -> String {
    "長い文。".repeat(2_500)
}

/// A word that no line can be broken in.
pub fn one_word() -> String {
    "x".repeat(10_000)
}

/// What a field is for, by its name; a field that is not known here is a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Name,
    Kana,
    Mail,
    Line,
    Text,
    Secret,
}

impl Kind {
    pub fn of(field: &str) -> Self {
        match field {
            "family" | "given" => Self::Name,
            "family_kana" | "given_kana" => Self::Kana,
            "email" | "login" => Self::Mail,
            "question" | "body" => Self::Text,
            "passphrase" | "code" => Self::Secret,
            _ => Self::Line,
        }
    }

    /// What becomes of one of [`INPUTS`]; `None` if it is refused.
    pub fn becomes(self, what: &str, is_required: bool) -> Option<&'static str> {
        let text = match what {
            "nothing" | "only blanks" => return if is_required { None } else { Some("") },
            "control characters" | "marks of direction" => "見本",
            "a picture" => "😀👨\u{200D}👩\u{200D}👧",
            "HTML" => "<b onclick=\"x('&')\">見</b>",
            "a formula" => "=1+1",
            "half-width kana" => "ミホン ガク",
            "variant kanji" => "髙﨑𠮷\u{FA10}",
            "combining marks" => "がぱ",
            "a full-width mail address" => "ａ＠ｅｘａｍｐｌｅ．ｊｐ",
            "a mail address with blanks" => "a @ exa mple.jp",
            "two mail addresses" => "a@example.jp, b@example.jp",
            "a header of a mail" if self == Self::Text => "a@example.jp\nBcc: b@example.jp",
            "a header of a mail" => "a@example.jp Bcc: b@example.jp",
            _ => panic!("nobody says what becomes of {what}"),
        };
        match (self, what) {
            (Self::Name, "a picture" | "a formula") => None,
            (Self::Line | Self::Text | Self::Name, _) | (Self::Kana, "half-width kana") => Some(text),
            (Self::Kana, "combining marks") => Some("ガパ"),
            (Self::Mail, "a full-width mail address" | "a mail address with blanks") => Some("a@example.jp"),
            (Self::Kana | Self::Mail | Self::Secret, _) => None,
        }
    }
}
