use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::fonts::{SHELF, Unprintable, unprintable, variants_elsewhere};

/// When a file is made, as it stands in its properties. Given from outside, so that nothing here asks a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the parts of a moment, in UTC")]
pub struct Moment {
    pub year: i32,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
}

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum NotSet {
    /// A text has a character that none of our typefaces has.
    #[error("no typeface has {0}")]
    Unprintable(Unprintable),
    /// The address is too long for a QR code.
    #[error("the address is too long for a QR code")]
    AddressTooLong,
    /// The typesetter refused: a fault of ours.
    #[error("{0}")]
    Fault(String),
}

/// A document to be set: a template of ours, the facts as JSON, and pictures by name.
pub struct Document<'a> {
    pub template: &'static str,
    pub facts: Vec<u8>,
    pub pictures: Vec<(&'static str, Vec<u8>)>,
    /// Every text that comes from outside: each of its characters must have a glyph.
    pub texts: Vec<&'a str>,
    pub made_at: Moment,
    /// What tells this file from every other.
    pub ident: &'a str,
}

/// How many documents back the typesetter remembers what it has set: the frame of a certificate is the same for all of them.
const REMEMBERED: usize = 8;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

impl Document<'_> {
    /// Sets it.
    pub fn set(self) -> Result<Vec<u8>, NotSet> {
        if let Some(missing) = self.texts.iter().find_map(|text| unprintable(text)) {
            return Err(NotSet::Unprintable(missing));
        }
        let elsewhere = serde_json::to_vec(&variants_elsewhere(&self.texts)).map_err(|wrong| NotSet::Fault(wrong.to_string()))?;
        let files = [("facts.json", self.facts), ("variants.json", elsewhere)].into_iter().chain(self.pictures);
        let desk = Desk::of(self.template, files)?;
        let options = options(self.made_at, self.ident)?;
        let pages: PagedDocument = typst::compile(&desk).output.map_err(|wrong| fault(&wrong))?;
        let bytes = typst_pdf::pdf(&pages, &options).map_err(|wrong| fault(&wrong))?;
        typst::comemo::evict(REMEMBERED);
        Ok(bytes)
    }
}

fn options(made_at: Moment, ident: &str) -> Result<PdfOptions, NotSet> {
    let Moment { year, month, day, hour, minute, second } = made_at;
    let made_at = Datetime::from_ymd_hms(year, month, day, hour, minute, second).ok_or_else(|| NotSet::Fault("no such moment".into()))?;
    let standards =
        PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|wrong| NotSet::Fault(wrong.message().to_string()))?;
    Ok(PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some("MIST".to_owned())),
        timestamp: Some(Timestamp::new_utc(made_at)),
        standards,
        ..PdfOptions::default()
    })
}

fn fault(wrong: &[SourceDiagnostic]) -> NotSet {
    NotSet::Fault(wrong.iter().map(|it| it.message.to_string()).collect::<Vec<_>>().join("; "))
}

/// All that the typesetter can see: one template, the facts and the pictures of one document, and our typefaces.
struct Desk {
    main: Source,
    files: Vec<(FileId, Bytes)>,
}

impl Desk {
    fn of(template: &'static str, files: impl Iterator<Item = (&'static str, Vec<u8>)>) -> Result<Self, NotSet> {
        let files = files.map(|(name, bytes)| Ok((file(name)?, Bytes::new(bytes)))).collect::<Result<_, NotSet>>()?;
        Ok(Self { main: Source::new(file("main.typ")?, template.to_owned()), files })
    }
}

fn file(name: &str) -> Result<FileId, NotSet> {
    let path = VirtualPath::new(name).map_err(|_| NotSet::Fault(format!("{name} is no path")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHELF.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.iter().find(|(file, _)| *file == id).map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHELF.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
