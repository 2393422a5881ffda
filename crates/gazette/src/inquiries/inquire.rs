use access::Label;
use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::{EmailAddress, FiscalYear, Lang, Timestamp};
use serde::{Deserialize, Serialize};

use super::inquiry::{InquiryId, MessageKind, NewInquiry};
use super::store;
use crate::numbers;

journal::kinds! {
    /// The mail that confirms an inquiry.
    pub(super) Mail RECEIVED = "inquiries.received";
    /// The mail that tells the office of it.
    pub(super) Mail NEW = "inquiries.new";
}

/// An inquiry that was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// Which.
    pub id: InquiryId,
}

/// Receives a question: it gets a number, and both sides a mail. `office` is where the secretariat reads its own.
pub async fn inquire(tx: &mut Tx<'_>, new: &NewInquiry, office: Option<&EmailAddress>, now: Timestamp) -> DbResult<Received> {
    let (year, visitor) = (FiscalYear::of(now.day()), Label::Visitor.to_string());
    let number = numbers::next(tx, &format!("inquiry/{year}")).await?;
    let id = store::add(tx, new, year, number, now).await?;
    store::add_message(tx, id, MessageKind::Question, &visitor, &new.body, now).await?;
    journal::mail(tx, Mail::of(RECEIVED, id, new.lang), now).await?;
    if let Some(office) = office {
        journal::mail(tx, Mail::of(NEW, id, Lang::Ja).to(office.clone()), now).await?;
    }
    journal::record(tx, &Entry::by(&visitor).did("inquiries.received").on("inquiry", id), now).await?;
    Ok(Received { id })
}
