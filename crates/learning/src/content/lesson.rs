//! Reading the lesson of a unit: slides in Markdown, separated by lines of three hyphens.

use super::fault::Fault;
use super::photo::{Photo, is_photo};

/// What stands on a slide, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Paragraphs, lists and commands, as safe HTML.
    Prose(String),
    /// A drawing, as SVG, and what it tells.
    Figure {
        /// The drawing, without its title.
        svg: String,
        /// What it tells to whoever does not see it.
        alt: String,
    },
    /// A picture made of points, whose bytes lie in the object store.
    Photo {
        /// Which one.
        photo: Photo,
        /// What it tells; empty for one that is there for its looks alone.
        alt: String,
    },
    /// A word explained on first use.
    Term {
        /// The word.
        word: String,
        /// The explanation, as safe HTML.
        html: String,
    },
    /// What to do, as safe HTML.
    Do(String),
    /// What not to do, as safe HTML.
    Dont(String),
    /// What was taught once, and what holds now.
    Dated {
        /// From when to when: `2022年度 → 2026年6月`.
        when: String,
        /// The text, as safe HTML.
        html: String,
    },
    /// Something to look at and decide.
    Scene(String),
    /// Where the course says whom to tell: the contacts of an institution stand here in its own kit, and nothing elsewhere.
    Contacts,
}

/// A slide in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// The slide's id, the same in every language.
    pub id: String,
    /// The line of its heading.
    pub line: usize,
    /// The heading.
    pub heading: String,
    /// What stands on it.
    pub parts: Vec<Part>,
    /// What a lecturer would say: also the transcript.
    pub notes: String,
}

/// Stands behind the name of a picture that is there for its looks alone, and needs no words.
pub const DECORATIVE: &str = " decorative";

/// Reads a lesson. `figure` gives the drawing of a name such as `figures/later-button.svg`.
pub fn read(file: &str, text: &str, figure: &dyn Fn(&str) -> Option<String>) -> Result<Vec<Face>, Vec<Fault>> {
    let mut reader = Reader { file, figure, faces: Vec::new(), faults: Vec::new(), prose: String::new(), block: None, is_fenced: false };
    for (number, line) in (1..).zip(text.lines()) {
        reader.take(number, line);
    }
    reader.close_slide(text.lines().count());
    if reader.faces.is_empty() && reader.faults.is_empty() {
        reader.faults.push(Fault::new(file, 1, "no-slide", ""));
    }
    if reader.faults.is_empty() { Ok(reader.faces) } else { Err(reader.faults) }
}

struct Reader<'r> {
    file: &'r str,
    figure: &'r dyn Fn(&str) -> Option<String>,
    faces: Vec<Face>,
    faults: Vec<Fault>,
    prose: String,
    /// The block that is open: its first line, its kind, what follows the kind, its text so far.
    block: Option<(usize, String, String, String)>,
    is_fenced: bool,
}

