use serde::{Deserialize, Serialize};

/// Why nothing of a file comes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum NotRead {
    /// Nothing in it.
    #[error("empty")]
    Empty,
    /// More bytes than the limit.
    #[error("more than {most} bytes")]
    TooLarge {
        /// The limit.
        most: usize,
    },
    /// Neither `PowerPoint` nor PDF.
    #[error("neither PowerPoint nor PDF")]
    NotSlides,
    /// What is in it is not what its name says.
    #[error("not what its name says")]
    OtherContent,
    /// A packed file of another program: Word, Excel, ZIP.
    #[error("a packed file, but no slides")]
    OtherPackage,
    /// `PowerPoint` 97–2003.
    #[error("PowerPoint 97-2003")]
    OldPowerPoint,
    /// It opens with a password only.
    #[error("protected by a password")]
    Protected,
    /// It carries programs.
    #[error("macros")]
    Macros,
    /// An entry that leads out of the file.
    #[error("an entry leads elsewhere: {name}")]
    Path {
        /// Its name.
        name: String,
    },
    /// An entry that is no file: a link, a device.
    #[error("an entry is no file: {name}")]
    Link {
        /// Its name.
        name: String,
    },
    /// Two entries with one name.
    #[error("two entries have one name: {name}")]
    SameName {
        /// The name.
        name: String,
    },
    /// It unpacks to more than is read.
    #[error("it unpacks to more than is read")]
    Swells,
    /// XML with a document type, or entities of its own.
    #[error("document types and entities are not read: {name}")]
    Entities {
        /// In which file.
        name: String,
    },
    /// XML that lies deeper than is read.
    #[error("too deep: {name}")]
    TooDeep {
        /// In which file.
        name: String,
    },
    /// It cannot be read.
    #[error("damaged")]
    Damaged,
    /// More slides than are taken at once.
    #[error("{count} slides, {most} are taken")]
    TooMany {
        /// How many it has.
        count: usize,
        /// The limit.
        most: usize,
    },
    /// No slide that could come in.
    #[error("no slide")]
    NoSlide,
    /// Reading took too long.
    #[error("reading took too long")]
    TooLong,
}

impl NotRead {
    /// The end of the key of its words.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too-large",
            Self::NotSlides => "not-slides",
            Self::OtherContent => "other-content",
            Self::OtherPackage => "other-package",
            Self::OldPowerPoint => "old",
            Self::Protected => "protected",
            Self::Macros => "macros",
            Self::Path { .. } => "path",
            Self::Link { .. } => "link",
            Self::SameName { .. } => "same-name",
            Self::Swells => "swells",
            Self::Entities { .. } => "entities",
            Self::TooDeep { .. } => "too-deep",
            Self::Damaged => "damaged",
            Self::TooMany { .. } => "too-many",
            Self::NoSlide => "no-slide",
            Self::TooLong => "too-long",
        }
    }

    /// Every end of a key.
    pub const KEYS: [&'static str; 18] = [
        "empty",
        "too-large",
        "not-slides",
        "other-content",
        "other-package",
        "old",
        "protected",
        "macros",
        "path",
        "link",
        "same-name",
        "swells",
        "entities",
        "too-deep",
        "damaged",
        "too-many",
        "no-slide",
        "too-long",
    ];

    /// What those words name: `most`, `count`, `name`.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge { most } => vec![("most", format!("{} MB", most >> 20))],
            Self::TooMany { count, most } => vec![("count", count.to_string()), ("most", most.to_string())],
            Self::Path { name } | Self::Link { name } | Self::SameName { name } | Self::Entities { name } | Self::TooDeep { name } => {
                vec![("name", shown(name))]
            }
            _ => Vec::new(),
        }
    }
}

/// A name as a page may show it.
fn shown(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(80).collect()
}
