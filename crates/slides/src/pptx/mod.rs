//! `PowerPoint` files (.pptx): the order of the slides, and for each its parts, notes and pictures.

mod relations;
mod shapes;
mod text;

use std::collections::HashMap;

use crate::deck::{Deck, Left, LeftOut, Picture, Slide};
use crate::package::Package;
use crate::picture::clean;
use crate::xml::{Element, parse};
use crate::{Deadline, Limits, NotRead};
use relations::{Relations, Target};
use shapes::Shapes;

/// The heart of the file.
const PRESENTATION: &str = "ppt/presentation.xml";
/// The most bytes of a picture as it lies in the file.
const PICTURE_BYTES: u64 = 32 << 20;

/// Reads a file that begins as packed files do.
pub(crate) fn read(bytes: &[u8], limits: &Limits, deadline: Deadline) -> Result<Deck, NotRead> {
    let mut package = Package::open(bytes, limits)?;
    let types = package.file("[content_types].xml", limits.xml)?.ok_or(NotRead::OtherPackage)?;
    if package.names().any(|name| name.ends_with("vbaproject.bin")) || has_macros(&parse(&types, "[Content_Types].xml")?) {
        return Err(NotRead::Macros);
    }
    let Some(presentation) = package.file(PRESENTATION, limits.xml)? else { return Err(NotRead::OtherPackage) };
    let presentation = parse(&presentation, PRESENTATION)?;
    let mut reader = Reader { package, limits, deadline, deck: Deck::default(), known: HashMap::new(), bytes: 0 };
    let relations = reader.relations(PRESENTATION)?;
    let ids: Vec<&str> =
        presentation.child("sldIdLst").map_or_else(Vec::new, |list| list.all("sldId").filter_map(|slide| slide.relation("id")).collect());
    if ids.len() > limits.slides {
        return Err(NotRead::TooMany { count: ids.len(), most: limits.slides });
    }
    for (number, id) in (1..).zip(ids) {
        deadline.check()?;
        let Some(Target::Inside(part)) = relations.target(id) else {
            reader.deck.left.push(Left::about(LeftOut::BrokenSlide, number.to_string()));
            continue;
        };
        let part = part.to_owned();
        reader.slide(number, &part)?;
    }
    Ok(reader.deck)
}

/// Whether the file says of itself that it carries programs.
fn has_macros(types: &Element) -> bool {
    types.children.iter().any(|one| one.attribute("ContentType").is_some_and(|kind| kind.to_lowercase().contains("macroenabled")))
}

/// What is read so far.
struct Reader<'r> {
    package: Package<'r>,
    limits: &'r Limits,
    deadline: Deadline,
    deck: Deck,
    /// Pictures that were looked at, by the names of their parts: many slides show one logo.
    known: HashMap<String, Result<usize, Left>>,
    /// The bytes of all pictures so far.
    bytes: usize,
}

impl Reader<'_> {
    /// What a part names by ids.
    fn relations(&mut self, part: &str) -> Result<Relations, NotRead> {
        let name = relations::name_for(part);
        match self.package.file(&name, self.limits.xml)? {
            Some(bytes) => Ok(Relations::read(part, &parse(&bytes, &name)?)),
            None => Ok(Relations::default()),
        }
    }

    fn slide(&mut self, number: usize, part: &str) -> Result<(), NotRead> {
        let Some(bytes) = self.package.file(part, self.limits.xml)? else {
            self.deck.left.push(Left::about(LeftOut::BrokenSlide, number.to_string()));
            return Ok(());
        };
        let root = parse(&bytes, part)?;
        if matches!(root.attribute("show"), Some("0" | "false")) {
            self.deck.left.push(Left::about(LeftOut::Hidden, number.to_string()));
            return Ok(());
        }
        let relations = self.relations(part)?;
        let mut slide = Slide { number, ..Slide::default() };
        if let Some(tree) = root.at(&["cSld", "spTree"]) {
            let mut shapes = Shapes { slide: &mut slide, picture: &mut |id| self.picture(&relations, id) };
            shapes.take(tree)?;
        }
        if relations.has("comments") {
            slide.left.push(Left::of(LeftOut::Comments));
        }
        slide.notes = self.notes(&relations)?;
        shorten(&mut slide, self.limits.characters);
        self.deck.slides.push(slide);
        Ok(())
    }

    /// What the speaker says.
    fn notes(&mut self, relations: &Relations) -> Result<String, NotRead> {
        let Some(part) = relations.of_kind("notesSlide").map(str::to_owned) else { return Ok(String::new()) };
        let Some(bytes) = self.package.file(&part, self.limits.xml)? else { return Ok(String::new()) };
        let root = parse(&bytes, &part)?;
        let Some(tree) = root.at(&["cSld", "spTree"]) else { return Ok(String::new()) };
        let is_body = |shape: &&Element| shapes::place(shape) == Some("body");
        let said: Vec<String> = tree.all("sp").filter(is_body).filter_map(|shape| shape.child("txBody")).map(text::plain).collect();
        Ok(said.join("\n\n").trim().to_owned())
    }

    /// The place of a picture that a slide names by an id.
    fn picture(&mut self, relations: &Relations, id: &str) -> Result<Result<usize, Left>, NotRead> {
        self.deadline.check()?;
        let part = match relations.target(id) {
            Some(Target::Inside(part)) => part.to_owned(),
            Some(Target::Elsewhere) => return Ok(Err(Left::of(LeftOut::Elsewhere))),
            None => return Ok(Err(Left::of(LeftOut::BrokenPicture))),
        };
        if let Some(known) = self.known.get(&part) {
            return Ok(known.clone());
        }
        let found = self.taken(&part)?;
        self.known.insert(part, found.clone());
        Ok(found)
    }

    fn taken(&mut self, part: &str) -> Result<Result<usize, Left>, NotRead> {
        if self.deck.pictures.len() >= self.limits.pictures || self.bytes > self.limits.picture_bytes {
            return Ok(Err(Left::of(LeftOut::ManyPictures)));
        }
        let bytes = match self.package.file(part, PICTURE_BYTES) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(Err(Left::of(LeftOut::BrokenPicture))),
            Err(NotRead::Swells) => return Ok(Err(Left::of(LeftOut::LargePicture))),
            Err(other) => return Err(other),
        };
        Ok(clean(&bytes, self.limits).map(|picture| self.keep(picture)))
    }

    fn keep(&mut self, picture: Picture) -> usize {
        self.bytes += picture.bytes.len();
        self.deck.pictures.push(picture);
        self.deck.pictures.len() - 1
    }
}

/// Takes away what goes beyond what a slide may hold, and says so.
pub(crate) fn shorten(slide: &mut Slide, most: usize) {
    use crate::deck::Block;
    let mut left = most;
    let mut is_cut = false;
    let mut cut = |text: &mut String| {
        let length = text.chars().count();
        if length > left {
            *text = text.chars().take(left).collect();
            is_cut = true;
        }
        left = left.saturating_sub(length);
    };
    cut(&mut slide.title);
    for block in &mut slide.blocks {
        match block {
            Block::Text(text) | Block::Item { text, .. } => cut(text),
            Block::Table(rows) => rows.iter_mut().flatten().for_each(&mut cut),
            Block::Picture { alt, .. } => cut(alt),
        }
    }
    cut(&mut slide.notes);
    if is_cut {
        slide.blocks.retain(|block| !matches!(block, Block::Text(text) | Block::Item { text, .. } if text.is_empty()));
        slide.left.push(Left::about(LeftOut::LongText, most.to_string()));
    }
}
