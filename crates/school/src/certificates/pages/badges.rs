use axum::extract::{Path, State};
use web::{Page, PageError, Portal, Visit};

use super::guesses;
use crate::certificates::badge::{Issuer, PLACES};
use crate::certificates::code::Code;
use crate::certificates::store;

const JWT: &str = "application/jwt";

/// `GET /verify/{code}/badge`
pub async fn badge(State(portal): State<Portal>, visit: Visit, Path(code): Path<String>) -> Result<Page, PageError> {
    guesses::heed(&portal, &visit)?;
    let found = match code.parse::<Code>() {
        Ok(code) => portal.db.read(async move |tx| store::by_code(tx, &code).await).await?,
        Err(_) => None,
    };
    let Some(certificate) = found.filter(|certificate| certificate.made_at.is_some()) else {
        guesses::missed(&portal, &visit);
        return Err(PageError::NotFound);
    };
    Ok(Page::of(JWT, Issuer::of(&portal).badge(&certificate).into_bytes()))
}

/// `GET /badges/issuer`
pub async fn issuer(State(portal): State<Portal>) -> Result<Page, PageError> {
    Page::json(&Issuer::of(&portal).profile())
}

/// `GET /badges/keys`
pub async fn keys(State(portal): State<Portal>) -> Result<Page, PageError> {
    Page::json(&Issuer::of(&portal).keys())
}

/// `GET /.well-known/did.json`
pub async fn did_document(State(portal): State<Portal>) -> Result<Page, PageError> {
    Page::json(&Issuer::of(&portal).did_document())
}

/// `GET /badges/status/{list}`
pub async fn status(State(portal): State<Portal>, visit: Visit, Path(list): Path<String>) -> Result<Page, PageError> {
    let list: i64 = list.parse().map_err(|_| PageError::NotFound)?;
    let (given, ended) = portal
        .db
        .read(async move |tx| {
            let first = list.saturating_mul(PLACES);
            Ok((store::slots_given(tx).await?, store::ended_slots(tx, first, first.saturating_add(PLACES)).await?))
        })
        .await?;
    // The first list is there from the beginning; the others come as they are needed.
    if list < 0 || (list > 0 && list.saturating_mul(PLACES) >= given) {
        return Err(PageError::NotFound);
    }
    Ok(Page::of(JWT, Issuer::of(&portal).status_list(list, &ended, visit.now).into_bytes()))
}
