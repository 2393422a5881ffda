//! Saying when recordings are open.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{notice, store};
use crate::trainings::programme::{CourseId, ProgrammeId};

/// When recordings are to be open; nothing where the sessions themselves say it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// From when on.
    pub opens: Option<Timestamp>,
    /// Until when.
    pub ends: Option<Timestamp>,
    /// Courses that open at another moment.
    pub courses: Vec<(CourseId, Option<Timestamp>)>,
}

/// Sets when the recordings and materials of a programme are open. Whoever waits for them is told when that moment comes.
pub async fn open(tx: &mut Tx<'_>, programme: ProgrammeId, opening: &Opening, by: &str, now: Timestamp) -> DbResult<bool> {
    if !store::set_opening(tx, programme, opening.opens, opening.ends).await? {
        return Ok(false);
    }
    for (course, opens) in &opening.courses {
        store::set_course_opening(tx, *course, *opens).await?;
    }
    notice::look(tx, programme, now, now).await?;
    let detail = json!({ "opens": opening.opens.map(Timestamp::rfc3339), "ends": opening.ends.map(Timestamp::rfc3339) });
    journal::record(tx, &Entry::by(by).did("archive.opening_set").on("programme", programme).with(detail), now).await?;
    tx.public_changed().await?;
    Ok(true)
}
