//! Phase, next step, who is on it, what has arrived, what was said.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use db::Lane;
use kernel::Lang;
use vault::SecretKey;
use web::{Frame, Page, PageError, Portal, Visit, Words};

use super::coming::Coming;
use super::moment;
use crate::cases::{Case, Phase};
use crate::contents::{self, Both, ContentFault};
use crate::desk_pages::title_of;
use crate::notices;
use crate::phone::Phone;
use crate::report::questions::questions;
use crate::report::{AllGiven, Callback, Cookie, Held, answers_of, code, come_back};
use crate::talk::file::{CaseFile, PIECE};
use crate::talk::message::{Message, Side};
use crate::talk::request::{Item, Reply, Request};
use crate::talk::store::{self, Arrived};

#[derive(Template)]
#[template(path = "talk/pages/view.html")]
pub struct CasePage {
    frame: Frame,
    phone: Phone,
    number: String,
    is_drill: bool,
    phases: Vec<PhaseShown>,
    next: Next,
    who: String,
    said: String,
    given: Vec<AnswerShown>,
    sheet: Option<(String, &'static str)>,
    requests: Vec<RequestShown>,
    messages: Vec<MessageShown>,
    files: Vec<FileShown>,
    /// What the desk has sent.
    given_files: Vec<FileShown>,
    /// How many bytes of a file come at a time.
    piece: usize,
    has_contact: bool,
    ends_at: String,
    is_open: bool,
    key: String,
    error: String,
    kept: String,
}

struct PhaseShown {
    word: String,
    is_past: bool,
    is_now: bool,
}

/// The one thing to do next.
struct Next {
    words: String,
    href: String,
    button: String,
}

struct AnswerShown {
    title: &'static str,
    answer: String,
    typed: Vec<String>,
    path: String,
}

struct RequestShown {
    why: String,
    asked: String,
    left: usize,
    items: Vec<ItemShown>,
}

struct ItemShown {
    id: String,
    words: String,
    answer: &'static str,
    reply: String,
}

struct MessageShown {
    is_ours: bool,
    who: String,
    at: String,
    is_urgent: bool,
    words: String,
    read: String,
}

struct FileShown {
    name: String,
    /// Where a file of the desk is fetched.
    href: String,
    /// How far it has come, while not all of it is here.
    coming: Option<Coming>,
    at: String,
    bytes: String,
    sha256: String,
}

/// The words of the phases, from the playbook that all others read first.
#[derive(serde::Deserialize)]
pub struct Phases {
    phase: Vec<PhaseWords>,
}

#[derive(serde::Deserialize)]
struct PhaseWords {
    id: String,
    #[serde(flatten)]
    words: Both,
}

impl Phases {
    /// Reads the words, and makes sure that every phase has some.
    pub fn read() -> Result<Self, ContentFault> {
        let (file, text) = ("playbooks/common.toml", contents::text("playbooks/common.toml"));
        let phases: Self = contents::parse(file, &text)?;
        match Phase::ALL.iter().find(|phase| phases.word(**phase, Lang::Ja).is_empty()) {
            Some(phase) => Err(contents::fault(file, &text, phase.id(), "the phase has no words")),
            None => Ok(phases),
        }
    }

    fn shipped() -> &'static Self {
        static PHASES: std::sync::LazyLock<Phases> =
            std::sync::LazyLock::new(|| Phases::read().expect("data/desk was checked at the start"));
        &PHASES
    }

    fn word(&self, phase: Phase, lang: Lang) -> &str {
        self.phase.iter().find(|words| words.id == phase.id()).map_or("", |words| words.words.pick(lang))
    }
}

/// Everything that the database says about a case, sealed.
struct Rows {
    messages: Vec<Message>,
    requests: Vec<Request>,
    items: Vec<Item>,
    files: Vec<CaseFile>,
    arrived: Vec<Arrived>,
    has_contact: bool,
    code: code::Standing,
}

/// The institution's view.
pub async fn view(State(portal): State<Portal>, visit: Visit, headers: HeaderMap) -> Result<Page, PageError> {
    let Some(held) = Cookie::Case.held(&portal, &headers).await? else { return Ok(come_back(&visit)) };
    let done = match visit.query.as_str() {
        "done=said" => "desk-done-said",
        "done=answered" => "desk-done-answered",
        "done=contact" => "desk-done-contact",
        "done=no-contact" => "desk-done-no-contact",
        "done=file" => "desk-done-file",
        _ => "",
    };
    page(&portal, &visit, &held, done, "", "").await
}

