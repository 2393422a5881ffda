use access::Hand;
use db::{DbResult, Engine, Tx, sql};
use kernel::Timestamp;
use serde_json::{Value, json};

use super::sieve::{Counts, Sieve};
use super::version::{Kind, Line, Past, Stage, Step, TextId, Version, VersionId, Waiting, Wording, titles};

/// The version with this id.
pub async fn version(tx: &mut Tx<'_>, id: VersionId) -> DbResult<Option<Version>> {
    let find = sql!(
        "SELECT v.id, v.text, t.kind, v.number, v.title_ja, v.lead_ja, v.body_ja, v.title_en, v.lead_en, v.body_en, v.facts, v.saved_at,
             (SELECT s.step FROM text_steps s WHERE s.version = v.id ORDER BY s.number DESC LIMIT 1)
         FROM text_versions v JOIN texts t ON t.id = v.text WHERE v.id = $1"
    );
    tx.opt(find, &[id.into()]).await
}

/// The newest version of a text.
pub async fn latest(tx: &mut Tx<'_>, text: TextId) -> DbResult<Option<Version>> {
    let find = sql!(
        "SELECT v.id, v.text, t.kind, v.number, v.title_ja, v.lead_ja, v.body_ja, v.title_en, v.lead_en, v.body_en, v.facts, v.saved_at,
             (SELECT s.step FROM text_steps s WHERE s.version = v.id ORDER BY s.number DESC LIMIT 1)
         FROM text_versions v JOIN texts t ON t.id = v.text WHERE v.text = $1 ORDER BY v.number DESC LIMIT 1"
    );
    tx.opt(find, &[text.into()]).await
}

/// All versions of a text, newest first.
pub async fn versions(tx: &mut Tx<'_>, text: TextId) -> DbResult<Vec<Version>> {
    let list = sql!(
        "SELECT v.id, v.text, t.kind, v.number, v.title_ja, v.lead_ja, v.body_ja, v.title_en, v.lead_en, v.body_en, v.facts, v.saved_at,
             (SELECT s.step FROM text_steps s WHERE s.version = v.id ORDER BY s.number DESC LIMIT 1)
         FROM text_versions v JOIN texts t ON t.id = v.text WHERE v.text = $1 ORDER BY v.number DESC LIMIT 100"
    );
    tx.all(list, &[text.into()]).await
}

/// The texts that pass the sieve, each by its newest version with the last step of that.
macro_rules! sifted {
    () => {
        "FROM texts t
         JOIN text_versions v ON v.text = t.id AND v.number = (SELECT max(n.number) FROM text_versions n WHERE n.text = t.id)
         JOIN text_steps s ON s.version = v.id AND s.number = (SELECT max(n.number) FROM text_steps n WHERE n.version = v.id)
         WHERE t.kind = $1 AND (CAST($2 AS TEXT) = '' OR v.titles LIKE $2 ESCAPE '!') "
    };
}

/// The texts that pass the sieve and stand so, or all of them, the one that was touched last first, after the first `skipped`.
pub async fn lines(tx: &mut Tx<'_>, sieve: &Sieve, stage: Option<Stage>, skipped: i64, limit: i64) -> DbResult<Vec<Line>> {
    let list = sql!(concat!(
        "SELECT v.text, v.number, v.title_ja, v.title_en, v.facts, v.saved_at, s.step, s.at, s.actor, s.role ",
        sifted!(),
        "AND (CAST($3 AS TEXT) = '' OR s.step = $3 OR ($3 = 'draft' AND s.step IN ('saved', 'returned')))
         ORDER BY s.at DESC, v.id DESC LIMIT $5 OFFSET $4"
    ));
    let mut args = sieve.args();
    args.extend([stage.map_or("", Stage::id).into(), skipped.into(), limit.into()]);
    tx.all(list, &args).await
}

/// How many of those that pass the sieve stand how.
pub async fn count(tx: &mut Tx<'_>, sieve: &Sieve) -> DbResult<Counts> {
    let count = sql!(concat!(
        "SELECT count(CASE WHEN s.step IN ('saved', 'returned') THEN 1 END),
                count(CASE WHEN s.step = 'requested' THEN 1 END),
                count(CASE WHEN s.step = 'approved' THEN 1 END),
                count(CASE WHEN s.step = 'published' THEN 1 END),
                count(CASE WHEN s.step = 'withdrawn' THEN 1 END) ",
        sifted!()
    ));
    tx.one(count, &sieve.args()).await
}

/// What happened to a version, oldest first.
pub async fn steps(tx: &mut Tx<'_>, version: VersionId) -> DbResult<Vec<Past>> {
    let list = sql!("SELECT step, actor, role, note, at FROM text_steps WHERE version = $1 ORDER BY number LIMIT 500");
    tx.all(list, &[version.into()]).await
}

/// What texts of a kind with these titles say, or ever said, in Japanese: title and text.
pub async fn said(tx: &mut Tx<'_>, kind: Kind, titles: &[&str]) -> DbResult<Vec<(String, String)>> {
    let list = match tx.engine() {
        Engine::Sqlite => sql!(sqlite
            "SELECT DISTINCT v.title_ja, v.body_ja FROM text_versions v JOIN texts t ON t.id = v.text
             WHERE t.kind = $1 AND v.title_ja IN (SELECT value FROM json_each($2))"
        ),
        Engine::Postgres => sql!(postgres
            "SELECT DISTINCT v.title_ja, v.body_ja FROM text_versions v JOIN texts t ON t.id = v.text
             WHERE t.kind = $1 AND v.title_ja IN (SELECT jsonb_array_elements_text($2))"
        ),
    };
    tx.all(list, &[kind.id().into(), json!(titles).into()]).await
}

