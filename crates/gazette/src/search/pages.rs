use askama::Template;
use axum::extract::State;
use db::{DbResult, Tx};
use kernel::Lang;
use std::sync::Arc;
use web::paging::{Query, asked};
use web::{Frame, Page, PageError, Portal, Settings, Visit, Words};

use super::hit::{Excerpt, Hit, plain, shown};
use super::{Finder, Wanted};
use crate::{braces, faq, letters, notices, pages as fixed};

/// Hits that a page shows; whoever has more does better with another word.
const HITS: usize = 100;

#[derive(Template)]
#[template(path = "search/results.html")]
struct ResultsPage {
    frame: Frame,
    q: String,
    is_asked: bool,
    said: String,
    hits: Vec<Hit>,
}

/// What was found for `?q=`, or how to look for something.
pub async fn search(State(portal): State<Portal>, visit: Visit, query: Query, finders: &'static [Finder]) -> Result<Page, PageError> {
    let q = asked(&query, "q");
    let w = visit.words();
    let wanted = Wanted::new(&q, visit.lang, visit.now);
    let is_asked = wanted.is_some();
    let settings = portal.settings();
    let mut hits = match wanted {
        Some(wanted) => portal.db.read(async move |tx| find(tx, &wanted, &settings, finders).await).await?,
        None => Vec::new(),
    };
    let said = if hits.len() > HITS { w.one("search-many", "n", &HITS) } else { w.count("search-found", hits.len()) };
    hits.truncate(HITS);
    let title = if is_asked { w.one("search-title-for", "q", &q) } else { w.t("search-title") };
    let frame = Frame::new(&portal, &visit, title).crumb(w.t("search-title"), "");
    Ok(Page::html(&ResultsPage { frame, q, is_asked, said, hits })?.lasts_until(visit.now.next_midnight()))
}

/// What people come for first: trainings, then answers, then what is new, then what stays.
pub async fn find(tx: &mut Tx<'_>, wanted: &Wanted, settings: &Arc<Settings>, finders: &[Finder]) -> DbResult<Vec<Hit>> {
    let like = wanted.like();
    let w = Words::of(wanted.lang);
    let mut hits = Vec::new();
    for finder in finders {
        hits.extend(finder(tx, wanted).await?);
    }
    hits.extend(questions(faq::search(tx, &like).await?, wanted, settings));
    hits.extend(notices_found(notices::search(tx, &like, wanted.now).await?, wanted, settings));
    hits.extend(pages_found(fixed::search(tx, &like).await?, wanted, settings));
    for document in letters::search_documents(tx, &like).await? {
        if wanted.fits(&[&document.title_ja, &document.title_en, &document.number, &document.kind_ja, &document.kind_en]) {
            hits.push(Hit {
                place: w.t("search-in-rules"),
                path: format!("/rules#{}", document.id),
                title: document.title(wanted.lang).to_owned(),
                day: document.issued(wanted.lang),
                excerpt: Excerpt::default(),
                is_japanese: false,
            });
        }
    }
    for letter in letters::search_letters(tx, &like).await? {
        if wanted.fits(&[&letter.subject_ja, &letter.subject_en, &letter.sender, &letter.addressee, &letter.number, &letter.kind]) {
            let (lang, is_japanese) = shown(wanted.lang, !letter.subject_en.is_empty());
            hits.push(Hit {
                place: w.t("search-in-letters"),
                path: format!("/letters#{}", letter.id),
                title: lang.pick(letter.subject_ja, letter.subject_en),
                day: kernel::long_date(letter.day, wanted.lang),
                excerpt: Excerpt { before: format!("{} → {}", letter.sender, letter.addressee), ..Excerpt::default() },
                is_japanese,
            });
        }
    }
    Ok(hits)
}

fn excerpt(body: &str, lang: Lang, wanted: &Wanted, settings: &Settings) -> Excerpt {
    Excerpt::of(&plain(&braces::html(body, settings, lang, wanted.now)), wanted)
}

fn questions(found: Vec<faq::Question>, wanted: &Wanted, settings: &Settings) -> Vec<Hit> {
    let fitting =
        found.into_iter().filter(|question| wanted.fits(&[&question.title_ja, &question.body_ja, &question.title_en, &question.body_en]));
    fitting
        .map(|question| {
            let (lang, is_japanese) = shown(wanted.lang, !question.body_en.is_empty());
            let body = lang.pick(&question.body_ja, &question.body_en);
            Hit {
                place: Words::of(wanted.lang).t("search-in-faq"),
                path: faq::path(question.number),
                title: format!("Q{} {}", question.number, lang.pick(&question.title_ja, &question.title_en)),
                day: String::new(),
                excerpt: excerpt(body, lang, wanted, settings),
                is_japanese,
            }
        })
        .collect()
}

fn notices_found(found: Vec<notices::Notice>, wanted: &Wanted, settings: &Settings) -> Vec<Hit> {
    let fitting = found.into_iter().filter(|notice| wanted.fits(&[&notice.title_ja, &notice.body_ja, &notice.title_en, &notice.body_en]));
    fitting
        .map(|notice| {
            let (title, is_japanese) = notice.title(wanted.lang);
            let lang = if is_japanese { Lang::Ja } else { wanted.lang };
            Hit {
                place: Words::of(wanted.lang).t("search-in-notices"),
                path: notice.slug().path(),
                title: title.to_owned(),
                day: kernel::long_date(notice.day, wanted.lang),
                excerpt: excerpt(notice.body(wanted.lang), lang, wanted, settings),
                is_japanese,
            }
        })
        .collect()
}

fn pages_found(found: Vec<fixed::FixedPage>, wanted: &Wanted, settings: &Settings) -> Vec<Hit> {
    let fitting = found
        .into_iter()
        .filter(|page| wanted.fits(&[&page.title_ja, &page.lead_ja, &page.body_ja, &page.title_en, &page.lead_en, &page.body_en]));
    fitting
        .map(|page| {
            let (title, _, body, is_japanese) = page.speak(wanted.lang);
            let lang = if is_japanese { Lang::Ja } else { wanted.lang };
            Hit {
                place: Words::of(wanted.lang).t("search-in-pages"),
                path: page.name.path(),
                title: title.to_owned(),
                day: String::new(),
                excerpt: excerpt(body, lang, wanted, settings),
                is_japanese,
            }
        })
        .collect()
}
