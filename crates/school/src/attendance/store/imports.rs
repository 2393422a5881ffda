use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::attendance::ImportId;
use crate::trainings::session::SessionId;

db::row! {
    /// A file that was brought in, with what became of its participants.
    #[derive(Clone, Debug)]
    pub struct ImportLine {
        pub id: ImportId,
        pub session: SessionId,
        pub name: String,
        pub tool: String,
        pub zone: String,
        pub has_times: bool,
        pub rows: i64,
        pub wrong: i64,
        pub imported_at: Timestamp,
        pub imported_by: String,
        pub withdrawn_at: Option<Timestamp>,
        pub matched: i64,
        pub open: i64,
        pub strangers: i64,
    }
}

macro_rules! imports {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT i.id, i.session, i.name, i.tool, i.zone, i.has_times, i.rows, i.wrong, i.imported_at, i.imported_by, i.withdrawn_at, \
             (SELECT COUNT(*) FROM attendees t WHERE t.import = i.id AND t.application IS NOT NULL), \
             (SELECT COUNT(*) FROM attendees t WHERE t.import = i.id AND t.how = ''), \
             (SELECT COUNT(*) FROM attendees t WHERE t.import = i.id AND t.how = 'stranger') \
             FROM attendance_imports i ",
            $rest
        ))
    };
}

/// A file to be noted as brought in.
#[derive(Clone, Debug)]
pub struct NewImport {
    /// The file's own name.
    pub name: String,
    /// The word for its tool.
    pub tool: &'static str,
    /// The zone that was assumed.
    pub zone: &'static str,
    /// Whether it says when people came.
    pub has_times: bool,
    /// What tells it from every other file.
    pub digest: [u8; 32],
    /// Rows that were read.
    pub rows: i64,
    /// Rows that could not be.
    pub wrong: i64,
}

/// Notes that a file was brought in.
pub async fn add_import(tx: &mut Tx<'_>, session: SessionId, new: &NewImport, by: &str, now: Timestamp) -> DbResult<ImportId> {
    let id = ImportId::new(now);
    let add = sql!(
        "INSERT INTO attendance_imports (id, session, name, tool, zone, has_times, digest, rows, wrong, imported_at, imported_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let args = [
        id.into(),
        session.into(),
        new.name.as_str().into(),
        new.tool.into(),
        new.zone.into(),
        new.has_times.into(),
        new.digest.into(),
        new.rows.into(),
        new.wrong.into(),
        now.into(),
        by.into(),
    ];
    tx.run(add, &args).await?;
    Ok(id)
}

/// Whether the same file is in already.
pub async fn is_imported(tx: &mut Tx<'_>, session: SessionId, digest: [u8; 32]) -> DbResult<bool> {
    let find = sql!("SELECT 1 FROM attendance_imports WHERE session = $1 AND digest = $2 AND withdrawn_at IS NULL");
    Ok(tx.opt::<i64>(find, &[session.into(), digest.into()]).await?.is_some())
}

/// The files of a session, the last first.
pub async fn imports(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Vec<ImportLine>> {
    tx.all(imports!("WHERE i.session = $1 ORDER BY i.imported_at DESC, i.id DESC LIMIT 100"), &[session.into()]).await
}

/// The file that was brought in under this id.
pub async fn import(tx: &mut Tx<'_>, id: ImportId) -> DbResult<Option<ImportLine>> {
    tx.opt(imports!("WHERE i.id = $1"), &[id.into()]).await
}

/// Takes a file out again. False if it was out before.
pub async fn put_withdrawn(tx: &mut Tx<'_>, id: ImportId, by: &str, now: Timestamp) -> DbResult<bool> {
    let put = sql!("UPDATE attendance_imports SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1 AND withdrawn_at IS NULL");
    Ok(tx.run(put, &[id.into(), now.into(), by.into()]).await? == 1)
}
