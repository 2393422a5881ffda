//! What makes a text easy although it is long: repetition, sequences, names an outsider knows.

use unicode_normalization::UnicodeNormalization as _;

/// Neighbours on the keys, and orders that are no neighbours in Unicode.
const ROWS: [&str; 8] = [
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
    "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみしゑひもせす",
    "あかさたなはまやらわ",
    "アカサタナハマヤラワ",
];

/// A shorter run of neighbours is a coincidence.
const RUN: usize = 4;

/// A name's part of fewer Latin letters says nothing; of kanji and kana, two are a name.
const LATIN_WORD: usize = 4;
const JAPANESE_WORD: usize = 2;

/// Lower case, one width, and only letters and digits: how words are compared.
pub(super) fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// Fewer than five kinds of characters, or one piece over and over.
pub(super) fn repeats(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let mut kinds = chars.clone();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len() < 5 || (1..=chars.len() / 2).any(|piece| (piece..chars.len()).all(|at| chars[at] == chars[at - piece]))
}

/// More than half of the characters stand in runs of neighbours.
pub(super) fn is_sequence(text: &str) -> bool {
    let chars: Vec<char> = text.nfkc().flat_map(char::to_lowercase).collect();
    let (mut in_runs, mut start) = (0, 0);
    while start < chars.len() {
        let run = run_at(&chars[start..]);
        if run >= RUN {
            in_runs += run;
        }
        start += run;
    }
    2 * in_runs > chars.len()
}

/// How many characters from the first on are neighbours, one way or the other. At least one.
fn run_at(chars: &[char]) -> usize {
    let along = |next: fn(char, char) -> bool| 1 + chars.windows(2).take_while(|pair| next(pair[0], pair[1])).count();
    // Kana with a voiced form lie two apart, so a step of two is a neighbour too.
    along(|a, b| (1..=2).contains(&(u32::from(b).wrapping_sub(u32::from(a)))) || in_a_row(a, b))
        .max(along(|a, b| (1..=2).contains(&(u32::from(a).wrapping_sub(u32::from(b)))) || in_a_row(b, a)))
}

fn in_a_row(a: char, b: char) -> bool {
    ROWS.iter().any(|row| row.chars().zip(row.chars().skip(1)).any(|pair| pair == (a, b))) || (a, b) == ('9', '0')
}

/// The folded words of `context`, longest first: each text as a whole, and its parts.
pub(super) fn words(context: &[&str]) -> Vec<String> {
    let whole = context.iter().map(|text| fold(text));
    let parts = context.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).map(fold);
    let mut words: Vec<String> = whole.chain(parts).filter(|word| says_something(word)).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    words
}

fn says_something(word: &str) -> bool {
    let least = if word.is_ascii() { LATIN_WORD } else { JAPANESE_WORD };
    word.chars().count() >= least
}

/// How many code points `text` has besides the given words.
pub(super) fn left_without(text: &str, words: &[String]) -> usize {
    let folded = fold(text);
    let left = words.iter().fold(folded.clone(), |left, word| left.replace(word.as_str(), ""));
    let own = folded.chars().count() - left.chars().count();
    text.chars().count().saturating_sub(own)
}
