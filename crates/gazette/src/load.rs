use db::{DbResult, Tx};
use kernel::{FiscalYear, Timestamp};
use web::data_text;

use crate::{faq, letters, notices, pages};

/// Enters what `data/` says: notices, questions, fixed pages, past letters and rules. What is known already stays as it is.
///
/// `year` is the fiscal year of the clock: the notices of the demo (`demo`) are dated in it.
pub async fn load_texts(tx: &mut Tx<'_>, year: FiscalYear, demo: bool, now: Timestamp) -> DbResult<()> {
    let notices = notices::load(tx, year, demo, now).await?;
    let questions = faq::load(tx, now).await?;
    let pages = pages::load(tx, now).await?;
    if let Err(error) = letters::load_notices(tx, &data_text("notices.toml"), now).await? {
        tracing::error!(%error, "the letters and rules that are shipped cannot be read");
    }
    tracing::info!(notices, questions, pages, "texts were entered");
    Ok(())
}
