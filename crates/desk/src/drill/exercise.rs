//! An exercise that an institution begins itself: it reports as it would on the worst day, to the whole desk, with 【訓練】 on
//! everything.

use access::AccountId;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use super::store;
use crate::cases::CaseNumber;
use crate::report::{Received, Report, receive};

/// After so long an exercise that nobody has closed is in nobody's way.
const LASTS: Span = Span::hours(24);

/// So many exercises of institutions run at once; the desk is there for real cases.
const MOST: i64 = 3;

/// Why no exercise begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotBegun {
    /// Theirs still runs.
    Running(CaseNumber),
    /// The desk has its hands full: with exercises, or with a real case that nobody has taken yet.
    Busy,
}

/// Begins an exercise by a report without answers.
pub async fn begin_own(
    tx: &mut Tx<'_>,
    report: &Report,
    account: AccountId,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<Received, NotBegun>> {
    let since = now.minus(LASTS);
    if let Some(running) = store::running(tx, account, since).await? {
        return Ok(Err(NotBegun::Running(running)));
    }
    if store::open_since(tx, since).await? >= MOST || store::real_case_waits(tx).await? {
        return Ok(Err(NotBegun::Busy));
    }
    let received = receive(tx, report, now).await?;
    store::add(tx, received.case, account, now).await?;
    journal::record(tx, &Entry::by(by).did("drill.begun_by_institution").on("case", received.case), now).await?;
    Ok(Ok(received))
}
