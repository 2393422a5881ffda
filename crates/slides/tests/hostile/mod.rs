//! Files that somebody sends to do harm, made here, each with what becomes of it.

mod pdf;
mod pptx;

pub use pptx::{Pptx, relations, shape, slide};

use pptx::{headed, patched};

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Refused by one of these words.
    Refused(&'static [&'static str]),
    /// It comes in, and this is left out; nothing of it where that is empty.
    LeftOut(&'static str),
    /// One or the other, whichever: nothing happens.
    Harmless,
}

/// A file that somebody sends.
#[derive(Clone, Debug)]
pub struct Sent {
    /// What it tries.
    pub tries: String,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What becomes of it.
    pub fate: Fate,
}

/// Every one of them.
pub fn all() -> Vec<Sent> {
    let mut all = Vec::new();
    names(&mut all);
    contents(&mut all);
    sizes(&mut all);
    xml(&mut all);
    parts(&mut all);
    pictures(&mut all);
    pdfs(&mut all);
    all
}

struct Adding<'a>(&'a mut Vec<Sent>, &'static str);

impl Adding<'_> {
    fn add(&mut self, tries: impl Into<String>, bytes: impl Into<Vec<u8>>, fate: Fate) {
        self.0.push(Sent { tries: tries.into(), name: self.1.to_owned(), bytes: bytes.into(), fate });
    }
}

const PATH: Fate = Fate::Refused(&["path"]);
const LINK: Fate = Fate::Refused(&["link"]);
const DAMAGED: Fate = Fate::Refused(&["damaged"]);

/// Entries that lead elsewhere, are no files, or are there twice.
fn names(all: &mut Vec<Sent>) {
    let mut to = Adding(all, "研修資料.pptx");
    for name in
        ["../evil.xml", "ppt/../../evil.xml", "/etc/passwd", "\\\\server\\share", "C:\\evil", "ppt//evil.xml", "ppt/./evil.xml", "a\nb"]
    {
        to.add(format!("slip by {name:?}"), Pptx::of(1).with(name, "x").packed(), PATH);
    }
    let nul = patched(Pptx::of(1).with("ppt/evilZ.xml", "x").packed(), b"evilZ", b"evil\0");
    to.add("a name that ends early", nul, PATH);
    for (name, target) in [("ppt/media/a.png", "/etc/passwd"), ("ppt/slides/slide7.xml", "../../../../etc/shadow"), ("docs", "/")] {
        to.add(format!("link to {target}"), Pptx::of(1).linked(name, target), LINK);
    }
    for (what, mode) in [("device", 0o020_644_u32), ("pipe", 0o010_644), ("socket", 0o140_644)] {
        let packed = Pptx::of(1).with("ppt/odd.bin", "x").packed();
        // Made by a Unix system, and of this kind.
        let packed = headed(packed, "ppt/odd.bin", 5, &[3]);
        to.add(format!("an entry that is a {what}"), headed(packed, "ppt/odd.bin", 38, &(mode << 16).to_le_bytes()), LINK);
    }
    for (one, other) in [("ppt/slides/slidea.xml", "ppt/slides/slideb.xml"), ("ppt/slides/slide1.xml", "ppt/slides/slidez.xml")] {
        let packed = Pptx::of(1).with(one, slide("")).with(other, slide("")).packed();
        let fate = Fate::Refused(&["same-name", "damaged", "swells"]);
        to.add(format!("{one} twice"), patched(packed, other.as_bytes(), one.as_bytes()), fate);
    }
    to.add("names that differ by capitals", Pptx::of(1).with("PPT/Slides/Slide1.xml", "x").packed(), Fate::Refused(&["same-name"]));
    let flagged = headed(Pptx::of(1).packed(), "ppt/presentation.xml", 8, &[1, 0]);
    to.add("an entry under a password", flagged, Fate::Refused(&["protected", "damaged"]));
}

