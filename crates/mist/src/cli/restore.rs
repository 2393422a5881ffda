use backup::{Manifest, NotRestored, Place};
use db::{DbResult, Tx};
use journal::Entry;
use journal::audit::{self, SYSTEM};
use kernel::{Clock, Timestamp, Uuid};
use objects::Objects;
use web::Words;

use super::arguments::Restore;
use super::verify;
use crate::config::Config;
use crate::failure::Failure;
use crate::keys::KeyFile;
use crate::program::{database, runtime};

/// Puts a backup back into an empty place.
pub(super) fn run(config: &Config, arguments: &Restore, words: Words) -> Result<(), Failure> {
    let path = &arguments.backup;
    let secret = verify::secret(&arguments.key, words)?;
    let made = backup::look(path).map_err(|not| verify::unreadable(&not, path, words))?;
    let settings = database(config, Clock::system())?;
    let restored = runtime()?.block_on(async {
        let objects = Objects::open(&config.objects()?, config.data.join("incoming")).map_err(Failure::said)?;
        let place = Place { database: &settings, objects: &objects };
        let (id, made_at) = (made.id, made.made_at);
        let outcome = backup::restore(path, &secret, place, async move |tx, now| lay_to_rest(tx, id, made_at, now).await).await;
        outcome.map_err(|not| why_not(&not, arguments, words))
    })?;
    println!("{}", words.one("cli-restore-done", "at", &restored.manifest.made_at.rfc3339()));
    println!("{}", words.t(master(config, &restored.manifest)?));
    Ok(())
}

/// What was true when the backup was made need not be any more: who was signed in, which links were open, which mail waited. What
/// else waited goes on, except where it does nothing but reach somebody outside. The audit trail goes on with the restore itself.
async fn lay_to_rest(tx: &mut Tx<'_>, id: Uuid, made_at: Timestamp, now: Timestamp) -> DbResult<()> {
    let sign_ins = access::end_all(tx, now).await?;
    let tokens = access::revoke_all(tx, now).await?;
    let clients = records::clients::end_all(tx, now).await?;
    let launches = packages::launches::forget_tokens(tx).await?;
    people::accounts::end_waiting(tx, now).await?;
    let mails = journal::outbox::retire_all(tx, now).await?;
    let telling: Vec<&str> = school::TELLING.into_iter().chain([desk::alarm::CALL]).collect();
    let held = journal::jobs::resume(tx, &telling, now).await?;
    let detail = serde_json::json!({
        "made_at": made_at, "sign_ins": sign_ins, "tokens": tokens, "clients": clients, "launches": launches, "mails": mails,
        "held": held,
    });
    audit::record(tx, &Entry::by(SYSTEM).did("backup.restored").on("backup", id).with(detail), now).await?;
    Ok(())
}

/// What is to be done about the master key, which is in no backup.
fn master(config: &Config, manifest: &Manifest) -> Result<&'static str, Failure> {
    let found = KeyFile::at(config.master_file()).read()?.map(|master| backup::master_hash(&master));
    Ok(match (found, &manifest.master) {
        (None, _) => "cli-restore-no-master",
        (Some(found), Some(known)) if found != *known => "cli-restore-other-master",
        _ => "cli-restore-master",
    })
}

fn why_not(not: &NotRestored, arguments: &Restore, words: Words) -> Failure {
    let why = match not {
        NotRestored::Unreadable(not) => return verify::unreadable(not, &arguments.backup, words),
        NotRestored::Damaged(damages) => format!("{}\n{}", words.t("cli-restore-damaged"), verify::damages(damages, words)),
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
    use journal::{Job, Mail};
    use kernel::{Lang, Span};

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
        db.write(Lane::Staff, None, async move |tx, now| lay_to_rest(tx, id, now, now).await).await.unwrap();
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
        db.write(Lane::Staff, None, async move |tx, now| lay_to_rest(tx, id, now, now).await).await.unwrap();

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
}
