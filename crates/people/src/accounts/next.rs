use std::fmt;

/// Where to go after signing in: a path of this portal and nothing else, so that no link can send anybody elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next(String);

const LONGEST: usize = 500;

impl Next {
    /// The path that the address or form names, or マイページ if it is none of ours.
    pub fn of(typed: &str) -> Self {
        let is_path = typed.starts_with('/')
            // `//host` and `/\host` are other hosts to a browser, which also drops tabs and line breaks.
            && !typed[1..].starts_with(['/', '\\'])
            && typed.len() <= LONGEST
            && typed.chars().all(|c| c.is_ascii_graphic() && c != '\\');
        Self(if is_path { typed.to_owned() } else { "/my".to_owned() })
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_ours_is_gone_to() {
        for path in ["/my", "/en/staff/sessions?q=%E8%A6%8B&page=2", "/", "/trainings/R8#3"] {
            assert_eq!(Next::of(path).as_str(), path);
        }
        for elsewhere in [
            "",
            "my",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/a\r\nSet-Cookie: x=y",
            "/a b",
            "\\\\evil.example",
            "/ok\\..\\evil",
        ] {
            assert_eq!(Next::of(elsewhere).as_str(), "/my", "{elsewhere:?}");
        }
        assert_eq!(Next::of(&format!("/{}", "a".repeat(500))).as_str(), "/my");
    }
}
