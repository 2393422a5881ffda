use db::{DbResult, Tx, sql};
use kernel::{PersonKey, Timestamp};

use super::{NewPerson, Person, PersonId};

/// The person with this mail address and name, known before or from now on.
///
/// How the name is written the first time stays: whoever types a colleague's name differently does not rename them.
pub async fn recognize(tx: &mut Tx<'_>, person: &NewPerson, now: Timestamp) -> DbResult<PersonId> {
    let key = PersonKey::of(&person.email, &person.name);
    let know = sql!(
        "INSERT INTO persons (id, key, email, family, given, family_kana, given_kana, known_since)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (key) DO UPDATE SET key = excluded.key
         RETURNING id"
    );
    let args = [
        PersonId::new(now).into(),
        key.into(),
        person.email.as_str().into(),
        person.name.family().into(),
        person.name.given().into(),
        person.kana.family().into(),
        person.kana.given().into(),
        now.into(),
    ];
    tx.one(know, &args).await
}

/// The person with this id.
pub async fn find(tx: &mut Tx<'_>, id: PersonId) -> DbResult<Option<Person>> {
    let find = sql!("SELECT id, email, family, given, family_kana, given_kana, known_since FROM persons WHERE id = $1");
    tx.opt(find, &[id.into()]).await
}

/// Everybody who shares this mail address.
pub async fn by_email(tx: &mut Tx<'_>, email: &str) -> DbResult<Vec<Person>> {
    let list = sql!(
        "SELECT id, email, family, given, family_kana, given_kana, known_since FROM persons
         WHERE email = $1 ORDER BY known_since, id LIMIT 200"
    );
    tx.all(list, &[email.into()]).await
}
