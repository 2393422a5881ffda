use askama::Template;
use axum::extract::State;
use web::paging::{self, Query, ROWS, asked};
use web::{Frame, Numbered, Page, PageError, Pager, Portal, Visit};

use super::moment;
use crate::inquiries::inquiry::{About, Standing};
use crate::inquiries::sieve::{Sieve, Which};
use crate::inquiries::store;
use crate::search::Wanted;

const PATH: &str = "/staff/inquiries";

#[derive(Template)]
#[template(path = "inquiries/pages/list.html")]
struct ListPage {
    frame: Frame,
    standings: Vec<(String, String, i64, bool)>,
    standing: &'static str,
    abouts: Vec<(&'static str, String)>,
    about: String,
    q: String,
    rows: Vec<Row>,
    pager: Pager,
    is_filtered: bool,
}

struct Row {
    href: String,
    number: String,
    name: String,
    institution: String,
    about: String,
    standing: Standing,
    word: String,
    at: String,
}

/// The inquiries: first those that are left to do; all others by filter and search.
pub async fn list(State(portal): State<Portal>, visit: Visit, query: Query) -> Result<Page, PageError> {
    let (w, q) = (visit.words(), asked(&query, "q"));
    let (which, about) = (Which::asked(&asked(&query, "standing")), asked(&query, "about"));
    let like = Wanted::new(&q, visit.lang, visit.now).map_or_else(String::new, |wanted| wanted.like());
    let (sieve, wanted) = (Sieve { like, about: about.clone() }, asked(&query, "page"));
    let (counts, shown, found) = portal
        .db
        .read(async move |tx| {
            let counts = store::count(tx, &sieve).await?;
            let shown = Numbered::of(counts.of(which), ROWS, &wanted);
            Ok((counts, shown, store::list(tx, &sieve, which, shown.skipped(), shown.rows()).await?))
        })
        .await?;
    let chip = |one: Which| (paging::with(PATH, &query, &[("standing", one.id())]), w.t(&one.key()), counts.of(one), one == which);
    let standings = Which::ALL.map(chip).to_vec();
    let pager = shown.pager(w, |page| visit.to(&paging::with(PATH, &query, &[("page", page)])));
    let rows = found
        .iter()
        .map(|inquiry| Row {
            href: format!("{PATH}/{}", inquiry.id),
            number: inquiry.shown_number(),
            name: inquiry.name.clone(),
            institution: inquiry.institution.clone(),
            about: w.t(&inquiry.about.key()),
            standing: inquiry.standing(),
            word: w.t(&inquiry.standing().key()),
            at: moment(inquiry.received_at, visit.lang),
        })
        .collect();
    let frame = Frame::new(&portal, &visit, w.t("inquiries-staff-title")).in_office().here();
    Page::html(&ListPage {
        frame,
        standings,
        is_filtered: !q.is_empty() || !about.is_empty(),
        standing: which.id(),
        abouts: About::ALL.map(|one| (one.id(), w.t(&one.key()))).to_vec(),
        about,
        q,
        rows,
        pager,
    })
}
