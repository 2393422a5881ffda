//! The meeting of a session: where it is held, and from when until when one can come in.

use kernel::{NotText, Span, Text, Timestamp, fold};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

use crate::trainings::session::{Session, SessionId};

/// How long before the beginning the lobby opens, unless the session says otherwise.
pub const OPENS_MINUTES: i64 = 20;

/// The longest that a session may say.
pub const OPENS_MINUTES_MAX: i64 = 240;

/// Lecturers stop early: the questionnaire opens so long before the end.
const SURVEY_EARLY: Span = Span::minutes(15);

/// So long after the end it is still taken.
pub(crate) const SURVEY_LASTS: Span = Span::days(14);

/// Sessions overrun: beats and keywords are taken so long after the end.
const OVERRUN: Span = Span::minutes(30);

/// Whose meetings they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    /// Zoom
    Zoom,
    /// Microsoft Teams
    Teams,
    /// Webex
    Webex,
    /// `YouTube`
    YouTube,
    /// Jitsi
    Jitsi,
    /// Anything with an https address.
    Other,
}

/// The text names no provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a provider")]
pub struct NotAProvider;

impl Provider {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 6] = [Self::Zoom, Self::Teams, Self::Webex, Self::YouTube, Self::Jitsi, Self::Other];

    /// The word in the database, and the end of the key of its words.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Zoom => "zoom",
            Self::Teams => "teams",
            Self::Webex => "webex",
            Self::YouTube => "youtube",
            Self::Jitsi => "jitsi",
            Self::Other => "other",
        }
    }
}

impl FromStr for Provider {
    type Err = NotAProvider;
    fn from_str(id: &str) -> Result<Self, NotAProvider> {
        Self::ALL.into_iter().find(|provider| provider.id() == id).ok_or(NotAProvider)
    }
}

impl db::FromColumn for Provider {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

/// A question for those who watch together: the right answer is one of the choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What is asked.
    pub question: String,
    /// What can be answered.
    pub choices: Vec<String>,
    /// Which of them is right, counted from 0.
    pub right: usize,
}

/// The two questions, or fewer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checks(pub Vec<Check>);

impl Checks {
    /// Whether each answer is the right one.
    pub fn are_right(&self, answers: &[Option<usize>]) -> bool {
        self.0.len() == answers.len() && self.0.iter().zip(answers).all(|(check, answer)| *answer == Some(check.right))
    }

    /// As the database keeps them.
    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "[]".to_owned())
    }
}

impl FromStr for Checks {
    type Err = serde_json::Error;
    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

impl db::FromColumn for Checks {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

db::row! {
    /// Where a session is held, and how its lobby opens.
    #[derive(Clone, Debug)]
    pub struct Meeting {
        pub session: SessionId,
        pub provider: Provider,
        pub link: String,
        pub entry: String,
        pub dial_in: String,
        pub opens_minutes: i64,
        pub keyword: String,
        pub checks: Checks,
        pub questionnaire: String,
        pub phone: String,
        pub hours: String,
        pub materials: String,
        pub version: i64,
        pub switched_at: Option<Timestamp>,
    }
}

/// Where a session stands at a moment, seen from its lobby.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// 中止
    CalledOff,
    /// No date or no time yet.
    Undated,
    /// Before the lobby opens.
    Before,
    /// One can come in; it has not begun.
    Open,
    /// It is being held.
    Running,
    /// It is over.
    Over,
}

/// The instants at which the lobby changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// From when one can come in.
    pub opens: Timestamp,
    /// When it begins.
    pub begins: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
}

impl Meeting {
    /// What holds for a session of which nobody has said anything.
    pub fn unset(session: SessionId) -> Self {
        Self {
            session,
            provider: Provider::Other,
            link: String::new(),
            entry: String::new(),
            dial_in: String::new(),
            opens_minutes: OPENS_MINUTES,
            keyword: String::new(),
            checks: Checks::default(),
            questionnaire: super::questionnaire::STANDARD.to_owned(),
            phone: String::new(),
            hours: String::new(),
            materials: String::new(),
            version: 0,
            switched_at: None,
        }
    }

    /// The instants at which the lobby of the session changes; nothing without a date.
    pub fn hours(&self, session: &Session) -> Option<Hours> {
        let (begins, ends) = session.held()?;
        Some(Hours { opens: begins.minus(Span::minutes(self.opens_minutes)), begins, ends })
    }

