//! Questions from GIFT, the plain text of Moodle: `::title:: text {=right#why ~wrong#why}`.
//!
//! What GIFT has no place for stands where Moodle itself puts such things: `// [id:habits-07] [tag:slide=body-habits]` before the
//! question names its id and the slide that teaches it, `[tag:unit=文字]` what a number counts, `$CATEGORY:` the unit.

use sha2::{Digest, Sha256};

use super::sheet::{Read, whole};
use super::{Found, Known, Wrong, is_id, unit_of};
use crate::content::file::QuestionFile;
use crate::content::question::{Choice, Pair};
use crate::content::text::Text;

/// The text of a file that is GIFT: by its name, or because it is text in which a question's braces stand.
pub(super) fn text(bytes: &[u8], name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).ok()?;
    let extension = name.rsplit('.').next().unwrap_or_default();
    let is_named = extension == "gift" || name.ends_with(".gift.txt");
    let is_other = ["csv", "tsv", "xlsx"].contains(&extension);
    let looks_so = || text.lines().any(|line| line.starts_with("::") || line.starts_with("$CATEGORY:"));
    let is_text = !text.contains('\0');
    (is_text && (is_named || !is_other && looks_so())).then(|| text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Reads a text in GIFT.
pub(super) fn read(text: &str, known: &Known) -> Read {
    let mut reader = Reader { known, pool: String::new(), noted: Noted::default(), found: Vec::new(), wrong: Vec::new() };
    let mut block: Vec<(usize, &str)> = Vec::new();
    for (row, line) in (1..).zip(text.lines()) {
        let bare = line.trim();
        if bare.starts_with("//") {
            reader.noted.take(bare);
        } else if bare.is_empty() {
            reader.question(std::mem::take(&mut block));
        } else if let Some(category) = bare.strip_prefix("$CATEGORY:") {
            reader.question(std::mem::take(&mut block));
            reader.pool = unit_of(category.trim().rsplit('/').next().unwrap_or_default().trim(), known);
        } else {
            block.push((row, line));
        }
    }
    reader.question(block);
    if reader.wrong.is_empty() { Ok(reader.found) } else { Err((reader.found, reader.wrong)) }
}

/// What a comment says of the question behind it.
#[derive(Default)]
struct Noted {
    id: String,
    slide: String,
    unit: String,
}

impl Noted {
    fn take(&mut self, comment: &str) {
        let value = |name: &str| Some(comment.split_once(name)?.1.split_once(']')?.0.trim().to_owned());
        if let Some(id) = value("[id:") {
            self.id = id;
        }
        if let Some(slide) = value("[tag:slide=") {
            self.slide = slide;
        }
        if let Some(unit) = value("[tag:unit=") {
            self.unit = unit;
        }
    }
}

struct Reader<'k> {
    known: &'k Known,
    pool: String,
    noted: Noted,
    found: Vec<Found>,
    wrong: Vec<Wrong>,
}

impl Reader<'_> {
    fn question(&mut self, lines: Vec<(usize, &str)>) {
        let Some(row) = lines.first().map(|(row, _)| *row) else { return };
        let noted = std::mem::take(&mut self.noted);
        let text = lines.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n");
        match self.understood(&Signs::of(&text), noted) {
            Ok(question) => self.found.push(Found { row, question }),
            Err((what, about)) => self.wrong.push(Wrong::new(row, "", what, about)),
        }
    }

    fn understood(&self, whole: &Signs, noted: Noted) -> Result<QuestionFile, (&'static str, String)> {
        let (title, rest) = match whole.after("::").map(|rest| (rest.clone(), rest.find("::"))) {
            Some((rest, Some(end))) => (rest.part(0, end).words(), rest.part(end + 2, rest.0.len())),
            Some((_, None)) => return Err(("gift-title", String::new())),
            None => (String::new(), whole.clone()),
        };
        let rest = without_format(rest)?;
        let (Some(open), Some(close)) = (rest.find("{"), rest.find("}")) else {
            return Err(("gift-braces", rest.words()));
        };
        if close < open || rest.part(close + 1, rest.0.len()).find("{").is_some() || rest.part(open + 1, close).find("{").is_some() {
            return Err(("gift-braces", rest.words()));
        }
        let (before, behind) = (rest.part(0, open).words(), rest.part(close + 1, rest.0.len()).words());
        // Words on both sides of the braces: what is asked for is the gap between them.
        let text = if behind.is_empty() { before } else { format!("{before}＿＿{behind}") };
        let id = [noted.id, title].into_iter().find(|id| is_id(id)).unwrap_or_else(|| made_id(&self.pool, &text));
        let mut question = QuestionFile::new(&id, &self.pool, "");
        question.slide = if noted.slide.is_empty() { self.first_slide() } else { noted.slide };
        question.text = ja(text);
        answers(&rest.part(open + 1, close), &mut question)?;
        if question.kind == "number" {
            if noted.unit.is_empty() {
                return Err(("gift-unit", question.text.ja));
            }
            question.unit = ja(noted.unit);
        }
        Ok(question)
    }

    /// The first slide of the unit, for questions that name none.
    fn first_slide(&self) -> String {
        self.known.slides.iter().find(|(_, unit)| *unit == self.pool).map_or_else(String::new, |(slide, _)| slide.clone())
    }
}

