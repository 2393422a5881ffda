//! What the parts of a course are called by those who write it: units and scenes by their titles, slides by their headings, questions by
//! what they ask. The ids that tie the files together are theirs alone.

use kernel::Lang;
use serde::Deserialize;
use std::collections::HashMap;
use web::Words;

use super::bundle::{Bundle, heading, lesson, slides};
use crate::content::fault::Fault;
use crate::content::file::QuestionFile;
use crate::content::text::Text;

/// The most characters of a question that stand for it.
const SHORT: usize = 60;

/// What the parts of a course are called, by their ids. A part without a name is called by its id.
#[derive(Clone, Debug, Default)]
pub struct Names {
    units: HashMap<String, String>,
    slides: HashMap<String, String>,
    scenes: HashMap<String, String>,
    questions: HashMap<String, String>,
}

/// As much of a scene as names it.
#[derive(Deserialize)]
struct Titled {
    title: Text,
}

impl Names {
    /// The names of all parts, also while something else is wrong with them.
    pub fn of(files: &Bundle, lang: Lang) -> Self {
        let mut names = Self::default();
        for unit in files.course().map(|file| file.units).unwrap_or_default() {
            let slug = unit.slug.get_ref();
            put(&mut names.units, slug, unit.title.get(lang));
            // Japanese stands in where there is no lesson in the other language.
            for spoken in [Lang::Ja, lang] {
                for (id, text) in slides(files.text(&lesson(slug, spoken))) {
                    put(&mut names.slides, id, heading(text).unwrap_or_default());
                }
            }
        }
        for scene in files.scenes() {
            if let Some(title) = scene_title(files, &scene, lang) {
                names.scenes.insert(scene, title);
            }
        }
        for question in files.questions().unwrap_or_default() {
            names.questions.insert(question.id().clone(), called(&question, lang));
        }
        names
    }

    /// These, and those of an earlier version for what is gone.
    #[must_use]
    pub fn or(mut self, earlier: Self) -> Self {
        let all = [
            (&mut self.units, earlier.units),
            (&mut self.slides, earlier.slides),
            (&mut self.scenes, earlier.scenes),
            (&mut self.questions, earlier.questions),
        ];
        for (names, others) in all {
            for (id, name) in others {
                names.entry(id).or_insert(name);
            }
        }
        self
    }

    /// A unit.
    pub fn unit<'a>(&'a self, slug: &'a str) -> &'a str {
        name(&self.units, slug)
    }

    /// A slide.
    pub fn slide<'a>(&'a self, id: &'a str) -> &'a str {
        name(&self.slides, id)
    }

    /// A scene.
    pub fn scene<'a>(&'a self, id: &'a str) -> &'a str {
        name(&self.scenes, id)
    }

    /// A question.
    pub fn question<'a>(&'a self, id: &'a str) -> &'a str {
        name(&self.questions, id)
    }

    /// A fault in words, with the name of the part that it is about. What is wrong with an id itself is told by the id.
    pub fn fault(&self, fault: &Fault, w: Words) -> String {
        let about = match fault.what {
            "bad-question" => self.question(&fault.about),
            // Of a question, or of the title of a unit.
            "no-text" => self.unit(self.question(&fault.about)),
            "no-notes" => self.slide(&fault.about),
            "small-pool" => self.unit(&fault.about),
            _ => return fault.words(w),
        };
        Fault { about: about.to_owned(), ..fault.clone() }.words(w)
    }
}

/// The scenes of a course: their ids and titles.
pub fn scenes(files: &Bundle, lang: Lang) -> Vec<(String, String)> {
    let titled = |id: String| {
        let title = scene_title(files, &id, lang).unwrap_or_else(|| id.clone());
        (id, title)
    };
    files.scenes().into_iter().map(titled).collect()
}

/// The title of a scene, if it says one.
fn scene_title(files: &Bundle, scene: &str, lang: Lang) -> Option<String> {
    let Titled { title } = toml::from_str(files.text(&format!("scenes/{scene}.toml"))).ok()?;
    said(title.get(lang))
}

/// A question by what it asks, shortened; by its id as long as it asks nothing.
pub fn called(question: &QuestionFile, lang: Lang) -> String {
    let asked = kernel::one_line(question.text.get(lang));
    match asked.chars().count() {
        0 => question.id().clone(),
        1..=SHORT => asked,
        _ => asked.chars().take(SHORT).chain(['…']).collect(),
    }
}

fn put(names: &mut HashMap<String, String>, id: &str, name: &str) {
    if let Some(name) = said(name) {
        names.insert(id.to_owned(), name);
    }
}

/// A name, unless it is blank.
fn said(name: &str) -> Option<String> {
    (!name.trim().is_empty()).then(|| name.to_owned())
}

fn name<'a>(names: &'a HashMap<String, String>, id: &'a str) -> &'a str {
    names.get(id).map_or(id, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_called_by_their_words_and_what_has_none_by_its_id() {
        let files = Bundle::of_disk("beginner").unwrap();
        let names = Names::of(&files, Lang::Ja);
        assert_eq!(names.unit("habits"), "暮らしの習慣、パソコンの習慣");
        assert_eq!(names.slide("night-shift-later"), "夜勤明けの「後で」");
        assert_eq!(names.scene("call-vendor"), "業者を名乗る電話");
        assert_eq!(Names::of(&files, Lang::En).scene("call-vendor"), "A call from “the vendor”");
        let long = names.question("habits-01");
        assert!(long.starts_with("夜勤明けに「更新があります」と出ました。") && long.chars().count() <= SHORT + 1, "{long}");
        assert_eq!((names.unit("gone"), names.question("gone-01")), ("gone", "gone-01"));
        assert_eq!(Names::default().or(names).unit("habits"), "暮らしの習慣、パソコンの習慣");
    }

    #[test]
    fn a_fault_names_its_question_and_a_wrong_id_by_the_id() {
        let names = Names::of(&Bundle::of_disk("beginner").unwrap(), Lang::Ja);
        let said = |what: &'static str, about: &str| names.fault(&Fault::new("q", 1, what, about), Words::of(Lang::Ja));
        assert!(said("bad-question", "habits-02").contains("体の不養生と端末の不養生"), "{}", said("bad-question", "habits-02"));
        assert!(said("twice", "habits-02").contains("「habits-02」"));
    }
}
