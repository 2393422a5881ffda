use db::{DbResult, Tx, row, sql};
use kernel::{Day, FiscalYear, Lang, Timestamp, minutes_of_day};
use std::collections::BTreeMap;
use std::ops::Range;

use crate::contents::DataFault;
use crate::data_text;

const FILE: &str = "settings.toml";

/// Names, contacts and other settings: `data/settings.toml`, with what was changed under 設定 laid over it.
///
/// Keys are paths such as `site.name_ja` or `contact.portal.phone`; a pair `_ja`/`_en` is one text in two languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings(BTreeMap<String, String>);

/// Where questions go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// `programme` or `portal`.
    pub id: String,
    /// What kind of questions.
    pub about: String,
    /// Examples of such questions.
    pub examples: String,
    /// Who answers.
    pub organization: String,
    /// The telephone number.
    pub phone: String,
    /// 直通 or 代表.
    pub phone_kind: String,
    /// 内線, empty if none.
    pub extension: String,
    /// FAX, empty if none.
    pub fax: String,
    /// 受付時間.
    pub hours: String,
    /// The mail address, in the form in which it is shown.
    pub mail: String,
    /// The mail address itself.
    pub mail_address: String,
    /// The day on which the number was last tried.
    pub confirmed: String,
}

row! {
    struct SettingRow {
        name: String,
        value: String,
    }
}

/// The settings in force.
pub async fn load_settings(tx: &mut Tx<'_>) -> DbResult<Settings> {
    let rows: Vec<SettingRow> = tx.all(sql!("SELECT name, value FROM settings ORDER BY name LIMIT 1000"), &[]).await?;
    let mut settings = Settings::shipped();
    settings.0.extend(rows.into_iter().map(|row| (row.name, row.value)));
    Ok(settings)
}

/// The minutes of the day, in Japan, at which people are written to.
pub type Hours = Range<i64>;

/// The hours of mails as they are set; as shipped where the settings say nothing that makes sense.
pub fn mail_hours(settings: &Settings) -> Hours {
    hours_of(settings).or_else(|| hours_of(&Settings::shipped())).expect("the settings as shipped give hours, or they are not read")
}

fn hours_of(settings: &Settings) -> Option<Hours> {
    let (from, until) = (minutes_of_day(settings.get("mails.from"))?, minutes_of_day(settings.get("mails.until"))?);
    (from < until).then_some(from..until)
}

/// Changes one setting; pages show it at once.
pub async fn save_setting(tx: &mut Tx<'_>, name: &str, value: &str, by: &str, now: Timestamp) -> DbResult<()> {
    let save = sql!(
        "INSERT INTO settings (name, value, changed_at, changed_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by"
    );
    tx.run(save, &[name.into(), value.into(), now.into(), by.into()]).await?;
    tx.public_changed().await
}

/// Forgets what was set, so that the value as shipped is in force again; pages show it at once.
pub async fn drop_setting(tx: &mut Tx<'_>, name: &str) -> DbResult<()> {
    tx.run(sql!("DELETE FROM settings WHERE name = $1"), &[name.into()]).await?;
    tx.public_changed().await
}

impl Settings {
    /// The settings as shipped.
    pub fn shipped() -> Self {
        Self::read().expect("the program does not start before they can be read")
    }

    /// The settings as shipped, or what is wrong with them.
    pub(crate) fn read() -> Result<Self, DataFault> {
        Self::parse(&data_text(FILE))
    }

    /// The settings of this text.
    pub(crate) fn parse(text: &str) -> Result<Self, DataFault> {
        let fault = |what: String| DataFault { file: FILE, what };
        let settings = Self(Self::named_in(text).map_err(|wrong| fault(wrong.to_string()))?);
        if hours_of(&settings).is_none() {
            return Err(fault("mails.from and mails.until are two times of a day such as 8:00, the earlier one first".to_owned()));
        }
        Ok(settings)
    }

    /// The names and values in a text that is written like `data/settings.toml`, whatever they are.
    ///
    /// # Errors
    ///
    /// The text is no TOML.
    pub fn named_in(text: &str) -> Result<BTreeMap<String, String>, toml::de::Error> {
        let table: toml::Table = text.parse()?;
        let mut values = BTreeMap::new();
        flatten("", &toml::Value::Table(table), &mut values);
        Ok(values)
    }

