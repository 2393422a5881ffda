//! The units of a course: which there are, and in which order.

use kernel::Lang;

use super::bundle::{Bundle, lesson, slides};
use crate::content::course::Draw;
use crate::content::file::{CourseFile, UnitFile, unplaced};
use crate::content::text::Text;

/// The most characters of an address.
pub const SLUG_MAX: usize = 40;

/// Why the units stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotArranged {
    /// `course.toml` cannot be read.
    Unreadable,
    /// There is no such unit.
    Unknown,
    /// Another unit has this address.
    Taken,
    /// It is the only one.
    Last,
}

/// Where a unit goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Before the one before it.
    Up,
    /// Behind the one behind it.
    Down,
}

/// Whether this can be the address of a course or a unit: small letters, digits and hyphens, beginning with a letter.
pub fn is_slug(text: &str) -> bool {
    let rest = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.len() <= SLUG_MAX && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(rest) && !text.ends_with('-')
}

impl Bundle {
    /// Adds a unit at the end, with one slide that says `body` and `notes`, and lets the early test ask one of its questions.
    pub fn add_unit(&mut self, slug: &str, title: &Text, minutes: i64, body: &Text, notes: &Text) -> Result<(), NotArranged> {
        let mut file = self.course().ok_or(NotArranged::Unreadable)?;
        if file.units.iter().any(|unit| unit.slug.get_ref() == slug) {
            return Err(NotArranged::Taken);
        }
        self.push_unit(&mut file, slug, title, minutes, body, notes);
        self.put_arranged(file);
        Ok(())
    }

    /// The same for a course that is known not to have this unit, in `file` and beside it.
    pub(super) fn push_unit(&mut self, file: &mut CourseFile, slug: &str, title: &Text, minutes: i64, body: &Text, notes: &Text) {
        file.units.push(UnitFile { slug: unplaced(slug.to_owned()), minutes, title: title.clone(), checklist: Vec::new() });
        file.test_out.get_mut().draw.push(Draw { pool: slug.to_owned(), count: 1 });
        for lang in file.languages.iter().filter_map(|code| code.parse::<Lang>().ok()) {
            let (heading, body, notes) = (title.get(lang), body.get(lang), notes.get(lang));
            self.put(&lesson(slug, lang), format!("## {heading} {{#{slug}-1}}\n\n{body}\n\n::: notes\n{notes}\n:::\n"));
        }
    }

    /// Moves a unit by one; at the edge it stays.
    pub fn move_unit(&mut self, slug: &str, way: Way) -> Result<(), NotArranged> {
        let mut file = self.course().ok_or(NotArranged::Unreadable)?;
        let at = file.units.iter().position(|unit| unit.slug.get_ref() == slug).ok_or(NotArranged::Unknown)?;
        let to = match way {
            Way::Up => at.saturating_sub(1),
            Way::Down => (at + 1).min(file.units.len() - 1),
        };
        file.units.swap(at, to);
        self.put_arranged(file);
        Ok(())
    }

    /// Takes a unit away, with its lesson, its questions, and what the tests ask of them.
    pub fn remove_unit(&mut self, slug: &str) -> Result<(), NotArranged> {
        let mut file = self.course().ok_or(NotArranged::Unreadable)?;
        if file.units.iter().all(|unit| unit.slug.get_ref() != slug) {
            return Err(NotArranged::Unknown);
        }
        if file.units.len() == 1 {
            return Err(NotArranged::Last);
        }
        file.units.retain(|unit| unit.slug.get_ref() != slug);
        for exam in [&mut file.test, &mut file.test_out] {
            exam.get_mut().draw.retain(|draw| draw.pool != slug);
        }
        if let Some(questions) = self.questions() {
            self.put_questions(questions.into_iter().filter(|question| question.pool != slug).collect());
        }
        self.drop_below(&format!("units/{slug}/"));
        self.put_arranged(file);
        Ok(())
    }

    /// Moves a slide of a unit by one, in every language; at the edge it stays.
    pub fn move_slide(&mut self, unit: &str, id: &str, way: Way) -> Result<(), NotArranged> {
        self.arrange_slides(unit, id, |slides, at| {
            let to = match way {
                Way::Up => at.saturating_sub(1),
                Way::Down => (at + 1).min(slides.len() - 1),
            };
            slides.swap(at, to);
            Ok(())
        })
    }

    /// Takes a slide of a unit away, in every language. Its questions stay: the loader says of each that it points to nothing.
    pub fn remove_slide(&mut self, unit: &str, id: &str) -> Result<(), NotArranged> {
        self.arrange_slides(unit, id, |slides, at| {
            if slides.len() == 1 {
                return Err(NotArranged::Last);
            }
            slides.remove(at);
            Ok(())
        })
    }

