use db::{DbResult, Tx, sql};
use kernel::{FiscalYear, Lang, Timestamp, Uuid};

use crate::attendance::ObjectionId;
use crate::attendance::verdict::Mark;
use crate::trainings::application::ApplicationId;
use crate::trainings::programme::Audience;
use crate::trainings::session::SessionId;

db::row! {
    /// 「出席の記録について申し出る」, with who wrote it about what.
    #[derive(Clone, Debug)]
    pub struct Objection {
        pub id: ObjectionId,
        pub application: ApplicationId,
        pub session: SessionId,
        pub body: String,
        pub lang: Lang,
        pub received_at: Timestamp,
        pub answer: String,
        pub mark: Option<Mark>,
        pub answered_at: Option<Timestamp>,
        pub family: String,
        pub given: String,
        pub organization: String,
        pub number: i64,
        pub year: FiscalYear,
        pub audience: Audience,
        pub session_number: i64,
        pub extra: bool,
    }
}

impl Objection {
    /// 見本 花子
    pub fn name(&self) -> String {
        format!("{} {}", self.family, self.given)
    }
}

macro_rules! objections {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT o.id, o.application, o.session, o.body, o.lang, o.received_at, o.answer, o.mark, o.answered_at, p.family, p.given, \
             a.organization_name, a.number, g.year, c.slug, s.number, s.extra \
             FROM attendance_objections o JOIN applications a ON a.id = o.application JOIN persons p ON p.id = a.person \
             JOIN sessions s ON s.id = a.session JOIN courses c ON c.id = s.course JOIN programmes g ON g.id = c.programme ",
            $rest
        ))
    };
}

/// Adds one. False if one of the same person waits already.
pub async fn add_objection(
    tx: &mut Tx<'_>,
    id: ObjectionId,
    (application, session): (ApplicationId, SessionId),
    body: &str,
    lang: Lang,
    now: Timestamp,
) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO attendance_objections (id, application, session, body, lang, received_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (application) WHERE answered_at IS NULL DO NOTHING"
    );
    let args = [id.into(), application.into(), session.into(), body.into(), lang.into(), now.into()];
    Ok(tx.run(add, &args).await? == 1)
}

/// The objection with this id.
pub async fn objection(tx: &mut Tx<'_>, id: ObjectionId) -> DbResult<Option<Objection>> {
    tx.opt(objections!("WHERE o.id = $1"), &[id.into()]).await
}

/// What somebody wrote about their attendance, the last first.
pub async fn objections_of(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Vec<Objection>> {
    tx.all(objections!("WHERE o.application = $1 ORDER BY o.received_at DESC, o.id DESC LIMIT 20"), &[application.into()]).await
}

/// Those that wait, the longest first, or those that are answered, the last first; at most `limit` on from `after`.
pub async fn objections(
    tx: &mut Tx<'_>,
    is_waiting: bool,
    after: Option<(Timestamp, ObjectionId)>,
    limit: i64,
) -> DbResult<Vec<Objection>> {
    let list = if is_waiting {
        objections!("WHERE o.answered_at IS NULL AND (o.received_at, o.id) > ($1, $2) ORDER BY o.received_at, o.id LIMIT $3")
    } else {
        objections!("WHERE o.answered_at IS NOT NULL AND (o.received_at, o.id) < ($1, $2) ORDER BY o.received_at DESC, o.id DESC LIMIT $3")
    };
    let first = if is_waiting { (i64::MIN, Uuid::nil()) } else { (i64::MAX, Uuid::max()) };
    let (at, id) = after.unwrap_or((Timestamp::from_micros(first.0), ObjectionId::from_uuid(first.1)));
    tx.all(list, &[at.into(), id.into(), limit.into()]).await
}

/// How many wait and how many are answered.
pub async fn count_objections(tx: &mut Tx<'_>) -> DbResult<(i64, i64)> {
    let count = sql!("SELECT COUNT(*) - COUNT(answered_at), COUNT(answered_at) FROM attendance_objections");
    tx.one(count, &[]).await
}

/// How many wait.
pub async fn waiting_objections(tx: &mut Tx<'_>) -> DbResult<i64> {
    tx.one(sql!("SELECT COUNT(*) FROM attendance_objections WHERE answered_at IS NULL"), &[]).await
}

/// Notes an answer. False if it was answered before.
pub async fn put_answer(tx: &mut Tx<'_>, id: ObjectionId, answer: &str, mark: Option<Mark>, by: &str, now: Timestamp) -> DbResult<bool> {
    let put = sql!(
        "UPDATE attendance_objections SET answer = $2, mark = $3, answered_at = $4, answered_by = $5 WHERE id = $1 AND answered_at IS NULL"
    );
    Ok(tx.run(put, &[id.into(), answer.into(), mark.into(), now.into(), by.into()]).await? == 1)
}
