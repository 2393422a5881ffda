use askama::Template;
use axum::extract::{Query, State};
use kernel::long_date;
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Visit};

use super::{CLIENTS, PATH, frame, reaches};
use crate::clients::{self, Listed};

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Done {
    done: String,
}

struct Row {
    name: String,
    key: String,
    whose: String,
    made: String,
    shape: &'static str,
    standing: String,
    end: String,
}

#[derive(Template)]
#[template(path = "office/clients.html")]
struct ClientsPage {
    frame: Frame,
    path: &'static str,
    rows: Vec<Row>,
    /// Versions and where they are spoken.
    addresses: [(String, String); 3],
}

/// The programs that speak to the store, the newest first.
pub(super) async fn list(State(portal): State<Portal>, visit: Visit, Query(done): Query<Done>) -> Result<Page, PageError> {
    reaches(&visit)?;
    let all = portal.db.read(async |tx| clients::listed(tx).await).await?;
    let w = visit.words();
    let row = |Listed { client, organization }: Listed| Row {
        whose: organization.unwrap_or_else(|| w.t("records-of-portal")),
        made: long_date(client.made_at.day(), w.lang),
        shape: if client.ended_at.is_some() { "closed" } else { "done" },
        standing: client
            .ended_at
            .map_or_else(|| w.t("records-client-open"), |ended| w.one("tokens-ended", "day", &long_date(ended.day(), w.lang))),
        end: if client.ended_at.is_none() { visit.to(&format!("{CLIENTS}/{}/end", client.id)) } else { String::new() },
        name: client.name,
        key: client.key,
    };
    let said = match done.done.as_str() {
        "ended" => w.t("records-done-ended"),
        _ => String::new(),
    };
    let at = |path: &str| format!("{}{path}", portal.site.base_url);
    Page::html(&ClientsPage {
        frame: frame(&portal, &visit, w.t("records-clients")).crumb(w.t("records-title"), PATH).here().done(said),
        path: CLIENTS,
        rows: all.into_iter().map(row).collect(),
        addresses: [
            ("xAPI 2.0.0".to_owned(), at("/xapi/2.0.0")),
            ("xAPI 1.0.3".to_owned(), at("/xapi/1.0.3")),
            (w.t("records-address-either"), at("/xapi")),
        ],
    })
}
