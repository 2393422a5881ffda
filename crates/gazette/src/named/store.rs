//! Names by ids, each kind in one question.

use db::{DbResult, Tx, among, ids};
use kernel::{FiscalYear, Uuid};

use crate::approval::Kind;

/// Year and number of inquiries.
pub(super) async fn inquiries(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, FiscalYear, i64)>> {
    tx.all(among!(tx, "SELECT id, year, number FROM inquiries WHERE id"), &[ids(of)]).await
}

/// The kinds of texts, and the titles of their newest versions in both languages.
pub(super) async fn texts(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, Kind, String, String)>> {
    let list = among!(
        tx,
        "SELECT t.id, t.kind, v.title_ja, v.title_en FROM texts t
         JOIN text_versions v ON v.text = t.id AND v.number = (SELECT max(n.number) FROM text_versions n WHERE n.text = t.id) WHERE t.id"
    );
    tx.all(list, &[ids(of)]).await
}
