//! A slide in the form in which lessons are written.

use slides::{Block, Slide};

use crate::content::lesson::DECORATIVE;
use crate::content::photo::Photo;

/// The most characters of a heading.
const HEADING_MAX: usize = 120;

/// The end of a line within a paragraph. Blanks would not do: those at the end of a line are not read.
const BREAK: &str = "\\\n";

/// The text of a slide under its id. `title` is for a slide that has none.
pub fn compose(slide: &Slide, id: &str, title: &str, photos: &[Photo]) -> String {
    let heading = heading(&slide.title, title);
    let mut text = format!("## {heading} {{#{id}}}\n");
    let mut lists: Vec<usize> = Vec::new();
    for block in &slide.blocks {
        let (is_item, was_item) = (matches!(block, Block::Item { .. }), !lists.is_empty());
        let written = match block {
            Block::Text(lines) => lines.lines().map(escape).collect::<Vec<_>>().join(BREAK),
            Block::Item { level, is_numbered, text } => item(depth(&mut lists, *level), *is_numbered, text),
            Block::Table(rows) => table(rows),
            Block::Picture { at, alt, is_decorative } => match photos.get(*at) {
                Some(photo) => figure(&photo.name(), alt, *is_decorative),
                None => continue,
            },
        };
        if !is_item {
            lists.clear();
        }
        // Lines of one list follow one another.
        text.push_str(if is_item && was_item { "" } else { "\n" });
        text.push_str(&written);
        text.push('\n');
    }
    let notes = notes(slide);
    format!("{text}\n::: notes\n{notes}\n:::\n")
}

/// The line of a picture.
pub fn figure(name: &str, alt: &str, is_decorative: bool) -> String {
    // What closes the words of a picture does not stand in them.
    let alt = kernel::one_line(alt).replace("](", "] (");
    if is_decorative { format!("![]({name}{DECORATIVE})") } else { format!("![{alt}]({name})") }
}

fn heading(said: &str, otherwise: &str) -> String {
    let said: String = kernel::one_line(said).replace("{#", "{ #").chars().take(HEADING_MAX).collect();
    if said.trim().is_empty() { otherwise.to_owned() } else { said.trim().to_owned() }
}

/// What is said with a slide: the notes of the speaker; where there are none, what stands on it.
fn notes(slide: &Slide) -> String {
    let said = if slide.notes.trim().is_empty() { slide.words() } else { slide.notes.clone() };
    // Notes are no Markdown; a line that closes a block, or begins another thing, would end them.
    let is_mark = |line: &str| [":::", "---", "```", "## ", "!["].iter().any(|mark| line.starts_with(mark));
    let line = |line: &str| {
        let line = line.trim();
        if is_mark(line) { format!("\u{3000}{line}") } else { line.to_owned() }
    };
    said.trim().lines().map(line).collect::<Vec<_>>().join("\n")
}

/// How deep an item lies among those before it. `lists` are the levels of the lists that are open, the outermost first. On slides a
/// list may begin at any level and leave some out; in Markdown that would be a command, or the end of the line before.
fn depth(lists: &mut Vec<usize>, level: usize) -> usize {
    while lists.pop_if(|open| *open > level).is_some() {}
    if lists.last() != Some(&level) {
        lists.push(level);
    }
    lists.len() - 1
}

fn item(depth: usize, is_numbered: bool, text: &str) -> String {
    let indent = "   ".repeat(depth);
    let mark = if is_numbered { "1. " } else { "-  " };
    let lines: Vec<String> = text.lines().map(escape).collect();
    format!("{indent}{mark}{}", lines.join(&format!("{BREAK}{indent}   ")))
}

