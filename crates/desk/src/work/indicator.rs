//! 手がかり: addresses, names and hashes, each of a kind that can be checked, and shown so that nobody opens them by a slip.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::words::words;

words! {
    /// What kind of indicator.
    Kind {
        /// IPアドレス
        Ip = "ip",
        /// ドメイン名
        Domain = "domain",
        /// 開いたページ
        Url = "url",
        /// ファイルのハッシュ
        Hash = "hash",
        /// メールアドレス
        Mail = "mail",
        /// CVE番号
        Cve = "cve",
    }
}

/// An indicator that was checked, in the one form in which two of the same are equal.
#[derive(Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Its kind.
    pub kind: Kind,
    value: String,
}

/// Why a text is no indicator of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnIndicator {
    /// It is not of that form.
    #[error("not of this form")]
    Form,
    /// It is an address of a network of one's own, or of nowhere: it says nothing to others.
    #[error("an address that is only valid inside")]
    Inside,
}

/// The longest that an address of a page may be.
const LONGEST: usize = 2_000;

impl Indicator {
    /// Reads what was typed, defanged or not: `hxxps://例[.]jp`, `198[.]51[.]100[.]7`.
    pub fn read(kind: Kind, typed: &str) -> Result<Self, NotAnIndicator> {
        let text = refang(typed);
        let value = match kind {
            Kind::Ip => ip(&text)?,
            Kind::Domain => domain(&text)?,
            Kind::Url => url(&text)?,
            Kind::Hash => hash(&text)?,
            Kind::Mail => mail(&text)?,
            Kind::Cve => cve(&text)?,
        };
        Ok(Self { kind, value })
    }

    /// As it is, for exports and searches.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// As it is shown: nothing that a program would turn into a link.
    pub fn defanged(&self) -> String {
        match self.kind {
            Kind::Hash | Kind::Cve => self.value.clone(),
            Kind::Ip | Kind::Domain => self.value.replace('.', "[.]").replace(':', "[:]"),
            Kind::Mail => self.value.replace('@', "[@]").replace('.', "[.]"),
            Kind::Url => self.value.replacen("http", "hxxp", 1).replacen("://", "[://]", 1).replace('.', "[.]"),
        }
    }
}

impl std::fmt::Debug for Indicator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Indicator").field("kind", &self.kind).finish_non_exhaustive()
    }
}

fn refang(typed: &str) -> String {
    let mut text: String = typed.trim().chars().filter(|c| !c.is_whitespace()).collect();
    for (from, to) in [("[://]", "://"), ("[.]", "."), ("(.)", "."), ("[:]", ":"), ("[@]", "@"), ("(at)", "@")] {
        text = text.replace(from, to);
    }
    match text.get(..4) {
        Some(start) if start.eq_ignore_ascii_case("hxxp") => format!("http{}", &text[4..]),
        _ => text,
    }
}

fn ip(text: &str) -> Result<String, NotAnIndicator> {
    let address: IpAddr = text.parse().map_err(|_| NotAnIndicator::Form)?;
    let is_inside = match address {
        IpAddr::V4(v4) => is_inside_v4(v4),
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(|| is_inside_v6(v6), is_inside_v4),
    };
    if is_inside { Err(NotAnIndicator::Inside) } else { Ok(address.to_string()) }
}

const fn is_inside_v4(address: Ipv4Addr) -> bool {
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_unspecified()
        || address.is_broadcast()
        || address.is_multicast()
}

const fn is_inside_v6(address: Ipv6Addr) -> bool {
    address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_unique_local()
        || address.is_unicast_link_local()
}

fn domain(text: &str) -> Result<String, NotAnIndicator> {
    let name = text.trim_end_matches('.').to_lowercase();
    let is_label = |label: &str| {
        (1..=63).contains(&label.chars().count())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    let labels: Vec<&str> = name.split('.').collect();
    let is_name = labels.len() > 1 && name.len() <= 253 && labels.iter().all(|label| is_label(label));
    let ends_in_letters = labels.last().is_some_and(|last| !last.chars().all(|c| c.is_ascii_digit()));
    if is_name && ends_in_letters { Ok(name) } else { Err(NotAnIndicator::Form) }
}

fn url(text: &str) -> Result<String, NotAnIndicator> {
    let (scheme, rest) = text.split_once("://").ok_or(NotAnIndicator::Form)?;
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") || text.len() > LONGEST {
        return Err(NotAnIndicator::Form);
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match host_and_port.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => (host, format!(":{port}")),
        Some(_) if !host_and_port.starts_with('[') => return Err(NotAnIndicator::Form),
        _ => (host_and_port, String::new()),
    };
    let host = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(v6) => format!("[{}]", ip(v6)?),
        None if host.parse::<Ipv4Addr>().is_ok() => ip(host)?,
        None => domain(host)?,
    };
    Ok(format!("{scheme}://{host}{port}{path}"))
}

