use askama::Template;
use intake::export::Unencodable;
use web::{Frame, Page, PageError, Portal, Visit};

use super::super::super::staff_pages::{Head, Whole};
use crate::trainings::store::Applicant;

/// A row with characters that the file cannot hold.
struct Lost {
    name: String,
    number: String,
    characters: String,
}

#[derive(Template)]
#[template(path = "office/exports/pages/lost.html")]
struct LostPage {
    frame: Frame,
    head: Head,
    action: String,
    lead: String,
    lost: Vec<Lost>,
    back: String,
}

/// Names whose characters would be lost, before they are: the same can be asked for again `anyway`, at `action`.
pub(super) fn lost_page(
    (portal, visit): (&Portal, &Visit),
    whole: &Whole,
    lines: &[Applicant],
    lost: &[Unencodable],
    action: String,
    back: String,
) -> Result<Page, PageError> {
    let w = visit.words();
    let (frame, head) = whole.head(portal, visit, w.t("office-export-lost-title"), None);
    // The headings are the first row of the file.
    let line = |lost: &Unencodable| lost.row.checked_sub(2).and_then(|index| lines.get(index));
    let mut rows: Vec<Lost> = Vec::new();
    for cell in lost {
        let Some(line) = line(cell) else { continue };
        let number = whole.receipt(line.number);
        match rows.last_mut() {
            Some(last) if last.number == number => last.characters.push_str(&cell.characters),
            _ => rows.push(Lost { name: line.name(), number, characters: cell.characters.clone() }),
        }
    }
    Page::html(&LostPage { action, lead: w.count("office-export-lost", rows.len()), lost: rows, back, frame, head })
}
