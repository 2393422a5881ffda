use askama::Template;
use axum::extract::State;
use kernel::Lang;
use web::{Frame, Page, PageError, Portal, Section, Visit, Words};

use super::document::{Document, both_calendars};
use super::letter::{Letter, LetterContact};
use super::store;

#[derive(Template)]
#[template(path = "letters/letters.html")]
struct LettersPage {
    frame: Frame,
    chains: Vec<(String, String, Vec<LetterView>)>,
}

#[derive(Template)]
#[template(path = "letters/rules.html")]
struct RulesPage {
    frame: Frame,
    groups: Vec<(String, Vec<DocumentView>)>,
}

/// A letter in words.
struct LetterView {
    id: String,
    datetime: String,
    day: String,
    kind: String,
    number: String,
    sender: String,
    addressee: String,
    subject: String,
    is_japanese: bool,
    passes_on: Option<(String, String)>,
    follows: Option<(String, String)>,
    asks: String,
    attachments: Vec<String>,
    seal: String,
    handling: String,
    is_lost: bool,
    contacts: Vec<&'static LetterContact>,
}

/// A document in words.
struct DocumentView {
    id: String,
    title: String,
    url: String,
    file: String,
    issued: String,
    number: String,
    effective: String,
    parts: Vec<String>,
    superseded: Option<(String, String, String)>,
}

/// The letters that announced the trainings, chain by chain, in the order in which they were passed on.
pub async fn letters(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let all = portal.db.read(async |tx| store::letters(tx).await).await?;
    let w = visit.words();
    let mut chains: Vec<(String, String, Vec<LetterView>)> = Vec::new();
    for letter in &all {
        let view = letter_view(letter, &all, visit.lang);
        match chains.last_mut().filter(|(known, ..)| *known == letter.chain) {
            Some((.., views)) => views.push(view),
            None => chains.push((letter.chain.clone(), chain_word(&letter.chain, w), vec![view])),
        }
    }
    let frame =
        Frame::new(&portal, &visit, w.t("letters-title")).in_section(Section::Notices).crumb(w.t("notices-title"), "/notices").here();
    Ok(Page::html(&LettersPage { frame, chains })?.lasts_until(visit.now.next_midnight()))
}

/// What a chain is called: by its associations, or as the file calls it.
fn chain_word(chain: &str, w: Words) -> String {
    let key = format!("letters-chain-{chain}");
    if w.has(&key) { w.t(&key) } else { chain.to_owned() }
}

fn letter_view(letter: &Letter, all: &[Letter], lang: Lang) -> LetterView {
    let other = |id: &str| {
        let found = all.iter().find(|other| other.id == id)?;
        let number = if found.number.is_empty() { found.kind.clone() } else { found.number.clone() };
        Some((found.id.clone(), format!("{}　{number}", both_calendars(found.day, lang))))
    };
    let is_japanese = lang == Lang::En && letter.subject_en.is_empty();
    LetterView {
        id: letter.id.clone(),
        datetime: letter.day.to_string(),
        day: both_calendars(letter.day, lang),
        kind: letter.kind.clone(),
        number: letter.number.clone(),
        sender: letter.sender.clone(),
        addressee: letter.addressee_with_honour(),
        subject: if is_japanese { letter.subject_ja.clone() } else { lang.pick(&letter.subject_ja, &letter.subject_en).clone() },
        is_japanese,
        passes_on: other(&letter.transfers),
        follows: other(&letter.follows),
        asks: letter.fact("asks").to_owned(),
        attachments: letter
            .list("attachments")
            .into_iter()
            .map(|name| all.iter().fold(name.to_owned(), |text, letter| named(&text, letter)))
            .collect(),
        seal: letter.fact("seal").to_owned(),
        handling: letter.fact("handling").to_owned(),
        is_lost: letter.facts.get("text_in_seed").and_then(serde_json::Value::as_bool) == Some(false),
        contacts: letter.contacts().collect(),
    }
}

/// An id of our files says nothing to a reader: the letter's kind and day stand in its place.
fn named(text: &str, letter: &Letter) -> String {
    let day = kernel::japanese_date(letter.day);
    text.replace(&format!("({})", letter.id), &format!("（{day}）")).replace(&letter.id, &format!("{}（{day}）", letter.kind))
}

/// The ministry's rules and guidelines, by kind, each with what took its place.
pub async fn rules(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let all = portal.db.read(async |tx| store::documents(tx).await).await?;
    let (w, lang) = (visit.words(), visit.lang);
    let mut groups: Vec<(String, Vec<DocumentView>)> = Vec::new();
    for document in &all {
        let view = document_view(document, &all, lang, w);
        let kind = document.kind(lang).to_owned();
        match groups.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, views)) => views.push(view),
            None => groups.push((kind, vec![view])),
        }
    }
    let frame = Frame::new(&portal, &visit, w.t("letters-rules-title")).here();
    Ok(Page::html(&RulesPage { frame, groups })?.lasts_until(visit.now.next_midnight()))
}

fn document_view(document: &Document, all: &[Document], lang: Lang, w: Words) -> DocumentView {
    let effective = document.facts.get("effective").and_then(serde_json::Value::as_str).and_then(|day| day.parse().ok());
    let parts = [document.list("volumes", lang), document.list("sections", lang)].concat();
    let next = all.iter().find(|other| other.id == document.superseded_by);
    DocumentView {
        id: document.id.clone(),
        title: document.title(lang).to_owned(),
        url: document.url.clone(),
        file: document.file(lang),
        issued: document.issued(lang),
        number: document.number.clone(),
        effective: effective.map_or_else(String::new, |day| w.one("letters-effective", "day", &both_calendars(day, lang))),
        parts: parts.into_iter().map(str::to_owned).collect(),
        superseded: next.map(|next| {
            let day = document.superseded_on.map_or_else(String::new, |day| both_calendars(day, lang));
            (w.one("letters-superseded", "day", &day), next.id.clone(), next.title(lang).to_owned())
        }),
    }
}
