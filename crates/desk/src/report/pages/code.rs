//! The number and the six words, shown once; two of them typed again.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use crate::back::Known;
use crate::desk::Desk;
use crate::desk_pages::title_of;
use crate::phone::Phone;
use crate::report::code::{self, AGAIN, NotGiven, Standing};
use crate::report::held::{Held, come_back};
use crate::report::line::Line;
use crate::report::questions::questions;
use crate::report::store;
use crate::spelling::Spelling;

#[derive(Template)]
#[template(path = "report/pages/code.html")]
struct CodePage {
    frame: Frame,
    phone: Phone,
    is_phone: bool,
    base: &'static str,
    say: Vec<&'static str>,
    number: String,
    is_given: bool,
    is_too_often: bool,
}

#[derive(Template)]
#[template(path = "report/pages/words.html")]
struct WordsPage {
    frame: Frame,
    phone: Phone,
    is_phone: bool,
    base: &'static str,
    say: Vec<&'static str>,
    number: String,
    number_said: String,
    words: Vec<WordShown>,
    proofs: [String; 2],
    warning: &'static str,
    back_url: String,
    at: String,
}

struct WordShown {
    ordinal: &'static str,
    word: &'static str,
    said: String,
}

#[derive(Template)]
#[template(path = "report/pages/check.html")]
struct CheckPage {
    frame: Frame,
    phone: Phone,
    is_phone: bool,
    base: &'static str,
    say: Vec<&'static str>,
    number: String,
    proofs: [String; 2],
    typed: [String; 2],
    wrong: [bool; 2],
    ordinals: [&'static str; 2],
}

/// What the words are for, and the button that shows them.
pub async fn code(State(portal): State<Portal>, visit: Visit, headers: HeaderMap) -> Result<Page, PageError> {
    show(Line::Web, portal, visit, headers).await
}

/// Shows number and words, once.
pub async fn give_code(State(portal): State<Portal>, visit: Visit, headers: HeaderMap) -> Result<Page, PageError> {
    give(Line::Web, portal, visit, headers).await
}

/// Asks for two of the words, and looks whether they are right.
pub async fn check_code(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    check(Line::Web, portal, visit, headers, posted).await
}

async fn held_on(line: Line, portal: &Portal, visit: &Visit, headers: &HeaderMap) -> Result<Result<Held, Page>, PageError> {
    let held = line.cookie().held(portal, headers).await?;
    Ok(held.ok_or_else(|| if line.is_phone() { Page::see_other(&visit.to(line.base())) } else { come_back(visit) }))
}

/// Where a report goes on once the words are safe.
fn after(line: Line, held: &Held) -> String {
    if line.is_phone() { format!("/desk/cases/{}/binding", held.case.number) } else { "/incident/case".to_owned() }
}

async fn standing(portal: &Portal, held: &Held) -> Result<Standing, PageError> {
    let id = held.case.id;
    Ok(portal.db.glance(async move |tx| store::code_standing(tx, id).await).await?)
}

fn code_page(line: Line, portal: &Portal, visit: &Visit, held: &Held) -> CodePage {
    CodePage {
        frame: Frame::new(portal, visit, title_of(visit.words(), &held.case, visit.words().t("desk-code-title"))),
        phone: Phone::of_desk(portal, visit.lang),
        is_phone: line.is_phone(),
        base: line.base(),
        say: if line.is_phone() { vec![questions().telephone.number.pick(visit.lang)] } else { Vec::new() },
        number: held.case.number.to_string(),
        is_given: false,
        is_too_often: false,
    }
}

pub(super) async fn show(line: Line, portal: Portal, visit: Visit, headers: HeaderMap) -> Result<Page, PageError> {
    let held = match held_on(line, &portal, &visit, &headers).await? {
        Ok(held) => held,
        Err(page) => return Ok(page),
    };
    let standing = standing(&portal, &held).await?;
    if standing == Standing::Checked {
        return Ok(Page::see_other(&visit.to(&after(line, &held))));
    }
    Page::html(&CodePage { is_given: standing == Standing::Given, ..code_page(line, &portal, &visit, &held) })
}

pub(super) async fn give(line: Line, portal: Portal, visit: Visit, headers: HeaderMap) -> Result<Page, PageError> {
    let held = match held_on(line, &portal, &visit, &headers).await? {
        Ok(held) => held,
        Err(page) => return Ok(page),
    };
    if standing(&portal, &held).await? == Standing::Checked {
        return Ok(Page::see_other(&visit.to(&after(line, &held))));
    }
    let desk = Desk::of(&portal)?;
    let (lang, spelling) = (visit.lang, Spelling::shipped());
    let code = match code::give(&portal, &desk.kdf, &held, &line.actor(&visit)).await? {
        Ok(code) => code,
        Err(NotGiven::TooOften) => {
            let page = Page::html(&CodePage { is_too_often: true, ..code_page(line, &portal, &visit, &held) })?;
            return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY));
        }
        // The page before knows where one goes from there.
        Err(NotGiven::Over) => return Ok(Page::see_other(&visit.to(&format!("{}/code", line.base())))),
    };
    let words = code.words().into_iter().enumerate();
    let telephone = &questions().telephone;
    Page::html(&WordsPage {
        frame: Frame::new(&portal, &visit, title_of(visit.words(), &held.case, visit.words().t("desk-words-title"))),
        phone: Phone::of_desk(&portal, lang),
        is_phone: line.is_phone(),
        base: line.base(),
        say: if line.is_phone() { vec![telephone.number.pick(lang), telephone.words.pick(lang)] } else { Vec::new() },
        number: held.case.number.to_string(),
        number_said: spelling.number(held.case.number, lang),
        words: words.map(|(place, word)| WordShown { ordinal: spelling.ordinal(place, lang), word, said: spelling.word(word) }).collect(),
        proofs: code::proofs(&portal.keys, held.case.id, &code),
        warning: spelling.warning(lang),
        back_url: portal.url(lang, "/incident/back"),
        at: kernel::long_date(visit.now.day(), lang),
    })
}

