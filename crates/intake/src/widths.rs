use unicode_normalization::UnicodeNormalization;

/// Writes half-width kana full and full-width letters, digits and spaces half: ﾐﾎﾝ becomes ミホン, ０１２ becomes 012.
///
/// Not NFKC, which would also turn ㈱, ①, ～ and the variants of kanji in people's names into other characters.
pub fn even_widths(text: &str) -> String {
    let mut even = String::with_capacity(text.len());
    let mut kana = String::new();
    for character in text.chars() {
        // A sound mark is a character of its own after half-width kana, so that runs are composed together.
        if matches!(character, '\u{FF61}'..='\u{FF9F}') {
            kana.push(character);
            continue;
        }
        even.extend(kana.nfkc());
        kana.clear();
        even.push(match character {
            '\u{3000}' => ' ',
            '\u{FF01}'..='\u{FF5D}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
            _ => character,
        });
    }
    even.extend(kana.nfkc());
    even
}

#[cfg(test)]
mod tests {
    use super::even_widths;

    #[test]
    fn widths_become_even_and_nothing_else_changes() {
        assert_eq!(even_widths("ﾐﾎﾝﾋﾞｮｳｲﾝ　Ａ棟１２３（本館）"), "ミホンビョウイン A棟123(本館)");
        assert_eq!(even_widths("髙﨑𠮷 ㈱① 16:00～18:00"), "髙﨑𠮷 ㈱① 16:00～18:00");
        assert_eq!(even_widths("\u{FA19}"), "\u{FA19}", "a kanji variant of a name stays");
    }
}
