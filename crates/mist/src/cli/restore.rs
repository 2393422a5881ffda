use backup::{Manifest, Master, NotRestored, Place, Trust};
use db::{DbResult, Tx};
use journal::Entry;
use journal::audit::{self, SYSTEM};
use kernel::{Clock, Timestamp, Uuid};
use objects::Objects;
use std::sync::{Arc, OnceLock};
use web::Words;

use super::arguments::Restore;
use super::verify;
use crate::config::Config;
use crate::deletions::{Deletion, Deletions, Noted, Thing};
use crate::failure::Failure;
use crate::keys::KeyFile;
use crate::program::{database, runtime};

/// What came back with the backup and was deleted once more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Again {
    cases: usize,
    packages: usize,
}

/// Puts a backup back into an empty place.
pub(super) fn run(config: &Config, arguments: &Restore, words: Words) -> Result<(), Failure> {
    let path = &arguments.backup;
    let secret = verify::secret(&arguments.key, words)?;
    let master = KeyFile::at(config.master_file()).read()?.map(|master| Master::new(&master));
    let trust = match &master {
        _ if arguments.from_elsewhere => Trust::Elsewhere,
        Some(master) => Trust::Ours(master),
        None => return Err(Failure::said(words.one("cli-restore-needs-master", "file", &config.master_file().display()))),
    };
    let made = backup::look(path).map_err(|not| verify::unreadable(&not, path, words))?;
    let record = Deletions::beside(&config.master_file());
    let noted = record.read()?;
    let settings = database(config, Clock::system())?;
    let again = Arc::new(OnceLock::new());
    let restored = runtime()?.block_on(async {
        let objects = Objects::open(&config.objects()?, config.data.join("incoming")).map_err(Failure::said)?;
        let place = Place { database: &settings, objects: &objects };
        let of = (made.id, made.made_at);
        let (deletions, told) = (noted.clone().unwrap_or_default().deletions, Arc::clone(&again));
        let outcome = backup::restore(path, &secret, place, trust, async move |tx, now| {
            let deleted = lay_to_rest(tx, of, &deletions, now).await?;
            told.get_or_init(|| deleted);
            Ok(())
        });
        outcome.await.map_err(|not| why_not(&not, arguments, words))
    })?;
    let at = restored.manifest.made_at.rfc3339();
    println!("{}", words.one("cli-restore-done", "at", &at));
    println!("{}", deleted(&record, noted.as_ref(), again.get().copied().unwrap_or_default(), &at, words));
    println!("{}", words.t("cli-restore-back"));
    println!("{}", words.t(beside(master.as_ref(), &restored.manifest)));
    Ok(())
}

/// What was true when the backup was made need not be any more: who was signed in, which links to sign in were open, who was in a
/// case, which mail waited, what had been deleted since. What else waited goes on, except where it does nothing but reach somebody
/// outside. The audit trail goes on with the restore itself.
async fn lay_to_rest(tx: &mut Tx<'_>, (id, made_at): (Uuid, Timestamp), deletions: &[Deletion], now: Timestamp) -> DbResult<Again> {
    let sign_ins = access::end_all(tx, now).await?;
    let tokens = access::revoke_all(tx, now).await?;
    let clients = records::clients::end_all(tx, now).await?;
    let launches = packages::launches::forget_tokens(tx).await?;
    people::accounts::end_waiting(tx, now).await?;
    let visits = desk::end_visits(tx).await?;
    let mails = journal::outbox::retire_all(tx, now).await?;
    let telling: Vec<&str> = school::TELLING.into_iter().chain([desk::alarm::CALL]).collect();
    let held = journal::jobs::resume(tx, &telling, now).await?;
    let again = delete_again(tx, deletions, now).await?;
    let detail = serde_json::json!({
        "made_at": made_at, "sign_ins": sign_ins, "tokens": tokens, "clients": clients, "launches": launches, "visits": visits,
        "mails": mails, "held": held, "deleted_again": { "cases": again.cases, "packages": again.packages },
    });
    audit::record(tx, &Entry::by(SYSTEM).did("backup.restored").on("backup", id).with(detail), now).await?;
    Ok(again)
}

/// Deletes what the record says that was deleted, one by one as it was the first time: these are few.
async fn delete_again(tx: &mut Tx<'_>, deletions: &[Deletion], now: Timestamp) -> DbResult<Again> {
    let mut again = Again::default();
    for deletion in deletions {
        let (count, is_deleted) = match deletion.thing {
            Thing::Case => (&mut again.cases, desk::keys::delete_again(tx, deletion.id.into(), now).await?),
            Thing::Package => (&mut again.packages, packages::delete::delete_again(tx, deletion.id.into(), now).await?),
        };
        *count += usize::from(is_deleted);
    }
    Ok(again)
}

