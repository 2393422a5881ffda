//! Mails by rule of the sessions around the clock: some sent on their day, the next ones planned.

use db::{Lane, Tx};
use kernel::{Span, Timestamp};
use school::reminders;
use web::Portal;

use crate::failure::Failure;

/// So many days of mails lie behind the demo's clock.
const DAYS: i64 = 8;

/// Plans as if the program had run all the time, and puts what was due since into the outbox.
pub(super) async fn send(portal: &Portal) -> Result<(), Failure> {
    let write = async move |tx: &mut Tx<'_>, now: Timestamp| {
        reminders::make_up(tx, now.minus(Span::days(DAYS)), now).await?;
        reminders::look(tx, now).await
    };
    Ok(portal.db.write(Lane::Staff, None, write).await?)
}
