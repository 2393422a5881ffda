//! Inverse functional identifiers: what makes two agents the same (xAPI-Data 2.4.2.3).

use crate::Json;
use crate::check::{At, Checked};
use crate::refusal::Problem;
use crate::requirement;

/// The identifier of an agent or an identified group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ifi<'a> {
    /// `mailto:` and an address.
    Mbox(&'a str),
    /// The SHA-1 of such a mailbox, in hexadecimal digits.
    MboxSha1Sum(&'a str),
    /// The address of an `OpenID`.
    OpenId(&'a str),
    /// An account of a system.
    Account {
        /// The system.
        home_page: &'a str,
        /// The account there.
        name: &'a str,
    },
}

impl<'a> Ifi<'a> {
    pub(crate) fn of(json: &'a Json) -> Option<Self> {
        let text = |key| json.get(key).and_then(Json::as_str);
        if let Some(mbox) = text("mbox") {
            Some(Self::Mbox(mbox))
        } else if let Some(sum) = text("mbox_sha1sum") {
            Some(Self::MboxSha1Sum(sum))
        } else if let Some(openid) = text("openid") {
            Some(Self::OpenId(openid))
        } else {
            let account = json.get("account")?;
            let part = |key| account.get(key).and_then(Json::as_str);
            Some(Self::Account { home_page: part("homePage")?, name: part("name")? })
        }
    }

    /// One text for each agent, to be stored and looked up: two agents are the same exactly if their keys are.
    ///
    /// `mbox mailto:a@example.com`, `account https://example.com 7`. An IRI has no blank, so none can be taken for another. Where
    /// case has no meaning (the domain of a mailbox, hexadecimal digits), it is small.
    pub fn key(self) -> String {
        match self {
            Self::Mbox(mbox) => format!("mbox {}", folded_mailbox(mbox)),
            Self::MboxSha1Sum(sum) => format!("mbox_sha1sum {}", sum.to_ascii_lowercase()),
            Self::OpenId(openid) => format!("openid {openid}"),
            Self::Account { home_page, name } => format!("account {home_page} {name}"),
        }
    }
}

/// The scheme and the domain in small letters; the part before the `@` is as its owner writes it (xAPI-Data 2.3.1.b7).
pub(crate) fn folded_mailbox(mbox: &str) -> String {
    let address = mbox.get(7..).unwrap_or_default();
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("mailto:{local}@{}", domain.to_lowercase()),
        None => mbox.to_owned(),
    }
}

/// Checks every identifier that is there and says how many there are.
pub(crate) fn check(at: At<'_>) -> Checked<usize> {
    let mut count = 0;
    at.may("mbox", |mbox| {
        count += 1;
        let text = mbox.string(requirement::MBOX)?;
        if is_mailbox(text) { Ok(()) } else { Err(mbox.refuse(requirement::MBOX, Problem::NotAMailbox)) }
    })?;
    at.may("mbox_sha1sum", |sum| {
        count += 1;
        let text = sum.string(requirement::MBOX_SHA1SUM)?;
        let hash = text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if hash { Ok(()) } else { Err(sum.refuse(requirement::MBOX_SHA1SUM, Problem::NotAHash("40"))) }
    })?;
    at.may("openid", |openid| {
        count += 1;
        openid.iri(requirement::OPENID)
    })?;
    at.may("account", |account| {
        count += 1;
        account.with_keys(requirement::ACCOUNT, &["homePage", "name"])?;
        account.need("homePage", requirement::HOME_PAGE)?.iri(requirement::HOME_PAGE)?;
        account.need("name", requirement::ACCOUNT_NAME)?.string(requirement::ACCOUNT_NAME).map(|_| ())
    })?;
    Ok(count)
}

/// `mailto:` with one address: something before the last `@` and a domain after it, without blanks. No list, no `?subject=`.
fn is_mailbox(text: &str) -> bool {
    let Some(scheme) = text.get(..7) else { return false };
    let Some((local, domain)) = text[7..].rsplit_once('@') else { return false };
    let plain =
        |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, ',' | '?' | '<' | '>'));
    let labels = domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    scheme.eq_ignore_ascii_case("mailto:") && plain(local) && plain(domain) && labels && !local.contains('@')
}

#[cfg(test)]
mod tests {
    use super::{Ifi, is_mailbox};

    #[test]
    fn a_mailbox_is_mailto_and_one_address() {
        for mbox in
            ["mailto:a@example.com", "mailto:a.b+c@mail.example.jp", "MAILTO:a@example.com", "mailto:見本@example.jp", "mailto:a@localhost"]
        {
            assert!(is_mailbox(mbox), "{mbox}");
        }
        for text in [
            "",
            "mailto:",
            "a@example.com",
            "mailto:should.fail.com",
            "mailto:@example.com",
            "mailto:a@",
            "mailto:a b@example.com",
            "http://example.com",
            "mailto:a@b@example.com",
            "mailto:a@example..com",
            "mailto:a@.example.com",
            "mailto:a@example.com?subject=x",
            "mailto:a@example.com,b@example.com",
            "mail to:a@example.com",
            "あいう:a@example.com",
            "mailto:a@example.com\n",
        ] {
            assert!(!is_mailbox(text), "{text}");
        }
    }

    #[test]
    fn keys_are_the_same_for_the_same_agent_and_for_no_other() {
        assert_eq!(Ifi::Mbox("mailto:Taro@EXAMPLE.jp").key(), "mbox mailto:Taro@example.jp");
        assert_ne!(Ifi::Mbox("mailto:Taro@example.jp").key(), Ifi::Mbox("mailto:taro@example.jp").key());
        assert_eq!(Ifi::MboxSha1Sum("AB").key(), Ifi::MboxSha1Sum("ab").key());
        let account = |home_page, name| Ifi::Account { home_page, name }.key();
        assert_eq!(account("https://example.com/", "a b"), "account https://example.com/ a b");
        assert_ne!(account("https://example.com/a", "b"), account("https://example.com/", "a b"));
        assert_ne!(Ifi::OpenId("mailto:a@example.com").key(), Ifi::Mbox("mailto:a@example.com").key());
    }
}
