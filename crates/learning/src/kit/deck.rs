use kernel::Lang;
use pdf::kit::{Block, Deck, DeckPart, DeckSlide};
use web::{Settings, Words};

use super::prose::blocks;
use super::session::Session;
use super::sheet::{foot, over, terms};
use crate::content::lesson::Part;
use crate::content::photo::Photos;
use crate::content::scene::Scene;
use crate::content::{Course, Slide, Unit};

/// The colours of drawings in print: the light ones of the pages.
const STYLE: &str =
    "<style>.ink{fill:#1a1a1a}.soft{fill:#e8f1fe}.accent{fill:#0017c1}.warn{fill:#ce0000}.good{fill:#197a4b}.paper{fill:#ffffff}</style>";

/// These units of a course as slides, with what an institution has said about its session.
pub(super) fn deck(course: &Course, units: &[&Unit], photos: &Photos, session: &Session, settings: &Settings, w: Words) -> Deck {
    let lang = w.lang;
    let part = |(n, unit): (usize, &&Unit)| DeckPart {
        over: w.count("kit-unit-number", n),
        title: unit.title.get(lang).to_owned(),
        minutes: w.count("kit-minutes", unit.minutes),
        slides: unit.slides.iter().map(|slide| set(course, slide, photos, w)).collect(),
    };
    Deck {
        lang: lang.code().to_owned(),
        title: course.title.get(lang).to_owned(),
        over: over(course, w),
        institution: session.institution.clone(),
        facts: session.facts(w),
        parts: (1..).zip(units).map(part).collect(),
        contacts_title: w.t("kit-contacts"),
        contacts: session.contacts(w),
        contacts_note: w.t("kit-contacts-note"),
        script_title: w.t("kit-paper-script"),
        script_lead: w.t("kit-script-lead"),
        terms: terms(&course.version, settings, w),
        foot: foot(course, settings, w),
        issuer: settings.text("operator.name", w.lang).to_owned(),
    }
}

fn set(course: &Course, slide: &Slide, photos: &Photos, w: Words) -> DeckSlide {
    let face = slide.face(w.lang);
    DeckSlide {
        heading: face.heading.clone(),
        blocks: face.parts.iter().flat_map(|part| set_part(course, part, photos, w)).collect(),
        notes: face.notes.clone(),
    }
}

fn set_part(course: &Course, part: &Part, photos: &Photos, w: Words) -> Vec<Block> {
    let aside = |role: &str, label: String, html: &str| vec![Block::Aside { role: role.to_owned(), label, blocks: blocks(html) }];
    match part {
        Part::Prose(html) => blocks(html),
        Part::Figure { svg, alt } => vec![Block::Figure { svg: drawing(svg), alt: alt.clone() }],
        // On paper nothing is hidden from whoever listens: a picture for its looks is called that.
        Part::Photo { photo, alt } if alt.is_empty() => vec![Block::Figure { svg: photos.drawing(photo), alt: w.t("learning-decorative") }],
        Part::Photo { photo, alt } => vec![Block::Figure { svg: photos.drawing(photo), alt: alt.clone() }],
        Part::Term { word, html } => aside("term", word.clone(), html),
        Part::Do(html) => aside("do", w.t("learning-do"), html),
        Part::Dont(html) => aside("dont", w.t("learning-dont"), html),
        Part::Dated { when, html } => aside("dated", when.clone(), html),
        Part::Contacts => vec![Block::Contacts],
        Part::Scene(name) => course.scene(name).map_or_else(Vec::new, |scene| set_scene(scene, w)),
    }
}

fn set_scene(scene: &Scene, w: Words) -> Vec<Block> {
    let told = Block::Scene {
        title: scene.title.get(w.lang).to_owned(),
        situation: scene.situation.get(w.lang).to_owned(),
        rows: scene_rows(scene, w),
    };
    let seen = scene.picture.as_ref().map(|(svg, alt)| Block::Figure { svg: drawing(svg), alt: alt.get(w.lang).to_owned() });
    std::iter::once(told).chain(seen).collect()
}

/// What is to be read of a scene: who or what, and the words.
pub(crate) fn scene_rows(scene: &Scene, w: Words) -> Vec<(String, String)> {
    let named = |part: &str| {
        let key = format!("learning-part-{}", part.replace('_', "-"));
        if w.has(&key) { w.t(&key) } else { String::new() }
    };
    let row = |row: &crate::content::scene::Row| {
        let who = row.who.get(w.lang);
        (if who.is_empty() { named(&row.part) } else { who.to_owned() }, row.text.get(w.lang).to_owned())
    };
    scene.rows.iter().map(row).collect()
}

/// A drawing that brings its colours and a typeface along, for where no page gives them.
pub(crate) fn drawing(svg: &str) -> String {
    match svg.find("<svg").and_then(|start| Some((start, start + svg[start..].find('>')?))) {
        Some((start, end)) => {
            let family = if svg[start..end].contains("font-family") { "" } else { " font-family=\"BIZ UDPGothic\"" };
            format!("{}{family}>{STYLE}{}", &svg[..end], &svg[end + 1..])
        }
        None => svg.to_owned(),
    }
}

/// The words in which a course is taught to a reader.
pub(super) fn words(course: &Course, lang: Lang) -> Words {
    Words::of(course.lang(lang))
}
