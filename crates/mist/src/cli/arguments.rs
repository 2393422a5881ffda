use access::Role;
use clap::{Args, Parser, Subcommand};
use kernel::{EmailAddress, FiscalYear, Lang, Timestamp};
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
    User(User),
    Audit(Audit),
    Migrate(Place),
    Config(Place),
    Doctor(Place),
    Openapi,
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

fn role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|()| Role::ALL.map(Role::id).join(", "))
}
