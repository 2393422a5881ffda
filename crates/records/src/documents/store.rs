use db::{Arg, DbResult, Tx, sql};
use kernel::{Timestamp, Uuid};
use sha2::{Digest, Sha256};
use xapi::Json;

use super::{Document, Place};

impl Place {
    /// The registration as the table has it.
    fn registration(self) -> Arg {
        Arg::Uuid(self.registration.unwrap_or_default())
    }
}

fn key(name: &str) -> Uuid {
    let digest: [u8; 32] = Sha256::digest(name).into();
    let mut key = [0; 16];
    key.copy_from_slice(&digest[..16]);
    Uuid::from_bytes(key)
}

/// A document.
pub(crate) async fn find(tx: &mut Tx<'_>, place: Place, name: &str) -> DbResult<Option<Document>> {
    let find =
        sql!("SELECT content_type, content, etag, changed_at FROM record_documents WHERE place = $1 AND registration = $2 AND key = $3");
    tx.opt(find, &[place.key.into(), place.registration(), key(name).into()]).await
}

/// The ids of all documents of a place that were stored after a moment; without a registration those of all.
pub(crate) async fn list(tx: &mut Tx<'_>, place: Place, since: Option<Timestamp>) -> DbResult<Vec<String>> {
    let list = sql!(
        "SELECT DISTINCT name FROM record_documents
         WHERE place = $1 AND ($2 OR registration = $3) AND changed_at > $4 ORDER BY name"
    );
    let names: Vec<String> = tx.all(list, &chosen(place, since)).await?;
    let read = |name: String| Json::parse(name.as_bytes()).ok().and_then(|json| json.as_str().map(ToOwned::to_owned));
    Ok(names.into_iter().filter_map(read).collect())
}

/// Removes all documents of a place that were stored after a moment; without a registration those of all.
pub(crate) async fn remove_all(tx: &mut Tx<'_>, place: Place, since: Option<Timestamp>) -> DbResult<u64> {
    let remove = sql!("DELETE FROM record_documents WHERE place = $1 AND ($2 OR registration = $3) AND changed_at > $4");
    tx.run(remove, &chosen(place, since)).await
}

fn chosen(place: Place, since: Option<Timestamp>) -> [Arg; 4] {
    [place.key.into(), place.registration.is_none().into(), place.registration(), since.unwrap_or(Timestamp::from_micros(i64::MIN)).into()]
}

/// Adds a document; false if there is one.
pub(super) async fn add(tx: &mut Tx<'_>, place: Place, name: &str, new: &Document, client: &str) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO record_documents (place, registration, key, name, content_type, content, etag, changed_at, client)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (place, registration, key) DO NOTHING"
    );
    let args = [
        place.key.into(),
        place.registration(),
        key(name).into(),
        // As JSON text: an id may hold what no text of a database can.
        Json::from(name).to_string().into(),
        (&new.content_type).into(),
        new.content.clone().into(),
        (&new.etag).into(),
        new.changed_at.into(),
        client.into(),
    ];
    Ok(tx.run(add, &args).await? == 1)
}

/// Puts a document in the place of the one with this tag; false if that is no longer there.
pub(super) async fn replace(tx: &mut Tx<'_>, place: Place, name: &str, old: &str, new: &Document, client: &str) -> DbResult<bool> {
    let put = sql!(
        "UPDATE record_documents SET content_type = $5, content = $6, etag = $7, changed_at = $8, client = $9
         WHERE place = $1 AND registration = $2 AND key = $3 AND etag = $4"
    );
    let args = [
        place.key.into(),
        place.registration(),
        key(name).into(),
        old.into(),
        (&new.content_type).into(),
        new.content.clone().into(),
        (&new.etag).into(),
        new.changed_at.into(),
        client.into(),
    ];
    Ok(tx.run(put, &args).await? == 1)
}

/// Removes the document with this tag; false if that is no longer there.
pub(super) async fn remove(tx: &mut Tx<'_>, place: Place, name: &str, old: &str) -> DbResult<bool> {
    let remove = sql!("DELETE FROM record_documents WHERE place = $1 AND registration = $2 AND key = $3 AND etag = $4");
    Ok(tx.run(remove, &[place.key.into(), place.registration(), key(name).into(), old.into()]).await? == 1)
}
