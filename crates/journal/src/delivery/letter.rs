use kernel::{EmailAddress, Timestamp, one_line};
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MessageBuilder, MultiPart, SinglePart};
use lettre::{Address, Message};
use std::fmt;
use std::time::{Duration, SystemTime};

use super::{Invitation, Recipient, Rendered};
use crate::outbox::MailId;

/// What every letter of the portal has in common.
#[derive(Clone, Debug)]
pub struct Letterhead {
    /// The sender.
    pub from: Recipient,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<Recipient>,
    /// Where letters return to that cannot be delivered, if not to the sender.
    pub bounces: Option<EmailAddress>,
    /// What stands after the @ of a Message-ID. It must not change while mail waits, or a repeated letter has two.
    pub domain: String,
}

/// A letter in its envelope, ready for the relay.
pub(super) struct Letter {
    pub(super) envelope: Envelope,
    text: String,
}

/// What a capability may add. Every other header is written here, or by the relay.
const FURTHER: [&str; 5] = ["In-Reply-To", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "References"];

/// What was rendered is no letter. The word is the class that the list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotALetter(pub(super) &'static str);

impl Letterhead {
    /// The usual letterhead of a portal that sends from this address.
    pub fn of(from: Recipient) -> Self {
        let domain = from.address.domain().to_owned();
        Self { from, reply_to: None, bounces: None, domain }
    }

    /// The Message-ID of a mail, the same however often it is sent.
    pub fn message_id(&self, id: MailId) -> String {
        format!("<{id}@{}>", self.domain)
    }
}

impl Letter {
    /// Writes the letter.
    ///
    /// Whatever comes from outside stands on one line in a header, without control characters, so no header can be smuggled in.
    pub(super) fn write(id: MailId, rendered: &Rendered, head: &Letterhead, now: Timestamp) -> Result<Self, NotALetter> {
        let from = Recipient { name: rendered.from_name.clone().or_else(|| head.from.name.clone()), ..head.from.clone() };
        let bounces = address(head.bounces.as_ref().unwrap_or(&head.from.address))?;
        let envelope = Envelope::new(Some(bounces), vec![address(&rendered.to.address)?]).map_err(|_| NotALetter("envelope"))?;

        let mut letter = Message::builder();
        for (name, value) in &rendered.headers {
            if !FURTHER.contains(name) {
                return Err(NotALetter("header"));
            }
            letter = letter.raw_header(header(name, value)?);
        }
        letter = letter
            .message_id(Some(head.message_id(id)))
            .date(moment(now))
            .from(mailbox(&from)?)
            .to(mailbox(&rendered.to)?)
            .subject(one_line(&rendered.subject))
            .envelope(envelope.clone());
        if let Some(reply_to) = rendered.reply_to.as_ref().or(head.reply_to.as_ref()) {
            letter = letter.reply_to(mailbox(reply_to)?);
        }
        if rendered.automatic {
            letter = letter.raw_header(header("Auto-Submitted", "auto-generated")?);
        }
        let text = String::from_utf8(fill(letter, rendered)?.formatted()).map_err(|_| NotALetter("encoding"))?;
        Ok(Self { envelope, text })
    }
}

/// The letter as it follows the command DATA (RFC 5321, 4.5.2): a line that begins with a full stop has another one before it,
/// and a lone one ends the letter.
///
/// It goes out in one piece: an end that is sent by itself waits for the relay to acknowledge what came before, which relays put
/// off for 40 ms.
impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = self.text.split("\r\n");
        let stuffed = |line: &str| if line.starts_with('.') { "." } else { "" };
        if let Some(first) = lines.next() {
            write!(f, "{}{first}", stuffed(first))?;
        }
        for line in lines {
            write!(f, "\r\n{}{line}", stuffed(line))?;
        }
        f.write_str("\r\n.\r\n")
    }
}

/// Puts the text, its formatted version and the calendar entry in.
///
/// Calendars of mail programs look for the entry among the alternatives; people who have another one look for the attachment.
fn fill(letter: MessageBuilder, rendered: &Rendered) -> Result<Message, NotALetter> {
    let text = SinglePart::plain(rendered.text.clone());
    let filled = match (&rendered.html, &rendered.invitation) {
        (None, None) => letter.singlepart(text),
        (html, invitation) => {
            let mut body = MultiPart::alternative().singlepart(text);
            if let Some(html) = html {
                body = body.singlepart(SinglePart::html(html.clone()));
            }
            match invitation {
                None => letter.multipart(body),
                Some(invitation) => {
                    let body = body.singlepart(calendar_part(invitation)?);
                    letter.multipart(MultiPart::mixed().multipart(body).singlepart(attachment(invitation)?))
                }
            }
        }
    };
    filled.map_err(|_| NotALetter("letter"))
}

fn calendar_part(invitation: &Invitation) -> Result<SinglePart, NotALetter> {
    let kind = content_type(&format!("text/calendar; charset=utf-8; method={}", invitation.method.code()))?;
    Ok(SinglePart::builder().content_type(kind).body(invitation.ics.clone()))
}

fn attachment(invitation: &Invitation) -> Result<SinglePart, NotALetter> {
    let kind = content_type("application/ics; charset=utf-8; name=\"invite.ics\"")?;
    Ok(Attachment::new("invite.ics".to_owned()).body(invitation.ics.clone(), kind))
}

