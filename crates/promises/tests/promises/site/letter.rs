use journal::sink::Received;

/// A mail as it arrived.
#[derive(Clone)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
    /// The same however often it is sent.
    pub message_id: String,
    entries: Vec<Entry>,
}

/// A calendar entry that came with a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub method: String,
    pub uid: String,
    pub sequence: i64,
    pub starts: String,
    pub status: String,
    pub text: String,
}

impl Letter {
    pub fn new(received: &Received) -> Self {
        let calendars = received.attachments.iter().filter(|part| part.content_type == "text/calendar");
        Self {
            to: received.to.join(", "),
            subject: received.subject.clone(),
            text: received.text.clone().unwrap_or_default(),
            message_id: received.message_id.clone(),
            entries: calendars.map(|part| Entry::read(&String::from_utf8_lossy(&part.bytes))).collect(),
        }
    }

    /// The one calendar entry, whether a program looks for it among the alternatives or a person opens the attachment.
    pub fn entry(&self) -> &Entry {
        assert!(!self.entries.is_empty(), "no calendar entry came with:\n{}", self.text);
        assert!(self.entries.iter().all(|entry| *entry == self.entries[0]), "two entries that differ: {:#?}", self.entries);
        &self.entries[0]
    }

    /// Whether a calendar entry came with it.
    pub fn has_entry(&self) -> bool {
        !self.entries.is_empty()
    }

    /// The path of the first link of the portal whose path begins like this.
    pub fn link(&self, beginning: &str) -> String {
        self.links(beginning).into_iter().next().unwrap_or_else(|| panic!("no link to {beginning} in:\n{}", self.text))
    }

    /// The paths of all such links.
    pub fn links(&self, beginning: &str) -> Vec<String> {
        self.text
            .split_whitespace()
            .filter_map(|word| word.strip_prefix("https://mist.example.jp"))
            .filter(|path| path.strip_prefix("/en").unwrap_or(path).starts_with(beginning))
            .map(ToOwned::to_owned)
            .collect()
    }
}

impl Entry {
    /// Reads the one event of a calendar file, or the first of several that go together in a PUBLISH.
    pub fn read(text: &str) -> Self {
        let whole = text.replace("\r\n ", "");
        let value = |name: &str| {
            let line = whole.lines().find(|line| line.starts_with(name) && line[name.len()..].starts_with([':', ';']));
            let line = line.unwrap_or_else(|| panic!("no {name} in:\n{text}"));
            line.split_once(':').map(|(_, value)| value.to_owned()).unwrap_or_default()
        };
        assert!(value("METHOD") == "PUBLISH" || whole.matches("BEGIN:VEVENT").count() == 1, "{text}");
        let event = whole.split("BEGIN:VEVENT").nth(1).unwrap_or_default();
        let starts = event.lines().find(|line| line.starts_with("DTSTART")).unwrap_or_default().to_owned();
        Self {
            method: value("METHOD"),
            uid: value("UID"),
            sequence: value("SEQUENCE").parse().expect("a number"),
            starts,
            status: value("STATUS"),
            text: whole.clone(),
        }
    }
}