    /// Every setting, by name.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value with this name, empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The text with this name in a language: `name_ja` or `name_en`; where that is empty, `name`.
    pub fn text(&self, name: &str, lang: Lang) -> &str {
        match self.get(&format!("{name}_{}", lang.code())) {
            "" => self.get(name),
            specific => specific,
        }
    }

    /// The line at the foot of every page, with the fiscal year filled in.
    pub fn copyright(&self, lang: Lang, now: Timestamp) -> String {
        let year = FiscalYear::of(now.day());
        let shown = match lang {
            Lang::Ja => year.label(lang),
            Lang::En => year.begins_in().to_string(),
        };
        self.text("copyright.line", lang).replace("{year}", &shown)
    }

    /// The contact with this id.
    pub fn contact(&self, id: &str, lang: Lang) -> Contact {
        let text = |field: &str| self.text(&format!("contact.{id}.{field}"), lang).to_owned();
        let mail_address = self.get(&format!("contact.{id}.mail")).to_owned();
        let is_crossed = self.get("mail_addresses.form") == "cross";
        Contact {
            id: id.to_owned(),
            about: text("about"),
            examples: text("examples"),
            organization: text("organization"),
            phone: text("phone"),
            phone_kind: text("phone_kind"),
            extension: text("extension"),
            fax: text("fax"),
            hours: text("hours"),
            mail: if is_crossed { mail_address.replace('@', "×") } else { mail_address.clone() },
            mail_address,
            confirmed: self.day_shown(&format!("contact.{id}.confirmed_on"), lang),
        }
    }

    /// A day setting, written without the year.
    pub fn day_shown(&self, name: &str, lang: Lang) -> String {
        self.get(name).parse::<Day>().map_or_else(|_| String::new(), |day| kernel::short_date(day, lang))
    }

    /// The note that explains the × form, if addresses are written so.
    pub fn mail_note(&self, lang: Lang) -> Option<&str> {
        (self.get("mail_addresses.form") == "cross").then(|| self.text("mail_addresses.note", lang))
    }
}

fn flatten(path: &str, value: &toml::Value, into: &mut BTreeMap<String, String>) {
    let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        toml::Value::Table(table) => table.iter().for_each(|(name, value)| flatten(&join(name), value, into)),
        toml::Value::Array(items) => {
            for item in items {
                match item.get("id").and_then(toml::Value::as_str) {
                    Some(id) => flatten(&join(id), item, into),
                    // It is kept, so that whoever reads the file can say that there is no such setting.
                    None => {
                        into.insert(path.to_owned(), item.to_string());
                    }
                }
            }
        }
        toml::Value::String(text) => {
            into.insert(path.to_owned(), text.clone());
        }
        other => {
            into.insert(path.to_owned(), other.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_names_the_portal_and_its_contacts() {
        let settings = Settings::shipped();
        assert_eq!(settings.text("site.name", Lang::Ja), "医療機関向けセキュリティ教育支援ポータルサイト");
        assert!(settings.contact("portal", Lang::Ja).mail.contains('@'));
        assert!(!settings.contact("programme", Lang::En).organization.is_empty());
    }

    #[test]
    fn a_number_that_is_written_the_same_in_both_languages_is_written_once() {
        let mut settings = Settings::shipped();
        settings.0.insert("incident.phone".into(), "000-0000-1000".into());
        assert_eq!(settings.text("incident.phone", Lang::En), "000-0000-0000 (sample)");
        settings.0.insert("incident.phone_en".into(), String::new());
        assert_eq!(settings.text("incident.phone", Lang::En), "000-0000-1000");
    }

    #[test]
    fn a_file_of_settings_is_read_in_every_way_of_writing_it() {
        let text = "incident.phone = \"1\"\n[[contact]]\nid = \"portal\"\nconfirmed_on = 2026-11-20\n[[other]]\nname = \"x\"\n";
        let named = Settings::named_in(text).unwrap();
        assert_eq!(named.get("incident.phone").map(String::as_str), Some("1"));
        assert_eq!(named.get("contact.portal.confirmed_on").map(String::as_str), Some("2026-11-20"));
        assert!(named.contains_key("other"), "nothing is passed over in silence");
        assert!(Settings::named_in("incident.phone = 000-1").is_err());
    }

    #[test]
    fn the_cross_form_hides_the_address_and_says_so() {
        let mut settings = Settings::shipped();
        settings.0.insert("mail_addresses.form".into(), "cross".into());
        assert!(settings.contact("portal", Lang::Ja).mail.contains('×'));
        assert!(settings.mail_note(Lang::Ja).is_some_and(|note| note.contains('×')));
    }
}
