use db::{DbResult, Tx, sql};
use kernel::{Timestamp, Uuid};

use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

/// The tries that one person has at a keyword, each with another word.
const TRIES: i64 = 20;

/// Keeps what was typed as keyword, folded. False if there were too many tries.
pub async fn keep_keyword(tx: &mut Tx<'_>, application: ApplicationId, given: &str, now: Timestamp) -> DbResult<bool> {
    let tries: i64 = tx.one(sql!("SELECT COUNT(*) FROM keyword_answers WHERE application = $1"), &[application.into()]).await?;
    if tries >= TRIES {
        return Ok(false);
    }
    let keep = sql!(
        "INSERT INTO keyword_answers (application, given, answered_at) VALUES ($1, $2, $3) ON CONFLICT (application, given) DO NOTHING"
    );
    tx.run(keep, &[application.into(), given.into(), now.into()]).await?;
    Ok(true)
}

/// What somebody typed as keyword, folded, the latest first.
pub async fn keywords_of(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Vec<String>> {
    let list = sql!("SELECT given FROM keyword_answers WHERE application = $1 ORDER BY answered_at DESC, given LIMIT 20");
    tx.all(list, &[application.into()]).await
}

/// Who of a session typed this, folded.
pub async fn who_typed(tx: &mut Tx<'_>, session: SessionId, folded: &str) -> DbResult<Vec<ApplicationId>> {
    let list = sql!(
        "SELECT k.application FROM keyword_answers k JOIN applications a ON a.id = k.application
         WHERE a.session = $1 AND k.given = $2 ORDER BY k.application LIMIT 1000000"
    );
    tx.all(list, &[session.into(), folded.into()]).await
}

/// Notes that somebody has answered the questionnaire; false if they had before.
pub async fn mark_answered(tx: &mut Tx<'_>, application: ApplicationId, session: SessionId, now: Timestamp) -> DbResult<bool> {
    let mark = sql!("INSERT INTO survey_done (application, session, done_at) VALUES ($1, $2, $3) ON CONFLICT (application) DO NOTHING");
    Ok(tx.run(mark, &[application.into(), session.into(), now.into()]).await? == 1)
}

/// Whether somebody has answered the questionnaire.
pub async fn has_answered(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<bool> {
    Ok(tx.opt::<i64>(sql!("SELECT 1 FROM survey_done WHERE application = $1"), &[application.into()]).await?.is_some())
}

/// Who of a session has answered the questionnaire.
pub async fn who_answered(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Vec<ApplicationId>> {
    let list = sql!("SELECT application FROM survey_done WHERE session = $1 ORDER BY application LIMIT 1000000");
    tx.all(list, &[session.into()]).await
}

/// Keeps one answer of a response, which names nobody.
pub async fn keep_answer(
    tx: &mut Tx<'_>,
    response: Uuid,
    session: SessionId,
    questionnaire: &str,
    question: &str,
    value: &str,
) -> DbResult<()> {
    let keep = sql!("INSERT INTO survey_answers (response, session, questionnaire, question, value) VALUES ($1, $2, $3, $4, $5)");
    tx.run(keep, &[response.into(), session.into(), questionnaire.into(), question.into(), value.into()]).await?;
    Ok(())
}

/// How many responses a session has to a questionnaire.
pub async fn count_responses(tx: &mut Tx<'_>, session: SessionId, questionnaire: &str) -> DbResult<i64> {
    let count = sql!("SELECT COUNT(DISTINCT response) FROM survey_answers WHERE session = $1 AND questionnaire = $2");
    tx.one(count, &[session.into(), questionnaire.into()]).await
}

db::row! {
    /// How often a value was chosen.
    #[derive(Clone, Debug)]
    pub struct Tally {
        pub question: String,
        pub value: String,
        pub times: i64,
    }
}

/// How often each value was chosen, of questions that are not answered in words.
pub async fn tallies(tx: &mut Tx<'_>, session: SessionId, questionnaire: &str) -> DbResult<Vec<Tally>> {
    let count = sql!(
        "SELECT question, value, COUNT(*) FROM survey_answers
         WHERE session = $1 AND questionnaire = $2 AND length(value) <= 40
         GROUP BY question, value ORDER BY question, value LIMIT 20000"
    );
    tx.all(count, &[session.into(), questionnaire.into()]).await
}

/// What was answered in words, some at a time.
pub async fn words_said(
    tx: &mut Tx<'_>,
    session: SessionId,
    questionnaire: &str,
    question: &str,
    skip: i64,
    limit: i64,
) -> DbResult<Vec<String>> {
    let list = sql!(
        "SELECT value FROM survey_answers WHERE session = $1 AND questionnaire = $2 AND question = $3
         ORDER BY response LIMIT $5 OFFSET $4"
    );
    tx.all(list, &[session.into(), questionnaire.into(), question.into(), skip.into(), limit.into()]).await
}

/// How many answered a question in words.
pub async fn count_words(tx: &mut Tx<'_>, session: SessionId, questionnaire: &str, question: &str) -> DbResult<i64> {
    let count = sql!("SELECT COUNT(*) FROM survey_answers WHERE session = $1 AND questionnaire = $2 AND question = $3");
    tx.one(count, &[session.into(), questionnaire.into(), question.into()]).await
}

db::row! {
    /// One answer of a response.
    #[derive(Clone, Debug)]
    pub struct Answer {
        pub response: Uuid,
        pub question: String,
        pub value: String,
    }
}

/// Every answer of every response, one response after the other.
pub async fn answers(tx: &mut Tx<'_>, session: SessionId, questionnaire: &str) -> DbResult<Vec<Answer>> {
    let list = sql!(
        "SELECT response, question, value FROM survey_answers WHERE session = $1 AND questionnaire = $2
         ORDER BY response, question, value LIMIT 500000"
    );
    tx.all(list, &[session.into(), questionnaire.into()]).await
}
