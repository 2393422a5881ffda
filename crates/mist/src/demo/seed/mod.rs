//! What the demo finds when it begins: programmes, institutions, people and what they have done so far.
//!
//! Everything is made by the same verbs that people use, as if it had happened before now; the same clock makes the same data.

mod accounts;
mod applicants;
mod attendance;
mod certificates;
mod day;
mod desk;
mod dice;
mod figures;
mod films;
mod learning;
mod packages;
mod people;
mod plans;
mod reminders;
mod samples;
mod several;
mod years;

use db::Lane;
use web::{Portal, data_text, load_settings};

use super::{BY, is_marked, mark};
use crate::failure::Failure;
use crate::program;

pub(crate) use day::next_lobby;
pub(crate) use years::prepare as prepare_years;

/// The setting that says that everything below was made.
pub(super) const FILLED: &str = "demo.filled_at";

/// Fills a fresh database, or brings an older demo up to the clock's fiscal year.
///
/// `is_new` says that its tables were made just now; data that was there before is nobody's to add samples to.
pub(crate) async fn fill(portal: &Portal, is_new: bool) -> Result<(), Failure> {
    let settings = portal.db.read(async |tx| load_settings(tx).await).await?;
    if !is_marked(&settings) {
        if !is_new {
            return Err(Failure::Key("cli-demo-foreign"));
        }
        portal.db.write(Lane::Staff, None, async |tx, now| mark(tx, now).await).await?;
    }
    let is_filled = !settings.get(FILLED).is_empty();
    years::load_printed(portal).await?;
    years::prepare(portal).await?;
    texts(portal).await?;
    if is_filled {
        return Ok(());
    }
    accounts::organizations(portal).await?;
    accounts::people(portal).await?;
    accounts::recoveries(portal).await?;
    let sample = samples::add(portal).await?;
    applicants::apply(portal, &sample).await?;
    day::prepare_days(portal).await?;
    attendance::hold(portal).await?;
    certificates::issue(portal).await?;
    films::add(portal).await?;
    plans::ask(portal).await?;
    desk::set_up(portal).await?;
    learning::learn(portal).await?;
    packages::add(portal).await?;
    reminders::send(portal).await?;
    deliver_silently(portal).await?;
    figures::report(portal).await?;
    portal.db.write(Lane::Staff, None, async |tx, now| web::save_setting(tx, FILLED, &now.rfc3339(), BY, now).await).await?;
    portal.refresh().await?;
    Ok(())
}

/// Notices, questions, fixed pages, past letters and rules, the notices dated in the clock's fiscal year.
async fn texts(portal: &Portal) -> Result<(), Failure> {
    let load =
        async |tx: &mut db::Tx<'_>, now: kernel::Timestamp| gazette::load_texts(tx, kernel::FiscalYear::of(now.day()), true, now).await;
    Ok(portal.db.write(Lane::Staff, None, load).await?)
}

/// Sends what the samples have put into the outbox into a letter box that nobody opens: the delivery log is true, and
/// `/demo/mail` begins empty, so that a visitor's own mail is the first there.
async fn deliver_silently(portal: &Portal) -> Result<(), Failure> {
    let nobody = journal::sink::Sink::start().await?;
    let postman = program::to_the_sink(portal, &nobody)?;
    let delivered = postman.deliver_due(portal.now()).await?;
    tracing::info!(sent = delivered.sent, dropped = delivered.dropped, failed = delivered.failed, "the samples' mail is delivered");
    applicants::bounce(portal).await
}

/// A file of `data/demo`.
fn demo_file(name: &str) -> String {
    data_text(&format!("demo/{name}"))
}
