use access::AccountId;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use intake::{Charset, NotRead, Source};
use kernel::Day;
use people::sheet;
use web::{Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::{Choice, Ground, span_words};
use crate::attendance::FileId;
use crate::attendance::attendee::{Attendee, attendees};
use crate::attendance::files::{Kept, LIMITS, NotAReport, Report, ZONES, Zone, read};
use crate::attendance::import::{self, NotImported, can_import};
use crate::attendance::matching::{How, Match, Seats};
use crate::attendance::store::{self, NewImport, SentFile};
use crate::office::staff_pages::Head;

/// Rows to be mended, and participants, that the preview names.
const NAMED: usize = 50;

#[derive(Template)]
#[template(path = "attendance/pages/import.html")]
struct FormPage {
    frame: Frame,
    head: Head,
    path: String,
    refusal: String,
    zones: Vec<Choice>,
    hint: String,
    error: String,
}

/// A participant of the file, with whose it would be.
struct One {
    row: usize,
    name: String,
    address: String,
    when: String,
    shape: &'static str,
    how: String,
    whose: String,
}

#[derive(Template)]
#[template(path = "attendance/pages/preview.html")]
struct PreviewPage {
    frame: Frame,
    head: Head,
    path: String,
    file: String,
    action: String,
    form: String,
    title: String,
    zone: String,
    counts: Vec<(&'static str, String, String)>,
    notes: Vec<String>,
    wrong: Vec<(String, String, String)>,
    wrong_more: String,
    people: Vec<One>,
    people_title: String,
    refusal: String,
    button: String,
}

/// The form for a participant file.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    page(&portal, &visit, &ground, Zone::of(""), String::new())
}

fn page(portal: &Portal, visit: &Visit, ground: &Ground, zone: Zone, error: String) -> Result<Page, PageError> {
    let w = visit.words();
    let (frame, head) = ground.head(portal, visit, w.t("attendance-import-title"));
    let is_wrong = !error.is_empty();
    let choice = |one: Zone| Choice { id: one.id().to_owned(), word: w.t(&format!("attendance-zone-{}", one.key())), chosen: one == zone };
    let page = Page::html(&FormPage {
        path: ground.path(""),
        refusal: refusal(w, can_import(&ground.whole.session, ground.sheet.is_closed(), visit.now)),
        zones: ZONES.map(choice).into(),
        hint: w.with("attendance-file-hint", &[("rows", &LIMITS.rows.to_string()), ("size", &format!("{} MB", LIMITS.bytes >> 20))]),
        error,
        frame,
        head,
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

fn refusal(w: Words, can: Result<(), NotImported>) -> String {
    can.err().map_or_else(String::new, |refusal| w.t(refusal.key()))
}

fn account(visit: &Visit) -> Result<AccountId, PageError> {
    visit.actor.account().ok_or(PageError::NotFound)
}

/// Takes a file, if it is one that can be read, and shows what it would do. Nothing is brought in yet.
pub async fn send(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    let w = visit.words();
    let zone = Zone::of(posted.get("zone"));
    if can_import(&ground.whole.session, ground.sheet.is_closed(), visit.now).is_err() {
        return Ok(page(&portal, &visit, &ground, zone, String::new())?.status(StatusCode::CONFLICT));
    }
    let Some(file) = posted.file("file").cloned() else {
        return page(&portal, &visit, &ground, zone, w.t("attendance-file-none"));
    };
    let name: String = kernel::one_line(&file.name).chars().take(100).collect();
    let table = match sheet(&portal, &file.bytes, &name, LIMITS).await? {
        Ok(table) => table,
        Err(not) => return page(&portal, &visit, &ground, zone, not_read(w, &not)),
    };
    let (kept, near) = (Kept::of(&file.bytes, table), near(&ground));
    let (outcome, written) = aside(move || (read(&kept.table, zone, near).map(drop), kept.written())).await?;
    if let Err(not) = outcome {
        return page(&portal, &visit, &ground, zone, not_a_report(w, not));
    }
    let bytes = written.map_err(|_| PageError::Bug("a table could not be written"))?;
    let (account, session) = (account(&visit)?, ground.whole.session.id);
    let key = posted.key(&portal, &visit);
    let file = portal
        .db
        .write(Lane::Staff, key, async move |tx, now| store::keep_file(tx, session, account, (&name, zone.id()), &bytes, now).await)
        .await?;
    Ok(Page::see_other(&visit.to(&ground.path(&format!("/files/{file}")))))
}

/// The day that dates without an order of their own are taken to be near.
fn near(ground: &Ground) -> Day {
    ground.whole.session.day.unwrap_or(Day::constant(2_000, 1, 1))
}

/// Does what takes as long as a file is large where nobody else waits to be served.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PageError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| PageError::Bug("work on a participant file did not end"))
}

fn not_read(w: Words, not: &NotRead) -> String {
    let facts = not.facts();
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    w.with(not.key(), &facts)
}

fn not_a_report(w: Words, not: NotAReport) -> String {
    match not {
        NotAReport::Headings => w.t("attendance-file-headings"),
        NotAReport::Nobody => w.t("attendance-file-nobody"),
    }
}

/// A file that was sent, with what it says.
struct Sent {
    file: SentFile,
    digest: [u8; 32],
    report: Report,
    attendees: Vec<Attendee>,
}

/// The visitor's own file for this session.
async fn sent(portal: &Portal, visit: &Visit, ground: &Ground, file: &str) -> Result<Sent, PageError> {
    let id: FileId = file.parse().map_err(|_| PageError::NotFound)?;
    let (session, account) = (ground.whole.session.id, account(visit)?);
    let found = portal.db.read(async move |tx| store::file(tx, id).await).await?;
    let mut file = found.filter(|file| file.session == session && file.account == account).ok_or(PageError::NotFound)?;
    let (bytes, zone, near) = (std::mem::take(&mut file.bytes), Zone::of(&file.zone), near(ground));
    let look = move || {
        let kept = Kept::found(&bytes)?;
        let report = read(&kept.table, zone, near).map(|report| (attendees(&report.lines), report));
        Some((kept.digest, report))
    };
    let (digest, report) = aside(look).await?.ok_or(PageError::NotFound)?;
    let (attendees, report) = report.map_err(|_| PageError::Bug("a table that was understood cannot be understood again"))?;
    Ok(Sent { file, digest, report, attendees })
}

/// What a file would do.
pub async fn preview(State(portal): State<Portal>, visit: Visit, Path((id, file)): Path<(String, String)>) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    let Sent { file, report, attendees, .. } = sent(&portal, &visit, &ground, &file).await?;
    let session = ground.whole.session.id;
    let (named, seats) = portal.db.read(async move |tx| Ok((store::named(tx, session).await?, store::seats(tx, session).await?))).await?;
    let all = Seats::of(named.ok_or(PageError::NotFound)?, &seats);
    let found: Vec<Match> = attendees.iter().map(|attendee| all.find(attendee)).collect();
    let w = visit.words();
    let name_of = |id| seats.iter().find(|seat| seat.id == id).map_or_else(String::new, |seat| format!("{} {}", seat.family, seat.given));
    let count = |wanted: fn(&Match) -> bool| found.iter().filter(|found| wanted(found)).count();
    let (matched, open) = (count(|found| matches!(found, Match::Found(..))), count(|found| matches!(found, Match::Open(_))));
    let people = |count: usize| w.count("attendance-people", count);
    let mut counts =
        vec![("done", w.t("attendance-preview-found"), people(matched)), ("arranging", w.t("attendance-preview-open"), people(open))];
    if !report.wrong.is_empty() {
        counts.push(("cancelled", w.t("attendance-preview-wrong"), w.count("attendance-rows", report.wrong.len())));
    }
    let refusal = refusal(w, can_import(&ground.whole.session, ground.sheet.is_closed(), visit.now));
    let (frame, head) = ground.head(&portal, &visit, w.t("attendance-preview-title"));
    // Those about whom somebody will have to decide come first.
    let mut order: Vec<usize> = (0..attendees.len()).collect();
    order.sort_by_key(|at| matches!(found[*at], Match::Found(..)));
    let page = PreviewPage {
        path: ground.path(""),
        action: ground.path(&format!("/files/{}", file.id)),
        form: form_words(w, &report),
        title: report.title.clone(),
        zone: zone_words(w, &report, &file),
        notes: notes(w, &ground, &report, &attendees),
        wrong: report
            .wrong
            .iter()
            .take(NAMED)
            .map(|wrong| (w.one("lists-row", "n", &wrong.row), wrong.cell.clone(), w.t(wrong.why.key())))
            .collect(),
        wrong_more: match report.wrong.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => w.count("lists-wrong-more", more),
        },
        people_title: w.count("attendance-preview-first", attendees.len().min(NAMED)),
        people: order.into_iter().take(NAMED).map(|at| one(&visit, &attendees[at], &found[at], &name_of)).collect(),
        button: if refusal.is_empty() && !attendees.is_empty() {
            w.count("attendance-import-button", attendees.len())
        } else {
            String::new()
        },
        file: file.name,
        counts,
        refusal,
        frame,
        head,
    };
    Page::html(&page)
}

fn one(visit: &Visit, attendee: &Attendee, found: &Match, name_of: &dyn Fn(crate::trainings::application::ApplicationId) -> String) -> One {
    let w = visit.words();
    let (shape, how, whose) = match found {
        Match::Found(id, how) => ("done", w.t(how_key(*how)), name_of(*id)),
        Match::Open(candidates) if candidates.is_empty() => ("arranging", w.t("attendance-how-open"), String::new()),
        Match::Open(candidates) => {
            let names: Vec<String> = candidates.iter().map(|id| name_of(*id)).collect();
            ("arranging", w.t("attendance-how-open"), w.one("attendance-may-be", "names", &names.join(visit.lang.pick("、", ", "))))
        }
    };
    let from = attendee.stays.iter().map(|(from, _)| *from).min();
    let until = attendee.stays.iter().map(|(_, until)| *until).max();
    One {
        row: attendee.row,
        name: attendee.name.clone(),
        address: attendee.address.as_ref().map_or_else(String::new, ToString::to_string),
        when: span_words(visit, from, until, attendee.total.map(kernel::Span::as_seconds)),
        shape,
        how,
        whose,
    }
}

const fn how_key(how: How) -> &'static str {
    match how {
        How::Token => "attendance-how-token",
        How::Mail => "attendance-how-mail",
        How::Name => "attendance-how-name",
    }
}

