use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use intake::Table;
use kernel::Timestamp;
use web::{Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::send::XLSX;
use super::{Named, account, target};
use crate::lists::keep::kept;
use crate::lists::list::{Fate, How, List, ListId};
use crate::lists::read::{self, Judged, Sheet};
use crate::lists::settle::settle;
use crate::lists::store::{self, Sent};

/// Lines that the preview shows; the file itself has them all.
const LOOKED_AT: usize = 20;
/// Lines to be mended that a page names; the file to mend has them all.
const NAMED: usize = 50;

/// How many lines share a fate.
struct Count {
    shape: &'static str,
    word: String,
    n: usize,
}

/// A line that is not brought in.
struct Wrong {
    number: usize,
    who: String,
    why: Vec<String>,
}

/// One of the first lines.
struct First {
    number: usize,
    cells: Vec<String>,
    shape: &'static str,
    word: String,
    cares: Vec<String>,
}

#[derive(Template)]
#[template(path = "lists/pages/preview.html")]
struct PreviewPage {
    frame: Frame,
    over: String,
    file: String,
    form: String,
    room: String,
    refusal: String,
    stopped: String,
    known: Vec<(String, &'static str)>,
    ignored: String,
    counts: Vec<Count>,
    wrong: Vec<Wrong>,
    wrong_more: String,
    headings: Vec<&'static str>,
    first: Vec<First>,
    first_title: String,
    button: String,
    has_people: bool,
    is_agreed: bool,
    is_told: bool,
    error: String,
    path: String,
    list: String,
    shelf: String,
}

#[derive(Template)]
#[template(path = "lists/pages/done.html")]
struct DonePage {
    frame: Frame,
    over: String,
    said: String,
    counts: Vec<Count>,
    wrong: Vec<Wrong>,
    wrong_more: String,
    path: String,
    list: String,
    shelf: String,
    back: String,
}

/// A list of the visitor's own, with what has become of its lines so far.
struct Found<L: List> {
    target: L::Target,
    sent: Sent,
    sheet: Sheet,
    fates: Vec<(i64, Fate)>,
}

impl<L: List> Found<L> {
    async fn of(portal: &Portal, visit: &Visit, named: &Named) -> Result<Self, PageError> {
        let (id, target) = target::<L>(portal, visit, named).await?;
        let list: ListId = named.get("list").and_then(|list| list.parse().ok()).ok_or(PageError::NotFound)?;
        let account = account(visit)?;
        let found = portal
            .db
            .read(async move |tx| {
                let Some(sent) = kept::<L>(tx, list, &id, account).await? else { return Ok(None) };
                let fates = store::fates(tx, sent.id).await?;
                Ok(Some((sent, fates)))
            })
            .await?;
        let (sent, fates) = found.ok_or(PageError::NotFound)?;
        // Before tables were kept, the file itself lay there for a day: it has to be sent once more.
        let table: Table = serde_json::from_slice(&sent.bytes).map_err(|_| PageError::NotFound)?;
        let sheet = read::sheet::<L>(&table, visit.words())
            .map_err(|_| PageError::Bug("a table that was understood cannot be understood again"))?;
        Ok(Self { target, sent, sheet, fates })
    }

    fn settled(&self) -> usize {
        usize::try_from(self.sent.settled).unwrap_or(usize::MAX).min(self.sheet.lines.len())
    }

    /// What would become of the lines that are not settled yet.
    async fn judged(&self, portal: &Portal, w: Words, now: Timestamp) -> Result<Vec<Judged<L>>, PageError> {
        Ok(read::judged::<L>(&portal.db, &self.target, &self.sheet.lines[self.settled()..], w, now).await?)
    }

    /// The columns that the preview shows, as far as the file has them.
    fn shown(&self) -> impl Iterator<Item = &'static intake::Column<&'static str>> {
        let is_there = |name: &str| self.sheet.known.iter().any(|(_, known)| *known == name);
        L::COLUMNS.iter().filter(move |column| L::SHOWN.contains(&column.key()) && is_there(column.name()))
    }

    fn first(&self, w: Words, line: &Judged<L>) -> First {
        First {
            number: line.line.number,
            cells: self.shown().map(|column| line.line.cells.get(column.key()).chars().take(80).collect()).collect(),
            shape: line.fate.shape(),
            word: w.t(&format!("lists-fate-{}", line.fate.id())),
            cares: line.checked.as_ref().map(|checked| checked.cares.clone()).unwrap_or_default(),
        }
    }

    fn wrong<'a>(&self, fates: impl Iterator<Item = (usize, &'a Fate)>) -> Vec<Wrong> {
        let who = |number: usize| {
            let line = self.sheet.lines.iter().find(|line| line.number == number);
            let cells = line.map(|line| {
                L::SHOWN.iter().map(|column| line.cells.get(column)).filter(|cell| !cell.is_empty()).take(2).collect::<Vec<_>>()
            });
            cells.unwrap_or_default().join(" ").chars().take(60).collect()
        };
        let wrong = fates.filter_map(|(number, fate)| match fate {
            Fate::Not(why) => Some(Wrong { number, who: who(number), why: why.clone() }),
            _ => None,
        });
        wrong.collect()
    }
}

