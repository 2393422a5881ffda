use askama::Template;
use axum::extract::{Path, State};
use db::{Lane, Tx};
use kernel::{Uuid, long_moment, short_date};
use std::collections::BTreeMap;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::found;
use crate::assignments::pages::Place;
use crate::assignments::{self, Listed, StaffId};
use crate::in_house::kit::{Kit, KitFileId};
use crate::in_house::matched::Names;
use crate::in_house::record as recording;
use crate::in_house::results::Sitting;
use crate::in_house::store;

/// How many may be asked about in one form; a name beyond them stays a name.
const ASKED: usize = 100;

#[derive(Template)]
#[template(path = "in_house/pages/file.html")]
struct FilePage {
    frame: Frame,
    path: String,
    back: String,
    organization: String,
    sent: String,
    /// What recording does; empty where everybody stands.
    will: String,
    /// How many were taken back and may be recorded once more; empty where none was.
    again: String,
    rows: Vec<Row>,
    has_wrong_clock: bool,
    is_recorded: bool,
    key: String,
}

struct Row {
    name: String,
    department: String,
    score: String,
    shape: &'static str,
    word: String,
    day: String,
    /// Who it is: an address of the list, or words.
    who: String,
    /// What the choice is called, and who may be meant; empty where there is none.
    field: String,
    bearers: Vec<(String, String)>,
}

struct Seen {
    place: Place,
    kit: Kit,
    file: KitFileId,
    sent: String,
    is_recorded: bool,
    sittings: Vec<Sitting>,
    /// Tests that were put down, and whether they stand.
    known: BTreeMap<Uuid, bool>,
    list: Vec<Listed>,
}

async fn seen(portal: &Portal, visit: &Visit, (id, kit, file): (String, String, String)) -> Result<Seen, PageError> {
    let place = Place::of(portal, visit, &id).await?;
    let kit = found(portal, &place, &kit).await?;
    let file: KitFileId = file.parse().map_err(|_| PageError::NotFound)?;
    let (of, organization) = (kit.id, kit.organization);
    let read = async move |tx: &mut Tx<'_>| {
        let Some(line) = store::file(tx, of, file).await? else { return Ok(None) };
        let sittings = store::sittings(tx, of, file).await?.unwrap_or_default();
        Ok(Some((line, sittings, store::known(tx, of).await?, assignments::whole_list(tx, organization).await?)))
    };
    let (line, sittings, known, list) = portal.db.read(read).await?.ok_or(PageError::NotFound)?;
    let sent = long_moment(line.sent_at, visit.lang);
    let known = known.into_iter().map(|known| (known.sitting, known.stands)).collect();
    Ok(Seen { place, kit, file, sent, is_recorded: line.recorded_at.is_some(), sittings, known, list })
}

/// Who is in a file, before anybody is recorded.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(path): Path<(String, String, String)>) -> Result<Page, PageError> {
    let seen = seen(&portal, &visit, path).await?;
    let w = visit.words();
    let new = seen.sittings.iter().filter(|one| seen.known.get(&one.id) != Some(&true)).count();
    let withdrawn = seen.sittings.iter().filter(|one| seen.known.get(&one.id) == Some(&false)).count();
    let back = format!("{}/kits/{}", seen.place.base, seen.kit.id);
    let page = FilePage {
        frame: seen
            .place
            .frame_below(&portal, &visit, w.t("in-house-file-title"))
            .crumb(w.t("in-house-title"), &format!("{}/kits", seen.place.base))
            .crumb(seen.kit.label.clone(), &back)
            .here(),
        path: format!("{back}/files/{}", seen.file),
        back,
        organization: seen.place.organization.name.clone(),
        sent: w.one("in-house-file-sent", "moment", &seen.sent),
        will: if seen.is_recorded { String::new() } else { w.count("in-house-will", new) },
        again: if withdrawn > 0 { w.count("in-house-again", withdrawn) } else { String::new() },
        has_wrong_clock: seen.sittings.iter().any(|one| one.has_wrong_clock(&seen.kit, visit.now)),
        rows: rows(&seen, &visit),
        is_recorded: seen.is_recorded && new == 0,
        key: visit.now.uuid().to_string(),
    };
    Page::html(&page)
}

fn rows(seen: &Seen, visit: &Visit) -> Vec<Row> {
    let w = visit.words();
    let names = Names::of(&seen.list);
    let mut asked = 0;
    let row = |one: &Sitting| {
        let score = one.score(&seen.kit);
        let bearers = names.bearers(&one.name);
        let (is_known, is_withdrawn) = (seen.known.get(&one.id) == Some(&true), seen.known.get(&one.id) == Some(&false));
        // By the name alone it came to the wrong person, so that whoever bears it is asked about.
        let is_asked = !is_known && bearers.len() > usize::from(!is_withdrawn) && asked < ASKED;
        asked += usize::from(is_asked);
        let (shape, key) = match () {
            () if is_known => ("closed", "in-house-known"),
            () if is_withdrawn => ("cancelled", "in-house-withdrawn"),
            () if score.is_passed() => ("done", "in-house-passed"),
            () => ("closed", "in-house-not-passed"),
        };
        Row {
            name: one.name.clone(),
            department: one.department.clone(),
            score: w.with("learning-record-test", &[("right", &score.right.to_string()), ("asked", &score.asked.to_string())]),
            shape,
            word: w.t(key),
            day: short_date(one.times(&seen.kit, visit.now).1.day(), w.lang),
            who: match bearers {
                [one] if !is_withdrawn => one.email.clone(),
                _ => w.t("in-house-name-alone"),
            },
            field: if is_asked { format!("person-{}", one.id) } else { String::new() },
            bearers: bearers.iter().map(|one| (one.id.to_string(), format!("{} {}", one.name, one.email))).collect(),
        }
    };
    seen.sittings.iter().map(row).collect()
}

/// Records them.
pub async fn record(
    State(portal): State<Portal>,
    visit: Visit,
    Path(path): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let seen = seen(&portal, &visit, path).await?;
    let choice = |one: &Sitting| Some((one.id, posted.get(&format!("person-{}", one.id)).parse::<StaffId>().ok()?));
    let chosen: BTreeMap<Uuid, StaffId> = seen.sittings.iter().filter_map(choice).collect();
    let (kit, file, by) = (seen.kit.clone(), seen.file, visit.actor.label());
    let write = async move |tx: &mut Tx<'_>, now| recording::record(tx, &kit, file, &chosen, &by, now).await;
    let recorded = portal.db.write(Lane::Staff, posted.key(&portal, &visit), write).await?.ok_or(PageError::NotFound)?;
    let done = format!("{}/kits/{}?done=recorded&new={}&known={}", seen.place.base, seen.kit.id, recorded.new, recorded.known);
    Ok(Page::see_other(&visit.to(&done)))
}
