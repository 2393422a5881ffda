use kernel::Lang;
use serde::Deserialize;
use web::{Words, data_text};

use super::course::Course;
use super::load::load;
use super::{course, read};

#[derive(Deserialize)]
struct Facts {
    fact: Vec<Fact>,
}

#[derive(Deserialize)]
struct Fact {
    of: String,
    slides: Vec<String>,
}

/// The beginners' course with one file put otherwise.
fn with(file: &str, from: &str, to: &str) -> Result<Course, Vec<String>> {
    let scenes: Vec<String> = web::data_names("courses/beginner/scenes")
        .iter()
        .filter_map(|name| Some(name.strip_prefix("courses/beginner/scenes/")?.strip_suffix(".toml")?.to_owned()))
        .collect();
    let files = |name: &str| {
        let text = data_text(&format!("courses/{name}"));
        let text = if name == format!("beginner/{file}") { text.replacen(from, to, 1) } else { text };
        Some(text).filter(|text| !text.is_empty())
    };
    load("beginner", &scenes, &files).map_err(|faults| faults.iter().map(|fault| fault.words(Words::of(Lang::Ja))).collect())
}

#[test]
fn all_courses_are_in_order() {
    let (courses, faults) = read();
    let said: Vec<String> = faults.iter().map(|fault| fault.words(Words::of(Lang::Ja))).collect();
    assert_eq!(said, Vec::<String>::new());
    let slugs: Vec<&str> = courses.iter().map(|course| course.slug.as_str()).collect();
    assert_eq!(slugs, ["beginner", "executive", "admin", "inspection"]);
    for course in &courses {
        assert!(course.questions.len() >= 40, "{} has {} questions", course.slug, course.questions.len());
        assert!((10..=15).contains(&course.test.asked()), "{}: {} are asked", course.slug, course.test.asked());
        for unit in &course.units {
            assert!((5..=8).contains(&unit.slides.len()), "{}/{} has {} slides", course.slug, unit.slug, unit.slides.len());
            assert_eq!(course.asked_in(&unit.slug).count(), 2, "{}/{}", course.slug, unit.slug);
        }
    }
}

#[test]
fn every_fact_of_the_deck_is_taught_on_a_slide_that_exists() {
    let facts: Facts = toml::from_str(&data_text("courses/beginner/facts.toml")).unwrap();
    let beginner = course("beginner").unwrap();
    assert!(facts.fact.len() > 50, "{} facts", facts.fact.len());
    for fact in facts.fact {
        assert!(!fact.slides.is_empty(), "{} is taught nowhere", fact.of);
        for slide in &fact.slides {
            assert!(beginner.slide(slide).is_some(), "{} points to {slide}", fact.of);
        }
    }
}

#[test]
fn a_fault_is_named_with_file_and_line_in_words() {
    let said = |file: &str, from: &str, to: &str| with(file, from, to).unwrap_err().join("\n");
    let wrong = said("questions.toml", "slide = \"night-shift-later\"", "slide = \"nowhere\"");
    assert!(wrong.contains("beginner/questions.toml") && wrong.contains("行目") && wrong.contains("nowhere"), "{wrong}");
    for (file, from, to, words) in [
        ("course.toml", "minutes = 55", "minutes = 54", "54"),
        ("course.toml", "2026-11-01", "11月1日", "11月1日"),
        ("course.toml", "{ pool = \"habits\", count = 1 }", "{ pool = \"habits\", count = 9 }", "habits"),
        ("course.toml", "[[units]]", "[[unit]]", "unit"),
        ("units/habits/lesson.ja.md", "{#body-habits}", "", "体の不養生"),
        ("units/habits/lesson.en.md", "{#body-habits}", "{#body}", "body"),
        ("units/habits/lesson.ja.md", "figures/later-button.svg", "figures/gone.svg", "figures/gone.svg"),
        ("questions.toml", "kind = \"one\"", "kind = \"two\"", "two"),
        ("scenes/login-page.toml", "on = \"mobile\"", "on = \"tablet\"", "code"),
        ("scenes/login-page.toml", "mark.ja = \"あと10分で", "mark.ja = \"あと20分で", "countdown"),
    ] {
        let wrong = said(file, from, to);
        assert!(wrong.contains(&format!("beginner/{file}")) && wrong.contains(words), "{file}: {wrong}");
    }
    assert!(with("course.toml", "", "").is_ok());
}
