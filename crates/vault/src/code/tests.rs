use super::list::{candidates, large, split, word};
use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;
use wana_kana::ConvertJapanese as _;

fn parsed(text: &str) -> Result<Code, CodeFault> {
    Code::parse(text)
}

fn any_code() -> impl Strategy<Value = Code> {
    (0..1_u64 << RANDOM_BITS).prop_map(Code::of)
}

/// A code whose words hold small kana, marks and a ん before a vowel.
fn rich() -> Code {
    let has = |code: &Code, wanted: &[char]| code.words().concat().contains(wanted);
    (0..1_000_000)
        .map(Code::of)
        .find(|code| has(code, &['ゃ', 'ゅ', 'ょ']) && has(code, &['っ']) && has(code, &['が', 'ぎ', 'ぐ']))
        .unwrap()
}

#[test]
fn a_code_has_six_words_of_the_list_in_hiragana_and_shows_nothing() {
    let code = Code::generate();
    assert!(code.words().iter().all(|word| word.chars().all(|c| ('ぁ'..='ん').contains(&c))), "{:?}", code.words());
    assert_eq!(format!("{code:?}"), "Code(***)");
    assert_ne!(code, Code::generate());
}

#[test]
fn codes_differ_in_every_word() {
    let codes: Vec<_> = (0..200).map(|_| Code::generate()).collect();
    for place in 0..WORDS {
        let mut words: Vec<_> = codes.iter().map(|code| code.words()[place]).collect();
        words.sort_unstable();
        words.dedup();
        assert!(words.len() > 150, "word {place}: {} of 200", words.len());
    }
}

#[test]
fn whatever_people_write_between_words_and_however_they_write_kana_is_the_same_code() {
    let code = rich();
    let words = code.words();
    let spaced = words.join(" ");
    let numbered: Vec<String> = (1..).zip(words).map(|(at, word)| format!("{at}. {word}")).collect();
    let ways = [
        words.join("　"),
        words.join("、"),
        words.join("・"),
        words.join("-"),
        words.join("\r\n"),
        format!("  「{}」。 ", words.join(", ")),
        numbered.join("\n"),
        words.concat(),
        spaced.to_katakana(),
        spaced.nfd().collect(),
        spaced.replace('が', "か゛").replace('ぎ', "き゛").replace('ぐ', "く゛"),
        spaced.replace('ゃ', "や").replace('ゅ', "ゆ").replace('ょ', "よ").replace('っ', "つ"),
        spaced.to_romaji(),
        spaced.to_romaji().to_uppercase(),
        spaced
            .to_romaji()
            .chars()
            .map(|c| if c.is_ascii_lowercase() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c })
            .collect(),
    ];
    for way in ways {
        assert_eq!(parsed(&way), Ok(code.clone()), "{way}");
    }
}

#[test]
fn half_width_katakana_and_both_romanizations_are_read() {
    for (typed, meant) in [
        ("ｱｲｺｸｼﾝ", "あいこくしん"),
        ("ｶﾞｯｺｳ", "がっこう"),
        ("gakkou", "がっこう"),
        ("GAKKŌ", "がっこう"),
        ("iroempitsu", "いろえんぴつ"),
        ("iroennpitu", "いろえんぴつ"),
        ("itchi", "いっち"),
        ("icchi", "いっち"),
        ("itti", "いっち"),
        ("ennenn", "えんえん"),
        ("en'en", "えんえん"),
        ("ハヅキ", "はづき"),
        ("haduki", "はづき"),
        ("tsuzuku", "つづく"),
        ("tuduku", "つづく"),
        ("つずく", "つづく"),
    ] {
        let index = (0..2048).find(|index| word(*index) == meant).expect("it is in the list");
        let typed = &split(typed)[0];
        assert!(candidates(typed).contains(&index), "{typed} is {meant}, not {:?}", candidates(typed));
    }
}

#[test]
fn every_word_is_found_by_its_kana_its_katakana_and_its_romaji_and_hardly_any_two_sound_alike() {
    let mut alike = BTreeSet::new();
    for index in 0..2048 {
        let word = word(index);
        for typed in [word.to_owned(), word.to_katakana(), word.to_romaji()] {
            let mut found = candidates(&typed);
            assert_eq!(found.first(), Some(&index), "{typed}");
            found.sort_unstable();
            if found.len() > 1 {
                alike.insert(found);
            }
        }
    }
    assert!(alike.len() <= 8 && alike.iter().all(|words: &Vec<u16>| words.len() == 2), "{alike:?}");
}

#[test]
fn a_wrong_word_is_named_with_the_one_that_was_meant() {
    let code = Code::of(1 << 40);
    let mut words: Vec<String> = code.words().map(str::to_owned).to_vec();
    words[2] = "あいこくじん".to_owned();
    let fault = parsed(&words.join(" ")).unwrap_err();
    assert!(fault == CodeFault::Unknown { position: 3, typed: "あいこくじん".to_owned(), nearest: Some("あいこくしん") }, "{fault}");
    words[2] = "挨拶".to_owned();
    let fault = parsed(&words.join(" ")).unwrap_err();
    assert!(fault == CodeFault::Unknown { position: 3, typed: "挨拶".to_owned(), nearest: None }, "{fault}");
    assert_eq!(format!("{fault:?}"), "CodeFault(word 3 is not in the list)", "a log does not hold the word");
}

#[test]
fn too_few_too_many_and_none_are_counted() {
    let words = Code::of(5).words();
    assert_eq!(parsed(""), Err(CodeFault::Count { got: 0, wanted: 6 }));
    assert_eq!(parsed(&words[..5].join(" ")), Err(CodeFault::Count { got: 5, wanted: 6 }));
    assert_eq!(parsed(&format!("{} あいさつ", words.join(" "))), Err(CodeFault::Count { got: 7, wanted: 6 }));
    assert!(matches!(parsed(&"あ".repeat(100_000)), Err(CodeFault::Count { .. })));
}

proptest! {
    #[test]
    fn any_code_comes_back_from_its_words(code in any_code()) {
        prop_assert_eq!(parsed(&code.words().join(" ")), Ok(code.clone()));
        prop_assert_eq!(parsed(&code.words().join(" ").to_katakana()), Ok(code.clone()));
        prop_assert_eq!(parsed(&code.words().join(" ").to_romaji()), Ok(code));
    }

    #[test]
    fn a_code_without_spaces_is_read_as_one_that_has_the_same_kana(code in any_code()) {
        let read = parsed(&code.words().concat()).unwrap();
        prop_assert_eq!(large(&read.words().concat()), large(&code.words().concat()));
    }

    #[test]
    fn fifteen_of_sixteen_wrong_words_are_noticed(code in any_code(), place in 0..WORDS) {
        let passing = (0..2048_u16).filter(|other| *other != code.0[place]).filter(|other| {
            let mut words = code.0;
            words[place] = *other;
            Code::from_words(&words).is_some()
        });
        let passing = passing.count();
        prop_assert!((60..=200).contains(&passing), "{} of 2047 pass", passing);
    }

    #[test]
    fn no_text_is_too_strange(text in ".{0,60}") {
        let _fault = parsed(&text).err();
    }
}
