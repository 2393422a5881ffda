//! Language maps: texts by language tag (xAPI-Data 4.2).

use crate::Json;
use crate::check::{At, Checked};
use crate::json::Object;
use crate::language::{self, Languages};
use crate::refusal::Problem;
use crate::requirement::{self, Requirement};

/// An object that is not empty, whose keys are tags and whose values are texts.
pub(crate) fn check(at: At<'_>, requirement: Requirement) -> Checked {
    if at.object(requirement)?.is_empty() {
        return Err(at.refuse(requirement::LANGUAGE_MAP, Problem::Empty));
    }
    at.each_key(requirement, |tag, text| {
        if !language::is_tag(tag) {
            return Err(text.refuse(requirement::LANGUAGE_TAG, Problem::NotALanguage(tag.to_owned())));
        }
        text.string(requirement).map(|_| ())
    })
}

/// Leaves the one language that suits best (`format=canonical`, xAPI-Communication 2.1.3.s1).
pub(crate) fn keep_one(map: &mut Json, languages: &Languages) {
    let Some(object) = map.as_object() else { return };
    let tags: Vec<&str> = object.iter().map(|(tag, _)| tag).collect();
    if let Some((tag, text)) = languages.choose(&tags).and_then(|tag| Some((tag.to_owned(), object.get(tag)?.clone()))) {
        let mut one = Object::new();
        one.insert(tag, text);
        *map = one.into();
    }
}

/// Adds the texts of another map; where both have a language, the other's is the later one and stays.
pub(crate) fn merge(map: &mut Object, later: &Object) {
    for (tag, text) in later.iter() {
        map.insert(tag, text.clone());
    }
}
