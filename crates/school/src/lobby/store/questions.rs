use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

db::row! {
    /// A question to the lecturer.
    #[derive(Clone)]
    pub struct Asked {
        pub application: ApplicationId,
        pub number: i64,
        pub question: String,
        pub organization_name: String,
        pub organization_kind: String,
        pub job: String,
        pub answered_at: Option<Timestamp>,
    }
}

/// The questions of a session, in the order of applying. Names are not among them: the lecturer gets the list.
pub async fn questions(tx: &mut Tx<'_>, session: SessionId, only_open: bool, skip: i64, limit: i64) -> DbResult<Vec<Asked>> {
    let list = sql!(
        "SELECT a.id, a.number, a.question, a.organization_name, a.organization_kind, a.job, m.answered_at
         FROM applications a LEFT JOIN question_marks m ON m.application = a.id
         WHERE a.session = $1 AND a.question <> '' AND a.cancelled_at IS NULL AND (CAST($2 AS BIGINT) = 0 OR m.answered_at IS NULL)
         ORDER BY a.id LIMIT $4 OFFSET $3"
    );
    tx.all(list, &[session.into(), i64::from(only_open).into(), skip.into(), limit.into()]).await
}

/// How many questions there are, and how many of them are answered.
pub async fn count_questions(tx: &mut Tx<'_>, session: SessionId) -> DbResult<(i64, i64)> {
    let count = sql!(
        "SELECT COUNT(*), COUNT(m.application) FROM applications a LEFT JOIN question_marks m ON m.application = a.id
         WHERE a.session = $1 AND a.question <> '' AND a.cancelled_at IS NULL"
    );
    tx.one(count, &[session.into()]).await
}

/// Writes another question in place of the old one; what was answered is then open again.
pub async fn change_question(tx: &mut Tx<'_>, application: ApplicationId, question: &str) -> DbResult<bool> {
    let change = sql!("UPDATE applications SET question = $2 WHERE id = $1 AND cancelled_at IS NULL");
    if tx.run(change, &[application.into(), question.into()]).await? != 1 {
        return Ok(false);
    }
    tx.run(sql!("DELETE FROM question_marks WHERE application = $1"), &[application.into()]).await?;
    Ok(true)
}

/// Marks a question of the session as answered; false if it is none.
pub async fn mark_question(tx: &mut Tx<'_>, session: SessionId, application: ApplicationId, by: &str, now: Timestamp) -> DbResult<bool> {
    let mark = sql!(
        "INSERT INTO question_marks (application, answered_at, answered_by)
         SELECT id, CAST($3 AS BIGINT), CAST($4 AS TEXT) FROM applications WHERE id = $1 AND session = $2 AND question <> ''
         ON CONFLICT (application) DO NOTHING"
    );
    Ok(tx.run(mark, &[application.into(), session.into(), now.into(), by.into()]).await? == 1)
}

/// Takes the mark back.
pub async fn unmark_question(tx: &mut Tx<'_>, session: SessionId, application: ApplicationId) -> DbResult<bool> {
    let unmark = sql!(
        "DELETE FROM question_marks WHERE application = $1
             AND application IN (SELECT id FROM applications WHERE id = $1 AND session = $2)"
    );
    Ok(tx.run(unmark, &[application.into(), session.into()]).await? == 1)
}
