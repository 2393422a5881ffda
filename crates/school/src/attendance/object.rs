//! 「出席の記録について申し出る」: what somebody writes about their own attendance.

use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::{Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::rule::Held;
use super::{ObjectionId, store};
use crate::trainings::application::ApplicationId;

journal::kinds! {
    /// The mail that confirms it.
    pub(super) Mail RECEIVED = "attendance.objection_received";
}

/// What is written: at most a thousand characters.
pub type Body = Text<1000>;

/// Why nothing was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotReceived {
    /// There is no such application with a seat.
    Unknown,
    /// The session has not ended.
    NotEnded,
    /// One waits already.
    Waiting,
}

/// Receives what somebody writes, and says by mail that it was received.
pub async fn object(
    tx: &mut Tx<'_>,
    application: ApplicationId,
    body: &str,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<ObjectionId, NotReceived>> {
    let Some(known) = crate::trainings::store::application(tx, application).await?.filter(|known| known.is_live() && !known.is_waiting())
    else {
        return Ok(Err(NotReceived::Unknown));
    };
    let session = crate::trainings::store::session(tx, known.session).await?;
    if session.as_ref().and_then(Held::of).is_none_or(|held| now < held.ends) {
        return Ok(Err(NotReceived::NotEnded));
    }
    let id = ObjectionId::new(now);
    if !store::add_objection(tx, id, (application, known.session), body, known.lang, now).await? {
        return Ok(Err(NotReceived::Waiting));
    }
    journal::mail(tx, Mail::of(RECEIVED, id, known.lang), now).await?;
    journal::record(tx, &Entry::by(by).did("attendance.objected").on("application", application), now).await?;
    Ok(Ok(id))
}
