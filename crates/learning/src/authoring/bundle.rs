//! The files of a course, kept together under their names.

use kernel::Lang;
use std::collections::{BTreeMap, BTreeSet};
use web::{data_names, data_text};

use crate::content::Course;
use crate::content::fault::Fault;
use crate::content::file::{CourseFile, QuestionFile, QuestionsFile};
use crate::content::load::load;
use crate::content::photo::{Photo, is_photo};

/// `course.toml`
pub const COURSE: &str = "course.toml";
/// `questions.toml`
pub const QUESTIONS: &str = "questions.toml";

/// The most bytes that the files of a course have altogether.
pub const BYTES_MAX: usize = 16 << 20;

/// The files of a course's folder, by their names below it. What is written in the browser has the form of what stands in
/// `data/courses`, so that one loader judges both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle(BTreeMap<String, String>);

impl Bundle {
    /// What stands in `data/courses`, if there is such a folder.
    pub fn of_disk(slug: &str) -> Option<Self> {
        let folder = format!("courses/{slug}");
        let wanted = |name: &str| name == COURSE || name == QUESTIONS || name.starts_with("units/") || name.starts_with("scenes/");
        let files: BTreeMap<String, String> = data_names(&folder)
            .into_iter()
            .filter_map(|name| Some(name.strip_prefix(&format!("{folder}/"))?.to_owned()))
            .filter(|name| wanted(name))
            .map(|name| (name.clone(), data_text(&format!("{folder}/{name}"))))
            .collect();
        files.contains_key(COURSE).then_some(Self(files))
    }