    fn arrange_slides(
        &mut self,
        unit: &str,
        id: &str,
        change: impl Fn(&mut Vec<String>, usize) -> Result<(), NotArranged>,
    ) -> Result<(), NotArranged> {
        let file = self.course().ok_or(NotArranged::Unreadable)?;
        let languages: Vec<Lang> = file.languages.iter().filter_map(|code| code.parse().ok()).collect();
        let mut lessons = Vec::new();
        for lang in languages {
            let name = lesson(unit, lang);
            let there = slides(self.text(&name));
            let at = there.iter().position(|(known, _)| *known == id).ok_or(NotArranged::Unknown)?;
            let mut texts: Vec<String> = there.into_iter().map(|(_, text)| text.to_owned()).collect();
            change(&mut texts, at)?;
            lessons.push((name, format!("{}\n", texts.join("\n\n---\n\n"))));
        }
        for (name, text) in lessons {
            self.put(&name, text);
        }
        Ok(())
    }

    /// Writes `course.toml` with the minutes of its units.
    pub(super) fn put_arranged(&mut self, mut file: CourseFile) {
        file.minutes = unplaced(file.units.iter().map(|unit| unit.minutes).sum());
        self.put_course(&file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SLUGS: [&str; 5] = ["habits", "network", "first", "second", "third"];

    fn text(words: &str) -> Text {
        Text::plain(words)
    }

    proptest! {
        /// Whatever is added, moved and taken away: the units are those that were foretold, and everything else goes with them.
        #[test]
        fn lessons_questions_and_draws_follow_the_units(deeds in proptest::collection::vec((0..4u8, 0..SLUGS.len()), 1..40)) {
            let mut files = Bundle::of_disk("beginner").expect("it stands in data/courses");
            let mut foretold: Vec<String> = files.course().unwrap().units.iter().map(|unit| unit.slug.get_ref().clone()).collect();
            for (what, which) in deeds {
                let slug = SLUGS[which];
                let at = foretold.iter().position(|known| known == slug);
                match what {
                    0 => {
                        let added = files.add_unit(slug, &text("題"), 3, &text("本文"), &text("話す言葉"));
                        prop_assert_eq!(added.is_ok(), at.is_none());
                        if at.is_none() { foretold.push(slug.to_owned()); }
                    }
                    1 => {
                        prop_assert_eq!(files.remove_unit(slug).is_ok(), at.is_some() && foretold.len() > 1);
                        if foretold.len() > 1 { foretold.retain(|known| known != slug); }
                    }
                    _ => {
                        let way = if what == 2 { Way::Up } else { Way::Down };
                        prop_assert_eq!(files.move_unit(slug, way).is_ok(), at.is_some());
                        if let Some(at) = at {
                            let to = if what == 2 { at.saturating_sub(1) } else { (at + 1).min(foretold.len() - 1) };
                            foretold.swap(at, to);
                        }
                    }
                }
                let file = files.course().unwrap();
                let units: Vec<String> = file.units.iter().map(|unit| unit.slug.get_ref().clone()).collect();
                prop_assert_eq!(&units, &foretold);
                prop_assert_eq!(*file.minutes.get_ref(), file.units.iter().map(|unit| unit.minutes).sum::<i64>());
                for unit in &units { prop_assert!(!files.text(&lesson(unit, Lang::Ja)).is_empty(), "{} has no lesson", unit); }
                prop_assert!(files.questions().unwrap().iter().all(|question| units.contains(&question.pool)));
                for exam in [&file.test, &file.test_out] {
                    prop_assert!(exam.get_ref().draw.iter().all(|draw| units.contains(&draw.pool)));
                }
            }
        }
    }

    #[test]
    fn slides_are_moved_and_taken_away_in_every_language() {
        let mut files = Bundle::of_disk("beginner").expect("it stands in data/courses");
        let ids = |files: &Bundle| files.slides("habits").into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        let mut foretold = ids(&files);
        let second = foretold[1].clone();
        files.move_slide("habits", &second, Way::Up).unwrap();
        files.move_slide("habits", &second, Way::Up).unwrap();
        foretold.swap(0, 1);
        assert_eq!(ids(&files), foretold);
        files.move_slide("habits", &second, Way::Down).unwrap();
        foretold.swap(0, 1);
        assert!(files.load("beginner").is_ok(), "both languages have the same slides in the same order");
        files.remove_slide("habits", &foretold[2]).unwrap();
        let gone = foretold.remove(2);
        assert_eq!(ids(&files), foretold);
        assert_eq!(files.remove_slide("habits", &gone), Err(NotArranged::Unknown));
        for id in &foretold[1..] {
            files.remove_slide("habits", id).unwrap();
        }
        assert_eq!(files.remove_slide("habits", &foretold[0]), Err(NotArranged::Last));
    }

    #[test]
    fn addresses_are_small_letters_digits_and_hyphens() {
        for fine in ["a", "first-aid", "r7", "a1-b2"] {
            assert!(is_slug(fine), "{fine}");
        }
        for wrong in ["", "A", "1a", "-a", "a-", "a_b", "あ", "a b", "a.b", "a/b", &"a".repeat(SLUG_MAX + 1)] {
            assert!(!is_slug(wrong), "{wrong}");
        }
    }
}