impl Reader<'_> {
    fn fault(&mut self, line: usize, what: &'static str, about: &str) {
        self.faults.push(Fault::new(self.file, line, what, about));
    }

    fn take(&mut self, number: usize, line: &str) {
        if line.starts_with("```") {
            self.is_fenced = !self.is_fenced;
            return self.keep(line);
        }
        if self.is_fenced {
            return self.keep(line);
        }
        match line.trim_end() {
            "---" => self.close_slide(number),
            ":::" => self.close_block(number),
            line if line.starts_with("::: ") => self.open_block(number, &line[4..]),
            line if line.starts_with("## ") => self.open_slide(number, &line[3..]),
            line if line.starts_with("![") && self.block.is_none() => self.picture(number, line),
            line => self.keep(line),
        }
    }

    fn keep(&mut self, line: &str) {
        let into = self.block.as_mut().map_or(&mut self.prose, |block| &mut block.3);
        into.push_str(line);
        into.push('\n');
    }

    fn open_slide(&mut self, number: usize, heading: &str) {
        let Some((heading, id)) = heading.split_once("{#").and_then(|(heading, id)| Some((heading.trim(), id.trim().strip_suffix('}')?)))
        else {
            return self.fault(number, "no-id", heading);
        };
        let is_kebab = !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !is_kebab {
            self.fault(number, "bad-id", id);
        }
        if self.faces.iter().any(|face| face.id == id) {
            self.fault(number, "twice", id);
        }
        let face = Face { id: id.to_owned(), line: number, heading: heading.to_owned(), parts: Vec::new(), notes: String::new() };
        self.faces.push(face);
    }

    fn close_slide(&mut self, number: usize) {
        if let Some((line, kind, ..)) = self.block.take() {
            self.fault(line, "open-block", &kind);
        }
        self.close_prose();
        match self.faces.last() {
            None => self.fault(number, "no-heading", ""),
            Some(face) if face.notes.is_empty() => {
                let (line, id) = (face.line, face.id.clone());
                self.fault(line, "no-notes", &id);
            }
            Some(_) => {}
        }
    }

    fn add(&mut self, part: Part) {
        self.close_prose();
        if let Some(face) = self.faces.last_mut() {
            face.parts.push(part);
        }
    }

    fn close_prose(&mut self) {
        let prose = std::mem::take(&mut self.prose);
        if let (false, Some(face)) = (prose.trim().is_empty(), self.faces.last_mut()) {
            face.parts.push(Part::Prose(web::markdown(&prose)));
        }
    }

    fn picture(&mut self, number: usize, line: &str) {
        let found = line.strip_prefix("![").and_then(|rest| rest.strip_suffix(')')).and_then(|rest| rest.split_once("]("));
        let Some((alt, name)) = found else { return self.fault(number, "bad-figure", line) };
        let (name, is_decorative) = name.strip_suffix(DECORATIVE).map_or((name, false), |name| (name, true));
        let alt = if is_decorative { String::new() } else { alt.trim().to_owned() };
        if alt.is_empty() && !is_decorative {
            self.fault(number, "no-alt", name);
        }
        match (self.figure)(name) {
            Some(text) if is_photo(name) => match Photo::read(&text) {
                Some(photo) => self.add(Part::Photo { photo, alt }),
                None => self.fault(number, "bad-figure", name),
            },
            Some(svg) => self.add(Part::Figure { svg: without_title(&svg), alt }),
            None => self.fault(number, "no-figure", name),
        }
    }

    fn open_block(&mut self, number: usize, words: &str) {
        if let Some((line, kind, ..)) = self.block.take() {
            self.fault(line, "open-block", &kind);
        }
        let (kind, rest) = words.split_once(' ').unwrap_or((words, ""));
        if !["term", "do", "dont", "dated", "scene", "contacts", "notes"].contains(&kind) {
            self.fault(number, "unknown-block", kind);
        }
        self.block = Some((number, kind.to_owned(), rest.trim().to_owned(), String::new()));
    }

    fn close_block(&mut self, number: usize) {
        let Some((_, kind, rest, text)) = self.block.take() else { return self.fault(number, "no-block", "") };
        let html = || web::markdown(&text);
        match kind.as_str() {
            "term" => self.add(Part::Term { word: rest, html: html() }),
            "do" => self.add(Part::Do(html())),
            "dont" => self.add(Part::Dont(html())),
            "dated" => self.add(Part::Dated { when: rest, html: html() }),
            "scene" => self.add(Part::Scene(rest)),
            "contacts" => self.add(Part::Contacts),
            "notes" => {
                self.close_prose();
                if let Some(face) = self.faces.last_mut() {
                    text.trim().clone_into(&mut face.notes);
                }
            }
            _ => {}
        }
    }
}

