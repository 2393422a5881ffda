//! Slips in typed mail addresses: what may have been meant, to be asked about. Nothing is ever changed by itself.

use kernel::{EmailAddress, NotAnAddress};
use std::sync::LazyLock;
use web::data_text;

/// Domains of fewer characters have too many neighbours that are somebody's own.
const LEAST_CHARS: usize = 7;

/// The same for a domain's first word alone.
const LEAST_WORD: usize = 5;

/// What `data/mail-domains.txt` says.
#[derive(Default)]
struct Known {
    common: Vec<String>,
    slips: Vec<(String, String)>,
    /// Longest first, so that `.com.jp` is seen before `.jp`.
    endings: Vec<(String, String)>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| Known::parse(&data_text("mail-domains.txt")));

/// The address that may have been meant, if the domain looks like a slip of a common one: 「もしかして：hanako@gmail.com」.
pub fn domain_guess(address: &EmailAddress) -> Option<EmailAddress> {
    let meant = KNOWN.meant(address.domain())?;
    format!("{}@{meant}", address.local()).parse().ok()
}

/// The address that may have been meant by what was typed, which may lack the end of its domain: `takako@example`.
pub fn address_guess(typed: &str) -> Option<EmailAddress> {
    match typed.parse::<EmailAddress>() {
        Ok(address) => domain_guess(&address),
        Err(NotAnAddress::Ending) => {
            let whole: EmailAddress = format!("{}.jp", typed.trim()).parse().ok()?;
            let meant = KNOWN.named(whole.domain().strip_suffix(".jp")?);
            meant.map_or(Some(whole.clone()), |domain| format!("{}@{domain}", whole.local()).parse().ok())
        }
        Err(_) => None,
    }
}

impl Known {
    fn parse(text: &str) -> Self {
        let mut known = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match line.split_whitespace().collect::<Vec<_>>().as_slice() {
                [domain] => known.common.push((*domain).to_owned()),
                [slip, meant] if slip.starts_with('.') => known.endings.push(((*slip).to_owned(), (*meant).to_owned())),
                [slip, meant] => known.slips.push(((*slip).to_owned(), (*meant).to_owned())),
                _ => {}
            }
        }
        known.endings.sort_by_key(|(slip, _)| std::cmp::Reverse(slip.len()));
        known
    }

    /// The common domain that begins with this word, or with one that is a slip away from it.
    fn named(&self, word: &str) -> Option<&str> {
        let begins = |fits: &dyn Fn(&str) -> bool| self.common.iter().find(|domain| domain.split('.').next().is_some_and(fits));
        begins(&|name| name == word).or_else(|| begins(&|name| name.len() >= LEAST_WORD && is_one_slip(word, name))).map(String::as_str)
    }

    fn meant(&self, domain: &str) -> Option<String> {
        if self.common.iter().any(|common| common == domain) {
            return None;
        }
        if let Some((_, meant)) = self.slips.iter().find(|(slip, _)| slip == domain) {
            return Some(meant.clone());
        }
        if let Some((slip, meant)) = self.endings.iter().find(|(slip, _)| domain.ends_with(slip.as_str())) {
            let mended = format!("{}{meant}", domain.strip_suffix(slip.as_str()).unwrap_or(domain));
            return Some(self.meant(&mended).unwrap_or(mended));
        }
        self.common.iter().find(|common| common.len() >= LEAST_CHARS && is_one_slip(domain, common)).cloned()
    }
}

/// One letter too many, too few or wrong, or two neighbours changed about.
fn is_one_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant) = (typed.as_bytes(), meant.as_bytes());
    let same = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (&typed[same..], &meant[same..]);
    match (typed, meant) {
        ([a, b, typed @ ..], [c, d, meant @ ..]) if a == d && b == c && typed == meant => true,
        ([_, typed @ ..], [_, meant @ ..]) if typed == meant => true,
        ([_, rest @ ..], _) if rest == meant => true,
        (_, [_, rest @ ..]) => rest == typed,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(typed: &str) -> Option<String> {
        address_guess(typed).map(|address| address.as_str().to_owned())
    }

    #[test]
    fn slips_are_asked_about() {
        for (typed, meant) in [
            ("hanako@gmial.com", "hanako@gmail.com"),
            ("hanako@gmail.con", "hanako@gmail.com"),
            ("hanako@gmal.com", "hanako@gmail.com"),
            ("hanako@yahho.co.jp", "hanako@yahoo.co.jp"),
            ("hanako@docomo.en.jp", "hanako@docomo.ne.jp"),
            ("hanako@example.cojp", "hanako@example.co.jp"),
            ("takako@example", "takako@example.jp"),
            ("takako@gmail", "takako@gmail.com"),
            ("hanako@gmial", "hanako@gmail.com"),
            ("takako@yahoo", "takako@yahoo.co.jp"),
        ] {
            assert_eq!(guess(typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn what_may_well_be_meant_is_left_alone() {
        for typed in ["hanako@gmail.com", "hanako@example.jp", "hanako@mihon-hospital.or.jp", "a@we.com", "hanako", "a@b@c"] {
            assert_eq!(guess(typed), None, "{typed}");
        }
    }
}
