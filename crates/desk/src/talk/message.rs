use db::{DbResult, Tx};
use kernel::{Timestamp, id};
use serde_json::json;

use super::store;
use crate::cases::{self, Case, Entry, record};
use crate::clocks;
use crate::notices;
use crate::words::words;

id!(
    /// One message.
    MessageId
);

words! {
    /// Who says something.
    Side {
        /// 医療機関
        Institution = "institution",
        /// 窓口
        Desk = "desk",
    }
}

/// The most bytes of a message: a whole page of a log fits, a file does not.
pub const MOST_BYTES: usize = 64 * 1024;

db::row! {
    /// A message, sealed.
    pub struct Message {
        pub id: MessageId,
        pub side: Side,
        pub actor: String,
        pub is_urgent: bool,
        pub sealed: Vec<u8>,
        pub sent_at: Timestamp,
        pub read_at: Option<Timestamp>,
    }
}

/// Says something in a case; the other side is told that there is something, and not what.
pub async fn send(
    tx: &mut Tx<'_>,
    case: &Case,
    side: Side,
    actor: &str,
    words: &str,
    is_urgent: bool,
    now: Timestamp,
) -> DbResult<MessageId> {
    let id = MessageId::new(now);
    let sealed = case.seal("case_messages", id.uuid(), "sealed", words.as_bytes());
    store::add_message(tx, case.id, id, side, actor, is_urgent, &sealed, now).await?;
    match side {
        Side::Institution => cases::store::heard(tx, case.id, now).await?,
        Side::Desk => {
            cases::store::answered(tx, case.id, now).await?;
            clocks::word_sent(tx, case.id, actor, now).await?;
            notices::notify(tx, case, if is_urgent { "urgent" } else { "message" }, now).await?;
        }
    }
    record(tx, case, Entry::by(actor).did("message.sent").about(id).with(json!({ "side": side, "urgent": is_urgent })), now).await?;
    Ok(id)
}
