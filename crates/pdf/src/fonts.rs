use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock};
use ttf_parser::Face;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The typefaces, with their licences: from npm at set-up, from the disk while developing, inside the binary in a release.
#[derive(RustEmbed)]
#[folder = "../../assets/node_modules/@expo-google-fonts/"]
#[include = "biz-udpgothic/400Regular/*.ttf"]
#[include = "biz-udpgothic/LICENSE_FONT"]
#[include = "biz-udpmincho/400Regular/*.ttf"]
#[include = "biz-udpmincho/LICENSE_FONT"]
#[include = "noto-serif-jp/400Regular/*.ttf"]
#[include = "noto-serif-jp/700Bold/*.ttf"]
#[include = "noto-serif-jp/LICENSE_FONT"]
struct Files;

/// The first two know every kanji that the others know, 𠮷 and 3,600 more: they stand in where a name in a table is rare. The last
/// is there for 430 variants of names that it alone knows.
const FACES: [&str; 4] = [
    "noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf",
    "noto-serif-jp/700Bold/NotoSerifJP_700Bold.ttf",
    "biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf",
    "biz-udpmincho/400Regular/BIZUDPMincho_400Regular.ttf",
];

/// The typefaces as typst wants them, read when the first PDF is made.
pub struct Shelf {
    pub book: LazyHash<FontBook>,
    pub fonts: Vec<Font>,
}

pub static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let fonts: Vec<Font> = FACES.into_iter().filter_map(font).collect();
    Shelf { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

/// The bytes of the first typeface, for whoever draws Japanese words of files that bring none.
pub fn typeface() -> Arc<dyn AsRef<[u8]> + Send + Sync> {
    SHELF.fonts.first().map_or_else(|| Arc::new(Vec::new()) as Arc<dyn AsRef<[u8]> + Send + Sync>, |font| Arc::new(font.data().clone()))
}

fn font(path: &str) -> Option<Font> {
    let bytes = match Files::get(path)?.data {
        // What lies in the binary is not copied.
        Cow::Borrowed(bytes) => Bytes::new(bytes),
        Cow::Owned(bytes) => Bytes::new(bytes),
    };
    Font::new(bytes, 0)
}

/// A character that none of our typefaces has: nothing is printed in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unprintable {
    /// The character, with its variant if it is that which is missing.
    pub character: String,
}

impl fmt::Display for Unprintable {
    /// `𪚥（U+2A6A5）`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes: Vec<String> = self.character.chars().map(|c| format!("U+{:04X}", c as u32)).collect();
        write!(f, "{}（{}）", self.character, codes.join(" "))
    }
}

/// The first character of a text that cannot be printed as it was written.
///
/// A name is printed with the very variant that its owner chose, or not at all: another form would be another name.
pub fn unprintable(text: &str) -> Option<Unprintable> {
    let faces = faces();
    let is_missing = |cluster: &Cluster| faces.iter().all(|face| !cluster.is_in(face));
    clusters(text).find(is_missing).map(|cluster| Unprintable { character: cluster.text() })
}

/// The variants in these texts that only the last typeface has: the typesetter would drop their mark without a word.
pub fn variants_elsewhere(texts: &[&str]) -> Vec<String> {
    let faces = faces();
    let Some((last, others)) = faces.split_last() else { return Vec::new() };
    let is_elsewhere =
        |cluster: &Cluster| cluster.selector.is_some() && cluster.is_in(last) && !others.iter().all(|face| cluster.is_in(face));
    let mut found: Vec<String> = texts.iter().flat_map(|text| clusters(text)).filter(is_elsewhere).map(|cluster| cluster.text()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A character, and the mark of its variant.
struct Cluster {
    character: char,
    selector: Option<char>,
}

impl Cluster {
    fn text(&self) -> String {
        std::iter::once(self.character).chain(self.selector).collect()
    }

    fn is_in(&self, face: &Face<'_>) -> bool {
        let glyph = match self.selector {
            Some(selector) => face.glyph_variation_index(self.character, selector),
            None => face.glyph_index(self.character),
        };
        glyph.is_some_and(|glyph| glyph.0 != 0)
    }
}

fn clusters(text: &str) -> impl Iterator<Item = Cluster> {
    let mut characters = text.chars().filter(|c| !c.is_control()).peekable();
    std::iter::from_fn(move || {
        let character = characters.next()?;
        Some(Cluster { character, selector: characters.next_if(|next| is_selector(*next)) })
    })
}

fn faces() -> Vec<Face<'static>> {
    SHELF.fonts.iter().filter_map(|font| Face::parse(font.data().as_slice(), 0).ok()).collect()
}

/// The variants of kanji (IVS), and the standardized ones.
const fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_kanji_of_names_are_printed_and_unknown_ones_are_named() {
        assert_eq!(SHELF.fonts.len(), FACES.len(), "npm ci has brought every typeface");
        for name in ["例示　髙子", "試験　﨑男", "𠮷見　見本", "渡邉\u{E0100}", "葛\u{E0100}飾", "葛\u{E0101}城", "Jane O’Example"]
        {
            assert_eq!(unprintable(name), None, "{name}");
        }
        assert_eq!(unprintable("𪚥見本").map(|it| it.to_string()), Some("𪚥（U+2A6A5）".to_owned()));
        assert_eq!(unprintable("見\u{E01EF}本").map(|it| it.to_string()), Some("見\u{E01EF}（U+898B U+E01EF）".to_owned()));
    }

    #[test]
    fn a_variant_that_one_typeface_has_is_taken_from_there() {
        assert_eq!(variants_elsewhere(&["葛\u{E0101}城", "葛\u{E0100}飾　見本"]), ["葛\u{E0101}"]);
    }

    #[test]
    fn the_licences_come_with_the_typefaces() {
        for family in ["biz-udpgothic", "biz-udpmincho", "noto-serif-jp"] {
            let licence = Files::get(&format!("{family}/LICENSE_FONT")).expect("a licence");
            assert!(String::from_utf8_lossy(&licence.data).contains("SIL OPEN FONT LICENSE"), "{family}");
        }
    }
}
