use kernel::{Day, EmailAddress, Text, minutes_of_day, one_line, parse_day, time_of_day};
use web::{Settings, Words};

/// Settings that are changed together.
#[derive(Debug)]
pub struct Group {
    /// The word in its address and in the keys of its words.
    pub id: &'static str,
    /// What it holds.
    pub fields: &'static [Field],
}

/// One setting, by its name, and what it may hold.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Such as `contact.portal.phone`.
    pub name: &'static str,
    /// What it may hold.
    pub holds: Holds,
    /// Whether it must not be empty.
    pub is_needed: bool,
}

/// What a setting may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A line of at most so many characters.
    Line(usize),
    /// A few lines.
    Lines,
    /// A mail address.
    Address,
    /// A day.
    Day,
    /// A number of years.
    Years,
    /// A time of the day.
    Time,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

/// Why a value is not taken: the end of the key of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAValue {
    /// It must not be empty.
    Empty,
    /// Too long.
    TooLong,
    /// No mail address.
    Address,
    /// No day.
    Day,
    /// A day that is yet to come: nobody has confirmed anything on it.
    Future,
    /// No number of years.
    Years,
    /// No time of the day.
    Time,
    /// None of the choices.
    Choice,
    /// The Japanese text of a band that has an English one.
    BandJa,
    /// The English text of a band that has a Japanese one.
    BandEn,
    /// An end that is not after its beginning.
    Hours,
}

const fn needed(name: &'static str, holds: Holds) -> Field {
    Field { name, holds, is_needed: true }
}

const fn optional(name: &'static str, holds: Holds) -> Field {
    Field { name, holds, is_needed: false }
}

macro_rules! contact {
    ($id:literal) => {
        &[
            needed(concat!("contact.", $id, ".about_ja"), Holds::Line(80)),
            needed(concat!("contact.", $id, ".about_en"), Holds::Line(160)),
            optional(concat!("contact.", $id, ".examples_ja"), Holds::Line(200)),
            optional(concat!("contact.", $id, ".examples_en"), Holds::Line(400)),
            needed(concat!("contact.", $id, ".organization_ja"), Holds::Line(100)),
            needed(concat!("contact.", $id, ".organization_en"), Holds::Line(200)),
            needed(concat!("contact.", $id, ".phone"), Holds::Line(60)),
            optional(concat!("contact.", $id, ".phone_en"), Holds::Line(60)),
            optional(concat!("contact.", $id, ".phone_kind_ja"), Holds::Line(20)),
            optional(concat!("contact.", $id, ".phone_kind_en"), Holds::Line(40)),
            optional(concat!("contact.", $id, ".extension"), Holds::Line(20)),
            optional(concat!("contact.", $id, ".fax"), Holds::Line(60)),
            optional(concat!("contact.", $id, ".fax_en"), Holds::Line(60)),
            needed(concat!("contact.", $id, ".hours_ja"), Holds::Line(100)),
            needed(concat!("contact.", $id, ".hours_en"), Holds::Line(200)),
            needed(concat!("contact.", $id, ".mail"), Holds::Address),
            needed(concat!("contact.", $id, ".confirmed_on"), Holds::Day),
        ]
    };
}

/// Every setting that the staff changes, in the order of the page: what is urgent first.
pub const GROUPS: &[Group] = &[
    Group { id: "band", fields: &[optional("band.text_ja", Holds::Line(200)), optional("band.text_en", Holds::Line(400))] },
    Group {
        id: "incident",
        fields: &[
            needed("incident.phone", Holds::Line(60)),
            optional("incident.phone_en", Holds::Line(60)),
            needed("incident.hours_ja", Holds::Line(60)),
            needed("incident.hours_en", Holds::Line(120)),
            needed("incident.desk_ja", Holds::Line(60)),
            needed("incident.desk_en", Holds::Line(120)),
            needed("incident.confirmed_on", Holds::Day),
        ],
    },
    Group { id: "portal", fields: contact!("portal") },
    Group { id: "programme", fields: contact!("programme") },
    Group {
        id: "names",
        fields: &[
            needed("site.name_ja", Holds::Line(80)),
            needed("site.name_en", Holds::Line(160)),
            needed("site.short", Holds::Line(20)),
            needed("site.long_short", Holds::Line(120)),
            needed("site.motto_ja", Holds::Line(80)),
            needed("site.motto_en", Holds::Line(160)),
            needed("site.description_ja", Holds::Lines),
            needed("site.description_en", Holds::Lines),
            needed("site.project_ja", Holds::Line(200)),
            needed("site.project_en", Holds::Line(300)),
            optional("commissioner.mark_ja", Holds::Line(40)),
            optional("commissioner.mark_en", Holds::Line(120)),
        ],
    },
    Group {
        id: "operator",
        fields: &[
            needed("operator.name_ja", Holds::Line(100)),
            needed("operator.name_en", Holds::Line(200)),
            needed("operator.office_ja", Holds::Line(100)),
            needed("operator.office_en", Holds::Line(200)),
            needed("operator.address_ja", Holds::Line(200)),
            needed("operator.address_en", Holds::Line(300)),
            needed("copyright.line_ja", Holds::Line(120)),
            needed("copyright.line_en", Holds::Line(200)),
        ],
    },
    Group {
        id: "addresses",
        fields: &[
            needed("mail_addresses.form", Holds::OneOf(&["plain", "cross"])),
            needed("mail_addresses.note_ja", Holds::Lines),
            needed("mail_addresses.note_en", Holds::Lines),
        ],
    },
    Group {
        id: "certificates",
        fields: &[
            needed("certificate.programme", Holds::Line(60)),
            needed("certificate.project", Holds::Line(80)),
            needed("certificate.issuer", Holds::Line(40)),
            optional("certificate.seal", Holds::Line(9)),
            needed("certificate.era", Holds::OneOf(&["wareki", "seireki"])),
        ],
    },
    Group { id: "mails", fields: &[needed("mails.from", Holds::Time), needed("mails.until", Holds::Time)] },
    Group {
        id: "rules",
        fields: &[
            needed("approval.two_persons", Holds::OneOf(&["yes", "no"])),
            needed("retention.records_years", Holds::Years),
            needed("retention.inquiries_years", Holds::Years),
        ],
    },
];

