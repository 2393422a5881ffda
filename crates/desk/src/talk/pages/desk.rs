//! The desk's side of the talk: what is written is sealed by the server, what is read is opened in the browser.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::Lane;
use vault::Zeroizing;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::coming::Coming;
use super::{moment, refusal};
use crate::as_base64::encoded;
use crate::cases::Case;
use crate::desk_pages::{Tab, case_frame, case_of, read_case};
use crate::keys::{self, Lock};
use crate::talk::file::{CaseFile, FileId, PIECE};
use crate::talk::message::{self, MOST_BYTES, Message, Side};
use crate::talk::request::{self, Item, NotAsked, Reply, Request};
use crate::talk::store::{self, Arrived};
use crate::talk::{fetch as fetching, give as giving};

#[derive(Template)]
#[template(path = "talk/pages/desk.html")]
struct TalkPage {
    frame: Frame,
    lock: Lock,
    case: Case,
    tabs: Vec<(String, String, bool)>,
    messages: Vec<MessageShown>,
    requests: Vec<RequestShown>,
    files: Vec<FileShown>,
    /// How many bytes of a file come at a time.
    piece: usize,
    filled: Filled,
    key: String,
}

/// Words that the browser opens.
struct Sealed {
    base64: String,
    place: String,
}

struct MessageShown {
    is_ours: bool,
    who: String,
    at: String,
    is_urgent: bool,
    read: String,
    words: Sealed,
}

struct RequestShown {
    why: Sealed,
    asked: String,
    items: Vec<ItemShown>,
}

struct ItemShown {
    words: Sealed,
    answer: &'static str,
    reply: Option<Sealed>,
}

struct FileShown {
    id: FileId,
    is_ours: bool,
    /// Whether the browser may find it again by its contents.
    is_announced: bool,
    about: Sealed,
    /// What was received, once all of it is here.
    whole: Option<Sealed>,
    /// How far it has come, while not all of it is here.
    coming: Option<Coming>,
    at: String,
}

impl Sealed {
    fn new(table: &str, row: impl Into<kernel::Uuid>, column: &str, sealed: &[u8]) -> Self {
        let row: kernel::Uuid = row.into();
        Self { base64: encoded(sealed), place: format!("{table}|{row}|{column}") }
    }
}

/// Everything that was said, asked and sent.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>) -> Result<Page, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    let done = match visit.query.as_str() {
        "done=said" => "desk-done-said",
        "done=asked" => "desk-done-asked",
        "done=given" => "desk-done-given",
        _ => "",
    };
    page(&portal, &visit, case, done, Filled::default()).await
}

