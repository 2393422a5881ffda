//! Mail that came back: reading delivery status notifications (RFC 3464).

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use crate::outbox::MailId;

/// What a notification says about a mail of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// The mail, by the Message-ID that came back with it.
    pub mail: MailId,
    /// Whether it was given up, and not merely late.
    pub failed: bool,
    /// Why, by RFC 3463: `5.1.1`.
    pub status: String,
}

impl Bounce {
    /// Reads a notification. Nothing if it is none, or none about a mail of ours.
    ///
    /// Whoever writes one has to know the Message-ID of a mail of ours, which is made of chance; more is not believed.
    pub fn read(raw: &[u8]) -> Option<Self> {
        let message = MessageParser::default().parse(raw)?;
        let report = text_of(&message, "delivery-status")?;
        let action = field(&report, "Action")?.to_ascii_lowercase();
        let mail = message.parts.iter().find_map(|part| match &part.body {
            PartType::Message(inner) => inner.message_id().and_then(ours),
            _ => None,
        });
        let headers = || text_of(&message, "rfc822-headers").or_else(|| text_of(&message, "rfc822"));
        let mail = mail.or_else(|| field(&headers()?, "Message-ID").as_deref().and_then(ours))?;
        Some(Self { mail, failed: action == "failed", status: status(&field(&report, "Status").unwrap_or_default()) })
    }

    /// Whether no other mail to the address will fare better: it is wrong, and not merely full or out of reach.
    pub fn is_hard(&self) -> bool {
        self.failed && self.status.starts_with("5.") && !self.status.starts_with("5.2.2") && !self.status.starts_with("5.4.")
    }
}

fn text_of(message: &Message, subtype: &str) -> Option<String> {
    let part = message
        .parts
        .iter()
        .find(|part| part.content_type().is_some_and(|kind| kind.subtype().is_some_and(|found| found.eq_ignore_ascii_case(subtype))))?;
    let bytes = match &part.body {
        PartType::Text(text) | PartType::Html(text) => text.as_bytes(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.as_ref(),
        PartType::Message(inner) => inner.raw_message(),
        PartType::Multipart(_) => return None,
    };
    Some(String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace("\n\t", " ").replace("\n ", " "))
}

/// The first field of this name.
fn field(text: &str, name: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// The mail of a Message-ID such as `<0190…@mist.example.jp>`.
fn ours(message_id: &str) -> Option<MailId> {
    message_id.trim().trim_start_matches('<').split('@').next()?.parse().ok()
}

/// `5.1.1` of whatever stands there; `5.0.0` if nothing does.
fn status(said: &str) -> String {
    let word = said.split([' ', '(', ';']).next().unwrap_or_default();
    let parts: Vec<&str> = word.split('.').collect();
    let is_one = parts.len() == 3
        && matches!(parts.first(), Some(&("2" | "4" | "5")))
        && parts.iter().all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    if is_one { word.to_owned() } else { "5.0.0".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01906c5e-0000-7000-8000-000000000001";

    fn notification(action: &str, status: &str, third: &str) -> String {
        format!(
            "From: MAILER-DAEMON@relay.example.jp\r\nTo: office@example.jp\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=\"edge\"\r\n\r\n\
             --edge\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
             --edge\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example.jp\r\n\r\n\
             Final-Recipient: rfc822; nobody@example.jp\r\nAction: {action}\r\nStatus: {status}\r\n\
             Diagnostic-Code: smtp; 550 5.1.1 no such\r\n user here\r\n\r\n{third}--edge--\r\n"
        )
    }

    fn whole() -> String {
        format!("--edge\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{ID}@mist.example.jp>\r\nSubject: x\r\n\r\nbody\r\n")
    }

    fn heads() -> String {
        format!("--edge\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: x\r\nMessage-Id:\r\n <{ID}@mist.example.jp>\r\n\r\n")
    }

    #[test]
    fn a_notification_names_our_mail_and_says_why() {
        for third in [whole(), heads()] {
            let bounce = Bounce::read(notification("failed", "5.1.1 (bad mailbox)", &third).as_bytes()).expect("it is one");
            assert_eq!((bounce.mail, bounce.failed, bounce.status.as_str()), (ID.parse().unwrap(), true, "5.1.1"));
            assert!(bounce.is_hard());
        }
    }

    #[test]
    fn a_full_mailbox_or_a_delay_condemns_no_address() {
        let read = |action, status| Bounce::read(notification(action, status, &whole()).as_bytes()).expect("it is one");
        assert!(!read("failed", "5.2.2").is_hard());
        assert!(!read("failed", "4.4.7").is_hard());
        assert!(!read("delayed", "4.4.1").failed && !read("delayed", "5.1.1").is_hard());
        assert_eq!(read("failed", "nonsense").status, "5.0.0");
    }

    #[test]
    fn whatever_else_comes_is_none() {
        for raw in ["", "Subject: hello\r\n\r\nhello", &notification("failed", "5.1.1", "")] {
            assert_eq!(Bounce::read(raw.as_bytes()), None, "{raw}");
        }
        assert_eq!(Bounce::read(notification("failed", "5.1.1", &whole()).replace(ID, "somebody").as_bytes()), None);
    }

    #[test]
    fn nothing_that_is_cut_or_garbled_stops_the_reader() {
        let whole = notification("failed", "5.1.1", &whole());
        let mut chance: u64 = 1;
        for end in 0..whole.len() {
            let mut garbled = whole.as_bytes()[..end].to_vec();
            let _ = Bounce::read(&garbled);
            for _ in 0..3 {
                chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                if let Some(byte) = garbled.get_mut(usize::try_from(chance >> 40).unwrap_or(0) % end.max(1)) {
                    *byte = chance.to_le_bytes()[6];
                }
            }
            let _ = Bounce::read(&garbled);
        }
    }
}
