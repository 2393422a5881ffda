use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::{DbResult, Lane, Tx};
use journal::Entry;
use kernel::{Timestamp, long_date, long_moment, short_date};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use web::{Filled, Frame, Page, PageError, Pager, Portal, Posted, Visit, Words, page_of};

use super::{found, score, withdrawn};
use crate::assignments::pages::{Place, ROWS};
use crate::content::Course;
use crate::content::photo::Photos;
use crate::in_house::kit::{Kit, KitId, key};
use crate::in_house::receive::{NotReceived, receive};
use crate::in_house::results::{MOST, NotTaken};
use crate::in_house::store::ResultLine;
use crate::in_house::{course, package as packing, results, store};
use crate::kit::{CONTACTS, Session, made, made_of, photos_of};

/// Which page, and what was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    page: String,
    done: String,
    new: String,
    known: String,
}

#[derive(Template)]
#[template(path = "in_house/pages/show.html")]
struct ShowPage {
    frame: Frame,
    path: String,
    organization: String,
    course: String,
    facts: Vec<(String, String)>,
    /// Whether the course is still the one that was given out.
    is_current: bool,
    contacts: Vec<(&'static str, String)>,
    filled: Filled,
    /// Files that wait to be recorded: their address and when they came.
    waiting: Vec<(String, String)>,
    most: String,
    rows: Vec<Row>,
    pager: Pager,
    done: String,
    /// Why a file was not taken, and what to do.
    refused: Vec<String>,
}

struct Row {
    name: String,
    department: String,
    who: String,
    score: String,
    shape: &'static str,
    word: String,
    day: String,
    /// When it was taken back, by whom and why; empty while it stands.
    withdrawn: String,
    /// Where it is taken back or put right; empty where it was.
    link: String,
}

/// A kit: taking it along, bringing back what came of it, and who is recorded.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, kit)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    let kit = found(&portal, &place, &kit).await?;
    page(&portal, &visit, &place, &kit, &asked, (Filled::default(), Vec::new())).await
}

async fn page(
    portal: &Portal,
    visit: &Visit,
    place: &Place,
    kit: &Kit,
    asked: &Asked,
    (filled, refused): (Filled, Vec<String>),
) -> Result<Page, PageError> {
    let (id, (number, skipped)) = (kit.id, page_of(&asked.page, ROWS));
    let read = async move |tx: &mut Tx<'_>| Ok((store::results(tx, id, skipped, ROWS + 1).await?, store::waiting(tx, id).await?));
    let (mut list, waiting) = portal.db.read(read).await?;
    let w = visit.words();
    let path = format!("{}/kits/{}", place.base, kit.id);
    let pager = Pager::numbered(visit, &path, (number, ROWS), &mut list);
    let is_fine = refused.is_empty() && filled.is_fine();
    let page = ShowPage {
        frame: place.frame_below(portal, visit, kit.label.clone()).crumb(w.t("in-house-title"), &format!("{}/kits", place.base)).here(),
        organization: place.organization.name.clone(),
        course: kit.title.clone(),
        facts: vec![
            (w.t("learning-record-version"), kit.version.clone()),
            (w.t("in-house-made"), long_date(kit.made_at.day(), w.lang)),
            (w.t("in-house-number"), kit.id.to_string()[..8].to_owned()),
        ],
        is_current: current(place, kit).is_some(),
        contacts: CONTACTS.map(|name| (name, w.t(&format!("kit-{name}")))).to_vec(),
        waiting: waiting.iter().map(|file| (format!("{path}/files/{}", file.id), long_moment(file.sent_at, w.lang))).collect(),
        most: w.count("in-house-file-hint", MOST),
        rows: list.iter().map(|line| row(line, &path, w)).collect(),
        done: match asked.done.as_str() {
            "recorded" => w.with("in-house-recorded", &[("new", digits(&asked.new)), ("known", digits(&asked.known))]),
            "withdrawn" => w.t("in-house-done-withdrawn"),
            "corrected" => w.t("in-house-done-corrected"),
            _ => String::new(),
        },
        pager,
        path,
        filled,
        refused,
    };
    Ok(Page::html(&page)?.status(if is_fine { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }))
}

/// A number of an address; what is none is nothing.
fn digits(text: &str) -> &str {
    if !text.is_empty() && text.len() < 6 && text.bytes().all(|byte| byte.is_ascii_digit()) { text } else { "0" }
}

