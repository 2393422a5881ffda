//! The list of words, and how forgivingly a typed word is found in it.
//!
//! Every word has a sound: its kana in one romanization in which the usual ways of writing agree (し si shi, づ du zu, おう ou oo ō, ん n
//! nn m). A typed word is every word of the list with the same sound; where that is more than one, the check decides.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;
use wana_kana::ConvertJapanese as _;

use super::CodeFault;

/// How many bits a word carries.
pub(crate) const WORD_BITS: u32 = 11;

/// Words that sound a little alike are not offered for one another: this many sounds must agree for each that does not.
const LIKENESS: usize = 3;
/// Only so much of a text is looked at.
const LONGEST: usize = 1_000;
/// The longest word, in kana.
const LONGEST_WORD: usize = 7;
/// How many ways of cutting a text into words are looked at.
const MOST_WAYS: usize = 10_000;

struct List {
    /// Each with its marks composed, as keyboards write them; BIP 39 has them decomposed.
    words: Vec<String>,
    by_sound: BTreeMap<String, Vec<u16>>,
    /// By their kana alone, for texts without spaces.
    by_kana: BTreeMap<String, Vec<u16>>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let words: Vec<String> = bip39::Language::Japanese.word_list().iter().map(|word| word.nfc().collect()).collect();
    let (mut by_sound, mut by_kana) = (BTreeMap::<String, Vec<u16>>::new(), BTreeMap::<String, Vec<u16>>::new());
    for (index, word) in (0..).zip(&words) {
        by_kana.entry(large(word)).or_default().push(index);
        // Old systems have no small kana.
        for sound in [sound(word), sound(&large(word))] {
            let same = by_sound.entry(sound).or_default();
            if !same.contains(&index) {
                same.push(index);
            }
        }
    }
    List { words, by_sound, by_kana }
});

/// The word of this number.
pub(crate) fn word(index: u16) -> &'static str {
    &LIST.words[usize::from(index)]
}

/// Which words of the list a typed one may be, the one that is written so first.
pub(super) fn candidates(typed: &str) -> Vec<u16> {
    let mut found = LIST.by_sound.get(&sound(typed)).cloned().unwrap_or_default();
    if found.len() > 1 {
        let kana = typed.to_hiragana();
        found.sort_by_key(|index| kana != word(*index) && typed != word(*index).to_romaji());
    }
    found
}

/// The word that is most like a typed one, if any is much like it.
fn nearest(typed: &str) -> Option<&'static str> {
    let typed = sound(typed);
    let (distance, words) = LIST.by_sound.iter().map(|(sound, words)| (strsim::damerau_levenshtein(sound, &typed), words)).min()?;
    (distance * LIKENESS <= typed.chars().count()).then(|| word(words[0]))
}