fn table(rows: &[Vec<String>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let line = |row: &[String]| {
        let cell = |at: usize| row.get(at).map_or(String::new(), |cell| escape(&kernel::one_line(cell)));
        format!("| {} |", (0..width).map(cell).collect::<Vec<_>>().join(" | "))
    };
    let mut lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
    lines.insert(1.min(lines.len()), format!("|{}", "---|".repeat(width)));
    lines.join("\n")
}

/// A line that is read as the words that it is, whatever Markdown would make of them.
fn escape(line: &str) -> String {
    let line = line.trim();
    let letters: Vec<char> = line.chars().collect();
    let is_word = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric());
    let mut written = String::with_capacity(line.len());
    for (at, letter) in letters.iter().enumerate() {
        let is_mark = match letter {
            '\\' | '*' | '[' | ']' | '<' | '`' | '|' | '~' | '&' => true,
            // Within a word it is part of a name.
            '_' => !(is_word(at.checked_sub(1)) && is_word(Some(at + 1))),
            '#' | '+' | '-' | '=' | '>' | ':' => at == 0,
            // 1. and 1) begin a list.
            '.' | ')' => at > 0 && at < 10 && letters[..at].iter().all(char::is_ascii_digit),
            _ => false,
        };
        if is_mark {
            written.push('\\');
        }
        written.push(*letter);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::lesson::{self, Part};
    use proptest::prelude::*;

    fn slide(blocks: Vec<Block>, notes: &str) -> Slide {
        Slide { number: 1, title: "題".to_owned(), blocks, notes: notes.to_owned(), ..Slide::default() }
    }

    fn read(slide: &Slide) -> lesson::Face {
        lesson::read("a.md", &compose(slide, "a", "スライド1", &[]), &|_| None).unwrap().remove(0)
    }

    /// What a reader sees of safe HTML.
    fn seen(html: &str) -> String {
        let mut text = String::new();
        let mut is_tag = false;
        for letter in html.chars() {
            match letter {
                '<' => is_tag = true,
                '>' => is_tag = false,
                letter if !is_tag => text.push(letter),
                _ => {}
            }
        }
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
    }

    #[test]
    fn lists_tables_and_notes_come_as_they_were() {
        let item = |level, text: &str| Block::Item { level, is_numbered: false, text: text.to_owned() };
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let face = read(&slide(
            vec![
                Block::Text("前置き\n二行目".into()),
                item(0, "一つ"),
                item(1, "その中"),
                item(0, "二つ"),
                Block::Table(vec![row(["項目", "値|列"]), row(["a_b", "1"])]),
            ],
            "::: do\n---\n話す。",
        ));
        let [Part::Prose(html)] = face.parts.as_slice() else { panic!("{:?}", face.parts) };
        assert!(html.contains("<br>") && html.matches("<ul>").count() == 2 && html.contains("<th>項目</th>"), "{html}");
        assert!(html.contains("値|列") && html.contains("a_b"), "{html}");
        assert_eq!(face.notes, "\u{3000}::: do\n\u{3000}---\n話す。".trim());
    }

    #[test]
    fn lists_begin_at_any_level_and_leave_levels_out() {
        let lists = |levels: &[usize]| {
            let item = |level: &usize| Block::Item { level: *level, is_numbered: false, text: format!("段{level}") };
            let face = read(&slide(levels.iter().map(item).collect(), "話す。"));
            let [Part::Prose(html)] = face.parts.as_slice() else { panic!("{:?}", face.parts) };
            assert!(!html.contains("<pre>") && html.matches("<li>").count() == levels.len(), "{levels:?}: {html}");
            html.split_whitespace().collect::<String>()
        };
        // A list of the template's second level, or of a later one, is a list all the same.
        assert_eq!(lists(&[2, 2]), "<ul><li>段2</li><li>段2</li></ul>");
        assert_eq!(lists(&[0, 3, 3]), "<ul><li>段0<ul><li>段3</li><li>段3</li></ul></li></ul>");
        assert_eq!(lists(&[2, 4, 1, 8]), "<ul><li>段2<ul><li>段4</li></ul></li><li>段1<ul><li>段8</li></ul></li></ul>");
        assert_eq!(lists(&[0, 1, 2, 0]), "<ul><li>段0<ul><li>段1<ul><li>段2</li></ul></li></ul></li><li>段0</li></ul>");
    }

    #[test]
    fn a_slide_without_notes_says_what_stands_on_it() {
        assert_eq!(read(&slide(vec![Block::Text("本文".into())], " ")).notes, "題\n本文");
    }

    proptest! {
        /// Whatever is typed on a slide of others: the lesson stays one slide, and the words are those that were typed.
        #[test]
        fn words_stay_words(line in "[ -~あ-ん「」#*_:>\\-`!\\[\\]()|]{1,60}", notes in "[ -~あ\n:#`-]{0,60}") {
            prop_assume!(!line.trim().is_empty());
            // Addresses become links of their own accord.
            prop_assume!(!line.contains("www.") && !line.contains("://") && !line.contains('@'));
            let face = read(&slide(vec![Block::Text(line.clone())], &format!("話{notes}")));
            let said: Vec<String> = face.parts.iter().map(|part| match part {
                Part::Prose(html) => seen(html),
                other => format!("{other:?}"),
            }).collect();
            let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(plain(&said.join("")), plain(&line));
        }
    }
}
