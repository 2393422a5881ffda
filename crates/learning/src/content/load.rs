//! Reading the folder of a course, and looking whether everything in it fits together.

use kernel::{Day, Lang};
use std::collections::BTreeSet;
use toml::Spanned;

use super::course::{Course, Exam, Slide, Unit};
use super::fault::{Fault, Lines, line_at};
use super::file::{CourseFile, QuestionsFile, UnitFile};
use super::lesson::{self, Face};
use super::question::Question;
use super::scene::{self, Scene};

/// Gives the text of a file below `data/courses/`.
pub type Files<'f> = &'f dyn Fn(&str) -> Option<String>;

/// Words of addresses beside units.
pub const TAKEN: [&str; 7] = ["tests", "record", "questions", "kit", "name", "new", "figures"];

/// Reads the course in a folder, whose scenes have these names.
pub fn load(slug: &str, scenes: &[String], files: Files<'_>) -> Result<Course, Vec<Fault>> {
    Loader { slug, files, faults: Vec::new() }.load(scenes)
}

/// Titles that are not in every language, and units whose address another has: where, what is wrong, and with what.
fn untitled_or_twice(file: &CourseFile, languages: &[Lang]) -> Vec<(usize, &'static str, String)> {
    let mut wrong = Vec::new();
    if ![&file.title, &file.summary].iter().all(|text| text.is_in(languages)) {
        wrong.push((0, "no-text", "title, summary".to_owned()));
    }
    for unit in &file.units {
        let (slug, at) = (unit.slug.get_ref().clone(), unit.slug.span().start);
        if TAKEN.contains(&slug.as_str()) || file.units.iter().filter(|other| other.slug.get_ref() == &slug).count() > 1 {
            wrong.push((at, "twice", slug.clone()));
        }
        if !unit.title.is_in(languages) {
            wrong.push((at, "no-text", slug));
        }
    }
    wrong
}

struct Loader<'f> {
    slug: &'f str,
    files: Files<'f>,
    faults: Vec<Fault>,
}