/// What became of what was deleted after the backup was made.
fn deleted(record: &Deletions, noted: Option<&Noted>, again: Again, at: &str, words: Words) -> String {
    let file = record.path().display().to_string();
    let Some(noted) = noted else { return words.with("cli-restore-no-deletions", &[("file", &file), ("at", at)]) };
    let (cases, packages) = (again.cases.to_string(), again.packages.to_string());
    let said = words.with("cli-restore-deletions", &[("file", &file), ("cases", &cases), ("packages", &packages)]);
    if noted.unread.is_empty() {
        return said;
    }
    let lines: Vec<String> = noted.unread.iter().map(ToString::to_string).collect();
    format!("{said}\n{}", words.with("cli-restore-deletions-unread", &[("file", &file), ("lines", &lines.join(", "))]))
}

/// What is to be done about the master key, which is in no backup.
fn beside(master: Option<&Master>, manifest: &Manifest) -> &'static str {
    match (master, &manifest.master) {
        (None, _) => "cli-restore-no-master",
        (Some(found), Some(known)) if found.hash() != known => "cli-restore-other-master",
        _ => "cli-restore-master",
    }
}

fn why_not(not: &NotRestored, arguments: &Restore, words: Words) -> Failure {
    let why = match not {
        NotRestored::Unreadable(not) => return verify::unreadable(not, &arguments.backup, words),
        NotRestored::Damaged(damages) => format!("{}\n{}", words.t("cli-restore-damaged"), verify::damages(damages, words)),
        NotRestored::Untrusted(origin) => format!("{}\n{}", verify::origin(*origin, words), words.t("cli-restore-untrusted")),
        NotRestored::Database => words.t("cli-restore-database"),
        NotRestored::Files => words.t("cli-restore-files"),
        NotRestored::Newer(name) => words.one("cli-restore-newer", "name", name),
        NotRestored::Foreign(name) => words.one("cli-restore-foreign", "name", name),
        NotRestored::Objects(error) => words.one("cli-restore-failed", "why", error),
        NotRestored::Db(error) => words.one("cli-restore-failed", "why", error),
        NotRestored::Io(error) => words.one("cli-restore-failed", "why", error),
    };
    Failure::said(format!("{why}\n{}", words.t("cli-restore-nothing")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use access::{NewSignIn, Strength};
    use both_engines::both_engines;
    use db::testing::TestDatabase;
    use db::{Lane, sql};
    use desk::cases::{Channel, Circle, Door, NewCase, open_case, visit_wrap};
    use journal::{Job, Mail};
    use kernel::{Lang, Span};
    use vault::{SecretKey, Visit};

    #[both_engines]
    async fn whoever_was_signed_in_is_not_and_what_waited_does_not_go_out(db: TestDatabase) {
        let opens = async || {
            db.read(async |tx| {
                let now = "2026-04-01T01:00+09:00".parse().expect("a moment");
                let person = access::find(tx, &[1; 32], now).await?.is_some();
                let program = access::token_of(tx, &[2; 32], now).await?.is_some();
                let mails: i64 = tx.one(sql!("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND dropped_at IS NULL"), &[]).await?;
                let links: i64 = tx.one(sql!("SELECT count(*) FROM sign_in_links WHERE used_at IS NULL"), &[]).await?;
                Ok((person, program, mails, links))
            })
            .await
            .unwrap()
        };
        db.write(Lane::Staff, None, async |tx, now| {
            let account = people::accounts::ensure(tx, &"hanako@example.jp".parse().expect("an address"), Lang::Ja, now).await?.id;
            let new = NewSignIn { account, strength: Strength::Passkey, secret: &[1; 32], device: "", network: "" };
            access::open(tx, &new, now).await?;
            access::issue(tx, "試験", "applications:read", &[2; 32], None, "system", now).await?;
            journal::mail(tx, Mail::of("trainings.applied", account, Lang::Ja), now).await?;
            let link = sql!(
                "INSERT INTO sign_in_links (id, email, next, lang, created_at, ends_at) VALUES ($1, 'hanako@example.jp', '/', 'ja', $2, $3)"
            );
            tx.run(link, &[account.into(), now.into(), now.plus(kernel::Span::days(1)).into()]).await.map(|_| ())
        })
        .await
        .unwrap();
        assert_eq!(opens().await, (true, true, 1, 1));
        let id = Uuid::now_v7();
        db.write(Lane::Staff, None, async move |tx, now| lay_to_rest(tx, (id, now), &[], now).await.map(|_| ())).await.unwrap();
        assert_eq!(opens().await, (false, false, 0, 0));
        let said = db.read(async |tx| tx.one::<String>(sql!("SELECT act FROM audit ORDER BY seq DESC LIMIT 1"), &[]).await).await;
        assert_eq!(said.unwrap(), "backup.restored");
    }

    #[both_engines]
    async fn what_waits_goes_on_and_what_only_tells_somebody_waits_for_a_person_once_its_moment_has_come(db: TestDatabase) {
        db.write(Lane::Staff, None, async |tx, now| {
            for kind in school::TELLING.into_iter().chain([desk::alarm::CALL, "certificates.make", "desk.ring"]) {
                for at in [now, now.plus(Span::days(1))] {
                    journal::job(tx, Job::of(kind, now.uuid()).at(at), now).await?;
                }
            }
            // A worker is at them while the backup is made.
            let hold = sql!("UPDATE jobs SET lease_owner = $1, lease_until = $2");
            tx.run(hold, &[now.uuid().into(), now.plus(Span::minutes(15)).into()]).await.map(|_| ())
        })
        .await
        .unwrap();
        let id = Uuid::now_v7();
        db.write(Lane::Staff, None, async move |tx, now| lay_to_rest(tx, (id, now), &[], now).await.map(|_| ())).await.unwrap();

        let find = sql!("SELECT kind, last_error FROM jobs WHERE dead_at IS NOT NULL");
        let mut held: Vec<(String, String)> = db.read(async move |tx| tx.all(find, &[]).await).await.unwrap();
        held.sort();
        let mut telling: Vec<(String, String)> =
            school::TELLING.into_iter().chain([desk::alarm::CALL]).map(|kind| (kind.to_owned(), "restored".to_owned())).collect();
        telling.sort();
        assert_eq!(held, telling);
        let find = sql!("SELECT count(*) FROM jobs WHERE done_at IS NULL AND dead_at IS NULL AND lease_owner IS NULL");
        let waiting: i64 = db.read(async move |tx| tx.one(find, &[]).await).await.unwrap();
        assert_eq!(waiting, 11, "two of them are due, and nine are yet to come");
    }

    #[both_engines]
    async fn nobody_is_in_a_case_any_more_and_what_was_deleted_since_is_deleted_again(db: TestDatabase) {
        let circle = Circle { epoch: Some((Uuid::now_v7(), SecretKey::generate().public())), glass: None };
        let [gone, kept] = [(); 2].map(|()| {
            let (mut new, key) = NewCase::prepare(Door::Request, Channel::Web, Lang::Ja, &circle, db.now());
            new.wraps.push(visit_wrap(new.id, &Visit::generate(), &key, db.now().plus(Span::hours(2))));
            new
        });
        let (package, ids) = (Uuid::now_v7(), (gone.id, kept.id));
        db.write(Lane::Staff, None, async move |tx, now| {
            for new in [&gone, &kept] {
                open_case(tx, new, now).await?;
            }
            let add = sql!(
                "INSERT INTO packages (id, course, title, manifest, units, files, bytes, imported_by, imported_at)
                 VALUES ($1, 'https://example.jp/course', $2, $3, 1, 0, 0, 'system', $4)"
            );
            tx.run(add, &[package.into(), serde_json::json!({}).into(), vec![0_u8].into(), now.into()]).await.map(|_| ())
        })
        .await
        .unwrap();
        let noted = [(Thing::Case, ids.0.uuid()), (Thing::Package, package), (Thing::Case, Uuid::now_v7())];
        let deletions = noted.map(|(thing, id)| Deletion { thing, id, at: db.now() });
        let of = Uuid::now_v7();
        let restores = async || {
            db.write(Lane::Staff, None, async move |tx, now| {
                let again = lay_to_rest(tx, (of, now), &deletions, now).await?;
                Ok((again.cases, again.packages))
            })
            .await
            .unwrap()
        };
        assert_eq!(restores().await, (1, 1), "what was made after the backup is not there");
        let ways: Vec<(String, Uuid)> = db.read(async |tx| tx.all(sql!("SELECT kind, case_id FROM case_wraps"), &[]).await).await.unwrap();
        assert_eq!(ways, [("group".to_owned(), ids.1.uuid())], "who has the key of the group is in the other case alone");
        let find = sql!(
            "SELECT (SELECT closed_at IS NOT NULL FROM cases WHERE id = $1), (SELECT deleted_at IS NOT NULL FROM packages WHERE id = $2)"
        );
        let over: (bool, bool) = db.read(async move |tx| tx.one(find, &[ids.0.into(), package.into()]).await).await.unwrap();
        assert_eq!(over, (true, true));
        assert_eq!(restores().await, (0, 0), "what came back deleted stays as it is");
    }
}
