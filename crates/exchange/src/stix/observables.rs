use serde_json::{Value, json};
use std::net::IpAddr;

use super::ids;
use crate::indicator::Sign;

/// The observable of an indicator and the pattern that finds it. A vulnerability is not observed.
pub fn observable(sign: &Sign) -> Option<(Value, String)> {
    let by_value = |kind: &str, value: String| {
        let pattern = format!("[{kind}:value = '{}']", quoted(&value));
        (with_id(kind, &json!({ "value": value })), pattern)
    };
    let found = match sign {
        Sign::Ip(ip @ IpAddr::V4(_)) => by_value("ipv4-addr", ip.to_string()),
        Sign::Ip(ip @ IpAddr::V6(_)) => by_value("ipv6-addr", ip.to_string()),
        Sign::Domain(domain) => by_value("domain-name", domain.clone()),
        Sign::Url(url) => by_value("url", url.clone()),
        Sign::Mail(mail) => by_value("email-addr", mail.clone()),
        Sign::Hash(digest, digits) => {
            let name = digest.name();
            let pattern = format!("[file:hashes.{} = '{digits}']", if name.contains('-') { format!("'{name}'") } else { name.to_owned() });
            (with_id("file", &json!({ "hashes": { name: digits } })), pattern)
        }
        Sign::Cve(_) => return None,
    };
    Some(found)
}

/// An observable whose id is made of all that it says.
fn with_id(kind: &str, says: &Value) -> Value {
    let mut object = says.clone();
    object["type"] = json!(kind);
    object["spec_version"] = json!("2.1");
    object["id"] = json!(ids::of_observable(kind, says));
    object
}

fn quoted(value: &str) -> String {
    value.replace('\\', "\\\\").replace('\'', "\\'")
}

#[cfg(test)]
mod tests {
    use crate::indicator::Sign;

    #[test]
    fn a_pattern_is_closed_whatever_the_value_holds() {
        let sign = Sign::parse("url", "https://c2.example.jp/?a='or'1\\").unwrap();
        let (_, pattern) = super::observable(&sign).unwrap();
        assert_eq!(pattern, r"[url:value = 'https://c2.example.jp/?a=\'or\'1\\']");
        let hash = Sign::parse("hash", &"0a".repeat(32)).unwrap();
        assert!(super::observable(&hash).unwrap().1.starts_with("[file:hashes.'SHA-256' = '0a0a"));
        assert!(super::observable(&Sign::parse("cve", "CVE-2024-12345").unwrap()).is_none());
    }
}
