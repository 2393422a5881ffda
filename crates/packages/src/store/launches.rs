use auth::Digest;
use cmi5::Session;
use db::{Arg, DbResult, Tx, row, sql};
use kernel::Timestamp;
use objects::Hash;
use records::engines::{list as values, one_of};
use serde_json::Value;

use crate::package::{Launch, LaunchId, PackageId, RegistrationId};

/// What is kept of a launch that begins.
pub(crate) struct NewLaunch<'a> {
    pub id: LaunchId,
    pub registration: RegistrationId,
    pub unit: usize,
    pub publisher: &'a str,
    pub session: &'a Session,
    pub host: &'a str,
    pub fetch: &'a Digest,
}

/// Adds a launch.
pub(crate) async fn add(tx: &mut Tx<'_>, new: &NewLaunch<'_>, now: Timestamp) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO package_launches (id, registration, unit, publisher, progress, host, asking, launched_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let args = [
        new.id.into(),
        new.registration.into(),
        i64::try_from(new.unit).unwrap_or(i64::MAX).into(),
        new.publisher.into(),
        serde_json::to_value(new.session)?.into(),
        new.host.into(),
        new.fetch.as_bytes().to_vec().into(),
        now.into(),
    ];
    tx.run(add, &args).await.map(|_| ())
}

/// A launch.
pub(crate) async fn find(tx: &mut Tx<'_>, id: LaunchId) -> DbResult<Option<Launch>> {
    let find = sql!("SELECT id, registration, unit, publisher, progress, launched_at, ended_at FROM package_launches WHERE id = $1");
    tx.opt(find, &[id.into()]).await
}

/// A launch that is open, unless its package was deleted.
pub(crate) async fn find_open(tx: &mut Tx<'_>, id: LaunchId) -> DbResult<Option<Launch>> {
    let find = sql!(
        "SELECT l.id, l.registration, l.unit, l.publisher, l.progress, l.launched_at, l.ended_at FROM package_launches l
         JOIN package_registrations r ON r.id = l.registration JOIN packages p ON p.id = r.package
         WHERE l.id = $1 AND l.ended_at IS NULL AND p.deleted_at IS NULL"
    );
    tx.opt(find, &[id.into()]).await
}

/// What is open in a registration.
pub(crate) async fn open_of(tx: &mut Tx<'_>, registration: RegistrationId) -> DbResult<Vec<Launch>> {
    let list = sql!(
        "SELECT id, registration, unit, publisher, progress, launched_at, ended_at FROM package_launches
         WHERE registration = $1 AND ended_at IS NULL ORDER BY launched_at, id"
    );
    tx.all(list, &[registration.into()]).await
}

/// How many launches of a package are open, and were launched after `since`: older ones are heard no more.
pub(crate) async fn open_launches(tx: &mut Tx<'_>, package: PackageId, since: Timestamp) -> DbResult<i64> {
    let count = sql!(
        "SELECT COUNT(*) FROM package_launches l JOIN package_registrations r ON r.id = l.registration
         WHERE r.package = $1 AND l.ended_at IS NULL AND l.launched_at > $2"
    );
    tx.one(count, &[package.into(), since.into()]).await
}

row! {
    struct OpenLaunch {
        id: LaunchId,
        registration: RegistrationId,
        unit: i64,
        publisher: String,
        progress: Value,
        launched_at: Timestamp,
        actor: String,
    }
}

/// All that is open in these registrations, each with its learner.
pub(crate) async fn open_in(tx: &mut Tx<'_>, registrations: &[RegistrationId]) -> DbResult<Vec<(Launch, String)>> {
    let list = one_of(
        tx,
        sql!(sqlite
            "SELECT l.id, l.registration, l.unit, l.publisher, l.progress, l.launched_at, r.actor FROM package_launches l
             JOIN package_registrations r ON r.id = l.registration
             WHERE l.registration IN (SELECT unhex(value, '-') FROM json_each($1)) AND l.ended_at IS NULL ORDER BY l.launched_at, l.id"
        ),
        sql!(postgres
            "SELECT l.id, l.registration, l.unit, l.publisher, l.progress, l.launched_at, r.actor FROM package_launches l
             JOIN package_registrations r ON r.id = l.registration
             WHERE l.registration IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($1)) AND l.ended_at IS NULL
             ORDER BY l.launched_at, l.id"
        ),
    );
    let open: Vec<OpenLaunch> = tx.all(list, &[ids(registrations)]).await?;
    let of = |OpenLaunch { id, registration, unit, publisher, progress, launched_at, actor }| {
        (Launch { id, registration, unit, publisher, progress, launched_at, ended_at: None }, actor)
    };
    Ok(open.into_iter().map(of).collect())
}

