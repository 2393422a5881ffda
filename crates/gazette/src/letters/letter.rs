use kernel::{Day, Lang, long_month};
use serde::Deserialize;
use serde_json::Value;
use std::sync::LazyLock;
use web::data_text;

db::row! {
    /// An official letter, as written.
    #[derive(Clone, Debug)]
    pub struct Letter {
        pub id: String,
        pub chain: String,
        pub level: i64,
        pub day: Day,
        pub sender: String,
        pub addressee: String,
        pub kind: String,
        pub number: String,
        pub subject_ja: String,
        pub subject_en: String,
        pub transfers: String,
        pub follows: String,
        pub facts: Value,
    }
}

/// A contact that is printed in letters, true in its month only.
#[derive(Clone, Debug, Deserialize)]
pub struct LetterContact {
    #[serde(default)]
    id: String,
    #[serde(default)]
    letters: Vec<String>,
    role: String,
    #[serde(default)]
    role_en: String,
    /// Whose contact it is.
    pub organization: String,
    /// The telephone number.
    #[serde(default)]
    pub phone: String,
    /// 代表 or 直通
    #[serde(default)]
    pub phone_kind: String,
    /// 内線
    #[serde(default)]
    pub extension: String,
    /// FAX
    #[serde(default)]
    pub fax: String,
    /// The mail address.
    #[serde(default)]
    pub email: String,
    as_of: String,
}

#[derive(Deserialize)]
struct Contacts {
    contact: Vec<LetterContact>,
}

static CONTACTS: LazyLock<Vec<LetterContact>> = LazyLock::new(|| match toml::from_str::<Contacts>(&data_text("letter-contacts.toml")) {
    Ok(contacts) => contacts.contact,
    Err(error) => {
        tracing::error!(%error, "the contacts of the letters cannot be read");
        Vec::new()
    }
});

impl Letter {
    /// A fact that is a text; empty if there is none.
    pub fn fact(&self, name: &str) -> &str {
        self.facts.get(name).and_then(Value::as_str).unwrap_or("")
    }

    /// A fact that is a list of texts.
    pub fn list(&self, name: &str) -> Vec<&str> {
        self.facts.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// The addressee with the form of respect: 都道府県医師会 担当理事 殿
    pub fn addressee_with_honour(&self) -> String {
        match self.fact("honorific") {
            "" => self.addressee.clone(),
            honorific => format!("{} {honorific}", self.addressee),
        }
    }

    /// The contacts that are printed in it.
    pub fn contacts(&self) -> impl Iterator<Item = &'static LetterContact> {
        let own = self.fact("contact_id").to_owned();
        let id = self.id.clone();
        CONTACTS.iter().filter(move |contact| contact.letters.contains(&id) || (!own.is_empty() && contact.id == own))
    }
}

impl LetterContact {
    /// What the contact was for.
    pub fn role(&self, lang: Lang) -> &str {
        lang.pick(self.role.as_str(), if self.role_en.is_empty() { &self.role } else { &self.role_en })
    }

    /// The month in which it was true: 2023年1月
    pub fn month(&self, lang: Lang) -> String {
        format!("{}-01", self.as_of).parse::<Day>().map_or_else(|_| self.as_of.clone(), |day| long_month(day, lang))
    }
}
