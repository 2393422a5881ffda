use db::{DbResult, Tx, sql};
use kernel::Timestamp;
use objects::Hash;

use crate::archive::upload::{PART, Upload, UploadId};
use crate::trainings::session::SessionId;

macro_rules! upload {
    ($which:literal) => {
        sql!(concat!("SELECT id, session, name, bytes, part, begun_by, begun_at, sent_at, ended_at, refusal FROM film_uploads ", $which))
    };
}

/// The upload with this id.
pub async fn upload(tx: &mut Tx<'_>, id: UploadId) -> DbResult<Option<Upload>> {
    tx.opt(upload!("WHERE id = $1"), &[id.into()]).await
}

/// The last upload for a session.
pub async fn last_upload(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Option<Upload>> {
    tx.opt(upload!("WHERE session = $1 ORDER BY id DESC LIMIT 1"), &[session.into()]).await
}

/// Begins one.
pub async fn add_upload(tx: &mut Tx<'_>, session: SessionId, name: &str, bytes: i64, by: &str, now: Timestamp) -> DbResult<UploadId> {
    let id = UploadId::new(now);
    let add = sql!("INSERT INTO film_uploads (id, session, name, bytes, part, begun_by, begun_at) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    tx.run(add, &[id.into(), session.into(), name.into(), bytes.into(), PART.into(), by.into(), now.into()]).await?;
    Ok(id)
}

db::row! {
    /// A part that is here.
    #[derive(Clone, Debug)]
    pub struct Part {
        pub number: i64,
        pub hash: [u8; 32],
    }
}

/// The parts of an upload that are here, in order.
pub async fn parts(tx: &mut Tx<'_>, upload: UploadId) -> DbResult<Vec<Part>> {
    tx.all(sql!("SELECT number, hash FROM film_parts WHERE upload = $1 ORDER BY number LIMIT 2000"), &[upload.into()]).await
}

/// Notes that a part is here. One that came before may come again.
pub async fn add_part(tx: &mut Tx<'_>, upload: UploadId, number: i64, hash: Hash, bytes: i64) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO film_parts (upload, number, hash, bytes) VALUES ($1, $2, $3, $4)
         ON CONFLICT (upload, number) DO UPDATE SET hash = excluded.hash, bytes = excluded.bytes"
    );
    tx.run(add, &[upload.into(), number.into(), hash.bytes().into(), bytes.into()]).await.map(|_| ())
}

/// Notes that every part is here; false if that was known.
pub async fn mark_sent(tx: &mut Tx<'_>, id: UploadId, now: Timestamp) -> DbResult<bool> {
    let mark = sql!("UPDATE film_uploads SET sent_at = $2 WHERE id = $1 AND sent_at IS NULL AND ended_at IS NULL");
    Ok(tx.run(mark, &[id.into(), now.into()]).await? == 1)
}

/// Ends an upload, with the key of why it was not taken, or nothing; false if it had ended.
pub async fn end_upload(tx: &mut Tx<'_>, id: UploadId, refusal: &str, now: Timestamp) -> DbResult<bool> {
    let end = sql!("UPDATE film_uploads SET ended_at = $2, refusal = $3 WHERE id = $1 AND ended_at IS NULL");
    Ok(tx.run(end, &[id.into(), now.into(), refusal.into()]).await? == 1)
}
