use serde::{Deserialize, Serialize};
use std::path::PathBuf;

use super::Secret;

/// Where visitors reach the portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Where the program listens. If the port is taken, the demo takes the next free one.
    pub listen: String,
    /// The address that visitors type, without a slash at the end. Empty: `http://localhost:PORT`, which only the demo accepts.
    pub base_url: String,
    /// Other host names under which the portal is reached.
    pub hosts: Vec<String>,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
    /// The host below which course packages are served, each launch under a name of its own: `pkg.example.net` for
    /// `*.pkg.example.net`. It belongs to another domain than the portal. Empty: packages cannot be launched, except in the demo.
    pub packages_host: String,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: "localhost:8080".to_owned(),
            base_url: String::new(),
            hosts: Vec::new(),
            trusted_proxies: Vec::new(),
            packages_host: String::new(),
        }
    }
}

/// Where the data lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// `sqlite:PATH` or `postgres://USER@HOST/NAME`. Empty: the file `mist.sqlite` in the data directory.
    pub url: Secret,
    /// A file that holds the password, put into a `postgres:` address that has none.
    pub password_file: PathBuf,
    /// A PEM file with the authorities that may vouch for the server, instead of the public ones.
    pub authorities: PathBuf,
    /// How many reads run at once.
    pub readers: usize,
    /// How many writes of each lane run at once (PostgreSQL).
    pub writers: usize,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: Secret::default(), password_file: PathBuf::new(), authorities: PathBuf::new(), readers: 8, writers: 6 }
    }
}

/// Where films, materials and other files lie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Files {
    /// A folder. Empty: `objects` in the data directory. Not used where a bucket is named.
    pub folder: PathBuf,
    /// A bucket that speaks S3, which many processes can share. Empty: the folder.
    pub bucket: String,
    /// The address of the storage, such as `https://s3.example.jp`.
    pub endpoint: String,
    /// The region, as the storage calls it.
    pub region: String,
    /// The name of the key.
    pub access_key: String,
    /// A file that holds the key itself.
    pub secret_key_file: PathBuf,
    /// What stays free on the disks of the database and of the data directory: below it, files are refused.
    pub reserve_megabytes: u64,
}

impl Default for Files {
    fn default() -> Self {
        Self {
            folder: PathBuf::new(),
            bucket: String::new(),
            endpoint: String::new(),
            region: String::new(),
            access_key: String::new(),
            secret_key_file: PathBuf::new(),
            reserve_megabytes: 1024,
        }
    }
}

/// The file from which every other secret is derived. It belongs in no backup of the database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keys {
    /// 32 random bytes, readable by the program's user alone. Empty: `master.key` in the data directory, made at the first start.
    pub master_file: PathBuf,
}

/// Backups: `mist backup`, called by the machine's own timer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Backup {
    /// To whom backups are sealed, as `mist backup --new-key FILE` prints it. Its other half never lies on this machine.
    pub public_key: String,
    /// Where backups are written. Empty: `backups` in the data directory.
    pub folder: PathBuf,
    /// So many of the newest are kept there.
    pub keep: usize,
    /// But none that is older than so many days, so that backups forget what was erased.
    pub keep_days: u32,
    /// Hours after which `mist doctor` misses a backup.
    pub warn_hours: u32,
}

impl Default for Backup {
    fn default() -> Self {
        Self { public_key: String::new(), folder: PathBuf::new(), keep: 7, keep_days: 35, warn_hours: 26 }
    }
}

/// How mails leave. The demo ignores this section: its mails lie at `/demo/mail`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// The mail server. Empty: mails wait in the outbox.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// The user, if the server wants one.
    pub user: String,
    /// A file that holds the password.
    pub password_file: PathBuf,
    /// The address that mails come from. Empty: the portal's contact address.
    pub from: String,
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailSecurity {
    /// Begins in clear and changes to TLS; refused if the server cannot.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None: only for a relay on this machine.
    None,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 587,
            security: MailSecurity::Starttls,
            user: String::new(),
            password_file: PathBuf::new(),
            from: String::new(),
        }
    }
}

/// How long the program waits for slow visitors, and how many it serves at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Seconds for the head of a request.
    pub header_seconds: u64,
    /// Seconds of silence in the body of a request.
    pub body_seconds: u64,
    /// Seconds for an answer.
    pub answer_seconds: u64,
    /// Seconds for an answer at the longest, where a route takes files and they keep coming.
    pub upload_seconds: u64,
    /// Seconds in which a visitor takes nothing of an answer. The system holds some of what is sent, so a slow one seems to rest.
    pub stall_seconds: u64,
    /// Seconds that requests in progress get when the program is told to stop.
    pub drain_seconds: u64,
    /// Connections at once; more wait in the operating system's queue.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_seconds: 10,
            body_seconds: 30,
            answer_seconds: 30,
            upload_seconds: 3600,
            stall_seconds: 120,
            drain_seconds: 20,
            connections: 4096,
        }
    }
}

/// What the program writes about itself. Ids only, never names, addresses or what people type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// `error`, `warn`, `info`, or by part: `warn,web=info`. Empty: `info`; in the demo `warn`.
    pub level: String,
    /// `text` or `json`. Empty: `json`; in the demo `text`.
    pub format: String,
}

/// The clock, against which deadlines are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Clock {
    /// A time server such as `ntp.example.jp:123`, which `mist doctor` asks. Empty: only the database is compared.
    pub time_server: String,
}

/// Another record store, to which everything that is stored in one room of this one also goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Forward {
    /// The address of the other store, without `/statements`: `https://lrs.example.jp/xapi`. Empty: nothing is forwarded.
    pub url: String,
    /// The code of the organization whose records are forwarded. Empty: those of the portal itself.
    pub organization: String,
    /// The key with which the other store is spoken to.
    pub key: String,
    /// A file that holds the secret that belongs to the key.
    pub secret_file: PathBuf,
}

/// The telephone system that calls those on duty while an alarm of the first-response desk rings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Telephone {
    /// The address that it is told at, such as `https://pbx.example.jp/alarms`. Empty: alarms ring by mail and on the desk's pages.
    pub url: String,
    /// A file that holds the secret of at least 32 characters by which each message is signed.
    pub secret_file: PathBuf,
}

/// Where the program may connect to by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Egress {
    /// Hosts with ports inside closed networks that are allowed beside the public ones, such as `relay.internal:443`.
    pub allow: Vec<String>,
}
