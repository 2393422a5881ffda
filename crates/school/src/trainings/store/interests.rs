use db::{DbResult, Tx, sql};
use kernel::{EmailAddress, Lang, Timestamp, Uuid, id};

id!(
    /// A wish to be told: when applications open, or when the recordings do.
    InterestId
);

db::row! {
    /// A wish to be told.
    #[derive(Clone)]
    pub struct Interest {
        pub id: InterestId,
        pub kind: String,
        pub audience: String,
        pub email: String,
        pub lang: Lang,
        pub told_at: Option<Timestamp>,
        pub ended_at: Option<Timestamp>,
    }
}

/// Notes the wish; asking twice is the same as once, in the language of the second time. Returns its id if it is new.
pub async fn note_interest(
    tx: &mut Tx<'_>,
    kind: &str,
    audience: &str,
    email: &EmailAddress,
    lang: Lang,
    now: Timestamp,
) -> DbResult<Option<InterestId>> {
    let id = InterestId::new(now);
    let note = sql!(
        "INSERT INTO interests (id, kind, audience, email, lang, asked_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (kind, audience, email) WHERE ended_at IS NULL DO UPDATE SET lang = excluded.lang
         RETURNING id"
    );
    let stands: InterestId = tx.one(note, &[id.into(), kind.into(), audience.into(), email.into(), lang.into(), now.into()]).await?;
    Ok((stands == id).then_some(id))
}

/// Whether this address waits to be told.
pub async fn is_wished(tx: &mut Tx<'_>, kind: &str, audience: &str, email: &str) -> DbResult<bool> {
    let count = sql!("SELECT count(*) FROM interests WHERE kind = $1 AND audience = $2 AND email = $3 AND ended_at IS NULL");
    Ok(tx.one::<i64>(count, &[kind.into(), audience.into(), email.into()]).await? > 0)
}

/// The wish with this id.
pub async fn interest(tx: &mut Tx<'_>, id: InterestId) -> DbResult<Option<Interest>> {
    tx.opt(sql!("SELECT id, kind, audience, email, lang, told_at, ended_at FROM interests WHERE id = $1"), &[id.into()]).await
}

/// Ends the wish. False if it had ended.
pub async fn end_interest(tx: &mut Tx<'_>, id: Uuid, now: Timestamp) -> DbResult<bool> {
    Ok(tx.run(sql!("UPDATE interests SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL"), &[id.into(), now.into()]).await? == 1)
}

/// Those who wait to be told and have not been since `since`, at most `limit`.
pub async fn interests_to_tell(tx: &mut Tx<'_>, kind: &str, audience: &str, since: Timestamp, limit: i64) -> DbResult<Vec<Interest>> {
    let list = sql!(
        "SELECT id, kind, audience, email, lang, told_at, ended_at FROM interests
         WHERE kind = $1 AND audience = $2 AND ended_at IS NULL AND (told_at IS NULL OR told_at < $3) ORDER BY asked_at LIMIT $4"
    );
    tx.all(list, &[kind.into(), audience.into(), since.into(), limit.into()]).await
}

/// Notes that this one is told, unless another has done so since `since`: several sessions of a course may open at once.
pub async fn mark_told(tx: &mut Tx<'_>, id: InterestId, since: Timestamp, now: Timestamp) -> DbResult<bool> {
    let mark = sql!("UPDATE interests SET told_at = $3 WHERE id = $1 AND ended_at IS NULL AND (told_at IS NULL OR told_at < $2)");
    Ok(tx.run(mark, &[id.into(), since.into(), now.into()]).await? == 1)
}
