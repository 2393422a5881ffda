//! What the desk asks for (確認のお願い), as a checklist whose items are answered one by one.

use db::{DbResult, Tx};
use kernel::{Timestamp, id};
use serde_json::json;

use super::store;
use crate::cases::{self, Case, Entry, REPORTER, record};
use crate::clocks;
use crate::notices;
use crate::words::words;

id!(
    /// One list of what is asked for.
    RequestId
);
id!(
    /// One thing that is asked for.
    ItemId
);

words! {
    /// What became of a thing that was asked for.
    Reply {
        /// できた・送った
        Done = "done",
        /// できない
        Cannot = "cannot",
        /// わからない
        Unknown = "unknown",
    }
}

/// The most things of one list.
pub const MOST_ITEMS: usize = 20;

db::row! {
    /// A list, sealed.
    pub struct Request {
        pub id: RequestId,
        pub actor: String,
        pub sealed: Vec<u8>,
        pub asked_at: Timestamp,
        pub done_at: Option<Timestamp>,
    }
}

db::row! {
    /// A thing that is asked for, sealed.
    pub struct Item {
        pub id: ItemId,
        pub request: RequestId,
        pub place: i64,
        pub sealed: Vec<u8>,
        pub answer: Option<Reply>,
        pub reply: Option<Vec<u8>>,
        pub answered_at: Option<Timestamp>,
    }
}

/// Why nothing is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum NotAsked {
    /// There is nothing on the list.
    Empty,
    /// There is too much on it for somebody who has other worries.
    TooMany,
}

/// Asks the institution for things, each on a line of its own.
pub async fn ask_for(
    tx: &mut Tx<'_>,
    case: &Case,
    actor: &str,
    why: &str,
    items: &[String],
    now: Timestamp,
) -> DbResult<Result<RequestId, NotAsked>> {
    if items.is_empty() {
        return Ok(Err(NotAsked::Empty));
    }
    if items.len() > MOST_ITEMS {
        return Ok(Err(NotAsked::TooMany));
    }
    let id = RequestId::new(now);
    store::add_request(tx, case.id, id, actor, &case.seal("case_requests", id.uuid(), "sealed", why.as_bytes()), now).await?;
    for (place, words) in (1..).zip(items) {
        let item = ItemId::new(now);
        let sealed = case.seal("case_request_items", item.uuid(), "sealed", words.as_bytes());
        store::add_item(tx, id, item, place, &sealed).await?;
    }
    cases::store::answered(tx, case.id, now).await?;
    clocks::word_sent(tx, case.id, actor, now).await?;
    notices::notify(tx, case, "question", now).await?;
    record(tx, case, Entry::by(actor).did("request.asked").about(id).with(json!({ "items": items.len() })), now).await?;
    Ok(Ok(id))
}

/// Answers one thing; once all are, the list is done. False if it is none of this case's.
pub async fn reply(tx: &mut Tx<'_>, case: &Case, item: ItemId, answer: Reply, words: &str, now: Timestamp) -> DbResult<bool> {
    let Some(request) = store::request_of(tx, case.id, item).await? else { return Ok(false) };
    let sealed = (!words.is_empty()).then(|| case.seal("case_request_items", item.uuid(), "reply", words.as_bytes()));
    store::answer_item(tx, item, answer, sealed.as_deref(), now).await?;
    store::close_if_answered(tx, request, now).await?;
    cases::store::heard(tx, case.id, now).await?;
    record(tx, case, Entry::by(REPORTER).did("request.answered").about(item).with(json!({ "answer": answer })), now).await?;
    Ok(true)
}
