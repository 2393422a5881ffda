use serde::Serialize;
use web::Words;

use crate::content::lesson::Part;
use crate::content::photo::Photos;
use crate::content::scene::Scene;
use crate::content::{Course, Unit};
use crate::kit::{drawing, scene_rows};

/// A slide in one language.
#[derive(Serialize)]
pub(crate) struct SlideData {
    id: String,
    /// The place of its unit among those that are there.
    unit: usize,
    heading: String,
    parts: Vec<PartData>,
    notes: String,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum PartData {
    Prose { html: String },
    Figure { src: String, alt: String },
    Aside { role: &'static str, label: String, html: String },
    Scene { scene: SceneData },
    Contacts,
}

/// Something to look at.
#[derive(Serialize)]
pub(crate) struct SceneData {
    title: String,
    situation: String,
    rows: Vec<(String, String)>,
    src: String,
    alt: String,
}

/// Drawings: each once, under a name of its own.
pub struct Figures {
    drawings: Vec<String>,
    photos: Photos,
}

impl Figures {
    /// None yet; `photos` are the pictures of the course.
    pub fn with(photos: Photos) -> Self {
        Self { drawings: Vec::new(), photos }
    }

    fn name(&mut self, svg: &str) -> String {
        let svg = drawing(svg);
        let at = self.drawings.iter().position(|known| *known == svg).unwrap_or_else(|| {
            self.drawings.push(svg);
            self.drawings.len() - 1
        });
        format!("figures/{:03}.svg", at + 1)
    }

    /// Their names and what they are.
    pub fn files(&self) -> impl Iterator<Item = (String, &str)> {
        (1..).zip(&self.drawings).map(|(n, svg): (usize, _)| (format!("figures/{n:03}.svg"), svg.as_str()))
    }
}

/// The slides of these units, in their order.
pub(crate) fn slides<'c>(course: &Course, units: impl IntoIterator<Item = &'c Unit>, figures: &mut Figures, w: Words) -> Vec<SlideData> {
    let mut slides = Vec::new();
    for (unit, of) in units.into_iter().enumerate() {
        for slide in &of.slides {
            let face = slide.face(w.lang);
            let parts = face.parts.iter().filter_map(|part| set(course, part, figures, w)).collect();
            let (id, heading, notes) = (slide.id.clone(), face.heading.clone(), face.notes.clone());
            slides.push(SlideData { id, unit, heading, parts, notes });
        }
    }
    slides
}

fn set(course: &Course, part: &Part, figures: &mut Figures, w: Words) -> Option<PartData> {
    let aside = |role, label: String, html: &String| PartData::Aside { role, label, html: html.clone() };
    Some(match part {
        Part::Prose(html) => PartData::Prose { html: html.clone() },
        Part::Figure { svg, alt } => PartData::Figure { src: figures.name(svg), alt: alt.clone() },
        Part::Photo { photo, alt } => {
            let svg = figures.photos.drawing(photo);
            PartData::Figure { src: figures.name(&svg), alt: alt.clone() }
        }
        Part::Term { word, html } => aside("term", word.clone(), html),
        Part::Do(html) => aside("do", w.t("learning-do"), html),
        Part::Dont(html) => aside("dont", w.t("learning-dont"), html),
        Part::Dated { when, html } => aside("dated", when.clone(), html),
        Part::Scene(name) => PartData::Scene { scene: look(course.scene(name)?, figures, w) },
        Part::Contacts => PartData::Contacts,
    })
}

/// A scene as it is looked at.
pub(super) fn look(scene: &Scene, figures: &mut Figures, w: Words) -> SceneData {
    let (src, alt) = match &scene.picture {
        Some((svg, alt)) => (figures.name(svg), alt.get(w.lang).to_owned()),
        None => (String::new(), String::new()),
    };
    let (title, situation) = (scene.title.get(w.lang).to_owned(), scene.situation.get(w.lang).to_owned());
    SceneData { title, situation, rows: scene_rows(scene, w), src, alt }
}
