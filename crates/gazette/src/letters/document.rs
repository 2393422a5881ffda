use kernel::{Day, Lang, long_month};
use serde_json::Value;

db::row! {
    /// A rule or guideline of the ministry.
    #[derive(Clone, Debug)]
    pub struct Document {
        pub id: String,
        pub kind_ja: String,
        pub kind_en: String,
        pub issued: String,
        pub number: String,
        pub title_ja: String,
        pub title_en: String,
        pub url: String,
        pub size_bytes: Option<i64>,
        pub superseded_by: String,
        pub superseded_on: Option<Day>,
        pub facts: Value,
    }
}

impl Document {
    /// The title in a language.
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(self.title_ja.as_str(), if self.title_en.is_empty() { &self.title_ja } else { &self.title_en })
    }

    /// What it is: 省令, ガイドライン …
    pub fn kind(&self, lang: Lang) -> &str {
        lang.pick(self.kind_ja.as_str(), if self.kind_en.is_empty() { &self.kind_ja } else { &self.kind_en })
    }

    /// When it was issued, as exactly as is known; 和暦 beside 西暦. Empty if nothing is known.
    pub fn issued(&self, lang: Lang) -> String {
        if let Ok(day) = self.issued.parse::<Day>() {
            return both_calendars(day, lang);
        }
        match format!("{}-01", self.issued).parse::<Day>() {
            Ok(day) => {
                let reiwa = kernel::japanese_date(day);
                let reiwa = reiwa.strip_suffix("1日").unwrap_or(&reiwa);
                lang.pick(format!("{}（{reiwa}）", long_month(day, lang)), long_month(day, lang))
            }
            Err(_) => String::new(),
        }
    }

    /// `PDF・614 KB`, as far as the file is one and its size is known.
    pub fn file(&self, lang: Lang) -> String {
        let is_pdf = std::path::Path::new(&self.url).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
        match self.size_bytes {
            Some(bytes) if is_pdf => format!("PDF{}{}", lang.pick("・", ", "), kernel::size(bytes.unsigned_abs())),
            _ if is_pdf => "PDF".to_owned(),
            _ => String::new(),
        }
    }

    /// A list among its facts, in the language if it has one: `volumes`, `sections`.
    pub fn list(&self, name: &str, lang: Lang) -> Vec<&str> {
        let find = |name: &str| self.facts.get(name).and_then(Value::as_array);
        let english = (lang == Lang::En).then(|| find(&format!("{name}_en"))).flatten();
        english.or_else(|| find(name)).into_iter().flatten().filter_map(Value::as_str).collect()
    }
}

/// 2023年1月11日（令和5年1月11日）, or in English the day alone.
pub fn both_calendars(day: Day, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{}年{}月{}日（{}）", day.year(), day.month(), day.day(), kernel::japanese_date(day)),
        Lang::En => day.strftime("%-d %B %Y").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(issued: &str, url: &str, size_bytes: Option<i64>) -> Document {
        Document {
            id: "d".into(),
            kind_ja: "省令".into(),
            kind_en: String::new(),
            issued: issued.into(),
            number: String::new(),
            title_ja: "題".into(),
            title_en: String::new(),
            url: url.into(),
            size_bytes,
            superseded_by: String::new(),
            superseded_on: None,
            facts: serde_json::json!({ "sections": ["一"], "sections_en": ["one"], "volumes": ["概説編"] }),
        }
    }

    #[test]
    fn a_day_is_said_as_exactly_as_it_is_known() {
        assert_eq!(document("2023-03-10", "", None).issued(Lang::Ja), "2023年3月10日（令和5年3月10日）");
        assert_eq!(document("2026-06", "", None).issued(Lang::Ja), "2026年6月（令和8年6月）");
        assert_eq!(document("2026-11", "", None).issued(Lang::Ja), "2026年11月（令和8年11月）");
        assert_eq!(document("", "", None).issued(Lang::Ja), "");
    }

    #[test]
    fn a_file_says_what_it_is_and_how_large() {
        assert_eq!(document("", "https://example.jp/a.pdf", Some(614_686)).file(Lang::Ja), "PDF・614 KB");
        assert_eq!(document("", "https://example.jp/a.PDF", Some(2_191_433)).file(Lang::En), "PDF, 2.1 MB");
        assert_eq!(document("", "https://example.jp/a.html", None).file(Lang::Ja), "");
    }

    #[test]
    fn lists_are_english_where_they_can() {
        let document = document("", "", None);
        assert_eq!(document.list("sections", Lang::En), ["one"]);
        assert_eq!(document.list("volumes", Lang::En), ["概説編"]);
    }
}
