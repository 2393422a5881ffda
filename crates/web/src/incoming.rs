//! A file on its way in, piece by piece: it may be larger than memory.

use axum::body::{Body, Bytes};
use std::sync::{Arc, Mutex, PoisonError};

use crate::{PageError, Problem};

/// The file of a streaming form, from the guard to the handler.
#[derive(Clone)]
pub(crate) struct Incoming(Arc<Mutex<Option<IncomingFile>>>);

/// A file whose bytes are still on their way. Its name is only a word about it, never a path.
pub struct IncomingFile {
    field: multer::Field<'static>,
    name: String,
    /// Keeps the form alive as long as its field.
    _form: multer::Multipart<'static>,
}

impl Incoming {
    pub(crate) fn take(&self) -> Option<IncomingFile> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Incoming")
    }
}

impl IncomingFile {
    /// The file's own name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What comes next; `None` at the end.
    pub async fn piece(&mut self) -> Result<Option<Bytes>, PageError> {
        self.field.chunk().await.map_err(refusal)
    }
}

impl std::fmt::Debug for IncomingFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IncomingFile")
    }
}

/// The fields of a form up to its first file, and that file. A field behind it is not looked at.
pub(crate) async fn begin(
    body: Body,
    edge: String,
    limit: usize,
    (most, room): (usize, usize),
) -> Result<(Vec<(String, String)>, Option<Incoming>), PageError> {
    let whole = u64::try_from(limit).unwrap_or(u64::MAX);
    let limits = multer::Constraints::new().size_limit(multer::SizeLimit::new().whole_stream(whole));
    let mut form = multer::Multipart::with_constraints(body.into_data_stream(), edge, limits);
    let (mut fields, mut left) = (Vec::new(), room);
    while let Some(mut field) = form.next_field().await.map_err(refusal)? {
        if let Some(name) = field.file_name().map(str::to_owned) {
            // A browser sends a nameless file where none was chosen.
            let file = (!name.is_empty()).then(|| Incoming(Arc::new(Mutex::new(Some(IncomingFile { field, name, _form: form })))));
            return Ok((fields, file));
        }
        let name = field.name().unwrap_or_default().to_owned();
        let mut value = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(refusal)? {
            left = left.checked_sub(piece.len()).ok_or(PageError::Refused(Problem::TooLarge))?;
            value.extend_from_slice(&piece);
        }
        fields.push((name, String::from_utf8(value).map_err(|_| PageError::Refused(Problem::Unreadable))?));
        if fields.len() > most {
            return Err(PageError::Refused(Problem::Unreadable));
        }
    }
    Ok((fields, None))
}

fn refusal(error: multer::Error) -> PageError {
    PageError::Refused(match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => Problem::TooLarge,
        _ => Problem::Unreadable,
    })
}