/// The facts and titles of the versions of a kind that are to be published under a number of their own, the latest last.
pub async fn versions_with_number(tx: &mut Tx<'_>, kind: Kind) -> DbResult<Vec<(Value, String)>> {
    let list = sql!(
        r#"SELECT v.facts, v.title_ja FROM text_versions v JOIN texts t ON t.id = v.text
           WHERE t.kind = $1 AND v.facts LIKE '%"kept"%' ORDER BY v.saved_at, v.id"#
    );
    tx.all(list, &[kind.id().into()]).await
}

/// How many texts of all kinds wait to be approved, or to be published.
pub async fn waiting(tx: &mut Tx<'_>) -> DbResult<Waiting> {
    let count = sql!(
        "SELECT count(CASE WHEN s.step = 'requested' THEN 1 END), count(CASE WHEN s.step = 'approved' THEN 1 END)
         FROM texts t
         JOIN text_versions v ON v.text = t.id AND v.number = (SELECT max(n.number) FROM text_versions n WHERE n.text = t.id)
         JOIN text_steps s ON s.version = v.id AND s.number = (SELECT max(n.number) FROM text_steps n WHERE n.version = v.id)"
    );
    tx.one(count, &[]).await
}

pub async fn add_text(tx: &mut Tx<'_>, kind: Kind, now: Timestamp) -> DbResult<TextId> {
    let id = TextId::new(now);
    tx.run(sql!("INSERT INTO texts (id, kind, made_at) VALUES ($1, $2, $3)"), &[id.into(), kind.id().into(), now.into()]).await?;
    Ok(id)
}

/// Adds the next version of a text.
pub async fn add_version(tx: &mut Tx<'_>, text: TextId, number: i64, wording: &Wording, now: Timestamp) -> DbResult<VersionId> {
    let id = VersionId::new(now);
    let add = sql!(
        "INSERT INTO text_versions (id, text, number, title_ja, lead_ja, body_ja, title_en, lead_en, body_en, facts, saved_at, titles)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    );
    let args = [
        id.into(),
        text.into(),
        number.into(),
        (&wording.title_ja).into(),
        (&wording.lead_ja).into(),
        (&wording.body_ja).into(),
        (&wording.title_en).into(),
        (&wording.lead_en).into(),
        (&wording.body_en).into(),
        (&wording.facts).into(),
        now.into(),
        titles(&wording.title_ja, &wording.title_en).into(),
    ];
    tx.run(add, &args).await?;
    Ok(id)
}

/// Writes a draft over, if nobody else did since `seen`; false if somebody did.
pub async fn rewrite(tx: &mut Tx<'_>, version: VersionId, seen: Timestamp, wording: &Wording, now: Timestamp) -> DbResult<bool> {
    let rewrite = sql!(
        "UPDATE text_versions SET title_ja = $3, lead_ja = $4, body_ja = $5, title_en = $6, lead_en = $7, body_en = $8, facts = $9,
             saved_at = $10, titles = $11
         WHERE id = $1 AND saved_at = $2"
    );
    let args = [
        version.into(),
        seen.into(),
        (&wording.title_ja).into(),
        (&wording.lead_ja).into(),
        (&wording.body_ja).into(),
        (&wording.title_en).into(),
        (&wording.lead_en).into(),
        (&wording.body_en).into(),
        (&wording.facts).into(),
        now.into(),
        titles(&wording.title_ja, &wording.title_en).into(),
    ];
    Ok(tx.run(rewrite, &args).await? == 1)
}

/// Versions whose titles nobody has folded yet, with both titles.
pub async fn unfolded(tx: &mut Tx<'_>) -> DbResult<Vec<(VersionId, String, String)>> {
    tx.all(sql!("SELECT id, title_ja, title_en FROM text_versions WHERE titles = '' LIMIT 500"), &[]).await
}

/// Keeps the folded titles of these versions, but of those that were saved anew in the meantime: they have their own by now.
pub async fn put_titles(tx: &mut Tx<'_>, folded: Value) -> DbResult<()> {
    let put = match tx.engine() {
        Engine::Sqlite => sql!(sqlite
            "UPDATE text_versions SET titles = n.titles
             FROM (SELECT unhex(value ->> 'id', '-') AS id, value ->> 'titles' AS titles FROM json_each($1)) AS n
             WHERE text_versions.id = n.id AND text_versions.titles = ''"
        ),
        Engine::Postgres => sql!(postgres
            "UPDATE text_versions SET titles = n.titles
             FROM jsonb_to_recordset($1) AS n (id uuid, titles text) WHERE text_versions.id = n.id AND text_versions.titles = ''"
        ),
    };
    tx.run(put, &[folded.into()]).await?;
    Ok(())
}

/// Adds a step after those that there are. False if another was faster: the step was meant for how the version stood before.
pub async fn add_step(tx: &mut Tx<'_>, version: VersionId, step: Step, hand: &Hand, note: &str, now: Timestamp) -> DbResult<bool> {
    let number: i64 = tx.one(sql!("SELECT coalesce(max(number), 0) + 1 FROM text_steps WHERE version = $1"), &[version.into()]).await?;
    let add = sql!(
        "INSERT INTO text_steps (version, number, step, actor, role, note, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (version, number) DO NOTHING"
    );
    let args =
        [version.into(), number.into(), step.id().into(), hand.actor.as_str().into(), hand.role_id().into(), note.into(), now.into()];
    Ok(tx.run(add, &args).await? == 1)
}
