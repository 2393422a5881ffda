use db::{DbResult, Tx, sql};
use kernel::{Timestamp, Uuid};

use crate::cases::CaseId;
use crate::work::evidence::Act;
use crate::work::indicator::Kind;

db::row! {
    /// A piece of evidence as it stands.
    #[derive(Clone)]
    pub struct Piece {
        pub id: Uuid,
        pub file: Option<Uuid>,
        pub about: Vec<u8>,
        pub sealed_hash: Option<Vec<u8>>,
        pub actor: String,
        pub noted_at: Timestamp,
    }
}

db::row! {
    /// Through whose hands a piece went.
    #[derive(Clone)]
    pub struct Custody {
        pub piece: Uuid,
        pub seq: i64,
        pub act: Act,
        pub words: Vec<u8>,
        pub actor: String,
        pub happened_at: Timestamp,
    }
}

db::row! {
    /// An indicator as it stands.
    #[derive(Clone)]
    pub struct IndicatorRow {
        pub id: Uuid,
        pub kind: Kind,
        pub tlp: crate::work::note::Tlp,
        pub value: Vec<u8>,
        pub actor: String,
        pub noted_at: Timestamp,
        pub dropped_at: Option<Timestamp>,
        pub elsewhere: i64,
    }
}

/// The evidence of a case, in the order in which it came.
pub async fn pieces(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Piece>> {
    let list = sql!(
        "SELECT id, file_id, about, sealed_hash, actor, noted_at FROM case_evidence WHERE case_id = $1 ORDER BY noted_at, id LIMIT 500"
    );
    tx.all(list, &[case.into()]).await
}

/// Through whose hands the evidence of a case went, piece by piece.
pub async fn custody(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Custody>> {
    let list = sql!(
        "SELECT case_custody.evidence_id, case_custody.seq, case_custody.act, case_custody.words, case_custody.actor, case_custody.happened_at
         FROM case_custody JOIN case_evidence ON case_evidence.id = case_custody.evidence_id
         WHERE case_evidence.case_id = $1 ORDER BY case_custody.evidence_id, case_custody.seq LIMIT 5000"
    );
    tx.all(list, &[case.into()]).await
}

pub async fn add(tx: &mut Tx<'_>, case: CaseId, piece: &Piece) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO case_evidence (id, case_id, file_id, about, sealed_hash, actor, noted_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT DO NOTHING"
    );
    let args = [
        piece.id.into(),
        case.into(),
        piece.file.into(),
        piece.about.clone().into(),
        piece.sealed_hash.clone().into(),
        piece.actor.as_str().into(),
        piece.noted_at.into(),
    ];
    Ok(tx.run(add, &args).await? == 1)
}

/// Whether the piece is one of this case.
pub async fn is_of(tx: &mut Tx<'_>, case: CaseId, piece: Uuid) -> DbResult<bool> {
    let find = sql!("SELECT id FROM case_evidence WHERE id = $1 AND case_id = $2");
    Ok(tx.opt::<Uuid>(find, &[piece.into(), case.into()]).await?.is_some())
}

/// The place of the next line of a piece's custody.
pub async fn next_seq(tx: &mut Tx<'_>, piece: Uuid) -> DbResult<i64> {
    tx.one(sql!("SELECT coalesce(max(seq), 0) + 1 FROM case_custody WHERE evidence_id = $1"), &[piece.into()]).await
}

pub async fn add_custody(tx: &mut Tx<'_>, custody: &Custody, now: Timestamp) -> DbResult<()> {
    let add =
        sql!("INSERT INTO case_custody (evidence_id, seq, act, words, actor, happened_at, noted_at) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    let args = [
        custody.piece.into(),
        custody.seq.into(),
        custody.act.into(),
        custody.words.clone().into(),
        custody.actor.as_str().into(),
        custody.happened_at.into(),
        now.into(),
    ];
    tx.run(add, &args).await?;
    Ok(())
}

/// The indicators of a case, with how many other cases have the same.
pub async fn indicators(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<IndicatorRow>> {
    let list = sql!(
        "SELECT i.id, i.kind, i.tlp, i.value, i.actor, i.noted_at, i.dropped_at,
                (SELECT count(*) FROM case_indicators o WHERE o.mark = i.mark AND o.case_id <> i.case_id AND o.dropped_at IS NULL)
         FROM case_indicators i WHERE i.case_id = $1 AND i.dropped_at IS NULL ORDER BY i.kind, i.noted_at, i.id LIMIT 1000"
    );
    tx.all(list, &[case.into()]).await
}

/// An indicator that is about to be added.
pub struct NewIndicator {
    pub id: Uuid,
    pub kind: Kind,
    pub tlp: crate::work::note::Tlp,
    pub value: Vec<u8>,
    pub mark: [u8; 32],
}

/// Adds an indicator, or brings back one that was dropped; false if it stands there.
pub async fn add_indicator(tx: &mut Tx<'_>, case: CaseId, new: &NewIndicator, by: &str, now: Timestamp) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO case_indicators (id, case_id, kind, tlp, value, mark, actor, noted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (case_id, mark) DO UPDATE SET dropped_at = NULL WHERE case_indicators.dropped_at IS NOT NULL"
    );
    let args =
        [new.id.into(), case.into(), new.kind.into(), new.tlp.into(), new.value.clone().into(), new.mark.into(), by.into(), now.into()];
    Ok(tx.run(add, &args).await? == 1)
}

pub async fn drop_indicator(tx: &mut Tx<'_>, case: CaseId, id: Uuid, now: Timestamp) -> DbResult<bool> {
    let drop = sql!("UPDATE case_indicators SET dropped_at = $3 WHERE id = $2 AND case_id = $1 AND dropped_at IS NULL");
    Ok(tx.run(drop, &[case.into(), id.into(), now.into()]).await? == 1)
}

/// The hash of what lies here of a file of the case that has arrived whole.
pub async fn file_here(tx: &mut Tx<'_>, case: CaseId, file: Uuid) -> DbResult<Option<Vec<u8>>> {
    let find = sql!("SELECT sealed_hash FROM case_files WHERE id = $1 AND case_id = $2 AND here_at IS NOT NULL");
    tx.opt(find, &[file.into(), case.into()]).await
}

db::row! {
    /// A file of the case that is here whole and stands on no list yet.
    #[derive(Clone)]
    pub struct FileHere {
        pub id: Uuid,
        pub about: Vec<u8>,
        pub hashes: Vec<u8>,
        pub here_at: Timestamp,
    }
}

/// The files that the institution sent and that are no evidence yet, the newest first.
pub async fn files_here(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<FileHere>> {
    let list = sql!(
        "SELECT id, about, hashes, here_at FROM case_files f
         WHERE f.case_id = $1 AND f.side = 'institution' AND f.here_at IS NOT NULL AND f.hashes IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM case_evidence e WHERE e.file_id = f.id)
         ORDER BY f.here_at DESC, f.id LIMIT 200"
    );
    tx.all(list, &[case.into()]).await
}
