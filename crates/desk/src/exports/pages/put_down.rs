use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::Lane;
use exchange::{TEXT, Tlp};
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::{frame, number};
use crate::desk_pages::{case_of, read_case};
use crate::exports::{NotWritten, lexicon, store, write};
use crate::keys::{self, Lock};

#[derive(Template)]
#[template(path = "exports/pages/put_down.html")]
struct PutDownPage {
    frame: Frame,
    lock: Lock,
    path: String,
    back: String,
    case_id: String,
    hint: String,
    /// What stands there now: place and sealed words.
    before: Option<(String, String)>,
    marks: Vec<(&'static str, &'static str, String, bool)>,
    filled: Filled,
    key: String,
}

/// Where the fact was missing.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct From {
    #[serde(rename = "for")]
    page: String,
}

/// A page of the same case, to go back to.
fn back(number: &str, page: &str) -> String {
    let exports = format!("/desk/cases/{number}/exports");
    let is_plain = page.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_".contains(&b));
    if page.starts_with(&format!("{exports}/")) && is_plain { page.to_owned() } else { exports }
}

/// One fact to be written down, or written anew.
pub async fn form(
    State(portal): State<Portal>,
    visit: Visit,
    Path((typed, fact)): Path<(String, String)>,
    Query(from): Query<From>,
) -> Result<Page, PageError> {
    page(&portal, &visit, &typed, &fact, &from.page, Filled::default()).await
}

async fn page(portal: &Portal, visit: &Visit, typed: &str, fact: &str, from: &str, mut filled: Filled) -> Result<Page, PageError> {
    let kind = lexicon().fact(fact).filter(|kind| kind.sealed).ok_or(PageError::NotFound)?;
    let case = case_of(portal, visit, typed).await?;
    let (id, name) = (case.id, kind.id.clone());
    let reading = read_case(portal, visit, id).await?;
    let found = portal.db.read(async move |tx| Ok((store::fact(tx, id, &name).await?, keys::lock(tx, &reading).await?)));
    let (known, lock) = found.await?;
    if filled.value("tlp").is_empty() {
        filled.set("tlp", known.as_ref().map_or(Tlp::AmberStrict, |known| known.tlp.0).id());
    }
    let w = visit.words();
    let path = format!("/desk/cases/{}/facts/{}", case.number, kind.id);
    let back = back(&case.number.to_string(), from);
    let mark =
        |tlp: Tlp| (tlp.id(), tlp.label(), w.t(&format!("desk-export-tlp-{}", tlp.id().replace('+', "-"))), filled.is("tlp", tlp.id()));
    let marks = Tlp::ALL.map(mark).to_vec();
    let is_wrong = !filled.is_fine();
    let page = Page::html(&PutDownPage {
        frame: frame(portal, visit, &case, visit.lang.pick(&kind.name.ja, &kind.name.en).clone())
            .crumb(w.t("desk-export-title"), &format!("/desk/cases/{}/exports", case.number))
            .here(),
        lock,
        path,
        back,
        case_id: case.id.to_string(),
        hint: w.t(if kind.id == "timeline" { "desk-export-timeline-hint" } else { "desk-export-words-hint" }),
        before: known.map(|known| (format!("case_facts|{}|words", known.id), STANDARD.encode(&known.words))),
        marks,
        filled,
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Writes it down, sealed to the case.
pub async fn save(
    State(portal): State<Portal>,
    visit: Visit,
    Path((typed, fact)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let number = number(&typed)?;
    let w = visit.words();
    let mut filled = Filled::from_posted(&posted);
    let words = posted.get("words").trim().replace("\r\n", "\n");
    let Some(tlp) = Tlp::of(posted.get("tlp")) else {
        filled.wrong("tlp", w.t("desk-export-wrong-mark"));
        return page(&portal, &visit, &typed, &fact, posted.get("for"), filled).await;
    };
    let (name, by, key) = (fact.clone(), visit.actor.label(), posted.key(&portal, &visit));
    let written = portal.db.write(Lane::Staff, key, async move |tx, now| write(tx, number, &name, tlp, &words, &by, now).await).await?;
    match written {
        Ok(()) => Ok(Page::see_other(&visit.to(&back(&number.to_string(), posted.get("for"))))),
        Err(NotWritten::Unknown) => Err(PageError::NotFound),
        Err(NotWritten::Empty) => {
            filled.wrong("words", w.t("desk-export-wrong-empty"));
            page(&portal, &visit, &typed, &fact, posted.get("for"), filled).await
        }
        Err(NotWritten::TooLong) => {
            filled.wrong("words", w.one("desk-export-wrong-words-long", "max", &TEXT.to_string()));
            page(&portal, &visit, &typed, &fact, posted.get("for"), filled).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::back;

    #[test]
    fn one_goes_back_to_a_page_of_the_same_case_or_to_its_exports() {
        let back = |page| back("2026-000123-7", page);
        assert_eq!(back("/desk/cases/2026-000123-7/exports/police/stix"), "/desk/cases/2026-000123-7/exports/police/stix");
        for page in [
            "",
            "https://example.jp",
            "//example.jp",
            "/desk/cases/2026-000124-5/exports/police/stix",
            "/desk/cases/2026-000123-7/exports/a?b",
        ] {
            assert_eq!(back(page), "/desk/cases/2026-000123-7/exports");
        }
    }
}
