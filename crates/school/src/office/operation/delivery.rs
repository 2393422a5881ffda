use access::{Decision, Scope};
use askama::Template;
use axum::extract::{Query, State};
use journal::MailId;
use journal::outbox::{self, MailRow, Shelf};
use kernel::Uuid;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::slice;
use std::sync::Arc;
use web::{Frame, MailAbout, Named, Naming, Page, PageError, Pager, Portal, Reader, Visit, Words};

use super::super::applicants::{mail_state, mail_words};
use super::super::staff_pages;
use super::audit::thing_word;

/// Which mails, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    state: String,
    before: String,
}

/// A mail of the log.
struct Row {
    what: String,
    /// What it was about, and so for whom; empty if that is not known.
    about: String,
    path: String,
    at: String,
    datetime: String,
    shape: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "office/operation/delivery.html")]
struct DeliveryPage {
    frame: Frame,
    tabs: Vec<(String, String, bool)>,
    rows: Vec<Row>,
    pager: Pager,
}

/// What is known of the things that mails are about.
struct Known {
    /// How things are named that the visitor may see.
    open: Vec<Naming>,
    /// Those that there still are, with their kinds.
    names: BTreeMap<Uuid, (&'static str, Named)>,
}

/// The page, being made.
type Showing = Pin<Box<dyn Future<Output = Result<Page, PageError>> + Send>>;

const SHELVES: [(&str, Shelf); 4] =
    [("gone", Shelf::Gone), ("waiting", Shelf::Waiting), ("failed", Shelf::Failed), ("bounced", Shelf::Bounced)];

/// What became of mails, newest first. `namings` is how the things of all wings are named, `mails` what their mails are about.
pub fn delivery(
    namings: Vec<Naming>,
    mails: Vec<MailAbout>,
) -> impl Fn(State<Portal>, Visit, Query<Asked>) -> Showing + Clone + Send + Sync + 'static {
    let (namings, mails): (Arc<[Naming]>, Arc<[MailAbout]>) = (namings.into(), mails.into());
    move |State(portal), visit, Query(asked)| {
        let (namings, mails) = (Arc::clone(&namings), Arc::clone(&mails));
        Box::pin(async move { show(&portal, &visit, &asked, &namings, mails).await })
    }
}

async fn show(portal: &Portal, visit: &Visit, asked: &Asked, namings: &[Naming], mails: Arc<[MailAbout]>) -> Result<Page, PageError> {
    staff_pages::reaches(visit)?;
    let (id, shelf) = SHELVES.into_iter().find(|(id, _)| *id == asked.state).unwrap_or(SHELVES[0]);
    let before: Option<MailId> = asked.before.parse().ok();
    let w = visit.words();
    // The log names nothing that the visitor could not look up: accounts are called by their addresses.
    let open: Vec<Naming> = namings.iter().filter(|naming| may_see(portal, visit, naming)).copied().collect();
    let (reader, asked_for, told) = (Reader { w, now: visit.now }, open.clone(), Arc::clone(&mails));
    let (leaf, names) = portal
        .db
        .read(async move |tx| {
            let leaf = outbox::list(tx, shelf, before).await?;
            let mut things: Vec<(&str, Uuid)> = Vec::new();
            for mail in &leaf.rows {
                things.extend(kinds_of(&told, mail).iter().map(|kind| (*kind, mail.object)));
            }
            let mut names = BTreeMap::new();
            for naming in &asked_for {
                let found = web::names(tx, slice::from_ref(naming), &things, reader).await?;
                names.extend(found.into_iter().map(|(id, named)| (id, (naming.kind, named))));
            }
            Ok((leaf, names))
        })
        .await?;
    let known = Known { open, names };
    let address = |state: &str| visit.to(&format!("/staff/delivery?state={state}"));
    let page = DeliveryPage {
        frame: staff_pages::frame(portal, visit, w.t("office-delivery")).here(),
        tabs: SHELVES.into_iter().map(|(other, _)| (address(other), w.t(&format!("office-shelf-{other}")), other == id)).collect(),
        pager: Pager::onward(leaf.next.map_or_else(String::new, |next| format!("{}&before={next}", address(id)))),
        rows: leaf.rows.iter().map(|mail| row(w, mail, kinds_of(&mails, mail), &known)).collect(),
    };
    Page::html(&page)
}

/// Whether the visitor may see the things of a kind, wherever they belong.
fn may_see(portal: &Portal, visit: &Visit, naming: &Naming) -> bool {
    matches!(portal.matrix.may(&visit.actor, naming.opens, None, visit.now), Decision::Allowed(Scope::All))
}

/// The kinds of things that a mail may be about.
fn kinds_of(mails: &[MailAbout], mail: &MailRow) -> &'static [&'static str] {
    mails.iter().find(|(kind, _)| *kind == mail.kind).map(|(_, things)| *things).unwrap_or_default()
}

fn row(w: Words, mail: &MailRow, kinds: &[&str], known: &Known) -> Row {
    let (shape, state) = mail_state(w, mail);
    let at = mail.sent_at.unwrap_or(mail.created_at);
    let (about, path) = about(w, mail, kinds, known);
    Row { what: mail_words(w, &mail.kind), about, path, at: staff_pages::long_moment(at, w.lang), datetime: at.rfc3339(), shape, state }
}

/// What a mail was about, by its name, and the address of its page; by its kind alone for whoever may not see it.
fn about(w: Words, mail: &MailRow, kinds: &[&str], known: &Known) -> (String, String) {
    if let Some((kind, named)) = known.names.get(&mail.object) {
        return (format!("{} {}", thing_word(w, kind), named.name).trim_end().to_owned(), named.path.clone());
    }
    let Some(word) = kinds.first().map(|kind| thing_word(w, kind)) else { return (String::new(), String::new()) };
    let would_be_seen = kinds.iter().all(|kind| known.open.iter().any(|naming| naming.kind == *kind));
    (if would_be_seen { w.one("office-thing-gone", "kind", &word) } else { word }, String::new())
}
