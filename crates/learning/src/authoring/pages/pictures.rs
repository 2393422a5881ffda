use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use kernel::Lang;
use std::collections::{BTreeMap, BTreeSet};
use web::{Filled, Frame, Page, PageError, Pager, Portal, Posted, Visit, Words, page_of};

use super::{Draft, digest, open_draft, put};
use crate::authoring::bundle::Bundle;
use crate::authoring::deck::{Depicted, Described};

/// Pictures on one page.
const ON_A_PAGE: i64 = 20;
/// The most characters of what a picture tells.
const ALT_MAX: usize = 300;

#[derive(Template)]
#[template(path = "authoring/pages/pictures.html")]
struct PicturesPage {
    frame: Frame,
    path: String,
    over: String,
    missing: String,
    lines: Vec<Line>,
    is_english: bool,
    filled: Filled,
    pager: Pager,
    page: i64,
    was: String,
    key: String,
}

/// A picture with the fields for what it tells.
struct Line {
    /// How its fields are called: `habits-0f3a9c55d2e17b84-1`.
    name: String,
    unit: String,
    heading: String,
    /// Its address; empty for a drawing.
    src: String,
    width: u32,
    height: u32,
    is_missing: bool,
}

/// Every picture, those first of which nobody has said what they tell. The order stays while they are written: it is that of `files`.
fn sorted(files: &Bundle) -> Vec<Depicted> {
    let mut all = files.depicted();
    all.sort_by_key(|one| !one.is_missing());
    all
}

/// By what its fields are called: by the picture itself, not by where it stands. While somebody writes, another may move its slide or
/// put one before it, and then what was written would be said of another picture.
fn name(one: &Depicted) -> String {
    format!("{}-{}-{}", one.unit, digest(&one.name), one.showing)
}

fn alt_field(one: &Depicted, code: &str) -> String {
    format!("alt-{}-{code}", name(one))
}

fn plain_field(one: &Depicted) -> String {
    format!("plain-{}", name(one))
}

/// Fills in what the version says of pictures of which the form says nothing.
fn fill_in(filled: &mut Filled, pictures: &[Depicted]) {
    for one in pictures {
        let is_empty = |filled: &Filled, code: &str| filled.value(&alt_field(one, code)).trim().is_empty();
        if filled.is(&plain_field(one), "yes") {
            continue;
        }
        if one.is_decorative && one.alts.keys().all(|code| is_empty(filled, code)) {
            filled.set(&plain_field(one), "yes");
        }
        for (code, alt) in one.alts.iter().filter(|_| !one.is_decorative) {
            if is_empty(filled, code) {
                filled.set(&alt_field(one, code), alt);
            }
        }
    }
}

/// The list of pictures, with what they tell.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path((slug, id)): Path<(String, String)>) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let asked: Vec<(String, String)> = serde_urlencoded::from_str(&visit.query).unwrap_or_default();
    let value = |name: &str| asked.iter().find(|(asked, _)| asked == name).map_or("", |(_, value)| value.as_str());
    let done = if value("done") == "saved" { visit.words().t("authoring-done-saved") } else { String::new() };
    let number = page_of(value("page"), ON_A_PAGE).0;
    let (shown, mut filled) = (on_page(&draft.files, number, 0), Filled::default());
    fill_in(&mut filled, &shown);
    page(&portal, &visit, &draft, (number, shown), filled, done)
}

/// The pictures of one page of the list.
fn on_page(files: &Bundle, number: i64, more: usize) -> Vec<Depicted> {
    let skipped = usize::try_from((number - 1) * ON_A_PAGE).unwrap_or(usize::MAX);
    let rows = usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
    sorted(files).into_iter().skip(skipped).take(rows + more).collect()
}

