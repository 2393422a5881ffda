//! The elements of an XML file: without document type, without entities, no deeper than 64.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::NotRead;

/// How deep elements may lie within one another.
const DEPTH_MAX: usize = 64;
/// How many elements a file may have.
const ELEMENTS_MAX: usize = 400_000;

/// An element with what is in it, by local names: whoever writes slides may choose any prefix.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub name: String,
    /// As they are spelt, prefix and all.
    attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    /// The value of an attribute without a prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The value of an attribute with a prefix: what names a relation.
    pub fn relation(&self, name: &str) -> Option<&str> {
        let is_it = |own: &str| own.split_once(':').is_some_and(|(_, local)| local == name);
        self.attributes.iter().find(|(own, _)| is_it(own)).map(|(_, value)| value.as_str())
    }

    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The element at the end of a path of children.
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// All children of a name.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element of a name anywhere within.
    pub fn within(&self, name: &str) -> Option<&Self> {
        self.children.iter().find_map(|child| if child.name == name { Some(child) } else { child.within(name) })
    }
}

/// Reads a file with one element around everything. `name` is how a refusal calls it.
pub(crate) fn parse(bytes: &[u8], name: &str) -> Result<Element, NotRead> {
    let text = decode(bytes).ok_or(NotRead::Damaged)?;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let (mut open, mut count): (Vec<Element>, usize) = (Vec::new(), 0);
    loop {
        match reader.read_event().map_err(|_| NotRead::Damaged)? {
            Event::Start(start) => {
                count += 1;
                if open.len() >= DEPTH_MAX {
                    return Err(NotRead::TooDeep { name: name.to_owned() });
                }
                if count > ELEMENTS_MAX {
                    return Err(NotRead::Swells);
                }
                open.push(element(&start, name)?);
            }
            Event::End(_) => {
                let closed = open.pop().ok_or(NotRead::Damaged)?;
                match open.last_mut() {
                    Some(around) => around.children.push(closed),
                    None => return Ok(closed),
                }
            }
            Event::Text(text) => add(&mut open, &text.xml10_content()),
            Event::CData(text) => add(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|_| NotRead::Damaged)?;
                match (character, resolve_predefined_entity(&reference)) {
                    (Some(character), _) => add(&mut open, character.encode_utf8(&mut [0; 4])),
                    (None, Some(text)) => add(&mut open, text),
                    (None, None) => return Err(NotRead::Entities { name: name.to_owned() }),
                }
            }
            Event::DocType(_) => return Err(NotRead::Entities { name: name.to_owned() }),
            Event::Eof => return Err(NotRead::Damaged),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::Empty(_) => {}
        }
    }
}

fn add(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn element(start: &BytesStart<'_>, name: &str) -> Result<Element, NotRead> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| NotRead::Damaged)?;
        let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else {
            return Err(NotRead::Entities { name: name.to_owned() });
        };
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element { name: start.local_name().as_ref().to_owned(), attributes, ..Element::default() })
}

/// UTF-8, or UTF-16 by its first bytes: the format knows no others.
fn decode(bytes: &[u8]) -> Option<String> {
    let wide = |from: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].as_chunks::<2>().0.iter().map(|pair| from(*pair)).collect();
        String::from_utf16(&units).ok()
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_their_local_names() {
        let root = parse(b"<?xml version='1.0'?><p:a xmlns:p='x' id='1' r:id='rId2'><q:b>x &amp; &#x3042;</q:b></p:a>", "a").unwrap();
        assert_eq!((root.attribute("id"), root.relation("id")), (Some("1"), Some("rId2")));
        assert_eq!(root.child("b").unwrap().text, "x & あ");
    }

    #[test]
    fn document_types_entities_and_depth_are_refused() {
        let refused = |text: &str| parse(text.as_bytes(), "a").unwrap_err().key();
        assert_eq!(refused("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), "entities");
        assert_eq!(refused("<a>&x;</a>"), "entities");
        assert_eq!(refused("<a b='&x;'/>"), "entities");
        assert_eq!(refused(&"<a>".repeat(65)), "too-deep");
        assert_eq!(refused("<a><b></a>"), "damaged");
    }
}
