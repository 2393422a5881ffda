//! The zip that somebody takes along: a page that needs nothing but itself.

use web::Words;

use super::course::Data;
use crate::carried::{Archive, Figures, NotPacked, escaped, script};

/// Packs the page of a kit.
pub fn pack(data: &Data<'_>, figures: &Figures, title: &str, w: Words) -> Result<Vec<u8>, NotPacked> {
    let mut archive = Archive::new();
    archive.add("index.html", page(title, w).as_bytes())?;
    archive.add_asset("kit.css", "css/kit.css")?;
    archive.add_asset("kit.js", "bundles/kit.js")?;
    archive.add("data.js", script("MIST_KIT", data)?.as_bytes())?;
    archive.add_text("README.txt", &w.t("kit-readme"))?;
    for (name, svg) in figures.files() {
        archive.add(&name, svg.as_bytes())?;
    }
    archive.finish()
}

/// The page itself. From a disk, 'self' is no origin, and the scheme is named.
fn page(title: &str, w: Words) -> String {
    format!(
        r#"<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="stylesheet" href="kit.css">
</head>
<body>
<header>{head}</header>
<main id="main"><noscript><p>{needs}</p></noscript></main>
<script src="data.js"></script>
<script src="kit.js"></script>
</body>
</html>
"#,
        lang = w.lang.code(),
        title = escaped(title),
        head = escaped(&w.t("kit-page-head")),
        needs = escaped(&w.t("kit-page-no-script")),
    )
}
