use askama::Template;
use axum::extract::{Query, State};
use kernel::long_date;
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Visit, page_of};

use super::{PATH, frame, is_alive, reaches, scope_word, standing};

/// Tokens on a page.
const ROWS: i64 = 50;

/// What was just done, and which page, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    done: String,
    page: String,
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
    pager: Pager,
}

/// Every token, the newest first.
pub(super) async fn list(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    reaches(&visit)?;
    let (number, skipped) = page_of(&asked.page, ROWS);
    let mut tokens = portal.db.read(async move |tx| access::tokens(tx, skipped, ROWS + 1).await).await?;
    let pager = Pager::numbered(&visit, PATH, (number, ROWS), &mut tokens);
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
    let said = match asked.done.as_str() {
        "ended" => w.t("tokens-done-ended"),
        _ => String::new(),
    };
    Page::html(&ListPage { frame: frame(&portal, &visit, w.t("tokens-title")).here().done(said), path: PATH, rows, pager })
}
