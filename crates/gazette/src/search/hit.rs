use kernel::{Lang, fold};

use super::Wanted;

/// Characters around the word that an excerpt shows.
const BEFORE: usize = 24;
const AFTER: usize = 72;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is, in a word: お知らせ, 研修.
    pub place: String,
    /// Its address, without `/en`.
    pub path: String,
    /// Its title.
    pub title: String,
    /// When it is from, in words; empty where that says nothing.
    pub day: String,
    /// Where the word stands in it.
    pub excerpt: Excerpt,
    /// Whether it is in Japanese on an English page.
    pub is_japanese: bool,
}

/// A piece of a text around what was looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// What stands before it.
    pub before: String,
    /// The word, as it is written there.
    pub found: String,
    /// What stands after it.
    pub after: String,
}

impl Excerpt {
    /// The piece of a plain text around the first of the words; its beginning if none occurs.
    pub fn of(text: &str, wanted: &Wanted) -> Self {
        let text: Vec<char> = kernel::one_line(text).chars().collect();
        let (from, until) = wanted.words().iter().filter_map(|word| position(&text, word)).min().unwrap_or((0, 0));
        let (start, end) = (from.saturating_sub(BEFORE), text.len().min(until + AFTER));
        let piece = |from: usize, until: usize| text[from..until].iter().collect::<String>();
        Self {
            before: format!("{}{}", if start > 0 { "…" } else { "" }, piece(start, from)),
            found: piece(from, until),
            after: format!("{}{}", piece(until, end), if end < text.len() { "…" } else { "" }),
        }
    }
}

/// Where a folded word stands in a text as it is written. Folding changes lengths, so each character is folded alone.
fn position(text: &[char], word: &str) -> Option<(usize, usize)> {
    let mut folded = String::new();
    let mut origins = Vec::new();
    for (place, character) in text.iter().enumerate() {
        let one = fold(&character.to_string());
        origins.extend(std::iter::repeat_n(place, one.len()));
        folded.push_str(&one);
    }
    let from = folded.find(word)?;
    Some((origins[from], origins[from + word.len() - 1] + 1))
}

/// The words of an HTML text without its marks.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut is_mark = false;
    for character in html.chars() {
        match character {
            '<' => is_mark = true,
            '>' if is_mark => {
                is_mark = false;
                text.push(' ');
            }
            other if !is_mark => text.push(other),
            _ => {}
        }
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

/// The language in which a text is shown on a page: its own, or Japanese where it has no other.
pub fn shown(lang: Lang, has_english: bool) -> (Lang, bool) {
    if lang == Lang::En && !has_english { (Lang::Ja, true) } else { (lang, false) }
}
