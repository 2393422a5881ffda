use kernel::Uuid;
use std::fmt;

use crate::package::PackageId;

/// Where packages are reached, and what the portal calls their parts.
#[derive(Clone, Debug)]
pub struct House {
    base_url: String,
    host: String,
}

impl House {
    /// The house of a portal at `base_url`, whose packages lie below `host`, such as `pkg.example.net` or `pkg.localhost:8080`.
    /// Without one nothing of a package can be launched.
    pub fn new(base_url: &str, host: &str) -> Self {
        Self { base_url: base_url.to_owned(), host: host.to_ascii_lowercase() }
    }

    /// The portal.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Whether packages have a host.
    pub const fn has_host(&self) -> bool {
        !self.host.is_empty()
    }

    /// The name before the host of packages, if a request is for one of them.
    pub fn label<'a>(&self, host: &'a str) -> Option<&'a str> {
        let at = host.len().checked_sub(self.host.len() + 1).filter(|_| self.has_host())?;
        let (label, rest) = (host.get(..at)?, host.get(at..)?);
        (rest.starts_with('.') && rest[1..].eq_ignore_ascii_case(&self.host)).then_some(label)
    }

    /// Where the files of a launch lie, without a slash at the end.
    pub fn files(&self, label: &str) -> String {
        let scheme = self.base_url.split("://").next().unwrap_or("https");
        format!("{scheme}://{label}.{}", self.host)
    }

    /// Where units find the record store. Units put the name of a resource behind it.
    pub fn endpoint(&self) -> String {
        format!("{}/xapi/1.0.3/", self.base_url)
    }

    /// Where a unit gets its token.
    pub fn fetch(&self, secret: &str) -> String {
        format!("{}/xapi/sessions/{secret}", self.base_url)
    }

    /// The id of a course, for statements.
    pub fn course(&self, package: PackageId) -> String {
        format!("{}/packages/{package}", self.base_url)
    }

    /// The id of a unit, for statements.
    pub fn unit(&self, package: PackageId, unit: impl fmt::Display) -> String {
        format!("{}/units/{unit}", self.course(package))
    }

    /// The id of a block, for statements.
    pub fn block(&self, package: PackageId, block: usize) -> String {
        format!("{}/blocks/{block}", self.course(package))
    }

    /// A learner of the portal, as an agent of xAPI: by a number that says nothing about them.
    pub fn learner(&self, account: Uuid) -> String {
        serde_json::json!({ "objectType": "Agent", "account": { "homePage": self.base_url, "name": account } }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::House;

    #[test]
    fn a_host_of_packages_is_told_by_all_of_its_name() {
        let house = House::new("https://mist.example.jp", "pkg.example.net");
        assert_eq!(house.label("a1b2.pkg.example.net"), Some("a1b2"));
        assert_eq!(house.label("A1.PKG.example.NET"), Some("A1"));
        for other in ["pkg.example.net", "mist.example.jp", "a.pkg.example.net.evil.jp", "apkg.example.net", "", "a.pkg.example.net:81"] {
            assert_eq!(house.label(other), None, "{other}");
        }
        assert_eq!(house.files("a1"), "https://a1.pkg.example.net");
        let demo = House::new("http://localhost:8080", "pkg.localhost:8080");
        assert_eq!((demo.label("x.pkg.localhost:8080"), demo.files("x").as_str()), (Some("x"), "http://x.pkg.localhost:8080"));
        assert_eq!(House::new("https://mist.example.jp", "").label("a."), None);
    }
}
