use db::{Db, DbResult, Lane, Tx, WriteError};
use journal::Entry;
use kernel::Timestamp;
use serde_json::json;
use web::Words;

use super::list::{Fate, How, List};
use super::read::{BATCH, Line, checked};
use super::store;

/// Brings a list in, batch by batch. Stopped half-way, it goes on where it stopped; pressed twice, it is done once.
pub(super) async fn settle<L: List>(
    db: &Db,
    target: &L::Target,
    lines: &[Line],
    settled: usize,
    how: &How,
    now: Timestamp,
) -> Result<(), WriteError> {
    let w = Words::of(how.lang);
    let mut from = settled;
    for batch in lines.get(settled..).unwrap_or_default().chunks(BATCH) {
        let until = from + batch.len();
        let judged = checked::<L>(db, target, batch, w, now).await?;
        let (sound, wrong): (Vec<_>, Vec<_>) = judged.into_iter().partition(|line| line.checked.is_some());
        let wrong: Vec<(usize, Fate)> = wrong.into_iter().map(|line| (line.line.number, line.fate)).collect();
        let numbers: Vec<usize> = sound.iter().map(|line| line.line.number).collect();
        let rows: Vec<L::Row> = sound.into_iter().filter_map(|line| line.checked.map(|checked| checked.row)).collect();
        let (target, how) = (target.clone(), how.clone());
        let claim = (index(from), index(until));
        let is_ours = db
            .write(Lane::Staff, None, async move |tx, now| {
                if !store::claim(tx, how.list, claim.0, claim.1).await? {
                    return Ok(false);
                }
                let fates = L::bring_in(tx, &target, &rows, &how, now).await?;
                for (number, fate) in wrong.iter().map(|(number, fate)| (number, fate)).chain(numbers.iter().zip(&fates)) {
                    store::note_fate(tx, how.list, index(*number), fate).await?;
                }
                Ok(true)
            })
            .await?;
        if !is_ours {
            // Another window has gone on with it.
            return Ok(());
        }
        from = until;
    }
    let (target, how, all) = (target.clone(), how.clone(), index(lines.len()));
    db.write(Lane::Staff, None, async move |tx, now| finish::<L>(tx, &target, &how, all, now).await).await
}

/// Notes that every line is settled, and leaves one entry in the trail, whoever comes first.
async fn finish<L: List>(tx: &mut Tx<'_>, target: &L::Target, how: &How, all: i64, now: Timestamp) -> DbResult<()> {
    let is_settled = store::find(tx, how.list).await?.is_some_and(|sent| sent.settled >= all);
    if !is_settled || !store::mark_done(tx, how.list, now).await? {
        return Ok(());
    }
    let fates = store::fates(tx, how.list).await?;
    let count = |id: &str| fates.iter().filter(|(_, fate)| fate.id() == id).count();
    let facts = json!({ "kind": L::KIND, "new": count("new"), "waiting": count("waiting"), "known": count("known"), "not": count("not"), "told": how.tells });
    let entry = Entry::by(&how.actor.label()).did("lists.imported").with(facts);
    let entry = match L::object(target) {
        Some((kind, id)) => entry.on(kind, id),
        None => entry.on("list", how.list),
    };
    journal::record(tx, &entry, now).await.map(|_| ())
}

fn index(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
