use db::{Db, DbResult, Lane, WriteError};
use journal::Entry;
use serde_json::json;

use super::{BATCH, Import, Line, apply, plan};

/// What bringing these lines in would do: 追加, 更新, 変更なし, エラー.
pub async fn preview(db: &Db, lines: &[Line]) -> DbResult<Import> {
    let mut import = Import::default();
    for batch in lines.chunks(BATCH) {
        let batch = batch.to_vec();
        let planned = db.read(async move |tx| plan(tx, &batch).await).await?;
        for planned in planned {
            import.count(planned);
        }
    }
    Ok(import)
}

/// Brings a whole list in, batch by batch, so that others are served in between. Stopped half-way, it is simply done again.
pub async fn bring_in(db: &Db, lines: &[Line], sample: bool, by: &str) -> Result<Import, WriteError> {
    let mut import = Import::default();
    for batch in lines.chunks(BATCH) {
        let batch = batch.to_vec();
        let planned = db.write(Lane::Staff, None, async move |tx, now| apply(tx, &batch, sample, now).await).await?;
        for planned in planned {
            import.count(planned);
        }
    }
    let facts = json!({ "added": import.added, "changed": import.changed, "same": import.same, "wrong": import.wrong.len() });
    let entry = Entry::by(by).did("organizations.imported").on_the("organizations").with(facts);
    db.write(Lane::Staff, None, async move |tx, now| journal::record(tx, &entry, now).await.map(|_| ())).await?;
    Ok(import)
}
