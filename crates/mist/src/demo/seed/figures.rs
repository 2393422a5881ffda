use db::Lane;
use school::figures::{Draft, Month, issue};
use web::Portal;

use crate::between::count_inquiries;
use crate::failure::Failure;

/// Issues the reports of the two months before this one, where there was a programme.
pub(super) async fn report(portal: &Portal) -> Result<(), Failure> {
    let last = Month::of(portal.now().day()).before();
    for month in [last.before(), last] {
        let draft = portal.db.read(async move |tx| Draft::of(tx, month, count_inquiries).await).await?;
        let Some(draft) = draft else { continue };
        let bytes = draft.file(portal.now().day()).map_err(Failure::said)?;
        let Draft { edition, sheets, .. } = draft;
        let work = async move |tx: &mut db::Tx<'_>, now| issue(tx, month, edition, &sheets, &bytes, journal::audit::SYSTEM, now).await;
        if portal.db.write(Lane::Staff, None, work).await?.is_err() {
            tracing::warn!(%month, "the report of a month was not issued");
        }
    }
    Ok(())
}
