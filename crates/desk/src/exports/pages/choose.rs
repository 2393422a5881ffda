use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use serde_json::Value;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::{frame, moment, number, paper_name};
use crate::cases::EntryId;
use crate::desk_pages::{Tab, case_of, read_case, typed_moment};
use crate::exports::store::MadeRow;
use crate::exports::{NotHandedOver, hand_over, lexicon, store};

#[derive(Template)]
#[template(path = "exports/pages/choose.html")]
struct ChoosePage {
    frame: Frame,
    tabs: Vec<(String, String, bool)>,
    path: String,
    case_path: String,
    receivers: Vec<ReceiverView>,
    made: Vec<MadeView>,
    filled: Filled,
    key: String,
}

/// Somebody who may get something.
struct ReceiverView {
    id: String,
    name: String,
    why: String,
    tlp: &'static str,
    names: String,
    papers: Vec<(String, String)>,
}

/// A file that was made.
struct MadeView {
    id: String,
    when: String,
    who: String,
    receiver: String,
    paper: String,
    tlp: String,
    sha256: String,
    /// When it was handed over; empty while it was not.
    handed: String,
}

/// To whom, and what; and what was made and handed over before.
pub async fn choose(State(portal): State<Portal>, visit: Visit, Path(typed): Path<String>) -> Result<Page, PageError> {
    let done = if visit.query == "done=handed" { visit.words().t("desk-export-done-handed") } else { String::new() };
    page(&portal, &visit, &typed, done, Filled::default()).await
}

async fn page(portal: &Portal, visit: &Visit, typed: &str, done: String, filled: Filled) -> Result<Page, PageError> {
    let case = case_of(portal, visit, typed).await?;
    read_case(portal, visit, case.id).await?;
    let w = visit.words();
    let id = case.id;
    let made = portal.db.read(async move |tx| store::all_made(tx, id).await).await?;
    let receivers = lexicon()
        .receivers
        .iter()
        .map(|receiver| ReceiverView {
            id: receiver.id.clone(),
            name: visit.lang.pick(&receiver.name.ja, &receiver.name.en).clone(),
            why: visit.lang.pick(&receiver.why.ja, &receiver.why.en).clone(),
            tlp: receiver.tlp.label(),
            names: w.t(if receiver.names { "desk-export-names" } else { "desk-export-no-names" }),
            papers: lexicon().papers(receiver).map(|(id, paper)| (id.to_owned(), paper_name(visit, id, paper))).collect(),
        })
        .collect();
    let case_path = format!("/desk/cases/{}", case.number);
    let is_wrong = !filled.is_fine();
    let page = Page::html(&ChoosePage {
        frame: frame(portal, visit, &case, w.t("desk-export-title")).here().done(done),
        tabs: Tab::Exports.row(visit, case.number),
        path: format!("{case_path}/exports"),
        case_path,
        receivers,
        made: made.iter().map(|row| view(visit, row)).collect(),
        filled,
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

fn view(visit: &Visit, row: &MadeRow) -> MadeView {
    let said = |name: &str| row.facts.get(name).and_then(Value::as_str).unwrap_or_default();
    let receiver = lexicon().receiver(said("receiver")).map(|it| visit.lang.pick(&it.name.ja, &it.name.en).clone());
    let paper = lexicon().paper(said("paper")).map(|paper| paper_name(visit, said("paper"), paper));
    MadeView {
        id: row.id.to_string(),
        when: moment(row.recorded_at, visit.lang),
        who: row.actor.clone(),
        receiver: receiver.unwrap_or_else(|| said("receiver").to_owned()),
        paper: paper.unwrap_or_else(|| said("paper").to_owned()),
        tlp: exchange::Tlp::of(said("tlp")).map_or_else(String::new, |tlp| tlp.label().to_owned()),
        sha256: said("sha256").to_owned(),
        handed: row.handed_at.map(|at| moment(at, visit.lang)).unwrap_or_default(),
    }
}

/// Puts down that a file was handed over.
pub async fn handed_over(
    State(portal): State<Portal>,
    visit: Visit,
    Path((typed, export)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let number = number(&typed)?;
    let export: EntryId = export.parse().map_err(|_| PageError::NotFound)?;
    let (w, mut filled) = (visit.words(), Filled::from_posted(&posted));
    let (at_field, to_field) = (format!("at-{export}"), format!("to-{export}"));
    let words = posted.get(&to_field).trim().to_owned();
    if words.chars().count() > 1_000 {
        filled.wrong(&to_field, w.one("desk-export-wrong-words-long", "max", "1000"));
        return page(&portal, &visit, &typed, String::new(), filled).await;
    }
    let at = match posted.get(&at_field).trim() {
        "" => Some(visit.now),
        typed => typed_moment(typed, visit.now),
    };
    let Some(at) = at else {
        filled.wrong(&at_field, w.t("desk-export-wrong-moment"));
        return page(&portal, &visit, &typed, String::new(), filled).await;
    };
    let (by, key) = (visit.actor.label(), posted.key(&portal, &visit));
    let work = async move |tx: &mut db::Tx<'_>, now| hand_over(tx, number, export, at.min(now), &words, &by, now).await;
    // A moment that is typed lies in the past; the clock of the form and that of the database may differ by a little.
    if at > visit.now {
        filled.wrong(&at_field, w.t("desk-export-wrong-time"));
        return page(&portal, &visit, &typed, String::new(), filled).await;
    }
    match portal.db.write(Lane::Staff, key, work).await? {
        Ok(_) | Err(NotHandedOver::Already) => Ok(Page::see_other(&visit.to(&format!("/desk/cases/{number}/exports?done=handed")))),
        Err(NotHandedOver::Unknown) => Err(PageError::NotFound),
        Err(NotHandedOver::Time) => {
            filled.wrong(&at_field, w.t("desk-export-wrong-time"));
            page(&portal, &visit, &typed, String::new(), filled).await
        }
    }
}
