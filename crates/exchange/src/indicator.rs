use jiff::Timestamp;
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::IpAddr;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

use crate::Tlp;

/// Something that others can look for: an address, a hash, a vulnerability.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct Indicator {
    /// What it is.
    pub sign: Sign,
    /// How far it may travel.
    pub tlp: Tlp,
    /// What is known about it.
    pub note: String,
    /// When it was first seen.
    pub first_seen: Option<Timestamp>,
    /// When it was last seen.
    pub last_seen: Option<Timestamp>,
}

/// A typed indicator, in the form that programs match.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// An address of the network.
    Ip(IpAddr),
    /// `c2.example.jp`, in ASCII.
    Domain(String),
    /// With `http`, `https` or `ftp`.
    Url(String),
    /// Of a file, in small hexadecimal digits.
    Hash(Digest, String),
    /// The address of a sender.
    Mail(String),
    /// `CVE-2024-12345`
    Cve(String),
}

/// Which function a hash is of, told by its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "names of hash functions")]
pub enum Digest {
    Md5,
    Sha1,
    Sha256,
    Sha512,
}

/// Why something is no indicator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotASign {
    /// No such kind.
    #[error("an indicator is ip, domain, url, hash, mail or cve")]
    Kind,
    /// It does not look like its kind.
    #[error("this does not look like the kind of indicator that it says")]
    Shape,
}

/// As it is posted: `{"kind": "ip", "value": "198.51.100.7", "tlp": "green"}`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    kind: String,
    value: String,
    tlp: Tlp,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_seen: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_seen: Option<Timestamp>,
}

impl TryFrom<Raw> for Indicator {
    type Error = NotASign;

    fn try_from(raw: Raw) -> Result<Self, NotASign> {
        let Raw { kind, value, tlp, note, first_seen, last_seen } = raw;
        Ok(Self { sign: Sign::parse(&kind, &value)?, tlp, note, first_seen, last_seen })
    }
}

impl From<Indicator> for Raw {
    fn from(indicator: Indicator) -> Self {
        let Indicator { sign, tlp, note, first_seen, last_seen } = indicator;
        Self { kind: sign.kind().to_owned(), value: sign.value(), tlp, note, first_seen, last_seen }
    }
}

impl fmt::Debug for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ***", self.sign.kind(), self.tlp)
    }
}

impl Digest {
    /// As STIX names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha512 => "SHA-512",
        }
    }

    const fn of_length(digits: usize) -> Option<Self> {
        match digits {
            32 => Some(Self::Md5),
            40 => Some(Self::Sha1),
            64 => Some(Self::Sha256),
            128 => Some(Self::Sha512),
            _ => None,
        }
    }
}

static DOMAIN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$").expect("it is a pattern"));
static CVE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^CVE-[12][0-9]{3}-[0-9]{4,19}$").expect("it is a pattern"));

impl Sign {
    /// Reads what people or programs wrote, defanged or not, in full width or not.
    pub fn parse(kind: &str, written: &str) -> Result<Self, NotASign> {
        let plain = refanged(written);
        let sign = match kind {
            "ip" => plain.parse().ok().map(Self::Ip),
            "domain" => domain(&plain).map(Self::Domain),
            "url" => url(&plain).map(Self::Url),
            "hash" => {
                let digits = plain.to_ascii_lowercase();
                let all_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
                Digest::of_length(digits.len()).filter(|_| all_hex).map(|digest| Self::Hash(digest, digits))
            }
            "mail" => mail(&plain).map(Self::Mail),
            "cve" => Some(plain.to_ascii_uppercase()).filter(|it| CVE.is_match(it)).map(Self::Cve),
            _ => return Err(NotASign::Kind),
        };
        sign.ok_or(NotASign::Shape)
    }

    /// `ip`, `domain`, `url`, `hash`, `mail` or `cve`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Ip(_) => "ip",
            Self::Domain(_) => "domain",
            Self::Url(_) => "url",
            Self::Hash(..) => "hash",
            Self::Mail(_) => "mail",
            Self::Cve(_) => "cve",
        }
    }

    /// What people call it.
    pub const fn for_people(&self) -> &'static str {
        match self {
            Self::Ip(_) => "IPアドレス",
            Self::Domain(_) => "ドメイン",
            Self::Url(_) => "URL",
            Self::Hash(..) => "ハッシュ",
            Self::Mail(_) => "メール",
            Self::Cve(_) => "脆弱性",
        }
    }

    /// For programs.
    pub fn value(&self) -> String {
        match self {
            Self::Ip(ip) => ip.to_string(),
            Self::Domain(value) | Self::Url(value) | Self::Hash(_, value) | Self::Mail(value) | Self::Cve(value) => value.clone(),
        }
    }

    /// For people: nothing in it can be pressed by mistake.
    pub fn defanged(&self) -> String {
        match self {
            Self::Ip(IpAddr::V6(ip)) => ip.to_string().replacen(':', "[:]", 1),
            Self::Ip(_) | Self::Domain(_) => self.value().replace('.', "[.]"),
            Self::Url(url) => {
                let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
                let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
                format!("{}://{}{path}", scheme.replace('t', "x"), host.replace('.', "[.]"))
            }
            Self::Mail(mail) => mail.replace('@', "[@]").replace('.', "[.]"),
            Self::Hash(..) | Self::Cve(_) => self.value(),
        }
    }

    /// The host that it is about, if it is about one.
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::Domain(domain) => Some(domain),
            Self::Mail(mail) => mail.rsplit_once('@').map(|(_, host)| host),
            Self::Url(url) => {
                let (_, rest) = url.split_once("://")?;
                let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
                let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
                Some(host.split_once(':').map_or(host, |(host, _)| host))
            }
            Self::Ip(_) | Self::Hash(..) | Self::Cve(_) => None,
        }
    }
}