/// Names that say other things than what is in the file.
fn contents(all: &mut Vec<Sent>) {
    let good = Pptx::of(1).packed();
    let ole = |words: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.extend(words.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let page = b"<html><script>alert(1)</script></html>".to_vec();
    let other = Fate::Refused(&["other-content"]);
    let zip = |name: &str| Pptx::of(0).with("ppt/presentation.xml", "<x/>").packed_as(name);
    let sent: Vec<(&str, Vec<u8>, Fate)> = vec![
        ("a.pptx", Vec::new(), Fate::Refused(&["empty"])),
        ("a.pptx", b"MZ\x90\0\x03".to_vec(), other),
        ("a.pptx", page.clone(), other),
        ("a.pptx", pdf::with("", &[]), other),
        ("a.pptx", b"\x7fELF".to_vec(), other),
        ("a.pptx", [b"GIF89a".to_vec(), good.clone()].concat(), other),
        ("a.pptx", [b"#!/bin/sh\n".to_vec(), good.clone()].concat(), other),
        ("a.pdf", good.clone(), other),
        ("a.pdf", page.clone(), other),
        ("a.pdf", b"\x89PNG\r\n\x1a\n".to_vec(), other),
        ("a.pdf", [page.clone(), pdf::with("", &[])].concat(), other),
        ("a.ppt", good.clone(), other),
        ("a.ppt", ole("PowerPoint Document"), Fate::Refused(&["old"])),
        ("a.pptx", ole("PowerPoint Document"), Fate::Refused(&["old"])),
        ("a.pptx", ole("EncryptedPackage"), Fate::Refused(&["protected"])),
        ("a.pptm", good.clone(), Fate::Refused(&["macros"])),
        ("a.ppsm", good.clone(), Fate::Refused(&["macros"])),
        ("a.potm", good.clone(), Fate::Refused(&["macros"])),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec(), Fate::Refused(&["not-slides"])),
        ("a.html", page, Fate::Refused(&["not-slides"])),
        ("a.zip", good.clone(), Fate::Refused(&["not-slides"])),
        ("a.pptx.exe", good.clone(), Fate::Refused(&["not-slides"])),
        ("a", good.clone(), Fate::Refused(&["not-slides"])),
        ("../../a.pptx", good.clone(), Fate::LeftOut("")),
        ("研修\u{202e}xtpp.exe", good.clone(), Fate::Refused(&["not-slides"])),
        ("a.$(reboot)", good, Fate::Refused(&["not-slides"])),
        ("文書.pptx", zip("word/document.xml"), Fate::Refused(&["other-package"])),
        ("表.pptx", zip("xl/workbook.xml"), Fate::Refused(&["other-package"])),
        ("束.pptx", zip("content.xml"), Fate::Refused(&["other-package"])),
    ];
    for (name, bytes, fate) in sent {
        all.push(Sent { tries: format!("{name} with other contents"), name: name.to_owned(), bytes, fate });
    }
}

/// Files that grow, end early, or have more than anybody reads.
fn sizes(all: &mut Vec<Sent>) {
    let mut to = Adding(all, "研修資料.pptx");
    let swells = Fate::Refused(&["swells"]);
    let zeros = || vec![0u8; 24 << 20];
    to.add("a bomb among the pictures", Pptx::of(1).with("ppt/media/a.bin", zeros()).packed(), swells);
    to.add("a bomb beside the slides", Pptx::of(1).with("docProps/app.xml", zeros()).packed(), swells);
    to.add("a bomb of blanks in a slide", Pptx::of(1).with("ppt/slides/slide1.xml", vec![b' '; 24 << 20]).packed(), swells);
    let mut many = Pptx::of(1);
    for n in 0..5_001 {
        many = many.pushed(&format!("ppt/media/{n}"));
    }
    to.add("5,001 entries", many.packed(), swells);
    let inner = Pptx::of(1).with("ppt/media/inner.zip", Pptx::of(1).packed()).packed();
    to.add("a package within a package", inner, Fate::LeftOut(""));
    let elements = format!("<x>{}</x>", "<a/>".repeat(400_001));
    to.add("more elements than anybody reads", Pptx::of(1).with("ppt/slides/slide1.xml", elements).packed(), swells);
    for slides in [151, 300, 3_000] {
        to.add(format!("{slides} slides"), Pptx::listing(slides).packed(), Fate::Refused(&["too-many"]));
    }
    let whole = Pptx::of(2).packed();
    for part in 1..10 {
        to.add(format!("{part} tenths of a file"), &whole[..whole.len() * part / 10], DAMAGED);
    }
    to.add("an end with another one behind it", [whole.clone(), whole.clone()].concat(), Fate::Harmless);
    to.add("bytes that do not unpack", scrambled(&whole), Fate::Harmless);
    let lying = headed(whole, "ppt/presentation.xml", 24, &[1, 0, 0, 0]);
    to.add("a size that is not true", lying, Fate::Refused(&["damaged", "swells"]));
    let text = shape("body", &"あ".repeat(200_000));
    to.add("a slide of 200,000 letters", Pptx::of(1).showing(&text).packed(), Fate::LeftOut("long-text"));
}

