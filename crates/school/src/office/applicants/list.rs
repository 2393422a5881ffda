use askama::Template;
use axum::extract::Path;
use axum::extract::{Query, State};
use people::organizations::{self, Kind, Prefecture};
use web::{Frame, Page, PageError, Pager, Portal, Visit, Words};

use super::super::staff_pages::{self, Head, Tab, Whole};
use super::figures::Figures;
use super::filter::{self, Asked, Chip, From, Sifted, Sort};
use super::found::Found;
use super::standing;
use crate::trainings::store::{Applicant, COUNTED, Care, Wants};

/// A row of the list.
pub struct Row {
    pub id: String,
    pub name: String,
    pub kana: String,
    pub number: String,
    pub workplace: String,
    pub kind: String,
    pub shape: &'static str,
    pub state: String,
    pub applied: String,
    pub applied_at: String,
    pub cares: Vec<(String, &'static str)>,
    pub pick: String,
}

/// A column that the list can be sorted by.
struct Column {
    word: String,
    href: String,
    sorted: &'static str,
}

/// A choice of a select.
struct Choice {
    id: String,
    word: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "office/applicants/list.html")]
struct ListPage {
    frame: Frame,
    head: Head,
    asked: Asked,
    states: Vec<Choice>,
    cares: Vec<Choice>,
    months: Vec<Choice>,
    kinds: &'static [Kind],
    prefectures: &'static [Prefecture],
    is_set: bool,
    is_detailed: bool,
    chips: Vec<Chip>,
    total: String,
    rows: Vec<Row>,
    by_place: Column,
    by_time: Column,
    pager: Pager,
    confirmed: i64,
    waiting: i64,
    left: String,
    is_unlimited: bool,
    figures: Option<Figures>,
    undelivered: i64,
    export: String,
    export_words: String,
    can_edit: bool,
    can_export: bool,
    can_import: bool,
}

/// The people of a session, fifty at a time.
pub async fn list(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope.clone();
    let found = portal.db.read(async move |tx| Found::read(tx, id, &asked, &scope).await).await?;
    let Found { whole, sifted, from, lines, has_more, count, all, kinds, undelivered } = found.ok_or(PageError::NotFound)?;
    let w = visit.words();
    let list_path = whole.path("/applicants");
    let (frame, head) = whole.head(&portal, &visit, w.t("office-applicants"), Some(Tab::Applicants));
    let may = |action| portal.offers(&visit, action);
    let of = if count > COUNTED { w.t("office-shown-many") } else { w.count("office-shown-of", count) };
    let place = Place { w, sifted: &sifted, path: visit.to(&list_path), from: &from, has_more, of };
    let page = ListPage {
        pager: place.pager(&lines),
        states: choices(w, Wants::ALL.map(|wants| (wants.id(), filter::wants_key(wants))), &sifted.asked().state),
        cares: choices(w, Care::ALL.map(|care| (care.id(), filter::care_key(care))), &sifted.asked().care),
        months: months(w, &whole, &visit, &sifted.asked().month),
        kinds: organizations::kinds(),
        prefectures: organizations::prefectures(),
        is_set: sifted.is_set(),
        is_detailed: sifted.is_detailed(),
        chips: sifted.chips(w, &visit.to(&list_path)),
        total: total(w, count, all),
        by_place: column(w, &sifted, &visit.to(&list_path), "office-column-place", Sort::Workplace),
        by_time: column(w, &sifted, &visit.to(&list_path), "office-column-applied", Sort::New),
        confirmed: whole.session.taken,
        waiting: whole.session.waiting,
        left: whole.session.seats.map_or_else(|| w.t("office-no-limit"), |seats| (seats - whole.session.taken).max(0).to_string()),
        is_unlimited: whole.session.seats.is_none(),
        figures: kinds.map(|counts| Figures::of(w, &counts)),
        undelivered,
        export: filter::address(&visit.to(&whole.path("/export")), &sifted.query(&[])),
        export_words: if count > COUNTED { w.t("office-export-open") } else { w.count("office-export-shown", count) },
        can_edit: may(access::Action::EditApplicants),
        can_export: may(access::Action::ExportApplicants),
        can_import: may(access::Action::ImportLists) && whole.takes_entries(visit.now),
        rows: lines.iter().map(|line| row(w, &whole, line)).collect(),
        asked: sifted.asked().clone(),
        frame,
        head,
    };
    Page::html(&page)
}

