use db::{DbResult, Engine, Tx, sql};
use kernel::Timestamp;
use serde_json::json;

use super::question::{NUMBERS, Place, Question, Topic};
use crate::approval::{TextId, Wording};

/// The public questions of a page, by number.
pub async fn on_page(tx: &mut Tx<'_>, page: i64) -> DbResult<Vec<Question>> {
    let list = sql!(
        "SELECT id, number, topic, title_ja, body_ja, title_en, body_en FROM questions
         WHERE number > $1 AND number <= $2 AND withdrawn_at IS NULL ORDER BY number LIMIT $3"
    );
    tx.all(list, &[((page - 1) * NUMBERS).into(), (page * NUMBERS).into(), NUMBERS.into()]).await
}

/// The nearest numbers of public questions before a page and after it.
pub async fn beside_page(tx: &mut Tx<'_>, page: i64) -> DbResult<(Option<i64>, Option<i64>)> {
    let find = sql!(
        "SELECT (SELECT max(number) FROM questions WHERE number <= $1 AND withdrawn_at IS NULL),
                (SELECT min(number) FROM questions WHERE number > $2 AND withdrawn_at IS NULL)"
    );
    tx.one(find, &[((page - 1) * NUMBERS).into(), (page * NUMBERS).into()]).await
}

/// The smallest number of a public question.
pub async fn first_number(tx: &mut Tx<'_>) -> DbResult<Option<i64>> {
    tx.one(sql!("SELECT min(number) FROM questions WHERE withdrawn_at IS NULL"), &[]).await
}

/// The questions that arise at a place, by number.
pub async fn faq_for(tx: &mut Tx<'_>, place: Place) -> DbResult<Vec<Question>> {
    let list = match place {
        Place::Course => sql!(
            "SELECT id, number, topic, title_ja, body_ja, title_en, body_en FROM questions
             WHERE on_course = $1 AND withdrawn_at IS NULL ORDER BY number LIMIT 100"
        ),
        Place::Apply => sql!(
            "SELECT id, number, topic, title_ja, body_ja, title_en, body_en FROM questions
             WHERE on_apply = $1 AND withdrawn_at IS NULL ORDER BY number LIMIT 100"
        ),
        Place::Thanks => sql!(
            "SELECT id, number, topic, title_ja, body_ja, title_en, body_en FROM questions
             WHERE on_thanks = $1 AND withdrawn_at IS NULL ORDER BY number LIMIT 100"
        ),
        Place::My => sql!(
            "SELECT id, number, topic, title_ja, body_ja, title_en, body_en FROM questions
             WHERE on_my = $1 AND withdrawn_at IS NULL ORDER BY number LIMIT 100"
        ),
    };
    tx.all(list, &[true.into()]).await
}

/// Questions in which a folded word occurs; `like` is a pattern with `!` before what is meant literally.
pub async fn search(tx: &mut Tx<'_>, like: &str) -> DbResult<Vec<Question>> {
    let find = sql!(
        "SELECT id, number, topic, title_ja, body_ja, title_en, body_en FROM questions
         WHERE search LIKE $1 ESCAPE '!' AND withdrawn_at IS NULL ORDER BY number LIMIT 200"
    );
    tx.all(find, &[like.into()]).await
}

/// The number of a question, if it was ever published.
pub async fn number_of(tx: &mut Tx<'_>, id: TextId) -> DbResult<Option<i64>> {
    tx.opt(sql!("SELECT number FROM questions WHERE id = $1"), &[id.into()]).await
}

/// Whether a number was given already.
pub async fn is_taken(tx: &mut Tx<'_>, number: i64) -> DbResult<bool> {
    Ok(tx.opt::<i64>(sql!("SELECT number FROM questions WHERE number = $1"), &[number.into()]).await?.is_some())
}

/// The titles of the questions with these numbers.
pub async fn titles_of(tx: &mut Tx<'_>, numbers: &[i64]) -> DbResult<Vec<(i64, String)>> {
    let list = match tx.engine() {
        Engine::Sqlite => sql!(sqlite "SELECT number, title_ja FROM questions WHERE number IN (SELECT value FROM json_each($1))"),
        Engine::Postgres => sql!(postgres
            "SELECT number, title_ja FROM questions WHERE number IN (SELECT CAST(value AS bigint) FROM jsonb_array_elements_text($1))"
        ),
    };
    tx.all(list, &[json!(numbers).into()]).await
}

/// Makes a version public under its number, for the first time or again.
pub async fn put(
    tx: &mut Tx<'_>,
    id: TextId,
    number: i64,
    topic: Topic,
    places: &[Place],
    wording: &Wording,
    now: Timestamp,
) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO questions (id, number, topic, on_course, on_apply, on_thanks, on_my, title_ja, body_ja, title_en, body_en, search, published_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (id) DO UPDATE SET topic = excluded.topic, on_course = excluded.on_course, on_apply = excluded.on_apply,
             on_thanks = excluded.on_thanks, on_my = excluded.on_my, title_ja = excluded.title_ja, body_ja = excluded.body_ja,
             title_en = excluded.title_en, body_en = excluded.body_en, search = excluded.search, withdrawn_at = NULL"
    );
    let args = [
        id.into(),
        number.into(),
        topic.id().into(),
        places.contains(&Place::Course).into(),
        places.contains(&Place::Apply).into(),
        places.contains(&Place::Thanks).into(),
        places.contains(&Place::My).into(),
        (&wording.title_ja).into(),
        (&wording.body_ja).into(),
        (&wording.title_en).into(),
        (&wording.body_en).into(),
        wording.search().into(),
        now.into(),
    ];
    tx.run(put, &args).await?;
    Ok(())
}

/// Takes a question away from readers. Its number stays its own.
pub async fn withdraw(tx: &mut Tx<'_>, id: TextId, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE questions SET withdrawn_at = $2 WHERE id = $1"), &[id.into(), now.into()]).await?;
    Ok(())
}
