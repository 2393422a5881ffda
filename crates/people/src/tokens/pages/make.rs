use askama::Template;
use auth::Token;
use axum::extract::State;
use axum::http::StatusCode;
use db::Lane;
use kernel::{NotText, Text, long_date};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::{PATH, frame, reaches, scope_word};
use crate::tokens::issue::{Issued, NewToken, issue};

/// The longest name.
const NAME: usize = 60;
/// The most days that a token opens.
const DAYS: i64 = 365;
/// The days that the form proposes.
const PROPOSED: &str = "90";

#[derive(Template)]
#[template(path = "tokens/pages/new.html")]
struct NewPage {
    frame: Frame,
    path: &'static str,
    filled: Filled,
    scopes: Vec<(String, String, bool)>,
    days_hint: String,
    key: String,
}

#[derive(Template)]
#[template(path = "tokens/pages/made.html")]
struct MadePage {
    frame: Frame,
    path: &'static str,
    name: String,
    scopes: Vec<String>,
    until: String,
    secret: String,
}

/// The form.
pub(super) async fn form(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    reaches(&visit)?;
    let mut filled = Filled::default();
    filled.set("days", PROPOSED);
    page(&portal, &visit, filled, &[])
}

fn page(portal: &Portal, visit: &Visit, filled: Filled, chosen: &[String]) -> Result<Page, PageError> {
    let w = visit.words();
    let is_wrong = !filled.is_fine();
    let page = Page::html(&NewPage {
        frame: frame(portal, visit, w.t("tokens-new")).crumb(w.t("tokens-title"), PATH).here(),
        path: PATH,
        scopes: portal
            .matrix
            .token_scopes()
            .into_iter()
            .map(|scope| (scope.to_owned(), scope_word(scope, w), chosen.iter().any(|one| one == scope)))
            .collect(),
        days_hint: w.one("tokens-days-hint", "most", &DAYS),
        key: visit.now.uuid().to_string(),
        filled,
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Makes a token, and shows its secret: this once, and never again.
pub(super) async fn make(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    reaches(&visit)?;
    let w = visit.words();
    let chosen: Vec<String> = posted.all("scope").map(str::to_owned).collect();
    let new = match check(&portal, &posted, &chosen, w) {
        Ok(new) => new,
        Err(filled) => return page(&portal, &visit, filled, &chosen),
    };
    let secret = Token::random();
    let (key, by) = (posted.key(&portal, &visit), visit.actor.label());
    let (wanted, kept) = (new.clone(), secret.clone());
    let issued: Issued = portal.db.write(Lane::Staff, key, async move |tx, now| issue(tx, &wanted, &kept, &by, now).await).await?;
    Page::html(&MadePage {
        frame: frame(&portal, &visit, w.t("tokens-made")).crumb(w.t("tokens-title"), PATH).here(),
        path: PATH,
        scopes: new.scopes.iter().map(|scope| scope_word(scope, w)).collect(),
        name: new.name,
        until: long_date(issued.until.day(), w.lang),
        secret: if issued.is_of(&secret) { secret.text() } else { String::new() },
    })
}

/// What a key for a program is called; what is wrong with it is said at the field `name`.
pub fn name_of(posted: &Posted, filled: &mut Filled, w: Words) -> String {
    let wrong = match Text::<NAME>::new(&kernel::one_line(posted.get("name"))) {
        Ok(name) => return name.into_string(),
        Err(NotText::Empty) => w.t("tokens-name-empty"),
        Err(NotText::TooLong { .. }) => w.one("tokens-name-long", "most", &NAME),
    };
    filled.wrong("name", wrong);
    String::new()
}

fn check(portal: &Portal, posted: &Posted, chosen: &[String], w: Words) -> Result<NewToken, Filled> {
    let mut filled = Filled::from_posted(posted);
    let name = name_of(posted, &mut filled, w);
    let known = portal.matrix.token_scopes();
    if chosen.is_empty() || chosen.iter().any(|scope| !known.contains(scope.as_str())) {
        filled.wrong("scope", w.t("tokens-scope-first"));
    }
    let days = kernel::fold(posted.get("days")).trim_end_matches('日').parse::<i64>().ok().filter(|days| (1..=DAYS).contains(days));
    if days.is_none() {
        filled.wrong("days", w.one("tokens-days-wrong", "most", &DAYS));
    }
    match days {
        Some(days) if filled.is_fine() => Ok(NewToken { name, scopes: chosen.to_vec(), days }),
        _ => Err(filled),
    }
}
