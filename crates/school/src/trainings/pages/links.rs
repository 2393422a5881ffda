use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{EmailAddress, Uuid};
use people::accounts::Asks;
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Section, Visit};

use super::form::check_email;
use crate::trainings::interest::{self, Wish, ask_to_be_told};
use crate::trainings::links::{ASKS, send_links};
use crate::trainings::programme::Audience;
use crate::trainings::store;

use crate::trainings::END_OF_TELLING as END;

#[derive(Template)]
#[template(path = "trainings/pages/address.html")]
struct AddressPage {
    frame: Frame,
    lead: String,
    action: String,
    button: String,
    wish: &'static str,
    filled: Filled,
    key: String,
}

#[derive(Template)]
#[template(path = "trainings/pages/said.html")]
struct SaidPage {
    frame: Frame,
    text: String,
    href: String,
    link: String,
}

#[derive(Template)]
#[template(path = "trainings/pages/end.html")]
struct EndPage {
    frame: Frame,
    action: String,
}

/// What somebody wants to be told, from the address.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    about: String,
}

fn wish(about: &str) -> Wish {
    if about == Wish::Archive.id() { Wish::Archive } else { Wish::Opening }
}

fn frame(portal: &Portal, visit: &Visit, key: &str) -> Frame {
    let w = visit.words();
    Frame::new(portal, visit, w.t(key)).in_section(Section::Trainings).crumb(w.t("trainings-title"), "/trainings").here()
}

