//! Putting a body together.

use sha2::{Digest, Sha256};

use super::HASH_HEADER;

/// An attachment that is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outgoing<'a> {
    /// Its hash, as the statements have it.
    pub sha2: &'a str,
    /// Its media type.
    pub content_type: &'a str,
    /// Its bytes.
    pub content: &'a [u8],
}

/// The body of an answer and the value of its `Content-Type`: the JSON first, then each attachment once.
pub fn write(json: &[u8], attachments: &[Outgoing<'_>]) -> (String, Vec<u8>) {
    // A boundary made from all that lies between: nobody can write content that holds it.
    let mut hash = Sha256::new();
    hash.update(json);
    for attachment in attachments {
        hash.update(attachment.content);
    }
    let boundary = format!("part-{}", &hex::encode(hash.finalize())[..40]);
    let mut body =
        Vec::with_capacity(json.len() + attachments.iter().map(|attachment| attachment.content.len() + 300).sum::<usize>() + 200);
    let mut part = |headers: &[(&str, &str)], content: &[u8]| {
        body.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
        for (name, value) in headers {
            // What statements say about a type is checked to be printable, so that no header can be slipped in.
            body.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        body.extend_from_slice(b"\r\n");
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    };
    part(&[("Content-Type", "application/json")], json);
    for attachment in attachments {
        let headers = [("Content-Type", attachment.content_type), ("Content-Transfer-Encoding", "binary"), (HASH_HEADER, attachment.sha2)];
        part(&headers, attachment.content);
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/mixed; boundary={boundary}"), body)
}
