use access::Actor;
use axum::body::Bytes;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use db::Key;
use kernel::Uuid;
use std::sync::Arc;

use crate::incoming::{self, Incoming, IncomingFile};
use crate::{PageError, Portal, Problem, Visit};

/// The most fields that a form may have (rule 18).
const FIELDS: usize = 200;

/// The most bytes that the fields before a streaming file may have altogether.
const FIELD_BYTES: usize = 256 * 1024;

/// What a form sent, after the guard has checked where it came from.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    fields: Arc<Vec<(String, String)>>,
    files: Arc<Vec<Upload>>,
    incoming: Option<Incoming>,
}

/// A file that came with a form. Its name is only a word about it, never a path.
#[derive(Clone)]
pub struct Upload {
    /// The field.
    pub field: String,
    /// The file's own name.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload").field("field", &self.field).field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

impl Posted {
    /// A form filled in by the portal itself, as for a rehearsal.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Self { fields: typed(fields), ..Self::default() }
    }

    /// The value of a field; empty if it did not come.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// All values of a field, as from several check boxes.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Whether the field came with something in it.
    pub fn has(&self, name: &str) -> bool {
        !self.get(name).trim().is_empty()
    }

    /// Every field, in the order in which it came.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The file of a field, if one was chosen.
    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files.iter().find(|file| file.field == name && !file.bytes.is_empty())
    }

    /// The form's idempotency key, so that sending it twice does it once; `None` if the form carried none.
    ///
    /// The digest covers the address and everything typed, so that the same key with other content is noticed.
    pub fn key(&self, portal: &Portal, visit: &Visit) -> Option<Key> {
        let key: Uuid = self.get("key").parse().ok()?;
        let said: Vec<&[u8]> = std::iter::once(visit.path.as_bytes())
            .chain(
                self.fields
                    .iter()
                    .filter(|(name, _)| name != "key" && name != "token" && name != "begun")
                    .flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]),
            )
            .collect();
        // Whoever goes back and presses the button again brings the cookie that the first answer gave, and is the same visitor.
        let actor = if visit.actor.is_signed_in() { visit.actor.label() } else { Actor::anyone().label() };
        Some(Key::new(key, actor, portal.keys.mac("idempotency", &said)))
    }

    /// The file of a streaming form, once; `None` if none came, or the form is not one that streams.
    pub fn take_file(&self) -> Option<IncomingFile> {
        self.incoming.as_ref().and_then(Incoming::take)
    }

    /// Reads the fields of a streaming form up to its file, which is left to the handler. Called by the guard.
    pub(crate) async fn begin(request: Request, limit: usize) -> Result<(Parts, Self), PageError> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        let Ok(edge) = multer::parse_boundary(content_type) else { return Self::read(request, FIELD_BYTES.min(limit)).await };
        let (parts, body) = request.into_parts();
        let (fields, incoming) = incoming::begin(body, edge, limit, (FIELDS, FIELD_BYTES)).await?;
        Ok((parts, Self { fields: typed(fields), incoming, ..Self::default() }))
    }

    /// Reads a form's body. Called by the guard.
    pub(crate) async fn read(request: Request, limit: usize) -> Result<(Parts, Self), PageError> {
        let (parts, body) = request.into_parts();
        let bytes = axum::body::to_bytes(body, limit).await.map_err(|_| PageError::Refused(Problem::TooLarge))?;
        let posted = Self::parse(&parts.headers, bytes).await?;
        Ok((parts, posted))
    }

    async fn parse(headers: &HeaderMap, bytes: Bytes) -> Result<Self, PageError> {
        let unreadable = PageError::Refused(Problem::Unreadable);
        let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        if content_type.starts_with("multipart/form-data") {
            return Self::parse_multipart(content_type, bytes).await;
        }
        if !bytes.is_empty() && !content_type.starts_with("application/x-www-form-urlencoded") {
            return Err(unreadable);
        }
        // What follows would put signs of doubt in place of what it cannot read, and those would be stored as somebody's name.
        if !says_utf8(&bytes) {
            return Err(unreadable);
        }
        let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(&bytes).map_err(|_| unreadable.clone())?;
        if fields.len() > FIELDS { Err(unreadable) } else { Ok(Self { fields: typed(fields), ..Self::default() }) }
    }

    async fn parse_multipart(content_type: &str, bytes: Bytes) -> Result<Self, PageError> {
        let unreadable = |_| PageError::Refused(Problem::Unreadable);
        let edge = multer::parse_boundary(content_type).map_err(unreadable)?;
        // How large the whole may be was looked at before.
        let whole = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(bytes)]);
        let mut form = multer::Multipart::new(whole, edge);
        let (mut fields, mut files) = (Vec::new(), Vec::new());
        while let Some(part) = form.next_field().await.map_err(unreadable)? {
            let field = part.name().unwrap_or_default().to_owned();
            if let Some(name) = part.file_name().map(str::to_owned) {
                files.push(Upload { field, name, bytes: part.bytes().await.map_err(unreadable)? });
            } else {
                let bytes = part.bytes().await.map_err(unreadable)?;
                let text = String::from_utf8(bytes.into()).map_err(|_| PageError::Refused(Problem::Unreadable))?;
                fields.push((field, text));
            }
            if fields.len() + files.len() > FIELDS {
                return Err(PageError::Refused(Problem::Unreadable));
            }
        }
        Ok(Self { fields: typed(fields), files: Arc::new(files), incoming: None })
    }
}

/// The fields without characters that no keyboard types. A page that carries a NUL along gives back a sign of doubt for it.
fn typed(mut fields: Vec<(String, String)>) -> Arc<Vec<(String, String)>> {
    let is_stray = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    for (_, value) in &mut fields {
        if value.contains(is_stray) {
            value.retain(|c| !is_stray(c));
        }
    }
    Arc::new(fields)
}

/// Whether what a body says, once its `%E3%81%82` are bytes again, is UTF-8. `&`, `=` and `+` are never part of a longer character.
fn says_utf8(body: &[u8]) -> bool {
    let digit = |at: usize| body.get(at).and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
    let (mut said, mut at) = (Vec::with_capacity(body.len()), 0);
    while let Some(byte) = body.get(at) {
        if let (b'%', Some(high), Some(low)) = (byte, digit(at + 1), digit(at + 2)) {
            said.push(high << 4 | low);
            at += 3;
        } else {
            said.push(*byte);
            at += 1;
        }
    }
    std::str::from_utf8(&said).is_ok()
}

impl<S: Send + Sync> FromRequestParts<S> for Posted {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts.extensions.get::<Self>().cloned().ok_or(PageError::Bug("a form's handler ran without the guard"))
    }
}
