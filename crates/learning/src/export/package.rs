use cmi5::vocabulary::MANIFEST;
use kernel::Lang;
use web::{Settings, Words};

use super::part::{Part, file};
use super::structure::{structure, title};
use super::{Ids, unit};
use crate::carried::{Archive, Figures, NotPacked, escaped, script};
use crate::content::Course;
use crate::content::photo::Photos;

/// The zip of a course, for other learning systems.
pub fn package(course: &Course, photos: Photos, ids: &Ids, settings: &Settings) -> Result<Vec<u8>, NotPacked> {
    let mut archive = Archive::new();
    archive.add(MANIFEST, structure(course, ids)?.write().as_bytes())?;
    archive.add_asset("unit.css", "css/kit.css")?;
    archive.add_asset("unit.js", "bundles/unit.js")?;
    let languages: Vec<Words> = course.languages.iter().map(|lang| Words::of(*lang)).collect();
    let read_me: Vec<String> = languages.iter().map(|w| w.t("export-readme")).collect();
    archive.add_text("README.txt", &read_me.join("\n\n"))?;
    let mut figures = Figures::with(photos);
    for (position, part) in Part::all(course).into_iter().enumerate() {
        let name = file(position);
        archive.add(&format!("{name}.html"), page(part, &name, &languages).as_bytes())?;
        archive.add(&format!("{name}.js"), script("MIST_UNIT", &unit::data(course, part, settings, &mut figures))?.as_bytes())?;
    }
    for (name, svg) in figures.files() {
        archive.add(&name, svg.as_bytes())?;
    }
    archive.finish()
}

/// The page of a part. It speaks to whatever learning system launches it, wherever that is.
fn page(part: Part<'_>, data: &str, languages: &[Words]) -> String {
    let w = languages.first().copied().unwrap_or_else(|| Words::of(Lang::Ja));
    let needs: Vec<String> =
        languages.iter().map(|w| format!("<p lang=\"{}\">{}</p>", w.lang.code(), escaped(&w.t("kit-page-no-script")))).collect();
    format!(
        r#"<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; connect-src https: http:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="stylesheet" href="unit.css">
</head>
<body>
<header id="head"></header>
<main id="main"><noscript>{needs}</noscript></main>
<script src="{data}.js"></script>
<script src="unit.js"></script>
</body>
</html>
"#,
        lang = w.lang.code(),
        title = escaped(&title(part, w)),
        needs = needs.concat(),
    )
}
