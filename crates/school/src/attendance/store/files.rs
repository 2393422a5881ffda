use access::AccountId;
use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::attendance::FileId;
use crate::trainings::session::SessionId;

db::row! {
    /// A participant file: what was read of it, until it is brought in.
    #[derive(Clone)]
    pub struct SentFile {
        pub id: FileId,
        pub session: SessionId,
        pub account: AccountId,
        pub name: String,
        pub zone: String,
        /// What `Kept::written` writes.
        pub bytes: Vec<u8>,
    }
}

/// Keeps what was read of a file until it is brought in, or a day has passed.
pub async fn keep_file(
    tx: &mut Tx<'_>,
    session: SessionId,
    account: AccountId,
    (name, zone): (&str, &str),
    bytes: &[u8],
    now: Timestamp,
) -> DbResult<FileId> {
    let id = FileId::new(now);
    let keep = sql!("INSERT INTO attendance_files (id, session, account, name, zone, bytes, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    let args = [id.into(), session.into(), account.into(), name.into(), zone.into(), bytes.to_vec().into(), now.into()];
    tx.run(keep, &args).await?;
    Ok(id)
}

/// The file with this id.
pub async fn file(tx: &mut Tx<'_>, id: FileId) -> DbResult<Option<SentFile>> {
    tx.opt(sql!("SELECT id, session, account, name, zone, bytes FROM attendance_files WHERE id = $1"), &[id.into()]).await
}

/// Forgets a file.
pub async fn drop_file(tx: &mut Tx<'_>, id: FileId) -> DbResult<()> {
    tx.run(sql!("DELETE FROM attendance_files WHERE id = $1"), &[id.into()]).await?;
    Ok(())
}

/// Forgets the files that were sent before a moment, and says how many.
pub async fn forget_files(tx: &mut Tx<'_>, before: Timestamp) -> DbResult<u64> {
    tx.run(sql!("DELETE FROM attendance_files WHERE sent_at < $1"), &[before.into()]).await
}
