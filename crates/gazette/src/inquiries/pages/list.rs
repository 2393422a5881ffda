use askama::Template;
use axum::extract::State;
use web::{Frame, Page, PageError, Pager, Portal, Section, Visit};

use super::moment;
use crate::asked::{self, Query, asked};
use crate::inquiries::inquiry::{About, Standing};
use crate::inquiries::store;
use crate::search::Wanted;

const PATH: &str = "/staff/inquiries";

#[derive(Template)]
#[template(path = "inquiries/pages/list.html")]
struct ListPage {
    frame: Frame,
    standings: Vec<(String, String, usize, bool)>,
    standing: String,
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

/// Which standings an address means: what is left to do, unless it says something else.
fn means(asked: &str, standing: Standing) -> bool {
    match asked {
        "" => standing != Standing::Closed,
        "all" => true,
        asked => standing.id() == asked,
    }
}

/// The inquiries: first those that are left to do; all others by filter and search.
pub async fn list(State(portal): State<Portal>, visit: Visit, query: Query) -> Result<Page, PageError> {
    let (w, q) = (visit.words(), asked(&query, "q"));
    let (standing, about) = (asked(&query, "standing"), asked(&query, "about"));
    let like = Wanted::new(&q, visit.lang, visit.now).map_or_else(|| "%".to_owned(), |wanted| wanted.like());
    let found = portal.db.read(async move |tx| store::find(tx, &like).await).await?;
    let of_kind: Vec<_> = found.iter().filter(|inquiry| about.is_empty() || inquiry.about.id() == about).collect();
    let chip = |id: &str, word: String| {
        let count = of_kind.iter().filter(|inquiry| means(id, inquiry.standing())).count();
        (asked::with(PATH, &query, "standing", id), word, count, standing == id)
    };
    let mut standings = vec![chip("", w.t("inquiries-standing-left"))];
    standings.extend(Standing::ALL.map(|one| chip(one.id(), w.t(&one.key()))));
    standings.push(chip("all", w.t("inquiries-standing-all")));
    let wanted: Vec<_> = of_kind.into_iter().filter(|inquiry| means(&standing, inquiry.standing())).collect();
    let (shown, pager) = asked::page(&wanted, PATH, &query, w);
    let rows = shown
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
    let frame =
        Frame::new(&portal, &visit, w.t("inquiries-staff-title")).in_section(Section::Staff).crumb(w.t("home-staff"), "/staff").here();
    Page::html(&ListPage {
        frame,
        standings,
        is_filtered: !q.is_empty() || !about.is_empty(),
        standing,
        abouts: About::ALL.map(|one| (one.id(), w.t(&one.key()))).to_vec(),
        about,
        q,
        rows,
        pager,
    })
}