/// The words of a typed text: letters and their marks; whatever else stands there is between words.
pub(crate) fn split(text: &str) -> Vec<String> {
    // Marks of their own width would come apart from their kana.
    let joined = text.chars().take(LONGEST).map(|c| match c {
        '゛' => '\u{3099}',
        '゜' => '\u{309a}',
        other => other,
    });
    let composed: String = joined.nfkc().collect();
    let is_between = |c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’' | '\u{3099}' | '\u{309a}'));
    composed.split(is_between).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The words of the list that were typed, chosen so that they fit together.
pub(crate) fn choose(typed: &[String], wanted: usize, fits: impl Fn(&[u16]) -> bool) -> Result<Vec<u16>, CodeFault> {
    if typed.len() != wanted {
        return Err(CodeFault::Count { got: typed.len(), wanted });
    }
    let found: Vec<Vec<u16>> = typed.iter().map(|word| candidates(word)).collect();
    if let Some(at) = found.iter().position(Vec::is_empty) {
        return Err(CodeFault::Unknown { position: at + 1, typed: typed[at].clone(), nearest: nearest(&typed[at]) });
    }
    let mut ways = 0;
    let next = |chosen: &[u16]| found[chosen.len()].clone();
    search(&mut Vec::new(), wanted, &mut ways, &next, &fits).ok_or(CodeFault::Check)
}

/// The words of a text that was typed without spaces, or with spaces inside words.
pub(super) fn run_together(typed: &[String], wanted: usize, fits: impl Fn(&[u16]) -> bool) -> Option<Vec<u16>> {
    let kana = large(&typed.concat().to_hiragana());
    let length = |chosen: &[u16]| chosen.iter().map(|index| large(word(*index)).len()).sum::<usize>();
    let next = |chosen: &[u16]| {
        let rest = kana.get(length(chosen)..).unwrap_or_default();
        let ends = rest.char_indices().take(LONGEST_WORD).map(|(at, c)| at + c.len_utf8());
        ends.filter_map(|end| LIST.by_kana.get(&rest[..end])).flatten().copied().collect::<Vec<_>>()
    };
    let mut ways = 0;
    search(&mut Vec::new(), wanted, &mut ways, &next, &|chosen: &[u16]| length(chosen) == kana.len() && fits(chosen))
}

/// The first row of words that fits, going on from what is chosen with whatever may come next.
fn search(
    chosen: &mut Vec<u16>,
    wanted: usize,
    ways: &mut usize,
    next: &dyn Fn(&[u16]) -> Vec<u16>,
    fits: &dyn Fn(&[u16]) -> bool,
) -> Option<Vec<u16>> {
    *ways += 1;
    if *ways > MOST_WAYS {
        return None;
    }
    if chosen.len() == wanted {
        return fits(chosen).then(|| chosen.clone());
    }
    for index in next(chosen) {
        chosen.push(index);
        if let Some(found) = search(chosen, wanted, ways, next, fits) {
            return Some(found);
        }
        chosen.pop();
    }
    None
}

/// Large kana for small ones, and one kana for those that sound alike.
pub(super) fn large(kana: &str) -> String {
    const PAIRS: [(char, char); 13] = [
        ('ぁ', 'あ'),
        ('ぃ', 'い'),
        ('ぅ', 'う'),
        ('ぇ', 'え'),
        ('ぉ', 'お'),
        ('っ', 'つ'),
        ('ゃ', 'や'),
        ('ゅ', 'ゆ'),
        ('ょ', 'よ'),
        ('ゎ', 'わ'),
        ('ぢ', 'じ'),
        ('づ', 'ず'),
        ('を', 'お'),
    ];
    kana.chars().map(|c| PAIRS.iter().find(|(small, _)| *small == c).map_or(c, |(_, large)| *large)).collect()
}

/// How a word sounds, however it is written.
fn sound(word: &str) -> String {
    // Each rule finds what the rules before it have left.
    const RULES: [(&str, &str); 32] = [
        ("'", ""),
        ("’", ""),
        ("ā", "aa"),
        ("â", "aa"),
        ("ī", "ii"),
        ("î", "ii"),
        ("ū", "uu"),
        ("û", "uu"),
        ("ē", "ei"),
        ("ê", "ei"),
        ("ō", "oo"),
        ("ô", "oo"),
        ("tch", "cch"),
        ("cchi", "tti"),
        ("cch", "tty"),
        ("shi", "si"),
        ("sh", "sy"),
        ("chi", "ti"),
        ("ch", "ty"),
        ("tsu", "tu"),
        ("fu", "hu"),
        ("ji", "zi"),
        ("jy", "zy"),
        ("j", "zy"),
        ("dzu", "zu"),
        ("di", "zi"),
        ("du", "zu"),
        ("wo", "o"),
        ("mb", "nb"),
        ("mm", "nm"),
        ("mp", "np"),
        ("nn", "n"),
    ];
    let is_kana = word.chars().any(|c| ('ぁ'..='ヿ').contains(&c));
    let romaji = if is_kana { word.to_hiragana().to_romaji() } else { word.to_lowercase() };
    let sound = RULES.iter().fold(romaji, |sound, (written, same)| sound.replace(written, same));
    sound.replace("ou", "oo")
}
