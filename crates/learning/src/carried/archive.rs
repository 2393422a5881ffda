use serde::Serialize;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

/// Why there is no zip.
#[derive(Debug, thiserror::Error)]
pub enum NotPacked {
    /// The archive could not be written.
    #[error(transparent)]
    Archive(#[from] zip::result::ZipError),
    /// A file of it could not be written.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// What a page needs to know could not be written.
    #[error(transparent)]
    Data(#[from] serde_json::Error),
    /// A page's script or styles are not there.
    #[error("there is no {0}; the bundles are made by: node assets/bundle.mjs")]
    Absent(&'static str),
    /// A course has something that no course structure of cmi5 can say.
    #[error(transparent)]
    Structure(#[from] cmi5::NotACourse),
}

/// A zip that is being written. The same files give the same bytes: no machine's clock in it.
pub(crate) struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    /// One without files.
    pub fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// Adds a file.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), NotPacked> {
        self.0.start_file(name, SimpleFileOptions::default().last_modified_time(DateTime::default()))?;
        Ok(self.0.write_all(bytes)?)
    }

    /// Adds a file of the portal's own.
    pub fn add_asset(&mut self, name: &str, asset: &'static str) -> Result<(), NotPacked> {
        self.add(name, &web::asset_file(asset).ok_or(NotPacked::Absent(asset))?)
    }

    /// Adds a text for the editor of Windows: a mark in front, and its ends of lines.
    pub fn add_text(&mut self, name: &str, text: &str) -> Result<(), NotPacked> {
        self.add(name, format!("\u{feff}{text}").replace('\n', "\r\n").as_bytes())
    }

    /// The whole.
    pub fn finish(self) -> Result<Vec<u8>, NotPacked> {
        Ok(self.0.finish()?.into_inner())
    }
}

/// What a page knows, as a classic script: from a disk, a browser fetches no JSON.
pub(crate) fn script(name: &str, data: &impl Serialize) -> Result<String, NotPacked> {
    Ok(format!("globalThis.{name} = {};\n", serde_json::to_string(data)?.replace('<', "\\u003c")))
}
