use access::{ApiToken, ApiTokenId, Matrix};
use auth::Token;
use db::{Db, Lane};
use journal::Entry;
use journal::audit::SYSTEM;
use kernel::{Clock, Span, long_date};
use serde_json::json;
use web::{Words, data_text};

use super::arguments::Tokens;
use crate::config::Config;
use crate::failure::Failure;
use crate::program::{migrated, runtime};

/// Issues, lists and ends the tokens by which other programs read.
pub(super) fn run(config: &Config, what: Tokens, words: Words) -> Result<(), Failure> {
    runtime()?.block_on(async {
        let db = migrated(config, Clock::system()).await?;
        let outcome = match what {
            Tokens::Issue { name, scope, days } => issue(&db, name, &scope, days, words).await,
            Tokens::List => list(&db, words).await,
            Tokens::End { id } => end(&db, id, words).await,
        };
        db.close().await;
        outcome
    })
}

/// Shows the secret once: it alone goes to the standard output, so that it can be led into a file.
async fn issue(db: &Db, name: String, scopes: &[String], days: i64, words: Words) -> Result<(), Failure> {
    let matrix = Matrix::parse(&data_text("permissions.toml")).map_err(Failure::said)?;
    let known = matrix.token_scopes();
    if let Some(unknown) = scopes.iter().find(|scope| !known.contains(scope.as_str())) {
        let known: Vec<&str> = known.into_iter().collect();
        return Err(Failure::said(words.with("cli-token-no-scope", &[("scope", unknown.as_str()), ("scopes", &known.join(", "))])));
    }
    let (secret, scopes) = (Token::random(), scopes.join(" "));
    let shown = secret.text();
    let (id, until) = db
        .write(Lane::Staff, None, async move |tx, now| {
            let until = now.plus(Span::days(days));
            let id = access::issue(tx, &name, &scopes, secret.as_bytes(), Some(until), SYSTEM, now).await?;
            let entry = Entry::by(SYSTEM).did("tokens.issued").on("token", id).with(json!({ "scopes": scopes, "days": days }));
            journal::record(tx, &entry, now).await?;
            Ok((id, until))
        })
        .await?;
    let facts = [("id", id.to_string()), ("day", long_date(until.day(), words.lang))];
    eprintln!("{}", words.with("cli-token-issued", &facts.each_ref().map(|(name, value)| (*name, value.as_str()))));
    println!("{shown}");
    Ok(())
}

async fn list(db: &Db, words: Words) -> Result<(), Failure> {
    let tokens = db.read(async |tx| access::tokens(tx).await).await?;
    if tokens.is_empty() {
        println!("{}", words.t("cli-token-none"));
    }
    let now = Clock::system().now();
    for token in &tokens {
        println!("{}  {}  {}  {}", token.id, token.name, token.scopes, standing(token, now, words));
    }
    Ok(())
}

/// Until when it opens, or since when it no longer does.
fn standing(token: &ApiToken, now: kernel::Timestamp, words: Words) -> String {
    let day = |at: kernel::Timestamp| long_date(at.day(), words.lang);
    match (token.ended_at, token.ends_at) {
        (Some(ended), _) => words.one("cli-token-was-ended", "day", &day(ended)),
        (None, Some(ends)) if ends <= now => words.one("cli-token-expired", "day", &day(ends)),
        (None, Some(ends)) => words.one("cli-token-until", "day", &day(ends)),
        (None, None) => words.t("cli-token-always"),
    }
}

async fn end(db: &Db, id: ApiTokenId, words: Words) -> Result<(), Failure> {
    let ended = db
        .write(Lane::Staff, None, async move |tx, now| {
            let ended = access::revoke(tx, id, now).await?;
            if ended {
                journal::record(tx, &Entry::by(SYSTEM).did("tokens.ended").on("token", id), now).await?;
            }
            Ok(ended)
        })
        .await?;
    if !ended {
        return Err(Failure::said(words.one("cli-token-unknown", "id", &id)));
    }
    println!("{}", words.t("cli-token-ended"));
    Ok(())
}