    /// Where the session stands at `now`.
    pub fn moment(&self, session: &Session, now: Timestamp) -> Moment {
        if session.cancelled_at.is_some() {
            return Moment::CalledOff;
        }
        self.hours(session).map_or(Moment::Undated, |hours| hours.moment(now))
    }

    /// Whether what was typed is the keyword; nothing is, as long as none is set.
    pub fn is_keyword(&self, typed: &str) -> bool {
        let keyword = fold(&self.keyword);
        !keyword.is_empty() && keyword == fold(typed)
    }
}

impl Hours {
    /// Where the session stands at `now`.
    pub fn moment(&self, now: Timestamp) -> Moment {
        match now {
            now if now < self.opens => Moment::Before,
            now if now < self.begins => Moment::Open,
            now if now < self.ends => Moment::Running,
            _ => Moment::Over,
        }
    }

    /// Whether beats and keywords are taken: from the opening until a while after the end.
    pub fn takes_presence(&self, now: Timestamp) -> bool {
        now >= self.opens && now < self.ends.plus(OVERRUN)
    }

    /// Whether the questionnaire is open.
    pub fn takes_answers(&self, now: Timestamp) -> bool {
        now >= self.survey_opens() && now < self.ends.plus(SURVEY_LASTS)
    }

    /// When the questionnaire opens.
    pub fn survey_opens(&self) -> Timestamp {
        self.ends.minus(SURVEY_EARLY).max(self.begins)
    }
}

/// Why an address is no link to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotALink {
    /// It does not begin with https://, or names no host.
    #[error("not an https address")]
    NotHttps,
    /// There are blanks in it: something else was pasted along.
    #[error("blanks in an address")]
    Blanks,
    /// More than 500 characters.
    #[error("too long")]
    TooLong,
}

/// Checks the link to a meeting, of any provider.
pub fn check_link(typed: &str) -> Result<String, NotALink> {
    let link = match Text::<500>::new(typed) {
        Ok(link) => link.into_string(),
        Err(NotText::Empty) => return Err(NotALink::NotHttps),
        Err(NotText::TooLong { .. }) => return Err(NotALink::TooLong),
    };
    if link.contains(|c: char| c.is_whitespace() || c == '<' || c == '>' || c == '"') {
        return Err(NotALink::Blanks);
    }
    let rest = link.strip_prefix("https://").ok_or(NotALink::NotHttps)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    if host.is_empty() || !host.contains('.') || host.contains('\\') { Err(NotALink::NotHttps) } else { Ok(link) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_https_address_is_a_meeting_and_nothing_else() {
        for good in ["https://meeting.example.jp/j/123?pwd=x", " https://www.youtube.com/live/abc ", "https://例え.jp/x"] {
            assert!(check_link(good).is_ok(), "{good}");
        }
        for (bad, why) in [
            ("", NotALink::NotHttps),
            ("http://meeting.example.jp", NotALink::NotHttps),
            ("javascript:alert(1)", NotALink::NotHttps),
            ("https://", NotALink::NotHttps),
            ("https://x", NotALink::NotHttps),
            ("https://meeting.example.jp パスコード 1234", NotALink::Blanks),
        ] {
            assert_eq!(check_link(bad), Err(why), "{bad}");
        }
    }

    #[test]
    fn a_keyword_is_known_in_every_usual_writing() {
        let meeting = Meeting { keyword: "サクラ１２".into(), ..Meeting::unset(SessionId::from_uuid(kernel::Uuid::nil())) };
        for typed in ["サクラ12", "ｻｸﾗ12", "さくら 12", " サクラ１２ "] {
            assert!(meeting.is_keyword(typed), "{typed}");
        }
        assert!(!meeting.is_keyword("ウメ12"));
        assert!(!Meeting { keyword: String::new(), ..meeting }.is_keyword(""), "no keyword, none right");
    }

    #[test]
    fn the_lobby_opens_and_closes_by_the_clock() {
        let at = |minutes| Timestamp::from_micros(0).plus(Span::minutes(minutes));
        let hours = Hours { opens: at(40), begins: at(60), ends: at(120) };
        let moments = [39, 40, 59, 60, 119, 120].map(|minutes| hours.moment(at(minutes)));
        assert_eq!(moments, [Moment::Before, Moment::Open, Moment::Open, Moment::Running, Moment::Running, Moment::Over]);
        assert!(!hours.takes_presence(at(39)) && hours.takes_presence(at(149)) && !hours.takes_presence(at(150)));
        assert!(!hours.takes_answers(at(104)) && hours.takes_answers(at(105)));
    }
}
