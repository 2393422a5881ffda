use kernel::Lang;
use std::collections::BTreeSet;

use super::compose::compose;
use super::keep::Laid;
use crate::authoring::bundle::{Bundle, lesson};
use crate::content::file::CourseFile;

/// The most characters of a lesson: as many as its form takes.
pub const LESSON_MAX: usize = 60_000;

/// The slides that are taken, by their numbers in the file, both ends included.
pub type Range = std::ops::RangeInclusive<usize>;

/// Why no slide was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// `course.toml` cannot be read.
    Unreadable,
    /// There is no such unit.
    Unknown,
    /// None of the slides has such a number.
    Nothing,
    /// The lesson would be longer than can be edited.
    TooLong,
}

/// What is taken over.
pub struct Taking<'t> {
    /// The file that was looked at.
    pub laid: &'t Laid,
    /// Which of its slides.
    pub slides: Range,
    /// The unit behind whose slides they go.
    pub unit: &'t str,
    /// The heading of a slide that has none, by its number.
    pub title: &'t (dyn Fn(usize, Lang) -> String + Sync),
}

impl Bundle {
    /// Takes slides over into a unit, in every language of the course in the words in which they came; gives how many.
    pub fn take_slides(&mut self, taking: &Taking<'_>) -> Result<usize, NotTaken> {
        let file = self.course().ok_or(NotTaken::Unreadable)?;
        if file.units.iter().all(|unit| unit.slug.get_ref() != taking.unit) {
            return Err(NotTaken::Unknown);
        }
        let chosen: Vec<_> = taking.laid.slides.iter().filter(|slide| taking.slides.contains(&slide.number)).collect();
        if chosen.is_empty() {
            return Err(NotTaken::Nothing);
        }
        let ids = self.free_ids(&file, taking.unit, chosen.len());
        let mut lessons = Vec::new();
        for lang in file.languages.iter().filter_map(|code| code.parse::<Lang>().ok()) {
            let name = lesson(taking.unit, lang);
            let there = self.text(&name).trim_end();
            let there = there.strip_suffix("---").map_or(there, str::trim_end);
            let mut slides: Vec<String> = Some(there.to_owned()).filter(|text| !text.is_empty()).into_iter().collect();
            let written = |(slide, id): (&&slides::Slide, &String)| {
                compose(slide, id, &(taking.title)(slide.number, lang), &taking.laid.photos).trim_end().to_owned()
            };
            slides.extend(chosen.iter().zip(&ids).map(written));
            let text = format!("{}\n", slides.join("\n\n---\n\n"));
            if text.chars().count() > LESSON_MAX {
                return Err(NotTaken::TooLong);
            }
            lessons.push((name, text));
        }
        for (name, text) in lessons {
            self.put(&name, text);
        }
        for photo in chosen.iter().flat_map(|slide| taking.laid.photos_of(slide)) {
            self.put(&format!("units/{}/{}", taking.unit, photo.name()), photo.written());
        }
        Ok(chosen.len())
    }

    /// Ids for slides of a unit, which no slide of the course has.
    fn free_ids(&self, file: &CourseFile, unit: &str, count: usize) -> Vec<String> {
        let taken: BTreeSet<String> = file.units.iter().flat_map(|unit| self.slides(unit.slug.get_ref())).map(|(id, _)| id).collect();
        (1..).map(|n| format!("{unit}-{n}")).filter(|id| !taken.contains(id)).take(count).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use slides::{Block, Picture, PictureKind, Slide};

    use crate::content::lesson::Part;
    use crate::content::photo::Photo;

    fn laid() -> Laid {
        let picture = Picture { kind: PictureKind::Png, width: 4, height: 3, bytes: b"points".to_vec() };
        let shown = |alt: &str| Block::Picture { at: 0, alt: alt.to_owned(), is_decorative: false };
        let slide =
            |number, title: &str, blocks| Slide { number, title: title.to_owned(), blocks, notes: "話".to_owned(), ..Slide::default() };
        Laid {
            name: "研修.pptx".to_owned(),
            slides: vec![slide(1, "一", vec![shown("図")]), slide(2, "", vec![shown("")]), slide(4, "四", Vec::new())],
            photos: vec![Photo::kept(objects::Hash::of(&picture.bytes), &picture)],
            left: Vec::new(),
        }
    }

    #[test]
    fn slides_come_behind_those_of_the_unit_and_the_loader_judges_them() {
        let (laid, mut files) = (laid(), Bundle::of_disk("beginner").expect("it stands in data/courses"));
        let before = files.slides("habits").len();
        let take = |files: &mut Bundle, slides, unit| {
            files.take_slides(&Taking { laid: &laid, slides, unit, title: &|number, _| format!("スライド{number}") })
        };
        assert_eq!(take(&mut files, 3..=3, "habits"), Err(NotTaken::Nothing));
        assert_eq!(take(&mut files, 1..=9, "nowhere"), Err(NotTaken::Unknown));
        assert_eq!(take(&mut files, 1..=1, "habits"), Ok(1));
        assert_eq!(take(&mut files, 4..=9, "habits"), Ok(1));
        let slides = files.slides("habits");
        assert_eq!((slides.len(), slides[before].clone()), (before + 2, ("habits-1".to_owned(), "一".to_owned())));
        let course = files.load("beginner").unwrap();
        let face = course.slide("habits-1").unwrap().0.slides[before].face(Lang::Ja);
        assert!(matches!(&face.parts[0], Part::Photo { alt, .. } if alt == "図"));
        assert_eq!(take(&mut files, 2..=2, "habits"), Ok(1));
        let faults = files.load("beginner").unwrap_err();
        assert!(faults.iter().all(|fault| fault.what == "no-alt") && faults.len() == 2, "{faults:?}");
    }
}
