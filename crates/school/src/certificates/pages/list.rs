use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Visit, paging};

use crate::certificates::certificate::{Certificate, Standing};
use crate::certificates::store::{self, COUNTED, Sieve};
use crate::office::staff_pages;

/// Lines on a page.
const ROWS: i64 = 50;

/// Which certificates, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    q: String,
    state: String,
    session: String,
    before: String,
}

/// A line of the list.
struct Row {
    path: String,
    name: String,
    organization: String,
    number: String,
    training: String,
    kind: String,
    shape: &'static str,
    state: String,
    why: String,
    at: String,
    datetime: String,
}

#[derive(Template)]
#[template(path = "certificates/pages/list.html")]
struct ListPage {
    frame: Frame,
    asked: Asked,
    states: Vec<(&'static str, String, bool)>,
    is_set: bool,
    total: String,
    rows: Vec<Row>,
    pager: Pager,
}

/// The certificates, the newest first.
pub async fn show(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let standing = Standing::ALL.into_iter().find(|standing| standing.id() == asked.state);
    let sieve = Sieve { text: asked.q.chars().take(100).collect(), standing, prefix: asked.session.trim().to_uppercase() };
    let before = paging::read_place(&asked.before);
    let (mut found, count) =
        portal.db.read(async move |tx| Ok((store::list(tx, &sieve, before, ROWS + 1).await?, store::count(tx, &sieve).await?))).await?;
    let w = visit.words();
    let next = paging::cut(&mut found, ROWS).map_or_else(String::new, |last| {
        let query = [
            ("q", asked.q.as_str()),
            ("state", asked.state.as_str()),
            ("session", asked.session.as_str()),
            ("before", &paging::place(last.issued_at, last.id)),
        ];
        let query: Vec<_> = query.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        visit.to(&format!("/staff/certificates?{}", serde_urlencoded::to_string(query).unwrap_or_default()))
    });
    let page = ListPage {
        frame: staff_pages::frame(&portal, &visit, w.t("certificates-title")).here(),
        states: Standing::ALL.into_iter().map(|it| (it.id(), w.t(&it.key()), Some(it) == standing)).collect(),
        is_set: !(asked.q.is_empty() && asked.state.is_empty() && asked.session.is_empty()),
        total: if count > COUNTED { w.one("certificates-more-than", "n", &COUNTED) } else { w.count("certificates-total", count) },
        rows: found.iter().map(|certificate| row(&visit, certificate)).collect(),
        pager: Pager::onward(next),
        asked,
    };
    Page::html(&page)
}

fn row(visit: &Visit, certificate: &Certificate) -> Row {
    let (w, standing) = (visit.words(), certificate.standing());
    Row {
        path: format!("/staff/certificates/{}", certificate.id),
        name: certificate.printed.name.clone(),
        organization: certificate.printed.organization.clone(),
        number: certificate.number.clone(),
        training: certificate.printed.facts.first().map_or_else(String::new, |(_, value)| value.clone()),
        kind: w.t(&format!("certificate-{}", certificate.kind.id())),
        shape: standing.shape(),
        state: w.t(&standing.key()),
        why: if standing == Standing::Failed { failure(visit, certificate) } else { String::new() },
        at: staff_pages::numeric_moment(certificate.issued_at),
        datetime: certificate.issued_at.rfc3339(),
    }
}

/// Why a certificate could not be made, in words.
pub fn failure(visit: &Visit, certificate: &Certificate) -> String {
    let w = visit.words();
    if certificate.failed_why.is_empty() {
        w.t("certificates-failed-fault")
    } else {
        w.one("certificates-failed-character", "character", &certificate.failed_why)
    }
}