/// The page, with what was just done (a key), or with what went wrong and what was typed.
async fn page(portal: &Portal, visit: &Visit, case: Case, done: &str, filled: Filled) -> Result<Page, PageError> {
    let (id, reading) = (case.id, read_case(portal, visit, case.id).await?);
    let (messages, requests, items, files, arrived, lock) = portal
        .db
        .read(async move |tx| {
            Ok((
                store::messages(tx, id).await?,
                store::requests(tx, id).await?,
                store::items(tx, id).await?,
                store::files(tx, id).await?,
                store::arrived(tx, id).await?,
                keys::lock(tx, &reading).await?,
            ))
        })
        .await?;
    if messages.iter().any(|message| message.side == Side::Institution && message.read_at.is_none()) {
        portal.db.write(Lane::Incident, None, async move |tx, now| store::read(tx, id, Side::Institution, now).await).await?;
    }
    let (w, lang) = (visit.words(), visit.lang);
    let shown = |message: &Message| MessageShown {
        is_ours: message.side == Side::Desk,
        who: w.t(if message.side == Side::Desk { "desk-side-desk" } else { "desk-side-institution" }),
        at: moment(message.sent_at, lang),
        is_urgent: message.is_urgent,
        read: message.read_at.map_or_else(String::new, |at| w.one("desk-read-on", "at", &moment(at, lang))),
        words: Sealed::new("case_messages", message.id, "sealed", &message.sealed),
    };
    let item = |item: &Item| ItemShown {
        words: Sealed::new("case_request_items", item.id, "sealed", &item.sealed),
        answer: item.answer.map_or("", Reply::id),
        reply: item.reply.as_deref().map(|reply| Sealed::new("case_request_items", item.id, "reply", reply)),
    };
    let asked = |request: &Request| RequestShown {
        why: Sealed::new("case_requests", request.id, "sealed", &request.sealed),
        asked: moment(request.asked_at, lang),
        items: items.iter().filter(|item| item.request == request.id).map(item).collect(),
    };
    let frame = case_frame(portal, visit, &case, w.t("desk-talk-title")).here();
    let is_wrong = !filled.is_fine();
    let html = Page::html(&TalkPage {
        frame: if done.is_empty() { frame } else { frame.done(w.t(done)) },
        lock,
        messages: messages.iter().map(shown).collect(),
        requests: requests.iter().map(asked).collect(),
        files: files.iter().map(|file| shown_file(file, &arrived, visit)).collect(),
        piece: PIECE,
        tabs: Tab::Talk.row(visit, case.number),
        case,
        filled,
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if is_wrong { html.status(StatusCode::UNPROCESSABLE_ENTITY) } else { html })
}

/// A file as the browser will open it.
fn shown_file(file: &CaseFile, arrived: &[Arrived], visit: &Visit) -> FileShown {
    let is_ours = file.side == Side::Desk;
    let said = if is_ours { ["desk-file-ours-coming", "desk-file-cut"] } else { ["desk-file-theirs-coming", "desk-file-under-way"] };
    // Its length is sealed; how many pieces there are is not.
    let whole = file.pieces.map(|pieces| pieces.unsigned_abs() * PIECE as u64);
    FileShown {
        id: file.id,
        is_ours,
        is_announced: file.pieces.is_some(),
        about: Sealed::new("case_files", file.id, "about", &file.about),
        whole: file.hashes.as_deref().map(|hashes| Sealed::new("case_files", file.id, "hashes", hashes)),
        coming: Coming::of(file, arrived, whole, said, visit),
        at: moment(file.here_at.unwrap_or(file.heard_at), visit.lang),
    }
}

/// What was typed, with what is wrong with one of its fields.
fn refused(posted: &Posted, field: &str, words: String) -> Filled {
    let mut filled = Filled::from_posted(posted);
    filled.wrong(field, words);
    filled
}

/// Says something to the institution.
pub async fn say(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    let words = Zeroizing::new(posted.get("message").trim().to_owned());
    let wrong = match words.len() {
        0 => "desk-wrong-message",
        1..=MOST_BYTES => "",
        _ => "desk-wrong-message-long",
    };
    if !wrong.is_empty() {
        return page(&portal, &visit, case, "", refused(&posted, "message", visit.words().t(wrong))).await;
    }
    let (key, actor, is_urgent, number) = (posted.key(&portal, &visit), visit.actor.label(), posted.has("urgent"), case.number);
    let send = async move |tx: &mut db::Tx<'_>, now| message::send(tx, &case, Side::Desk, &actor, &words, is_urgent, now).await;
    portal.db.write(Lane::Incident, key, send).await?;
    Ok(Page::see_other(&visit.to(&format!("/desk/cases/{number}/talk?done=said"))))
}

/// Asks the institution for things.
pub async fn ask(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    let why = Zeroizing::new(kernel::one_line(posted.get("why")));
    let items: Vec<String> = posted.get("items").lines().map(kernel::one_line).filter(|line| !line.is_empty()).collect();
    let (key, actor, asked) = (posted.key(&portal, &visit), visit.actor.label(), case.clone());
    let write = async move |tx: &mut db::Tx<'_>, now| request::ask_for(tx, &asked, &actor, &why, &items, now).await;
    let wrong = match portal.db.write(Lane::Incident, key, write).await? {
        Ok(_) => return Ok(Page::see_other(&visit.to(&format!("/desk/cases/{}/talk?done=asked", case.number)))),
        Err(NotAsked::Empty) => "desk-wrong-items",
        Err(NotAsked::TooMany) => "desk-wrong-items-many",
    };
    page(&portal, &visit, case, "", refused(&posted, "items", visit.words().t(wrong))).await
}

/// Gives the institution a file.
pub async fn give(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    let Some(file) = posted.take_file() else {
        return page(&portal, &visit, case, "", refused(&posted, "file", visit.words().t("desk-wrong-file-none"))).await;
    };
    match giving::give(&portal, &case, &visit.actor.label(), file).await? {
        Ok(_) => Ok(Page::see_other(&visit.to(&format!("/desk/cases/{}/talk?done=given", case.number)))),
        Err(refusal) => {
            let error = refusal::said(refusal, Side::Desk, visit.words());
            page(&portal, &visit, case, "", refused(&posted, "file", error)).await
        }
    }
}

/// A file as it lies here, sealed; the browser opens it.
pub async fn fetch(
    State(portal): State<Portal>,
    visit: Visit,
    Path((number, file)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    let file: FileId = file.parse().map_err(|_| PageError::NotFound)?;
    read_case(&portal, &visit, case.id).await?;
    fetching::sealed(&portal, &case, file, &visit.actor.label()).await
}