fn row(line: &ResultLine, path: &str, w: Words) -> Row {
    let stands = line.withdrawn_at.is_none();
    let (shape, key) = match () {
        () if !stands => ("cancelled", "in-house-withdrawn"),
        () if line.is_passed() => ("done", "in-house-passed"),
        () => ("closed", "in-house-not-passed"),
    };
    Row {
        name: line.name.clone(),
        department: line.department.clone(),
        who: line.email.clone().unwrap_or_else(|| w.t("in-house-name-alone")),
        score: score(line, w),
        shape,
        word: w.t(key),
        day: short_date(line.ended_at.day(), w.lang),
        withdrawn: withdrawn(line, w),
        link: if stands { format!("{path}/results/{}", line.sitting) } else { String::new() },
    }
}

/// The course of a kit, if it is still the one that was given out.
fn current(place: &Place, kit: &Kit) -> Option<&'static Course> {
    place.shown.iter().copied().find(|course| course.slug == kit.course && kit.is_of(course))
}

/// The zip to take along, with the contacts that were typed.
pub async fn package(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, kit)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    let kit = found(&portal, &place, &kit).await?;
    let Some(current) = current(&place, &kit) else {
        return page(&portal, &visit, &place, &kit, &Asked::default(), (Filled::default(), Vec::new())).await;
    };
    let (session, organization, keys, settings) =
        (Session::from_posted(&posted), place.organization.name.clone(), portal.keys.clone(), portal.settings());
    let w = Words::of(kit.lang);
    let name = format!("mist-kit-{}-{}.zip", kit.course, &kit.id.to_string()[..8]);
    let taken = kit.id;
    let work = move |photos: Photos| {
        let terms = crate::kit::terms(&kit.version, &settings, w);
        let (data, figures) = course::data(&kit, current, (&session, &organization), &keys, (terms, photos), w);
        packing::pack(&data, &figures, current.title.get(w.lang), w)
    };
    let bytes = made_of(photos_of(&portal, current), work).await?.map_err(|wrong| {
        tracing::error!(%wrong, "a kit could not be packed");
        PageError::Bug("a kit could not be packed")
    })?;
    let by = visit.actor.label();
    portal.db.write(Lane::Staff, None, async move |tx, now| note(tx, taken, &by, now).await).await?;
    Ok(Page::file("application/zip", &name, bytes))
}

/// Who took a kit along is remembered: it holds the key under which results are sealed.
async fn note(tx: &mut Tx<'_>, kit: KitId, by: &str, now: Timestamp) -> DbResult<()> {
    journal::record(tx, &Entry::by(by).did("kits.taken").on("kit", kit), now).await?;
    Ok(())
}

/// Takes a file of results, and shows who is in it; or says why not.
pub async fn send(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, kit)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    let kit = found(&portal, &place, &kit).await?;
    let w = visit.words();
    let refused = async |words: Vec<String>| page(&portal, &visit, &place, &kit, &Asked::default(), (Filled::default(), words)).await;
    let Some(file) = posted.file("file").cloned() else { return refused(vec![w.t("in-house-no-file")]).await };
    let key = key(&portal.keys, kit.organization, kit.id);
    let (asked, bytes) = (kit.clone(), file.bytes.clone());
    let sittings = match made(move || results::read(&key, &asked, &bytes)).await? {
        Ok(sittings) => sittings,
        Err(why) => return refused(vec![w.t(refusal(why)), w.t("in-house-refused-next")]).await,
    };
    let (digest, by) = (hex::encode(Sha256::digest(&file.bytes)), visit.actor.label());
    let of = kit.clone();
    let write = async move |tx: &mut Tx<'_>, now| receive(tx, &of, &digest, &sittings, &by, now).await;
    match portal.db.write(Lane::Staff, None, write).await? {
        Ok(received) => match received.recorded_at {
            Some(at) => refused(vec![w.one("in-house-refused-again", "moment", &long_moment(at, w.lang))]).await,
            None => Ok(Page::see_other(&visit.to(&format!("{}/kits/{}/files/{}", place.base, kit.id, received.file)))),
        },
        Err(NotReceived::Full) => refused(vec![w.t("in-house-refused-full")]).await,
    }
}

/// What happened and why, by the key of the words.
const fn refusal(why: NotTaken) -> &'static str {
    match why {
        NotTaken::NotAFile => "in-house-refused-none",
        NotTaken::Foreign => "in-house-refused-foreign",
        NotTaken::Edited => "in-house-refused-edited",
        NotTaken::Unfit => "in-house-refused-unfit",
        NotTaken::Empty => "in-house-refused-empty",
        NotTaken::Many => "in-house-refused-many",
    }
}
