use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use std::fmt;
use std::time::Duration;

use super::letter::Letter;

/// Where the relay is and how it is spoken to.
#[derive(Clone, Debug)]
pub struct RelaySettings {
    /// Its host name, which its certificate must carry.
    pub host: String,
    /// Its port: 465 for [`Encryption::Implicit`], 587 or 25 otherwise.
    pub port: u16,
    /// How the line is encrypted.
    pub encryption: Encryption,
    /// Who signs in there, if anybody.
    pub login: Option<Login>,
    /// The name under which the portal says hello.
    pub hello: String,
    /// PEM certificates to trust besides the public ones: an authority of the operator's own.
    pub authorities: Vec<Vec<u8>>,
    /// How long one answer may take.
    pub patience: Duration,
}

/// How the line to the relay is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// From the first byte.
    Implicit,
    /// From STARTTLS on, which the relay must offer.
    StartTls,
    /// Not at all: a relay on this machine, tests and the demo.
    None,
}

/// Who signs in at the relay.
#[derive(Clone)]
pub struct Login {
    /// The user.
    pub user: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl RelaySettings {
    /// A relay on this machine, without encryption or sign-in.
    pub fn local(port: u16) -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port,
            encryption: Encryption::None,
            login: None,
            hello: "localhost".to_owned(),
            authorities: Vec::new(),
            patience: Duration::from_mins(1),
        }
    }
}

/// The settings name no relay that could be spoken to.
#[derive(Debug, thiserror::Error)]
pub enum NotARelay {
    /// A certificate is none.
    #[error("a certificate to trust could not be read")]
    Certificate,
    /// A password would be sent in clear.
    #[error("signing in at the relay needs an encrypted line")]
    Clear,
    /// The host's name is none that a certificate could carry.
    #[error("the relay's host name cannot be used with encryption")]
    Host,
}

/// The relay that takes the portal's letters.
pub struct Relay {
    settings: RelaySettings,
    hello: ClientId,
    tls: Option<TlsParameters>,
}

/// How many times the patience opening a line may take.
const OPENING: u32 = 3;

/// How many times the patience what comes before a letter may take: the sender, its one recipient, and that the letter follows.
const BEFORE: u32 = 3;

/// How many times the patience the letter itself may take: a relay that looks closely at it takes its time, and giving up means sending
/// it twice.
const READING: u32 = 5;

/// How long a line is given to say good-bye.
pub(super) const GOOD_BYE: Duration = Duration::from_secs(5);

/// Why a letter was not taken. The text is the class that lists show: never what the server said, since that names addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotTaken {
    /// No letter can be handed over now, so nothing is said about this one.
    Unreachable(String),
    /// Perhaps later.
    Later(String),
    /// Never.
    Never(String),
}

/// An open line to the relay.
pub(super) struct Line {
    connection: AsyncSmtpConnection,
}

/// Where a hand-over stopped.
struct Stop {
    step: Step,
    class: String,
    code: Option<u16>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Sender,
    Recipient,
    Data,
    /// The whole letter was on its way: whether it was taken is not known without an answer.
    Letter,
}

impl Relay {
    /// The relay with these settings; nothing is connected yet.
    pub fn new(settings: RelaySettings) -> Result<Self, NotARelay> {
        if settings.login.is_some() && settings.encryption == Encryption::None {
            return Err(NotARelay::Clear);
        }
        let hello = ClientId::Domain(settings.hello.clone());
        let tls = match settings.encryption {
            Encryption::None => None,
            Encryption::Implicit | Encryption::StartTls => {
                let mut tls = TlsParameters::builder(settings.host.clone());
                for pem in &settings.authorities {
                    tls = tls.add_root_certificate(Certificate::from_pem(pem).map_err(|_| NotARelay::Certificate)?);
                }
                Some(tls.build_rustls().map_err(|_| NotARelay::Host)?)
            }
        };
        Ok(Self { settings, hello, tls })
    }

    /// How long handing over one letter may take: a line is opened, and dies before the letter; on another the letter is read to its end.
    pub(super) fn longest(&self) -> Duration {
        self.settings.patience * (OPENING + BEFORE + OPENING + BEFORE + READING) + 2 * GOOD_BYE
    }

    /// Opens a line. Whatever goes wrong here says nothing about any letter.
    pub(super) async fn open(&self) -> Result<Line, NotTaken> {
        let opening = async {
            let RelaySettings { host, port, encryption, login, patience, .. } = &self.settings;
            let implicit = self.tls.clone().filter(|_| *encryption == Encryption::Implicit);
            let address = (host.as_str(), *port);
            let mut connection = AsyncSmtpConnection::connect_tokio1(address, Some(*patience), &self.hello, implicit, None).await?;
            if let (Encryption::StartTls, Some(tls)) = (encryption, &self.tls) {
                connection.starttls(tls.clone(), &self.hello).await?;
            }
            if let Some(Login { user, password }) = login {
                let credentials = Credentials::new(user.clone(), password.clone());
                connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await?;
            }
            Ok::<_, Error>(Line { connection })
        };
        match tokio::time::timeout(self.settings.patience * OPENING, opening).await {
            Ok(Ok(line)) => Ok(line),
            Ok(Err(error)) => Err(NotTaken::Unreachable(class_of(&error))),
            Err(_) => Err(NotTaken::Unreachable("timeout".to_owned())),
        }
    }

