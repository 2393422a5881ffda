//! Who learns from a package: registrations with whatever the portal knows of the people behind them.

use db::{DbResult, Tx, row, sql};
use kernel::Timestamp;

use crate::package::{PackageId, RegistrationId};

row! {
    /// Somebody who learns from a package.
    #[derive(Clone, Debug)]
    pub(crate) struct Learner {
        pub id: RegistrationId,
        pub actor: String,
        pub email: Option<String>,
        pub family: Option<String>,
        pub given: Option<String>,
        pub workplace: Option<String>,
        pub listed: Option<String>,
        pub institution: Option<String>,
        pub done: i64,
        pub satisfied_at: Option<Timestamp>,
        pub launched_at: Option<Timestamp>,
        pub is_open: bool,
    }
}

// An account is an address alone: a name stands on somebody's certificates, or on the list of an institution, the latest one. Whoever
// only tries a package learns nothing. `$1` is the package, `$2` since when a launch counts as open, `$3` false.
macro_rules! learners {
    ($rest:literal) => {
        concat!(
            "SELECT x.id, x.actor, x.email, x.family, x.given, x.workplace, x.listed, x.institution, x.done, x.satisfied_at, x.launched_at, \
                 x.is_open FROM (SELECT r.id, r.actor, r.done, r.satisfied_at, r.made_at, a.email, l.family, l.given, l.workplace, \
                 (SELECT w.name FROM staff w WHERE w.email = a.email AND w.left_at IS NULL \
                     ORDER BY w.added_at DESC, w.id DESC LIMIT 1) AS listed, \
                 (SELECT o.name FROM staff w JOIN organizations o ON o.id = w.organization WHERE w.email = a.email AND w.left_at IS NULL \
                     ORDER BY w.added_at DESC, w.id DESC LIMIT 1) AS institution, \
                 (SELECT MAX(s.launched_at) FROM package_launches s WHERE s.registration = r.id) AS launched_at, \
                 EXISTS (SELECT 1 FROM package_launches s WHERE s.registration = r.id AND s.ended_at IS NULL AND s.launched_at > $2) AS is_open \
             FROM package_registrations r LEFT JOIN accounts a ON a.id = r.account LEFT JOIN learners l ON l.account = r.account \
             WHERE r.package = $1 AND r.trial = $3) AS x WHERE ",
            $rest
        )
    };
}

/// Those in whose name, address, institution or id this text stands, who registered last first, after the first `skipped`; all of them
/// if it is empty.
pub(crate) async fn list(
    tx: &mut Tx<'_>,
    (package, since): (PackageId, Timestamp),
    text: &str,
    skipped: i64,
    limit: i64,
) -> DbResult<Vec<Learner>> {
    let list = sql!(learners!(
        "CAST($4 AS TEXT) = '' OR REPLACE(REPLACE(LOWER(COALESCE(x.email, '') || '|' || COALESCE(x.family, '') || COALESCE(x.given, '') \
             || '|' || COALESCE(x.workplace, '') || '|' || COALESCE(x.listed, '') || '|' || COALESCE(x.institution, '') || '|' || x.actor), \
             ' ', ''), '　', '') LIKE $4 ESCAPE '!' \
         ORDER BY x.made_at DESC, x.id LIMIT $6 OFFSET $5"
    ));
    tx.all(list, &[package.into(), since.into(), false.into(), pattern(text).into(), skipped.into(), limit.into()]).await
}

/// One of them.
pub(crate) async fn one(tx: &mut Tx<'_>, (package, since): (PackageId, Timestamp), id: RegistrationId) -> DbResult<Option<Learner>> {
    tx.opt(sql!(learners!("x.id = $4")), &[package.into(), since.into(), false.into(), id.into()]).await
}

/// What is looked for, wherever it stands: blanks and the size of letters are no difference.
fn pattern(text: &str) -> String {
    let bare = text.to_lowercase().replace([' ', '　'], "");
    if bare.is_empty() { bare } else { format!("%{}%", bare.replace('!', "!!").replace('%', "!%").replace('_', "!_")) }
}

/// Which units of a registration were launched, and when last.
pub(crate) async fn launched(tx: &mut Tx<'_>, registration: RegistrationId) -> DbResult<Vec<(i64, Timestamp)>> {
    let list = sql!("SELECT unit, MAX(launched_at) FROM package_launches WHERE registration = $1 GROUP BY unit");
    tx.all(list, &[registration.into()]).await
}
