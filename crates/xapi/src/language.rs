//! Language tags (RFC 5646 section 2.1) and the choice among them (RFC 4647).

/// Tags that were registered before the grammar and do not follow it.
const IRREGULAR: &[&str] = &[
    "en-gb-oed",
    "i-ami",
    "i-bnn",
    "i-default",
    "i-enochian",
    "i-hak",
    "i-klingon",
    "i-lux",
    "i-mingo",
    "i-navajo",
    "i-pwn",
    "i-tao",
    "i-tay",
    "i-tsu",
    "sgn-be-fr",
    "sgn-be-nl",
    "sgn-ch-de",
];

/// Whether the text follows the grammar of RFC 5646: the sequence of lengths is looked at, not the registry
/// (xAPI-Data 2.2.s4.b2).
pub fn is_tag(text: &str) -> bool {
    if IRREGULAR.iter().any(|tag| tag.eq_ignore_ascii_case(text)) {
        return true;
    }
    let subtags: Vec<&str> = text.split('-').collect();
    let sound = subtags.iter().all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    sound && (private(&subtags) || langtag(&subtags))
}

/// `x-…`
fn private(subtags: &[&str]) -> bool {
    subtags.len() > 1 && subtags[0].eq_ignore_ascii_case("x")
}

fn langtag(subtags: &[&str]) -> bool {
    let Some((primary, mut rest)) = subtags.split_first() else { return false };
    if !letters(primary) || primary.len() < 2 {
        return false;
    }
    if primary.len() <= 3 {
        for _ in 0..3 {
            take(&mut rest, |tag| letters(tag) && tag.len() == 3);
        }
    }
    take(&mut rest, |tag| letters(tag) && tag.len() == 4);
    take(&mut rest, |tag| (letters(tag) && tag.len() == 2) || (tag.len() == 3 && tag.bytes().all(|byte| byte.is_ascii_digit())));
    while take(&mut rest, |tag| tag.len() >= 5 || (tag.len() == 4 && tag.starts_with(|first: char| first.is_ascii_digit()))) {}
    let mut singletons: Vec<String> = Vec::new();
    while let Some((singleton, after)) = rest.split_first()
        && singleton.len() == 1
        && !singleton.eq_ignore_ascii_case("x")
    {
        let singleton = singleton.to_ascii_lowercase();
        let mut tail = after;
        while take(&mut tail, |tag| tag.len() >= 2) {}
        if tail.len() == after.len() || singletons.contains(&singleton) {
            return false;
        }
        singletons.push(singleton);
        rest = tail;
    }
    rest.is_empty() || private(rest)
}

fn letters(tag: &str) -> bool {
    tag.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Takes the first subtag away if it is one of these.
fn take(rest: &mut &[&str], is_one: impl Fn(&str) -> bool) -> bool {
    match rest.split_first() {
        Some((first, after)) if is_one(first) => {
            *rest = after;
            true
        }
        _ => false,
    }
}

/// What a reader understands, the best first: the value of `Accept-Language` (RFC 9110 section 12.5.4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Languages(Vec<String>);

impl Languages {
    /// Reads the header; what is not understood in it is passed over, as for every header of preferences.
    pub fn of_header(value: &str) -> Self {
        let mut ranges: Vec<(u16, &str)> = value.split(',').filter_map(range).collect();
        // A stable sort: of equal weight, the first one said is the first one wanted.
        ranges.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        Self(ranges.into_iter().map(|(_, range)| range.to_ascii_lowercase()).collect())
    }

    /// The tag that suits best: the first range that has one, exactly or as a part of it (`en` takes `en-GB`), then a more
    /// general one (`en-US` takes `en`, or `en-GB` if there is nothing nearer); without any, the first of the tags.
    pub fn choose<'a>(&self, tags: &[&'a str]) -> Option<&'a str> {
        for range in &self.0 {
            if range == "*" {
                break;
            }
            let mut part = range.as_str();
            loop {
                if let Some(tag) =
                    tags.iter().find(|tag| tag.eq_ignore_ascii_case(part)).or_else(|| tags.iter().find(|tag| is_within(tag, part)))
                {
                    return Some(tag);
                }
                let Some((shorter, _)) = part.rsplit_once('-') else { break };
                // A single character introduces what follows it and says nothing alone.
                part = shorter.rsplit_once('-').filter(|(_, last)| last.len() == 1).map_or(shorter, |(before, _)| before);
            }
        }
        tags.first().copied()
    }
}

