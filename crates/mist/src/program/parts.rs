use access::Matrix;
use apart::Reader;
use db::{Db, Settings};
use desk::Desk;
use desk::alarm::Telephone;
use egress::Egress;
use kernel::{Clock, Holidays};
use objects::Objects;
use packages::{House, Speaking};
use records::CourseSessions;
use records::forward::Forwarding;
use school::certificates::Guesses;
use tokio::runtime::Runtime;
use web::{Keys, Portal, Site, data_text};

use super::workers::Standing;
use crate::config::Config;
use crate::deletions::Deletions;
use crate::failure::Failure;

/// The runtime of a command.
pub(crate) fn runtime() -> Result<Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// How the database of the settings is opened.
pub(crate) fn database(config: &Config, clock: Clock) -> Result<Settings, Failure> {
    let url = config.database_url()?;
    let mut settings = Settings::new(url.reveal(), clock);
    settings.readers = config.database.readers;
    settings.writers = config.database.writers;
    settings.authorities = Some(config.database.authorities.clone()).filter(|path| !path.as_os_str().is_empty());
    Ok(settings)
}

/// The database of the settings, as it is.
pub(crate) async fn opened(config: &Config, clock: Clock) -> Result<Db, Failure> {
    let settings = database(config, clock)?;
    if let Some(folder) = settings.url.strip_prefix("sqlite:").and_then(|path| std::path::Path::new(path).parent()) {
        std::fs::create_dir_all(folder)?;
    }
    Ok(Db::open(settings).await?)
}

/// The database of the settings, with its tables up to date.
pub(crate) async fn migrated(config: &Config, clock: Clock) -> Result<Db, Failure> {
    let db = opened(config, clock).await?;
    db.migrate().await?;
    Ok(db)
}

/// Japan's holidays, from `data/holidays.csv`.
pub(crate) fn holidays() -> Result<Holidays, Failure> {
    web::holidays().map_err(Failure::said)
}

/// Where the portal is reached.
pub(super) fn site(config: &Config, base_url: String, demo: bool) -> Site {
    Site { base_url, hosts: config.server.hosts.clone(), demo, trusted_proxies: config.server.trusted_proxies.clone() }
}

/// A portal over a migrated database, with the permissions of `data/permissions.toml`.
pub(super) async fn portal_with_files(config: &Config, db: Db, clock: Clock, keys: Keys, site: Site) -> Result<Portal, Failure> {
    let objects = Objects::open(&config.objects()?, config.data.join("incoming")).map_err(Failure::said)?.with_reserve(config.reserve()?);
    let desk = Desk::open(&keys, &config.desk(), vault::Cost::REAL)?.with_room(config.desk);
    let portal = portal(db, clock, keys, site, &config.server.packages_host).await?.with_objects(objects).with_part(desk);
    let deletions = Deletions::beside(&config.master_file());
    if let Err(error) = deletions.begin() {
        // Serving does not wait for it: each deletion is tried until it is noted.
        tracing::warn!(%error, "the record of deletions cannot be begun beside the master key");
    }
    let portal = portal.with_part(deletions);
    // Files that somebody sends are read by this program, in a process of their own.
    let portal = portal.with_part(Reader::new(std::env::current_exe()?, "read"));
    let portal = match telephone(config)? {
        Some(telephone) => portal.with_part(telephone),
        None => portal,
    };
    Ok(match forwarding(config)? {
        Some(forwarding) => portal.with_part(forwarding),
        None => portal,
    })
}

/// The other record store, if one is named.
fn forwarding(config: &Config) -> Result<Option<Forwarding>, Failure> {
    let forward = &config.forward;
    if forward.url.is_empty() {
        return Ok(None);
    }
    let secret = config.forward_secret()?;
    let credentials = (forward.key.as_str(), secret.reveal());
    let forwarding = Forwarding::new(Egress::new(&config.egress.allow), &forward.url, &forward.organization, credentials);
    forwarding.map(Some).map_err(|refused| Failure::said(format!("forward.url: {refused}")))
}

/// The telephone system that is told of alarms, if one is named.
fn telephone(config: &Config) -> Result<Option<Telephone>, Failure> {
    let url = &config.telephone.url;
    if url.is_empty() {
        return Ok(None);
    }
    let secret = config.telephone_secret()?;
    let telephone = Telephone::new(Egress::new(&config.egress.allow), url, secret.reveal().as_bytes());
    telephone.map(Some).map_err(|refused| Failure::said(format!("telephone.url: {refused}")))
}

/// The same with files that are gone with the program, as in tests.
pub(super) async fn portal_for_a_test(db: Db, clock: Clock, keys: Keys, site: Site) -> Result<Portal, Failure> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::open_light(&keys, folder.path())?;
    let deletions = Deletions::beside(&folder.path().join("master.key"));
    Ok(portal(db, clock, keys, site, PACKAGES_OF_TESTS).await?.with_part(desk).with_part(deletions).with_part(folder))
}

/// Below which host the packages of tests lie.
const PACKAGES_OF_TESTS: &str = "pkg.example.net";

/// Where packages are served. The demo is reached by the name of the machine itself, and so are they.
fn packages(site: &Site, host: &str) -> House {
    let at = site.base_url.split("://").nth(1).unwrap_or_default();
    match (host, site.demo) {
        ("", true) => House::new(&site.base_url, &format!("pkg.{at}")),
        (host, _) => House::new(&site.base_url, host),
    }
}

async fn portal(db: Db, clock: Clock, keys: Keys, site: Site, packages_host: &str) -> Result<Portal, Failure> {
    web::check_data().map_err(Failure::said)?;
    desk::check_contents().map_err(Failure::said)?;
    let matrix = Matrix::parse(&data_text("permissions.toml")).map_err(Failure::said)?;
    let house = packages(&site, packages_host);
    let portal = Portal::new(db, clock, keys, matrix, site, holidays()?).await?.with_part(super::learned::certificates());
    let portal = portal.with_part(records::Pace::default()).with_part(records::UnderWay::default()).with_part(Standing::default());
    let portal = portal.with_part(Guesses::default()).with_part(desk::work::Slides(crate::between::slides));
    Ok(portal.with_part(CourseSessions::of(Speaking::of(house.clone()))).with_part(house))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Day;

    #[test]
    fn the_holidays_are_read() {
        let holidays = holidays().unwrap();
        assert!(holidays.name_of(Day::constant(2026, 11, 23)).is_some(), "勤労感謝の日");
        assert_eq!(holidays.name_of(Day::constant(2026, 11, 24)), None);
    }
}
