//! Files of `data/` that the whole portal rests on. The program does not start where one of them cannot be used.

use kernel::Holidays;

use crate::data_text;
use crate::settings::Settings;

const HOLIDAYS: &str = "holidays.csv";

/// What is wrong with a file of `data/`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("data/{file}: {what}")]
pub struct DataFault {
    /// The file.
    pub file: &'static str,
    /// What is wrong there.
    pub what: String,
}

/// Whether the settings and the holidays can be used as they are shipped.
pub fn check_data() -> Result<(), DataFault> {
    Settings::read()?;
    holidays()?;
    Ok(())
}

/// Japan's holidays, from `data/holidays.csv`.
pub fn holidays() -> Result<Holidays, DataFault> {
    holidays_of(&data_text(HOLIDAYS))
}

fn holidays_of(text: &str) -> Result<Holidays, DataFault> {
    let fault = |what: String| DataFault { file: HOLIDAYS, what };
    if text.is_empty() {
        return Err(fault("it is not there, or is no text".to_owned()));
    }
    Holidays::parse(text).map_err(|wrong| fault(wrong.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_can_be_used() {
        check_data().unwrap();
    }

    #[test]
    fn a_slip_in_the_holidays_is_named_by_its_line() {
        let text = "date,name_ja,name_en\n2026-11-23,勤労感謝の日,Labour Thanksgiving Day\n2027-1-1,元日,New Year's Day\n";
        let fault = holidays_of(text).unwrap_err().to_string();
        assert!(fault.starts_with("data/holidays.csv: line 3 "), "{fault}");
        assert!(holidays_of("").is_err(), "none at all is a slip too");
    }

    #[test]
    fn a_slip_in_the_settings_is_named() {
        let hours = "[mails]\nfrom = \"8:00\"\nuntil = \"19:00\"\n";
        assert_eq!(Settings::parse(hours).unwrap().get("mails.until"), "19:00");
        for (text, says) in [
            ("[site]\nname_ja = \"MIST\n", "line"),
            ("[mails]\nfrom = \"8:00\"\nuntil = \"7:00\"\n", "mails.until"),
            ("[mails]\nfrom = \"eight\"\nuntil = \"19:00\"\n", "mails.from"),
            ("", "mails.from"),
        ] {
            let fault = Settings::parse(text).unwrap_err().to_string();
            assert!(fault.starts_with("data/settings.toml: ") && fault.contains(says), "{fault}");
        }
    }
}