    /// Hands a letter over, on the line that is open or on a new one. After trouble no line is open.
    pub(super) async fn take(&self, line: &mut Option<Line>, letter: &Letter) -> Result<(), NotTaken> {
        if let Some(kept) = line.take() {
            match self.hand_over(kept, letter).await {
                Ok(open) => {
                    *line = Some(open);
                    return Ok(());
                }
                // The relay closed the line meanwhile, which says nothing about this letter: it has not seen it yet.
                Err(Stop { step, code: None | Some(421), .. }) if step != Step::Letter => {}
                Err(stop) => return Err(stop.judged()),
            }
        }
        *line = Some(self.hand_over(self.open().await?, letter).await.map_err(Stop::judged)?);
        Ok(())
    }

    async fn hand_over(&self, mut line: Line, letter: &Letter) -> Result<Line, Stop> {
        match self.speak(&mut line.connection, letter).await {
            Ok(()) => Ok(line),
            Err(stop) => {
                line.close(self.settings.patience).await;
                Err(stop)
            }
        }
    }

    async fn speak(&self, connection: &mut AsyncSmtpConnection, letter: &Letter) -> Result<(), Stop> {
        let patience = self.settings.patience;
        let sender = Mail::new(letter.envelope.from().cloned(), vec![]);
        within(patience, Step::Sender, connection.command(sender)).await?;
        for recipient in letter.envelope.to() {
            within(patience, Step::Recipient, connection.command(Rcpt::new(recipient.clone(), vec![]))).await?;
        }
        within(patience, Step::Data, connection.command(Data)).await?;
        within(patience * READING, Step::Letter, connection.command(letter)).await
    }
}

impl Line {
    /// Says good-bye, if the relay listens.
    pub(super) async fn close(mut self, patience: Duration) {
        // Nobody is helped by knowing that a good-bye was not heard.
        let _ = tokio::time::timeout(patience.min(GOOD_BYE), self.connection.abort()).await;
    }
}

impl Stop {
    fn judged(self) -> NotTaken {
        match (self.step, self.code) {
            // The sender is the same for all letters, and 421 means that the relay is leaving.
            (Step::Sender, Some(500..)) | (Step::Sender | Step::Recipient | Step::Data, Some(421)) => NotTaken::Unreachable(self.class),
            (_, Some(500..)) => NotTaken::Never(self.class),
            _ => NotTaken::Later(self.class),
        }
    }
}

async fn within<T>(patience: Duration, step: Step, talk: impl Future<Output = Result<T, Error>>) -> Result<(), Stop> {
    match tokio::time::timeout(patience, talk).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(Stop { step, class: class_of(&error), code: error.status().map(u16::from) }),
        Err(_) => Err(Stop { step, class: "timeout".to_owned(), code: None }),
    }
}

fn class_of(error: &Error) -> String {
    match error.status() {
        Some(code) => format!("smtp-{code}"),
        None if error.is_tls() => "tls".to_owned(),
        None if error.is_timeout() => "timeout".to_owned(),
        None if error.is_client() => "relay-cannot".to_owned(),
        None => "connection".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(step: Step, code: Option<u16>) -> NotTaken {
        Stop { step, code, class: String::new() }.judged()
    }

    #[test]
    fn only_a_firm_no_to_this_letter_is_final() {
        assert_eq!(stop(Step::Recipient, Some(550)), NotTaken::Never(String::new()));
        assert_eq!(stop(Step::Letter, Some(554)), NotTaken::Never(String::new()));
        assert_eq!(stop(Step::Recipient, Some(450)), NotTaken::Later(String::new()));
        assert_eq!(stop(Step::Letter, Some(421)), NotTaken::Later(String::new()), "it may have been taken");
        assert_eq!(stop(Step::Letter, None), NotTaken::Later(String::new()));
        assert_eq!(stop(Step::Sender, Some(550)), NotTaken::Unreachable(String::new()), "all letters have the same sender");
        assert_eq!(stop(Step::Recipient, Some(421)), NotTaken::Unreachable(String::new()), "the relay is leaving");
    }

    #[test]
    fn no_password_travels_in_clear() {
        let login = Login { user: "mist".to_owned(), password: "secret".to_owned() };
        let settings = RelaySettings { login: Some(login), ..RelaySettings::local(25) };
        assert!(!format!("{settings:?}").contains("secret"));
        assert!(matches!(Relay::new(settings), Err(NotARelay::Clear)));
    }
}
