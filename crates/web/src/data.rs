use rust_embed::RustEmbed;

/// `data/`: what a person may edit without Rust. From the disk while developing, inside the binary in a release.
#[derive(RustEmbed)]
#[folder = "../../data/"]
struct Data;

/// A file of `data/`, such as `holidays.csv`.
pub fn data_file(name: &str) -> Option<Vec<u8>> {
    Data::get(name).map(|file| file.data.into_owned())
}

/// A text of `data/`; empty if there is no such file or it is no text.
pub fn data_text(name: &str) -> String {
    data_file(name).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The names of the files in a folder of `data/`, such as `notices/1026-1.ja.md`, in their order.
pub fn data_names(folder: &str) -> Vec<String> {
    let prefix = format!("{folder}/");
    let mut names: Vec<String> = Data::iter().filter(|name| name.starts_with(&prefix)).map(std::borrow::Cow::into_owned).collect();
    names.sort();
    names
}
