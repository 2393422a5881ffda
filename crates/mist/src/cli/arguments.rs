use access::{ApiTokenId, Role};
use clap::{Args, Parser, Subcommand};
use kernel::{EmailAddress, FiscalYear, Lang, Timestamp};
use records::clients::ClientId;
use std::path::PathBuf;

#[derive(Parser)]
#[command(name = "mist", version, disable_help_subcommand = true)]
pub(super) struct Cli {
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, global = true, value_name = "ja|en", default_value = "ja", value_parser = lang)]
    pub lang: Lang,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    Serve(Serve),
    Demo(Demo),
    Worker(Place),
    Import(Import),
    Programme(Programme),
    Settings(Settings),
    User(User),
    Token(Token),
    Xapi(Xapi),
    Mail(Mail),
    Audit(Audit),
    Backup(Backup),
    Verify(Verify),
    Restore(Restore),
    Migrate(Place),
    Config(Place),
    Doctor(Place),
    Openapi,
    /// What the portal calls itself, for a file that somebody has sent.
    #[command(hide = true)]
    Read {
        #[command(subcommand)]
        what: Read,
    },
}

#[derive(Subcommand)]
pub(super) enum Read {
    Slides { ending: String },
    Sheet { ending: String, limits: String },
}

/// Where the data is.
#[derive(Args)]
pub(super) struct Place {
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
}

#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    pub place: Place,
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
}

#[derive(Args)]
pub(super) struct Demo {
    #[command(flatten)]
    pub place: Place,
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    #[arg(long)]
    pub fresh: bool,
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub now: Option<Timestamp>,
}

#[derive(Args)]
pub(super) struct Import {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub what: Imported,
}

#[derive(Subcommand)]
pub(super) enum Imported {
    Programme { file: PathBuf },
    Organizations { file: PathBuf },
    Notices { file: PathBuf },
}

#[derive(Args)]
pub(super) struct Programme {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub what: Cloned,
}

#[derive(Subcommand)]
pub(super) enum Cloned {
    Clone {
        #[arg(value_parser = year)]
        from: FiscalYear,
        #[arg(value_parser = year)]
        to: FiscalYear,
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Args)]
pub(super) struct Settings {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub what: Kept,
}

#[derive(Subcommand)]
pub(super) enum Kept {
    List,
    Get {
        #[arg(id = "setting", value_name = "NAME")]
        name: String,
    },
    Set {
        #[arg(id = "setting_values", value_names = ["NAME", "VALUE"], num_args = 2.., required = true)]
        values: Vec<String>,
    },
    Unset {
        #[arg(id = "setting_names", value_name = "NAME", required = true)]
        names: Vec<String>,
    },
    Import {
        #[arg(id = "settings_file", value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Args)]
pub(super) struct User {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub what: Invited,
}

#[derive(Subcommand)]
pub(super) enum Invited {
    Invite {
        #[arg(value_parser = address)]
        email: EmailAddress,
        #[arg(long, value_name = "R", value_parser = role)]
        role: Role,
        #[arg(long, value_name = "CODE")]
        organization: Option<String>,
    },
}

#[derive(Args)]
pub(super) struct Token {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub what: Tokens,
}

#[derive(Subcommand)]
pub(super) enum Tokens {
    Issue {
        #[arg(long, value_name = "NAME", value_parser = label)]
        name: String,
        #[arg(long, value_name = "SCOPE", required = true)]
        scope: Vec<String>,
        #[arg(long, value_name = "DAYS", default_value_t = 365, value_parser = clap::value_parser!(i64).range(1..=365))]
        days: i64,
    },
    List,
    End {
        id: ApiTokenId,
    },
}

#[derive(Args)]
pub(super) struct Xapi {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub what: Stored,
}

#[derive(Subcommand)]
pub(super) enum Stored {
    Client {
        #[command(subcommand)]
        what: Clients,
    },
}

#[derive(Subcommand)]
pub(super) enum Clients {
    New {
        #[arg(long, value_name = "NAME", value_parser = label)]
        name: String,
        #[arg(long, value_name = "CODE")]
        organization: Option<String>,
        #[arg(long = "key", id = "client_key", value_name = "KEY")]
        key: Option<String>,
        #[arg(long, value_name = "SECRET")]
        secret: Option<String>,
    },
    List,
    End {
        #[arg(id = "client_id", value_name = "ID")]
        id: ClientId,
    },
}

#[derive(Args)]
pub(super) struct Mail {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub what: Mails,
}

#[derive(Subcommand)]
pub(super) enum Mails {
    Bounce { files: Vec<PathBuf> },
}

#[derive(Args)]
pub(super) struct Audit {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub what: Audited,
}

#[derive(Subcommand)]
pub(super) enum Audited {
    Verify {
        #[arg(long, value_name = "HEAD")]
        head: Option<String>,
    },
}

#[derive(Args)]
pub(super) struct Backup {
    #[command(flatten)]
    pub place: Place,
    #[arg(long = "to", value_name = "DIR")]
    pub folder: Option<PathBuf>,
    #[arg(long, value_name = "FILE", conflicts_with = "folder")]
    pub new_key: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct Verify {
    #[command(flatten)]
    pub place: Place,
    #[arg(value_name = "FILE")]
    pub backup: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct Restore {
    #[command(flatten)]
    pub place: Place,
    #[arg(value_name = "FILE")]
    pub backup: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    #[arg(long)]
    pub from_elsewhere: bool,
}

fn lang(text: &str) -> Result<Lang, String> {
    match text {
        "ja" => Ok(Lang::Ja),
        "en" => Ok(Lang::En),
        _ => Err("ja, en".to_owned()),
    }
}

fn instant(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "2026-11-22T09:00+09:00".to_owned())
}

fn year(text: &str) -> Result<FiscalYear, String> {
    text.parse().map_err(|_| "R8".to_owned())
}

fn address(text: &str) -> Result<EmailAddress, String> {
    text.parse().map_err(|error: kernel::NotAnAddress| error.to_string())
}

/// A name by which the operator knows a token again.
fn label(text: &str) -> Result<String, String> {
    kernel::Text::<100>::new(&kernel::one_line(text)).map(kernel::Text::into_string).map_err(|error| error.to_string())
}

fn role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|()| Role::ALL.map(Role::id).join(", "))
}
