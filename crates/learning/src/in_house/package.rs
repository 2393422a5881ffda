//! The zip that somebody takes along: a page that needs nothing but itself.

use std::io::{Cursor, Write as _};
use web::Words;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::course::{Data, Figures};

/// Why there is no zip.
#[derive(Debug, thiserror::Error)]
pub enum NotPacked {
    /// The archive could not be written.
    #[error(transparent)]
    Archive(#[from] zip::result::ZipError),
    /// A file of it could not be written.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// What the page needs to know could not be written.
    #[error(transparent)]
    Data(#[from] serde_json::Error),
    /// The page's script or styles are not there.
    #[error("there is no {0}; the bundles are made by: node assets/bundle.mjs")]
    Absent(&'static str),
}

/// Packs the page of a kit. The same kit gives the same bytes: no machine's clock in it.
pub fn pack(data: &Data<'_>, figures: &Figures, title: &str, w: Words) -> Result<Vec<u8>, NotPacked> {
    let asset = |name: &'static str| web::asset_file(name).ok_or(NotPacked::Absent(name));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), NotPacked> {
        archive.start_file(name, SimpleFileOptions::default().last_modified_time(DateTime::default()))?;
        Ok(archive.write_all(bytes)?)
    };
    add("index.html", page(title, w).as_bytes())?;
    add("kit.css", &asset("css/kit.css")?)?;
    add("kit.js", &asset("bundles/kit.js")?)?;
    add("data.js", script(data)?.as_bytes())?;
    // For the editor of Windows: a mark in front, and its ends of lines.
    add("README.txt", format!("\u{feff}{}", w.t("kit-readme")).replace('\n', "\r\n").as_bytes())?;
    for (name, svg) in figures.files() {
        add(&name, svg.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// What the page knows, as a classic script: from a disk, a browser fetches no JSON.
fn script(data: &Data<'_>) -> Result<String, serde_json::Error> {
    Ok(format!("globalThis.MIST_KIT = {};\n", serde_json::to_string(data)?.replace('<', "\\u003c")))
}

/// The page itself. From a disk, 'self' is no origin, and the scheme is named.
fn page(title: &str, w: Words) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
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
