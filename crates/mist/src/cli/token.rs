use access::{ApiToken, ApiTokenId, Matrix};
use auth::Token;
use db::{Db, Lane};
use journal::audit::SYSTEM;
use kernel::{Clock, Timestamp, long_date};
use people::tokens::{self, NewToken};
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
    let secret = Token::random();
    let shown = secret.text();
    let new = NewToken { name, scopes: scopes.to_vec(), days };
    let issued = db.write(Lane::Staff, None, async move |tx, now| tokens::issue(tx, &new, &secret, SYSTEM, now).await).await?;
    let facts = [("id", issued.id.to_string()), ("day", long_date(issued.until.day(), words.lang))];
    eprintln!("{}", words.with("cli-token-issued", &facts.each_ref().map(|(name, value)| (*name, value.as_str()))));
    println!("{shown}");
    Ok(())
}

async fn list(db: &Db, words: Words) -> Result<(), Failure> {
    let all = db.read(async |tx| access::tokens(tx, 0, i64::MAX).await).await?;
    if all.is_empty() {
        println!("{}", words.t("cli-token-none"));
    }
    let now = Clock::system().now();
    for token in &all {
        println!("{}  {}  {}  {}", token.id, token.name, token.scopes, standing(token, now, words));
    }
    Ok(())
}

/// Until when it opens, or since when it no longer does.
fn standing(token: &ApiToken, now: Timestamp, words: Words) -> String {
    let day = |at: Timestamp| long_date(at.day(), words.lang);
    match (token.ended_at, token.ends_at) {
        (Some(ended), _) => words.one("cli-token-was-ended", "day", &day(ended)),
        (None, Some(ends)) if ends <= now => words.one("cli-token-expired", "day", &day(ends)),
        (None, Some(ends)) => words.one("cli-token-until", "day", &day(ends)),
        (None, None) => words.t("cli-token-always"),
    }
}

async fn end(db: &Db, id: ApiTokenId, words: Words) -> Result<(), Failure> {
    let ended = db.write(Lane::Staff, None, async move |tx, now| tokens::end(tx, id, SYSTEM, now).await).await?;
    if !ended {
        return Err(Failure::said(words.one("cli-token-unknown", "id", &id)));
    }
    println!("{}", words.t("cli-token-ended"));
    Ok(())
}
