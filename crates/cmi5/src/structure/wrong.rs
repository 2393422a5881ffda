use serde::{Deserialize, Serialize};

use crate::requirement::{self, Requirement};

/// Why a package or a course structure is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}: {wrong} (at {place:?}: {value:?})", self.requirement())]
pub struct NotACourse {
    /// What is wrong.
    pub wrong: Wrong,
    /// Where: the id of a unit or block, the name of an element or of a file; empty for the whole.
    pub place: String,
    /// What stands there.
    pub value: String,
}

macro_rules! wrongs {
    ($($name:ident = $id:literal, $requirement:ident, $what:literal;)*) => {
        /// What can be wrong with a package or a course structure.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
        pub enum Wrong { $(#[doc = $what] #[error($what)] $name,)* }

        impl Wrong {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// By what its words are found.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            /// Which requirement is broken.
            pub const fn requirement(self) -> Requirement {
                match self { $(Self::$name => requirement::$requirement),* }
            }
        }
    };
}

wrongs! {
    NeitherZipNorXml = "neither-zip-nor-xml", FORMATS, "this is neither a ZIP nor XML";
    TooLarge = "too-large", LIMIT, "it is larger than what is read";
    NotText = "not-text", SCHEMA, "the XML is not in the encoding that it says";
    NotXml = "not-xml", SCHEMA, "the XML cannot be read";
    DocumentType = "document-type", LIMIT, "a document type is not read";
    Entity = "entity", LIMIT, "an entity is not read";
    TooDeep = "too-deep", LIMIT, "elements lie within one another too deep";
    Root = "root", SCHEMA, "the root is no courseStructure of cmi5";
    Missing = "missing", SCHEMA, "an element is missing";
    Misplaced = "misplaced", SCHEMA, "an element has no place here";
    Attribute = "attribute", SCHEMA, "an attribute is none of the schema";
    NoId = "no-id", SCHEMA, "an id is missing";
    NotAnIri = "not-an-iri", IRI, "an id is no whole IRI";
    DuplicateBlock = "duplicate-block", BLOCK_ID, "the id of a block stands twice";
    DuplicateObjective = "duplicate-objective", OBJECTIVE_ID, "the id of an objective stands twice";
    DuplicateUnit = "duplicate-unit", UNIT_ID, "the id of a unit stands twice";
    NoUnit = "no-unit", SCHEMA, "there is no unit in it";
    NoText = "no-text", SCHEMA, "a text has no langstring";
    Language = "language", SCHEMA, "a language is no tag of RFC 5646";
    UnknownObjective = "unknown-objective", SCHEMA, "an objective is referred to and not there";
    MoveOn = "move-on", SCHEMA, "moveOn has none of its five values";
    MasteryScore = "mastery-score", SCHEMA, "masteryScore is no number from 0 to 1 with up to four decimals";
    LaunchMethod = "launch-method", SCHEMA, "launchMethod has none of its two values";
    Url = "url", UNIT_URL, "the address of a unit cannot be one";
    ReservedParameter = "reserved-parameter", RESERVED, "the query of an address has a name that the launch needs";
    RelativeUrl = "relative-url", WHOLE_URL, "without a ZIP an address has to be a whole one";
    MissingFile = "missing-file", FILES, "the ZIP does not hold a file that a unit begins with";
    NotAZip = "not-a-zip", ZIP, "the ZIP cannot be read";
    Encrypted = "encrypted", ZIP, "a file of the ZIP is encrypted";
    NoManifest = "no-manifest", MANIFEST, "the ZIP has no cmi5.xml at its root";
    TooManyFiles = "too-many-files", LIMIT, "the ZIP holds too many files";
    Bomb = "bomb", LIMIT, "the ZIP becomes too large";
    FileName = "file-name", HARMLESS, "the name of a file leads elsewhere, or is none";
    SameName = "same-name", HARMLESS, "two files have one name";
    Link = "link", HARMLESS, "the ZIP holds something else than files and folders";
}

impl NotACourse {
    pub(crate) fn of(wrong: Wrong, place: impl Into<String>, value: impl Into<String>) -> Self {
        // What is shown of a foreign file is a word of it, not the whole.
        let short = |text: String| if text.chars().count() > 200 { text.chars().take(200).chain(['…']).collect() } else { text };
        Self { wrong, place: short(place.into()), value: short(value.into()) }
    }

    /// Which requirement is broken.
    pub const fn requirement(&self) -> Requirement {
        self.wrong.requirement()
    }
}
