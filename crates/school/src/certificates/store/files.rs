use db::{Arg, DbResult, Tx, sql};
use kernel::Timestamp;

use crate::certificates::certificate::CertificateId;

/// The file of a certificate, as it was made.
pub async fn file(tx: &mut Tx<'_>, id: CertificateId) -> DbResult<Option<Vec<u8>>> {
    tx.opt(sql!("SELECT bytes FROM certificate_files WHERE certificate = $1"), &[id.into()]).await
}

/// Puts the file of a certificate where it stays; false if there is one already.
pub async fn put_file(tx: &mut Tx<'_>, id: CertificateId, address: &str, sha256: [u8; 32], bytes: &[u8], now: Timestamp) -> DbResult<bool> {
    let put = sql!(
        "INSERT INTO certificate_files (certificate, address, sha256, size, bytes, made_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (certificate) DO NOTHING"
    );
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let args: [Arg; 6] = [id.into(), address.into(), sha256.into(), size.into(), bytes.into(), now.into()];
    let is_new = tx.run(put, &args).await? == 1;
    if is_new {
        tx.run(sql!("UPDATE certificates SET failed_at = NULL, failed_why = '' WHERE id = $1"), &[id.into()]).await?;
    }
    Ok(is_new)
}

/// Notes why a file could not be made.
pub async fn mark_failed(tx: &mut Tx<'_>, id: CertificateId, why: &str, now: Timestamp) -> DbResult<()> {
    let mark = sql!("UPDATE certificates SET failed_at = $2, failed_why = $3 WHERE id = $1 AND revoked_at IS NULL");
    tx.run(mark, &[id.into(), now.into(), why.into()]).await?;
    Ok(())
}

/// Forgets that the file could not be made; false if that is not so.
pub async fn unmark_failed(tx: &mut Tx<'_>, id: CertificateId) -> DbResult<bool> {
    let unmark = sql!("UPDATE certificates SET failed_at = NULL, failed_why = '' WHERE id = $1 AND failed_at IS NOT NULL");
    Ok(tx.run(unmark, &[id.into()]).await? == 1)
}

/// How many certificates could not be made.
pub async fn count_failed(tx: &mut Tx<'_>) -> DbResult<i64> {
    tx.one(sql!("SELECT COUNT(*) FROM certificates WHERE failed_at IS NOT NULL"), &[]).await
}

db::row! {
    /// How far the making of files is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Progress {
        /// Issued since the moment, and not ended since.
        pub issued: i64,
        /// Of them, with a file.
        pub made: i64,
        /// Of them, those that could not be made.
        pub failed: i64,
    }
}

/// How far the making of those is that were issued since a moment.
pub async fn progress(tx: &mut Tx<'_>, since: Timestamp) -> DbResult<Progress> {
    let count = sql!(
        "SELECT COUNT(*), COUNT(f.certificate), COUNT(c.failed_at)
         FROM certificates c LEFT JOIN certificate_files f ON f.certificate = c.id WHERE c.issued_at >= $1 AND c.revoked_at IS NULL"
    );
    tx.one(count, &[since.into()]).await
}

/// When the latest files were made, the newest first.
pub async fn made_lately(tx: &mut Tx<'_>, limit: i64) -> DbResult<Vec<Timestamp>> {
    tx.all(sql!("SELECT made_at FROM certificate_files ORDER BY made_at DESC LIMIT $1"), &[limit.into()]).await
}
