use db::{DbResult, Tx, sql};

use super::document::Document;
use super::letter::Letter;

/// All letters, in the order in which they were written.
pub async fn letters(tx: &mut Tx<'_>) -> DbResult<Vec<Letter>> {
    let list = sql!(
        "SELECT id, chain, level, day, sender, addressee, kind, number, subject_ja, subject_en, transfers, follows, facts
         FROM letters ORDER BY chain DESC, day, position LIMIT 1000"
    );
    tx.all(list, &[]).await
}

/// All documents, in the order of the file.
pub async fn documents(tx: &mut Tx<'_>) -> DbResult<Vec<Document>> {
    let list = sql!(
        "SELECT id, kind_ja, kind_en, issued, number, title_ja, title_en, url, size_bytes, superseded_by, superseded_on, facts
         FROM documents ORDER BY position LIMIT 1000"
    );
    tx.all(list, &[]).await
}

/// Letters in which a folded word occurs; `like` is a pattern with `!` before what is meant literally.
pub async fn search_letters(tx: &mut Tx<'_>, like: &str) -> DbResult<Vec<Letter>> {
    let find = sql!(
        "SELECT id, chain, level, day, sender, addressee, kind, number, subject_ja, subject_en, transfers, follows, facts
         FROM letters WHERE search LIKE $1 ESCAPE '!' ORDER BY day DESC LIMIT 100"
    );
    tx.all(find, &[like.into()]).await
}

/// Documents in which a folded word occurs.
pub async fn search_documents(tx: &mut Tx<'_>, like: &str) -> DbResult<Vec<Document>> {
    let find = sql!(
        "SELECT id, kind_ja, kind_en, issued, number, title_ja, title_en, url, size_bytes, superseded_by, superseded_on, facts
         FROM documents WHERE search LIKE $1 ESCAPE '!' ORDER BY position LIMIT 100"
    );
    tx.all(find, &[like.into()]).await
}

/// Adds a letter, or replaces what is known of it.
pub async fn put_letter(tx: &mut Tx<'_>, position: i64, letter: &Letter) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO letters (id, position, chain, level, day, sender, addressee, kind, number, subject_ja, subject_en, transfers, follows, facts, search)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         ON CONFLICT (id) DO UPDATE SET position = excluded.position, chain = excluded.chain, level = excluded.level, day = excluded.day,
             sender = excluded.sender, addressee = excluded.addressee, kind = excluded.kind, number = excluded.number,
             subject_ja = excluded.subject_ja, subject_en = excluded.subject_en, transfers = excluded.transfers,
             follows = excluded.follows, facts = excluded.facts, search = excluded.search"
    );
    let words = [&letter.subject_ja, &letter.subject_en, &letter.sender, &letter.addressee, &letter.number, &letter.kind];
    let args = [
        (&letter.id).into(),
        position.into(),
        (&letter.chain).into(),
        letter.level.into(),
        letter.day.into(),
        (&letter.sender).into(),
        (&letter.addressee).into(),
        (&letter.kind).into(),
        (&letter.number).into(),
        (&letter.subject_ja).into(),
        (&letter.subject_en).into(),
        (&letter.transfers).into(),
        (&letter.follows).into(),
        (&letter.facts).into(),
        words.map(|word| kernel::fold(word)).join("\n").into(),
    ];
    tx.run(put, &args).await?;
    Ok(())
}

/// Adds a document, or replaces what is known of it.
pub async fn put_document(tx: &mut Tx<'_>, position: i64, document: &Document) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO documents (id, position, kind_ja, kind_en, issued, number, title_ja, title_en, url, size_bytes, superseded_by, superseded_on, facts, search)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT (id) DO UPDATE SET position = excluded.position, kind_ja = excluded.kind_ja, kind_en = excluded.kind_en,
             issued = excluded.issued, number = excluded.number, title_ja = excluded.title_ja, title_en = excluded.title_en,
             url = excluded.url, size_bytes = excluded.size_bytes, superseded_by = excluded.superseded_by,
             superseded_on = excluded.superseded_on, facts = excluded.facts, search = excluded.search"
    );
    let words = [&document.title_ja, &document.title_en, &document.number, &document.kind_ja, &document.kind_en];
    let args = [
        (&document.id).into(),
        position.into(),
        (&document.kind_ja).into(),
        (&document.kind_en).into(),
        (&document.issued).into(),
        (&document.number).into(),
        (&document.title_ja).into(),
        (&document.title_en).into(),
        (&document.url).into(),
        document.size_bytes.into(),
        (&document.superseded_by).into(),
        document.superseded_on.into(),
        (&document.facts).into(),
        words.map(|word| kernel::fold(word)).join("\n").into(),
    ];
    tx.run(put, &args).await?;
    Ok(())
}