    /// As it is stored.
    pub fn stored(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// A file; empty if there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Puts a file in place of what stood there.
    pub fn put(&mut self, name: &str, text: String) {
        self.0.insert(name.to_owned(), text);
    }

    /// Takes away every file below a folder, whose name ends with a slash.
    pub fn drop_below(&mut self, folder: &str) {
        self.0.retain(|name, _| !name.starts_with(folder));
    }

    /// Every file.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// How many bytes the files have.
    pub fn bytes(&self) -> usize {
        self.0.values().map(String::len).sum()
    }

    /// The names of its scenes.
    pub fn scenes(&self) -> Vec<String> {
        self.0.keys().filter_map(|name| Some(name.strip_prefix("scenes/")?.strip_suffix(".toml")?.to_owned())).collect()
    }

    /// The course, judged by the one loader; or what is wrong with it, by file and line.
    pub fn load(&self, slug: &str) -> Result<Course, Vec<Fault>> {
        let folder = format!("{slug}/");
        let file = |name: &str| self.0.get(name.strip_prefix(&folder)?).filter(|text| !text.is_empty()).cloned();
        load(slug, &self.scenes(), &file).map_err(|mut faults| {
            let hidden = self.hidden_by(&faults, &folder);
            faults.retain(|fault| fault.what != "unknown-slide" || !hidden.contains(&fault.about));
            faults
        })
    }

    /// The slides that the loader does not see because something is wrong with their lesson. Nothing is wrong with the questions that
    /// point to them: whoever has to write what one picture tells is not told of every question of the unit.
    fn hidden_by(&self, faults: &[Fault], folder: &str) -> BTreeSet<String> {
        let unit = |fault: &Fault| Some(fault.file.strip_prefix(folder)?.strip_prefix("units/")?.split_once('/')?.0.to_owned());
        let units: BTreeSet<String> = faults.iter().filter_map(unit).collect();
        units.iter().flat_map(|unit| self.slides(unit)).map(|(id, _)| id).collect()
    }

    /// `course.toml`; `None` if it cannot be read, which [`load`](Self::load) says in words.
    pub fn course(&self) -> Option<CourseFile> {
        toml::from_str(self.text(COURSE)).ok()
    }

    /// Writes `course.toml`.
    pub fn put_course(&mut self, file: &CourseFile) {
        self.put(COURSE, toml::to_string_pretty(file).unwrap_or_default());
    }

    /// `questions.toml`; `None` if it cannot be read.
    pub fn questions(&self) -> Option<Vec<QuestionFile>> {
        toml::from_str::<QuestionsFile>(self.text(QUESTIONS)).ok().map(|file| file.question)
    }

    /// Writes `questions.toml`.
    pub fn put_questions(&mut self, questions: Vec<QuestionFile>) {
        self.put(QUESTIONS, toml::to_string_pretty(&QuestionsFile { question: questions }).unwrap_or_default());
    }

    /// The pictures made of points that lie in its units.
    pub fn photos(&self) -> impl Iterator<Item = Photo> {
        self.0.iter().filter(|(name, _)| name.starts_with("units/") && is_photo(name)).filter_map(|(_, text)| Photo::read(text))
    }

    /// The slides of a unit's Japanese lesson, by their ids and headings, also while something else is wrong with it.
    pub fn slides(&self, unit: &str) -> Vec<(String, String)> {
        let lesson = slides(self.text(&lesson(unit, Lang::Ja)));
        lesson.into_iter().map(|(id, text)| (id.to_owned(), heading(text).unwrap_or_default().to_owned())).collect()
    }
}

impl std::str::FromStr for Bundle {
    type Err = serde_json::Error;
    fn from_str(stored: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(stored).map(Self)
    }
}

impl db::FromColumn for Bundle {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

/// The name of a lesson's file.
pub fn lesson(unit: &str, lang: Lang) -> String {
    format!("units/{unit}/lesson.{}.md", lang.code())
}

/// The slides of a lesson: their ids, and their texts from heading to heading.
pub fn slides(text: &str) -> Vec<(&str, &str)> {
    let is_heading = |line: &str| line.starts_with("## ") && line.contains("{#");
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if is_heading(line) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let of = |start: usize, end: usize| {
        let slide = text.get(start..end)?;
        let (_, id) = slide.lines().next()?.split_once("{#")?;
        Some((id.trim_end().trim_end_matches('}').trim(), slide.trim_end().trim_end_matches("---").trim_end()))
    };
    starts.iter().zip(ends).filter_map(|(start, end)| of(*start, end)).collect()
}

/// The heading in the first line of a slide.
pub fn heading(slide: &str) -> Option<&str> {
    let (heading, _) = slide.lines().next()?.strip_prefix("## ")?.split_once("{#")?;
    Some(heading.trim())
}

/// The name of a further version: the number at its end, one more.
pub fn next_label(label: &str) -> String {
    let head = label.trim_end_matches(|c: char| c.is_ascii_digit());
    match label[head.len()..].parse::<u32>() {
        Ok(number) => format!("{head}{}", number.saturating_add(1)),
        Err(_) => format!("{label}.2"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_on_the_disk_is_the_same_course_once_it_was_written_by_the_editor() {
        for course in crate::content::courses() {
            let mut bundle = Bundle::of_disk(&course.slug).unwrap();
            bundle.put_course(&bundle.course().unwrap());
            bundle.put_questions(bundle.questions().unwrap());
            let again = bundle.stored().parse::<Bundle>().unwrap();
            assert_eq!(again, bundle);
            let written = again.load(&course.slug).unwrap();
            assert_eq!(format!("{written:?}"), format!("{course:?}"));
        }
    }

    #[test]
    fn faults_of_a_draft_are_named_as_those_of_the_disk_are() {
        let mut bundle = Bundle::of_disk("beginner").unwrap();
        let name = lesson("habits", Lang::Ja);
        bundle.put(&name, bundle.text(&name).replacen("{#body-habits}", "", 1));
        let faults = bundle.load("beginner").unwrap_err();
        assert!(faults.iter().any(|fault| fault.file == "beginner/units/habits/lesson.ja.md" && fault.what == "no-id"), "{faults:?}");
        // Of the questions those alone are named whose slide has no id any more.
        let pointing = |fault: &&Fault| fault.what == "unknown-slide";
        assert!(faults.iter().filter(pointing).all(|fault| fault.about == "body-habits"), "{faults:?}");
    }

    #[test]
    fn the_slides_of_a_lesson_are_found() {
        let text = "## 一 {#one}\n\n文\n\n---\n\n## 二 {#two}\n\n::: notes\n話\n:::\n";
        assert_eq!(slides(text), [("one", "## 一 {#one}\n\n文"), ("two", "## 二 {#two}\n\n::: notes\n話\n:::")]);
        assert_eq!((next_label("2026.1"), next_label("2026.9"), next_label("初版")), ("2026.2".into(), "2026.10".into(), "初版.2".into()));
    }
}
