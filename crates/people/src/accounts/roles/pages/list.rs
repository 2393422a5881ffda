use access::{Role, Standing};
use askama::Template;
use axum::extract::{Query, State};
use kernel::long_moment;
use serde::Deserialize;
use web::{Frame, Numbered, Page, PageError, Pager, Portal, Visit, Words};

use super::{PATH, frame, operator, place_of, place_of_request, role_word, shape, standing_word};
use crate::accounts::recovery::waiting as waiting_recoveries;
use crate::accounts::roles::rules;
use crate::accounts::roles::store::{self, Held, Request, Sieve};

/// Rows on a page.
const ROWS: i64 = 50;

/// What the address asks for.
#[derive(Clone, Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    q: String,
    role: String,
    standing: String,
    page: String,
}

struct Row {
    href: String,
    email: String,
    role: String,
    place: String,
    shape: &'static str,
    standing: String,
    at: String,
}

struct Waiting {
    href: String,
    email: String,
    role: String,
    place: String,
    at: String,
}

#[derive(Template)]
#[template(path = "accounts/roles/pages/list.html")]
struct ListPage {
    frame: Frame,
    path: &'static str,
    asked: Asked,
    roles: Vec<(&'static str, String, bool)>,
    standings: Vec<(&'static str, String, bool)>,
    is_set: bool,
    total: String,
    waiting: Vec<Waiting>,
    alone: String,
    /// How many wait for a new way to sign in.
    recoveries: i64,
    rows: Vec<Row>,
    pager: Pager,
}

/// Who holds which role where, and what waits for a second person.
pub(super) async fn list(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    let me = operator(&visit)?;
    let w = visit.words();
    let asked = Asked { q: kernel::one_line(&asked.q).chars().take(100).collect(), ..asked };
    let role = rules::GIVEN.into_iter().find(|role| role.id() == asked.role);
    let standing = Standing::ALL.into_iter().find(|standing| standing.id() == asked.standing);
    let sieve = Sieve {
        text: asked.q.clone(),
        role: role.map_or_else(String::new, |role| role.id().to_owned()),
        standing: standing.map_or_else(String::new, |standing| standing.id().to_owned()),
    };
    let (wanted, now) = (asked.page.clone(), visit.now);
    let (rows, count, shown, requests, others, recoveries) = portal
        .db
        .read(async move |tx| {
            let count = store::count(tx, &sieve).await?;
            let shown = Numbered::of(count, ROWS, &wanted);
            Ok((
                store::list(tx, &sieve, shown.skipped(), shown.rows()).await?,
                count,
                shown,
                store::requests(tx).await?,
                store::count_other_operators(tx, me).await?,
                waiting_recoveries(tx, Some(me), now).await?,
            ))
        })
        .await?;
    let asked = Asked { role: role.map_or("", Role::id).to_owned(), standing: standing.map_or("", Standing::id).to_owned(), ..asked };
    let page = ListPage {
        frame: frame(&portal, &visit, w.t("roles-title")).here(),
        path: PATH,
        roles: rules::GIVEN.map(|one| (one.id(), role_word(one, w), role == Some(one))).to_vec(),
        standings: Standing::ALL.map(|one| (one.id(), standing_word(one, w), standing == Some(one))).to_vec(),
        is_set: !query(&asked, "").is_empty(),
        total: w.count("roles-total", count),
        waiting: requests.iter().map(|request| waiting(request, w)).collect(),
        alone: if others == 0 { w.t("roles-alone-note") } else { String::new() },
        recoveries,
        pager: shown.pager(w, |page| address(&asked, page, &visit)),
        rows: rows.iter().map(|held| row(held, w)).collect(),
        asked,
    };
    Page::html(&page)
}

fn row(held: &Held, w: Words) -> Row {
    Row {
        href: format!("{PATH}/{}", held.account),
        email: held.email.to_string(),
        role: role_word(held.role.0, w),
        place: place_of(held, w),
        shape: shape(held.standing.0),
        standing: standing_word(held.standing.0, w),
        at: long_moment(held.changed_at, w.lang),
    }
}

fn waiting(request: &Request, w: Words) -> Waiting {
    Waiting {
        href: format!("{PATH}/requests/{}", request.id),
        email: request.email.to_string(),
        role: role_word(request.role.0, w),
        place: place_of_request(request, w),
        at: long_moment(request.asked_at, w.lang),
    }
}

fn query(asked: &Asked, page: &str) -> String {
    let pairs = [("q", asked.q.as_str()), ("role", asked.role.as_str()), ("standing", asked.standing.as_str()), ("page", page)];
    let set: Vec<(&str, &str)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    serde_urlencoded::to_string(set).unwrap_or_default()
}

fn address(asked: &Asked, page: &str, visit: &Visit) -> String {
    let query = query(asked, page);
    visit.to(&if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") })
}