fn address_page(page: &AddressPage) -> Result<Page, PageError> {
    let is_wrong = !page.filled.is_fine();
    let page = Page::html(page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

fn links_page(portal: &Portal, visit: &Visit, filled: Filled) -> Result<Page, PageError> {
    let w = visit.words();
    address_page(&AddressPage {
        frame: frame(portal, visit, "links-title"),
        lead: w.t("links-lead"),
        action: "/links".into(),
        button: w.t("links-button"),
        wish: "",
        filled,
        key: visit.now.uuid().to_string(),
    })
}

fn address(posted: &Posted, visit: &Visit) -> Result<EmailAddress, Filled> {
    let mut filled = Filled::from_posted(posted);
    check_email(&mut filled, visit.words()).ok_or(filled)
}

/// The form with the address that was meant, if the button was pressed that puts it in.
fn mended(posted: &Posted) -> Option<Filled> {
    let meant = posted.get("fix").strip_prefix("email:")?;
    let mut filled = Filled::from_posted(posted);
    filled.set("email", meant);
    Some(filled)
}

/// "Enter your address, get all your links."
pub async fn form(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    links_page(&portal, &visit, Filled::default())
}

/// Mails the links. The answer is the same whether the address is known or not, and however often somebody asks.
pub async fn send(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    if let Some(filled) = mended(&posted) {
        return links_page(&portal, &visit, filled);
    }
    let email = match address(&posted, &visit) {
        Ok(email) => email,
        Err(filled) => return links_page(&portal, &visit, filled),
    };
    let (lang, shown) = (visit.lang, email.as_str().to_owned());
    let key = posted.key(&portal, &visit);
    let asks = Asks::of(&portal.keys, ASKS, &email);
    portal.db.write(Lane::Public, key, async move |tx, now| send_links(tx, &email, lang, asks, now).await).await?;
    let w = visit.words();
    Page::html(&SaidPage {
        frame: frame(&portal, &visit, "links-sent-title"),
        text: w.one("links-sent-text", "address", &shown),
        href: "/trainings".into(),
        link: w.t("trainings-title"),
    })
}

/// The page for a link that is none of ours as it stands: mail programs cut long ones. Whatever is wrong with it, it says the same.
pub fn broken(portal: &Portal, visit: &Visit) -> Result<Page, PageError> {
    let w = visit.words();
    let page = SaidPage {
        frame: frame(portal, visit, "link-broken-title"),
        text: w.t("link-broken-text"),
        href: "/links".into(),
        link: w.t("link-old-ask"),
    };
    Ok(Page::html(&page)?.status(StatusCode::NOT_FOUND))
}

/// The page for a link that no longer opens.
pub fn old(portal: &Portal, visit: &Visit) -> Result<Page, PageError> {
    let w = visit.words();
    let page = SaidPage {
        frame: frame(portal, visit, "link-old-title"),
        text: w.t("link-old-text"),
        href: "/links".into(),
        link: w.t("link-old-ask"),
    };
    Ok(Page::html(&page)?.status(StatusCode::GONE))
}

fn tell_page(portal: &Portal, visit: &Visit, audience: Audience, wish: Wish, filled: Filled) -> Result<Page, PageError> {
    let w = visit.words();
    let (title, lead) = match wish {
        Wish::Opening => ("tell-title", "tell-lead"),
        Wish::Archive => ("tell-archive-title", "tell-archive-lead"),
    };
    address_page(&AddressPage {
        frame: frame(portal, visit, title),
        lead: w.one(lead, "course", audience.prose().name(visit.lang)),
        action: format!("/tell-me/{audience}"),
        button: w.t("tell-button"),
        wish: wish.id(),
        filled,
        key: visit.now.uuid().to_string(),
    })
}

/// "Tell me when it opens", for one of the four audiences.
pub async fn tell_form(
    State(portal): State<Portal>,
    visit: Visit,
    Path(audience): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let audience: Audience = audience.parse().map_err(|_| PageError::NotFound)?;
    tell_page(&portal, &visit, audience, wish(&asked.about), Filled::default())
}

/// Notes the wish and confirms it by mail.
pub async fn tell(State(portal): State<Portal>, visit: Visit, Path(audience): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let audience: Audience = audience.parse().map_err(|_| PageError::NotFound)?;
    let wish = wish(posted.get("about"));
    if let Some(filled) = mended(&posted) {
        return tell_page(&portal, &visit, audience, wish, filled);
    }
    let email = match address(&posted, &visit) {
        Ok(email) => email,
        Err(filled) => return tell_page(&portal, &visit, audience, wish, filled),
    };
    let (lang, shown) = (visit.lang, email.as_str().to_owned());
    let key = posted.key(&portal, &visit);
    let asks = Asks::of(&portal.keys, interest::ASKS, &email);
    let write = async move |tx: &mut db::Tx<'_>, now| ask_to_be_told(tx, wish, audience, &email, lang, asks, now).await;
    portal.db.write(Lane::Public, key, write).await?;
    let w = visit.words();
    Page::html(&SaidPage {
        frame: frame(&portal, &visit, "tell-done-title"),
        text: w.one("tell-done-text", "address", &shown),
        href: "/trainings".into(),
        link: w.t("trainings-title"),
    })
}

/// The button that ends a wish; opening the link alone changes nothing, since mail scanners open links.
pub async fn end_form(State(portal): State<Portal>, visit: Visit, Path(token): Path<String>) -> Result<Page, PageError> {
    portal.keys.verify(END, &token).ok_or(PageError::NotFound)?;
    Page::html(&EndPage { frame: frame(&portal, &visit, "tell-end-title"), action: format!("/tell-me/end/{token}") })
}

/// Ends a wish.
pub async fn end(State(portal): State<Portal>, visit: Visit, Path(token): Path<String>) -> Result<Page, PageError> {
    let id: Uuid = portal.keys.verify(END, &token).and_then(|id| id.parse().ok()).ok_or(PageError::NotFound)?;
    portal.db.write(Lane::Public, None, async move |tx, now| store::end_interest(tx, id, now).await).await?;
    let w = visit.words();
    Page::html(&SaidPage {
        frame: frame(&portal, &visit, "tell-ended-title"),
        text: w.t("tell-ended-text"),
        href: "/trainings".into(),
        link: w.t("trainings-title"),
    })
}
