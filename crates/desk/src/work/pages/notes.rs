//! 記録: notes and decisions with their TLP, words for the next shift, lessons, and who has to do with the case.

use askama::Template;
use axum::extract::{Path, State};
use db::Tx;
use kernel::Uuid;
use std::collections::BTreeMap;
use web::paging::Query;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Reader, Visit, Words};

use super::{Head, Tab, act, done, found, shown, text, to};
use crate::desk_pages::{Sealed, moment};
use crate::keys::Lock;
use crate::work::note::{self, Kind, NewNote, NotWritten, Tlp};
use crate::work::person::{self, Contact, Side};
use crate::work::playbook::playbooks;
use crate::work::points::{KnownSlides, Slides, item};
use crate::work::store::notes as store;

#[derive(Template)]
#[template(path = "work/pages/notes.html")]
struct NotesPage {
    frame: Frame,
    lock: Lock,
    head: Head,
    notes: Vec<NoteView>,
    kinds: Vec<(String, String, bool)>,
    colours: Vec<(String, bool)>,
    /// What a lesson can lead to, each with what is done about it.
    points: BTreeMap<String, String>,
    people: Vec<PersonView>,
    sides: Vec<(String, String, bool)>,
    filled: Filled,
    key: String,
}

/// A note in words.
struct NoteView {
    kind: String,
    is_decision: bool,
    tlp: Tlp,
    words: Sealed,
    /// What a lesson leads to.
    points: Vec<PointView>,
    written: String,
}

/// What a lesson leads to, in words.
struct PointView {
    /// What is done about it, where this case has a task for it.
    task: String,
    /// What kind of thing it is; empty for what was typed and is neither an item of the checklist nor a slide.
    label: String,
    words: String,
    path: String,
}

/// Somebody in words.
struct PersonView {
    id: Uuid,
    side: String,
    words: Sealed,
    left: String,
}

/// The labels of the fields of a contact.
const CONTACT: [(&str, &str); 5] = [
    ("name", "work-person-name"),
    ("post", "work-person-post"),
    ("phone", "work-person-phone"),
    ("mail", "work-person-mail"),
    ("about", "work-person-about"),
];

/// The notes of a case.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, query: Query) -> Result<Page, PageError> {
    let done = done(visit.words(), &query);
    page(&portal, &visit, &number, done, Filled::default()).await
}

/// What is done about a point: as these tasks say it, or any other where the case is another by now.
fn named(points: &BTreeMap<String, String>, point: &str, w: Words) -> String {
    let other = || playbooks().task_about(point).map(|task| task.title.pick(w.lang).to_owned());
    points.get(point).cloned().or_else(other).unwrap_or_default()
}

/// The ids of what a lesson leads to.
fn points_of(row: &store::NoteRow) -> Vec<String> {
    serde_json::from_value(row.points.clone()).unwrap_or_default()
}

fn point_view(w: Words, known: &KnownSlides, task: String, point: String) -> PointView {
    if let Some(slide) = known.slide(&point) {
        return PointView { task, label: w.t("work-task-slides"), words: slide.title.clone(), path: slide.path.clone() };
    }
    match item(w, &point) {
        Some(words) => PointView { task, label: w.t("work-task-checklist"), words, path: String::new() },
        None => PointView { task, label: String::new(), words: point, path: String::new() },
    }
}

