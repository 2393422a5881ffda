use access::AccountId;
use askama::Template;
use axum::extract::{Path, Query, State};
use journal::audit::{Recorded, SYSTEM, history_of};
use kernel::long_moment;
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Visit, Words};

use super::{PATH, frame_below, operator, place_of, place_of_request, role_word, shape, standing_word};
use crate::accounts::roles::change::Change;
use crate::accounts::roles::store;
use crate::accounts::{find, named};

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Done {
    done: String,
}

struct Role {
    word: String,
    place: String,
    shape: &'static str,
    standing: String,
    at: String,
    changes: Vec<(String, String)>,
}

struct Waiting {
    href: String,
    word: String,
    place: String,
    at: String,
}

struct Happened {
    at: String,
    datetime: String,
    who: String,
    what: String,
    why: String,
}

#[derive(Template)]
#[template(path = "accounts/roles/pages/person.html")]
struct PersonPage {
    frame: Frame,
    since: String,
    is_own: bool,
    roles: Vec<Role>,
    waiting: Vec<Waiting>,
    history: Vec<Happened>,
}

/// The outcomes that the page can say.
const SAID: [&str; 7] = ["invited", "requested", "approved", "refused", "suspend", "reinstate", "end"];

/// One person: the roles, what can be done about them, and what has happened.
pub(super) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(account): Path<String>,
    Query(done): Query<Done>,
) -> Result<Page, PageError> {
    let me = operator(&visit)?;
    let id: AccountId = account.parse().map_err(|_| PageError::NotFound)?;
    let found = portal
        .db
        .read(async move |tx| {
            let Some(account) = find(tx, id).await? else { return Ok(None) };
            let held = store::of_account(tx, id).await?;
            let waiting = store::requests_of(tx, id).await?;
            let history = history_of(tx, "account", id, None).await?.rows;
            let actors = named(tx, history.iter().map(|entry| entry.actor.as_str())).await?;
            Ok(Some((account, held, waiting, history, actors)))
        })
        .await?;
    let (account, held, waiting, history, actors) = found.ok_or(PageError::NotFound)?;
    let w = visit.words();
    let said = SAID.into_iter().find(|said| *said == done.done).map_or_else(String::new, |said| w.t(&format!("roles-done-{said}")));
    let roles = held
        .iter()
        .map(|role| Role {
            word: role_word(role.role.0, w),
            place: place_of(role, w),
            shape: shape(role.standing.0),
            standing: standing_word(role.standing.0, w),
            at: long_moment(role.changed_at, w.lang),
            changes: Change::ALL
                .into_iter()
                .filter(|change| id != me && change.fits(role.standing.0))
                .map(|change| {
                    (visit.to(&format!("{PATH}/{id}/roles/{}?do={}", role.id, change.id())), w.t(&format!("roles-{}", change.id())))
                })
                .collect(),
        })
        .collect();
    let waiting = waiting
        .iter()
        .map(|request| Waiting {
            href: visit.to(&format!("{PATH}/requests/{}", request.id)),
            word: role_word(request.role.0, w),
            place: place_of_request(request, w),
            at: long_moment(request.asked_at, w.lang),
        })
        .collect();
    Page::html(&PersonPage {
        frame: frame_below(&portal, &visit, account.email.to_string()).here().done(said),
        since: long_moment(account.created_at, w.lang),
        is_own: id == me,
        roles,
        waiting,
        history: history.iter().map(|entry| happened(entry, &actors, w)).collect(),
    })
}

fn happened(entry: &Recorded, known: &[(String, String)], w: Words) -> Happened {
    let account = known.iter().find(|(label, _)| *label == entry.actor).map(|(_, address)| address.clone());
    let nobody = if entry.actor == SYSTEM { "office-who-system" } else { "office-who-account" };
    let key = format!("office-act-{}", entry.act.replace(['.', '_'], "-"));
    let act = if w.has(&key) { w.t(&key) } else { w.t("office-act-other") };
    let role = entry.detail.get("role").and_then(serde_json::Value::as_str).or(entry.role.as_deref());
    let role = role.filter(|_| entry.act != "accounts.signed_in").and_then(|role| role.parse().ok()).map(|role| role_word(role, w));
    Happened {
        at: long_moment(entry.at, w.lang),
        datetime: entry.at.rfc3339(),
        who: account.unwrap_or_else(|| w.t(nobody)),
        what: role.map_or_else(|| act.clone(), |role| w.with("roles-history-act", &[("act", &act), ("role", &role)])),
        why: entry.reason.clone().unwrap_or_default(),
    }
}
