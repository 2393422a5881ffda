//! Who somebody is, taken out of what somebody wrote.
//!
//! Two ways at once: what the case knows to be a name is found wherever it stands, and what looks like a name, an address, a telephone
//! number, a mail address or a page is found by its shape. In doubt more is masked: a sentence with a gap harms nobody.

use regex::{Captures, Regex};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What stands in the place of what was masked.
pub const NAME: &str = "［名前］";
pub(crate) const MAIL: &str = "［メールアドレス］";
pub(crate) const PHONE: &str = "［電話番号］";
pub(crate) const PLACE: &str = "［住所］";
pub(crate) const INSTITUTION: &str = "［医療機関］";
pub(crate) const PAGE: &str = "［ホームページ］";

/// Names that are known, with the shapes of those that are not.
#[derive(Clone, Debug, Default)]
pub struct Mask {
    known: Vec<String>,
    hosts: BTreeSet<String>,
    pattern: Option<Regex>,
}

/// Kanji and katakana, of which names of people, places and institutions are written.
const WORD: &str = r"\x{3400}-\x{4DBF}\x{4E00}-\x{9FFF}\x{F900}-\x{FAFF}\x{20000}-\x{323AF}々〆ヶ\x{30A1}-\x{30FA}ー";

fn shape(pattern: &str) -> Regex {
    Regex::new(&pattern.replace("{WORD}", WORD)).expect("it is a pattern")
}

static MAILS: LazyLock<Regex> =
    LazyLock::new(|| shape(r"[A-Za-z0-9._%+\-Ａ-Ｚａ-ｚ０-９．]+[@＠][A-Za-z0-9.\-Ａ-Ｚａ-ｚ０-９．]+[A-Za-zＡ-Ｚａ-ｚ]"));
static PAGES: LazyLock<Regex> =
    LazyLock::new(|| shape(r"(?i)\b(?:https?|ftp)://[^\s「」（）<>、。]+|\bwww\.[A-Za-z0-9.\-]+[^\s「」（）<>、。]*"));
/// Three groups, or ten and eleven digits at once. Every one begins with 0, or with +81.
static PHONES: LazyLock<Regex> = LazyLock::new(|| {
    const GAP: &str = r"[\-－‐‑–—―−ー・ 　]?[()（）]?[\-－‐‑–—―−ー・ 　]?";
    shape(&format!(
        r"(?:[+＋][8８][1１]{GAP}[0０]?|[(（]?[0０])[0-9０-９]{{1,4}}{GAP}[0-9０-９]{{1,4}}{GAP}[0-9０-９]{{3,4}}|[0０][0-9０-９]{{9,10}}"
    ))
});
static PLACES: LazyLock<Regex> = LazyLock::new(|| {
    shape(concat!(
        r"〒[ 　]?[0-9０-９]{3}[\-－‐−ー]?[0-9０-９]{4}",
        r"|(?:[{WORD}]{1,3}[都道府県][{WORD}ぁ-ん]{1,8}?|[{WORD}]{1,6})[市区町村郡][{WORD}ぁ-ん]{0,20}?[0-9０-９一二三四五六七八九十]+",
        r"(?:丁目|番地|番|号|[\-－‐−ー][0-9０-９]+)[0-9０-９一二三四五六七八九十丁目番地号\-－‐−ー]*(?:の[0-9０-９]+)?",
        r"|[{WORD}]{1,3}[都道府県][{WORD}ぁ-ん]{1,6}?[市区町村]",
    ))
});
static INSTITUTIONS: LazyLock<Regex> =
    LazyLock::new(|| shape(r"([{WORD}A-Za-z0-9０-９]{0,20})(病院|医院|クリニック|診療所|医療センター|薬局|歯科|訪問看護ステーション)"));
static PEOPLE: LazyLock<Regex> = LazyLock::new(|| {
    shape(r"([{WORD}]{1,5}(?:[ 　][{WORD}]{1,5})?)([ 　]?)(さん|様|氏|先生|医師|看護師|薬剤師|技師|事務長|院長|部長|課長|係長|主任|室長)")
});