/// The same for the same words, so that a file that comes again finds its questions there.
fn made_id(pool: &str, text: &str) -> String {
    format!("{pool}-{}", hex::encode(&Sha256::digest(text.as_bytes())[..5]))
}

fn ja(words: String) -> Text {
    Text { ja: words, en: String::new() }
}

/// The text without `[plain]` before it. Words with marks of HTML would show the marks.
fn without_format(text: Signs) -> Result<Signs, (&'static str, String)> {
    let trimmed = text.trimmed();
    for format in ["[plain]", "[moodle]", "[markdown]"] {
        if let Some(rest) = trimmed.after(format) {
            return Ok(rest);
        }
    }
    if trimmed.after("[html]").is_some() { Err(("gift-html", String::new())) } else { Ok(text) }
}

/// Reads what stands between the braces into a question.
fn answers(inside: &Signs, question: &mut QuestionFile) -> Result<(), (&'static str, String)> {
    let (inside, general) = match inside.find("####") {
        Some(at) => (inside.part(0, at), inside.part(at + 4, inside.0.len()).words()),
        None => (inside.clone(), String::new()),
    };
    let inside = inside.trimmed();
    if inside.0.is_empty() {
        return Err(("gift-essay", question.text.ja.clone()));
    }
    if let Some(numbers) = inside.after("#") {
        return numeric(&numbers, general, question);
    }
    let is_truth = ["T", "TRUE", "F", "FALSE"].contains(&inside.cut("#").0.words().to_ascii_uppercase().as_str());
    if is_truth {
        return Err(("gift-truth", question.text.ja.clone()));
    }
    let items = items(&inside)?;
    let is_match = |item: &Item| item.is_right && item.words.find("->").is_some();
    if items.iter().any(is_match) {
        if !items.iter().all(is_match) {
            return Err(("gift-mixed", question.text.ja.clone()));
        }
        "match".clone_into(&mut question.kind);
        question.pair = (0..).zip(items).map(|(place, item)| item.pair(place, &general)).collect();
    } else if items.iter().all(|item| item.is_right && item.weight.is_none()) {
        "fill".clone_into(&mut question.kind);
        let first = items.iter().map(|item| item.why.clone()).find(|why| !why.is_empty()).unwrap_or_default();
        question.why = ja(if general.is_empty() { first } else { general });
        question.answers.ja = items.into_iter().map(|item| item.words.words()).filter(|words| !words.is_empty()).collect();
    } else {
        let right = items.iter().filter(|item| item.counts()).count();
        if right == 1 { "one" } else { "several" }.clone_into(&mut question.kind);
        question.why = ja(general);
        question.choice = (0..).zip(items).map(|(place, item)| item.choice(place)).collect();
    }
    Ok(())
}

/// `13`, `13:2`, `11..15`, each with or without `=` before it and `#why` behind it.
fn numeric(numbers: &Signs, general: String, question: &mut QuestionFile) -> Result<(), (&'static str, String)> {
    let (number, why) = numbers.cut("#");
    let typed = number.words();
    let bare = typed.trim_start_matches('=');
    if bare.contains(['=', '%']) {
        return Err(("gift-numbers", typed));
    }
    let (answer, tolerance) = if let Some((from, to)) = bare.split_once("..") {
        let (from, to) = (whole(from), whole(to));
        match (from, to) {
            (Some(from), Some(to)) if to >= from && (to - from) % 2 == 0 => (Some(i64::midpoint(from, to)), Some((to - from) / 2)),
            _ => (None, None),
        }
    } else {
        let (number, tolerance) = bare.split_once(':').unwrap_or((bare, "0"));
        (whole(number), whole(tolerance).filter(|tolerance| *tolerance >= 0))
    };
    let (Some(answer), Some(tolerance)) = (answer, tolerance) else { return Err(("gift-number", typed)) };
    "number".clone_into(&mut question.kind);
    (question.answer, question.tolerance) = (answer, tolerance);
    let why = why.words();
    question.why = ja(if why.is_empty() { general } else { why });
    Ok(())
}