async fn page(portal: &Portal, visit: &Visit, number: &str, done: String, filled: Filled) -> Result<Page, PageError> {
    let found = found(portal, visit, number).await?;
    let (w, id) = (visit.words(), found.case.id);
    let (find, reader) = (portal.part::<Slides>().map(|slides| *slides), Reader { w, now: visit.now });
    let read = async move |tx: &mut Tx<'_>| {
        let notes = store::notes(tx, id).await?;
        let slides: Vec<String> = notes.iter().flat_map(points_of).filter(|point| point.contains('#')).collect();
        Ok((notes, store::people(tx, id).await?, KnownSlides::load(tx, find, &slides, reader).await?))
    };
    let (notes, people, known) = portal.db.read(read).await?;
    let (frame, head) = found.head(portal, visit, Tab::Notes);
    let tasks = playbooks().tasks(found.case.event.as_deref(), found.grade());
    let mut points = BTreeMap::new();
    for task in &tasks {
        for point in task.checklist.iter().chain(&task.slides) {
            points.entry(point.clone()).or_insert_with(|| task.title.pick(w.lang).to_owned());
        }
    }
    let page = NotesPage {
        frame: frame.done(done),
        notes: notes
            .iter()
            .map(|row| NoteView {
                kind: w.t(&format!("work-note-{}", row.kind)),
                is_decision: row.kind == Kind::Decision,
                tlp: row.tlp,
                words: Sealed::new(id, "case_notes", row.id, "words", &row.words),
                points: points_of(row).into_iter().map(|point| point_view(w, &known, named(&points, &point, w), point)).collect(),
                written: w.with("work-noted-by", &[("at", &moment(row.written_at, w.lang)), ("who", &found.known.who(w, &row.actor))]),
            })
            .collect(),
        kinds: Kind::ALL
            .iter()
            .map(|kind| (kind.id().to_owned(), w.t(&format!("work-note-{kind}")), filled.is("note_kind", kind.id())))
            .collect(),
        colours: colours(&filled, Tlp::AmberStrict),
        points,
        people: people
            .iter()
            .map(|row| PersonView {
                id: row.id,
                side: w.t(&format!("work-side-{}", row.side)),
                words: Sealed::new(id, "case_people", row.id, "words", &row.words).with_fields(w, &CONTACT),
                left: row.left_at.map(|at| w.one("work-person-left", "at", &moment(at, w.lang))).unwrap_or_default(),
            })
            .collect(),
        sides: Side::ALL
            .iter()
            .map(|side| (side.id().to_owned(), w.t(&format!("work-side-{side}")), filled.is("side", side.id())))
            .collect(),
        key: visit.now.uuid().to_string(),
        lock: found.lock,
        head,
        filled,
    };
    shown(&page, &page.filled)
}

/// Writes something down.
pub async fn write(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let kind = posted.get("note_kind").parse().unwrap_or(Kind::Note);
    let tlp = posted.get("tlp").parse().unwrap_or(Tlp::AmberStrict);
    let words = text(&posted, "note_words", &mut filled, w);
    let points =
        posted.get("points").split([',', '、', '\n']).map(str::trim).filter(|point| !point.is_empty()).map(str::to_owned).collect();
    let new = NewNote { kind, tlp, words, points };
    let written = act(&portal, &visit, &number, &posted, async move |tx, id, now| note::write(tx, id, &new, &by, now).await).await?;
    let (field, words) = match written {
        Ok(()) => return Ok(to(&visit, &number, "/notes", "saved")),
        Err(NotWritten::Unknown) => return Err(PageError::NotFound),
        Err(NotWritten::NoWords) => ("note_words", "work-wrong-note"),
        Err(NotWritten::Points) => ("points", "work-wrong-points"),
    };
    filled.wrong(field, w.t(words));
    page(&portal, &visit, &number, String::new(), filled).await
}

/// Adds somebody.
pub async fn add_person(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let side = posted.get("side").parse().unwrap_or(Side::Institution);
    let mut field = |name: &str| text(&posted, name, &mut filled, w);
    let contact = Contact {
        name: field("person_name"),
        post: field("person_post"),
        phone: field("person_phone"),
        mail: field("person_mail"),
        about: field("person_about"),
    };
    let added =
        act(&portal, &visit, &number, &posted, async move |tx, id, now| person::add(tx, id, side, &contact, &by, now).await).await?;
    if added {
        return Ok(to(&visit, &number, "/notes", "saved"));
    }
    filled.wrong("person_name", w.t("work-wrong-person"));
    page(&portal, &visit, &number, String::new(), filled).await
}

/// Notes that somebody has no more to do with it.
pub async fn leave(
    State(portal): State<Portal>,
    visit: Visit,
    Path((number, person)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let person: Uuid = person.parse().map_err(|_| PageError::NotFound)?;
    let by = visit.actor.label();
    act(&portal, &visit, &number, &posted, async move |tx, id, now| person::leave(tx, id, person, &by, now).await).await?;
    Ok(to(&visit, &number, "/notes", "saved"))
}

/// The colours to choose from, one of them chosen.
pub fn colours(filled: &Filled, usual: Tlp) -> Vec<(String, bool)> {
    let chosen = filled.value("tlp").parse().unwrap_or(usual);
    Tlp::ALL.iter().map(|tlp| (tlp.id().to_owned(), *tlp == chosen)).collect()
}