/// A page of the list, with the pictures that it shows.
fn page(
    portal: &Portal,
    visit: &Visit,
    draft: &Draft,
    (number, shown): (i64, Vec<Depicted>),
    filled: Filled,
    done: String,
) -> Result<Page, PageError> {
    let w = visit.words();
    let file = draft.files.course().ok_or(PageError::NotFound)?;
    let title = |slug: &str| file.units.iter().find(|unit| unit.slug.get_ref() == slug).map(|unit| unit.title.get(w.lang).to_owned());
    let missing = draft.files.depicted().iter().filter(|one| one.is_missing()).count();
    let line = |one: Depicted| Line {
        name: name(&one),
        unit: title(&one.unit).unwrap_or_default(),
        src: one.photo.as_ref().map_or(String::new(), |photo| format!("{}/preview/figures/{}", draft.path(), photo.file())),
        width: one.photo.as_ref().map_or(0, |photo| photo.width),
        height: one.photo.as_ref().map_or(0, |photo| photo.height),
        is_missing: one.is_missing(),
        heading: one.heading,
    };
    let path = format!("{}/pictures", draft.path());
    let pager = Pager::numbered(visit, &path, (number, ON_A_PAGE), &mut on_page(&draft.files, number, 1));
    let status = if filled.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = PicturesPage {
        frame: draft.frame(portal, visit, w.t("pictures-title")).done(done),
        path: draft.path(),
        over: draft.name(w),
        missing: if missing > 0 { w.count("pictures-missing", missing) } else { w.t("pictures-none-missing") },
        is_english: file.languages.iter().any(|code| code == "en"),
        lines: shown.into_iter().map(line).collect(),
        filled,
        pager,
        page: number,
        was: was(&draft.files),
        key: visit.now.uuid().to_string(),
    };
    Ok(Page::html(&page)?.status(status))
}

/// By what the form knows the pictures that it was made of.
fn was(files: &Bundle) -> String {
    digest(&format!("{:?}", files.depicted()))
}

/// Saves what the pictures of the form tell, and no others: which of them stand on a page changes while they are written.
pub async fn save(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let w = visit.words();
    let (number, _) = page_of(posted.get("page"), ON_A_PAGE);
    let mut filled = Filled::from_posted(&posted);
    let mut files = draft.files.clone();
    let fields: BTreeSet<&str> = posted.fields().iter().map(|(field, _)| field.as_str()).collect();
    let is_sent = |one: &Depicted| one.alts.keys().any(|code| fields.contains(alt_field(one, code).as_str()));
    let sent: Vec<Depicted> = sorted(&draft.files).into_iter().filter(is_sent).collect();
    // Where none of them is left, those that there are now.
    let shown = if sent.is_empty() { on_page(&draft.files, number, 0) } else { sent.clone() };
    let first = shown.first().map(|first| alt_field(first, Lang::Ja.code())).unwrap_or_default();
    if sent.is_empty() || posted.get("was") != was(&draft.files) {
        // What somebody else has written meanwhile comes beside what was typed, and is not lost when the form is sent again.
        fill_in(&mut filled, &shown);
        filled.wrong(&first, w.t("authoring-wrong-meanwhile"));
    }
    for one in &sent {
        let said = described(one, &mut filled, w);
        files.describe(&one.unit, one.place, &said);
    }
    if filled.is_fine() {
        match put(&portal, &visit, &posted, &draft, files).await? {
            Ok(()) => return Ok(Page::see_other(&visit.to(&format!("{}/pictures?done=saved", draft.path())))),
            Err(words) => filled.wrong(&first, words),
        }
    }
    page(&portal, &visit, &draft, (number, shown), filled, String::new())
}

fn described(one: &Depicted, filled: &mut Filled, w: Words) -> Described {
    let mut alts = BTreeMap::new();
    for code in [Lang::Ja, Lang::En].map(Lang::code).into_iter().filter(|code| one.alts.contains_key(code)) {
        let field = alt_field(one, code);
        let typed = kernel::one_line(filled.value(&field));
        let length = typed.chars().count();
        if length > ALT_MAX {
            filled.wrong(&field, w.with("approval-wrong-too-long", &[("length", &length.to_string()), ("max", &ALT_MAX.to_string())]));
        }
        alts.insert(code, typed);
    }
    let is_plain = filled.is(&plain_field(one), "yes");
    if is_plain && alts.values().any(|alt| !alt.is_empty()) {
        filled.wrong(&alt_field(one, Lang::Ja.code()), w.t("pictures-wrong-both"));
    }
    Described { is_decorative: is_plain, alts }
}
