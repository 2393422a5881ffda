use crate::deck::Block;
use crate::xml::Element;

/// The deepest level of a list that the format knows.
const LEVEL_MAX: usize = 8;

/// A paragraph of a text.
pub(super) struct Paragraph {
    pub level: usize,
    pub mark: Mark,
    /// Its lines, separated by line feeds.
    pub text: String,
}

/// What stands before a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// What the template says.
    Inherited,
    /// Nothing.
    Nothing,
    /// A bullet.
    Bullet,
    /// A number.
    Number,
}

/// The paragraphs of a text that say something.
pub(super) fn paragraphs(body: &Element) -> Vec<Paragraph> {
    body.all("p").map(paragraph).filter(|paragraph| !paragraph.text.is_empty()).collect()
}

fn paragraph(element: &Element) -> Paragraph {
    let properties = element.child("pPr");
    let has = |name: &str| properties.is_some_and(|properties| properties.child(name).is_some());
    let mark = match () {
        () if has("buNone") => Mark::Nothing,
        () if has("buAutoNum") => Mark::Number,
        () if has("buChar") || has("buBlip") => Mark::Bullet,
        () => Mark::Inherited,
    };
    let level = properties.and_then(|properties| properties.attribute("lvl")?.parse().ok()).unwrap_or(0usize);
    let mut text = String::new();
    gather(element, &mut text);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Paragraph { level: level.min(LEVEL_MAX), mark, text: lines.join("\n") }
}

/// The words of runs, fields and formulas; a break is a line feed.
fn gather(element: &Element, into: &mut String) {
    for child in &element.children {
        match child.name.as_str() {
            "t" => into.push_str(&child.text.replace(['\u{b}', '\r'], "\n").replace(char::is_control, "\n")),
            "br" => into.push('\n'),
            "pPr" | "rPr" | "endParaRPr" => {}
            // The same again for programs that do not know the first form.
            "AlternateContent" => gather(child.child("Choice").unwrap_or(child), into),
            _ => gather(child, into),
        }
    }
}

/// A text as it is read aloud.
pub(super) fn plain(body: &Element) -> String {
    paragraphs(body).into_iter().map(|paragraph| paragraph.text).collect::<Vec<_>>().join("\n")
}

/// A text as parts of a slide. In the place for the body of a slide paragraphs are items unless they say otherwise.
pub(super) fn blocks(body: &Element, is_body: bool) -> Vec<Block> {
    let block = |paragraph: Paragraph| match paragraph.mark {
        Mark::Number => Block::Item { level: paragraph.level, is_numbered: true, text: paragraph.text },
        Mark::Bullet => Block::Item { level: paragraph.level, is_numbered: false, text: paragraph.text },
        Mark::Inherited if is_body => Block::Item { level: paragraph.level, is_numbered: false, text: paragraph.text },
        Mark::Inherited | Mark::Nothing => Block::Text(paragraph.text),
    };
    paragraphs(body).into_iter().map(block).collect()
}
