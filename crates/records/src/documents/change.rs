use db::{DbError, DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Document, Place, etag, store};

/// What a request asks of the document that is there (RFC 9110 section 13.1).
#[derive(Clone, Debug, Default)]
pub(crate) struct Conditions {
    /// One of these tags, or `*`.
    pub if_match: Option<String>,
    /// None of these tags, or with `*` no document at all.
    pub if_none_match: Option<String>,
}

/// A document that is sent.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// Its media type.
    pub content_type: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// What becomes of a document that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// It is replaced.
    Replaced,
    /// It is replaced, if whoever sends says which one they know.
    ReplacedKnowingly,
    /// The keys of the new one are put into it.
    Merged,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum NotChanged {
    /// A condition does not hold.
    Unmet,
    /// There is a document, and whoever sends does not say whether they know it.
    Unasked,
    /// The two cannot be merged: the requirement and why.
    Unmergeable { requirement: String, path: String, why: String },
}

impl Conditions {
    /// Whether they hold for what is there.
    pub fn hold(&self, there: Option<&str>) -> bool {
        let names =
            |list: &str| list.split(',').map(str::trim).any(|tag| tag == "*" || Some(tag.strip_prefix("W/").unwrap_or(tag)) == there);
        self.if_match.as_deref().is_none_or(|list| there.is_some() && names(list))
            && self.if_none_match.as_deref().is_none_or(|list| there.is_none() || !names(list))
    }

    const fn are_none(&self) -> bool {
        self.if_match.is_none() && self.if_none_match.is_none()
    }
}

/// Stores a document.
#[expect(clippy::too_many_arguments, reason = "a request has these parts")]
pub(crate) async fn put(
    tx: &mut Tx<'_>,
    place: Place,
    name: &str,
    sent: &Sent,
    how: How,
    conditions: &Conditions,
    client: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotChanged>> {
    let there = store::find(tx, place, name).await?;
    if !conditions.hold(there.as_ref().map(|document| document.etag.as_str())) {
        return Ok(Err(NotChanged::Unmet));
    }
    let content = match (&there, how) {
        (Some(_), How::ReplacedKnowingly) if conditions.are_none() => return Ok(Err(NotChanged::Unasked)),
        (Some(old), How::Merged) => match xapi::document::merge((&old.content_type, &old.content), (&sent.content_type, &sent.content)) {
            Ok(content) => content,
            Err(wrong) => {
                let why = wrong.problem.to_string();
                return Ok(Err(NotChanged::Unmergeable { requirement: wrong.requirement.id().to_owned(), path: wrong.path, why }));
            }
        },
        _ => sent.content.clone(),
    };
    let new = Document { etag: etag(&content), content_type: sent.content_type.clone(), content, changed_at: now };
    let is_done = match there {
        None => store::add(tx, place, name, &new, client).await?,
        Some(old) => store::replace(tx, place, name, &old.etag, &new, client).await?,
    };
    // Somebody was faster: what they wrote has to be looked at first.
    if is_done { Ok(Ok(())) } else { Err(DbError::Contended) }
}

/// Removes a document; one that is not there is gone already.
pub(crate) async fn remove(tx: &mut Tx<'_>, place: Place, name: &str, conditions: &Conditions) -> DbResult<Result<(), NotChanged>> {
    let there = store::find(tx, place, name).await?;
    if !conditions.hold(there.as_ref().map(|document| document.etag.as_str())) {
        return Ok(Err(NotChanged::Unmet));
    }
    match there {
        Some(old) if !store::remove(tx, place, name, &old.etag).await? => Err(DbError::Contended),
        _ => Ok(Ok(())),
    }
}

#[cfg(test)]
mod tests {
    use super::Conditions;

    #[test]
    fn conditions_are_held_against_the_tag_that_is_there() {
        let of = |if_match: &str, if_none_match: &str| {
            let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            Conditions { if_match: given(if_match), if_none_match: given(if_none_match) }
        };
        for (conditions, there, holds) in [
            (of("", ""), None, true),
            (of("\"a\"", ""), Some("\"a\""), true),
            (of("\"b\", \"a\"", ""), Some("\"a\""), true),
            (of("\"b\"", ""), Some("\"a\""), false),
            (of("\"a\"", ""), None, false),
            (of("*", ""), Some("\"a\""), true),
            (of("*", ""), None, false),
            (of("", "*"), None, true),
            (of("", "*"), Some("\"a\""), false),
            (of("", "\"b\""), Some("\"a\""), true),
            (of("", "\"a\""), Some("\"a\""), false),
            (of("1234", ""), Some("\"a\""), false),
        ] {
            assert_eq!(conditions.hold(there), holds, "{conditions:?} {there:?}");
        }
    }
}
