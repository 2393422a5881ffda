use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::{PATH, inner, moment};
use crate::cases::CaseNumber;
use crate::keys::{NotDeleted, delete_case};

#[derive(Template)]
#[template(path = "keys/pages/deletion.html")]
struct DeletionPage {
    frame: Frame,
    path: &'static str,
    filled: Filled,
    key: String,
}

#[derive(Template)]
#[template(path = "keys/pages/certificate.html")]
struct CertificatePage {
    frame: Frame,
    number: String,
    at: String,
    ways: String,
    entries: String,
    chain_end: String,
    /// Id and SHA-256 of each file.
    files: Vec<(String, String)>,
}

/// `GET /desk/keys/deletion`: which case, and why.
pub(super) async fn form(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    page(&portal, &visit, Filled::default())
}

fn page(portal: &Portal, visit: &Visit, filled: Filled) -> Result<Page, PageError> {
    let is_wrong = !filled.is_fine();
    let frame = inner(portal, visit, "desk-keys-deletion");
    let page = Page::html(&DeletionPage { frame, path: PATH, filled, key: visit.now.uuid().to_string() })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// `POST /desk/keys/deletion`: destroys every way in. The number is typed twice, since nothing brings the case back.
pub(super) async fn delete(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let (me, by, w) = (visit.account()?, visit.actor.label(), visit.words());
    let mut filled = Filled::from_posted(&posted);
    let number = match (posted.get("number").parse::<CaseNumber>(), posted.get("again").parse::<CaseNumber>()) {
        (Err(_), _) => Err(("number", "desk-keys-number-wrong")),
        (Ok(number), Ok(again)) if number == again => Ok(number),
        _ => Err(("again", "desk-keys-again-wrong")),
    };
    let deleted = match number {
        Err(fault) => Err(fault),
        Ok(number) => {
            let (key, reason) = (posted.key(&portal, &visit), posted.get("reason").to_owned());
            let deleted =
                portal.db.write(Lane::Staff, key, async move |tx, now| delete_case(tx, number, &reason, me, &by, now).await).await?;
            deleted.map_err(|refusal| match refusal {
                NotDeleted::NoCase => ("number", "desk-keys-number-none"),
                NotDeleted::Open => ("number", "desk-keys-number-open"),
                NotDeleted::Gone => ("number", "desk-keys-number-gone"),
                NotDeleted::NoReason => ("reason", "desk-keys-reason-missing"),
            })
        }
    };
    match deleted {
        Ok(certificate) => Ok(Page::see_other(&visit.to(&format!("{PATH}/deletion/{}", certificate.number)))),
        Err((field, fault)) => {
            filled.wrong(field, w.t(fault));
            page(&portal, &visit, filled)
        }
    }
}

/// `GET /desk/keys/deletion/{number}`: what was destroyed.
pub(super) async fn certificate(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>) -> Result<Page, PageError> {
    let number: CaseNumber = number.parse().map_err(|_| PageError::NotFound)?;
    let certificate = portal.db.read(async move |tx| crate::keys::certificate(tx, number).await).await?.ok_or(PageError::NotFound)?;
    let w = visit.words();
    Page::html(&CertificatePage {
        frame: inner(&portal, &visit, "desk-keys-certificate"),
        number: number.to_string(),
        at: moment(certificate.deleted_at, w.lang),
        ways: certificate.wraps.to_string(),
        entries: certificate.entries.to_string(),
        chain_end: certificate.chain_end,
        files: certificate
            .files
            .into_iter()
            .map(|file| (file.file.to_string(), file.sealed_sha256.unwrap_or_else(|| w.t("desk-keys-file-partial"))))
            .collect(),
    })
}
