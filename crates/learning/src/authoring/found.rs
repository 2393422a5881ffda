use access::Hand;
use db::{DbResult, Tx};
use kernel::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use super::begin;
use super::bundle::Bundle;
use super::version::VersionId;
use crate::content::Exam;
use crate::content::file::{Completion, CourseFile, unplaced};
use crate::content::text::{Text, Texts};

/// A course that there is not yet.
#[derive(Clone, Debug)]
pub struct Founded {
    /// Its address.
    pub slug: String,
    /// For whom it is.
    pub audience: String,
    /// Its title; English as well makes it a course of two languages.
    pub title: Text,
    /// The title of its first unit.
    pub unit: Text,
    /// What its first slide says.
    pub body: Text,
    /// What is said with it.
    pub notes: Text,
}

/// Why there is no new course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotFounded {
    /// There is one at this address.
    Taken,
}

/// Begins the first version of a course that stands nowhere yet: one unit, one slide, no question. The loader says what it lacks.
pub async fn found(tx: &mut Tx<'_>, new: &Founded, hand: &Hand, now: Timestamp) -> DbResult<Result<VersionId, NotFounded>> {
    if crate::content::course(&new.slug).is_some() || Bundle::of_disk(&new.slug).is_some() {
        return Ok(Err(NotFounded::Taken));
    }
    let label = format!("{}.1", now.day().year());
    let files = files(new, &label, now);
    Ok(begin::add(tx, (&new.slug, 1, &label), &files, hand, now).await?.ok_or(NotFounded::Taken))
}

fn files(new: &Founded, label: &str, now: Timestamp) -> Bundle {
    let is_english = !new.title.en.is_empty();
    let exam = |pass_percent| unplaced(Exam { pass_percent, draw: Vec::new() });
    let mut file = CourseFile {
        slug: unplaced(new.slug.clone()),
        version: label.to_owned(),
        audience: new.audience.clone(),
        languages: if is_english { vec!["ja".to_owned(), "en".to_owned()] } else { vec!["ja".to_owned()] },
        minutes: unplaced(0),
        available_from: unplaced(now.day().to_string()),
        available_until: unplaced(now.plus(Span::days(365)).day().to_string()),
        sources: Vec::new(),
        title: new.title.clone(),
        summary: Text::default(),
        objectives: Texts::default(),
        units: Vec::new(),
        test: exam(80),
        test_out: exam(90),
        completion: Completion { units: unplaced("all".to_owned()), test: true },
    };
    let mut files = Bundle::default();
    files.put_questions(Vec::new());
    files.push_unit(&mut file, "first", &new.unit, 4, &new.body, &new.notes);
    files.put_arranged(file);
    files
}
