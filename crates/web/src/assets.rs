use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use crate::cache::{brotli, gzip};

#[derive(RustEmbed)]
#[folder = "../../assets/"]
#[include = "css/**"]
#[include = "icons/**"]
#[include = "scripts/**"]
#[include = "bundles/**"]
#[include = "node_modules/@digital-go-jp/design-tokens/dist/*.css"]
struct Files;

/// Style sheets, scripts and icons, under addresses that change with their content.
pub struct Assets {
    by_name: BTreeMap<String, String>,
    by_address: BTreeMap<String, Asset>,
}

struct Asset {
    content_type: &'static str,
    plain: Bytes,
    // Made for the first browser that asks for them.
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::load);

/// The address of an asset, such as `/assets/1f2e…/portal.css`.
pub fn asset(name: &str) -> &'static str {
    let address = ASSETS.by_name.get(name);
    debug_assert!(address.is_some(), "there is no asset {name}; the bundles are made by: node assets/bundle.mjs");
    address.map_or("", String::as_str)
}

/// A file of `assets/` as it is, such as `bundles/kit.js`: for what is given out to run elsewhere.
pub fn asset_file(path: &str) -> Option<Vec<u8>> {
    Files::get(path).map(|file| file.data.into_owned())
}

impl Assets {
    fn load() -> Self {
        let mut assets = Self { by_name: BTreeMap::new(), by_address: BTreeMap::new() };
        for name in Files::iter() {
            let Some(file) = Files::get(&name) else { continue };
            if let Some(sheet) = name.strip_prefix("css/").and_then(|name| name.strip_suffix(".list")) {
                // One sheet a kind of page, from parts in the order of the list: the order of the layers is the order of strength.
                let parts = String::from_utf8_lossy(&file.data).into_owned();
                let whole: String =
                    parts.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(sheet_part).collect();
                assets.add(&format!("{sheet}.css"), "text/css; charset=utf-8", whole.into_bytes());
            } else if let Some(script) = name.strip_prefix("scripts/").or_else(|| name.strip_prefix("bundles/")) {
                assets.add(script, "text/javascript; charset=utf-8", file.data.into_owned());
            } else if let Some(icon) = name.strip_prefix("icons/") {
                let content_type = if std::path::Path::new(icon).extension().is_some_and(|ending| ending == "svg") {
                    "image/svg+xml"
                } else {
                    "image/png"
                };
                assets.add(icon, content_type, file.data.into_owned());
            }
        }
        assets
    }

    fn add(&mut self, name: &str, content_type: &'static str, bytes: Vec<u8>) {
        let digest = hex::encode(&Sha256::digest(&bytes)[..8]);
        let address = format!("/assets/{digest}/{name}");
        let asset = Asset { content_type, gzip: OnceLock::new(), brotli: OnceLock::new(), plain: bytes.into() };
        self.by_name.insert(name.to_owned(), address.clone());
        self.by_address.insert(address, asset);
    }

    /// The answer for an address under `/assets/`.
    pub(crate) fn answer(path: &str, headers: &HeaderMap) -> Response<Body> {
        let Some(asset) = ASSETS.by_address.get(path) else {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_FOUND;
            return response;
        };
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
        let (bytes, encoding) = match accepted {
            accepted if accepted.contains("br") => (asset.brotli.get_or_init(|| brotli(&asset.plain)), Some("br")),
            accepted if accepted.contains("gzip") => (asset.gzip.get_or_init(|| gzip(&asset.plain)), Some("gzip")),
            _ => (&asset.plain, None),
        };
        let mut response = Response::new(Body::from(bytes.clone()));
        let out = response.headers_mut();
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        out.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Some(encoding) = encoding {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}

fn sheet_part(name: &str) -> String {
    let path = if name.starts_with("node_modules/") { name.to_owned() } else { format!("css/{name}") };
    let Some(file) = Files::get(&path) else {
        tracing::error!(part = name, "a part of a style sheet is missing");
        return String::new();
    };
    lean(&String::from_utf8_lossy(&file.data))
}

/// The sheet without comments and indentation.
fn lean(sheet: &str) -> String {
    let mut rest = sheet;
    let mut out = String::with_capacity(sheet.len());
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    out.push_str(rest);
    out.lines().map(str::trim).filter(|line| !line.is_empty()).fold(String::new(), |mut sheet, line| {
        sheet.push_str(line);
        sheet.push('\n');
        sheet
    })
}
