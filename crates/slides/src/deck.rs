use serde::{Deserialize, Serialize};

/// What a file of slides holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deck {
    /// The slides that come in, in their order.
    pub slides: Vec<Slide>,
    /// The pictures that blocks name by their place.
    pub pictures: Vec<Picture>,
    /// What of the whole file was left out: hidden slides among it.
    pub left: Vec<Left>,
}

/// One slide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slide {
    /// Its number in the file, counted from 1.
    pub number: usize,
    /// Its title; empty where it has none.
    pub title: String,
    /// What stands on it, in its order.
    pub blocks: Vec<Block>,
    /// What is said with it: the speaker's notes, or the words of a page.
    pub notes: String,
    /// What of it was left out.
    pub left: Vec<Left>,
}

/// A part of a slide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A paragraph; its lines are separated by line feeds.
    Text(String),
    /// A line of a list.
    Item {
        /// How far in, counted from 0.
        level: usize,
        /// Whether it is numbered.
        is_numbered: bool,
        /// The words.
        text: String,
    },
    /// Rows of cells, the first one the heading.
    Table(Vec<Vec<String>>),
    /// A picture.
    Picture {
        /// Its place among the pictures of the deck.
        at: usize,
        /// What its author said that it tells.
        alt: String,
        /// Whether its author said that it tells nothing.
        is_decorative: bool,
    },
}

/// A picture that was encoded anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// How.
    pub kind: PictureKind,
    /// Its width in points.
    pub width: u32,
    /// Its height in points.
    pub height: u32,
    /// Its bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// How a picture is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureKind {
    /// PNG
    Png,
    /// JPEG
    Jpeg,
}

/// Something that did not come in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// What, and why.
    pub what: LeftOut,
    /// Which one: a number, the name of a format.
    pub about: String,
}

/// Why something did not come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOut {
    /// A slide that is hidden.
    Hidden,
    /// A slide that cannot be read.
    BrokenSlide,
    /// A picture that lies elsewhere in the network.
    Elsewhere,
    /// A drawing that could carry scripts.
    Svg,
    /// A picture in a format that browsers do not show.
    Format,
    /// A picture that cannot be read.
    BrokenPicture,
    /// A picture of more points than are read.
    LargePicture,
    /// One picture more than are taken.
    ManyPictures,
    /// A film or a sound.
    Film,
    /// A file of another program within the slide.
    Object,
    /// A chart.
    Chart,
    /// A drawing made of text (`SmartArt`).
    Diagram,
    /// Handwriting.
    Ink,
    /// Comments of reviewers.
    Comments,
    /// Text beyond what a slide may hold.
    LongText,
    /// Cells of tables beyond what a slide may hold.
    ManyCells,
    /// Paragraphs, items, tables and pictures beyond what a slide may hold.
    ManyBlocks,
    /// Scripts, actions and attached files of a PDF.
    Active,
}

impl LeftOut {
    /// Every reason.
    pub const ALL: [Self; 18] = [
        Self::Hidden,
        Self::BrokenSlide,
        Self::Elsewhere,
        Self::Svg,
        Self::Format,
        Self::BrokenPicture,
        Self::LargePicture,
        Self::ManyPictures,
        Self::Film,
        Self::Object,
        Self::Chart,
        Self::Diagram,
        Self::Ink,
        Self::Comments,
        Self::LongText,
        Self::ManyCells,
        Self::ManyBlocks,
        Self::Active,
    ];

    /// The end of the key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::BrokenSlide => "broken-slide",
            Self::Elsewhere => "elsewhere",
            Self::Svg => "svg",
            Self::Format => "format",
            Self::BrokenPicture => "broken-picture",
            Self::LargePicture => "large-picture",
            Self::ManyPictures => "many-pictures",
            Self::Film => "film",
            Self::Object => "object",
            Self::Chart => "chart",
            Self::Diagram => "diagram",
            Self::Ink => "ink",
            Self::Comments => "comments",
            Self::LongText => "long-text",
            Self::ManyCells => "many-cells",
            Self::ManyBlocks => "many-blocks",
            Self::Active => "active",
        }
    }
}

impl Left {
    /// Something of which there is no more to say.
    pub const fn of(what: LeftOut) -> Self {
        Self { what, about: String::new() }
    }

    /// The same with which one it is.
    pub fn about(what: LeftOut, about: impl Into<String>) -> Self {
        Self { what, about: about.into() }
    }
}

impl PictureKind {
    /// The end of names of such pictures.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }
}

impl Slide {
    /// Everything that can be read on it, line by line.
    pub fn words(&self) -> String {
        let mut lines = vec![self.title.clone()];
        for block in &self.blocks {
            match block {
                Block::Text(text) | Block::Item { text, .. } => lines.push(text.clone()),
                Block::Table(rows) => lines.extend(rows.iter().map(|row| row.join("　"))),
                Block::Picture { .. } => {}
            }
        }
        lines.retain(|line| !line.trim().is_empty());
        lines.join("\n")
    }
}
