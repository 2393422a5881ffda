//! Files of the object store as answers.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use objects::{Hash, NotKept};
use std::ops::Range;

use crate::{PageError, Portal};

/// A file of the object store, whole or in the range that a player asks for (RFC 9110 section 14), with these headers.
pub async fn send_file(
    portal: &Portal,
    hash: Hash,
    headers: &HeaderMap,
    more: impl IntoIterator<Item = (HeaderName, String)>,
) -> Result<Response, PageError> {
    let tag = format!("\"{hash}\"");
    let said = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if said(header::IF_NONE_MATCH).is_some_and(|known| known.split(',').any(|one| one.trim() == tag)) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let whole = portal.objects.size(hash).await.map_err(lost)?;
    // A range of an older film would be put together with the new one.
    let asked = said(header::RANGE).filter(|_| said(header::IF_RANGE).is_none_or(|known| known == tag));
    let range = match asked.map(|asked| range(asked, whole)) {
        None | Some(Asked::Whole) => None,
        Some(Asked::Range(range)) => Some(range),
        Some(Asked::Nowhere) => {
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{whole}"))]).into_response());
        }
    };
    let content = portal.objects.get(hash, range.clone()).await.map_err(lost)?;
    let mut response = Response::new(Body::from_stream(content.stream));
    let out = response.headers_mut();
    let length = content.range.end - content.range.start;
    for (name, value) in more.into_iter().chain([(header::ETAG, tag), (header::CONTENT_LENGTH, length.to_string())]) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            out.insert(name, value);
        }
    }
    out.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(range) = range {
        let said = format!("bytes {}-{}/{whole}", range.start, range.end.saturating_sub(1));
        out.insert(header::CONTENT_RANGE, HeaderValue::from_str(&said).map_err(|_| PageError::Bug("a range of figures is no header"))?);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

/// A file that the database knows and the store does not is our fault.
fn lost(error: NotKept) -> PageError {
    tracing::error!(%error, "a file could not be read");
    match error {
        NotKept::Missing => PageError::Bug("a file is missing in the store"),
        _ => PageError::Busy,
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Range(Range<u64>),
    Nowhere,
}

/// The one range of a header. Several at once, or what we cannot read, are answered with the whole, as the standard allows.
fn range(header: &str, whole: u64) -> Asked {
    let Some((from, until)) = header.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-')) else { return Asked::Whole };
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok())?;
    match (from, until) {
        ("", last) => match number(last) {
            Some(0) => Asked::Nowhere,
            Some(last) => Asked::Range(whole.saturating_sub(last)..whole),
            None => Asked::Whole,
        },
        (from, until) => match (number(from), if until.is_empty() { Some(u64::MAX) } else { number(until) }) {
            (Some(from), Some(until)) if from > until => Asked::Whole,
            (Some(from), Some(_)) if from >= whole => Asked::Nowhere,
            (Some(from), Some(until)) => Asked::Range(from..until.saturating_add(1).min(whole)),
            _ => Asked::Whole,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_read_as_the_standard_says() {
        let of = |header: &str| range(header, 100);
        assert_eq!(of("bytes=0-"), Asked::Range(0..100));
        assert_eq!(of("bytes=10-19"), Asked::Range(10..20));
        assert_eq!(of("bytes=90-999"), Asked::Range(90..100));
        assert_eq!(of("bytes=-5"), Asked::Range(95..100));
        assert_eq!(of("bytes=-500"), Asked::Range(0..100));
        assert_eq!(of("bytes=100-"), Asked::Nowhere);
        assert_eq!(of("bytes=-0"), Asked::Nowhere);
        for header in ["bytes=0-1,5-6", "bytes=9-2", "bytes=a-b", "pages=1-2", "bytes=", "bytes=-"] {
            assert_eq!(of(header), Asked::Whole, "{header}");
        }
    }
}
