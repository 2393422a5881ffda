//! A small `PowerPoint` file, part by part, so that each part can be another one.

use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a file, by their names.
#[derive(Clone, Debug)]
pub struct Pptx(Vec<(String, Vec<u8>)>);

/// The relations of a part: id, kind, target, mode.
pub fn relations(all: &[(&str, &str, &str, &str)]) -> String {
    let one = |(id, kind, target, mode): &(&str, &str, &str, &str)| {
        let mode = if mode.is_empty() { String::new() } else { format!(" TargetMode=\"{mode}\"") };
        format!("<Relationship Id=\"{id}\" Type=\"{RELATION}/{kind}\" Target=\"{target}\"{mode}/>")
    };
    format!("<Relationships xmlns=\"x\">{}</Relationships>", all.iter().map(one).collect::<String>())
}

/// A slide with these shapes on it.
pub fn slide(shapes: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><p:sld xmlns:p=\"p\" xmlns:a=\"a\" xmlns:r=\"r\"><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
    )
}

/// A shape for a place of the template, with this text.
pub fn shape(place: &str, text: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:nvPr><p:ph type=\"{place}\"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
}

/// A picture that a relation names.
pub fn picture(id: &str) -> String {
    format!("<p:pic><p:nvPicPr><p:cNvPr descr=\"絵\"/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed=\"{id}\"/></p:blipFill></p:pic>")
}

impl Pptx {
    /// A file of so many slides.
    pub fn of(slides: usize) -> Self {
        let ids = (1..=slides).map(|n| format!("<p:sldId id=\"{n}\" r:id=\"rId{n}\"/>")).collect::<Vec<_>>().concat();
        let names: Vec<(String, String)> = (1..=slides).map(|n| (format!("rId{n}"), format!("slides/slide{n}.xml"))).collect();
        let named: Vec<(&str, &str, &str, &str)> = names.iter().map(|(id, target)| (id.as_str(), "slide", target.as_str(), "")).collect();
        let presentation = format!("<p:presentation xmlns:p=\"p\" xmlns:r=\"r\"><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>");
        let mut file = Self(Vec::new())
            .with("[Content_Types].xml", TYPES)
            .with("ppt/presentation.xml", presentation)
            .with("ppt/_rels/presentation.xml.rels", relations(&named));
        for n in 1..=slides {
            file = file.with(&format!("ppt/slides/slide{n}.xml"), slide(&shape("title", &format!("題{n}"))));
        }
        file
    }

    /// The same with a part put in, or in place of one.
    pub fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), content.into()));
        self
    }

    /// The same with other shapes on its first slide.
    pub fn showing(self, shapes: &str) -> Self {
        self.with("ppt/slides/slide1.xml", slide(shapes))
    }

    /// The same with a picture on its first slide.
    pub fn picturing(self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.showing(&format!("{}{}", shape("title", "題"), picture("rId9")))
            .with("ppt/slides/_rels/slide1.xml.rels", relations(&[("rId9", "image", &format!("../media/{name}"), "")]))
            .with(&format!("ppt/media/{name}"), bytes)
    }

    /// The same with what the first slide's picture names.
    pub fn naming(self, kind: &str, target: &str, mode: &str) -> Self {
        self.showing(&format!("{}{}", shape("title", "題"), picture("rId9")))
            .with("ppt/slides/_rels/slide1.xml.rels", relations(&[("rId9", kind, target, mode)]))
    }

    /// The same with an entry behind all others, whose name no other has.
    pub fn pushed(mut self, name: &str) -> Self {
        self.0.push((name.to_owned(), Vec::new()));
        self
    }

    /// A file that lists so many slides, all of them one.
    pub fn listing(slides: usize) -> Self {
        let ids = (1..=slides).map(|n| format!("<p:sldId id=\"{n}\" r:id=\"rId1\"/>")).collect::<Vec<_>>().concat();
        let presentation = format!("<p:presentation xmlns:p=\"p\" xmlns:r=\"r\"><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>");
        Self::of(1).with("ppt/presentation.xml", presentation)
    }

    /// The packed file of another program, with this as its heart.
    pub fn packed_as(&self, heart: &str) -> Vec<u8> {
        let mut other = self.clone();
        other.0.retain(|(name, _)| !name.starts_with("ppt/"));
        other.with(heart, "<x/>").packed()
    }

    /// The packed file.
    pub fn packed(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.0 {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("a name");
            writer.write_all(content).expect("memory");
        }
        writer.finish().expect("memory").into_inner()
    }

    /// The packed file with a link in it.
    pub fn linked(&self, name: &str, target: &str) -> Vec<u8> {
        let mut writer = ZipWriter::new_append(Cursor::new(self.packed())).expect("a file");
        writer.add_symlink(name, target, SimpleFileOptions::default()).expect("a name");
        writer.finish().expect("memory").into_inner()
    }
}

/// The same bytes with one string in place of another, wherever it stands.
pub fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len(), "offsets stay");
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(from.len()).position(|window| window == from) {
        bytes[at + found..at + found + from.len()].copy_from_slice(to);
        at += found + from.len();
    }
    bytes
}

/// The same with another word of flags, or of attributes, in every header of the directory (`PK\1\2`) that names this.
pub fn headed(mut bytes: Vec<u8>, name: &str, offset: usize, value: &[u8]) -> Vec<u8> {
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(4).position(|window| window == b"PK\x01\x02") {
        let start = at + found;
        if bytes[start + 46..].starts_with(name.as_bytes()) {
            bytes[start + offset..start + offset + value.len()].copy_from_slice(value);
        }
        at = start + 4;
    }
    bytes
}
