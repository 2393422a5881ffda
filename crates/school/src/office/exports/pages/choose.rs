use access::Hand;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{NotText, Text, one_line};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::super::super::applicants::Asked;
use super::super::super::staff_pages::{self, Head};
use super::super::ask::{Wanted, ask};
use super::super::format::Format;
use super::super::request::{ALONE, MOST, OPEN};
use super::lost::lost_page;
use super::{PATH, Shown, leave, lines, write};

/// A form that can be chosen.
struct Choice {
    id: &'static str,
    words: String,
    small: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "office/exports/pages/choose.html")]
struct ChoosePage {
    frame: Frame,
    head: Head,
    action: String,
    who: String,
    will: String,
    /// There are more than one file holds.
    too_many: String,
    /// Why a second person is asked; empty if none is.
    second: String,
    formats: Vec<Choice>,
    back: String,
    filled: Filled,
    key: String,
}

async fn shown(portal: &Portal, visit: &Visit, id: &str, asked: Asked) -> Result<Shown, PageError> {
    staff_pages::reaches(visit)?;
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope.clone();
    portal.db.read(async move |tx| super::shown(tx, &scope, id, asked.clone()).await).await?.ok_or(PageError::NotFound)
}

/// What would be taken out, and in which form.
pub async fn choose(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let shown = shown(&portal, &visit, &id, asked).await?;
    page(&portal, &visit, &shown, Filled::default())
}

fn page(portal: &Portal, visit: &Visit, shown: &Shown, filled: Filled) -> Result<Page, PageError> {
    let w = visit.words();
    let (frame, head) = shown.whole.head(portal, visit, w.t("office-export"), None);
    let is_wrong = !filled.is_fine();
    let chosen = Format::ALL.into_iter().find(|format| format.id() == filled.value("format")).unwrap_or(Format::Xlsx);
    let hours = (OPEN.as_minutes() / 60).to_string();
    let page = ChoosePage {
        action: address(visit, shown, "/export"),
        who: shown.sifted.words(w),
        will: w.count("office-export-will", shown.count),
        too_many: if shown.count > MOST { w.one("office-export-too-many", "most", &MOST) } else { String::new() },
        second: if shown.count > ALONE { w.one("exports-second", "hours", &hours) } else { String::new() },
        formats: Format::ALL
            .into_iter()
            .map(|format| Choice {
                id: format.id(),
                words: w.t(&format!("office-format-{}", format.id())),
                small: w.t(&format!("office-format-{}-small", format.id())),
                chosen: format == chosen,
            })
            .collect(),
        back: address(visit, shown, "/applicants"),
        key: visit.now.uuid().to_string(),
        filled,
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

/// The file; or, if characters would be lost, first the page that names whose. A long list is asked for instead.
pub async fn export(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    posted: Posted,
) -> Result<Page, PageError> {
    let shown = shown(&portal, &visit, &id, asked).await?;
    let w = visit.words();
    if shown.count > MOST {
        return page(&portal, &visit, &shown, Filled::default());
    }
    let mut filled = Filled::from_posted(&posted);
    let Some(format) = Format::ALL.into_iter().find(|format| format.id() == posted.get("format")) else {
        filled.wrong("format", w.t("office-format-first"));
        return page(&portal, &visit, &shown, filled);
    };
    if shown.count > ALONE {
        return request(&portal, &visit, &shown, format, &posted, filled).await;
    }
    let (written, lines) = write(&visit, format, &shown.whole, lines(&portal, &visit, &shown.sifted).await?).await?;
    if !written.lost.is_empty() && !posted.has("anyway") {
        let (action, back) = (address(&visit, &shown, "/export"), address(&visit, &shown, "/export"));
        return lost_page((&portal, &visit), &shown.whole, &lines, &written.lost, action, back);
    }
    leave(&portal, &visit, &shown, format, written, None).await?.map_err(|_| PageError::Bug("a short list asks nobody"))
}

/// Asks a second person.
async fn request(
    portal: &Portal,
    visit: &Visit,
    shown: &Shown,
    format: Format,
    posted: &Posted,
    mut filled: Filled,
) -> Result<Page, PageError> {
    let reason = match Text::<200>::new(&one_line(posted.get("reason"))) {
        Ok(reason) => reason.into_string(),
        Err(wrong) => {
            let key = if matches!(wrong, NotText::Empty) { "exports-reason-empty" } else { "exports-reason-long" };
            filled.wrong("reason", visit.words().t(key));
            return page(portal, visit, shown, filled);
        }
    };
    let wanted = Wanted {
        session: shown.whole.session.id,
        query: shown.sifted.query(&[("after", ""), ("before", "")]),
        part: shown.sifted.is_set(),
        format,
        people: shown.count,
        reason,
    };
    let (key, hand) = (posted.key(portal, visit), Hand::of(&visit.actor));
    let id = portal.db.write(Lane::Staff, key, async move |tx, now| ask(tx, &wanted, &hand, now).await).await?;
    Ok(Page::see_other(&visit.to(&format!("{PATH}/{id}?done=asked"))))
}
