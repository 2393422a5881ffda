use cmi5::vocabulary::MANIFEST;
use kernel::Lang;
use web::{Settings, Words};

use super::part::{Part, file};
use super::structure::{structure, title};
use super::{Ids, unit};
use crate::carried::{Archive, Figures, NotPacked, Standing, script};
use crate::content::Course;
use crate::content::photo::Photos;

/// The zip of a course, for other learning systems.
pub fn package(course: &Course, photos: Photos, ids: &Ids, settings: &Settings) -> Result<Vec<u8>, NotPacked> {
    let mut archive = Archive::new();
    archive.add(MANIFEST, structure(course, ids)?.write().as_bytes())?;
    archive.add_asset("unit.css", "css/kit.css")?;
    archive.add_asset("unit.js", "bundles/unit.js")?;
    let languages: Vec<Words> = course.languages.iter().map(|lang| Words::of(*lang)).collect();
    let first = languages.first().copied().unwrap_or_else(|| Words::of(Lang::Ja));
    let read_me: Vec<String> = languages.iter().map(|w| w.t("export-readme")).collect();
    archive.add_text("README.txt", &read_me.join("\n\n"))?;
    let mut figures = Figures::with(photos);
    for (position, part) in Part::all(course).into_iter().enumerate() {
        let name = file(position);
        let title = title(part, first);
        let page = Standing { name: "unit", data: &name, title: &title, head: "", speaks: true, languages: &languages };
        archive.add(&format!("{name}.html"), page.html().as_bytes())?;
        archive.add(&format!("{name}.js"), script("MIST_UNIT", &unit::data(course, part, settings, &mut figures))?.as_bytes())?;
    }
    for (name, svg) in figures.files() {
        archive.add(&name, svg.as_bytes())?;
    }
    archive.finish()
}