/// What the list would do, or what it did.
pub(in crate::lists) async fn show<L: List>(State(portal): State<Portal>, visit: Visit, named: Named) -> Result<Page, PageError> {
    let found = Found::<L>::of(&portal, &visit, &named).await?;
    if found.sent.done_at.is_some() {
        done(&portal, &visit, &found)
    } else {
        preview(&portal, &visit, &found, &Posted::default(), String::new()).await
    }
}

async fn preview<L: List>(portal: &Portal, visit: &Visit, found: &Found<L>, posted: &Posted, error: String) -> Result<Page, PageError> {
    let w = visit.words();
    let judged = found.judged(portal, w, visit.now).await?;
    let comes = judged.iter().filter(|line| matches!(line.fate, Fate::New | Fate::Waiting)).count();
    let mut wrong = found.wrong(judged.iter().map(|line| (line.line.number, &line.fate)));
    let refusal = L::refusal(&found.target, visit).unwrap_or_default();
    let is_wrong = !error.is_empty();
    let page = PreviewPage {
        frame: frame(portal, visit, found, w.t("lists-preview-title")),
        over: L::over(&found.target, visit),
        file: found.sent.name.clone(),
        form: found.sheet.form.clone(),
        room: L::room(&found.target, w),
        stopped: if found.settled() > 0 { w.count("lists-stopped", found.settled()) } else { String::new() },
        known: found.sheet.known.clone(),
        ignored: found.sheet.ignored.join(w.lang.pick("、", ", ")),
        counts: counts(w, judged.iter().map(|line| &line.fate)),
        wrong_more: more(w, &mut wrong),
        wrong,
        headings: found.shown().map(intake::Column::name).collect(),
        first_title: w.count("lists-first", judged.len().min(LOOKED_AT)),
        first: judged.iter().take(LOOKED_AT).map(|line| found.first(w, line)).collect(),
        button: if comes == 0 || !refusal.is_empty() { String::new() } else { w.count(&format!("lists-{}-button", L::KIND), comes) },
        refusal,
        has_people: L::PEOPLE,
        is_agreed: posted.has("consent"),
        is_told: posted.has("mails"),
        error,
        path: L::path(&found.target),
        list: found.sent.id.to_string(),
        shelf: L::shelf(&found.target),
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

fn done<L: List>(portal: &Portal, visit: &Visit, found: &Found<L>) -> Result<Page, PageError> {
    let w = visit.words();
    let came = found.fates.iter().filter(|(_, fate)| matches!(fate, Fate::New | Fate::Waiting)).count();
    let mut wrong = found.wrong(found.fates.iter().map(|(number, fate)| (usize::try_from(*number).unwrap_or(0), fate)));
    Page::html(&DonePage {
        frame: frame(portal, visit, found, w.t("lists-done-title")),
        over: L::over(&found.target, visit),
        said: w.count(&format!("lists-{}-done", L::KIND), came),
        counts: counts(w, found.fates.iter().map(|(_, fate)| fate)),
        wrong_more: more(w, &mut wrong),
        wrong,
        path: L::path(&found.target),
        list: found.sent.id.to_string(),
        shelf: L::shelf(&found.target),
        back: w.t(&format!("lists-{}-back", L::KIND)),
    })
}

fn frame<L: List>(portal: &Portal, visit: &Visit, found: &Found<L>, title: String) -> Frame {
    let upload = format!("{}/import", L::path(&found.target));
    L::frame(&found.target, portal, visit, title).crumb(visit.words().t(&format!("lists-{}-title", L::KIND)), &upload).here()
}

fn counts<'a>(w: Words, fates: impl Iterator<Item = &'a Fate> + Clone) -> Vec<Count> {
    let all = [Fate::New, Fate::Waiting, Fate::Known, Fate::Not(Vec::new())];
    all.into_iter()
        .map(|kind| Count {
            shape: kind.shape(),
            word: w.t(&format!("lists-fate-{}", kind.id())),
            n: fates.clone().filter(|fate| fate.id() == kind.id()).count(),
        })
        .filter(|count| count.n > 0)
        .collect()
}

/// Leaves those that a page names, and says how many more there are.
fn more(w: Words, wrong: &mut Vec<Wrong>) -> String {
    let rest = wrong.len().saturating_sub(NAMED);
    wrong.truncate(NAMED);
    if rest > 0 { w.count("lists-wrong-more", rest) } else { String::new() }
}

/// Brings the list in, and shows what became of it.
pub(in crate::lists) async fn bring_in<L: List>(
    State(portal): State<Portal>,
    visit: Visit,
    named: Named,
    posted: Posted,
) -> Result<Page, PageError> {
    let found = Found::<L>::of(&portal, &visit, &named).await?;
    let w = visit.words();
    if found.sent.done_at.is_none() {
        if L::refusal(&found.target, &visit).is_some() {
            return Ok(preview(&portal, &visit, &found, &posted, String::new()).await?.status(StatusCode::CONFLICT));
        }
        if L::PEOPLE && !posted.has("consent") {
            return preview(&portal, &visit, &found, &posted, w.t("lists-consent-first")).await;
        }
        let how = How { actor: visit.actor.clone(), list: found.sent.id, tells: L::PEOPLE && posted.has("mails"), lang: visit.lang };
        settle::<L>(&portal.db, &found.target, &found.sheet.lines, found.settled(), &how, visit.now).await?;
    }
    Ok(Page::see_other(&visit.to(&format!("{}/imports/{}", L::path(&found.target), found.sent.id))))
}

/// The lines to be mended, as a workbook to be mended and sent again.
pub(in crate::lists) async fn mend<L: List>(State(portal): State<Portal>, visit: Visit, named: Named) -> Result<Page, PageError> {
    let found = Found::<L>::of(&portal, &visit, &named).await?;
    let w = visit.words();
    let mut fates = found.fates.clone();
    if found.sent.done_at.is_none() {
        let judged = found.judged(&portal, w, visit.now).await?;
        fates.extend(judged.into_iter().map(|line| (i64::try_from(line.line.number).unwrap_or(i64::MAX), line.fate)));
    }
    let bytes = read::to_mend(&found.sheet, &fates, w).map_err(|_| PageError::Bug("lines to be mended could not be written"))?;
    let stem = found.sent.name.rsplit_once('.').map_or(found.sent.name.as_str(), |(stem, _)| stem);
    Ok(Page::file(XLSX, &format!("{stem}-{}.xlsx", w.t("lists-mend-column")), bytes))
}
