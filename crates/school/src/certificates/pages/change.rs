use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{NotText, Text, one_line};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::show::{certificate, frame};
use crate::certificates::certificate::{Certificate, Kind};
use crate::certificates::file;
use crate::certificates::printed::Era;
use crate::certificates::reissue::{self as again, Corrected, NotReissued};
use crate::certificates::revoke::{self as ending, NotRevoked, Why};

#[derive(Template)]
#[template(path = "certificates/pages/reissue.html")]
struct ReissuePage {
    frame: Frame,
    path: String,
    filled: Filled,
    eras: Vec<(&'static str, String)>,
    needs_workplace: bool,
    refused: bool,
}

#[derive(Template)]
#[template(path = "certificates/pages/revoke.html")]
struct RevokePage {
    frame: Frame,
    path: String,
    name: String,
    filled: Filled,
    reasons: Vec<(&'static str, String)>,
    refused: bool,
}

/// What a reissue would do, and what is to be printed instead.
pub async fn reissue_form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let certificate = certificate(&portal, &visit, &id).await?;
    let mut filled = Filled::default();
    filled.set("name", certificate.printed.name.as_str());
    filled.set("organization", certificate.printed.organization.as_str());
    filled.set("era", portal.settings().get("certificate.era"));
    reissue_page(&portal, &visit, &certificate, filled)
}

fn reissue_page(portal: &Portal, visit: &Visit, certificate: &Certificate, filled: Filled) -> Result<Page, PageError> {
    let w = visit.words();
    let refused = certificate.revoked_at.is_some();
    let status = status(&filled, refused);
    let page = ReissuePage {
        frame: frame(portal, visit, certificate, w.t("certificates-reissue")).here(),
        path: format!("/staff/certificates/{}", certificate.id),
        eras: Era::ALL.into_iter().map(|era| (era.id(), w.t(&format!("settings-certificate-era-{}", era.id())))).collect(),
        needs_workplace: needs_workplace(certificate),
        filled,
        refused,
    };
    Ok(Page::html(&page)?.status(status))
}

fn status(filled: &Filled, refused: bool) -> StatusCode {
    match (filled.is_fine(), refused) {
        (_, true) => StatusCode::CONFLICT,
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    }
}

/// A text of the form; what is wrong with it is noted.
fn text<const N: usize>(visit: &Visit, filled: &mut Filled, field: &str) -> String {
    let w = visit.words();
    let typed = one_line(filled.value(field));
    match Text::<N>::new(&typed) {
        Ok(text) => {
            let text = text.into_string();
            if let Some(missing) = pdf::unprintable(&text).filter(|_| field != "note") {
                filled.wrong(field, w.one("certificates-failed-character", "character", &missing.to_string()));
            }
            text
        }
        Err(NotText::Empty) => {
            filled.wrong(field, w.t(&format!("certificates-{field}-empty")));
            String::new()
        }
        Err(NotText::TooLong { .. }) => {
            filled.wrong(field, w.one("certificates-too-long", "n", &N));
            String::new()
        }
    }
}

/// Whether a workplace has to stand on it.
fn needs_workplace(certificate: &Certificate) -> bool {
    certificate.kind != Kind::Learned
}

/// Reissues it.
pub async fn reissue(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let certificate = certificate(&portal, &visit, &id).await?;
    let mut filled = Filled::from_posted(&posted);
    let name = text::<60>(&visit, &mut filled, "name").replace(' ', "　");
    // Whoever learns by themselves need not name a workplace.
    let has_none = !needs_workplace(&certificate) && filled.value("organization").trim().is_empty();
    let organization = if has_none { String::new() } else { text::<100>(&visit, &mut filled, "organization") };
    let note = text::<200>(&visit, &mut filled, "note");
    if !filled.is_fine() {
        return reissue_page(&portal, &visit, &certificate, filled);
    }
    let corrected = Corrected { name, organization, era: Era::of(filled.value("era")), note };
    let (id, by, key) = (certificate.id, visit.actor.label(), posted.key(&portal, &visit));
    let done = portal.db.write(Lane::Staff, key, async move |tx, now| again::reissue(tx, id, &corrected, &by, now).await).await?;
    match done {
        Ok(new) => Ok(Page::see_other(&visit.to(&format!("/staff/certificates/{new}?done=reissued")))),
        Err(NotReissued::Unknown) => Err(PageError::NotFound),
        Err(NotReissued::Ended) => {
            let certificate = self::certificate(&portal, &visit, &id.to_string()).await?;
            reissue_page(&portal, &visit, &certificate, filled)
        }
    }
}

/// What revoking would do.
pub async fn revoke_form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let certificate = certificate(&portal, &visit, &id).await?;
    revoke_page(&portal, &visit, &certificate, Filled::default())
}

fn revoke_page(portal: &Portal, visit: &Visit, certificate: &Certificate, filled: Filled) -> Result<Page, PageError> {
    let w = visit.words();
    let refused = certificate.revoked_at.is_some();
    let status = status(&filled, refused);
    let page = RevokePage {
        frame: frame(portal, visit, certificate, w.t("certificates-revoke")).here(),
        path: format!("/staff/certificates/{}", certificate.id),
        name: certificate.printed.name.clone(),
        reasons: Why::CHOSEN.into_iter().map(|why| (why.id(), w.t(&format!("certificate-why-{}", why.id())))).collect(),
        filled,
        refused,
    };
    Ok(Page::html(&page)?.status(status))
}

/// Revokes it.
pub async fn revoke(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let certificate = certificate(&portal, &visit, &id).await?;
    let mut filled = Filled::from_posted(&posted);
    let why = Why::CHOSEN.into_iter().find(|why| filled.is("why", why.id()));
    if why.is_none() {
        filled.wrong("why", visit.words().t("certificates-why-empty"));
    }
    let note = text::<200>(&visit, &mut filled, "note");
    let Some(why) = why.filter(|_| filled.is_fine()) else { return revoke_page(&portal, &visit, &certificate, filled) };
    let (id, by, key) = (certificate.id, visit.actor.label(), posted.key(&portal, &visit));
    let done = portal.db.write(Lane::Staff, key, async move |tx, now| ending::revoke(tx, id, why, &note, &by, now).await).await?;
    match done {
        Ok(()) => Ok(Page::see_other(&visit.to(&format!("/staff/certificates/{id}?done=revoked")))),
        Err(NotRevoked::Unknown) => Err(PageError::NotFound),
        Err(NotRevoked::Already) => {
            let certificate = self::certificate(&portal, &visit, &id.to_string()).await?;
            revoke_page(&portal, &visit, &certificate, filled)
        }
    }
}

/// Tries once more to make its file.
pub async fn retry(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let certificate = certificate(&portal, &visit, &id).await?;
    let (id, by, key) = (certificate.id, visit.actor.label(), posted.key(&portal, &visit));
    let done = portal.db.write(Lane::Staff, key, async move |tx, now| file::retry(tx, id, &by, now).await).await?;
    let query = if done.is_ok() { "?done=retried" } else { "" };
    Ok(Page::see_other(&visit.to(&format!("/staff/certificates/{id}{query}"))))
}
