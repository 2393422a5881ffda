use std::collections::HashMap;

use crate::xml::Element;

/// Where a relation leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A part of the file.
    Inside(String),
    /// Somewhere else, where nobody goes.
    Elsewhere,
}

/// What a part names by ids.
#[derive(Debug, Default)]
pub(super) struct Relations(HashMap<String, (String, Target)>);

impl Relations {
    /// The relations of a part.
    pub fn read(part: &str, root: &Element) -> Self {
        let one = |relation: &Element| {
            let kind = relation.attribute("Type")?.rsplit('/').next()?.to_owned();
            let target = relation.attribute("Target")?;
            let target = match relation.attribute("TargetMode") {
                Some("External") => Target::Elsewhere,
                _ => resolve(part, target).map_or(Target::Elsewhere, Target::Inside),
            };
            Some((relation.attribute("Id")?.to_owned(), (kind, target)))
        };
        Self(root.all("Relationship").filter_map(one).collect())
    }

    /// Where an id leads.
    pub fn target(&self, id: &str) -> Option<&Target> {
        self.0.get(id).map(|(_, target)| target)
    }

    /// The part of a kind.
    pub fn of_kind(&self, kind: &str) -> Option<&str> {
        self.0.values().find_map(|(own, target)| match target {
            Target::Inside(part) if own == kind => Some(part.as_str()),
            _ => None,
        })
    }

    /// Whether there is any of a kind.
    pub fn has(&self, kind: &str) -> bool {
        self.0.values().any(|(own, _)| own == kind)
    }
}

/// `ppt/slides/slide1.xml` → `ppt/slides/_rels/slide1.xml.rels`
pub(super) fn name_for(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    format!("{folder}/_rels/{name}.rels")
}

/// The part that a target names, as seen from another one; `None` where it leads out of the file.
fn resolve(part: &str, target: &str) -> Option<String> {
    if target.contains([':', '\\', '?', '#', '%']) {
        return None;
    }
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => part.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for step in target.trim_start_matches('/').split('/') {
        match step {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            step => parts.push(step),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_within_the_file() {
        let from = |target: &str| resolve("ppt/slides/slide1.xml", target);
        assert_eq!(from("../media/image1.png").as_deref(), Some("ppt/media/image1.png"));
        assert_eq!(from("/ppt/media/image1.png").as_deref(), Some("ppt/media/image1.png"));
        assert_eq!(from("slide2.xml").as_deref(), Some("ppt/slides/slide2.xml"));
        for wrong in ["../../../etc/passwd", "file:///etc/passwd", "http://example.jp/a.png", "..\\a", "%2e%2e/a"] {
            assert_eq!(from(wrong), None, "{wrong}");
        }
        assert_eq!(name_for("ppt/presentation.xml"), "ppt/_rels/presentation.xml.rels");
    }
}
