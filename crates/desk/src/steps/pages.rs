//! The pages for the worst day: four steps to read at once, whom to call, what not to do; by device and by what is seen; the card.
//!
//! They need no script, no sign-in and nothing but one small style sheet, so they open where little else does.

use askama::Template;
use axum::extract::{Path, State};
use kernel::{Lang, Span};
use web::{Frame, Page, PageError, Portal, Visit, Words, qr_svg};

use super::words::{Lists, Sheet, card, steps};
use crate::contents::Both;
use crate::phone::Phone;
use crate::report::questions;

#[derive(Template)]
#[template(path = "steps/incident.html")]
struct IncidentPage {
    frame: Frame,
    phone: Phone,
    office: Phone,
    doors: Vec<DoorWords>,
    dont: Vec<String>,
    may: Vec<String>,
}

struct DoorWords {
    id: &'static str,
    title: &'static str,
    lead: &'static str,
}

#[derive(Template)]
#[template(path = "steps/list.html")]
struct ListPage {
    frame: Frame,
    phone: Phone,
    seen: Vec<Entry>,
    devices: Vec<Entry>,
    cuts: Vec<CutWords>,
    cut_note: &'static str,
    paper_title: &'static str,
    paper: Vec<&'static str>,
    never: Vec<(&'static str, &'static str)>,
    power_exception: &'static str,
}

struct Entry {
    id: &'static str,
    picture: &'static str,
    name: &'static str,
}

struct CutWords {
    n: u8,
    title: &'static str,
    how: &'static str,
}

#[derive(Template)]
#[template(path = "steps/show.html")]
struct SheetPage {
    frame: Frame,
    phone: Phone,
    picture: &'static str,
    warning: String,
    both: [WhoseSteps; 2],
    tell: Vec<&'static str>,
    note: Vec<&'static str>,
    no_blame: &'static str,
}

struct WhoseSteps {
    id: &'static str,
    title: String,
    dos: Vec<&'static str>,
    donts: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "steps/card.html")]
struct CardPage {
    frame: Frame,
    phone: Phone,
    head: &'static str,
    sub: &'static str,
    care: &'static str,
    qr: String,
    url: String,
    steps: Vec<CardStepWords>,
    rules: [&'static str; 4],
    phones: Vec<CardPhoneWords>,
    blanks: Vec<&'static str>,
    notes_title: &'static str,
    notes: Vec<&'static str>,
    foot: String,
}

struct CardStepWords {
    picture: &'static str,
    big: &'static str,
    small: &'static str,
}

struct CardPhoneWords {
    n: u8,
    label: &'static str,
    cells: Vec<(&'static str, String)>,
    /// How many columns the last cell takes, so that every row is as wide as the widest.
    rest: usize,
}

/// The most blanks that a telephone on the card has.
const MOST_CELLS: usize = 4;

/// The page to which the red lane leads.
pub async fn incident(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let (w, lang) = (visit.words(), visit.lang);
    let contact = portal.settings().contact("portal", lang);
    let page = IncidentPage {
        frame: Frame::new(&portal, &visit, w.t("incident-title")),
        phone: Phone::of_desk(&portal, lang),
        office: Phone::new(&contact.organization, &contact.phone, contact.hours),
        doors: questions::questions()
            .doors()
            .iter()
            .map(|door| DoorWords { id: door.id.id(), title: door.title.pick(lang), lead: door.lead.pick(lang) })
            .collect(),
        dont: lines(w, |n| format!("incident-dont-{n}")),
        may: lines(w, |n| format!("incident-may-{n}")),
    };
    Ok(Page::html(&page)?.lasts_until(visit.now.plus(Span::days(1))))
}

/// Every sheet, the order of cutting, going on with paper.
pub async fn list(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let (w, lang, steps) = (visit.words(), visit.lang, steps());
    let entries = |sheets: &'static [Sheet]| {
        sheets.iter().map(|sheet| Entry { id: &sheet.id, picture: &sheet.picture, name: sheet.name.pick(lang) }).collect()
    };
    let page = ListPage {
        frame: Frame::new(&portal, &visit, w.t("desk-steps-title")),
        phone: Phone::of_desk(&portal, lang),
        seen: entries(&steps.seen),
        devices: entries(&steps.device),
        cuts: steps.cut.iter().map(|cut| CutWords { n: cut.n, title: cut.title.pick(lang), how: cut.how.pick(lang) }).collect(),
        cut_note: steps.cut_note.text.pick(lang),
        paper_title: steps.paper.title.pick(lang),
        paper: picked(&steps.paper.dos, lang),
        never: steps.never.iter().map(|never| (never.text.pick(lang), never.why.pick(lang))).collect(),
        power_exception: steps.power_exception.text.pick(lang),
    };
    Ok(Page::html(&page)?.lasts_until(visit.now.plus(Span::days(1))))
}

/// One sheet, in large letters.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let (w, lang, steps) = (visit.words(), visit.lang, steps());
    let sheet = steps.sheet(&id).ok_or(PageError::NotFound)?;
    let whose = |id: &'static str, lists: &'static Lists| WhoseSteps {
        id,
        title: w.t(&format!("desk-for-{id}")),
        dos: picked(&lists.dos, lang),
        donts: picked(&lists.donts, lang),
    };
    let page = SheetPage {
        frame: Frame::new(&portal, &visit, sheet.name.pick(lang)),
        phone: Phone::of_desk(&portal, lang),
        picture: &sheet.picture,
        warning: match (sheet.never_touch, sheet.keep_power) {
            (true, _) => card().never_touch.pick(lang).to_owned(),
            (false, true) => card().keep_on.pick(lang).to_owned(),
            (false, false) => String::new(),
        },
        both: [whose("staff", &sheet.staff), whose("admin", &sheet.admin)],
        tell: steps.tell(sheet).map(|party| party.pick(lang)).collect(),
        note: steps.note(sheet).map(|record| record.pick(lang)).collect(),
        no_blame: steps.no_blame.text.pick(lang),
    };
    Ok(Page::html(&page)?.lasts_until(visit.now.plus(Span::days(1))))
}

