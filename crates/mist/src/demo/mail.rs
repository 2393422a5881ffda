use askama::Template;
use axum::extract::{Path, State};
use journal::sink::{Attachment, Received};
use kernel::{Lang, Timestamp, long_moment};
use std::sync::Arc;
use web::{Frame, Page, PageError, Portal, Visit};

use super::house::AtHome;

#[derive(Template)]
#[template(path = "demo/mail_list.html")]
struct ListPage {
    frame: Frame,
    letters: Vec<Line>,
}

struct Line {
    number: u64,
    to: String,
    subject: String,
}

#[derive(Template)]
#[template(path = "demo/mail.html")]
struct LetterPage {
    frame: Frame,
    letter: Arc<Received>,
    to: String,
    date: String,
    text: Vec<Piece>,
    enclosures: Vec<Enclosure>,
}

/// A piece of a text, which may be the address of a page of ours.
#[derive(Debug, PartialEq, Eq)]
struct Piece {
    words: String,
    leads_on: bool,
}

struct Enclosure {
    name: String,
    content_type: String,
    size: String,
}

/// Every letter that the portal has sent, newest first.
pub(super) async fn list(State(portal): State<Portal>, visit: Visit, AtHome(house): AtHome) -> Result<Page, PageError> {
    let frame = frame(&portal, &visit, "demo-mail-title").here();
    let letters = house.sink.letters();
    let line = |letter: &Arc<Received>| Line { number: letter.number, to: letter.to.join(", "), subject: letter.subject.clone() };
    Page::html(&ListPage { frame, letters: letters.iter().map(line).collect() })
}

/// One letter: what its reader would see, and its formatted text as text, so that nothing in it is loaded or run.
pub(super) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    AtHome(house): AtHome,
    Path(number): Path<u64>,
) -> Result<Page, PageError> {
    let letter = house.sink.letter(number).ok_or(PageError::NotFound)?;
    let w = visit.words();
    let frame = Frame::new(&portal, &visit, letter.subject.clone())
        .crumb(w.t("demo-title"), "/demo")
        .crumb(w.t("demo-mail-title"), "/demo/mail")
        .here();
    let enclosures = letter.attachments.iter().map(|attachment| Enclosure {
        name: attachment.name.clone().unwrap_or_else(|| w.t(if is_entry(attachment) { "demo-mail-entry" } else { "demo-mail-unnamed" })),
        content_type: attachment.content_type.clone(),
        size: kernel::size(attachment.bytes.len() as u64),
    });
    let enclosures = enclosures.collect();
    let (to, date) = (letter.to.join(", "), sent_at(letter.header("Date").unwrap_or(""), visit.lang));
    let text = pieces(letter.text.as_deref().unwrap_or(""), &portal.site.base_url);
    Page::html(&LetterPage { frame, letter, to, date, text, enclosures })
}

/// One letter as it came over the line, for other mail programs.
pub(super) async fn source(AtHome(house): AtHome, Path(number): Path<u64>) -> Result<Page, PageError> {
    let letter = house.sink.letter(number).ok_or(PageError::NotFound)?;
    Ok(Page::file("message/rfc822", &format!("{number}.eml"), letter.raw.clone()))
}

/// What came with a letter, to be kept, never opened here.
pub(super) async fn attachment(AtHome(house): AtHome, Path((number, attachment)): Path<(u64, usize)>) -> Result<Page, PageError> {
    let letter = house.sink.letter(number).ok_or(PageError::NotFound)?;
    let attachment = letter.attachments.get(attachment).ok_or(PageError::NotFound)?;
    let content_type = if is_entry(attachment) { "text/calendar; charset=utf-8" } else { "application/octet-stream" };
    Ok(Page::file(content_type, attachment.name.as_deref().unwrap_or("invite.ics"), attachment.bytes.clone()))
}

/// Whether it is an entry for a calendar.
fn is_entry(attachment: &Attachment) -> bool {
    attachment.content_type.contains("calendar") || attachment.content_type.contains("ics")
}

/// When a letter says that it was written, in Japan's time; what cannot be read stays as it is.
fn sent_at(date: &str, lang: Lang) -> String {
    let read = jiff::fmt::rfc2822::parse(date);
    read.map_or_else(|_| date.to_owned(), |at| long_moment(Timestamp::from_micros(at.timestamp().as_microsecond()), lang))
}

fn frame(portal: &Portal, visit: &Visit, title: &str) -> Frame {
    let w = visit.words();
    Frame::new(portal, visit, w.t(title)).crumb(w.t("demo-title"), "/demo")
}

/// The text, cut where an address of ours begins and ends, so that its links can be pressed.
fn pieces(text: &str, base_url: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(base_url) {
        let length = rest[start..].find(|c: char| c.is_whitespace() || "<>\"）」".contains(c)).unwrap_or(rest.len() - start);
        let (before, after) = rest.split_at(start);
        let (address, after) = after.split_at(length);
        pieces.push(Piece { words: before.to_owned(), leads_on: false });
        pieces.push(Piece { words: address.to_owned(), leads_on: true });
        rest = after;
    }
    pieces.push(Piece { words: rest.to_owned(), leads_on: false });
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moment_of_a_letter_is_said_as_everywhere() {
        assert_eq!(sent_at("Fri, 27 Nov 2026 01:00:00 +0000", Lang::Ja), "2026年11月27日（金）10:00");
        assert_eq!(sent_at("some day", Lang::Ja), "some day");
    }

    #[test]
    fn only_addresses_of_ours_lead_on() {
        let text = "変更：http://localhost:8080/a/xyz\nほかのサイト https://example.com/ は文字のまま";
        let pieces = pieces(text, "http://localhost:8080");
        let links: Vec<_> = pieces.iter().filter(|piece| piece.leads_on).map(|piece| piece.words.as_str()).collect();
        assert_eq!(links, ["http://localhost:8080/a/xyz"]);
        assert_eq!(pieces.iter().map(|piece| piece.words.as_str()).collect::<String>(), text);
    }
}
