use askama::Template;
use axum::extract::{Query, State};
use kernel::long_date;
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Visit};

use super::{PATH, frame, is_alive, reaches, scope_word, standing};

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Done {
    done: String,
}

struct Row {
    name: String,
    scopes: Vec<String>,
    made: String,
    used: String,
    shape: &'static str,
    standing: String,
    end: String,
}

#[derive(Template)]
#[template(path = "tokens/pages/list.html")]
struct ListPage {
    frame: Frame,
    path: &'static str,
    rows: Vec<Row>,
}

/// Every token, the newest first.
pub(super) async fn list(State(portal): State<Portal>, visit: Visit, Query(done): Query<Done>) -> Result<Page, PageError> {
    reaches(&visit)?;
    let tokens = portal.db.read(async |tx| access::tokens(tx).await).await?;
    let w = visit.words();
    let rows = tokens
        .iter()
        .map(|token| {
            let (shape, standing) = standing(token, visit.now, w);
            Row {
                name: token.name.clone(),
                scopes: token.scopes.split_whitespace().map(|scope| scope_word(scope, w)).collect(),
                made: long_date(token.issued_at.day(), w.lang),
                used: token.used_at.map_or_else(|| w.t("tokens-unused"), |at| long_date(at.day(), w.lang)),
                shape,
                standing,
                end: if is_alive(token, visit.now) { visit.to(&format!("{PATH}/{}/end", token.id)) } else { String::new() },
            }
        })
        .collect();
    let said = match done.done.as_str() {
        "ended" => w.t("tokens-done-ended"),
        _ => String::new(),
    };
    Page::html(&ListPage { frame: frame(&portal, &visit, w.t("tokens-title")).here().done(said), path: PATH, rows })
}
