//! The settings of an installation: `mist.toml`, with `MIST_*` laid over it, and the command line over both.
//!
//! Every value has a good default, so the program starts without any file. Names and contacts are not here: they are
//! settings of the portal itself, changed on its own pages.

mod secret;
mod sections;

pub use secret::Secret;
pub use sections::{Backup, Clock, Database, Egress, Files, Forward, Keys, Limits, Log, Mail, MailSecurity, Server, Telephone};

use desk::talk::Room;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The example that ships with the program: every setting with its default and what it means.
const EXAMPLE: &str = include_str!("../../../../mist.example.toml");

/// The settings of an installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The directory of the database file and of the master key.
    pub data: PathBuf,
    /// Where visitors reach the portal.
    pub server: Server,
    /// Where the data lies.
    pub database: Database,
    /// Where files lie.
    pub files: Files,
    /// The master key.
    pub keys: Keys,
    /// Backups.
    pub backup: Backup,
    /// How mails leave.
    pub mail: Mail,
    /// The telephone system that calls those on duty.
    pub telephone: Telephone,
    /// How much the first-response desk takes of files.
    pub desk: Room,
    /// The other record store.
    pub forward: Forward,
    /// Patience and size.
    pub limits: Limits,
    /// What the program writes about itself.
    pub log: Log,
    /// The clock.
    pub clock: Clock,
    /// Where the program may connect to by itself.
    pub egress: Egress,
}

/// The settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NotAConfig {
    /// A file or variable is not of the right shape; the message names it.
    #[error("{0}")]
    Shape(#[from] Box<figment::Error>),
    /// A file that a setting names cannot be read.
    #[error("{path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::from("var"),
            server: Server::default(),
            database: Database::default(),
            files: Files::default(),
            keys: Keys::default(),
            backup: Backup::default(),
            mail: Mail::default(),
            telephone: Telephone::default(),
            desk: Room::default(),
            forward: Forward::default(),
            limits: Limits::default(),
            log: Log::default(),
            clock: Clock::default(),
            egress: Egress::default(),
        }
    }
}

impl Config {
    /// The settings of this file, if it is there, with the environment laid over it.
    pub fn load(file: &Path) -> Result<Self, NotAConfig> {
        // Other variables of the same beginning belong to tests and scripts.
        let environment = Env::prefixed("MIST_").filter(|name| name == "data" || name.as_str().contains("__")).split("__");
        let figment = Figment::from(Serialized::defaults(Self::default()));
        // A file that is not there is as good as an empty one.
        let figment = if file.is_file() { figment.merge(Toml::file_exact(file)) } else { figment };
        figment.merge(environment).extract().map_err(|error| Box::new(error).into())
    }

    /// The address of the database, with its password.
    pub fn database_url(&self) -> Result<Secret, NotAConfig> {
        let url = self.database.url.reveal();
        if url.is_empty() {
            return Ok(Secret::new(format!("sqlite:{}", self.data.join("mist.sqlite").display())));
        }
        if self.database.password_file.as_os_str().is_empty() {
            return Ok(self.database.url.clone());
        }
        let password = read_secret(&self.database.password_file)?;
        Ok(Secret::new(with_password(url, password.reveal())))
    }

    /// Where films, materials and other files lie.
    pub fn objects(&self) -> Result<objects::Place, NotAConfig> {
        let files = &self.files;
        if files.bucket.is_empty() {
            let folder = if files.folder.as_os_str().is_empty() { self.data.join("objects") } else { files.folder.clone() };
            return Ok(objects::Place::Disk(folder));
        }
        let secret = read_secret(&files.secret_key_file)?;
        Ok(objects::Place::S3(objects::S3 {
            endpoint: files.endpoint.clone(),
            region: files.region.clone(),
            bucket: files.bucket.clone(),
            access_key: files.access_key.clone(),
            secret_key: secret.reveal().to_owned(),
        }))
    }

