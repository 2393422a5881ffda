use access::{AccountId, MembershipId};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::{PATH, frame_below, operator, place_of, reason, role_word, shape, standing_word};
use crate::accounts::roles::change::{Change, NotChanged, change as change_role};
use crate::accounts::roles::store::{self, Held};

/// What is to be done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    r#do: String,
}

#[derive(Template)]
#[template(path = "accounts/roles/pages/change.html")]
struct ChangePage {
    frame: Frame,
    action: String,
    back: String,
    what: &'static str,
    email: String,
    role: String,
    place: String,
    shape: &'static str,
    standing: String,
    will: Vec<String>,
    filled: Filled,
    button: String,
    key: String,
}

/// Says what will happen, and asks why.
pub(super) async fn form(
    State(portal): State<Portal>,
    visit: Visit,
    Path((account, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let me = operator(&visit)?;
    let change = known(&asked.r#do).ok_or(PageError::NotFound)?;
    let held = held(&portal, &account, &id).await?;
    if held.account == me || !change.fits(held.standing.0) {
        return Err(PageError::NotFound);
    }
    page(&portal, &visit, &held, change, Filled::default())
}

fn known(id: &str) -> Option<Change> {
    Change::ALL.into_iter().find(|change| change.id() == id)
}

async fn held(portal: &Portal, account: &str, id: &str) -> Result<Held, PageError> {
    let account: AccountId = account.parse().map_err(|_| PageError::NotFound)?;
    let id: MembershipId = id.parse().map_err(|_| PageError::NotFound)?;
    let held = portal.db.read(async move |tx| store::held(tx, id).await).await?;
    held.filter(|held| held.account == account).ok_or(PageError::NotFound)
}

fn page(portal: &Portal, visit: &Visit, held: &Held, change: Change, filled: Filled) -> Result<Page, PageError> {
    let w = visit.words();
    let person = format!("{PATH}/{}", held.account);
    let is_wrong = !filled.is_fine();
    let page = Page::html(&ChangePage {
        frame: frame_below(portal, visit, w.t(&format!("roles-{}-title", change.id()))).crumb(held.email.to_string(), &person).here(),
        action: visit.to(&format!("{person}/roles/{}", held.id)),
        back: visit.to(&person),
        what: change.id(),
        email: held.email.to_string(),
        role: role_word(held.role.0, w),
        place: place_of(held, w),
        shape: shape(held.standing.0),
        standing: standing_word(held.standing.0, w),
        will: vec![
            w.t(&format!("roles-{}-will", change.id())),
            w.t("roles-will-sign-out"),
            w.one("roles-will-tell", "address", held.email.as_str()),
        ],
        button: w.t(&format!("roles-{}-button", change.id())),
        key: visit.now.uuid().to_string(),
        filled,
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Suspends, reinstates or ends.
pub(super) async fn change(
    State(portal): State<Portal>,
    visit: Visit,
    Path((account, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let me = operator(&visit)?;
    let w = visit.words();
    let held = held(&portal, &account, &id).await?;
    let change = known(posted.get("do")).ok_or(PageError::NotFound)?;
    let reason = match reason(&posted, "reason", w) {
        Ok(reason) => reason,
        Err(wrong) => {
            let mut filled = Filled::from_posted(&posted);
            filled.wrong("reason", wrong);
            return page(&portal, &visit, &held, change, filled);
        }
    };
    let (key, role) = (posted.key(&portal, &visit), held.id);
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| change_role(tx, role, change, &reason, me, now).await).await?;
    let said = match outcome {
        Ok(account) => return Ok(Page::see_other(&visit.to(&format!("{PATH}/{account}?done={}", change.id())))),
        Err(NotChanged::Unknown) => return Err(PageError::NotFound),
        Err(NotChanged::Own) => w.t("roles-not-own"),
        Err(NotChanged::Overtaken) => w.t("roles-not-overtaken"),
        Err(NotChanged::Excluded(role)) => w.one("roles-excluded-now", "role", &role_word(role, w)),
    };
    let mut filled = Filled::from_posted(&posted);
    filled.wrong("reason", said);
    Ok(page(&portal, &visit, &held, change, filled)?.status(StatusCode::CONFLICT))
}
