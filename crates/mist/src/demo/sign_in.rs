use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use db::{Lane, Tx};
use kernel::{Lang, Span, Timestamp, Uuid};
use people::accounts::{self, Browser};
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::cast::DemoPerson;
use super::house::AtHome;

/// How long the button of the page may wait.
const TICKET_LASTS: Span = Span::hours(12);

const PURPOSE: &str = "demo-sign-in";

#[derive(Template)]
#[template(path = "demo/sign_in.html")]
struct SignInPage {
    frame: Frame,
    action: String,
    role: String,
    try_first: String,
    ticket: String,
    spent: bool,
}

/// A button, since whatever fetches an address ahead must not sign anybody in.
pub(super) async fn show(State(portal): State<Portal>, visit: Visit, Path(part): Path<String>) -> Result<Page, PageError> {
    page(&portal, &visit, &part, false)
}

fn page(portal: &Portal, visit: &Visit, part: &str, spent: bool) -> Result<Page, PageError> {
    let person = DemoPerson::of(part).ok_or(PageError::NotFound)?;
    let w = visit.words();
    let ticket = portal.keys.sign(PURPOSE, &format!("{}/{}", visit.now.uuid(), visit.now.as_micros()));
    Page::html(&SignInPage {
        frame: Frame::new(portal, visit, w.t("demo-sign-in-title")).crumb(w.t("demo-title"), "/demo").here(),
        action: visit.to(&person.path()),
        role: person.name(w),
        try_first: person.try_first(w),
        ticket,
        spent,
    })
}

/// Signs in as the person of this part, once for each ticket. It counts as a fresh step-up.
pub(super) async fn open(
    State(portal): State<Portal>,
    visit: Visit,
    Path(part): Path<String>,
    AtHome(house): AtHome,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Page, PageError> {
    let person = DemoPerson::of(&part).ok_or(PageError::NotFound)?;
    let is_good = ticket(&portal, posted.get("ticket"), visit.now).is_some_and(|ticket| house.spend(ticket));
    if !is_good {
        return page(&portal, &visit, &part, true);
    }
    let browser = Browser::of(&portal, &visit, &headers);
    let (email, opened) = (person.email(), browser.clone());
    let sign_in = async move |tx: &mut Tx<'_>, now| {
        let account = accounts::ensure(tx, &email, Lang::Ja, now).await?.id;
        accounts::open_for_demo(tx, account, &opened, now).await
    };
    portal.db.write(Lane::Staff, None, sign_in).await?;
    Ok(browser.keep(&portal, Page::see_other(&visit.to(person.home))))
}

/// The ticket's number, if it is ours and not too old.
fn ticket(portal: &Portal, signed: &str, now: Timestamp) -> Option<Uuid> {
    let (number, made) = portal.keys.verify(PURPOSE, signed)?.split_once('/')?;
    let made = Timestamp::from_micros(made.parse().ok()?);
    (made <= now && now.since(made) <= TICKET_LASTS).then(|| number.parse().ok())?
}
