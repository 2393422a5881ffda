//! The TOML between two lines `+++` with which the Markdown files of `data/` begin.

use serde::de::DeserializeOwned;

/// What stands between the lines, and the text after them; `None` if the file does not begin so.
pub fn split<T: DeserializeOwned>(file: &str) -> Option<(T, &str)> {
    let (head, body) = file.strip_prefix("+++\n")?.split_once("\n+++\n")?;
    match toml::from_str(head) {
        Ok(head) => Some((head, body.trim())),
        Err(error) => {
            tracing::error!(%error, "the front matter of a text cannot be read");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_taken_off_and_the_rest_is_the_text() {
        let (head, body) = split::<toml::Table>("+++\nnumber = 3\n+++\n\n本文です。\n").unwrap();
        assert_eq!(head["number"].as_integer(), Some(3));
        assert_eq!(body, "本文です。");
        assert!(split::<toml::Table>("本文だけ").is_none());
        assert!(split::<toml::Table>("+++\nnumber =\n+++\n本文").is_none());
    }
}
