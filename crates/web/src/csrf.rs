//! Whether a change was asked for by one of our own forms.

use axum::http::{HeaderMap, header};

use crate::Site;

/// Where a request says it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// From a page of ours.
    Own,
    /// From somewhere else.
    Foreign,
    /// It doesn't say: acceptable only without a cookie.
    Unsaid,
}

/// Reads `Sec-Fetch-Site`, or where that is absent `Origin`.
pub(crate) fn origin(headers: &HeaderMap, site: &Site) -> Origin {
    if let Some(fetch_site) = headers.get("sec-fetch-site") {
        return if fetch_site == "same-origin" { Origin::Own } else { Origin::Foreign };
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return Origin::Unsaid };
    let Ok(origin) = origin.to_str() else { return Origin::Foreign };
    let is_base = origin == site.base_url;
    let scheme = if site.is_https() { "https" } else { "http" };
    let host = origin.strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://"));
    let is_alias = host.is_some_and(|host| site.hosts.iter().any(|alias| alias == host));
    if is_base || is_alias { Origin::Own } else { Origin::Foreign }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn said(pairs: &[(&'static str, &'static str)]) -> Origin {
        let site =
            Site { base_url: "https://mist.example.jp".into(), hosts: vec!["old.example.jp".into()], demo: false, trusted_proxies: vec![] };
        let headers = pairs.iter().map(|(name, value)| ((*name).parse().unwrap(), HeaderValue::from_static(value))).collect();
        origin(&headers, &site)
    }

    #[test]
    fn only_our_own_pages_are_own() {
        assert_eq!(said(&[("sec-fetch-site", "same-origin"), ("origin", "null")]), Origin::Own);
        assert_eq!(said(&[("sec-fetch-site", "cross-site")]), Origin::Foreign);
        assert_eq!(said(&[("sec-fetch-site", "same-site")]), Origin::Foreign);
        assert_eq!(said(&[("sec-fetch-site", "none")]), Origin::Foreign);
        assert_eq!(said(&[("origin", "https://mist.example.jp")]), Origin::Own);
        assert_eq!(said(&[("origin", "https://old.example.jp")]), Origin::Own);
        assert_eq!(said(&[("origin", "http://old.example.jp")]), Origin::Foreign);
        assert_eq!(said(&[("origin", "https://mist.example.jp.evil.example")]), Origin::Foreign);
        assert_eq!(said(&[("origin", "null")]), Origin::Foreign);
        assert_eq!(said(&[]), Origin::Unsaid);
    }
}
