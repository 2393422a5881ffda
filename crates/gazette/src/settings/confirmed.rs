use kernel::{Day, Span, Timestamp};
use web::Settings;

/// Whom people in need call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Called {
    /// The beginning of the names of its settings.
    pub who: &'static str,
    /// The group in which they are changed.
    pub group: &'static str,
}

/// Everybody whom people in need call.
pub const CALLED: [Called; 3] = [
    Called { who: "incident", group: "incident" },
    Called { who: "contact.portal", group: "portal" },
    Called { who: "contact.programme", group: "programme" },
];

/// How long a number that somebody has called is trusted.
const CONFIRMED_FOR: Span = Span::days(184);

impl Called {
    /// The name of the setting with the number.
    pub fn phone(self) -> String {
        format!("{}.phone", self.who)
    }

    /// The day on which somebody last called the number, if there is one. The sample's is none: nobody has called that number.
    pub fn confirmed_on(self, settings: &Settings) -> Option<Day> {
        let name = format!("{}.confirmed_on", self.who);
        let shipped = Settings::shipped();
        settings.get(&name).parse().ok().filter(|_| settings.get(&name) != shipped.get(&name))
    }

    /// Whether it is time to call the number again.
    fn is_due(self, settings: &Settings, now: Timestamp) -> bool {
        let day: Option<Day> = settings.get(&format!("{}.confirmed_on", self.who)).parse().ok();
        // A day that is yet to come says nothing.
        day.is_none_or(|day| day > now.day() || now.since(Timestamp::in_japan(day, 0, 0)) > CONFIRMED_FOR)
    }
}

/// Whose number it is time to call again.
pub fn due(settings: &Settings, now: Timestamp) -> Vec<Called> {
    CALLED.into_iter().filter(|called| called.is_due(settings, now)).collect()
}