/// Ends all launches of these registrations.
pub(crate) async fn end_in(tx: &mut Tx<'_>, registrations: &[RegistrationId], now: Timestamp) -> DbResult<()> {
    let end = one_of(
        tx,
        sql!(sqlite
            "UPDATE package_launches SET ended_at = $2
             WHERE registration IN (SELECT unhex(value, '-') FROM json_each($1)) AND ended_at IS NULL"
        ),
        sql!(postgres
            "UPDATE package_launches SET ended_at = $2
             WHERE registration IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($1)) AND ended_at IS NULL"
        ),
    );
    tx.run(end, &[ids(registrations), now.into()]).await.map(|_| ())
}

fn ids(registrations: &[RegistrationId]) -> Arg {
    values(registrations.iter().map(ToString::to_string))
}

/// Keeps what was said in a launch, and whether it has ended by that.
pub(crate) async fn say(tx: &mut Tx<'_>, id: LaunchId, session: &Session, now: Timestamp) -> DbResult<()> {
    let keep = sql!(
        "UPDATE package_launches SET progress = $2, ended_at = CASE WHEN $3 THEN ended_at ELSE $4 END WHERE id = $1 AND ended_at IS NULL"
    );
    let args = [id.into(), serde_json::to_value(session)?.into(), session.is_open().into(), now.into()];
    tx.run(keep, &args).await.map(|_| ())
}

/// Ends launches at once.
pub(crate) async fn end(tx: &mut Tx<'_>, registration: RegistrationId, now: Timestamp) -> DbResult<()> {
    let end = sql!("UPDATE package_launches SET ended_at = $2 WHERE registration = $1 AND ended_at IS NULL");
    tx.run(end, &[registration.into(), now.into()]).await.map(|_| ())
}

row! {
    /// A launch, as far as its fetch URL is asked for.
    #[derive(Clone, Debug)]
    pub(crate) struct Fetching {
        pub id: LaunchId,
        pub is_fetched: bool,
        pub launched_at: Timestamp,
        pub ended_at: Option<Timestamp>,
    }
}

/// The launch of a fetch URL; with its package it has ended.
pub(crate) async fn by_fetch(tx: &mut Tx<'_>, fetch: &Digest) -> DbResult<Option<Fetching>> {
    let find = sql!(
        "SELECT l.id, l.token IS NOT NULL, l.launched_at, COALESCE(l.ended_at, p.deleted_at) FROM package_launches l
         JOIN package_registrations r ON r.id = l.registration JOIN packages p ON p.id = r.package WHERE l.asking = $1"
    );
    tx.opt(find, &[fetch.as_bytes().to_vec().into()]).await
}

/// Keeps the token of a launch; false if it has one.
pub(crate) async fn fetched(tx: &mut Tx<'_>, id: LaunchId, token: &Digest) -> DbResult<bool> {
    let keep = sql!("UPDATE package_launches SET token = $2 WHERE id = $1 AND token IS NULL AND ended_at IS NULL");
    Ok(tx.run(keep, &[id.into(), token.as_bytes().to_vec().into()]).await? == 1)
}

/// Puts another token in the place of those of all open launches, fetched or not.
pub(crate) async fn replace_tokens(tx: &mut Tx<'_>, token: &Digest) -> DbResult<u64> {
    tx.run(sql!("UPDATE package_launches SET token = $1 WHERE ended_at IS NULL"), &[token.as_bytes().to_vec().into()]).await
}

row! {
    /// A launch and its registration, as far as a token is asked for.
    #[derive(Clone, Debug)]
    pub(crate) struct Tokened {
        pub registration: RegistrationId,
        pub package: PackageId,
        pub unit: i64,
        pub actor_key: String,
        pub is_over: bool,
    }
}

/// The launch with this token, ended or not, if it was launched after `since` and its package was not deleted.
pub(crate) async fn by_token(tx: &mut Tx<'_>, id: LaunchId, token: &Digest, since: Timestamp) -> DbResult<Option<Tokened>> {
    let find = sql!(
        "SELECT l.registration, r.package, l.unit, r.actor_key, l.ended_at IS NOT NULL FROM package_launches l
         JOIN package_registrations r ON r.id = l.registration JOIN packages p ON p.id = r.package
         WHERE l.id = $1 AND l.token = $2 AND l.launched_at > $3 AND p.deleted_at IS NULL"
    );
    tx.opt(find, &[id.into(), token.as_bytes().to_vec().into(), since.into()]).await
}

/// A file of the package that was launched at this host after `since`.
pub(crate) async fn host_file(tx: &mut Tx<'_>, host: &str, path: &str, since: Timestamp) -> DbResult<Option<Hash>> {
    let find = sql!(
        "SELECT f.object FROM package_launches l JOIN package_registrations r ON r.id = l.registration
         JOIN package_files f ON f.package = r.package AND f.path = $2 WHERE l.host = $1 AND l.launched_at > $3"
    );
    let found: Option<[u8; 32]> = tx.opt(find, &[host.into(), path.into(), since.into()]).await?;
    Ok(found.map(Hash::new))
}
