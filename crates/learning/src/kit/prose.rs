//! The safe HTML of a lesson as parts of a slide. It is what our own Markdown makes: paragraphs, lists, commands, and words that stand out.

use pdf::kit::{Block, Mark, Run};

/// The parts that a piece of HTML holds.
pub(super) fn blocks(html: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    let mut rest = html;
    while !rest.is_empty() {
        let (words, tag, after) = match rest.split_once('<') {
            Some((words, behind)) => behind.split_once('>').map_or((words, "", ""), |(tag, after)| (words, tag, after)),
            None => (rest, "", ""),
        };
        reader.say(&unescaped(words));
        reader.tag(tag);
        rest = after;
    }
    reader.close();
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    runs: Vec<Run>,
    items: Option<Vec<Vec<Run>>>,
    is_strong: bool,
    is_code: bool,
    is_commands: bool,
}

impl Reader {
    fn say(&mut self, words: &str) {
        let mark = if self.is_code {
            Mark::Code
        } else if self.is_strong {
            Mark::Strong
        } else {
            Mark::Plain
        };
        let words = if self.is_commands { words.to_owned() } else { self.joined(words) };
        if !words.is_empty() {
            self.runs.push(Run { text: words, mark });
        }
    }

    /// The words without breaks of lines: one between Japanese is nothing, one between Latin words is a space.
    fn joined(&self, words: &str) -> String {
        let mut joined = String::with_capacity(words.len());
        for line in words.split_inclusive('\n') {
            let text = line.trim_end_matches('\n');
            joined.push_str(text);
            if line.ends_with('\n') && text.ends_with(|c: char| c.is_ascii()) {
                joined.push(' ');
            }
        }
        if self.runs.is_empty() { joined.trim_start().to_owned() } else { joined }
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches('/').split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        let is_end = tag.starts_with('/');
        match (name, is_end) {
            ("strong" | "b", _) => self.is_strong = !is_end,
            ("code", _) => self.is_code = !is_end,
            ("pre", _) => {
                self.flush();
                self.is_commands = !is_end;
            }
            ("ul" | "ol", false) => {
                self.flush();
                self.items = Some(Vec::new());
            }
            ("ul" | "ol", true) => {
                self.flush();
                if let Some(items) = self.items.take().filter(|items| !items.is_empty()) {
                    self.blocks.push(Block::List { items });
                }
            }
            ("p" | "li", _) => self.flush(),
            ("br", _) => self.say("\n"),
            _ => {}
        }
    }

    fn flush(&mut self) {
        let mut runs = std::mem::take(&mut self.runs);
        if let Some(last) = runs.last_mut().filter(|_| !self.is_commands) {
            last.text.truncate(last.text.trim_end().len());
        }
        runs.retain(|run| !run.text.is_empty());
        if runs.is_empty() {
            return;
        }
        match &mut self.items {
            _ if self.is_commands => {
                let whole: String = runs.into_iter().map(|run| run.text).collect();
                self.blocks.push(Block::Code { lines: whole.trim_end().lines().map(str::to_owned).collect() });
            }
            Some(items) => items.push(runs),
            None => self.blocks.push(Block::Text { runs }),
        }
    }

    fn close(&mut self) {
        self.tag("/ul");
        self.flush();
    }
}

fn unescaped(words: &str) -> String {
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&nbsp;", "\u{a0}")];
    // The ampersand comes last: `&amp;lt;` is no bracket.
    plain.into_iter().fold(words.to_owned(), |words, (escaped, plain)| words.replace(escaped, plain)).replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Run {
        Run { text: text.into(), mark: Mark::Plain }
    }

    #[test]
    fn what_our_markdown_makes_is_read() {
        let html =
            web::markdown("一つ目の\n段落 **強い** `code` & <b>\n\n- 一\n- 二\n\n```\nGet-ADComputer -Filter *\n  | Select Name\n```\n");
        let read = blocks(&html);
        let [Block::Text { runs }, Block::List { items }, Block::Code { lines }] = read.as_slice() else { panic!("{html}: {read:?}") };
        assert_eq!(runs[0], plain("一つ目の段落 "));
        assert_eq!(runs[1], Run { text: "強い".into(), mark: Mark::Strong });
        assert!(runs.iter().any(|run| run.mark == Mark::Code && run.text == "code"), "{runs:?}");
        assert!(runs.iter().any(|run| run.text.contains('&')), "{runs:?}");
        assert_eq!(items, &[vec![plain("一")], vec![plain("二")]]);
        assert_eq!(lines, &["Get-ADComputer -Filter *", "  | Select Name"]);
    }

    #[test]
    fn every_lesson_is_read_without_a_tag_left() {
        for course in crate::content::courses() {
            for face in course.units.iter().flat_map(|unit| &unit.slides).flat_map(|slide| &slide.faces) {
                for part in &face.1.parts {
                    let crate::content::lesson::Part::Prose(html) = part else { continue };
                    let read = blocks(html);
                    assert!(!read.is_empty(), "{html}");
                    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
                    let kept: usize = read.iter().map(|block| letters(&format!("{block:?}"))).sum();
                    assert!(kept >= letters(&unescaped(&html.replace("</", "<"))) / 3, "{html}: {read:?}");
                }
            }
        }
    }
}
