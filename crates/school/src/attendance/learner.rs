//! What a person sees of their own attendance.

use db::{DbResult, Tx};
use kernel::Timestamp;
use web::Words;

use super::rule::Held;
use super::store::{self, Objection};
use super::verdict::Status;
use super::words;
use crate::trainings::application::Application;
use crate::trainings::session::Session;

/// One's own attendance, in words.
#[derive(Clone, Debug)]
pub struct Own {
    /// 出席
    pub word: String,
    /// The shape beside it.
    pub shape: &'static str,
    /// 60分中46分参加（基準45分以上）：出席
    pub why: String,
    /// What was written about it, the last first.
    pub objections: Vec<Objection>,
}

impl Own {
    /// Whether something that was written waits for an answer.
    pub fn waits(&self) -> bool {
        self.objections.iter().any(|objection| objection.answered_at.is_none())
    }
}

/// The attendance of an application, from the end of its session on; `None` before, and for whoever has no seat.
pub async fn own(tx: &mut Tx<'_>, session: &Session, application: &Application, w: Words, now: Timestamp) -> DbResult<Option<Own>> {
    let Some(held) = Held::of(session).filter(|held| now >= held.ends && session.cancelled_at.is_none()) else { return Ok(None) };
    let Some(known) = store::known_of(tx, application.id).await? else { return Ok(None) };
    let sheet = store::sheet(tx, session.id).await?;
    let status = Status::of(known.verdict, sheet.is_closed());
    let why = match status {
        Status::Undecided if sheet.closings > 0 => w.t("attendance-own-reopened"),
        Status::Undecided => w.t("attendance-own-undecided"),
        Status::Decided(super::verdict::Verdict::Review) => w.t("attendance-own-review"),
        Status::Decided(verdict) => {
            let reason = store::why(tx, application.id).await?.reason;
            words::sentence(w, &known.facts, (verdict, known.evidence), sheet.rule, held, &reason)
        }
    };
    let objections = store::objections_of(tx, application.id).await?;
    Ok(Some(Own { word: words::status(w, status), shape: status.shape(), why, objections }))
}