/// What was written so that nobody presses it, as it is meant.
fn refanged(written: &str) -> String {
    let plain: String = written.trim().nfkc().collect();
    let plain = plain.replace("[.]", ".").replace("(.)", ".").replace("[@]", "@").replace("[:]", ":").replace("[://]", "://");
    ["hxxp", "hXXp", "fxp"].into_iter().fold(plain, |plain, mark| match plain.strip_prefix(mark) {
        Some(rest) if mark == "fxp" => format!("ftp{rest}"),
        Some(rest) => format!("http{rest}"),
        None => plain,
    })
}

fn domain(plain: &str) -> Option<String> {
    let name = plain.trim_end_matches('.').to_ascii_lowercase();
    (name.len() <= 253 && DOMAIN.is_match(&name)).then_some(name)
}

fn url(plain: &str) -> Option<String> {
    let (scheme, rest) = plain.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let is_whole = !rest.is_empty() && !rest.starts_with('/') && !rest.contains(|c: char| c.is_whitespace() || c.is_control());
    (matches!(scheme.as_str(), "http" | "https" | "ftp") && is_whole && plain.len() <= 2_000).then(|| format!("{scheme}://{rest}"))
}

fn mail(plain: &str) -> Option<String> {
    let (local, host) = plain.rsplit_once('@')?;
    let is_local = !local.is_empty() && local.len() <= 64 && local.bytes().all(|b| b.is_ascii_graphic() && b != b'@');
    let host = domain(host)?;
    is_local.then(|| format!("{local}@{host}"))
}

#[cfg(test)]
mod tests {
    use super::{Digest, NotASign, Sign};

    #[test]
    fn each_kind_is_read_as_people_write_it() {
        let read = |kind, written| Sign::parse(kind, written).map(|sign| sign.value());
        assert_eq!(read("ip", "198[.]51[.]100[.]7").as_deref(), Ok("198.51.100.7"));
        assert_eq!(read("ip", "１９８.51.100.7").as_deref(), Ok("198.51.100.7"));
        assert_eq!(read("ip", "2001:db8::1").as_deref(), Ok("2001:db8::1"));
        assert_eq!(read("domain", "C2.Example[.]JP.").as_deref(), Ok("c2.example.jp"));
        assert_eq!(read("url", "hxxps://c2.example.jp/a?b=1").as_deref(), Ok("https://c2.example.jp/a?b=1"));
        assert_eq!(read("mail", "Invoice[@]example.jp").as_deref(), Ok("Invoice@example.jp"));
        assert_eq!(read("cve", "cve-2024-12345").as_deref(), Ok("CVE-2024-12345"));
        assert_eq!(Sign::parse("hash", &"AB".repeat(32)), Ok(Sign::Hash(Digest::Sha256, "ab".repeat(32))));
    }

    #[test]
    fn what_does_not_look_like_its_kind_is_refused() {
        for (kind, written) in [
            ("ip", "198.51.100.700"),
            ("ip", "c2.example.jp"),
            ("domain", "not a domain"),
            ("domain", "198.51.100.7"),
            ("url", "javascript://x"),
            ("url", "https:///etc"),
            ("hash", "abc"),
            ("hash", "zz"),
            ("mail", "@example.jp"),
            ("cve", "CVE-24-1"),
        ] {
            assert_eq!(Sign::parse(kind, written), Err(NotASign::Shape), "{kind} {written}");
        }
        assert_eq!(Sign::parse("name", "見本 太郎"), Err(NotASign::Kind));
    }

    #[test]
    fn people_get_nothing_that_can_be_pressed_and_it_reads_back() {
        for (kind, value, shown) in [
            ("ip", "198.51.100.7", "198[.]51[.]100[.]7"),
            ("ip", "2001:db8::1", "2001[:]db8::1"),
            ("domain", "c2.example.jp", "c2[.]example[.]jp"),
            ("url", "https://c2.example.jp/a.exe", "hxxps://c2[.]example[.]jp/a.exe"),
            ("url", "ftp://c2.example.jp", "fxp://c2[.]example[.]jp"),
            ("mail", "a.b@example.jp", "a[.]b[@]example[.]jp"),
        ] {
            let sign = Sign::parse(kind, value).unwrap();
            assert_eq!(sign.defanged(), shown);
            assert_eq!(Sign::parse(kind, shown), Ok(sign));
        }
    }

    #[test]
    fn the_host_of_an_address_is_found() {
        let host = |kind, value| Sign::parse(kind, value).unwrap().host().map(str::to_owned);
        assert_eq!(host("url", "https://user@c2.example.jp:8443/x").as_deref(), Some("c2.example.jp"));
        assert_eq!(host("mail", "a@example.jp").as_deref(), Some("example.jp"));
        assert_eq!(host("ip", "198.51.100.7"), None);
    }
}
