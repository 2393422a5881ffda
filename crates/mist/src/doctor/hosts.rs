use super::Finding;
use crate::config::Server;

/// Packages have to lie under another host than the portal: what runs in them would be the portal's own to a browser. One below the
/// other is one site, whose cookies both can set; and a portal below the host of packages would be taken for a package.
pub(super) fn examine(server: &Server) -> Finding {
    let packages = bare(&server.packages_host);
    let is_own = |own: &String| is_within(&bare(own), &packages) || is_within(&packages, &bare(own));
    if !packages.is_empty() && std::iter::once(&server.base_url).chain(&server.hosts).any(is_own) {
        return Finding::refused("packages-host", &server.packages_host);
    }
    Finding::fine("packages-host")
}

/// The name of a host alone. Cookies know no ports, so that another port is no other host.
fn bare(host: &str) -> String {
    let host = host.split_once("://").map_or(host, |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// Whether a host is this one, or lies below it.
fn is_within(host: &str, outer: &str) -> bool {
    host.strip_suffix(outer).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::*;

    fn verdict(packages_host: &str) -> Verdict {
        let server = Server {
            base_url: "https://mist.example.jp".to_owned(),
            hosts: vec!["kenshu.example.jp".to_owned()],
            packages_host: packages_host.to_owned(),
            ..Server::default()
        };
        examine(&server).verdict()
    }

    #[test]
    fn packages_under_the_host_of_the_portal_are_refused() {
        for own in ["mist.example.jp", "MIST.example.jp.", "mist.example.jp:8443", "kenshu.example.jp", "pkg.mist.example.jp", "example.jp"]
        {
            assert_eq!(verdict(own), Verdict::Refused, "{own}");
        }
        for other in ["pkg.example.net", "pkg.example.net:8443", "notmist.example.jp", "mist.example.jp.example.net", ""] {
            assert_eq!(verdict(other), Verdict::Fine, "{other}");
        }
        assert_eq!(examine(&Server::default()), Finding::fine("packages-host"), "nothing is set, and nothing can be launched");
    }
}
