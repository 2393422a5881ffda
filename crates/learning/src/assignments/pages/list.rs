use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::long_date;
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Visit, Words, page_of};

use super::{Place, ROWS};
use crate::assignments::assignment::{Assignment, AssignmentId};
use crate::assignments::store::{self, Counted};
use crate::content::Course;

/// Which page, and what was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    page: String,
    done: String,
}

#[derive(Template)]
#[template(path = "assignments/pages/list.html")]
struct ListPage {
    frame: Frame,
    base: String,
    organization: String,
    rows: Vec<Row>,
    pager: Pager,
    /// How many people are on the list.
    staff: String,
    has_staff: bool,
    done: String,
}

/// An assignment in a list.
pub(super) struct Row {
    pub path: String,
    pub title: String,
    pub organization: String,
    pub whom: String,
    pub due: String,
    pub shape: &'static str,
    pub word: String,
    pub done: String,
    pub open: String,
    pub waived: String,
}

impl Row {
    /// The line of an assignment, with how many are how far.
    pub(super) fn of(
        assignment: &Assignment,
        (path, organization): (String, String),
        (counts, shown): (&[(AssignmentId, Counted)], &[&'static Course]),
        w: Words,
        now: kernel::Timestamp,
    ) -> Self {
        let counted = counts.iter().find(|(id, _)| *id == assignment.id).map(|(_, counted)| *counted).unwrap_or_default();
        let (shape, key) = match () {
            () if assignment.ended_at.is_some() => ("closed", "assign-state-ended"),
            () if counted.people > 0 && counted.open() == 0 => ("done", "assign-state-done"),
            () if now >= assignment.due_at => ("cancelled", "assign-state-over"),
            () => ("open", "assign-state-open"),
        };
        Self {
            path,
            organization,
            title: assignment.title(shown, w),
            whom: assignment.whom(w),
            due: long_date(assignment.due(), w.lang),
            shape,
            word: w.t(key),
            done: w.with("assign-of-people", &[("n", &counted.done.to_string()), ("of", &(counted.people - counted.waived).to_string())]),
            open: counted.open().to_string(),
            waived: counted.waived.to_string(),
        }
    }
}

/// What is assigned at an institution, and how far its people are.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    let (id, (number, skipped)) = (place.id(), page_of(&asked.page, ROWS));
    let read = async move |tx: &mut db::Tx<'_>| {
        let list = store::of_organization(tx, id, skipped, ROWS + 1).await?;
        let counts = store::count_each(tx, id, skipped, ROWS).await?;
        Ok((list, counts, store::count_staff(tx, id, "").await?))
    };
    let (mut list, counts, staff) = portal.db.read(read).await?;
    let w = visit.words();
    let pager = Pager::numbered(&visit, &place.base, (number, ROWS), &mut list);
    let row = |one: &Assignment| Row::of(one, (format!("{}/{}", place.base, one.id), String::new()), (&counts, &place.shown), w, visit.now);
    let page = ListPage {
        rows: list.iter().map(row).collect(),
        frame: place.frame(&portal, &visit, w.t("assign-title")).here(),
        organization: place.organization.name.clone(),
        staff: w.count("assign-staff-count", staff),
        has_staff: staff > 0,
        done: match asked.done.as_str() {
            "ended" => w.t("assign-done-ended"),
            _ => String::new(),
        },
        base: place.base,
        pager,
    };
    Page::html(&page)
}
