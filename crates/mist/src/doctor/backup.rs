use ::backup::Recipient;
use db::Db;
use kernel::{Span, Timestamp};

use super::Finding;
use crate::config;

/// Whether backups can be made, and whether one was lately. None of it forbids serving: a desk without a backup is better than none.
pub(super) async fn examine(config: &config::Backup, db: &Db, now: Timestamp) -> Finding {
    let key = config.public_key.as_str();
    if key.is_empty() {
        return Finding::notice("backup-key", "");
    }
    if key.parse::<Recipient>().is_err() {
        return Finding::notice("backup-bad-key", key);
    }
    let may_be_old = Span::hours(i64::from(config.warn_hours));
    match db.read(async |tx| ::backup::last(tx).await).await {
        Err(error) => Finding::notice("backup-unknown", error),
        Ok(None) => Finding::notice("backup-none", ""),
        Ok(Some(last)) if now.since(last.at) > may_be_old => Finding::notice("backup-old", now.since(last.at).as_seconds() / 3600),
        Ok(Some(_)) => Finding::fine("backup"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::*;
    use both_engines::both_engines;
    use db::testing::TestDatabase;

    #[both_engines]
    async fn a_backup_that_is_missing_or_too_old_is_named(db: TestDatabase) {
        let now = db.now();
        let mut settings = config::Backup::default();
        assert_eq!(examine(&settings, &db, now).await, Finding::notice("backup-key", ""));
        "mist-backup-public:AAAA".clone_into(&mut settings.public_key);
        assert_eq!(examine(&settings, &db, now).await.verdict(), Verdict::Notice);
        settings.public_key = ::backup::Secret::generate().recipient().to_string();
        assert_eq!(examine(&settings, &db, now).await, Finding::notice("backup-none", ""));
        let folder = tempfile::tempdir().unwrap();
        let wanted = ::backup::Wanted {
            db: &db,
            objects: &objects::Objects::in_memory(),
            recipient: settings.public_key.parse().unwrap(),
            installation: "https://mist.example.jp",
            master: None,
            folder: folder.path(),
            kept: ::backup::Kept { count: 3, days: 35 },
        };
        ::backup::make(wanted, now).await.unwrap();
        assert_eq!(examine(&settings, &db, now.plus(Span::hours(26))).await, Finding::fine("backup"));
        assert_eq!(examine(&settings, &db, now.plus(Span::hours(27))).await, Finding::notice("backup-old", 27));
    }
}