/// What stands before 病院 and is no name.
const NO_INSTITUTION: [&str; 14] = ["", "当", "他", "各", "同", "本", "総合", "一般", "複数", "基幹", "近隣", "連携", "全国", "公立"];
/// What stands before さん or 医師 and is no name.
const NO_PERSON: [&str; 22] = [
    "患者",
    "皆",
    "担当",
    "業者",
    "当直",
    "主治",
    "各",
    "副",
    "職員",
    "利用者",
    "委託先",
    "家族",
    "当",
    "前",
    "夜勤",
    "病棟",
    "外来",
    "救急",
    "同",
    "他",
    "全",
    "常勤",
];

impl Mask {
    /// A mask that knows these texts to be names: each as a whole, each line and each part of it. Hosts of mail that everybody uses
    /// name nobody.
    pub fn knowing<'a>(texts: impl IntoIterator<Item = &'a str>, shared_hosts: &BTreeSet<String>) -> Self {
        let mut known = BTreeSet::new();
        let mut hosts = BTreeSet::new();
        for text in texts {
            let mails = MAILS.find_iter(text).filter_map(|mail| mail.as_str().rsplit(['@', '＠']).next().map(str::to_lowercase));
            let pages = PAGES.find_iter(text).filter_map(|page| host_of(page.as_str()));
            hosts.extend(mails.chain(pages).filter(|host| !shared_hosts.contains(host)));
            let text = MAILS.replace_all(text, "");
            let text = PAGES.replace_all(&text, "");
            let parts = text.split(['\n', '、', '，', ',', '（', '）', '(', ')', '：', ':', '／', '/']);
            for part in parts.chain([&*text]).map(str::trim).filter(|part| !part.contains('\n')) {
                known.insert(without_gaps(part));
                let words: Vec<&str> = part.split([' ', '　']).collect();
                known.extend(words.iter().map(|word| (*word).to_owned()));
                // A family name and a given name, with whatever stands before or after them.
                known.extend(words.windows(2).map(<[&str]>::concat));
            }
        }
        known.extend(hosts.iter().cloned());
        known.retain(|name| name.chars().count() >= 2 && !name.chars().all(|c| c.is_ascii_digit()));
        let mut known: Vec<String> = known.into_iter().collect();
        // The longest first, so that no part of a name stays behind.
        known.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
        let spread = |name: &String| name.chars().map(|c| regex::escape(&c.to_string())).collect::<Vec<_>>().join(r"[ 　]?");
        let pattern = known.iter().map(spread).collect::<Vec<_>>().join("|");
        let pattern = (!pattern.is_empty()).then(|| Regex::new(&format!("(?i){pattern}")).ok()).flatten();
        Self { known, hosts, pattern }
    }

    /// The text without whom it is about.
    pub fn text(&self, text: &str) -> String {
        let text = MAILS.replace_all(text, MAIL);
        let text = PAGES.replace_all(&text, PAGE);
        let text = match &self.pattern {
            Some(known) => known.replace_all(&text, NAME),
            None => text,
        };
        let text = PLACES.replace_all(&text, PLACE);
        let text = phones(&text);
        let text =
            INSTITUTIONS.replace_all(
                &text,
                |found: &Captures<'_>| {
                    if NO_INSTITUTION.contains(&&found[1]) { found[0].to_owned() } else { INSTITUTION.to_owned() }
                },
            );
        let text = PEOPLE.replace_all(&text, |found: &Captures<'_>| {
            let is_word = NO_PERSON.iter().any(|word| found[1].ends_with(word));
            if is_word { found[0].to_owned() } else { format!("{NAME}{}{}", &found[2], &found[3]) }
        });
        text.into_owned()
    }

    /// Whether this is, or lies within, something that names the institution: its own domain, or a name in an address.
    pub fn names(&self, value: &str, host: Option<&str>) -> bool {
        let is_own = |host: &str| {
            self.hosts.iter().any(|own| host == own || host.ends_with(&format!(".{own}")) || own.ends_with(&format!(".{host}")))
        };
        host.is_some_and(|host| is_own(&host.to_lowercase()))
            || self.known.iter().any(|name| name.chars().count() >= 4 && value.to_lowercase().contains(&name.to_lowercase()))
    }
}

fn without_gaps(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '　')).collect()
}

