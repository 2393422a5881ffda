use askama::Template;
use axum::extract::State;
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::{Answer, PATH, inner, sent};
use crate::desk_pages::Reading;
use crate::keys::{Lock, NewKey, NotMade, lock, make_key};

#[derive(Template)]
#[template(path = "keys/pages/mine.html")]
struct MinePage {
    frame: Frame,
    path: &'static str,
    account: String,
    /// The id of the key, should one be made.
    member: String,
    lock: Lock,
}

/// `GET /desk/keys/mine`: making one's own key, or another way to open it.
pub(super) async fn form(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let me = visit.account()?;
    let reading = Reading::of_no_case(me);
    let lock = portal.db.read(async move |tx| lock(tx, &reading).await).await?;
    Page::html(&MinePage {
        frame: inner(&portal, &visit, "desk-keys-mine"),
        path: PATH,
        account: me.to_string(),
        member: visit.now.uuid().to_string(),
        lock,
    })
}

/// `POST /desk/keys/mine`, by the script: takes the key that the browser made.
pub(super) async fn make(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let (me, by) = (visit.account()?, visit.actor.label());
    let key: NewKey = sent(&posted, "made")?;
    let made = portal.db.write(Lane::Staff, None, async move |tx, now| make_key(tx, me, &key, &by, now).await).await?;
    match made {
        Ok(()) => Answer::done(),
        Err(NotMade::Unsound) => Answer::refused(visit.words().t("desk-keys-refused-unsound")),
        Err(NotMade::Taken) => Answer::refused(visit.words().t("desk-keys-refused-again")),
    }
}