/// The tool that wrote the file, and in which form it came.
fn form_words(w: Words, report: &Report) -> String {
    let form = match &report.source {
        Source::Workbook { sheet } => w.one("lists-form-excel", "sheet", sheet),
        Source::Delimited { charset: Charset::ShiftJis, .. } => w.t("lists-form-shift-jis"),
        Source::Delimited { charset: Charset::Utf16, .. } => w.t("attendance-form-utf16"),
        Source::Delimited { .. } => w.t("lists-form-csv"),
    };
    format!("{}{}{form}", report.tool.name(), w.lang.pick("・", ", "))
}

fn zone_words(w: Words, report: &Report, file: &SentFile) -> String {
    if !report.has_times {
        return w.t("attendance-zone-none");
    }
    if report.says_zone {
        return w.t("attendance-zone-own");
    }
    w.one("attendance-zone-assumed", "zone", &w.t(&format!("attendance-zone-{}", Zone::of(&file.zone).key())))
}

/// What somebody should know before they bring it in.
fn notes(w: Words, ground: &Ground, report: &Report, attendees: &[Attendee]) -> Vec<String> {
    let mut notes = Vec::new();
    if !report.has_times {
        notes.push(w.t("attendance-preview-lengths"));
    }
    if let Some(held) = ground.held
        && report.has_times
        && !attendees.iter().any(|attendee| attendee.stays.iter().any(|(from, until)| *from < held.ends && *until > held.starts))
    {
        notes.push(w.t("attendance-preview-other-time"));
    }
    notes
}

/// Brings the file in.
pub async fn bring_in(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, file)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    let Sent { file, digest, report, attendees } = sent(&portal, &visit, &ground, &file).await?;
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let new = NewImport {
        name: file.name.clone(),
        tool: report.tool.id(),
        zone: Zone::of(&file.zone).id(),
        has_times: report.has_times,
        digest,
        rows: count(report.lines.len()),
        wrong: count(report.wrong.len()),
    };
    let (session, by, key) = (ground.whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    let outcome = portal
        .db
        .write(Lane::Staff, key, async move |tx, now| import::import(tx, session, &new, &attendees, Some(file.id), &by, now).await)
        .await?;
    match outcome {
        Ok(done) if done.open > 0 => Ok(Page::see_other(&visit.to(&ground.path(&format!("/queue?done=imported&n={}", done.found))))),
        Ok(done) => Ok(Page::see_other(&visit.to(&ground.path(&format!("?done=imported&n={}", done.found))))),
        Err(not) => Ok(page(&portal, &visit, &ground, Zone::of(""), visit.words().t(not.key()))?.status(StatusCode::CONFLICT)),
    }
}