fn host_of(page: &str) -> Option<String> {
    let rest = page.split_once("://").map_or(page, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    Some(host.strip_prefix("www.").map_or_else(|| host.clone(), str::to_owned))
}

/// A row of digits inside a longer one, or inside a hash, is no telephone number.
fn phones(text: &str) -> Cow<'_, str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | '.' | '_');
    PHONES.replace_all(text, |found: &Captures<'_>| {
        let Some(whole) = found.get(0) else { return String::new() };
        let before = text[..whole.start()].chars().next_back();
        let after = text[whole.end()..].chars().next();
        let digits = whole.as_str().chars().filter(|c| c.is_ascii_digit() || matches!(c, '０'..='９')).count();
        let is_longer = before.is_some_and(|c| is_part(c) || c == '-') || after.is_some_and(is_part);
        if is_longer || digits < 9 { whole.as_str().to_owned() } else { PHONE.to_owned() }
    })
}

#[cfg(test)]
mod tests {
    use super::Mask;
    use std::collections::BTreeSet;

    fn masked(text: &str) -> String {
        Mask::knowing(
            ["みほん市立総合病院", "情報システム課　見本 太郎", "mihon@mihon-hp.example.jp", "https://www.mihon-clinic.example.jp/"],
            &BTreeSet::new(),
        )
        .text(text)
    }

    #[test]
    fn known_names_are_found_however_they_are_spaced() {
        for text in ["見本太郎が発見", "見本 太郎が発見", "見本　太郎が発見"] {
            assert_eq!(masked(text), "［名前］が発見");
        }
        assert_eq!(masked("みほん市立総合病院の太郎"), "［名前］の［名前］");
    }

    #[test]
    fn addresses_of_mail_pages_and_telephones_are_found_by_their_shape() {
        assert_eq!(masked("連絡は info@clinic.example.jp へ"), "連絡は ［メールアドレス］ へ");
        assert_eq!(masked("ｉｎｆｏ＠ｃｌｉｎｉｃ．ｊｐへ"), "［メールアドレス］へ");
        assert_eq!(masked("画面 https://clinic.example.jp/a?b を見た"), "画面 ［ホームページ］ を見た");
        for phone in [
            "03-1234-5678",
            "０９０－１２３４－５６７８",
            "(03)1234-5678",
            "0312345678",
            "09012345678",
            "+81-90-1234-5678",
            "090 1234 5678",
        ] {
            assert_eq!(masked(&format!("番号は{phone}です")), "番号は［電話番号］です", "{phone}");
        }
    }

    #[test]
    fn figures_that_are_no_telephone_number_stay() {
        for text in [
            "2026-11-22 03:12",
            "受付番号 2026-000123-7",
            "198.51.100.7",
            "0a12345678901234567890123456789012345678901234567890123456789012",
            "CVE-2024-01234",
            "約0.5秒",
            "3,000人、120台",
            "KB5034441",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn places_institutions_and_people_are_found_by_what_stands_beside_them() {
        assert_eq!(masked("例示県みほん町1丁目2番3号の倉庫"), "［住所］の倉庫");
        assert_eq!(masked("宮城県仙台市のサーバー"), "［住所］のサーバー");
        assert_eq!(masked("〒980-0001"), "［住所］");
        assert_eq!(masked("例示中央病院から転送"), "［医療機関］から転送");
        assert_eq!(masked("例示 髙子さんと試験﨑男医師"), "［名前］さんと［名前］医師");
    }

    #[test]
    fn ordinary_words_stay() {
        for text in [
            "当院の患者さんへ",
            "他病院へ搬送",
            "担当医師が確認",
            "病院のサーバー",
            "電子カルテが開けない",
            "VPN装置の版は7.2.1",
            "3階の病棟",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn an_indicator_on_the_institution_s_own_domain_names_it() {
        let mask = Mask::knowing(["mihon@mihon-hp.example.jp、taro@mail.example.com"], &BTreeSet::from(["mail.example.com".to_owned()]));
        assert!(!mask.names("x@mail.example.com", Some("mail.example.com")), "everybody's");
        assert!(mask.names("vpn.mihon-hp.example.jp", Some("vpn.mihon-hp.example.jp")));
        assert!(!mask.names("c2.example.net", Some("c2.example.net")));
    }
}