fn is_within(tag: &str, range: &str) -> bool {
    tag.len() > range.len() && tag.as_bytes()[range.len()] == b'-' && tag.as_bytes()[..range.len()].eq_ignore_ascii_case(range.as_bytes())
}

fn range(part: &str) -> Option<(u16, &str)> {
    let mut pieces = part.split(';').map(str::trim);
    let range = pieces.next().filter(|range| *range == "*" || is_tag(range))?;
    let weight = match pieces.find_map(|piece| piece.strip_prefix("q=").or_else(|| piece.strip_prefix("Q="))) {
        Some(weight) => thousandths(weight)?,
        None => 1000,
    };
    (weight > 0).then_some((weight, range))
}

/// `0.85` is 850.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value = format!("{fraction:0<3}").parse::<u16>().ok()?;
    match whole {
        "0" => Some(value),
        "1" if value == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Languages, is_tag};

    #[test]
    fn tags_follow_the_grammar_of_rfc_5646() {
        for tag in [
            "en",
            "ja",
            "en-US",
            "ja-JP",
            "zh-Hant-TW",
            "zh-cmn-Hans-CN",
            "es-419",
            "sl-rozaj-biske-1994",
            "de-CH-1901",
            "en-a-myext-b-another",
            "x-private",
            "de-CH-x-phonebk",
            "und",
            "i-klingon",
            "sgn-BE-FR",
            "qaa-Qaaa-QM-x-southern",
            "JA",
            "abcd",
            "abcdefgh",
            "zh-min-nan",
        ] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in [
            "",
            "a",
            "a12345",
            "de-419-DE",
            "a-DE",
            "en_US",
            "en-",
            "-en",
            "en--US",
            "abcdefghi",
            "en-US-u",
            "x",
            "de-x",
            "ar-a-aaa-a-bbb",
            "日本語",
            "en US",
            "e1",
            "en-toolongsubtag",
            "en-US-US",
        ] {
            assert!(!is_tag(tag), "{tag}");
        }
    }

    #[test]
    fn the_language_that_suits_best_is_chosen() {
        let choose = |header: &str, tags: &[&'static str]| Languages::of_header(header).choose(tags);
        assert_eq!(choose("ja, en;q=0.8", &["en-US", "ja"]), Some("ja"));
        assert_eq!(choose("en", &["ja", "en-US", "en-GB"]), Some("en-US"), "a part of a tag");
        assert_eq!(choose("en-GB", &["ja", "en-US"]), Some("en-US"), "rather other English than none");
        assert_eq!(choose("en-GB;q=0.1, ja;q=0.9", &["en-GB", "ja-JP"]), Some("ja-JP"));
        assert_eq!(choose("fr, *;q=0.5", &["en", "ja"]), Some("en"));
        assert_eq!(choose("fr;q=0, de", &["fr", "ja"]), Some("fr"), "none suits: the first one");
        assert_eq!(choose("", &["en", "ja"]), Some("en"));
        assert_eq!(choose("ja", &[]), None);
        assert_eq!(choose("en;q=2, ja;q=, ,;;, q=1", &["en", "ja"]), Some("en"));
        assert_eq!(choose("EN-us", &["ja", "en-US"]), Some("en-US"));
        assert_eq!(choose("en-u-ca-japanese", &["ja", "en"]), Some("en"));
    }
}