/// The view, with what was just done (a key), or with what went wrong (in words) and what was typed.
pub async fn page(portal: &Portal, visit: &Visit, held: &Held, done: &str, error: &str, kept: &str) -> Result<Page, PageError> {
    let id = held.case.id;
    let rows = portal
        .db
        .read(async move |tx| {
            Ok(Rows {
                messages: store::messages(tx, id).await?,
                requests: store::requests(tx, id).await?,
                items: store::items(tx, id).await?,
                files: store::files(tx, id).await?,
                arrived: store::arrived(tx, id).await?,
                has_contact: notices::address(tx, id).await?.is_some(),
                code: crate::report::code_standing(tx, id).await?,
            })
        })
        .await?;
    if rows.messages.iter().any(|message| message.side == Side::Desk && message.read_at.is_none()) {
        portal.db.write(Lane::Incident, None, async move |tx, now| store::read(tx, id, Side::Desk, now).await).await?;
    }
    let given = answers_of(portal, held).await?;
    let (w, lang, case) = (visit.words(), visit.lang, &held.case);
    let said = if case.taken_at.is_none() && case.closed_at.is_none() {
        Callback::words().said(case.urgency, case.made_at, lang)
    } else {
        String::new()
    };
    let file_shown = |file: &CaseFile| shown_file(file, &held.key, &rows.arrived, visit);
    let frame = Frame::new(portal, visit, title_of(w, case, w.t("desk-case-title")));
    let html = CasePage {
        frame: if done.is_empty() { frame } else { frame.done(w.t(done)) },
        phone: Phone::of_desk(portal, lang),
        number: case.number.to_string(),
        is_drill: case.is_drill,
        phases: phases(case, lang),
        next: next(visit, case, &rows, &given),
        who: w.t(match (case.closed_at, case.taken_at) {
            (Some(_), _) => "desk-who-closed",
            (None, Some(_)) => "desk-who-taken",
            (None, None) => "desk-who-waiting",
        }),
        said,
        given: answers(visit, &given),
        sheet: given.first_steps().map(|sheet| (visit.to(&format!("/incident/steps/{sheet}")), sheet)),
        requests: requests(case, &held.key, &rows, visit),
        messages: rows.messages.iter().map(|message| shown(case, &held.key, message, w)).collect(),
        files: rows.files.iter().filter(|file| file.side == Side::Institution).map(file_shown).collect(),
        given_files: rows.files.iter().filter(|file| file.side == Side::Desk && file.here_at.is_some()).map(file_shown).collect(),
        piece: PIECE,
        has_contact: rows.has_contact,
        ends_at: held.ends_at.clock_face(),
        is_open: case.closed_at.is_none(),
        key: visit.now.uuid().to_string(),
        error: error.to_owned(),
        kept: kept.to_owned(),
    };
    let page = Page::html(&html)?;
    Ok(if error.is_empty() { page } else { page.status(StatusCode::UNPROCESSABLE_ENTITY) })
}

fn phases(case: &Case, lang: Lang) -> Vec<PhaseShown> {
    let shown = |phase: &Phase| PhaseShown {
        word: Phases::shipped().word(*phase, lang).to_owned(),
        is_past: *phase < case.phase || case.closed_at.is_some(),
        is_now: *phase == case.phase && case.closed_at.is_none(),
    };
    Phase::ALL.iter().map(shown).collect()
}

/// What waits longest for the institution comes first.
fn next(visit: &Visit, case: &Case, rows: &Rows, given: &AllGiven) -> Next {
    let w = visit.words();
    let of = |key: &str, href: String| Next { words: w.t(key), href, button: w.t(&format!("{key}-go")) };
    if case.closed_at.is_some() {
        return Next { words: w.t("desk-next-closed"), href: String::new(), button: String::new() };
    }
    if rows.code != code::Standing::Checked {
        return of("desk-next-code", visit.to("/incident/report/code"));
    }
    if rows.requests.iter().any(|request| request.done_at.is_none()) {
        return of("desk-next-request", "#requests".to_owned());
    }
    if let Some(question) = given.next() {
        return of("desk-next-questions", visit.to(&format!("/incident/report/{}", question.id)));
    }
    let key = if case.taken_at.is_some() { "desk-next-taken" } else { "desk-next-wait" };
    Next { words: w.t(key), href: String::new(), button: String::new() }
}

