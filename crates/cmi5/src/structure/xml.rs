//! The elements of an XML file: without document type, without entities, no deeper than 64.

use encoding_rs::{Encoding, UTF_8};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::{NotACourse, Wrong};

/// The most bytes of a course structure.
pub(super) const BYTES_MAX: usize = 16 << 20;
/// How deep elements may lie within one another.
const DEPTH_MAX: usize = 64;

/// An element with what is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub namespace: String,
    pub name: String,
    /// Those without a namespace, whitespace at both ends taken away.
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    /// What stands in it, without its children.
    pub text: String,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The text, whitespace at both ends taken away (13.1.0.0-1).
    pub fn trimmed(&self) -> &str {
        self.text.trim()
    }
}

/// Reads a file with one element around everything.
pub(super) fn parse(bytes: &[u8]) -> Result<Element, NotACourse> {
    if bytes.len() > BYTES_MAX {
        return Err(whole(Wrong::TooLarge));
    }
    let text = decode(bytes)?;
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')) {
        return Err(whole(Wrong::NotXml));
    }
    let mut reader = NsReader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Element> = Vec::new();
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|wrong| not_xml(&wrong))?;
        match event {
            Event::Start(start) => {
                if open.len() >= DEPTH_MAX {
                    return Err(NotACourse::of(Wrong::TooDeep, start.local_name().as_ref(), ""));
                }
                let namespace = match namespace {
                    ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
                    ResolveResult::Unbound => String::new(),
                    ResolveResult::Unknown(prefix) => return Err(NotACourse::of(Wrong::NotXml, start.local_name().as_ref(), prefix)),
                };
                open.push(element(&start, namespace)?);
            }
            Event::End(_) => {
                let closed = open.pop().ok_or_else(|| whole(Wrong::NotXml))?;
                match open.last_mut() {
                    Some(around) => around.children.push(closed),
                    None => return after(&mut reader, closed),
                }
            }
            Event::Text(text) => add(&mut open, &text.xml10_content())?,
            Event::CData(text) => add(&mut open, &text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|wrong| not_xml(&wrong))?;
                match (character, resolve_predefined_entity(&reference)) {
                    (Some(character), _) => add(&mut open, character.encode_utf8(&mut [0; 4]))?,
                    (None, Some(text)) => add(&mut open, text)?,
                    (None, None) => return Err(NotACourse::of(Wrong::Entity, "", &*reference)),
                }
            }
            Event::DocType(_) => return Err(whole(Wrong::DocumentType)),
            Event::Eof => return Err(whole(Wrong::NotXml)),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::Empty(_) => {}
        }
    }
}

/// Behind the last element nothing more is said.
fn after(reader: &mut NsReader<&[u8]>, root: Element) -> Result<Element, NotACourse> {
    loop {
        match reader.read_event().map_err(|wrong| not_xml(&wrong))? {
            Event::Eof => return Ok(root),
            Event::Comment(_) | Event::PI(_) => {}
            Event::Text(text) if text.trim().is_empty() => {}
            _ => return Err(whole(Wrong::NotXml)),
        }
    }
}

/// Text outside of every element is whitespace.
fn add(open: &mut [Element], text: &str) -> Result<(), NotACourse> {
    match open.last_mut() {
        Some(element) => {
            element.text.push_str(text);
            Ok(())
        }
        None if text.trim_start_matches('\u{feff}').trim().is_empty() => Ok(()),
        None => Err(whole(Wrong::NotXml)),
    }
}

fn element(start: &BytesStart<'_>, namespace: String) -> Result<Element, NotACourse> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|wrong| NotACourse::of(Wrong::NotXml, start.local_name().as_ref(), wrong.to_string()))?;
        if attribute.key.as_namespace_binding().is_some() || attribute.key.prefix().is_some() {
            continue;
        }
        let name = attribute.key.local_name().as_ref().to_owned();
        let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else {
            return Err(NotACourse::of(Wrong::Entity, name, &*attribute.value));
        };
        attributes.push((name, value.trim().to_owned()));
    }
    Ok(Element { namespace, name: start.local_name().as_ref().to_owned(), attributes, ..Element::default() })
}

/// The text of the bytes, in the encoding that they say: by their first bytes, by the declaration, else UTF-8.
fn decode(bytes: &[u8]) -> Result<String, NotACourse> {
    let (encoding, rest) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None => (declared(bytes)?, bytes),
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
    text.map(std::borrow::Cow::into_owned).ok_or_else(|| NotACourse::of(Wrong::NotText, "", encoding.name()))
}

/// What `<?xml … encoding="…"?>` says.
fn declared(bytes: &[u8]) -> Result<&'static Encoding, NotACourse> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]).into_owned();
    let declaration = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map(|(inside, _)| inside.to_owned());
    let Some(label) = declaration.as_deref().and_then(|inside| inside.split_once("encoding")).map(|(_, rest)| rest) else {
        return Ok(UTF_8);
    };
    let label = label.trim_start_matches(|c: char| c == '=' || c.is_whitespace());
    let quote = label.chars().next().filter(|c| matches!(c, '"' | '\''));
    let label = quote.and_then(|quote| label[1..].split(quote).next()).unwrap_or_default();
    Encoding::for_label(label.as_bytes()).ok_or_else(|| NotACourse::of(Wrong::NotText, "", label))
}

fn whole(wrong: Wrong) -> NotACourse {
    NotACourse::of(wrong, "", "")
}

fn not_xml(wrong: &quick_xml::Error) -> NotACourse {
    NotACourse::of(Wrong::NotXml, "", wrong.to_string())
}
