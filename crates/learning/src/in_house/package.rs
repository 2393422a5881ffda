//! The zip that somebody takes along: a page that needs nothing but itself.

use web::Words;

use super::course::Data;
use crate::carried::{Archive, Figures, NotPacked, Standing, script};

/// Packs the page of a kit.
pub fn pack(data: &Data<'_>, figures: &Figures, title: &str, w: Words) -> Result<Vec<u8>, NotPacked> {
    let mut archive = Archive::new();
    let head = w.t("kit-page-head");
    let page = Standing { name: "kit", data: "data", title, head: &head, speaks: false, languages: &[w] };
    archive.add("index.html", page.html().as_bytes())?;
    archive.add_asset("kit.css", "css/kit.css")?;
    archive.add_asset("kit.js", "bundles/kit.js")?;
    archive.add("data.js", script("MIST_KIT", data)?.as_bytes())?;
    archive.add_text("README.txt", &w.t("kit-readme"))?;
    for (name, svg) in figures.files() {
        archive.add(&name, svg.as_bytes())?;
    }
    archive.finish()
}
