//! Slides of others: a `PowerPoint` file or a PDF goes in, what its slides say and show comes out, and what was left out is named.
//!
//! Nothing of the file itself is kept: text is read as text, every picture is decoded and encoded anew. Nothing in it is run,
//! fetched or followed out of the file. Each refusal is a word of its own. Knows nothing of the portal.

mod deck;
mod limits;
mod package;
mod pdf;
mod picture;
mod pptx;
mod refusal;
mod wire;
mod xml;

pub use deck::{Block, Deck, Left, LeftOut, Picture, PictureKind, Slide};
pub use limits::{Deadline, Limits};
pub use pdf::Typeface;
pub use refusal::NotRead;
pub use wire::{NotWire, receive, send};

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How OLE files begin: `PowerPoint` 97–2003, and newer ones that are encrypted.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// The stream of an OLE file in which an encrypted one lies, as its directory spells it.
const ENCRYPTED: &str = "EncryptedPackage";

/// Reads a file whose name says what it is. `typeface` draws the words of a PDF that brings no typeface for them. The bytes come by
/// value: a PDF keeps them, and a copy of them would be the largest thing in memory.
pub fn read(bytes: Vec<u8>, name: &str, typeface: Option<Typeface>, limits: &Limits) -> Result<Deck, NotRead> {
    if bytes.is_empty() {
        return Err(NotRead::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(NotRead::TooLarge { most: limits.bytes });
    }
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    let deadline = Deadline::within(limits.time);
    // Parsers of others meet bytes that nobody has thought of: what panics is a damaged file, and nothing else ends with it.
    let reading = || match ending.as_str() {
        "pptx" if bytes.starts_with(b"PK\x03\x04") => pptx::read(&bytes, limits, deadline),
        "pptx" if bytes.starts_with(OLE) && is_encrypted(&bytes) => Err(NotRead::Protected),
        "ppt" | "pptx" if bytes.starts_with(OLE) => Err(NotRead::OldPowerPoint),
        "pptm" | "ppsm" | "potm" => Err(NotRead::Macros),
        "pdf" if bytes.starts_with(b"%PDF-") => pdf::read(bytes, typeface, limits, deadline),
        "pptx" | "pdf" | "ppt" => Err(NotRead::OtherContent),
        _ => Err(NotRead::NotSlides),
    };
    let stopped = |thrown: Box<dyn Any + Send>| Err(if thrown.is::<pdf::Stopped>() { NotRead::TooLong } else { NotRead::Damaged });
    let deck = catch_unwind(AssertUnwindSafe(reading)).unwrap_or_else(stopped)?;
    if deck.slides.is_empty() { Err(NotRead::NoSlide) } else { Ok(deck) }
}

fn is_encrypted(bytes: &[u8]) -> bool {
    let spelt: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(spelt.len()).any(|window| window == spelt)
}