fn hash(text: &str) -> Result<String, NotAnIndicator> {
    let is_hash = matches!(text.len(), 32 | 40 | 64 | 128) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hash { Ok(text.to_ascii_lowercase()) } else { Err(NotAnIndicator::Form) }
}

fn mail(text: &str) -> Result<String, NotAnIndicator> {
    let (local, host) = text.rsplit_once('@').ok_or(NotAnIndicator::Form)?;
    if local.is_empty() || local.len() > 64 || local.contains(['@', '<', '>', '"', ',']) {
        return Err(NotAnIndicator::Form);
    }
    Ok(format!("{}@{}", local.to_lowercase(), domain(host)?))
}

fn cve(text: &str) -> Result<String, NotAnIndicator> {
    let upper = text.to_ascii_uppercase();
    let (year, number) = upper.strip_prefix("CVE-").and_then(|rest| rest.split_once('-')).ok_or(NotAnIndicator::Form)?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_cve = year.len() == 4 && digits(year) && (4..=19).contains(&number.len()) && digits(number);
    if is_cve { Ok(upper) } else { Err(NotAnIndicator::Form) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(kind: Kind, typed: &str) -> Result<String, NotAnIndicator> {
        Indicator::read(kind, typed).map(|indicator| indicator.as_str().to_owned())
    }

    #[test]
    fn an_indicator_is_read_in_every_usual_form_and_shown_so_that_nobody_opens_it() {
        for (kind, typed, value, shown) in [
            (Kind::Ip, "198[.]51[.]100[.]7", "198.51.100.7", "198[.]51[.]100[.]7"),
            (Kind::Ip, "2001:DB8::1", "2001:db8::1", "2001[:]db8[:][:]1"),
            (Kind::Domain, " Bad.Example.JP. ", "bad.example.jp", "bad[.]example[.]jp"),
            (Kind::Url, "hxxps[://]bad[.]example/a.html?q=1", "https://bad.example/a.html?q=1", "hxxps[://]bad[.]example/a[.]html?q=1"),
            (Kind::Url, "http://198.51.100.7:8080/x", "http://198.51.100.7:8080/x", "hxxp[://]198[.]51[.]100[.]7:8080/x"),
            (Kind::Hash, "D41D8CD98F00B204E9800998ECF8427E", "d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e"),
            (Kind::Mail, "Billing(at)bad[.]example", "billing@bad.example", "billing[@]bad[.]example"),
            (Kind::Cve, "cve-2023-27997", "CVE-2023-27997", "CVE-2023-27997"),
        ] {
            let indicator = Indicator::read(kind, typed).unwrap();
            assert_eq!((indicator.as_str(), indicator.defanged().as_str()), (value, shown));
        }
    }

    #[test]
    fn what_is_no_indicator_of_its_kind_is_refused() {
        for (kind, typed) in [
            (Kind::Ip, "300.1.1.1"),
            (Kind::Domain, "localhost"),
            (Kind::Domain, "1.2.3.4"),
            (Kind::Domain, "-bad.example"),
            (Kind::Url, "javascript://bad.example"),
            (Kind::Url, "https://bad.example:99999/"),
            (Kind::Hash, "d41d8cd9"),
            (Kind::Mail, "nobody"),
            (Kind::Cve, "CVE-23-1"),
        ] {
            assert_eq!(read(kind, typed), Err(NotAnIndicator::Form), "{typed}");
        }
        for inside in ["192.168.0.10", "10.0.0.1", "127.0.0.1", "fe80::1", "::ffff:192.168.0.1"] {
            assert_eq!(read(Kind::Ip, inside), Err(NotAnIndicator::Inside), "{inside}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_again_as_the_same(a in 1_u8..=9, b in any::<u8>(), host in "[a-g]{1,12}", path in "[a-g0-9/._-]{0,20}") {
            for (kind, typed) in [
                (Kind::Ip, format!("{a}.{b}.8.9")),
                (Kind::Domain, format!("{host}.example")),
                (Kind::Url, format!("https://{host}.example/{path}")),
                (Kind::Mail, format!("{host}@{host}.example")),
            ] {
                let indicator = Indicator::read(kind, &typed).unwrap();
                let shown = indicator.defanged();
                prop_assert!(!shown.contains("http") && !shown.contains(".example"), "{shown}");
                prop_assert_eq!(Indicator::read(kind, &shown), Ok(indicator));
            }
        }

        #[test]
        fn no_text_is_too_strange_to_be_refused(typed in "\\PC{0,60}") {
            for kind in Kind::ALL {
                let _: Result<Indicator, NotAnIndicator> = Indicator::read(*kind, &typed);
            }
        }
    }
}
