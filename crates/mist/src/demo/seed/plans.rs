use access::{Hand, Label, Role};
use db::{DbResult, Lane, Tx};
use kernel::{FiscalYear, Lang, Span, Timestamp};
use people::accounts;
use school::office::plans::{self, Bulk, Seen, Step};
use school::trainings::session::SessionId;
use school::trainings::store;
use web::{Portal, Words};

use crate::failure::Failure;

/// How many sessions the sample changes.
const SESSIONS: usize = 3;

/// A change that a colleague has planned, and asks to be looked at: whoever plays the secretariat or the ministry finds it waiting.
pub(super) async fn ask(portal: &Portal) -> Result<(), Failure> {
    let note = Words::of(Lang::Ja).t("demo-sample-plan");
    Ok(portal.db.write(Lane::Staff, None, async move |tx, now| plan(tx, &note, now).await).await?)
}

async fn plan(tx: &mut Tx<'_>, note: &str, now: Timestamp) -> DbResult<()> {
    let year = FiscalYear::of(now.day());
    let Some(programme) = store::programme(tx, year).await? else { return Ok(()) };
    let mut ahead = store::sessions(tx, programme.id).await?;
    let soon = now.plus(Span::days(30));
    ahead.retain(|session| session.cancelled_at.is_none() && session.starts_at.is_some_and(|starts| starts > soon));
    ahead.sort_by_key(|session| session.starts_at);
    let chosen: Vec<SessionId> = ahead.iter().take(SESSIONS).map(|session| session.id).collect();
    let address = "jimukyoku2@example.jp".parse().expect("a sample's address is one");
    let account = accounts::ensure(tx, &address, Lang::Ja, now).await?.id;
    let hand = Hand { actor: Label::Account(account).to_string(), role: Some(Role::Secretariat) };
    let bulk = Bulk { seats: Some(Some(500)), waiting_places: Some(Some(50)), ..Bulk::default() };
    // Late in a year there is nothing left to change.
    let Ok(plan) = plans::change_sessions(tx, year, &chosen, &bulk, &hand, now).await? else { return Ok(()) };
    if plans::advance(tx, Seen { plan, revision: 0 }, Step::Requested, note, true, &hand, now).await?.is_err() {
        tracing::warn!("nobody was asked to look at the sample's plan");
    }
    Ok(())
}
