use axum::extract::State;
use db::Lane;
use web::{Filled, Page, PageError, Portal, Posted, Visit};

use super::invite::{Read, confirm, page, read, refused};
use super::{PATH, operator, reason};
use crate::accounts::roles::ask::{Asked, NotAsked, ask};

/// Sends the invitation, or asks another operator to approve it.
pub(super) async fn send(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let me = operator(&visit)?;
    let w = visit.words();
    let wanted = match read(&portal, &visit, &posted).await? {
        Read::Wanted(wanted) => wanted,
        Read::Wrong(filled, candidates) => return page(&portal, &visit, filled, &candidates),
    };
    for field in ["exception", "alone"] {
        // A reason that was left out is asked for below, if one is needed at all.
        if posted.has(field)
            && let Err(wrong) = reason(&posted, field, w)
        {
            let mut filled = Filled::from_posted(&posted);
            filled.wrong(field, wrong);
            return confirm(&portal, &visit, &posted, wanted, me, filled).await;
        }
    }
    let (key, asked) = (posted.key(&portal, &visit), wanted.clone());
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| ask(tx, &asked, me, now).await).await?;
    let missing = match outcome {
        Ok(Asked::Invited(account)) => return Ok(Page::see_other(&visit.to(&format!("{PATH}/{account}?done=invited")))),
        Ok(Asked::Requested(account)) => return Ok(Page::see_other(&visit.to(&format!("{PATH}/{account}?done=requested")))),
        Err(NotAsked::Excluded(_)) => "exception",
        Err(NotAsked::Alone) => "alone",
        Err(not) => return refused(&portal, &visit, &posted, not),
    };
    let mut filled = Filled::from_posted(&posted);
    filled.wrong(missing, w.t("roles-reason-empty"));
    // The refusal is what this key answers from now on.
    let posted_again = Posted::default();
    confirm(&portal, &visit, &posted_again, wanted, me, filled).await
}