    /// What no file takes of the disks on which the database writes, or reports wait for it.
    pub fn reserve(&self) -> Result<objects::Reserve, NotAConfig> {
        let url = self.database_url()?;
        let beside = url.reveal().strip_prefix("sqlite:").and_then(|path| Path::new(path).parent());
        let here = |folder: &Path| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() };
        let folders = [Some(self.data.as_path()), beside].into_iter().flatten().map(here);
        Ok(objects::Reserve::new(folders, self.files.reserve_megabytes.saturating_mul(1024 * 1024)))
    }

    /// The file of the master key.
    pub fn master_file(&self) -> PathBuf {
        if self.keys.master_file.as_os_str().is_empty() { self.data.join("master.key") } else { self.keys.master_file.clone() }
    }

    /// Where reports of incidents lie while there is no database.
    pub fn desk(&self) -> PathBuf {
        self.data.join("desk")
    }

    /// Where backups are written.
    pub fn backups(&self) -> PathBuf {
        if self.backup.folder.as_os_str().is_empty() { self.data.join("backups") } else { self.backup.folder.clone() }
    }

    /// The password of the mail server, if one is set.
    pub fn mail_password(&self) -> Result<Option<Secret>, NotAConfig> {
        if self.mail.password_file.as_os_str().is_empty() { Ok(None) } else { read_secret(&self.mail.password_file).map(Some) }
    }

    /// The secret by which messages to the telephone system are signed; one that can be guessed signs nothing.
    pub fn telephone_secret(&self) -> Result<Secret, NotAConfig> {
        let path = &self.telephone.secret_file;
        let secret = read_secret(path)?;
        if secret.reveal().len() < 32 {
            let source = std::io::Error::other("the secret of the telephone system has fewer than 32 characters");
            return Err(NotAConfig::File { path: path.clone(), source });
        }
        Ok(secret)
    }

    /// The secret with which the other record store is spoken to.
    pub fn forward_secret(&self) -> Result<Secret, NotAConfig> {
        read_secret(&self.forward.secret_file)
    }

    /// The settings in force, with what each means: what `mist config` prints. Secrets stay hidden.
    pub fn documented(&self) -> String {
        let in_force = self.values();
        let mut section = String::new();
        let mut out = String::new();
        for line in EXAMPLE.lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = format!("{name}.");
            }
            let value = line
                .split_once(" = ")
                .filter(|_| !line.starts_with('#'))
                .and_then(|(name, _)| in_force.get(&format!("{section}{name}")).map(|value| format!("{name} = {value}")));
            out.push_str(value.as_deref().unwrap_or(line));
            out.push('\n');
        }
        out
    }

    /// Every setting by its path, as TOML.
    fn values(&self) -> BTreeMap<String, toml::Value> {
        let mut values = BTreeMap::new();
        for (name, value) in toml::Table::try_from(self).unwrap_or_default() {
            match value {
                toml::Value::Table(table) => {
                    values.extend(table.into_iter().map(|(key, value)| (format!("{name}.{key}"), value)));
                }
                value => {
                    values.insert(name, value);
                }
            }
        }
        values
    }
}

/// The first line of a file that holds a secret.
fn read_secret(path: &Path) -> Result<Secret, NotAConfig> {
    let text = std::fs::read_to_string(path).map_err(|source| NotAConfig::File { path: path.to_owned(), source })?;
    Ok(Secret::new(text.lines().next().unwrap_or("").trim()))
}

/// The address with the password put in after the user, where it has none.
fn with_password(url: &str, password: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.split_once('@') {
        Some((user, place)) if !user.contains(':') => {
            let encoded: String = password
                .bytes()
                .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
                .collect();
            format!("{scheme}://{user}:{encoded}@{place}")
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_shows_every_default() {
        let example: Config = toml::from_str(EXAMPLE).unwrap();
        assert_eq!(example, Config::default());
        for name in Config::default().values().keys() {
            let last = name.rsplit('.').next().unwrap();
            assert!(EXAMPLE.lines().any(|line| line.starts_with(&format!("{last} = "))), "the example does not explain {name}");
        }
    }

    #[test]
    fn what_is_printed_is_read_again() {
        let mut config = Config::default();
        config.server.hosts = vec!["old.example.jp".to_owned()];
        config.limits.body_seconds = 7;
        let printed = config.documented();
        assert!(printed.contains("# Seconds of silence"), "{printed}");
        assert_eq!(toml::from_str::<Config>(&printed).unwrap(), config);
    }

    #[test]
    fn secrets_are_not_printed() {
        let mut config = Config::default();
        config.database.url = Secret::new("postgres://mist:canary@db/mist");
        assert!(!config.documented().contains("canary") && !format!("{config:?}").contains("canary"));
    }

    #[test]
    fn a_password_goes_into_an_address_that_has_none() {
        assert_eq!(with_password("postgres://mist@db/mist", "a:b@c"), "postgres://mist:a%3Ab%40c@db/mist");
        assert_eq!(with_password("postgres://mist:old@db/mist", "new"), "postgres://mist:old@db/mist");
        assert_eq!(with_password("sqlite:x", "new"), "sqlite:x");
    }
}