/// A drawing without its title, which browsers would show in all its languages when a pointer rests on it.
pub fn without_title(svg: &str) -> String {
    match (svg.find("<title>"), svg.find("</title>")) {
        (Some(start), Some(end)) if start < end => format!("{}{}", &svg[..start], &svg[end + "</title>".len()..]),
        _ => svg.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Vec<Face>, Vec<String>> {
        let figure = |name: &str| (name == "figures/a.svg").then(|| "<svg><title>a / b</title><rect/></svg>".to_owned());
        read("a.md", text, &figure).map_err(|faults| faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_slide_has_parts_in_their_order() {
        let text = "## 見出し {#one}\n\n一つ。\n\n![絵](figures/a.svg)\n\n```\n---\n::: do\n```\n\n::: term 脆弱性\n弱点。\n:::\n\n::: scene mail\n:::\n\n::: notes\n話す。\n:::\n\n---\n\n## 次 {#two}\n\n::: notes\n続き。\n:::\n";
        let faces = of(text).unwrap();
        assert_eq!(faces.iter().map(|face| face.id.as_str()).collect::<Vec<_>>(), ["one", "two"]);
        let kinds: Vec<bool> = faces[0].parts.iter().map(|part| matches!(part, Part::Prose(_))).collect();
        assert_eq!(kinds, [true, false, true, false, false]);
        assert_eq!(faces[0].parts[1], Part::Figure { svg: "<svg><rect/></svg>".into(), alt: "絵".into() });
        assert!(matches!(&faces[0].parts[2], Part::Prose(html) if html.contains("::: do")), "a command is no block");
        assert_eq!((faces[0].notes.as_str(), faces[1].heading.as_str()), ("話す。", "次"));
    }

    #[test]
    fn a_picture_tells_something_or_says_that_it_does_not() {
        let figure = |name: &str| match name {
            "figures/a.svg" => Some("<svg/>".to_owned()),
            "figures/b.png" => Some(format!("sha256 = \"{}\"\nkind = \"png\"\nwidth = 4\nheight = 3\n", "0f".repeat(32))),
            _ => Some("nothing".to_owned()),
        };
        let of = |line: &str| {
            let text = format!("## あ {{#a}}\n{line}\n::: notes\nあ\n:::\n");
            read("a.md", &text, &figure).map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        let parts = |line: &str| of(line).unwrap()[0].parts.clone();
        assert!(matches!(&parts("![絵](figures/b.png)")[0], Part::Photo { photo, alt } if photo.width == 4 && alt == "絵"));
        assert!(matches!(&parts("![](figures/b.png decorative)")[0], Part::Photo { alt, .. } if alt.is_empty()));
        assert!(matches!(&parts("![](figures/a.svg decorative)")[0], Part::Figure { alt, .. } if alt.is_empty()));
        assert_eq!(of("![](figures/b.png)").unwrap_err(), ["a.md:2: no-alt (figures/b.png)"]);
        assert_eq!(of("![ ](figures/a.svg)").unwrap_err(), ["a.md:2: no-alt (figures/a.svg)"]);
        assert_eq!(of("![絵](figures/c.jpg)").unwrap_err(), ["a.md:2: bad-figure (figures/c.jpg)"]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let wrong = |text: &str| of(text).unwrap_err();
        assert_eq!(wrong("## 見出し\n\n::: notes\nあ\n:::\n")[0], "a.md:1: no-id (見出し)");
        assert_eq!(wrong("## あ {#a}\n\n本文\n"), ["a.md:1: no-notes (a)"]);
        assert_eq!(wrong("## あ {#a}\n![絵](figures/b.svg)\n::: notes\nあ\n:::\n"), ["a.md:2: no-figure (figures/b.svg)"]);
        assert_eq!(wrong("## あ {#a}\n::: hint\n:::\n::: notes\nあ\n:::\n"), ["a.md:2: unknown-block (hint)"]);
        assert_eq!(wrong("## あ {#a}\n::: notes\nあ\n:::\n---\n## い {#a}\n::: notes\nい\n:::\n"), ["a.md:6: twice (a)"]);
        assert_eq!(wrong("## あ {#a}\n::: do\n- い\n\n::: notes\nあ\n:::\n"), ["a.md:2: open-block (do)"]);
    }
}
