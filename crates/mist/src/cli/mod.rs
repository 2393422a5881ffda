//! The command line. What it says stands in `locales/*/cli.ftl`; help is Japanese with English beside it.

mod arguments;
mod audit;
mod backup;
mod check;
mod help;
mod import;
mod mail;
mod migrate;
mod programme;
mod read;
mod restore;
mod serve;
mod settings;
mod token;
mod user;
mod verify;
mod xapi;

use clap::{CommandFactory as _, FromArgMatches as _};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::{Config, NotAConfig, Secret};
use arguments::{Cli, Command, Place};

pub(crate) use import::table_of;

use crate::failure::Failure;

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let command = help::explained(Cli::command());
    let cli = match command.try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let words = web::Words::of(cli.lang);
    match act(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("mist: {}", failure.words(words));
            ExitCode::FAILURE
        }
    }
}

fn act(cli: Cli) -> Result<(), Failure> {
    let words = web::Words::of(cli.lang);
    let settings = Settings { file: cli.config, words };
    match cli.command {
        Command::Serve(arguments) => serve::serve(&settings.load(&arguments.place, arguments.listen)?, words),
        Command::Demo(arguments) => {
            let config = settings.load(&arguments.place, arguments.listen.clone())?;
            serve::demo(&config, &arguments, words)
        }
        Command::Worker(place) => serve::worker(&settings.load(&place, None)?, words),
        Command::Migrate(place) => migrate::run(&settings.load(&place, None)?, words),
        Command::Import(arguments) => import::run(&settings.load(&arguments.place, None)?, &arguments.what, words),
        Command::Programme(arguments) => programme::run(&settings.load(&arguments.place, None)?, &arguments.what, words),
        Command::Settings(arguments) => settings::run(&settings.load(&arguments.place, None)?, arguments.what, words),
        Command::User(arguments) => user::run(&settings.load(&arguments.place, None)?, arguments.what, words),
        Command::Token(arguments) => token::run(&settings.load(&arguments.place, None)?, arguments.what, words),
        Command::Xapi(arguments) => xapi::run(&settings.load(&arguments.place, None)?, arguments.what, words),
        Command::Mail(arguments) => mail::run(&settings.load(&arguments.place, None)?, &arguments.what, words),
        Command::Audit(arguments) => audit::run(&settings.load(&arguments.place, None)?, &arguments.what, words),
        Command::Backup(arguments) => backup::run(&settings.load(&arguments.place, None)?, &arguments, words),
        Command::Verify(arguments) => verify::run(&settings.load(&arguments.place, None)?, &arguments, words),
        Command::Restore(arguments) => restore::run(&settings.load(&arguments.place, None)?, &arguments, words),
        Command::Openapi => check::openapi(),
        Command::Read { what } => read::run(&what),
        Command::Doctor(place) => check::doctor(&settings.load(&place, None)?, words),
        Command::Config(place) => {
            print!("{}", settings.load(&place, None)?.documented());
            Ok(())
        }
    }
}

/// Where the settings come from.
struct Settings {
    file: Option<PathBuf>,
    words: web::Words,
}

impl Settings {
    /// The settings, with what stood on the command line laid over them.
    fn load(&self, place: &Place, listen: Option<String>) -> Result<Config, Failure> {
        if let Some(file) = self.file.as_deref().filter(|file| !file.is_file()) {
            return Err(Failure::said(self.words.one("cli-no-config", "file", &file.display())));
        }
        let file = self.file.clone().unwrap_or_else(|| PathBuf::from("mist.toml"));
        let mut config = Config::load(&file).map_err(|error: NotAConfig| Failure::said(error))?;
        if let Some(data) = &place.data {
            config.data.clone_from(data);
        }
        if let Some(url) = &place.database_url {
            config.database.url = Secret::new(url);
        }
        if let Some(listen) = listen {
            config.server.listen = listen;
        }
        Ok(config)
    }
}
