use db::Db;
use kernel::Clock;
use tokio::net::TcpListener;
use tokio::sync::watch;
use web::{Words, load_settings};

use super::arguments::Demo;
use super::check;
use crate::config::Config;
use crate::demo;
use crate::failure::Failure;
use crate::keys::KeyFile;
use crate::log::{self, Format};
use crate::program::{Program, migrated, opened, runtime};
use crate::server;

/// Serves real people, once the doctor has nothing against it.
pub(super) fn serve(config: &Config, words: Words) -> Result<(), Failure> {
    log::begin(&config.log, "info", Format::Json, words)?;
    runtime()?.block_on(async {
        let keys = KeyFile::at(config.master_file()).open_or_make()?;
        let db = migrated(config, Clock::system()).await?;
        check::examine(config, &db, words).await?;
        let program = Program::for_real(config, db, keys).await?;
        let listeners = server::listen(&config.server.listen, false).await?;
        println!("{}", words.one("cli-ready", "url", config.server.base_url.as_str()));
        let stop = told_to_stop(words, program.portal.db.clone());
        program.run(listeners, &config.limits, stop).await
    })
}

/// Sends mail and does jobs, beside other processes that serve.
pub(super) fn worker(config: &Config, words: Words) -> Result<(), Failure> {
    log::begin(&config.log, "info", Format::Json, words)?;
    runtime()?.block_on(async {
        let keys = KeyFile::at(config.master_file()).open_or_make()?;
        let db = migrated(config, Clock::system()).await?;
        check::examine(config, &db, words).await?;
        let stop = told_to_stop(words, db.clone());
        Program::for_real(config, db, keys).await?.work(stop).await
    })
}

/// Serves sample data to whoever wants to try.
pub(super) fn demo(config: &Config, arguments: &Demo, words: Words) -> Result<(), Failure> {
    log::begin(&config.log, "warn", Format::Text, words)?;
    runtime()?.block_on(async {
        // Always a clock that can be moved, beginning at the machine's time unless another is given.
        let clock = Clock::starting_at(arguments.now.unwrap_or_else(|| Clock::system().now()));
        if arguments.fresh {
            demo::clear(config, clock.clone()).await?;
        }
        let db = opened(config, clock.clone()).await?;
        let is_new = demo::was_empty(&db.migrate().await?) && !is_marked(&db).await?;
        demo::take_up_clock(&db, &clock, arguments.now).await?;
        let keys = KeyFile::at(config.master_file()).open_or_make()?;
        let listeners = server::listen(&config.server.listen, true).await?;
        let url = match config.server.base_url.as_str() {
            "" => format!("http://localhost:{}", port(&listeners)?),
            url => url.to_owned(),
        };
        let program = Program::for_demo(config, db, clock, keys, url.clone()).await?;
        demo::fill(&program.portal, is_new).await?;
        welcome(&url, words);
        let stop = told_to_stop(words, program.portal.db.clone());
        program.run(listeners, &config.limits, stop).await
    })
}

async fn is_marked(db: &Db) -> Result<bool, Failure> {
    Ok(demo::is_marked(&db.read(async |tx| load_settings(tx).await).await?))
}

fn port(listeners: &[TcpListener]) -> Result<u16, Failure> {
    let first = listeners.first().ok_or(Failure::Key("cli-nowhere"))?;
    Ok(first.local_addr()?.port())
}

/// Where it is, and what to try first.
fn welcome(url: &str, words: Words) {
    println!("{}\n\n{}", words.one("cli-ready", "url", url), words.t("cli-demo-links"));
    for person in &demo::PEOPLE {
        println!("  {}  {url}{}\n    {}", person.name(words), person.path(), person.try_first(words));
    }
    println!("\n  {}  {url}/demo/mail\n  {}  {url}/demo/clock\n", words.t("cli-demo-mail"), words.t("cli-demo-clock"));
    println!("{}", words.t("cli-demo-stop"));
}

/// Becomes true when somebody asks the program to stop, or the disk has failed; asked twice, it stops at once.
fn told_to_stop(words: Words, db: Db) -> watch::Receiver<bool> {
    let (stop, told) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            () = asked() => eprintln!("{}", words.t("cli-stopping")),
            () = db.breaks() => {}
        }
        stop.send_replace(true);
        asked().await;
        std::process::exit(130);
    });
    told
}

/// Waits for SIGTERM or Ctrl+C.
async fn asked() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
