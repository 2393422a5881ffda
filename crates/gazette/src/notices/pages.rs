use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use kernel::{FiscalYear, Lang};
use web::paging::{self, Query, ROWS, asked};
use web::{Frame, Numbered, Page, PageError, Pager, Portal, Section, Visit};

use super::notice::{Category, Notice, Slug};
use super::store;
use crate::braces;

/// Notices in the feed.
const FEED: i64 = 20;

/// Notices beside one that is read.
const BESIDE: i64 = 6;

#[derive(Template)]
#[template(path = "notices/list.html")]
struct ListPage {
    frame: Frame,
    years: Vec<(String, String, bool)>,
    groups: Vec<(String, Vec<Line>)>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "notices/show.html")]
struct ShowPage {
    frame: Frame,
    line: Line,
    revised: String,
    html: String,
    beside: Vec<(Line, bool)>,
}

#[derive(Template)]
#[template(path = "notices/gone.html")]
struct GonePage {
    frame: Frame,
    title: String,
    text: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "notices/feed.xml")]
struct Feed {
    lang: Lang,
    title: String,
    author: String,
    own: String,
    home: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    link: String,
    title: String,
    published: String,
    updated: String,
    category: String,
    html: String,
}

/// A notice in a list.
pub struct Line {
    path: String,
    datetime: String,
    day: String,
    category: String,
    tag: &'static str,
    title: String,
    is_japanese: bool,
}

/// A notice in a list, in the visit's language.
fn line(notice: &Notice, visit: &Visit) -> Line {
    line_of(notice.slug(), notice.category, notice.title(visit.lang), visit)
}

fn line_of(slug: Slug, category: Category, (title, is_japanese): (&str, bool), visit: &Visit) -> Line {
    Line {
        path: slug.path(),
        datetime: slug.day.to_string(),
        day: kernel::long_date(slug.day, visit.lang),
        category: visit.words().t(&category.key()),
        tag: category.tag(),
        title: title.to_owned(),
        is_japanese,
    }
}

/// All notices by fiscal year, newest first, or those of one year.
pub async fn list(State(portal): State<Portal>, visit: Visit, query: Query) -> Result<Page, PageError> {
    let (now, w, wanted) = (visit.now, visit.words(), asked(&query, "page"));
    let chosen: Option<FiscalYear> = asked(&query, "year").parse().ok();
    let within = chosen.map(|year| (year.first_day(), year.last_day()));
    let (days, shown, found) = portal
        .db
        .read(async move |tx| {
            let days = store::days(tx, now).await?;
            let shown = Numbered::of(store::count(tx, within, now).await?, ROWS, &wanted);
            Ok((days, shown, store::headlines(tx, within, now, shown.skipped(), shown.rows()).await?))
        })
        .await?;
    let mut known: Vec<FiscalYear> = days.into_iter().map(FiscalYear::of).collect();
    known.dedup();
    let mut years = vec![("/notices".to_owned(), w.t("notices-all"), chosen.is_none())];
    years.extend(known.iter().map(|year| (format!("/notices?year={year}"), year.label(visit.lang), chosen == Some(*year))));
    let pager = shown.pager(w, |page| visit.to(&paging::with("/notices", &query, &[("page", page)])));
    let mut groups: Vec<(String, Vec<Line>)> = Vec::new();
    for notice in found {
        let label = FiscalYear::of(notice.day).label(visit.lang);
        let line = line_of(notice.slug(), notice.category, notice.title(visit.lang), &visit);
        match groups.last_mut().filter(|(known, _)| *known == label) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((label, vec![line])),
        }
    }
    let frame = Frame::new(&portal, &visit, w.t("notices-title")).in_section(Section::Notices).here();
    Ok(Page::html(&ListPage { frame, years, groups, pager })?.lasts_until(now.next_midnight()))
}

/// One notice.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(slug): Path<String>) -> Result<Page, PageError> {
    let slug: Slug = slug.parse().map_err(|_| PageError::NotFound)?;
    let now = visit.now;
    let (found, newest) = portal.db.read(async move |tx| Ok((store::at(tx, slug).await?, store::newest(tx, BESIDE, now).await?))).await?;
    let notice = found.filter(|notice| notice.published_at <= now).ok_or(PageError::NotFound)?;
    let w = visit.words();
    let (title, is_japanese) = notice.title(visit.lang);
    let frame =
        |title: String| Frame::new(&portal, &visit, title).in_section(Section::Notices).crumb(w.t("notices-title"), "/notices").here();
    if let Some(at) = notice.withdrawn_at {
        let page = GonePage {
            frame: frame(w.t("notices-gone-title")),
            title: notice.title_ja.clone(),
            text: w.one("notices-gone-text", "day", &kernel::long_date(at.day(), visit.lang)),
            reason: notice.withdraw_reason,
        };
        return Ok(Page::html(&page)?.status(StatusCode::GONE));
    }
    let language = if is_japanese { Lang::Ja } else { visit.lang };
    let page = ShowPage {
        frame: frame(title.to_owned()),
        revised: notice.revised_at.map_or_else(String::new, |at| w.one("notices-revised", "day", &kernel::long_date(at.day(), visit.lang))),
        html: braces::html(notice.body(visit.lang), &portal.settings(), language, now),
        beside: newest.iter().map(|other| (line(other, &visit), other.id == notice.id)).collect(),
        line: line(&notice, &visit),
    };
    Ok(Page::html(&page)?.lasts_until(now.next_midnight()))
}

/// The newest notices as an Atom feed, one a language.
pub async fn feed(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let now = visit.now;
    let newest = portal.db.read(async move |tx| store::newest(tx, FEED, now).await).await?;
    let (w, settings) = (visit.words(), portal.settings());
    let entries: Vec<Entry> = newest
        .iter()
        .map(|notice| {
            let (title, is_japanese) = notice.title(visit.lang);
            let language = if is_japanese { Lang::Ja } else { visit.lang };
            Entry {
                link: portal.url(visit.lang, &notice.slug().path()),
                title: title.to_owned(),
                published: notice.published_at.rfc3339(),
                updated: notice.revised_at.unwrap_or(notice.published_at).rfc3339(),
                category: w.t(&notice.category.key()),
                html: absolute(&braces::html(notice.body(visit.lang), &settings, language, now), &portal.site.base_url),
            }
        })
        .collect();
    let feed = Feed {
        lang: visit.lang,
        title: w.one("notices-feed-title", "site", settings.text("site.name", visit.lang)),
        author: settings.text("operator.office", visit.lang).to_owned(),
        own: portal.url(visit.lang, "/feed.xml"),
        home: portal.url(visit.lang, "/notices"),
        updated: entries.iter().map(|entry| entry.updated.clone()).max().unwrap_or_else(|| kernel::Timestamp::from_micros(0).rfc3339()),
        entries,
    };
    let text = askama::Template::render(&feed)?;
    Ok(Page::of("application/atom+xml; charset=utf-8", text.into_bytes()).lasts_until(now.next_midnight()))
}

/// A reader of feeds does not know where our paths begin.
fn absolute(html: &str, base_url: &str) -> String {
    html.replace("href=\"/", &format!("href=\"{base_url}/"))
}