/// Document types, entities, depth.
fn xml(all: &mut Vec<Sent>) {
    let mut to = Adding(all, "研修資料.pptx");
    let entities = Fate::Refused(&["entities"]);
    let types = [
        ("an entity of its own", "<!DOCTYPE x [<!ENTITY e 'text'>]>"),
        ("a file of the machine", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"),
        ("an address", "<!DOCTYPE x [<!ENTITY e SYSTEM 'http://169.254.169.254/'>]>"),
        ("a type elsewhere", "<!DOCTYPE x SYSTEM 'http://example.jp/x.dtd'>"),
        ("a parameter", "<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://example.jp/p'> %p;]>"),
        ("a billion laughs", "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY e '&b;&b;&b;'>]>"),
    ];
    let places = ["ppt/slides/slide1.xml", "ppt/presentation.xml", "[Content_Types].xml", "ppt/_rels/presentation.xml.rels"];
    for (what, doctype) in types {
        for place in places {
            to.add(format!("{what} in {place}"), Pptx::of(1).with(place, format!("{doctype}<x>&e;</x>")).packed(), entities);
        }
    }
    to.add("an entity that nobody names", Pptx::of(1).showing(&shape("title", "&unknown;")).packed(), entities);
    to.add("an entity in an attribute", Pptx::of(1).showing("<p:sp a=\"&e;\"/>").packed(), entities);
    let include = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd' parse='text'/>";
    to.add("XInclude", Pptx::of(1).showing(&format!("{}{include}", shape("title", "題"))).packed(), Fate::LeftOut(""));
    let style = format!("<?xml-stylesheet href='http://example.jp/a.xsl'?>{}", slide(&shape("title", "題")));
    to.add("a style sheet", Pptx::of(1).with("ppt/slides/slide1.xml", style).packed(), Fate::LeftOut(""));
    for depth in [70, 5_000, 200_000] {
        let groups = format!("{}{}", "<p:grpSp>".repeat(depth), "</p:grpSp>".repeat(depth));
        to.add(format!("groups {depth} deep"), Pptx::of(1).showing(&groups).packed(), Fate::Refused(&["too-deep", "swells"]));
    }
    let broken =
        [("a tag that is never closed", "<p:sp>"), ("tags that cross", "<a><b></a></b>"), ("an attribute twice", "<a b='1' b='2'/>")];
    for (what, text) in broken {
        to.add(what, Pptx::of(1).showing(text).packed(), DAMAGED);
    }
    to.add("bytes that are no text", Pptx::of(1).with("ppt/slides/slide1.xml", b"<a>\xff\xfe\xfd</a>".to_vec()).packed(), DAMAGED);
}

/// Programs, parts of other programs, and what lies elsewhere.
fn parts(all: &mut Vec<Sent>) {
    let mut to = Adding(all, "研修資料.pptx");
    let macros = Fate::Refused(&["macros"]);
    for name in ["ppt/vbaProject.bin", "ppt/VBAPROJECT.BIN", "customUI/vbaProject.bin"] {
        to.add(format!("macros in {name}"), Pptx::of(1).with(name, "x").packed(), macros);
    }
    for kind in ["presentation", "slideshow", "template"] {
        let types = format!(
            "<Types><Override PartName='/ppt/presentation.xml' ContentType='application/vnd.ms-powerpoint.{kind}.macroEnabled.main+xml'/></Types>"
        );
        to.add(format!("a {kind} that says that it has macros"), Pptx::of(1).with("[Content_Types].xml", types).packed(), macros);
    }
    let elsewhere = Fate::LeftOut("elsewhere");
    for target in [
        "http://example.jp/a.png",
        "https://169.254.169.254/latest",
        "file:///etc/passwd",
        "\\\\server\\share\\a.png",
        "ftp://example.jp/a",
    ] {
        to.add(format!("a picture at {target}"), Pptx::of(1).naming("image", target, "External").packed(), elsewhere);
    }
    for target in ["../../../../etc/passwd", "..%2f..%2fetc", "file:///etc/passwd", "media\\a.png"] {
        to.add(format!("a picture within at {target}"), Pptx::of(1).naming("image", target, "").packed(), elsewhere);
    }
    to.add("a picture that is the slide", Pptx::of(1).naming("image", "slide1.xml", "").packed(), Fate::LeftOut("svg"));
    to.add("a picture that is not there", Pptx::of(1).naming("image", "../media/gone.png", "").packed(), Fate::LeftOut("broken-picture"));
    let link = "<p:sp><p:txBody><a:p><a:r><a:rPr><a:hlinkClick r:id=\"rId9\" action=\"ppaction://program\"/></a:rPr><a:t>押す</a:t></a:r></a:p></p:txBody></p:sp>";
    let linked = Pptx::of(1).naming("hyperlink", "javascript:alert(1)", "External").showing(link).packed();
    to.add("a link that runs", linked, Fate::LeftOut(""));
    let frame =
        |uri: &str| format!("<p:graphicFrame><a:graphic><a:graphicData uri=\"x/{uri}\"><x/></a:graphicData></a:graphic></p:graphicFrame>");
    for (uri, left) in [("ole", "object"), ("chart", "chart"), ("diagram", "diagram"), ("unknown", "object")] {
        let packed = Pptx::of(1).with("ppt/embeddings/a.exe", "MZ").showing(&frame(uri)).packed();
        to.add(format!("a part: {uri}"), packed, Fate::LeftOut(left));
    }
    for media in ["videoFile", "audioFile", "quickTimeFile"] {
        let film = format!("<p:pic><p:nvPicPr><p:nvPr><a:{media} r:link=\"rId9\"/></p:nvPr></p:nvPicPr></p:pic>");
        to.add(
            format!("a {media}"),
            Pptx::of(1).naming("video", "http://example.jp/a.mp4", "External").showing(&film).packed(),
            Fate::LeftOut("film"),
        );
    }
    to.add("handwriting", Pptx::of(1).showing("<p:contentPart r:id=\"rId9\"/>").packed(), Fate::LeftOut("ink"));
    to.add("an ActiveX control", Pptx::of(1).with("ppt/activeX/activeX1.bin", "MZ").packed(), Fate::LeftOut(""));
    let missing = Pptx::of(2).with("ppt/_rels/presentation.xml.rels", relations(&[("rId1", "slide", "slides/slide1.xml", "")]));
    to.add("a slide that is named and not there", missing.packed(), Fate::LeftOut("broken-slide"));
    let around = relations(&[("rId1", "slide", "presentation.xml", "")]);
    to.add("a slide that is the whole", Pptx::of(1).with("ppt/_rels/presentation.xml.rels", around).packed(), Fate::Harmless);
    to.add("no slide", Pptx::of(0).packed(), Fate::Refused(&["no-slide"]));
    let words = [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "## x {#y}",
        "---",
        "::: notes",
        "![](figures/a.png)",
        "&#x202e;txt.exe",
        "```",
        "javascript:alert(1)",
    ];
    for text in words {
        to.add(format!("words that mean something: {text}"), Pptx::of(1).showing(&shape("body", text)).packed(), Fate::LeftOut(""));
    }
}

/// Pictures that are none, or more than that.
fn pictures(all: &mut Vec<Sent>) {
    let mut to = Adding(all, "研修資料.pptx");
    let broken = Fate::LeftOut("broken-picture");
    let svg = Fate::LeftOut("svg");
    let format = Fate::LeftOut("format");
    // A red point.
    let png: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";
    let large = patched(png.to_vec(), b"\0\0\0\x01\0\0\0\x01\x08\x02", b"\0\x0f\xff\xff\0\x0f\xff\xff\x08\x02");
    let jpeg = b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xd9".to_vec();
    let sent: Vec<(&str, Vec<u8>, Fate)> = vec![
        ("script.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec(), svg),
        ("load.svg", b"<?xml version='1.0'?><svg onload='alert(1)'/>".to_vec(), svg),
        ("use.png", b"<svg><use href='http://example.jp/#a'/></svg>".to_vec(), svg),
        ("foreign.svg", b"\xef\xbb\xbf<svg><foreignObject><iframe/></foreignObject></svg>".to_vec(), svg),
        ("entities.svg", b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>".to_vec(), svg),
        ("a.emf", b"\x01\0\0\0\x6c\0\0\0".to_vec(), format),
        ("a.wmf", b"\xd7\xcd\xc6\x9a\0\0".to_vec(), format),
        ("a.gif", b"GIF89a\x01\0\x01\0".to_vec(), format),
        ("a.tiff", b"II*\0\x08\0\0\0".to_vec(), format),
        ("a.bmp", b"BM\x1e\0\0\0".to_vec(), format),
        ("a.webp", b"RIFF\x1a\0\0\0WEBP".to_vec(), format),
        ("a.png", b"<html><script>alert(1)</script>".to_vec(), broken),
        ("empty.png", Vec::new(), broken),
        ("cut.png", png[..png.len() / 2].to_vec(), broken),
        ("large.png", large, Fate::Harmless),
        ("large.jpg", jpeg, Fate::Harmless),
        ("cut.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(), broken),
        ("both.png", [png, b"PK\x03\x04<script>alert(1)</script><?php system('id'); ?>"].concat(), Fate::LeftOut("")),
        ("program.png", b"MZ\x90\0".to_vec(), broken),
        ("chunks.png", [&png[..33], b"\xff\xff\xff\xffzTXt".as_slice(), &png[33..]].concat(), broken),
    ];
    for (name, bytes, fate) in sent {
        to.add(format!("the picture {name}"), Pptx::of(1).picturing(name, bytes).packed(), fate);
    }
}

/// PDFs that act, loop, or are larger than a page can be.
fn pdfs(all: &mut Vec<Sent>) {
    let mut to = Adding(all, "研修資料.pdf");
    let active = Fate::LeftOut("active");
    to.add("a script", pdf::with("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>", &[]), active);
    to.add("a program to start", pdf::with("/OpenAction << /S /Launch /F (calc.exe) >>", &[]), active);
    let attached = "/Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /EF << /F 5 0 R >> >>] >> >>";
    to.add("an attached program", pdf::with(attached, &[pdf::stream("/Type /EmbeddedFile", "MZ")]), active);
    to.add("a film", pdf::with("/X << /Subtype /RichMedia >>", &[]), active);
    to.add("an address that opens", pdf::with("/OpenAction << /S /URI /URI (http://example.jp) >>", &[]), Fate::LeftOut(""));
    to.add(
        "an address that things are sent to",
        pdf::with("/AcroForm << /Fields [] /XFA [(a) 5 0 R] >>", &[pdf::stream("", "<x/>")]),
        Fate::LeftOut(""),
    );
    for media in ["[0 0 1e38 1e38]", "[0 0 0 0]", "[0 0 -5 -5]", "[0 0 1 100000]", "[0 0 (a) 5]", "[]", "[0 0 99999999999999999999 9]"] {
        to.add(format!("a page of {media}"), pdf::page("", media, "", "0 0 5 5 re f", &[]), Fate::Harmless);
    }
    to.add("300 pages", pdf::pages(300), Fate::Refused(&["too-many"]));
    to.add("no page", pdf::pages(0), Fate::Refused(&["no-slide", "damaged"]));
    let sealed = pdf::pdf(
        &["<< /Type /Catalog /Pages 2 0 R >>".into(), "<< /Type /Pages /Kids [] /Count 0 >>".into()],
        &format!("/ID [<00><00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{0}> /U <{0}> >>", "41".repeat(32)),
    );
    to.add("a password", sealed, Fate::Refused(&["protected"]));
    let looped = ["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>".to_owned()];
    to.add("pages that are within themselves", pdf::pdf(&looped, ""), Fate::Harmless);
    to.add("a catalogue that is itself", pdf::pdf(&["1 0 R".to_owned()], ""), Fate::Harmless);
    let form = pdf::stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>", "/X Do /X Do");
    to.add("a drawing within itself", pdf::page("", "[0 0 32 18]", "/XObject << /X 5 0 R >>", "/X Do", &[form]), Fate::Harmless);
    let image = "/Type /XObject /Subtype /Image /Width 1000000 /Height 1000000 /BitsPerComponent 8 /ColorSpace /DeviceRGB";
    to.add(
        "a picture of a billion points",
        pdf::page("", "[0 0 32 18]", "/XObject << /X 5 0 R >>", "/X Do", &[pdf::stream(image, "x")]),
        Fate::Harmless,
    );
    to.add("a drawing of 20,000 steps within one another", pdf::page("", "[0 0 32 18]", "", &"q ".repeat(20_000), &[]), Fate::Harmless);
    to.add("more ends than beginnings", pdf::page("", "[0 0 32 18]", "", &"Q ET EMC ".repeat(5_000), &[]), Fate::Harmless);
    to.add("a page and a package", [pdf::with("", &[]), Pptx::of(1).packed()].concat(), Fate::Harmless);
    to.add("a page and a script", [pdf::with("", &[]), b"<script>alert(1)</script>".to_vec()].concat(), Fate::Harmless);
    let whole = pdf::with("", &[]);
    for part in 1..6 {
        to.add(format!("{part} sixths of a page"), &whole[..whole.len() * part / 6], Fate::Harmless);
    }
    to.add("nothing but a beginning", b"%PDF-1.7\n".to_vec(), Fate::Refused(&["damaged", "no-slide"]));
    to.add("bytes that are scrambled", scrambled(&whole), Fate::Harmless);
}

/// Every seventh byte another one, behind the first few, by which a file is known.
fn scrambled(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().enumerate().map(|(at, byte)| if at > 16 && at % 7 == 0 { byte ^ 0x5a } else { *byte }).collect()
}
