//! Whether a word stands in clear anywhere: as it is written, and as programs write it down.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// A word in every form in which it could be found.
pub struct Word {
    forms: Vec<(&'static str, Vec<u8>)>,
}

impl Word {
    /// The forms of a word, which has to be long enough to come up by nobody's chance.
    pub fn of(word: &str) -> Self {
        let utf16 = |bytes: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let (shift_jis, _, is_lost) = encoding_rs::SHIFT_JIS.encode(word);
        assert!(!is_lost, "{word} has no form in Shift_JIS");
        let hex = |byte: u8| format!("{byte:02x}");
        let percent = |byte: u8| format!("%{byte:02X}");
        let mut forms = vec![
            ("UTF-8", word.as_bytes().to_vec()),
            ("UTF-16 little", utf16(u16::to_le_bytes)),
            ("UTF-16 big", utf16(u16::to_be_bytes)),
            ("Shift_JIS", shift_jis.into_owned()),
            ("hexadecimal", word.bytes().map(hex).collect::<String>().into_bytes()),
            ("percent signs", word.bytes().map(percent).collect::<String>().into_bytes()),
        ];
        // Wherever a word begins among the letters of three bytes each, its inner letters are the same.
        for before in 0..3 {
            let bytes: Vec<u8> = std::iter::repeat_n(0, before).chain(word.bytes()).collect();
            let letters = STANDARD_NO_PAD.encode(&bytes).into_bytes();
            forms.push(("base64", letters[(before * 8).div_ceil(6)..bytes.len() * 8 / 6].to_vec()));
        }
        Self { forms }
    }

    /// How it stands in these bytes.
    pub fn in_bytes(&self, bytes: &[u8]) -> Vec<&'static str> {
        let begins: Vec<u8> = self.forms.iter().map(|(_, form)| form[0]).collect();
        let mut found = Vec::new();
        for (at, byte) in bytes.iter().enumerate() {
            if begins.contains(byte) {
                found.extend(self.forms.iter().filter(|(_, form)| bytes[at..].starts_with(form)).map(|(name, _)| *name));
            }
        }
        found
    }

    /// How it stands in a file, however large.
    pub fn in_file(&self, path: &Path) -> Vec<&'static str> {
        const AT_ONCE: usize = 16 << 20;
        let longest = self.forms.iter().map(|(_, form)| form.len()).max().unwrap_or(0);
        let (mut file, mut held, mut found) = (File::open(path).expect("it can be read"), Vec::new(), Vec::new());
        loop {
            let before = held.len();
            file.by_ref().take(AT_ONCE as u64).read_to_end(&mut held).expect("it can be read");
            if held.len() == before {
                // What stood at the edge was found on either side of it.
                found.sort_unstable();
                found.dedup();
                return found;
            }
            found.extend(self.in_bytes(&held));
            held.drain(..held.len().saturating_sub(longest - 1));
        }
    }

    /// Every file below a folder in which it stands.
    pub fn in_folder(&self, folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).expect("it can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                found.extend(self.in_folder(&path));
            } else if path.is_file() {
                found.extend(self.in_file(&path).into_iter().map(|form| format!("{} in {form}", path.display())));
            }
        }
        found
    }
}

#[test]
fn a_word_is_found_in_each_of_its_forms_wherever_it_stands() {
    let word = Word::of("ぬらけへぽ");
    let (shift_jis, ..) = encoding_rs::SHIFT_JIS.encode("ぬらけへぽ");
    assert_eq!(word.in_bytes(&shift_jis), ["Shift_JIS"]);
    for before in ["", "a", "ab", "abc"] {
        let text = format!("{before}ぬらけへぽの続き");
        assert_eq!(word.in_bytes(text.as_bytes()), ["UTF-8"]);
        assert!(word.in_bytes(STANDARD_NO_PAD.encode(&text).as_bytes()).contains(&"base64"), "{text}");
    }
    let folder = tempfile::tempdir().expect("a folder can be made");
    // Across the edge of what is read at once.
    let mut bytes = vec![b'x'; (16 << 20) - 3];
    bytes.extend_from_slice("ぬらけへぽ".as_bytes());
    std::fs::write(folder.path().join("large"), bytes).expect("there is room");
    assert_eq!(word.in_folder(folder.path()).len(), 1);
    assert_eq!(Word::of("ぽへけらぬ").in_folder(folder.path()), [""; 0]);
}
