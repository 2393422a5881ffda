//! `spelling.toml`: how a case number and the six words are read out, letter by letter (通話表).

use kernel::Lang;
use serde::Deserialize;
use std::sync::LazyLock;

use crate::cases::CaseNumber;
use crate::contents::{self, Both, ContentFault};

const FILE: &str = "spelling.toml";

/// How letters and digits are read out.
#[derive(Debug, Deserialize)]
pub struct Spelling {
    kana: Vec<Kana>,
    voiced: Vec<Kana>,
    small: Vec<Kana>,
    digit: Vec<Digit>,
    case_number: Number,
    words: Words,
}

#[derive(Debug, Deserialize)]
struct Kana {
    kana: char,
    say: String,
}

#[derive(Debug, Deserialize)]
struct Digit {
    digit: char,
    short: String,
}

#[derive(Debug, Deserialize)]
struct Number {
    group: Both,
}

#[derive(Debug, Deserialize)]
struct Words {
    ordinal: Vec<String>,
    ordinal_en: Vec<String>,
    warn: Both,
}

impl Spelling {
    /// The alphabet as shipped. The program checks it at its start.
    pub fn shipped() -> &'static Self {
        static SPELLING: LazyLock<Spelling> = LazyLock::new(|| Spelling::read().expect("data/desk was checked at the start"));
        &SPELLING
    }

    /// Reads and checks the alphabet.
    pub fn read() -> Result<Self, ContentFault> {
        let text = contents::text(FILE);
        let spelling: Self = contents::parse(FILE, &text)?;
        let fault = |what: &str| contents::fault(FILE, &text, "", what);
        if let Some(digit) = ('0'..='9').find(|digit| spelling.digit(*digit).is_none()) {
            return Err(fault(&format!("the digit {digit} has no reading")));
        }
        if spelling.words.ordinal.len() != 6 || spelling.words.ordinal_en.len() != 6 {
            return Err(fault("six words have six ordinals"));
        }
        Ok(spelling)
    }

    /// 「に、まる、に、ろく。ハイフン。…」: digit by digit, with a stop after three.
    pub fn number(&self, number: CaseNumber, lang: Lang) -> String {
        let shown = number.to_string();
        let comma = lang.pick("、", ", ");
        let group = |group: &str| {
            let digits: Vec<&str> = group.chars().filter_map(|digit| lang.pick(self.digit(digit), None).or(Some(english(digit)))).collect();
            let thirds: Vec<String> = digits.chunks(if digits.len() == 6 { 3 } else { 4 }).map(|third| third.join(comma)).collect();
            thirds.join(lang.pick("。", ". "))
        };
        let groups: Vec<String> = shown.split('-').map(group).collect();
        let end = lang.pick("。", ". ");
        groups.join(&format!("{end}{}{end}", self.case_number.group.pick(lang))) + end.trim_end()
    }

    /// 「朝日のア、桜のサ、飛行機のヒ」
    pub fn word(&self, word: &str) -> String {
        let letters: Vec<&str> = word.chars().filter_map(|letter| self.letter(letter)).collect();
        letters.join("、")
    }

    /// 一つ目
    pub fn ordinal(&self, place: usize, lang: Lang) -> &str {
        lang.pick(&self.words.ordinal, &self.words.ordinal_en).get(place).map_or("", String::as_str)
    }

    /// That nobody of the desk ever asks for the words.
    pub fn warning(&self, lang: Lang) -> &str {
        self.words.warn.pick(lang)
    }

    fn letter(&self, letter: char) -> Option<&str> {
        self.kana.iter().chain(&self.voiced).chain(&self.small).find(|kana| kana.kana == letter).map(|kana| kana.say.as_str())
    }

    fn digit(&self, digit: char) -> Option<&str> {
        self.digit.iter().find(|known| known.digit == digit).map(|known| known.short.as_str())
    }
}

const fn english(digit: char) -> &'static str {
    match digit {
        '0' => "zero",
        '1' => "one",
        '2' => "two",
        '3' => "three",
        '4' => "four",
        '5' => "five",
        '6' => "six",
        '7' => "seven",
        '8' => "eight",
        _ => "nine",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_digit_by_digit() {
        let number = CaseNumber::new(2026, 1234).unwrap();
        let said = Spelling::shipped().number(number, Lang::Ja);
        assert!(said.starts_with("に、まる、に、ろく。ハイフン。まる、まる、ひと。に、さん、よん。ハイフン。"), "{said}");
        assert!(
            Spelling::shipped().number(number, Lang::En).starts_with("two, zero, two, six. hyphen. zero, zero, one. two, three, four.")
        );
    }

    #[test]
    fn every_letter_of_every_word_has_a_reading() {
        let spelling = Spelling::shipped();
        assert_eq!(spelling.word("きゃく"), "切手のキ、小さい、大和のヤ、クラブのク");
        assert_eq!(spelling.word("せんぱい"), "世界のセ、おしまいのン、はがきのハに半濁点、いろはのイ");
        for _ in 0..200 {
            for word in vault::Code::generate().words() {
                let unread: Vec<char> = word.chars().filter(|letter| spelling.letter(*letter).is_none()).collect();
                assert!(unread.is_empty(), "{word}: {unread:?}");
            }
        }
    }
}
