use kernel::one_line;
use web::{Posted, Words};

/// Characters taken for a field.
const LONGEST: usize = 80;

/// The contacts, by the names of their fields.
pub(crate) const CONTACTS: [&str; 5] = ["contact-person", "contact-extension", "contact-outside", "contact-vendor", "contact-more"];

/// What an institution says about its own training. It stands in what is made, and nowhere else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Session {
    /// Whose it is.
    pub institution: String,
    /// When it is, in the words in which that was written.
    pub when: String,
    /// Where it is.
    pub place: String,
    /// Who speaks.
    pub speaker: String,
    /// Whom to call, in the order of [`CONTACTS`].
    pub contacts: [String; CONTACTS.len()],
}

impl Session {
    /// What a form says.
    pub fn from_posted(posted: &Posted) -> Self {
        let field = |name: &str| -> String { one_line(posted.get(name)).chars().take(LONGEST).collect() };
        Self {
            institution: field("institution"),
            when: field("when"),
            place: field("place"),
            speaker: field("speaker"),
            contacts: CONTACTS.map(field),
        }
    }

    /// The contacts with what they are; an empty one leaves room to write it by hand. What else there is, only where it was said.
    pub fn contacts(&self, w: Words) -> Vec<(String, String)> {
        let last = CONTACTS.len() - 1;
        let lines = CONTACTS.iter().zip(&self.contacts).enumerate().filter(|(n, (_, value))| *n < last || !value.is_empty());
        lines.map(|(_, (name, value))| (w.t(&format!("kit-{name}")), value.clone())).collect()
    }

    /// When, where and by whom, as far as that was said.
    pub fn facts(&self, w: Words) -> Vec<(String, String)> {
        self.terms(w).into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The same with what is still to be written by hand.
    pub fn terms(&self, w: Words) -> Vec<(String, String)> {
        let fields = [("kit-when", &self.when), ("kit-place", &self.place), ("kit-speaker", &self.speaker)];
        fields.map(|(key, value)| (w.t(key), value.clone())).to_vec()
    }

    /// The first field with something that no typeface of ours has, and what that is.
    pub fn unprintable(&self) -> Option<(&'static str, String)> {
        let fields = [("institution", &self.institution), ("when", &self.when), ("place", &self.place), ("speaker", &self.speaker)];
        let contacts = CONTACTS.into_iter().zip(&self.contacts);
        fields.into_iter().chain(contacts).find_map(|(name, value)| Some((name, pdf::unprintable(value)?.to_string())))
    }
}
