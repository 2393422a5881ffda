use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use kernel::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{Arc, OnceLock, RwLock};

/// Pages kept at most; beyond that the whole cache starts again, which costs one rendering each.
const PAGES: usize = 2_000;

/// Rendered public pages by path, each until something it shows changes.
#[derive(Default)]
pub struct PageCache(RwLock<HashMap<String, Arc<Kept>>>);

/// One rendered page in the encodings that browsers ask for.
struct Kept {
    version: u64,
    until: Timestamp,
    content_type: HeaderValue,
    plain: Variant,
    // Made for the first browser that asks for them.
    gzip: OnceLock<Variant>,
    brotli: OnceLock<Variant>,
}

struct Variant {
    body: Bytes,
    etag: HeaderValue,
}

impl PageCache {
    /// The kept answer for a path, if nothing public has changed since and its time is not over.
    pub(crate) fn answer(&self, path: &str, headers: &HeaderMap, version: u64, now: Timestamp) -> Option<Response<axum::body::Body>> {
        let kept = self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(path)?.clone();
        if kept.version != version || now >= kept.until {
            return None;
        }
        Some(kept.answer(headers))
    }

    /// Keeps a rendered page and answers with it.
    pub(crate) fn keep(
        &self,
        path: String,
        headers: &HeaderMap,
        version: u64,
        until: Timestamp,
        content_type: HeaderValue,
        body: Bytes,
    ) -> Response<axum::body::Body> {
        let kept =
            Arc::new(Kept { version, until, content_type, gzip: OnceLock::new(), brotli: OnceLock::new(), plain: Variant::new(body, "p") });
        let mut pages = self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if pages.len() >= PAGES {
            pages.clear();
        }
        pages.insert(path, kept.clone());
        drop(pages);
        kept.answer(headers)
    }
}

impl Kept {
    fn answer(&self, headers: &HeaderMap) -> Response<axum::body::Body> {
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
        let (variant, encoding) = match accepted {
            accepted if accepted.contains("br") => (self.brotli.get_or_init(|| Variant::new(brotli(&self.plain.body), "b")), Some("br")),
            accepted if accepted.contains("gzip") => (self.gzip.get_or_init(|| Variant::new(gzip(&self.plain.body), "g")), Some("gzip")),
            _ => (&self.plain, None),
        };
        let is_known = headers.get(header::IF_NONE_MATCH).is_some_and(|tags| {
            tags.to_str().is_ok_and(|tags| tags.split(',').any(|tag| variant.etag.as_bytes() == tag.trim().as_bytes()))
        });
        let mut response = Response::new(if is_known { axum::body::Body::empty() } else { variant.body.clone().into() });
        let out = response.headers_mut();
        out.insert(header::ETAG, variant.etag.clone());
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
        out.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        out.insert(header::CONTENT_TYPE, self.content_type.clone());
        if is_known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else if let Some(encoding) = encoding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}

impl Variant {
    fn new(body: Bytes, suffix: &str) -> Self {
        let digest = hex::encode(&Sha256::digest(&body)[..12]);
        let etag = HeaderValue::from_str(&format!("\"{digest}{suffix}\"")).expect("hexadecimal digits are a header value");
        Self { body, etag }
    }
}

/// The bytes, gzipped.
pub(crate) fn gzip(body: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    let written = encoder.write_all(body).and_then(|()| encoder.finish());
    Bytes::from(written.expect("writing to memory does not fail"))
}

/// The bytes in brotli, at a quality that is paid once per change of a page.
pub(crate) fn brotli(body: &[u8]) -> Bytes {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
    brotli::BrotliCompress(&mut &body[..], &mut out, &params).expect("writing to memory does not fail");
    Bytes::from(out)
}