pub(super) async fn check(line: Line, portal: Portal, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    let held = match held_on(line, &portal, &visit, &headers).await? {
        Ok(held) => held,
        Err(page) => return Ok(page),
    };
    let proofs = ["proof_1", "proof_2"].map(|field| posted.get(field).to_owned());
    let typed = ["word_1", "word_2"].map(|field| kernel::one_line(posted.get(field)));
    let fits = |n: usize| code::fits(&portal.keys, held.case.id, AGAIN[n], &typed[n], &proofs[n]);
    let right = [fits(0), fits(1)];
    let is_asked = posted.has("asked");
    if is_asked && right == [true, true] {
        let (case, actor) = (held.case.clone(), line.actor(&visit));
        portal.db.write(Lane::Incident, None, async move |tx, now| code::checked(tx, &case, &actor, now).await).await?;
        let page = Page::see_other(&visit.to(&after(line, &held)));
        // From here on this browser is known in the case; one at the desk serves many.
        let (name, value) = Known::of(&portal, &headers).remember(&portal, held.case.number);
        return Ok(if line.is_phone() { page } else { page.with(name, &value) });
    }
    let page = Page::html(&CheckPage {
        frame: Frame::new(&portal, &visit, title_of(visit.words(), &held.case, visit.words().t("desk-check-title"))),
        phone: Phone::of_desk(&portal, visit.lang),
        is_phone: line.is_phone(),
        base: line.base(),
        say: if line.is_phone() { vec![questions().telephone.repeat.pick(visit.lang)] } else { Vec::new() },
        number: held.case.number.to_string(),
        proofs,
        typed,
        wrong: if is_asked { right.map(|right| !right) } else { [false; 2] },
        ordinals: AGAIN.map(|place| Spelling::shipped().ordinal(place, visit.lang)),
    })?;
    Ok(if is_asked { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}
