use axum::extract::{Path, State};
use web::{Filled, Page, PageError, Portal, Posted, Visit, Words};

use super::act::{changed, done, refused};
use super::{open_draft, put, seen};
use crate::authoring::arrange::{NotArranged, Way, is_slug};
use crate::authoring::bundle::Bundle;
use crate::content::load::TAKEN;
use crate::content::text::Text;

/// The most characters of a title.
const TITLE_MAX: usize = 120;
/// Units are of three to five minutes; a new one is of so many until somebody says otherwise.
const MINUTES: i64 = 4;

/// Adds a unit, moves one, or takes one away.
pub async fn arrange(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    if seen(&posted, &id).is_none_or(|seen| seen.saved_at != draft.version.saved_at) {
        return changed(&portal, &visit, (&slug, &id)).await;
    }
    let (w, mut files) = (visit.words(), draft.files.clone());
    let unit = posted.get("unit").trim().to_owned();
    let outcome = match posted.get("do") {
        "add" => match added(&mut files, &unit, &posted, w) {
            Ok(outcome) => outcome,
            Err(filled) => return refused(&portal, &visit, (&slug, &id), "", filled).await,
        },
        "up" => files.move_unit(&unit, Way::Up),
        "down" => files.move_unit(&unit, Way::Down),
        "remove" => files.remove_unit(&unit),
        _ => return Err(PageError::NotFound),
    };
    let why = match outcome {
        Ok(()) => match put(&portal, &visit, &posted, &draft, files).await? {
            Ok(()) => return Ok(done(&visit, &slug, &id, "saved")),
            Err(_) => return changed(&portal, &visit, (&slug, &id)).await,
        },
        Err(NotArranged::Unknown) => return Err(PageError::NotFound),
        Err(NotArranged::Taken) => {
            let mut filled = Filled::from_posted(&posted);
            filled.wrong("unit", w.t("authoring-wrong-taken"));
            return refused(&portal, &visit, (&slug, &id), "", filled).await;
        }
        Err(NotArranged::Unreadable) => "authoring-mend-first",
        Err(NotArranged::Last) => "authoring-wrong-last",
    };
    refused(&portal, &visit, (&slug, &id), why, Filled::default()).await
}

/// Moves a slide of a unit, or takes one away.
pub async fn arrange_slides(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id, unit)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    if seen(&posted, &id).is_none_or(|seen| seen.saved_at != draft.version.saved_at) {
        return changed(&portal, &visit, (&slug, &id)).await;
    }
    let (mut files, slide) = (draft.files.clone(), posted.get("slide").trim());
    let outcome = match posted.get("do") {
        "up" => files.move_slide(&unit, slide, Way::Up),
        "down" => files.move_slide(&unit, slide, Way::Down),
        "remove" => files.remove_slide(&unit, slide),
        _ => return Err(PageError::NotFound),
    };
    let why = match outcome {
        Ok(()) => match put(&portal, &visit, &posted, &draft, files).await? {
            Ok(()) => return Ok(done(&visit, &slug, &id, "saved")),
            Err(_) => return changed(&portal, &visit, (&slug, &id)).await,
        },
        Err(NotArranged::Unknown | NotArranged::Taken) => return Err(PageError::NotFound),
        Err(NotArranged::Unreadable) => "authoring-mend-first",
        Err(NotArranged::Last) => "authoring-wrong-last-slide",
    };
    refused(&portal, &visit, (&slug, &id), why, Filled::default()).await
}

fn added(files: &mut Bundle, unit: &str, posted: &Posted, w: Words) -> Result<Result<(), NotArranged>, Filled> {
    let mut filled = Filled::from_posted(posted);
    let title = title(posted, &mut filled, w);
    if !is_slug(unit) || TAKEN.contains(&unit) {
        filled.wrong("unit", w.t("authoring-wrong-address"));
    }
    if !filled.is_fine() {
        return Err(filled);
    }
    let lesson = |key: &str| Text { ja: Words::of(kernel::Lang::Ja).t(key), en: Words::of(kernel::Lang::En).t(key) };
    Ok(files.add_unit(unit, &title, MINUTES, &lesson("authoring-first-slide"), &lesson("authoring-first-notes")))
}

/// The title that was typed, in both languages.
pub(super) fn title(posted: &Posted, filled: &mut Filled, w: Words) -> Text {
    let text = |name: &str| kernel::one_line(posted.get(name));
    let title = Text { ja: text("title_ja"), en: text("title_en") };
    if title.ja.is_empty() {
        filled.wrong("title_ja", w.t("authoring-wrong-title"));
    }
    for (name, text) in [("title_ja", &title.ja), ("title_en", &title.en)] {
        let length = text.chars().count();
        if length > TITLE_MAX {
            filled.wrong(name, w.with("approval-wrong-too-long", &[("length", &length.to_string()), ("max", &TITLE_MAX.to_string())]));
        }
    }
    title
}
