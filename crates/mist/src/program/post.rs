use journal::delivery::{Encryption, Letterhead, Login, Recipient, Relay, RelaySettings};
use journal::sink::Sink;
use journal::{Postman, Renderers};
use kernel::{EmailAddress, Lang};
use people::accounts;
use web::Portal;

use crate::config::{Config, MailSecurity};
use crate::failure::Failure;

/// The postman who hands letters to the configured server; nothing where none is set.
pub(super) fn to_the_relay(portal: &Portal, config: &Config) -> Result<Option<Postman>, Failure> {
    let mail = &config.mail;
    if mail.host.is_empty() {
        return Ok(None);
    }
    let mut settings = RelaySettings::local(mail.port);
    settings.host.clone_from(&mail.host);
    settings.encryption = match mail.security {
        MailSecurity::Starttls => Encryption::StartTls,
        MailSecurity::Tls => Encryption::Implicit,
        MailSecurity::None => Encryption::None,
    };
    settings.login = config.mail_password()?.map(|password| Login { user: mail.user.clone(), password: password.reveal().to_owned() });
    portal.site.base_url.rsplit('/').next().unwrap_or("localhost").clone_into(&mut settings.hello);
    let relay = Relay::new(settings).map_err(Failure::said)?;
    Ok(Some(postman(portal, relay, &mail.from)?))
}

/// The postman who hands letters to the sink of the demo or of a test.
pub(crate) fn to_the_sink(portal: &Portal, sink: &Sink) -> Result<Postman, Failure> {
    let relay = Relay::new(RelaySettings::local(sink.address().port())).map_err(Failure::said)?;
    postman(portal, relay, "")
}

fn postman(portal: &Portal, relay: Relay, from: &str) -> Result<Postman, Failure> {
    let settings = portal.settings();
    let from = if from.is_empty() { settings.contact("portal", Lang::Ja).mail_address } else { from.to_owned() };
    let address: EmailAddress = from.parse().map_err(|error| Failure::said(format!("{from}: {error}")))?;
    let head = Letterhead::of(Recipient::new(address, settings.text("operator.office", Lang::Ja)));
    Ok(Postman::new(portal.db.clone(), relay, head, renderers(portal)))
}

/// Who makes the text of which mail.
pub(super) fn renderers(portal: &Portal) -> Renderers {
    school::trainings::mail::renderers(portal)
        .and(school::certificates::renderers(portal))
        .and(school::office::renderers(portal))
        .and(school::attendance::mail::renderers(portal))
        .and(school::lobby::mail::renderers(portal))
        .and(school::archive::renderers(portal))
        .and(school::reminders::renderers(portal))
        .and(learning::assignments::renderers(portal))
        .and(accounts::renderers(portal))
        .and(gazette::inquiries::renderers(portal))
        .and(desk::renderers(portal))
}
