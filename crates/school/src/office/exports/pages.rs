use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use intake::export::Unencodable;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::super::applicants::{Asked, Sifted};
use super::super::desk::{self, Head, Whole};
use super::format::Format;
use super::taken::taken;
use crate::trainings::store::{self, Applicant, COUNTED, Place};

/// A form that can be chosen.
struct Choice {
    id: &'static str,
    words: String,
    small: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "office/exports/choose.html")]
struct ChoosePage {
    frame: Frame,
    head: Head,
    action: String,
    who: String,
    will: String,
    too_many: String,
    formats: Vec<Choice>,
    back: String,
    error: String,
}

/// A row with characters that the file cannot hold.
struct Lost {
    name: String,
    number: String,
    characters: String,
}

#[derive(Template)]
#[template(path = "office/exports/lost.html")]
struct LostPage {
    frame: Frame,
    head: Head,
    action: String,
    lead: String,
    lost: Vec<Lost>,
    back: String,
}

struct Shown {
    whole: Whole,
    sifted: Sifted,
    lines: Vec<Applicant>,
    count: i64,
}

/// What the list shows with these filters; one more than may be taken, so that too many are noticed.
async fn shown(portal: &Portal, visit: &Visit, id: &str, asked: Asked) -> Result<Shown, PageError> {
    desk::reaches(visit)?;
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope.clone();
    let found = portal
        .db
        .read(async move |tx| {
            let Some(whole) = desk::whole(tx, id).await? else { return Ok(None) };
            let sifted = asked.clone().sift(&whole);
            let place = match sifted.from().place {
                Place::Newest(_) => Place::Newest(None),
                Place::Oldest(_) => Place::Oldest(None),
                Place::Workplace(_) | Place::WorkplaceBack(_) => Place::Workplace(None),
            };
            let lines = store::applicants(tx, &scope, &sifted.sieve, &place, COUNTED + 1).await?;
            let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
            Ok(Some(Shown { whole, sifted, lines, count }))
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

/// What would be taken out, and in which form.
pub async fn choose(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let shown = shown(&portal, &visit, &id, asked).await?;
    choose_page(&portal, &visit, &shown, String::new())
}

fn choose_page(portal: &Portal, visit: &Visit, shown: &Shown, error: String) -> Result<Page, PageError> {
    let w = visit.words();
    let (frame, head) = shown.whole.head(portal, visit, w.t("office-export"), None);
    let is_wrong = !error.is_empty();
    let page = ChoosePage {
        action: address(visit, shown, "/export"),
        who: shown.sifted.words(w),
        will: w.count("office-export-will", shown.count),
        // SECURITY 23: a second person has to agree, and there is no place yet where they could.
        too_many: if shown.count > COUNTED { w.one("office-export-too-many", "most", &COUNTED) } else { String::new() },
        formats: Format::ALL
            .into_iter()
            .map(|format| Choice {
                id: format.id(),
                words: w.t(&format!("office-format-{}", format.id())),
                small: w.t(&format!("office-format-{}-small", format.id())),
                chosen: format == Format::Xlsx,
            })
            .collect(),
        back: address(visit, shown, "/applicants"),
        error,
        frame,
        head,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

fn address(visit: &Visit, shown: &Shown, rest: &str) -> String {
    let query = shown.sifted.query(&[]);
    let path = visit.to(&shown.whole.path(rest));
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// The file; or, if characters would be lost, first the page that names whose.
pub async fn export(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    posted: Posted,
) -> Result<Page, PageError> {
    let shown = shown(&portal, &visit, &id, asked).await?;
    let w = visit.words();
    if shown.count > COUNTED {
        return choose_page(&portal, &visit, &shown, w.one("office-export-too-many", "most", &COUNTED));
    }
    let Some(format) = Format::ALL.into_iter().find(|format| format.id() == posted.get("format")) else {
        return choose_page(&portal, &visit, &shown, w.t("office-format-first"));
    };
    let Ok(written) = format.write(w, &shown.whole, &shown.lines) else { return Err(PageError::Bug("a list could not be written")) };
    if !written.lost.is_empty() && !posted.has("anyway") {
        return lost_page(&portal, &visit, &shown, &written.lost);
    }
    let (session, people, is_part, by) = (shown.whole.session.id, written.people, shown.sifted.is_set(), visit.actor.label());
    portal.db.write(Lane::Staff, None, async move |tx, now| taken(tx, session, format, people, is_part, &by, now).await).await?;
    Ok(Page::file(format.content_type(), &format.file_name(&shown.whole), written.bytes))
}

fn lost_page(portal: &Portal, visit: &Visit, shown: &Shown, lost: &[Unencodable]) -> Result<Page, PageError> {
    let w = visit.words();
    let (frame, head) = shown.whole.head(portal, visit, w.t("office-export-lost-title"), None);
    // The headings are the first row of the file.
    let line = |lost: &Unencodable| lost.row.checked_sub(2).and_then(|index| shown.lines.get(index));
    let mut rows: Vec<Lost> = Vec::new();
    for cell in lost {
        let Some(line) = line(cell) else { continue };
        let number = shown.whole.receipt(line.number);
        match rows.last_mut() {
            Some(last) if last.number == number => last.characters.push_str(&cell.characters),
            _ => rows.push(Lost { name: line.name(), number, characters: cell.characters.clone() }),
        }
    }
    let page = LostPage {
        action: address(visit, shown, "/export"),
        lead: w.count("office-export-lost", rows.len()),
        lost: rows,
        back: address(visit, shown, "/export"),
        frame,
        head,
    };
    Page::html(&page)
}
