//! The passphrases that are tried first everywhere.

use super::pattern::fold;
use sha2::{Digest as _, Sha256};
use std::io::{self, BufRead};

/// A set of texts, kept as the first 64 bits of each one's SHA-256: ten million entries are 80 MB of memory.
#[derive(Clone, Debug)]
pub struct Common(Vec<u64>);

/// The list that comes with the portal, folded.
pub(super) fn shipped() -> impl Iterator<Item = &'static str> {
    include_str!("common.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

impl Common {
    /// The list that comes with the portal.
    pub fn shipped() -> Self {
        let mut entries: Vec<u64> = shipped().map(entry).collect();
        entries.sort_unstable();
        Self(entries)
    }

    /// Adds an operator's list, one text a line. Lines that are no UTF-8 are left out.
    pub fn with(self, mut list: impl BufRead) -> io::Result<Self> {
        let mut entries = self.0;
        let mut line = Vec::new();
        while list.read_until(b'\n', &mut line)? > 0 {
            if let Ok(text) = str::from_utf8(&line) {
                entries.push(entry(text));
            }
            line.clear();
        }
        entries.sort_unstable();
        entries.dedup();
        Ok(Self(entries))
    }

    /// Whether `text` is in the list, in whatever case, width and spacing.
    pub fn contains(&self, text: &str) -> bool {
        self.0.binary_search(&entry(text)).is_ok()
    }
}

/// Symbols in place of letters fool nobody, so they are read as the letters they stand for.
fn entry(text: &str) -> u64 {
    let plain: String = text.chars().map(unmask).collect();
    let hash = Sha256::digest(fold(&plain));
    u64::from_be_bytes(hash[..8].try_into().expect("a hash has 32 bytes"))
}

const fn unmask(c: char) -> char {
    match c {
        '@' | '4' => 'a',
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '5' | '$' => 's',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operators_list_is_added_to_the_shipped_one() {
        let list = b"a phrase heard here\r\nbroken \xff line\nlast line without end".as_slice();
        let common = Common::shipped().with(list).unwrap();
        assert!(common.contains("A Phrase Heard Here"));
        assert!(common.contains("last line without end"));
        assert!(common.contains("arigatougozaimasu"));
        assert!(!common.contains("broken line"));
        assert!(!Common::shipped().contains("a phrase heard here"));
    }

    #[test]
    fn the_shipped_list_is_folded_and_has_no_entry_twice() {
        let mut seen = std::collections::HashSet::new();
        for word in shipped() {
            assert_eq!(fold(word), word);
            assert!(seen.insert(word), "{word}");
        }
    }
}
