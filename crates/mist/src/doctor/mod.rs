//! What an installation must get right before it serves real people: `mist doctor`, and the first thing `mist serve` does.

mod backup;
mod clock;
mod hosts;
mod keys;
mod names;
mod reports;
mod store;

use db::Db;
use gazette::settings::{CALLED, Called, due};
use kernel::{Lang, Timestamp};
use web::{Settings, Words};

use crate::config::Config;
use crate::keys::KeyFile;

/// One thing that was looked at. Its words are `doctor-{key}` in `locales/*/cli.ftl`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    key: &'static str,
    verdict: Verdict,
    what: String,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// In order.
    Fine,
    /// Worth knowing.
    Notice,
    /// The program does not serve like this.
    Refused,
}

impl Finding {
    fn refused(key: &'static str, what: impl std::fmt::Display) -> Self {
        Self { key, verdict: Verdict::Refused, what: what.to_string() }
    }

    fn notice(key: &'static str, what: impl std::fmt::Display) -> Self {
        Self { key, verdict: Verdict::Notice, what: what.to_string() }
    }

    fn fine(key: &'static str) -> Self {
        Self { key, verdict: Verdict::Fine, what: String::new() }
    }

    /// What came of it.
    pub const fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The line on the terminal.
    pub fn words(&self, words: Words) -> String {
        let mark = match self.verdict {
            Verdict::Fine => "doctor-fine",
            Verdict::Notice => "doctor-notice",
            Verdict::Refused => "doctor-refused",
        };
        let key = match self.verdict {
            Verdict::Fine => format!("doctor-{}-fine", self.key),
            _ => format!("doctor-{}", self.key),
        };
        format!("{} {}", words.t(mark), words.one(&key, "what", self.what.as_str()))
    }
}

/// Looks at everything. `settings` are those of the database, `is_demo` whether it holds sample data.
pub async fn examine(config: &Config, db: &Db, settings: &Settings, now: Timestamp) -> Vec<Finding> {
    let mut findings = vec![base_url(config), hosts::examine(&config.server), demo_database(settings), log_level(config), mail(config)];
    findings.push(keys::examine(&KeyFile::at(config.master_file())));
    findings.extend(contacts(settings, now));
    findings.push(names::examine(settings));
    findings.push(clock::examine(config, db, now).await);
    findings.push(backup::examine(&config.backup, db, now).await);
    findings.push(reports::examine(&config.desk()));
    findings.push(match config.egress.allow.as_slice() {
        [] => Finding::fine("egress"),
        allowed => Finding::notice("egress", allowed.join(", ")),
    });
    findings
}

fn base_url(config: &Config) -> Finding {
    let url = &config.server.base_url;
    if url.starts_with("https://") && !url.ends_with('/') { Finding::fine("base-url") } else { Finding::refused("base-url", url) }
}

fn demo_database(settings: &Settings) -> Finding {
    if crate::demo::is_marked(settings) { Finding::refused("demo", "") } else { Finding::fine("demo") }
}

fn log_level(config: &Config) -> Finding {
    let chatty = config.log.level.contains("debug") || config.log.level.contains("trace");
    if chatty { Finding::refused("log", &config.log.level) } else { Finding::fine("log") }
}

fn mail(config: &Config) -> Finding {
    use crate::config::MailSecurity;
    let host = config.mail.host.as_str();
    let is_here = matches!(host, "localhost" | "127.0.0.1" | "::1");
    match config.mail.security {
        _ if host.is_empty() => Finding::refused("mail-host", ""),
        MailSecurity::None if !is_here => Finding::refused("mail-clear", host),
        _ => Finding::fine("mail"),
    }
}

/// Every number that people in need would call has to be real, and somebody must have called it. That this was long ago is no reason to
/// be out of reach: those who work for the portal are told until somebody calls again.
fn contacts(settings: &Settings, now: Timestamp) -> Vec<Finding> {
    let (shipped, due) = (Settings::shipped(), due(settings, now));
    let look = |called: Called| {
        let phone = called.phone();
        let is_sample = |lang| {
            let number = settings.text(&phone, lang);
            number.is_empty() || number == shipped.text(&phone, lang)
        };
        if [Lang::Ja, Lang::En].into_iter().any(is_sample) {
            return Finding::refused("phone", called.who);
        }
        match called.confirmed_on(settings) {
            None => Finding::refused("phone-unconfirmed", called.who),
            Some(_) if due.contains(&called) => Finding::notice("phone-untried", called.who),
            Some(_) => Finding::fine("phone"),
        }
    };
    CALLED.into_iter().map(look).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Day;

    #[test]
    fn nothing_shipped_is_good_enough_for_real_people() {
        let config = Config::default();
        assert_eq!(base_url(&config).verdict(), Verdict::Refused);
        assert_eq!(mail(&config).verdict(), Verdict::Refused);
        let contacts = contacts(&Settings::shipped(), Timestamp::in_japan(Day::constant(2026, 11, 22), 9, 0));
        assert!(contacts.len() == 3 && contacts.iter().all(|finding| finding.verdict() == Verdict::Refused), "{contacts:?}");
    }

    #[test]
    fn what_a_careful_operator_sets_is_fine() {
        let mut config = Config::default();
        config.server.base_url = "https://mist.example.jp".to_owned();
        config.mail.host = "mail.example.jp".to_owned();
        assert_eq!(base_url(&config), Finding::fine("base-url"));
        assert_eq!(mail(&config), Finding::fine("mail"));
        assert_eq!(log_level(&config), Finding::fine("log"));
        config.log.level = "warn,web=debug".to_owned();
        assert_eq!(log_level(&config).verdict(), Verdict::Refused);
        config.mail.security = crate::config::MailSecurity::None;
        assert_eq!(mail(&config).verdict(), Verdict::Refused);
        config.server.base_url = "http://mist.example.jp".to_owned();
        assert_eq!(base_url(&config).verdict(), Verdict::Refused);
    }
}