/// A row of the list, in words.
pub fn row(w: Words, whole: &Whole, line: &Applicant) -> Row {
    let (shape, state) = standing(w, line);
    let name = line.name();
    Row {
        id: line.id.to_string(),
        pick: w.one("office-pick", "name", &name),
        name,
        kana: line.kana(),
        number: whole.receipt(line.number),
        workplace: line.organization_name.clone(),
        kind: organizations::kind(&line.organization_kind).map_or_else(String::new, |kind| kind.name(w.lang).to_owned()),
        shape,
        state,
        applied: staff_pages::numeric_moment(line.applied_at),
        applied_at: line.applied_at.rfc3339(),
        cares: cares(w, line),
    }
}

/// 気をつけること: what somebody has to know before acting, most pressing first.
pub fn cares(w: Words, line: &Applicant) -> Vec<(String, &'static str)> {
    let mut cares = Vec::new();
    if let Some(at) = line.cancelled_at {
        let key = if line.cancelled_by_themselves() { "office-care-cancelled-self" } else { "office-care-cancelled-office" };
        cares.push((w.one(key, "day", &format!("{}/{}", at.day().month(), at.day().day())), ""));
        return cares;
    }
    if line.undelivered {
        cares.push((w.t("office-care-mail"), "care"));
    }
    if line.shared {
        cares.push((w.t("office-care-shared"), ""));
    }
    if line.list.is_some() {
        cares.push((w.t("office-care-list"), ""));
    } else if let Some(by) = line.entered_by {
        cares.push((w.t(if by.is_viewing() { "together-word" } else { "office-care-phone" }), ""));
    }
    if let Some(number) = line.moved_from {
        let nth = crate::trainings::nth(w, number, line.moved_from_extra == Some(true));
        cares.push((w.one("office-care-moved-from", "nth", &nth), ""));
    }
    cares
}

fn total(w: Words, count: i64, all: i64) -> String {
    match () {
        () if count > COUNTED => w.t("office-total-many"),
        () if count == all => w.count("office-total", count),
        () => {
            let all = if all > COUNTED { w.t("office-over-thousand") } else { w.count("office-total", all) };
            w.with("office-total-of", &[("n", &count.to_string()), ("all", &all)])
        }
    }
}

fn choices<const N: usize>(w: Words, all: [(&'static str, &'static str); N], chosen: &str) -> Vec<Choice> {
    all.into_iter().map(|(id, key)| Choice { id: id.to_owned(), word: w.t(key), chosen: id == chosen }).collect()
}

fn months(w: Words, whole: &Whole, visit: &Visit, chosen: &str) -> Vec<Choice> {
    filter::months(whole, visit.now)
        .into_iter()
        .map(|month| {
            let id = month.strftime("%Y-%m").to_string();
            Choice { chosen: id == chosen, word: kernel::long_month(month, w.lang), id }
        })
        .collect()
}

/// The heading of a column: pressing it sorts by it, or turns the order round.
fn column(w: Words, sifted: &Sifted, path: &str, key: &str, sort: Sort) -> Column {
    let (sorted, next) = match (sort, sifted.sort) {
        (Sort::Workplace, Sort::Workplace) => ("ascending", ""),
        (Sort::Workplace, _) => ("none", "place"),
        (_, Sort::New) => ("descending", "old"),
        (_, Sort::Old) => ("ascending", ""),
        (_, Sort::Workplace) => ("none", ""),
    };
    Column { word: w.t(key), href: filter::address(path, &sifted.query(&[("sort", next)])), sorted }
}

/// Where in a list of applicants a page stands.
pub struct Place<'a> {
    pub w: Words,
    pub sifted: &'a Sifted,
    pub path: String,
    pub from: &'a From,
    /// Whether there are more rows in the direction in which they were read.
    pub has_more: bool,
    /// 「38名中」
    pub of: String,
}

impl Place<'_> {
    /// How many rows lie before these.
    pub const fn before(&self, lines: &[Applicant]) -> usize {
        // Going back, the cursor counts the rows before the page that was left.
        if self.from.backwards { self.from.skipped.saturating_sub(lines.len()) } else { self.from.skipped }
    }

    /// The way to the pages before and behind these rows.
    pub fn pager(&self, lines: &[Applicant]) -> Pager {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Pager::default() };
        let skipped = self.before(lines);
        let has_previous = if self.from.backwards { self.has_more } else { skipped > 0 };
        let has_next = self.from.backwards || self.has_more;
        let to = |name: &str, cursor: String| filter::address(&self.path, &self.sifted.query(&[(name, &cursor)]));
        let until = (skipped + lines.len()).to_string();
        Pager {
            previous: if has_previous { to("before", self.sifted.cursor(skipped, first)) } else { String::new() },
            next: if has_next { to("after", self.sifted.cursor(skipped + lines.len(), last)) } else { String::new() },
            shown: self.w.with("office-shown", &[("count", &self.of), ("first", &(skipped + 1).to_string()), ("last", &until)]),
        }
    }
}
