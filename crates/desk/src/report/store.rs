use db::{DbResult, Tx, sql};
use kernel::{Timestamp, Uuid};
use vault::SecretKey;

use super::code::Standing;
use super::given::{AllGiven, Given};
use super::receive::SealedAnswer;
use crate::cases::CaseId;

db::row! {
    /// An answer as it lies there.
    pub struct AnswerRow {
        pub id: Uuid,
        pub question: String,
        pub actor: String,
        pub sealed: Vec<u8>,
        pub answered_at: Timestamp,
    }
}

/// The last answer to each question.
pub async fn answers(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<AnswerRow>> {
    let list =
        sql!("SELECT id, question, actor, sealed, answered_at FROM case_answers WHERE case_id = $1 ORDER BY answered_at, id LIMIT 50");
    tx.all(list, &[case.into()]).await
}

/// The answers that this key opens. One that it does not open was put there by nobody of ours, and is left out.
pub fn open(rows: &[AnswerRow], case: CaseId, key: &SecretKey) -> AllGiven {
    let mut all = AllGiven::default();
    for row in rows {
        let words = vault::open(key, &case.place("case_answers", row.id, "sealed"), &row.sealed);
        if let Some(given) = words.ok().and_then(|words| Given::from_words(&words)) {
            all.put(&row.question, given);
        } else {
            tracing::error!(row = %row.id, "an answer of a case does not open");
        }
    }
    all
}

/// Puts an answer in place of an earlier one. False if a later one is there, or this one.
pub(super) async fn put_answer(tx: &mut Tx<'_>, case: CaseId, answer: &SealedAnswer, actor: &str) -> DbResult<bool> {
    let put = sql!(
        "INSERT INTO case_answers (id, case_id, question, actor, sealed, answered_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (case_id, question)
         DO UPDATE SET id = excluded.id, actor = excluded.actor, sealed = excluded.sealed, answered_at = excluded.answered_at
         WHERE case_answers.answered_at < excluded.answered_at"
    );
    let args = [
        answer.id.into(),
        case.into(),
        answer.question.as_str().into(),
        actor.into(),
        answer.sealed.as_slice().into(),
        answer.answered_at.into(),
    ];
    Ok(tx.run(put, &args).await? == 1)
}

db::row! {
    struct CodeRow {
        checked_at: Option<Timestamp>,
    }
}

/// Whether the case has its words.
pub async fn code_standing(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Standing> {
    let row: Option<CodeRow> = tx.opt(sql!("SELECT checked_at FROM case_codes WHERE case_id = $1"), &[case.into()]).await?;
    Ok(row.map_or(Standing::None, |row| if row.checked_at.is_some() { Standing::Checked } else { Standing::Given }))
}

/// Notes that words were given, which nobody has shown to have written down.
pub async fn code_given(tx: &mut Tx<'_>, case: CaseId, now: Timestamp) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO case_codes (case_id, given_at) VALUES ($1, $2)
         ON CONFLICT (case_id) DO UPDATE SET given_at = excluded.given_at, checked_at = NULL"
    );
    tx.run(put, &[case.into(), now.into()]).await?;
    Ok(())
}

/// Notes that the words were written down. False if that was known.
pub async fn code_checked(tx: &mut Tx<'_>, case: CaseId, now: Timestamp) -> DbResult<bool> {
    let put = sql!("UPDATE case_codes SET checked_at = $2 WHERE case_id = $1 AND checked_at IS NULL");
    Ok(tx.run(put, &[case.into(), now.into()]).await? == 1)
}

/// How often the case was given words since then, by the chain.
pub(super) async fn times_given(tx: &mut Tx<'_>, case: CaseId, since: Timestamp) -> DbResult<i64> {
    let count = sql!("SELECT count(*) FROM case_entries WHERE case_id = $1 AND action = 'code.given' AND recorded_at > $2");
    tx.one(count, &[case.into(), since.into()]).await
}
