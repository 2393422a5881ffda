//! Words in braces that stand in notices, answers and fixed pages, and become what the settings say: `{office_phone}`.

use kernel::{FiscalYear, Lang, Timestamp};
use web::Settings;

/// Every word that is filled in; others stay as they are typed.
pub const WORDS: [&str; 19] = [
    "site",
    "short",
    "commissioner",
    "project",
    "operator",
    "operator_address",
    "office",
    "office_phone",
    "office_hours",
    "office_mail",
    "programme_office",
    "programme_phone",
    "programme_mail",
    "incident_phone",
    "incident_hours",
    "year",
    "fiscal_year",
    "records_years",
    "inquiries_years",
];

/// The text with its words in braces filled in.
pub fn fill(text: &str, settings: &Settings, lang: Lang, now: Timestamp) -> String {
    let mut filled = text.to_owned();
    for word in WORDS {
        let brace = format!("{{{word}}}");
        if filled.contains(&brace) {
            filled = filled.replace(&brace, &value(word, settings, lang, now));
        }
    }
    filled
}

/// The Markdown text as safe HTML, filled in.
pub fn html(text: &str, settings: &Settings, lang: Lang, now: Timestamp) -> String {
    web::markdown(&fill(text, settings, lang, now))
}

/// The text without its words in braces: what they become is not the text's own.
pub fn without(text: &str) -> String {
    WORDS.into_iter().fold(text.to_owned(), |text, word| text.replace(&format!("{{{word}}}"), ""))
}

fn value(word: &str, settings: &Settings, lang: Lang, now: Timestamp) -> String {
    let text = |name: &str| settings.text(name, lang).to_owned();
    let contact = |id: &str| settings.contact(id, lang);
    let year = FiscalYear::of(now.day());
    match word {
        "site" => text("site.name"),
        "short" => text("site.short"),
        "commissioner" => text("commissioner.mark"),
        "project" => text("site.project"),
        "operator" => text("operator.name"),
        "operator_address" => text("operator.address"),
        "office" => contact("portal").organization,
        "office_phone" => contact("portal").phone,
        "office_hours" => contact("portal").hours,
        "office_mail" => contact("portal").mail,
        "programme_office" => contact("programme").organization,
        "programme_phone" => contact("programme").phone,
        "programme_mail" => contact("programme").mail,
        "incident_phone" => text("incident.phone"),
        "incident_hours" => text("incident.hours"),
        "year" => year.to_string(),
        "fiscal_year" => lang.pick(year.label(Lang::Ja), format!("fiscal year {}", year.begins_in())),
        _ => text(&format!("retention.{word}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn november() -> Timestamp {
        "2026-11-22T09:00+09:00".parse().unwrap()
    }

    #[test]
    fn every_text_that_is_shipped_is_filled_in_to_its_last_word() {
        let settings = Settings::shipped();
        for folder in ["notices", "faq", "pages"] {
            for name in web::data_names(folder) {
                let lang = if name.ends_with(".en.md") { Lang::En } else { Lang::Ja };
                let filled = fill(&web::data_text(&name), &settings, lang, november());
                assert!(!filled.contains('{') && !filled.contains('}'), "{name}: {filled}");
            }
        }
        for word in WORDS {
            assert!(!value(word, &settings, Lang::Ja, november()).is_empty(), "{word}");
            assert!(!value(word, &settings, Lang::En, november()).is_empty(), "{word}");
        }
    }

    #[test]
    fn the_year_is_that_of_the_clock() {
        let settings = Settings::shipped();
        assert_eq!(fill("/trainings/{year}：{fiscal_year}", &settings, Lang::Ja, november()), "/trainings/R8：令和8年度");
        assert_eq!(fill("{fiscal_year}", &settings, Lang::En, november()), "fiscal year 2026");
        assert_eq!(fill("{unknown}", &settings, Lang::Ja, november()), "{unknown}");
    }
}
