use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::trainings::programme::{CourseId, ProgrammeId};

/// Sets when the recordings of a programme are open; nothing: as its sessions say, until its year is over.
pub async fn set_opening(tx: &mut Tx<'_>, id: ProgrammeId, opens: Option<Timestamp>, ends: Option<Timestamp>) -> DbResult<bool> {
    let set = sql!("UPDATE programmes SET archive_opens_at = $2, archive_ends_at = $3 WHERE id = $1");
    Ok(tx.run(set, &[id.into(), opens.into(), ends.into()]).await? == 1)
}

/// Sets when the recordings of one course open; nothing: with those of the programme.
pub async fn set_course_opening(tx: &mut Tx<'_>, id: CourseId, opens: Option<Timestamp>) -> DbResult<bool> {
    Ok(tx.run(sql!("UPDATE courses SET archive_opens_at = $2 WHERE id = $1"), &[id.into(), opens.into()]).await? == 1)
}
