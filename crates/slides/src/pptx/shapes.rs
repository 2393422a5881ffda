use super::text;
use crate::NotRead;
use crate::deck::{Block, Left, LeftOut, Slide};
use crate::xml::Element;

/// The most cells of all tables of a slide that come in.
const CELLS_MAX: usize = 400;
/// The most paragraphs, items, tables and pictures of a slide that come in. A picture takes a few letters in the file and much more
/// wherever it is shown.
const BLOCKS_MAX: usize = 200;
/// The most things that a slide names as left out.
const LEFT_MAX: usize = 40;

/// Finds a picture by the id by which a slide names it: its place, or why it is left out.
pub(super) type Finding<'s> = dyn FnMut(&str) -> Result<Result<usize, Left>, NotRead> + 's;

/// Takes what lies on a slide, in the order in which it is read.
pub(super) struct Shapes<'s> {
    pub slide: &'s mut Slide,
    /// Where its pictures are found.
    pub picture: &'s mut Finding<'s>,
}

/// For what place of the template a shape is: `title`, `body`, `dt`; `None` for one that lies freely.
pub(super) fn place(shape: &Element) -> Option<&str> {
    let properties = shape.child("nvSpPr").or_else(|| shape.child("nvPicPr")).or_else(|| shape.child("nvGraphicFramePr"))?;
    properties.at(&["nvPr", "ph"]).map(|place| place.attribute("type").unwrap_or("obj"))
}

impl Shapes<'_> {
    /// Takes everything in a group.
    pub fn take(&mut self, group: &Element) -> Result<(), NotRead> {
        for element in &group.children {
            match element.name.as_str() {
                "sp" | "cxnSp" => self.shape(element)?,
                "grpSp" => self.take(element)?,
                "pic" => self.pic(element)?,
                "graphicFrame" => self.frame(element),
                "contentPart" => self.left(LeftOut::Ink),
                "AlternateContent" => self.alternative(element)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn left(&mut self, what: LeftOut) {
        self.leave(Left::of(what));
    }

    /// Names what is left out, each thing once.
    fn leave(&mut self, left: Left) {
        if self.slide.left.len() < LEFT_MAX && !self.slide.left.contains(&left) {
            self.slide.left.push(left);
        }
    }

    /// Whether the slide holds as much as it may, which is named.
    fn is_full(&mut self) -> bool {
        let is_full = self.slide.blocks.len() >= BLOCKS_MAX;
        if is_full {
            self.leave(Left::about(LeftOut::ManyBlocks, BLOCKS_MAX.to_string()));
        }
        is_full
    }

    fn add(&mut self, block: Block) {
        if !self.is_full() {
            self.slide.blocks.push(block);
        }
    }

    /// What a newer program shows, and what stands in for it: the second, where there is any.
    fn alternative(&mut self, element: &Element) -> Result<(), NotRead> {
        let is_something = |element: &&Element| !element.children.is_empty();
        if element.within("contentPart").is_some() {
            self.left(LeftOut::Ink);
            return Ok(());
        }
        match element.child("Fallback").filter(is_something).or_else(|| element.child("Choice")) {
            Some(chosen) => self.take(chosen),
            None => Ok(()),
        }
    }

    fn shape(&mut self, shape: &Element) -> Result<(), NotRead> {
        let place = place(shape);
        // A shape may be filled with a picture.
        if let Some(filled) = shape.at(&["spPr", "blipFill"]) {
            self.blip(filled, alt(shape))?;
        }
        let Some(body) = shape.child("txBody") else { return Ok(()) };
        match place {
            // Date, footer and number of the page belong to the paper.
            Some("dt" | "ftr" | "sldNum" | "hdr") => {}
            Some("title" | "ctrTitle") if self.slide.title.is_empty() => {
                self.slide.title = text::plain(body).split_whitespace().collect::<Vec<_>>().join(" ");
            }
            place => {
                for block in text::blocks(body, matches!(place, Some("body" | "obj"))) {
                    self.add(block);
                }
            }
        }
        Ok(())
    }

    fn pic(&mut self, pic: &Element) -> Result<(), NotRead> {
        let is_film = pic.at(&["nvPicPr", "nvPr"]).is_some_and(|own| own.children.iter().any(|one| is_media(&one.name)));
        if is_film {
            self.left(LeftOut::Film);
            return Ok(());
        }
        match pic.child("blipFill") {
            Some(filled) => self.blip(filled, alt(pic)),
            None => Ok(()),
        }
    }

    fn blip(&mut self, filled: &Element, (alt, is_decorative): (String, bool)) -> Result<(), NotRead> {
        let Some(blip) = filled.child("blip") else { return Ok(()) };
        let Some(id) = blip.relation("embed").or_else(|| blip.relation("link")) else { return Ok(()) };
        // No picture is decoded that would not be shown.
        if self.is_full() {
            return Ok(());
        }
        match (self.picture)(id)? {
            Ok(at) => self.add(Block::Picture { at, alt, is_decorative }),
            Err(left) => self.leave(left),
        }
        Ok(())
    }

    fn frame(&mut self, frame: &Element) {
        let Some(data) = frame.at(&["graphic", "graphicData"]) else { return };
        if let Some(table) = data.child("tbl") {
            self.table(table);
            return;
        }
        let uri = data.attribute("uri").unwrap_or_default();
        self.left(match uri.rsplit('/').next() {
            Some("chart" | "chartex") => LeftOut::Chart,
            Some("diagram") => LeftOut::Diagram,
            _ => LeftOut::Object,
        });
    }

    fn table(&mut self, table: &Element) {
        let cell = |cell: &Element| cell.child("txBody").map(text::plain).unwrap_or_default();
        let rows: Vec<Vec<String>> = table.all("tr").map(|row| row.all("tc").map(cell).collect()).collect();
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let cells = |block: &Block| match block {
            Block::Table(rows) => rows.iter().map(Vec::len).sum::<usize>(),
            _ => 0,
        };
        let taken: usize = self.slide.blocks.iter().map(cells).sum();
        let most = CELLS_MAX.saturating_sub(taken).checked_div(width).unwrap_or(0);
        if rows.len() > most && width > 0 {
            self.leave(Left::about(LeftOut::ManyCells, CELLS_MAX.to_string()));
        }
        let rows: Vec<Vec<String>> = rows.into_iter().take(most).collect();
        if rows.iter().flatten().any(|cell| !cell.is_empty()) {
            self.add(Block::Table(rows));
        }
    }
}

/// What its author said that a picture tells, and whether that is nothing. What a program guessed is for the author to say.
fn alt(element: &Element) -> (String, bool) {
    let own = element.child("nvPicPr").or_else(|| element.child("nvSpPr")).and_then(|own| own.child("cNvPr"));
    let is_decorative =
        own.and_then(|own| own.within("decorative")).is_some_and(|mark| matches!(mark.attribute("val"), Some("1" | "true")));
    let said = own.and_then(|own| own.attribute("descr")).unwrap_or_default();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    (if is_decorative || is_guessed(&said) { String::new() } else { said }, is_decorative)
}

/// Descriptions that the program wrote by itself, and names of files, tell nobody what a picture tells.
fn is_guessed(said: &str) -> bool {
    let lower = said.to_lowercase();
    let is_name = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".svg"].iter().any(|ending| lower.ends_with(ending));
    is_name || lower.contains("自動的に生成された説明") || lower.contains("description automatically generated")
}

fn is_media(name: &str) -> bool {
    matches!(name, "videoFile" | "audioFile" | "audioCd" | "wavAudioFile" | "quickTimeFile")
}
