//! What pictures tell: which of a version still say nothing, and writing it.

use kernel::Lang;
use std::collections::BTreeMap;

use super::compose::figure;
use crate::authoring::bundle::{Bundle, lesson};
use crate::content::lesson::DECORATIVE;
use crate::content::photo::{Photo, is_photo};

/// A picture on a slide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Depicted {
    /// The unit.
    pub unit: String,
    /// Which of the pictures of its lesson, counted from 1.
    pub place: usize,
    /// The heading of its slide in Japanese.
    pub heading: String,
    /// Its name in the folder of the unit.
    pub name: String,
    /// How often the lesson has shown it by then, counted from 1.
    pub showing: usize,
    /// Its points, for one that is no drawing.
    pub photo: Option<Photo>,
    /// Whether it is there for its looks alone.
    pub is_decorative: bool,
    /// What it tells, in each language of the course.
    pub alts: BTreeMap<&'static str, String>,
}

/// What somebody says of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// Whether it is there for its looks alone.
    pub is_decorative: bool,
    /// What it tells, in each language.
    pub alts: BTreeMap<&'static str, String>,
}

impl Depicted {
    /// Whether somebody has still to say what it tells.
    pub fn is_missing(&self) -> bool {
        !self.is_decorative && self.alts.values().any(String::is_empty)
    }
}

/// The line of a picture in a lesson: its words, its name, whether it is there for its looks alone.
fn parts(line: &str) -> Option<(&str, &str, bool)> {
    let (alt, name) = line.trim_end().strip_prefix("![")?.strip_suffix(')')?.split_once("](")?;
    let plain = name.strip_suffix(DECORATIVE);
    Some((alt.trim(), plain.unwrap_or(name), plain.is_some()))
}

/// Goes through the lines of a lesson that are pictures, outside of blocks and commands; `change` may give another line.
fn walk(text: &str, mut change: impl FnMut(&str, &str) -> Option<String>) -> String {
    let (mut is_fenced, mut is_in_block, mut heading) = (false, false, "");
    let mut lines = Vec::new();
    for line in text.lines() {
        let end = line.trim_end();
        let mut kept = None;
        match end {
            _ if line.starts_with("```") => is_fenced = !is_fenced,
            _ if is_fenced => {}
            ":::" => is_in_block = false,
            _ if end.starts_with("::: ") => is_in_block = true,
            _ if end.starts_with("## ") => heading = end[3..].split("{#").next().unwrap_or_default().trim(),
            _ if end.starts_with("![") && !is_in_block => kept = change(heading, end),
            _ => {}
        }
        lines.push(kept.unwrap_or_else(|| line.to_owned()));
    }
    format!("{}\n", lines.join("\n").trim_end())
}

impl Bundle {
    /// Every picture that is made of points, and every drawing that tells nothing yet, in the order of the slides.
    pub fn depicted(&self) -> Vec<Depicted> {
        let Some(file) = self.course() else { return Vec::new() };
        let languages: Vec<Lang> = file.languages.iter().filter_map(|code| code.parse().ok()).collect();
        file.units.iter().flat_map(|unit| self.depicted_in(unit.slug.get_ref(), &languages)).collect()
    }

    fn depicted_in(&self, unit: &str, languages: &[Lang]) -> Vec<Depicted> {
        let mut all: Vec<Depicted> = Vec::new();
        for lang in languages {
            let mut place = 0;
            walk(self.text(&lesson(unit, *lang)), |heading, line| {
                let (alt, name, is_decorative) = parts(line)?;
                place += 1;
                // Lessons of other languages have the same pictures in the same places, or the loader says so.
                if let Some(known) = all.iter_mut().find(|known| known.place == place && known.name == name) {
                    known.alts.insert(lang.code(), alt.to_owned());
                    known.is_decorative &= is_decorative;
                } else if *lang == Lang::Ja {
                    let text = self.text(&format!("units/{unit}/{name}"));
                    let showing = all.iter().filter(|known| known.name == name).count() + 1;
                    all.push(Depicted {
                        unit: unit.to_owned(),
                        place,
                        heading: heading.to_owned(),
                        name: name.to_owned(),
                        showing,
                        photo: is_photo(name).then(|| Photo::read(text)).flatten(),
                        is_decorative,
                        alts: BTreeMap::from([(lang.code(), alt.to_owned())]),
                    });
                }
                None
            });
        }
        all.retain(|one| one.photo.is_some() || one.is_missing());
        all
    }

    /// Writes what a picture tells into the lessons of every language in which it is said.
    pub fn describe(&mut self, unit: &str, place: usize, said: &Described) {
        for lang in [Lang::Ja, Lang::En] {
            let name = lesson(unit, lang);
            let Some(alt) = said.alts.get(lang.code()) else { continue };
            if self.text(&name).is_empty() {
                continue;
            }
            let mut at = 0;
            let text = walk(self.text(&name), |_, line| {
                let (_, figure_name, _) = parts(line)?;
                at += 1;
                (at == place).then(|| figure(figure_name, alt, said.is_decorative))
            });
            self.put(&name, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LESSON: &str = "## 一 {#a}\n\n![](figures/x.svg)\n\n```\n![](no.png)\n```\n\n::: notes\n話\n:::\n\n---\n\n## 二 {#b}\n\n![絵](figures/y.svg)\n![](figures/z.svg decorative)\n\n::: notes\n話\n:::\n";

    #[test]
    fn what_a_picture_tells_is_written_where_it_stands() {
        let mut files = Bundle::of_disk("executive").unwrap();
        let unit = files.course().unwrap().units[0].slug.get_ref().clone();
        let name = lesson(&unit, Lang::Ja);
        files.put(&name, LESSON.to_owned());
        let missing: Vec<Depicted> = files.depicted().into_iter().filter(Depicted::is_missing).collect();
        assert_eq!(missing.len(), 1, "{missing:?}");
        assert_eq!((missing[0].heading.as_str(), missing[0].place), ("一", 1));
        let said = |alt: &str, is_decorative| Described { is_decorative, alts: BTreeMap::from([("ja", alt.to_owned())]) };
        files.describe(&unit, 1, &said("入口の\n写真](a", false));
        assert_eq!(files.text(&name), LESSON.replacen("![]", "![入口の 写真] (a]", 1));
        files.describe(&unit, 2, &said("", true));
        assert!(files.text(&name).contains("![](figures/y.svg decorative)") && files.text(&name).contains("![](no.png)"));
        assert!(files.depicted().iter().all(|one| !one.is_missing()));
    }

    #[test]
    fn a_picture_that_is_shown_again_is_told_apart() {
        let mut files = Bundle::of_disk("executive").unwrap();
        let unit = files.course().unwrap().units[0].slug.get_ref().clone();
        let text = "## 一 {#a}\n\n![](figures/x.svg)\n![](figures/y.svg)\n![](figures/x.svg)\n\n::: notes\n話\n:::\n";
        files.put(&lesson(&unit, Lang::Ja), text.to_owned());
        let all = files.depicted();
        let of_unit = all.iter().filter(|one| one.unit == unit).map(|one| (one.place, one.name.as_str(), one.showing));
        assert_eq!(of_unit.collect::<Vec<_>>(), [(1, "figures/x.svg", 1), (2, "figures/y.svg", 1), (3, "figures/x.svg", 2)]);
    }
}
