use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

use super::kit::{Kit, KitFileId};
use super::matched::Names;
use super::results::Sitting;
use super::store;
use crate::assignments::{self, StaffId};

/// What came of recording a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// How many tests were put down now.
    pub new: usize,
    /// How many stood there already.
    pub known: usize,
}

/// Records everybody in a file; `None` if there is no such file of this kit. Who is on the list of staff follows from the name, where only
/// one person bears it, or from what was `chosen`. What stands stays: a second time, and by another file, nothing is added. What was taken
/// back is put down once more, and for nobody by its name alone: that is how it came to the wrong person.
pub async fn record(
    tx: &mut Tx<'_>,
    kit: &Kit,
    file: KitFileId,
    chosen: &BTreeMap<Uuid, StaffId>,
    by: &str,
    now: Timestamp,
) -> DbResult<Option<Recorded>> {
    let Some(sittings) = store::sittings(tx, kit.id, file).await? else { return Ok(None) };
    let list = assignments::whole_list(tx, kit.organization).await?;
    let names = Names::of(&list);
    let known: BTreeSet<Uuid> = store::known(tx, kit.id).await?.into_iter().map(|known| known.sitting).collect();
    let whose = |sitting: &Sitting| match names.bearers(&sitting.name) {
        [one] if !known.contains(&sitting.id) => Some(one.id),
        several => chosen.get(&sitting.id).copied().filter(|person| several.iter().any(|one| one.id == *person)),
    };
    let each: Vec<(&Sitting, Option<StaffId>)> = sittings.iter().map(|sitting| (sitting, whose(sitting))).collect();
    let new = store::add_results(tx, kit, file, &each, by, now).await?;
    let recorded = Recorded { new, known: sittings.len().saturating_sub(new) };
    let is_first = store::mark_recorded(tx, file, now).await?;
    if is_first || recorded.new > 0 {
        let facts = json!({ "new": recorded.new, "known": recorded.known });
        journal::record(tx, &Entry::by(by).did("kits.recorded").on("kit", kit.id).with(facts), now).await?;
    }
    Ok(Some(recorded))
}
