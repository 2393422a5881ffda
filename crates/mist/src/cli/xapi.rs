use db::{Db, Lane};
use journal::audit::SYSTEM;
use kernel::{Clock, Timestamp, long_date};
use records::clients::{self, Client, ClientId, NewClient, NotMade};
use web::Words;

use super::arguments::{Clients, Stored};
use crate::config::Config;
use crate::failure::Failure;
use crate::program::{migrated, runtime};

/// Makes, lists and ends the programs that speak to the record store.
pub(super) fn run(config: &Config, what: Stored, words: Words) -> Result<(), Failure> {
    let Stored::Client { what } = what;
    runtime()?.block_on(async {
        let db = migrated(config, Clock::system()).await?;
        let outcome = match what {
            Clients::New { name, organization, key, secret } => new(&db, NewClient::drawn(name, organization, key, secret), words).await,
            Clients::List => list(&db, words).await,
            Clients::End { id } => end(&db, id, words).await,
        };
        db.close().await;
        outcome
    })
}

/// Shows key and secret once: they alone go to the standard output, one to a line.
async fn new(db: &Db, new: NewClient, words: Words) -> Result<(), Failure> {
    let (key, secret) = (new.key.clone(), new.secret.clone());
    let made = db.write(Lane::Staff, None, async move |tx, now: Timestamp| clients::make(tx, &new, SYSTEM, now).await).await?;
    let made = made.map_err(|not| {
        Failure::said(words.t(match not {
            NotMade::NoOrganization => "cli-xapi-no-organization",
            NotMade::KeyTaken => "cli-xapi-key-taken",
            NotMade::Unfit => "cli-xapi-unfit",
        }))
    })?;
    eprintln!("{}", words.one("cli-xapi-made", "id", &made.id));
    println!("{key}");
    println!("{secret}");
    Ok(())
}

async fn list(db: &Db, words: Words) -> Result<(), Failure> {
    let all = db.read(async |tx| clients::all(tx).await).await?;
    if all.is_empty() {
        println!("{}", words.t("cli-xapi-none"));
    }
    for client in &all {
        let organization = client.organization.map_or_else(|| "-".to_owned(), |id| id.to_string());
        println!("{}  {}  {}  {organization}  {}", client.id, client.key, client.name, standing(client, words));
    }
    Ok(())
}

fn standing(client: &Client, words: Words) -> String {
    match client.ended_at {
        Some(ended) => words.one("cli-token-was-ended", "day", &long_date(ended.day(), words.lang)),
        None => words.t("cli-token-always"),
    }
}

async fn end(db: &Db, id: ClientId, words: Words) -> Result<(), Failure> {
    let ended = db.write(Lane::Staff, None, async move |tx, now| clients::end(tx, id, SYSTEM, now).await).await?;
    if !ended {
        return Err(Failure::said(words.one("cli-xapi-unknown", "id", &id)));
    }
    println!("{}", words.t("cli-xapi-ended"));
    Ok(())
}
