//! Texts as they are to read, letter by letter: whoever changes a word sees what readers will.

use std::path::PathBuf;

/// Texts compared with files of a folder of this crate. With `MIST_GOLDEN=write` the files are written anew.
pub struct Golden {
    folder: PathBuf,
    other: Vec<String>,
}

impl Golden {
    /// A folder, such as `tests/promises/reminders/golden`.
    pub fn in_folder(folder: &str) -> Self {
        Self { folder: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder), other: Vec::new() }
    }

    /// Compares a text with the file of this name; what differs is reported at the end, all at once.
    pub fn compare(&mut self, name: &str, text: &str) {
        let file = self.folder.join(name);
        if std::env::var("MIST_GOLDEN").is_ok_and(|word| word == "write") {
            std::fs::create_dir_all(&self.folder).expect("the folder can be made");
            std::fs::write(&file, text).expect("it can be written");
        }
        let golden = std::fs::read_to_string(&file).unwrap_or_default();
        if golden != text {
            self.other.push(format!("{}:\n{text}", file.display()));
        }
    }

    /// Fails if anything was different.
    pub fn finish(self) {
        assert!(self.other.is_empty(), "{}", self.other.join("\n"));
    }
}
