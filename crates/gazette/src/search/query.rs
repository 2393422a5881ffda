use kernel::{Lang, Timestamp, fold};

/// Words that are looked for; more say no more.
const WORDS: usize = 5;

/// What somebody looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<String>,
    /// The language of the page that shows the hits.
    pub lang: Lang,
    /// The moment of the search.
    pub now: Timestamp,
}

impl Wanted {
    /// What was typed, word by word. `None` if it holds nothing to look for.
    pub fn new(typed: &str, lang: Lang, now: Timestamp) -> Option<Self> {
        let words: Vec<String> = typed.split_whitespace().map(fold).filter(|word| !word.is_empty()).take(WORDS).collect();
        (!words.is_empty()).then_some(Self { words, lang, now })
    }

    /// The folded words; all of them have to occur.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether all words occur in these texts together.
    pub fn fits(&self, texts: &[&str]) -> bool {
        let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
        self.words.iter().all(|word| folded.iter().any(|text| text.contains(word)))
    }

    /// A pattern for `LIKE … ESCAPE '!'` on a folded column: the longest word, which the fewest texts hold.
    pub fn like(&self) -> String {
        let longest = self.words.iter().max_by_key(|word| word.chars().count()).map_or("", String::as_str);
        db::holding(longest)
    }
}
