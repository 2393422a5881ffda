use mail_parser::{MessageParser, MimeHeaders, PartType};
use std::fmt;

/// A letter as the sink received it, taken apart.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// Its number, from 1, in the order of arrival.
    pub number: u64,
    /// The address on the envelope it returns to.
    pub from: String,
    /// The addresses on the envelope.
    pub to: Vec<String>,
    /// The Message-ID, without its brackets.
    pub message_id: String,
    /// The subject, decoded.
    pub subject: String,
    /// Every header as it was sent, unfolded but not decoded, in order.
    pub headers: Vec<(String, String)>,
    /// The text.
    pub text: Option<String>,
    /// The formatted text.
    pub html: Option<String>,
    /// Calendar entries among the alternatives, and everything attached.
    pub attachments: Vec<Attachment>,
    /// The letter as it came over the line.
    pub raw: Vec<u8>,
}

/// Something that came with a letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The name of the file, if it has one.
    pub name: Option<String>,
    /// `text/calendar`
    pub content_type: String,
    /// `REQUEST` or `CANCEL`, for a calendar entry that says so.
    pub method: Option<String>,
    /// The content, decoded.
    pub bytes: Vec<u8>,
}

impl Received {
    /// The header with this name, as it was sent.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Takes a letter apart. One that cannot be understood is kept all the same.
    pub(super) fn read(number: u64, from: String, to: Vec<String>, raw: Vec<u8>) -> Self {
        let understood = MessageParser::default().parse(&raw).map(|message| Self {
            message_id: message.message_id().unwrap_or_default().to_owned(),
            subject: message.subject().unwrap_or_default().to_owned(),
            headers: message.headers_raw().map(|(name, value)| (name.to_owned(), unfolded(value))).collect(),
            text: body(&message, false),
            html: body(&message, true),
            attachments: message.parts.iter().filter_map(attachment).collect(),
            ..Self::default()
        });
        Self { number, from, to, raw, ..understood.unwrap_or_default() }
    }
}

/// The first text of this form; mail-parser would make one form from the other where it is missing, and a page has to show what
/// was sent.
fn body(message: &mail_parser::Message<'_>, html: bool) -> Option<String> {
    message.parts.iter().find_map(|part| match &part.body {
        PartType::Text(text) if !html && is_plain(part) => Some(text.replace("\r\n", "\n")),
        PartType::Html(text) if html => Some(text.replace("\r\n", "\n")),
        _ => None,
    })
}

fn is_plain(part: &mail_parser::MessagePart<'_>) -> bool {
    part.content_type().is_none_or(|kind| kind.c_type == "text" && kind.c_subtype.as_deref() == Some("plain"))
        && part.attachment_name().is_none()
}

fn attachment(part: &mail_parser::MessagePart<'_>) -> Option<Attachment> {
    let bytes = match &part.body {
        PartType::Text(text) if !is_plain(part) => text.as_bytes().to_vec(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
        _ => return None,
    };
    let kind = part.content_type();
    Some(Attachment {
        name: part.attachment_name().map(ToOwned::to_owned),
        content_type: kind.map_or_else(String::new, |kind| format!("{}/{}", kind.c_type, kind.c_subtype.as_deref().unwrap_or_default())),
        method: kind.and_then(|kind| kind.attribute("method")).map(ToOwned::to_owned),
        bytes,
    })
}

fn unfolded(value: &str) -> String {
    value.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}

macro_rules! hidden {
    ($($name:ty),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("***")
            }
        }
    )*};
}
hidden!(Received, Attachment);
