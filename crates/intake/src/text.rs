use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding, SHIFT_JIS, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};

use crate::NotRead;

/// How a text was encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Charset {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16, as Excel's "Unicode text".
    Utf16,
    /// `Shift_JIS` as Windows writes it (Windows-31J).
    ShiftJis,
}

/// Decodes a text: a byte order mark decides, then valid UTF-8, then valid `Shift_JIS`. Nothing is replaced.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Charset), NotRead> {
    let (text, charset) = if let Some((encoding, rest)) = utf16(bytes) {
        let text = encoding.decode_without_bom_handling_and_without_replacement(rest).ok_or(NotRead::NotATable)?;
        (text, Charset::Utf16)
    } else {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), Charset::Utf8),
            Err(wrong) => match SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes) {
                Some(text) => (text, Charset::ShiftJis),
                None => return Err(unreadable(bytes, wrong.valid_up_to())),
            },
        }
    };
    // No table holds NUL, and no column of a database takes it.
    if text.contains('\0') { Err(NotRead::NotATable) } else { Ok((text, charset)) }
}

/// Without a mark, text is taken for UTF-16 when the zero bytes of its line ends and separators lie on one side.
fn utf16(bytes: &[u8]) -> Option<(&'static Encoding, &[u8])> {
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return Some((UTF_16LE, rest));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return Some((UTF_16BE, rest));
    }
    let zeros = |side: usize| bytes.iter().skip(side).step_by(2).take(4096).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > 0 => Some((UTF_16LE, bytes)),
        (even, 0) if even > 0 => Some((UTF_16BE, bytes)),
        _ => None,
    }
}

/// Whichever encoding came further names the row.
fn unreadable(bytes: &[u8], utf8_valid: usize) -> NotRead {
    let mut decoder = SHIFT_JIS.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or_default());
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    let shift_jis_valid = match result {
        DecoderResult::Malformed(length, after) => read.saturating_sub(usize::from(length) + usize::from(after)),
        DecoderResult::InputEmpty | DecoderResult::OutputFull => read,
    };
    let valid = &bytes[..utf8_valid.max(shift_jis_valid).min(bytes.len())];
    if valid.contains(&0) {
        return NotRead::NotATable;
    }
    NotRead::Encoding { row: valid.split(|byte| *byte == b'\n').count() }
}
