use db::{DbResult, Engine, Tx, sql};
use kernel::{Day, Timestamp};
use serde_json::json;

use super::notice::{Category, Headline, Notice, Slug};
use crate::approval::{TextId, Wording};

macro_rules! seen {
    () => {
        "FROM notices WHERE withdrawn_at IS NULL AND published_at <= $1
             AND (CAST($2 AS TEXT) IS NULL OR day >= $2) AND (CAST($3 AS TEXT) IS NULL OR day <= $3) "
    };
}

/// The notices of these days, or of all, that readers may see: newest first, after the first `skipped`.
pub async fn headlines(tx: &mut Tx<'_>, days: Option<(Day, Day)>, now: Timestamp, skipped: i64, limit: i64) -> DbResult<Vec<Headline>> {
    let list = sql!(concat!(
        "SELECT day, number, category, title_ja, title_en, body_en <> '' ",
        seen!(),
        "ORDER BY day DESC, number DESC LIMIT $5 OFFSET $4"
    ));
    let (first, last) = days.unzip();
    tx.all(list, &[now.into(), first.into(), last.into(), skipped.into(), limit.into()]).await
}

/// How many these are.
pub async fn count(tx: &mut Tx<'_>, days: Option<(Day, Day)>, now: Timestamp) -> DbResult<i64> {
    let (first, last) = days.unzip();
    tx.one(sql!(concat!("SELECT count(*) ", seen!())), &[now.into(), first.into(), last.into()]).await
}

/// The days of all notices that readers may see, the latest first.
pub async fn days(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<Vec<Day>> {
    let list = sql!("SELECT DISTINCT day FROM notices WHERE withdrawn_at IS NULL AND published_at <= $1 ORDER BY day DESC");
    tx.all(list, &[now.into()]).await
}

/// The newest `limit` notices that readers may see.
pub async fn newest(tx: &mut Tx<'_>, limit: i64, now: Timestamp) -> DbResult<Vec<Notice>> {
    let list = sql!(
        "SELECT id, day, number, category, title_ja, body_ja, title_en, body_en, published_at, revised_at, withdrawn_at, withdraw_reason
         FROM notices WHERE withdrawn_at IS NULL AND published_at <= $1 ORDER BY day DESC, number DESC LIMIT $2"
    );
    tx.all(list, &[now.into(), limit.into()]).await
}

/// The notice at an address, withdrawn or not.
pub async fn at(tx: &mut Tx<'_>, slug: Slug) -> DbResult<Option<Notice>> {
    let find = sql!(
        "SELECT id, day, number, category, title_ja, body_ja, title_en, body_en, published_at, revised_at, withdrawn_at, withdraw_reason
         FROM notices WHERE day = $1 AND number = $2"
    );
    tx.opt(find, &[slug.day.into(), slug.number.into()]).await
}

/// The titles of all notices of the days of these addresses, withdrawn or not.
pub async fn titles_of_days(tx: &mut Tx<'_>, slugs: &[Slug]) -> DbResult<Vec<(Slug, String)>> {
    let list = match tx.engine() {
        Engine::Sqlite => sql!(sqlite "SELECT day, number, title_ja FROM notices WHERE day IN (SELECT value FROM json_each($1))"),
        Engine::Postgres => sql!(postgres
            "SELECT day, number, title_ja FROM notices WHERE day IN (SELECT jsonb_array_elements_text($1))"
        ),
    };
    let days: Vec<String> = slugs.iter().map(|slug| slug.day.to_string()).collect();
    let found: Vec<(Day, i64, String)> = tx.all(list, &[json!(days).into()]).await?;
    Ok(found.into_iter().map(|(day, number, title)| (Slug { day, number }, title)).collect())
}

/// Notices in which a folded word occurs; `like` is a pattern with `!` before what is meant literally.
pub async fn search(tx: &mut Tx<'_>, like: &str, now: Timestamp) -> DbResult<Vec<Notice>> {
    let find = sql!(
        "SELECT id, day, number, category, title_ja, body_ja, title_en, body_en, published_at, revised_at, withdrawn_at, withdraw_reason
         FROM notices WHERE search LIKE $1 ESCAPE '!' AND withdrawn_at IS NULL AND published_at <= $2 ORDER BY day DESC, number DESC LIMIT 200"
    );
    tx.all(find, &[like.into(), now.into()]).await
}

/// The address that a notice has, if it was ever published.
pub async fn slug_of(tx: &mut Tx<'_>, id: TextId) -> DbResult<Option<Slug>> {
    let found: Option<(Day, i64)> = tx.opt(sql!("SELECT day, number FROM notices WHERE id = $1"), &[id.into()]).await?;
    Ok(found.map(|(day, number)| Slug { day, number }))
}

/// Publishes a notice at a new address, seen by readers from `from` on.
pub async fn add(tx: &mut Tx<'_>, id: TextId, slug: Slug, category: Category, wording: &Wording, from: Timestamp) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO notices (id, day, number, category, title_ja, body_ja, title_en, body_en, search, published_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    let args = [
        id.into(),
        slug.day.into(),
        slug.number.into(),
        category.id().into(),
        (&wording.title_ja).into(),
        (&wording.body_ja).into(),
        (&wording.title_en).into(),
        (&wording.body_en).into(),
        wording.search().into(),
        from.into(),
    ];
    tx.run(add, &args).await?;
    Ok(())
}

/// Publishes a further version at the same address; one that was withdrawn is seen again.
pub async fn revise(tx: &mut Tx<'_>, id: TextId, category: Category, wording: &Wording, now: Timestamp) -> DbResult<()> {
    let revise = sql!(
        "UPDATE notices SET category = $2, title_ja = $3, body_ja = $4, title_en = $5, body_en = $6, search = $7, revised_at = $8,
             withdrawn_at = NULL, withdraw_reason = ''
         WHERE id = $1"
    );
    let args = [
        id.into(),
        category.id().into(),
        (&wording.title_ja).into(),
        (&wording.body_ja).into(),
        (&wording.title_en).into(),
        (&wording.body_en).into(),
        wording.search().into(),
        now.into(),
    ];
    tx.run(revise, &args).await?;
    Ok(())
}

/// Takes a notice away from readers.
pub async fn withdraw(tx: &mut Tx<'_>, id: TextId, reason: &str, now: Timestamp) -> DbResult<()> {
    let withdraw = sql!("UPDATE notices SET withdrawn_at = $2, withdraw_reason = $3 WHERE id = $1");
    tx.run(withdraw, &[id.into(), now.into(), reason.into()]).await?;
    Ok(())
}
