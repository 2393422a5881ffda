use askama::Template;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Visit};

use super::list::failure;
use crate::certificates::certificate::{Certificate, CertificateId, Standing};
use crate::certificates::store;
use crate::office::applicants::{Happened, happened};
use crate::office::staff_pages;

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Done {
    done: String,
}

#[derive(Template)]
#[template(path = "certificates/pages/show.html")]
struct ShowPage {
    frame: Frame,
    certificate: Certificate,
    kind: String,
    standing: Standing,
    state: String,
    failure: String,
    issued: String,
    ended: String,
    size: String,
    done: String,
    earlier: String,
    later: String,
    record: String,
    verify: String,
    applicant: String,
    history: Vec<Happened>,
    can_edit: bool,
}

/// The certificate of an address, or the page that says there is none.
pub async fn certificate(portal: &Portal, visit: &Visit, id: &str) -> Result<Certificate, PageError> {
    staff_pages::reaches(visit)?;
    let id: CertificateId = id.parse().map_err(|_| PageError::NotFound)?;
    portal.db.read(async move |tx| store::find(tx, id).await).await?.ok_or(PageError::NotFound)
}

/// The frame of a page about one certificate.
pub fn frame(portal: &Portal, visit: &Visit, certificate: &Certificate, title: String) -> Frame {
    let list = visit.words().t("certificates-title");
    let frame = staff_pages::frame(portal, visit, title).crumb(list, "/staff/certificates");
    frame.crumb(certificate.number.clone(), &format!("/staff/certificates/{}", certificate.id))
}

/// One certificate: what is printed on it, what it is now, and what happened to it.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, Query(done): Query<Done>) -> Result<Page, PageError> {
    let certificate = certificate(&portal, &visit, &id).await?;
    let id = certificate.id;
    let (history, known) = portal
        .db
        .read(async move |tx| {
            let history = journal::audit::history_of(tx, "certificate", id, None).await?;
            let known = staff_pages::known(tx, history.rows.iter().map(|entry| entry.actor.as_str())).await?;
            Ok((history, known))
        })
        .await?;
    let w = visit.words();
    let standing = certificate.standing();
    let path = |id: Option<CertificateId>| id.map_or_else(String::new, |id| format!("/staff/certificates/{id}"));
    let done = match done.done.as_str() {
        "reissued" | "revoked" | "retried" => w.t(&format!("certificates-done-{}", done.done)),
        _ => String::new(),
    };
    let title = w.with("verify-of", &[("title", &certificate.printed.title), ("number", &certificate.number)]);
    let mut page_frame = frame(&portal, &visit, &certificate, title);
    page_frame.crumbs.pop();
    let why = certificate.revoked_why.map_or_else(String::new, |why| w.t(&format!("certificate-why-{}", why.id())));
    let page = ShowPage {
        frame: page_frame.here(),
        kind: w.t(&format!("certificate-{}", certificate.kind.id())),
        state: w.t(&standing.key()),
        failure: if standing == Standing::Failed { failure(&visit, &certificate) } else { String::new() },
        issued: staff_pages::long_moment(certificate.issued_at, w.lang),
        ended: certificate
            .revoked_at
            .map_or_else(String::new, |at| w.with("certificates-ended", &[("at", &staff_pages::long_moment(at, w.lang)), ("why", &why)])),
        size: certificate.size.map_or_else(String::new, |bytes| kernel::size(bytes.unsigned_abs())),
        verify: format!("/verify/{}", certificate.code),
        applicant: certificate.application.map_or_else(String::new, |id| format!("/staff/applicants/{id}")),
        earlier: path(certificate.replaces),
        later: path(certificate.replaced_by),
        record: certificate.organization.map_or_else(String::new, |id| format!("/staff/organizations/{id}/record")),
        history: history.rows.iter().map(|entry| happened(w, entry, &known)).collect(),
        can_edit: portal.offers(&visit, access::Action::EditCertificates),
        standing,
        certificate,
        done,
    };
    Page::html(&page)
}

/// Its file.
pub async fn file(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let certificate = certificate(&portal, &visit, &id).await?;
    let id = certificate.id;
    let bytes = portal.db.read(async move |tx| store::file(tx, id).await).await?.ok_or(PageError::NotFound)?;
    Ok(Page::file("application/pdf", &format!("{}.pdf", certificate.number), bytes))
}
