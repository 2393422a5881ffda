use db::{DbResult, Tx, sql};
use kernel::{Day, Timestamp};

use super::page::{FixedPage, Name};
use crate::approval::{TextId, Wording};

/// A fixed page.
pub async fn page(tx: &mut Tx<'_>, name: Name) -> DbResult<Option<FixedPage>> {
    let find = sql!("SELECT name, title_ja, lead_ja, body_ja, title_en, lead_en, body_en, updated_on FROM pages WHERE name = $1");
    tx.opt(find, &[name.id().into()]).await
}

/// Fixed pages in which a folded word occurs; `like` is a pattern with `!` before what is meant literally.
pub async fn search(tx: &mut Tx<'_>, like: &str) -> DbResult<Vec<FixedPage>> {
    let find = sql!(
        "SELECT name, title_ja, lead_ja, body_ja, title_en, lead_en, body_en, updated_on FROM pages
         WHERE search LIKE $1 ESCAPE '!' ORDER BY name LIMIT 50"
    );
    tx.all(find, &[like.into()]).await
}

/// Which page a text is.
pub async fn name_of(tx: &mut Tx<'_>, id: TextId) -> DbResult<Option<Name>> {
    tx.opt(sql!("SELECT name FROM pages WHERE id = $1"), &[id.into()]).await
}

/// Makes a version public, for the first time or again.
pub async fn put(tx: &mut Tx<'_>, id: TextId, name: Name, wording: &Wording, updated_on: Day, now: Timestamp) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO pages (id, name, title_ja, lead_ja, body_ja, title_en, lead_en, body_en, search, updated_on, published_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (id) DO UPDATE SET title_ja = excluded.title_ja, lead_ja = excluded.lead_ja, body_ja = excluded.body_ja,
             title_en = excluded.title_en, lead_en = excluded.lead_en, body_en = excluded.body_en, search = excluded.search,
             updated_on = excluded.updated_on, published_at = excluded.published_at"
    );
    let args = [
        id.into(),
        name.id().into(),
        (&wording.title_ja).into(),
        (&wording.lead_ja).into(),
        (&wording.body_ja).into(),
        (&wording.title_en).into(),
        (&wording.lead_en).into(),
        (&wording.body_en).into(),
        wording.search().into(),
        updated_on.into(),
        now.into(),
    ];
    tx.run(put, &args).await?;
    Ok(())
}
