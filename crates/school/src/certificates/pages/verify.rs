use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, StatusCode};
use db::{DbResult, Tx};
use kernel::{Timestamp, long_date};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::guesses;
use crate::certificates::certificate::{Certificate, Standing};
use crate::certificates::code::Code;
use crate::certificates::store;
use crate::trainings::application::ApplicationId;

/// What was typed, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    code: String,
}

/// What came of comparing a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Compared {
    Not,
    Nothing,
    Same,
    Different,
}

#[derive(Template)]
#[template(path = "certificates/pages/ask.html")]
struct AskPage {
    frame: Frame,
    typed: String,
    error: String,
}

#[derive(Template)]
#[template(path = "certificates/pages/verify.html")]
struct VerifyPage {
    frame: Frame,
    code: String,
    certificate: Certificate,
    standing: Standing,
    state: String,
    said: String,
    sha256: String,
    address: String,
    compared: Compared,
}

/// Where a code is typed in.
pub async fn ask(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    guesses::heed(&portal, &visit)?;
    if asked.code.trim().is_empty() {
        return ask_page(&portal, &visit, String::new(), String::new());
    }
    let Ok(code) = asked.code.parse::<Code>() else { return miss(&portal, &visit, asked.code) };
    Ok(Page::see_other(&visit.to(&format!("/verify/{code}"))))
}

/// A certificate, field by field as it is printed, and what it is now.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(typed): Path<String>) -> Result<Page, PageError> {
    guesses::heed(&portal, &visit)?;
    match found(&portal, &typed).await? {
        Some(certificate) => verify_page(&portal, &visit, certificate, Compared::Not),
        None => miss(&portal, &visit, typed),
    }
}

/// The page of a certificate that was issued in a rehearsal, as if its file were made.
pub(crate) async fn rehearsed(
    tx: &mut Tx<'_>,
    portal: &Portal,
    visit: &Visit,
    application: ApplicationId,
) -> DbResult<Option<Result<Page, PageError>>> {
    let Some(id) = store::living(tx, application).await? else { return Ok(None) };
    let Some(certificate) = store::find(tx, id).await? else { return Ok(None) };
    let certificate = Certificate { made_at: Some(visit.now), ..certificate };
    Ok(Some(verify_page(portal, visit, certificate, Compared::Not)))
}

/// Whether a file is the one that was issued. The file is read and forgotten.
pub async fn compare(State(portal): State<Portal>, visit: Visit, Path(typed): Path<String>, posted: Posted) -> Result<Page, PageError> {
    guesses::heed(&portal, &visit)?;
    let Some(certificate) = found(&portal, &typed).await? else { return miss(&portal, &visit, typed) };
    let compared = match posted.file("file") {
        None => Compared::Nothing,
        Some(file) if certificate.sha256.as_ref().is_some_and(|sha256| Sha256::digest(&file.bytes)[..] == sha256[..]) => Compared::Same,
        Some(_) => Compared::Different,
    };
    verify_page(&portal, &visit, certificate, compared)
}

/// One whose file is being made is not in anybody's hands yet.
async fn found(portal: &Portal, typed: &str) -> Result<Option<Certificate>, PageError> {
    let Ok(code) = typed.parse::<Code>() else { return Ok(None) };
    let found = portal.db.read(async move |tx| store::by_code(tx, &code).await).await?;
    Ok(found.filter(|certificate| certificate.made_at.is_some()))
}

/// Whatever was missed is answered alike: a slip, and a code that nobody has.
fn miss(portal: &Portal, visit: &Visit, typed: String) -> Result<Page, PageError> {
    guesses::missed(portal, visit);
    ask_page(portal, visit, typed, visit.words().t("verify-none"))
}

fn ask_page(portal: &Portal, visit: &Visit, typed: String, error: String) -> Result<Page, PageError> {
    let status = if error.is_empty() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let frame = Frame::new(portal, visit, visit.words().t("verify-title")).here();
    Ok(unlisted(Page::html(&AskPage { frame, typed, error })?.status(status)))
}

fn verify_page(portal: &Portal, visit: &Visit, certificate: Certificate, compared: Compared) -> Result<Page, PageError> {
    let (w, lang) = (visit.words(), visit.lang);
    let standing = certificate.standing();
    let day = |at: Option<Timestamp>| at.map_or_else(String::new, |at| long_date(at.day(), lang));
    let why = certificate.revoked_why.map_or_else(String::new, |why| w.t(&format!("certificate-why-{}", why.id())));
    let said = match standing {
        Standing::Revoked => w.with("verify-revoked", &[("day", &day(certificate.revoked_at)), ("why", &why)]),
        Standing::Replaced => w.one("verify-replaced", "day", &day(certificate.revoked_at)),
        _ => w.one("verify-valid", "day", &day(Some(certificate.issued_at))),
    };
    let frame = Frame::new(portal, visit, w.with("verify-of", &[("title", &certificate.printed.title), ("number", &certificate.number)]))
        .crumb(w.t("verify-title"), "/verify")
        .here();
    let page = VerifyPage {
        code: certificate.code.to_string(),
        state: w.t(&standing.key()),
        said,
        sha256: certificate.sha256.map_or_else(String::new, hex::encode),
        address: certificate.address.clone().unwrap_or_default(),
        standing,
        certificate,
        compared,
        frame,
    };
    Ok(unlisted(Page::html(&page)?))
}

/// A paper's page is for whoever holds the paper.
fn unlisted(page: Page) -> Page {
    page.with(HeaderName::from_static("x-robots-tag"), "noindex, nofollow")
}