/// One answer between the braces.
struct Item {
    is_right: bool,
    weight: Option<i64>,
    words: Signs,
    why: String,
}

impl Item {
    /// Whether it is to be chosen.
    fn counts(&self) -> bool {
        self.weight.map_or(self.is_right, |weight| weight > 0)
    }

    fn choice(self, place: usize) -> Choice {
        Choice { id: mark(place), right: self.counts(), text: ja(self.words.words()), why: ja(self.why) }
    }

    fn pair(self, place: usize, general: &str) -> Pair {
        let (left, right) = self.words.cut("->");
        let why = if self.why.is_empty() { general.to_owned() } else { self.why };
        Pair { id: mark(place), left: ja(left.words()), right: ja(right.words()), why: ja(why) }
    }
}

fn mark(place: usize) -> String {
    format!("a{}", place + 1)
}

fn items(inside: &Signs) -> Result<Vec<Item>, (&'static str, String)> {
    let mut items: Vec<(bool, Signs)> = Vec::new();
    for sign in &inside.0 {
        match (sign, items.last_mut()) {
            (('=' | '~', false), _) => items.push((sign.0 == '=', Signs(Vec::new()))),
            (sign, Some((_, item))) => item.0.push(*sign),
            ((sign, _), None) if sign.is_whitespace() => {}
            (_, None) => return Err(("gift-unmarked", inside.words())),
        }
    }
    let item = |(is_right, signs): (bool, Signs)| {
        let (words, why) = signs.cut("#");
        let words = words.trimmed();
        let (weight, words) = match words.after("%").map(|rest| rest.cut("%")) {
            Some((weight, words)) => {
                let number = weight.words();
                let weight = number.parse::<f64>().ok().filter(|weight| weight.abs() <= 100.0);
                // Only whether it is above nothing matters.
                let sign = weight.map(|weight| i64::from(weight > 0.0) - i64::from(weight < 0.0)).ok_or(("gift-weight", number))?;
                (Some(sign), words)
            }
            None => (None, words),
        };
        Ok(Item { is_right, weight, words, why: why.words() })
    };
    items.into_iter().map(item).collect()
}

/// Signs of a text, and whether a backslash stood before each: then it means itself.
#[derive(Clone, Debug, Default)]
struct Signs(Vec<(char, bool)>);

impl Signs {
    fn of(text: &str) -> Self {
        let mut signs = Vec::with_capacity(text.len());
        let mut chars = text.chars().peekable();
        while let Some(sign) = chars.next() {
            match (sign, chars.peek()) {
                ('\\', Some('n')) => {
                    chars.next();
                    signs.push(('\n', true));
                }
                ('\\', Some(next)) if "~=#{}:\\".contains(*next) => {
                    signs.push((*next, true));
                    chars.next();
                }
                _ => signs.push((sign, false)),
            }
        }
        Self(signs)
    }

    /// Where something first stands that is no word.
    fn find(&self, wanted: &str) -> Option<usize> {
        let wanted: Vec<(char, bool)> = wanted.chars().map(|sign| (sign, false)).collect();
        self.0.windows(wanted.len().max(1)).position(|window| window == wanted)
    }

    fn part(&self, from: usize, to: usize) -> Self {
        Self(self.0.get(from..to).unwrap_or_default().to_vec())
    }

    /// What stands before something and behind it; all of it and nothing where it does not stand.
    fn cut(&self, at: &str) -> (Self, Self) {
        match self.find(at) {
            Some(place) => (self.part(0, place), self.part(place + at.chars().count(), self.0.len())),
            None => (self.clone(), Self::default()),
        }
    }

    /// What stands behind something that it begins with.
    fn after(&self, beginning: &str) -> Option<Self> {
        let trimmed = self.trimmed();
        (trimmed.find(beginning) == Some(0)).then(|| trimmed.part(beginning.chars().count(), trimmed.0.len()))
    }

    fn trimmed(&self) -> Self {
        let is_word = |sign: &(char, bool)| !sign.0.is_whitespace();
        let (Some(first), Some(last)) = (self.0.iter().position(is_word), self.0.iter().rposition(is_word)) else { return Self::default() };
        self.part(first, last + 1)
    }

    /// As words: a line that ends without being asked to goes on.
    fn words(&self) -> String {
        let mut words = String::new();
        for (sign, is_meant) in &self.0 {
            match sign {
                '\n' if !is_meant => {
                    words.truncate(words.trim_end_matches([' ', '\t']).len());
                    // Japanese goes on without a gap, other languages with one.
                    if words.ends_with(|last: char| last.is_ascii()) {
                        words.push(' ');
                    }
                }
                sign => words.push(*sign),
            }
        }
        words.trim().to_owned()
    }
}
