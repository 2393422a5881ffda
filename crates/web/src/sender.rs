//! What a request tells of who sends it.

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, header};
use std::net::{IpAddr, SocketAddr};

use crate::Site;

/// A short name of the browser, such as `Chrome / Windows`.
pub(crate) fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
    let pick = |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map_or("?", |(_, name)| name);
    let browser = pick(&[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = pick(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    format!("{browser} / {system}")
}

/// The network of the address: /24 or /48, which is enough for a person to know their own hospital and too little to follow them.
pub(crate) fn network(site: &Site, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let is_proxy = peer.is_some_and(|ip| site.trusted_proxies.iter().any(|proxy| proxy.parse() == Ok(ip)));
    // A proxy adds its line behind those that its client sent, or its address behind theirs.
    let lines = request.headers().get_all("x-forwarded-for");
    let forwarded = lines
        .iter()
        .next_back()
        .filter(|_| is_proxy)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .and_then(|last| last.trim().parse::<IpAddr>().ok());
    match forwarded.map(|ip| ip.to_canonical()).or(peer) {
        Some(IpAddr::V4(ip)) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Some(IpAddr::V6(ip)) => {
            let [a, b, c, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The network of a request that came from `peer` with these lines of the header.
    fn seen(peer: &str, lines: &[&str]) -> String {
        let site =
            Site { base_url: "https://mist.example.jp".into(), hosts: Vec::new(), demo: false, trusted_proxies: vec!["10.0.0.1".into()] };
        let mut request = Request::new(axum::body::Body::empty());
        for line in lines {
            request.headers_mut().append("x-forwarded-for", line.parse().unwrap());
        }
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
        network(&site, &request)
    }

    #[test]
    fn what_a_trusted_proxy_added_last_counts() {
        assert_eq!(seen("10.0.0.1", &["198.51.100.7"]), "198.51.100.0/24");
        assert_eq!(seen("10.0.0.1", &["203.0.113.9, 198.51.100.7"]), "198.51.100.0/24");
        assert_eq!(seen("10.0.0.1", &["203.0.113.9", "198.51.100.7"]), "198.51.100.0/24");
        assert_eq!(seen("::ffff:10.0.0.1", &["::ffff:198.51.100.7"]), "198.51.100.0/24");
        assert_eq!(seen("10.0.0.1", &["2001:db8:5::7"]), "2001:db8:5::/48");
    }

    #[test]
    fn anybody_else_is_not_believed() {
        assert_eq!(seen("192.0.2.1", &["198.51.100.7"]), "192.0.2.0/24");
        assert_eq!(seen("10.0.0.1", &["nobody"]), "10.0.0.0/24");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.0/24");
    }
}