fn content_type(text: &str) -> Result<ContentType, NotALetter> {
    ContentType::parse(text).map_err(|_| NotALetter("content-type"))
}

fn header(name: &str, value: &str) -> Result<HeaderValue, NotALetter> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| NotALetter("header"))?;
    Ok(HeaderValue::new(name, one_line(value)))
}

fn mailbox(recipient: &Recipient) -> Result<Mailbox, NotALetter> {
    let name = recipient.name.as_deref().map(one_line).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, address(&recipient.address)?))
}

/// The address as mail carries it. Some old addresses of mobile carriers need quotes: `"a..b."@docomo.ne.jp`.
fn address(address: &EmailAddress) -> Result<Address, NotALetter> {
    Address::new(address.local(), address.domain())
        .or_else(|_| Address::new(format!("\"{}\"", address.local()), address.domain()))
        .map_err(|_| NotALetter("address"))
}

fn moment(now: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(now.as_micros()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::InvitationMethod;

    fn head() -> Letterhead {
        Letterhead::of(Recipient::new("noreply@example.jp".parse().unwrap(), "見本事務局"))
    }

    fn write(rendered: &Rendered) -> Result<String, NotALetter> {
        let now = Timestamp::from_micros(1_800_000_000_000_000);
        let letter = Letter::write(MailId::from_uuid(kernel::Uuid::nil()), rendered, &head(), now)?;
        Ok(letter.text)
    }

    fn written(rendered: &Rendered) -> String {
        write(rendered).unwrap()
    }

    fn to_hanako() -> Recipient {
        Recipient::new("hanako@example.jp".parse().unwrap(), "見本 花子")
    }

    fn headers(letter: &str) -> Vec<&str> {
        letter.split("\r\n\r\n").next().unwrap().split("\r\n").filter(|line| !line.starts_with(' ')).collect()
    }

    #[test]
    fn a_full_stop_at_the_beginning_of_a_line_ends_no_letter() {
        let rendered = Rendered::new(to_hanako(), "a", "first\r\n.\r\n..second\r\nlast");
        let now = Timestamp::from_micros(1_800_000_000_000_000);
        let letter = Letter::write(MailId::from_uuid(kernel::Uuid::nil()), &rendered, &head(), now).unwrap().to_string();
        let (_, body) = letter.split_once("\r\n\r\n").unwrap();
        assert_eq!(body, "first\r\n..\r\n...second\r\nlast\r\n\r\n.\r\n");
    }

    #[test]
    fn nothing_typed_becomes_a_header() {
        let evil = "研修\r\nBcc: evil@example.jp\r\n\r\n本文";
        let to = Recipient::new("hanako@example.jp".parse().unwrap(), "花子\r\nBcc: evil@example.jp");
        let rendered = Rendered::new(to, evil, "本文").from_name(evil).header("List-Id", "a\nBcc: evil@example.jp");
        let letter = written(&rendered);
        let names: Vec<_> = headers(&letter).iter().map(|line| line.split(':').next().unwrap().to_owned()).collect();
        assert!(!names.iter().any(|name| name.eq_ignore_ascii_case("bcc")), "{letter}");
    }

    #[test]
    fn a_letter_is_plain_ascii_and_its_lines_are_short() {
        let long = "令和8年度 医療情報セキュリティ研修の申込みを受け付けました。".repeat(40);
        let letter = written(&Rendered::new(to_hanako(), &long, &long).html(&long));
        assert!(letter.is_ascii(), "no relay has to know 8BITMIME or SMTPUTF8");
        assert!(letter.lines().all(|line| line.len() <= 998));
    }

    #[test]
    fn further_headers_are_none_of_the_usual() {
        for name in ["From", "To", "Bcc", "Reply-To", "Subject", "Message-ID", "bad\r\nBcc"] {
            assert_eq!(
                write(&Rendered::new(to_hanako(), "件名", "本文").header(name, "evil@example.jp")),
                Err(NotALetter("header")),
                "{name}"
            );
        }
        let letter = written(&Rendered::new(to_hanako(), "件名", "本文").unsubscribe("https://portal.example.jp/unsubscribe/1"));
        assert!(letter.contains("List-Unsubscribe: <https://portal.example.jp/unsubscribe/1>\r\n"), "{letter}");
    }

    #[test]
    fn old_mobile_addresses_are_quoted() {
        let quoted = address(&"a..b.@docomo.ne.jp".parse().unwrap()).unwrap();
        assert_eq!(quoted.to_string(), "\"a..b.\"@docomo.ne.jp");
    }

    #[test]
    fn only_what_nobody_typed_is_marked_as_automatic() {
        let rendered = Rendered::new(to_hanako(), "件名", "本文");
        assert!(written(&rendered).contains("Auto-Submitted: auto-generated"));
        assert!(!written(&rendered.by_hand()).contains("Auto-Submitted"));
    }

    #[test]
    fn an_invitation_is_an_alternative_and_an_attachment() {
        let letter = written(&Rendered::new(to_hanako(), "件名", "本文").invitation(InvitationMethod::Cancel, "BEGIN:VCALENDAR\r\n"));
        assert!(letter.contains("Content-Type: text/calendar; charset=utf-8; method=CANCEL"), "{letter}");
        assert!(letter.contains("filename=\"invite.ics\""), "{letter}");
    }
}