/// The card for the wall, on one sheet of A4.
pub async fn wall_card(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let (lang, card, settings) = (visit.lang, card(), portal.settings());
    let known = |id: &str, field: &str| match (id, field) {
        ("desk", "number") => settings.text("incident.phone", lang).to_owned(),
        ("desk", "hours") => settings.text("incident.hours", lang).to_owned(),
        ("desk", "confirmed") => settings.day_shown("incident.confirmed_on", lang),
        ("mhlw", "number") => settings.contact("programme", lang).phone,
        ("mhlw", "confirmed") => settings.contact("programme", lang).confirmed,
        _ => String::new(),
    };
    let url = portal.url(lang, "/incident");
    let page = CardPage {
        frame: Frame::new(&portal, &visit, visit.words().t("desk-card-title")),
        phone: Phone::of_desk(&portal, lang),
        head: card.head.title.pick(lang),
        sub: card.head.sub.pick(lang),
        care: card.head.care.pick(lang),
        qr: qr_svg(&url),
        url,
        steps: card
            .step
            .iter()
            .map(|step| CardStepWords { picture: &step.picture, big: step.big.pick(lang), small: step.small.pick(lang) })
            .collect(),
        rules: [&card.never_touch, &card.keep_on, &card.dont, &card.no_blame].map(|rule| rule.pick(lang)),
        phones: card
            .phone
            .iter()
            .map(|phone| CardPhoneWords {
                n: phone.n,
                label: phone.label.pick(lang),
                cells: phone
                    .fields
                    .iter()
                    .filter_map(|field| card.field(field).map(|name| (name.pick(lang), known(&phone.id, field))))
                    .collect(),
                rest: (MOST_CELLS + 1).saturating_sub(phone.fields.len()).max(1),
            })
            .collect(),
        blanks: card.blank.iter().map(|blank| blank.label.pick(lang)).collect(),
        notes_title: card.notes.title.pick(lang),
        notes: picked(&card.notes.lines, lang),
        foot: [
            card.foot.print.pick(lang).to_owned(),
            card.foot.no_secret.pick(lang).to_owned(),
            card.foot.made.pick(lang).replace("{day}", &kernel::long_date(visit.now.day(), lang)),
        ]
        .join(visit.lang.pick("", " ")),
    };
    Ok(Page::html(&page)?.lasts_until(visit.now.next_midnight()))
}

/// The texts number 1, 2 and so on, as many as there are.
fn lines(w: Words, key: impl Fn(u8) -> String) -> Vec<String> {
    (1..=20).map(key).take_while(|key| w.has(key)).map(|key| w.t(&key)).collect()
}

fn picked(texts: &'static [Both], lang: Lang) -> Vec<&'static str> {
    texts.iter().map(|text| text.pick(lang)).collect()
}
