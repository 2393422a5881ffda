use unicode_normalization::UnicodeNormalization;

/// A text that a person typed: no control characters, NFC, trimmed, at most `MAX` characters, not empty.
#[derive(Clone, PartialEq, Eq)]
pub struct Text<const MAX: usize>(String);

/// Why a typed text is not taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// Nothing but blanks.
    #[error("empty")]
    Empty,
    /// More characters than the field takes.
    #[error("{length} characters, {max} at most")]
    TooLong {
        /// Characters typed.
        length: usize,
        /// Characters taken.
        max: usize,
    },
}

impl<const MAX: usize> Text<MAX> {
    /// Takes what was typed; control characters other than line breaks fall away, line breaks become `\n`, tabs blanks.
    pub fn new(typed: &str) -> Result<Self, NotText> {
        let lines = typed.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
        // What falls away may stand between a letter and its mark, which are one afterwards.
        let clean = composed(&lines.chars().filter(|c| *c == '\n' || !is_unwanted(*c)).collect::<String>());
        let clean = clean.trim();
        let length = clean.chars().count();
        match length {
            0 => Err(NotText::Empty),
            _ if length > MAX => Err(NotText::TooLong { length, max: MAX }),
            _ => Ok(Self(clean.to_owned())),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<const MAX: usize> std::fmt::Debug for Text<MAX> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Characters that nobody types on purpose and that could mislead a reader: controls, marks that turn the direction of
/// writing, blanks of no width, letters that look like nothing, and what is no character at all.
pub(crate) fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Signs that say which shape of a kanji or picture is meant; they make no other word.
const fn chooses_a_shape(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// NFC, but with the kanji as they were typed: Unicode takes 塚 (U+FA10) or 神 (U+FA19) for their common forms, the people
/// who bear them do not. Half-width kana become full-width.
fn composed(typed: &str) -> String {
    // A half-width mark belongs to the letter before it, however wide that is.
    let is_half_width = |c: char| matches!(c, '｡'..='ﾟ');
    let is_kept = |c: char| matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}');
    let wide = by_runs(typed, is_half_width, |half, wide| wide.extend(half.nfkc()), |other, wide| wide.push_str(other));
    by_runs(&wide, is_kept, |kept, done| done.push_str(kept), |other, done| done.extend(other.nfc()))
}

/// The text with its runs of some characters done in one way, and all between them in another.
fn by_runs(text: &str, is_one: impl Fn(char) -> bool, ones: impl Fn(&str, &mut String), others: impl Fn(&str, &mut String)) -> String {
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_run = is_one(first);
        let end = rest.find(|c| is_one(c) != is_run).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        if is_run {
            ones(piece, &mut done);
        } else {
            others(piece, &mut done);
        }
        rest = after;
    }
    done
}

/// The text on one line: composed, controls gone, runs of blanks (full-width ones too) one blank, trimmed.
pub fn one_line(typed: &str) -> String {
    let kept: String = typed.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_unwanted(*c)).collect();
    let clean = composed(&kept);
    clean.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The form in which texts are compared when somebody searches: NFKC, lower case, katakana, no blanks, kanji variants as their common form.
pub fn fold(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace() && !is_unwanted(*c) && !chooses_a_shape(*c))
        .map(|c| match c {
            'ぁ'..='ゖ' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
            other => common_form(other),
        })
        // What fell away may have stood between a letter and its mark.
        .nfkc()
        .collect()
}

/// The common form of a kanji that is written in several ways in names.
fn common_form(c: char) -> char {
    const VARIANTS: &[(char, char)] = &[
        ('髙', '高'),
        ('﨑', '崎'),
        ('嵜', '崎'),
        ('碕', '崎'),
        ('𠮷', '吉'),
        ('邊', '辺'),
        ('邉', '辺'),
        ('齋', '斎'),
        ('齊', '斉'),
        ('澤', '沢'),
        ('濱', '浜'),
        ('濵', '浜'),
        ('廣', '広'),
        ('德', '徳'),
        ('眞', '真'),
        ('惠', '恵'),
        ('榮', '栄'),
        ('國', '国'),
        ('櫻', '桜'),
        ('瀨', '瀬'),
        ('黑', '黒'),
        ('曾', '曽'),
        ('桒', '桑'),
        ('冨', '富'),
        ('槇', '槙'),
        ('﨟', '臘'),
        ('隆', '隆'),
        ('栁', '柳'),
        ('靜', '静'),
        ('嶋', '島'),
        ('嶌', '島'),
        ('會', '会'),
        ('佛', '仏'),
        ('龍', '竜'),
        ('瀧', '滝'),
        ('關', '関'),
        ('條', '条'),
        ('壽', '寿'),
        ('萬', '万'),
        ('與', '与'),
        ('豐', '豊'),
        ('圓', '円'),
        ('學', '学'),
        ('藏', '蔵'),
        ('增', '増'),
        ('彌', '弥'),
        ('祐', '祐'),
        ('晴', '晴'),
        ('福', '福'),
        ('都', '都'),
        ('﨔', '欅'),
        ('醫', '医'),
        ('藥', '薬'),
        ('齒', '歯'),
    ];
    VARIANTS.iter().find(|(variant, _)| *variant == c).map_or(c, |(_, common)| *common)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_text_loses_controls_and_keeps_its_kanji() {
        let text = Text::<20>::new("  𠮷見\u{0}\u{202E}さん\r\n髙子 ").unwrap();
        assert_eq!(text.as_str(), "𠮷見さん\n髙子");
        assert_eq!(Text::<3>::new("四文字だ"), Err(NotText::TooLong { length: 4, max: 3 }));
        assert_eq!(Text::<3>::new(" 　\t"), Err(NotText::Empty));
    }

    #[test]
    fn search_ignores_width_kana_case_and_variants() {
        assert_eq!(fold("みほん ﾔｯｷｮｸ ＡＢＣ"), fold("ミホンヤッキョクabc"));
        assert_eq!(fold("髙﨑 𠮷"), "高崎吉");
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(one_line("見本\n　太郎\t "), "見本 太郎");
    }

    #[test]
    fn kanji_stay_and_the_rest_is_composed() {
        for typed in ["塚\u{FA10}", "神\u{FA19}", "﨑髙𠮷", "葛\u{E0100}城", "\u{2F80B}"] {
            assert_eq!(one_line(typed), typed, "{typed}");
        }
        assert_eq!(one_line("か\u{3099}き ﾊﾟﾋﾟｶﾞ｡"), "がき パピガ。");
        assert_eq!(one_line("カﾞか\u{200B}\u{3099}ｦ\u{3099}"), "ガがヺ");
        assert_eq!(one_line("\u{3164}\u{FEFF}見\u{61C}本\u{FFFF}"), "見本");
        assert_eq!(fold("\u{FA10}葛\u{E0100}城"), fold("塚葛城"));
    }

    #[test]
    fn lines_and_tabs_of_any_machine_are_taken() {
        assert_eq!(Text::<20>::new("一\r二\r\n三\t四").unwrap().as_str(), "一\n二\n三 四");
    }
}