impl Loader<'_> {
    fn load(mut self, scenes: &[String]) -> Result<Course, Vec<Fault>> {
        let name = format!("{}/course.toml", self.slug);
        let Some((text, file)) = self.toml::<CourseFile>(&name) else { return Err(self.faults) };
        let line = |byte: usize| line_at(&text, byte);
        let mut wrong = Vec::new();
        if file.slug.get_ref() != self.slug {
            wrong.push((file.slug.span().start, "other-slug", file.slug.get_ref().clone()));
        }
        let languages: Vec<Lang> = file.languages.iter().filter_map(|code| code.parse().ok()).collect();
        if languages.len() != file.languages.len() || !languages.contains(&Lang::Ja) {
            wrong.push((text.find("languages").unwrap_or(0), "bad-languages", file.languages.join(", ")));
        }
        let day = |of: &Spanned<String>| of.get_ref().parse::<Day>().map_err(|_| (of.span().start, "bad-day", of.get_ref().clone()));
        let (from, until) = (day(&file.available_from), day(&file.available_until));
        wrong.extend([&from, &until].into_iter().filter_map(|day| day.clone().err()));
        if let (Ok(from), Ok(until)) = (&from, &until)
            && until < from
        {
            wrong.push((file.available_until.span().start, "bad-period", file.available_until.get_ref().clone()));
        }
        if file.minutes.get_ref() != &file.units.iter().map(|unit| unit.minutes).sum::<i64>() {
            wrong.push((file.minutes.span().start, "bad-minutes", file.minutes.get_ref().to_string()));
        }
        if file.completion.units.get_ref() != "all" || !file.completion.test {
            wrong.push((file.completion.units.span().start, "bad-completion", file.completion.units.get_ref().clone()));
        }
        wrong.extend(untitled_or_twice(&file, &languages));
        self.faults.extend(wrong.into_iter().map(|(at, what, about)| Fault::new(&name, line(at), what, about)));
        let scenes = self.scenes(scenes, &languages);
        let units: Vec<Unit> = file.units.iter().map(|unit| self.unit(unit, &languages, &scenes)).collect();
        self.slides_are_unique(&units);
        let questions = self.questions(&units, &scenes, &languages);
        for exam in [&file.test, &file.test_out] {
            self.draws_fit(&name, line(exam.span().start), exam.get_ref(), &questions);
        }
        match (from, until, self.faults.is_empty()) {
            (Ok(from), Ok(until), true) => Ok(Course {
                slug: self.slug.to_owned(),
                version: file.version,
                edition: 1,
                audience: file.audience,
                languages,
                minutes: file.minutes.into_inner(),
                from,
                until,
                sources: file.sources,
                title: file.title,
                summary: file.summary,
                objectives: file.objectives,
                units,
                questions: questions.into(),
                scenes,
                test: file.test.into_inner(),
                test_out: file.test_out.into_inner(),
            }),
            _ => Err(self.faults),
        }
    }

    fn toml<T: serde::de::DeserializeOwned>(&mut self, name: &str) -> Option<(String, T)> {
        let Some(text) = (self.files)(name) else {
            self.faults.push(Fault::new(name, 1, "no-file", ""));
            return None;
        };
        match toml::from_str(&text) {
            Ok(value) => Some((text, value)),
            Err(error) => {
                let line = error.span().map_or(1, |span| line_at(&text, span.start));
                self.faults.push(Fault::new(name, line, "unreadable", error.message()));
                None
            }
        }
    }

    fn scenes(&mut self, names: &[String], languages: &[Lang]) -> Vec<(String, Scene)> {
        let mut scenes = Vec::new();
        for name in names {
            let file = format!("{}/scenes/{name}.toml", self.slug);
            let Some(text) = (self.files)(&file) else { continue };
            let figure = |picture: &str| (self.files)(&format!("{}/scenes/{picture}", self.slug));
            match scene::read(&text, languages, &figure) {
                Ok(scene) => scenes.push((name.clone(), scene)),
                Err((at, what, about)) => self.faults.push(Fault::new(&file, line_at(&text, at), what, about)),
            }
        }
        scenes
    }

    fn unit(&mut self, unit: &UnitFile, languages: &[Lang], scenes: &[(String, Scene)]) -> Unit {
        let folder = format!("{}/units/{}", self.slug, unit.slug.get_ref());
        let figure = |picture: &str| (self.files)(&format!("{folder}/{picture}"));
        let mut slides: Vec<Slide> = Vec::new();
        for lang in languages {
            let name = format!("{folder}/lesson.{}.md", lang.code());
            let Some(text) = (self.files)(&name) else {
                self.faults.push(Fault::new(&name, 1, "no-file", ""));
                continue;
            };
            let faces = match lesson::read(&name, &text, &figure) {
                Ok(faces) => faces,
                Err(faults) => {
                    self.faults.extend(faults);
                    continue;
                }
            };
            for face in &faces {
                let unknown = face.parts.iter().find_map(|part| match part {
                    lesson::Part::Scene(scene) if scenes.iter().all(|(known, _)| known != scene) => Some(scene.clone()),
                    _ => None,
                });
                self.faults.extend(unknown.map(|scene| Fault::new(&name, face.line, "no-scene", scene)));
            }
            self.join(&name, *lang, faces, &mut slides);
        }
        Unit { slug: unit.slug.get_ref().clone(), minutes: unit.minutes, title: unit.title.clone(), slides }
    }

    /// Joins the slides of a further language to those of the first: they have to be the same.
    fn join(&mut self, name: &str, lang: Lang, faces: Vec<Face>, slides: &mut Vec<Slide>) {
        if slides.is_empty() {
            slides.extend(faces.into_iter().map(|face| Slide { id: face.id.clone(), faces: vec![(lang, face)] }));
            return;
        }
        if slides.len() != faces.len() {
            self.faults.push(Fault::new(name, 1, "other-slides", faces.len().to_string()));
        }
        for (slide, face) in slides.iter_mut().zip(faces) {
            if slide.id != face.id {
                self.faults.push(Fault::new(name, face.line, "other-slides", &*face.id));
            }
            slide.faces.push((lang, face));
        }
    }

    fn slides_are_unique(&mut self, units: &[Unit]) {
        let mut known = BTreeSet::new();
        for unit in units {
            for slide in &unit.slides {
                if !known.insert(slide.id.as_str()) {
                    let file = format!("{}/units/{}/lesson.ja.md", self.slug, unit.slug);
                    self.faults.push(Fault::new(&file, slide.faces[0].1.line, "twice", &*slide.id));
                }
            }
        }
    }

    fn questions(&mut self, units: &[Unit], scenes: &[(String, Scene)], languages: &[Lang]) -> Vec<Question> {
        let name = format!("{}/questions.toml", self.slug);
        let Some((text, file)) = self.toml::<QuestionsFile>(&name) else { return Vec::new() };
        let lines = Lines::of(&text);
        let slides: BTreeSet<&str> = units.iter().flat_map(|unit| &unit.slides).map(|slide| slide.id.as_str()).collect();
        let scene = |name: &str| scenes.iter().find(|(known, _)| known == name).map(|(_, scene)| scene.clone());
        let (mut questions, mut ids) = (Vec::new(), BTreeSet::new());
        for raw in file.question {
            let line = lines.at(raw.id.span().start);
            let mut fault = |what: &'static str, about: &str| self.faults.push(Fault::new(&name, line, what, about));
            if !ids.insert(raw.id().clone()) {
                fault("twice", raw.id());
            }
            if units.iter().all(|unit| unit.slug != raw.pool) {
                fault("unknown-pool", &raw.pool);
            }
            if !slides.contains(raw.slide.as_str()) {
                fault("unknown-slide", &raw.slide);
            }
            match raw.question(&scene) {
                Ok(question) => {
                    if let Some(what) = question.fault(languages) {
                        fault(what, &question.id);
                    }
                    questions.push(question);
                }
                Err((what, about)) => fault(what, &about),
            }
        }
        questions
    }

    /// Each pool holds at least one question more than is drawn from it.
    fn draws_fit(&mut self, name: &str, line: usize, exam: &Exam, questions: &[Question]) {
        for draw in &exam.draw {
            let there = questions.iter().filter(|question| question.pool == draw.pool).count();
            if there <= draw.count {
                self.faults.push(Fault::new(name, line, "small-pool", &*draw.pool));
            }
        }
        if !(1..=100).contains(&exam.pass_percent) || exam.draw.is_empty() {
            self.faults.push(Fault::new(name, line, "bad-test", exam.pass_percent.to_string()));
        }
    }
}