fn answers(visit: &Visit, given: &AllGiven) -> Vec<AnswerShown> {
    let lang = visit.lang;
    let shown = |question: &'static crate::report::questions::Question| {
        let before = given.get(&question.id)?;
        let answer = question.answer(&before.answer)?;
        let detail = answer.detail().zip(before.detail.as_deref()).and_then(|(detail, chosen)| detail.answer(chosen));
        let words = [Some(answer.words.pick(lang)), detail.map(|detail| detail.words.pick(lang))];
        Some(AnswerShown {
            title: question.title.pick(lang),
            answer: words.into_iter().flatten().collect::<Vec<_>>().join(lang.pick("：", ": ")),
            typed: question.fields.iter().map(|field| before.typed(&field.id).to_owned()).filter(|typed| !typed.is_empty()).collect(),
            path: visit.to(&format!("/incident/report/{}", question.id)),
        })
    };
    questions().all().iter().filter_map(shown).collect()
}

/// Words of the case; those that this key does not open are said to be unreadable, and not left out.
fn opened(case: &Case, key: &SecretKey, table: &'static str, row: kernel::Uuid, column: &'static str, sealed: &[u8], w: Words) -> String {
    let words = vault::open(key, &case.id.place(table, row, column), sealed).ok();
    words.and_then(|words| String::from_utf8(words.to_vec()).ok()).unwrap_or_else(|| w.t("desk-unreadable"))
}

fn requests(case: &Case, key: &SecretKey, rows: &Rows, visit: &Visit) -> Vec<RequestShown> {
    let w = visit.words();
    let item = |item: &Item| ItemShown {
        id: item.id.to_string(),
        words: opened(case, key, "case_request_items", item.id.uuid(), "sealed", &item.sealed, w),
        answer: item.answer.map_or("", Reply::id),
        reply: item
            .reply
            .as_deref()
            .map_or_else(String::new, |reply| opened(case, key, "case_request_items", item.id.uuid(), "reply", reply, w)),
    };
    let shown = |request: &Request| {
        let items: Vec<&Item> = rows.items.iter().filter(|item| item.request == request.id).collect();
        RequestShown {
            why: opened(case, key, "case_requests", request.id.uuid(), "sealed", &request.sealed, w),
            asked: moment(request.asked_at, visit.lang),
            left: items.iter().filter(|item| item.answer.is_none()).count(),
            items: items.into_iter().map(item).collect(),
        }
    };
    rows.requests.iter().rev().map(shown).collect()
}

fn shown(case: &Case, key: &SecretKey, message: &Message, w: Words) -> MessageShown {
    let is_ours = message.side == Side::Institution;
    MessageShown {
        is_ours,
        who: w.t(if is_ours { "desk-side-institution" } else { "desk-side-desk" }),
        at: moment(message.sent_at, w.lang),
        is_urgent: message.is_urgent,
        words: opened(case, key, "case_messages", message.id.uuid(), "sealed", &message.sealed, w),
        read: match message.read_at {
            Some(at) if is_ours => w.one("desk-read-at", "at", &moment(at, w.lang)),
            _ => String::new(),
        },
    }
}

fn shown_file(file: &CaseFile, key: &SecretKey, arrived: &[Arrived], visit: &Visit) -> FileShown {
    let lang = visit.lang;
    let (about, whole) = (file.about(key), file.whole(key));
    let announced = about.as_ref().filter(|about| about.can_go_on()).and_then(|about| about.bytes);
    FileShown {
        name: about.map_or_else(|| Words::of(lang).t("desk-unreadable"), |about| about.name),
        href: visit.to(&format!("/incident/case/files/{}", file.id)),
        coming: Coming::of(file, arrived, announced, ["desk-file-coming", "desk-file-cut"], visit),
        at: moment(file.here_at.unwrap_or(file.heard_at), lang),
        bytes: whole.as_ref().map_or_else(String::new, |whole| kernel::size(whole.bytes)),
        sha256: whole.map_or_else(String::new, |whole| whole.sha256),
    }
}
