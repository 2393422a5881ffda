use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::{DbResult, Lane, Tx};
use people::persons::{self, PersonId};
use web::{Frame, Page, PageError, Portal, Posted, Section, Visit};

use crate::archive;
use crate::office::staff_pages::long_moment;
use crate::reminders::mail::CHOICE;
use crate::reminders::rule::Rule;
use crate::reminders::store;
use crate::reminders::why::class_words;

/// The notice that recordings are there, which the archive keeps its own list of.
const FILMS: &str = "archive";

/// A mail that one may have or not.
struct Line {
    id: &'static str,
    name: String,
    small: String,
    wanted: bool,
}

#[derive(Template)]
#[template(path = "reminders/pages/choice.html")]
struct ChoicePage {
    frame: Frame,
    /// Where the form goes; empty for a link that is not ours.
    path: String,
    /// `t…@example.jp`: by the link, whoever holds it is told no more.
    address: String,
    optional: Vec<Line>,
    necessary: Vec<String>,
    returned: String,
}

/// What one address wants, and how mail to it fared.
struct Choice {
    email: String,
    declined: Vec<Rule>,
    films: bool,
    returned: Option<store::Returned>,
}

impl Choice {
    async fn of(tx: &mut Tx<'_>, email: String) -> DbResult<Self> {
        let declined = store::declined(tx, &email).await?;
        let films = !archive::store::is_declined(tx, &email).await?;
        Ok(Self { declined, films, returned: store::returned(tx, &email).await?, email })
    }
}

/// The mails of whoever signed in.
pub async fn mine(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let account = visit.account()?;
    let found = portal
        .db
        .read(async move |tx| match people::accounts::find(tx, account).await? {
            Some(account) => Choice::of(tx, account.email.to_string()).await.map(Some),
            None => Ok(None),
        })
        .await?;
    let choice = found.ok_or(PageError::SignInFirst)?;
    let address = choice.email.clone();
    page(&portal, &visit, Some(choice), "/my/mails".to_owned(), address)
}

/// The same by the link of a mail.
pub async fn by_link(State(portal): State<Portal>, visit: Visit, Path(token): Path<String>) -> Result<Page, PageError> {
    let Some(person) = named(&portal, &token) else { return page(&portal, &visit, None, String::new(), String::new()) };
    let found = portal
        .db
        .read(async move |tx| match persons::find(tx, person).await? {
            Some(person) => Choice::of(tx, person.email).await.map(Some),
            None => Ok(None),
        })
        .await?;
    let path = if found.is_some() { format!("/mails/{token}") } else { String::new() };
    let address = found.as_ref().map_or_else(String::new, |choice| veiled(&choice.email));
    page(&portal, &visit, found, path, address)
}

/// The person whose link this is, if it is ours.
fn named(portal: &Portal, token: &str) -> Option<PersonId> {
    portal.keys.verify(CHOICE, token)?.parse().ok()
}

/// t…@example.jp
fn veiled(email: &str) -> String {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    format!("{}…@{domain}", local.chars().next().unwrap_or_default())
}

fn page(portal: &Portal, visit: &Visit, choice: Option<Choice>, path: String, address: String) -> Result<Page, PageError> {
    let w = visit.words();
    let frame = Frame::new(portal, visit, w.t("mails-choice-title"));
    let frame = if path == "/my/mails" { frame.in_section(Section::My).crumb(w.t("my-title"), "/my") } else { frame };
    let done = if visit.query == "done=kept" { w.t("mails-choice-done") } else { String::new() };
    let (optional, returned) = choice.map_or_else(Default::default, |choice| {
        let rules = Rule::ALL.into_iter().filter(|rule| rule.given().optional).map(|rule| Line {
            id: rule.id(),
            name: w.t(&format!("mails-{}-name", rule.id())),
            small: w.t(&format!("mails-{}-to", rule.id())),
            wanted: !choice.declined.contains(&rule),
        });
        let films = Line { id: FILMS, name: w.t("mails-archive-name"), small: w.t("mails-archive-to"), wanted: choice.films };
        let returned = choice.returned.map_or_else(String::new, |returned| {
            let values = [("at", long_moment(returned.bounced_at, w.lang)), ("why", class_words(w, &returned.class))];
            w.with("mails-choice-returned", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
        });
        (rules.chain([films]).collect(), returned)
    });
    let necessary = Rule::ALL.into_iter().filter(|rule| !rule.given().optional).map(|rule| w.t(&format!("mails-{}-name", rule.id())));
    Page::html(&ChoicePage {
        frame: frame.here().done(done),
        path,
        address,
        optional,
        necessary: [w.t("mails-choice-changes")].into_iter().chain(necessary).collect(),
        returned,
    })
}

/// Keeps what was chosen by whoever signed in.
pub async fn keep_mine(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let account = visit.account()?;
    let key = posted.key(&portal, &visit);
    let write = async move |tx: &mut Tx<'_>, now| match people::accounts::find(tx, account).await? {
        Some(account) => keep(tx, account.email.as_str(), &posted, now).await,
        None => Ok(()),
    };
    portal.db.write(Lane::Public, key, write).await?;
    Ok(Page::see_other(&visit.to("/my/mails?done=kept")))
}

/// Keeps what was chosen by the link of a mail.
pub async fn keep_by_link(
    State(portal): State<Portal>,
    visit: Visit,
    Path(token): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let Some(person) = named(&portal, &token) else { return page(&portal, &visit, None, String::new(), String::new()) };
    let write = async move |tx: &mut Tx<'_>, now| match persons::find(tx, person).await? {
        Some(person) => keep(tx, &person.email, &posted, now).await,
        None => Ok(()),
    };
    portal.db.write(Lane::Public, None, write).await?;
    Ok(Page::see_other(&visit.to(&format!("/mails/{token}?done=kept"))))
}

async fn keep(tx: &mut Tx<'_>, email: &str, posted: &Posted, now: kernel::Timestamp) -> DbResult<()> {
    if posted.get("do") == "confirm" {
        return store::confirm(tx, email, now).await;
    }
    let wanted: Vec<&str> = posted.all("want").collect();
    for rule in Rule::ALL.into_iter().filter(|rule| rule.given().optional) {
        if wanted.contains(&rule.id()) {
            store::accept(tx, email, rule).await?;
        } else {
            store::decline(tx, email, rule, now).await?;
        }
    }
    if wanted.contains(&FILMS) { archive::store::accept(tx, email).await } else { archive::store::decline(tx, email, now).await }
}

/// Ends the kinds of one mail at the press of a button in a mail program (RFC 8058): it brings no cookie, and answers no question.
pub async fn end(State(portal): State<Portal>, Path((token, rules)): Path<(String, String)>) -> Result<Page, PageError> {
    let person = named(&portal, &token).ok_or(PageError::NotFound)?;
    let rules: Vec<Rule> = rules.split('.').filter_map(Rule::of).filter(|rule| rule.given().optional).collect();
    let write = async move |tx: &mut Tx<'_>, now| {
        let Some(person) = persons::find(tx, person).await? else { return Ok(()) };
        for rule in &rules {
            store::decline(tx, &person.email, *rule, now).await?;
        }
        Ok(())
    };
    portal.db.write(Lane::Public, None, write).await?;
    Ok(Page::of("text/plain; charset=utf-8", Vec::new()).status(StatusCode::NO_CONTENT))
}