impl Group {
    /// The group with this word.
    pub fn find(id: &str) -> Option<&'static Self> {
        GROUPS.iter().find(|group| group.id == id)
    }
}

impl Field {
    /// The setting with this name.
    pub fn find(name: &str) -> Option<Self> {
        GROUPS.iter().flat_map(|group| group.fields).find(|field| field.name == name).copied()
    }

    /// The value in force. `approval.two_persons` is not shipped: it holds `yes` until somebody decides otherwise.
    pub fn current(&self, settings: &Settings) -> String {
        match (settings.get(self.name), self.name) {
            ("", "approval.two_persons") => "yes".to_owned(),
            (value, _) => value.to_owned(),
        }
    }

    /// What it is called, with its language where there are two.
    pub fn label(&self, w: Words) -> String {
        let label = w.t(&self.key());
        match self.name.rsplit('_').next() {
            Some("ja") => w.one("settings-in-japanese", "label", &label),
            Some("en") => w.one("settings-in-english", "label", &label),
            _ => label,
        }
    }

    /// The name as a key of its words and as an id on the page: `contact-portal-phone`.
    pub fn id(&self) -> String {
        self.name.replace(['.', '_'], "-")
    }

    /// The key of its label: contacts share theirs.
    pub fn key(&self) -> String {
        let shared = self.id().replace("contact-portal-", "contact-").replace("contact-programme-", "contact-");
        let plain = shared.strip_suffix("-ja").or_else(|| shared.strip_suffix("-en")).unwrap_or(&shared);
        format!("settings-{plain}")
    }

    /// The value that is kept for what was typed. A day without a year is the one nearest to today.
    ///
    /// # Errors
    ///
    /// It cannot hold this.
    pub fn check(&self, typed: &str, today: Day) -> Result<String, NotAValue> {
        let typed = if self.holds == Holds::Lines { typed.trim().to_owned() } else { one_line(typed) };
        if typed.is_empty() {
            return if self.is_needed { Err(NotAValue::Empty) } else { Ok(typed) };
        }
        match self.holds {
            Holds::Line(max) if typed.chars().count() > max => Err(NotAValue::TooLong),
            Holds::Line(_) => Ok(typed),
            Holds::Lines => Text::<500>::new(&typed).map(Text::into_string).map_err(|_| NotAValue::TooLong),
            Holds::Address => typed.parse::<EmailAddress>().map(|address| address.as_str().to_owned()).map_err(|_| NotAValue::Address),
            Holds::Day => match parse_day(&typed, today) {
                None => Err(NotAValue::Day),
                Some(day) if day > today => Err(NotAValue::Future),
                Some(day) => Ok(day.to_string()),
            },
            Holds::Years => kernel::fold(&typed)
                .trim_end_matches('年')
                .parse::<u8>()
                .ok()
                .filter(|years| (1..=30).contains(years))
                .map(|years| years.to_string())
                .ok_or(NotAValue::Years),
            Holds::Time => minutes_of_day(&typed).map(time_of_day).ok_or(NotAValue::Time),
            Holds::OneOf(words) => words.iter().find(|word| **word == typed).map(|word| (*word).to_owned()).ok_or(NotAValue::Choice),
        }
    }
}

impl NotAValue {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "settings-wrong-empty",
            Self::TooLong => "settings-wrong-long",
            Self::Address => "settings-wrong-address",
            Self::Day => "settings-wrong-day",
            Self::Future => "settings-wrong-future",
            Self::Years => "settings-wrong-years",
            Self::Time => "settings-wrong-time",
            Self::Choice => "settings-wrong-choice",
            Self::BandJa => "settings-wrong-band-ja",
            Self::BandEn => "settings-wrong-band-en",
            Self::Hours => "settings-wrong-hours",
        }
    }
}
