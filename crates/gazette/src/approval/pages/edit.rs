use access::Hand;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{Lang, short_moment};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::show::{Preview, preview};
use super::{frame, seen, text_id};
use crate::approval::room::{Choice, Room};
use crate::approval::save::{self as saving, NotSaved, Seen};
use crate::approval::store;
use crate::approval::typed::wording;
use crate::approval::version::Wording;

#[derive(Template)]
#[template(path = "approval/pages/edit.html")]
struct EditPage {
    frame: Frame,
    action: String,
    back: String,
    has_lead: bool,
    choices: Vec<Choice>,
    filled: Filled,
    seen: Option<Seen>,
    ja: Option<Preview>,
    en: Option<Preview>,
    words: String,
    key: String,
}

/// What the form is for.
#[derive(Clone, Copy)]
enum Writing<'a> {
    New,
    Known(&'a str, Option<Seen>),
}

/// An empty form.
pub async fn new<R: Room>(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    form::<R>(&portal, &visit, Writing::New, Filled::default(), false)
}

/// The newest version, to be written on.
pub async fn edit<R: Room>(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let text = text_id(&id)?;
    let version = portal.db.read(async move |tx| store::latest(tx, text).await).await?;
    let version = version.filter(|version| version.kind == R::KIND).ok_or(PageError::NotFound)?;
    let mut filled = Filled::default();
    let fields = [
        ("title_ja", &version.title_ja),
        ("lead_ja", &version.lead_ja),
        ("body_ja", &version.body_ja),
        ("title_en", &version.title_en),
        ("lead_en", &version.lead_en),
        ("body_en", &version.body_en),
    ];
    for (name, value) in fields {
        filled.set(name, value);
    }
    R::show(&version.facts, &mut filled);
    let seen = Seen { version: version.id, saved_at: version.saved_at };
    form::<R>(&portal, &visit, Writing::Known(&id, Some(seen)), filled, false)
}

/// Saves a new text as a draft, or shows how it would look.
pub async fn create<R: Room>(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let wording = match check::<R>(&posted, &visit) {
        Ok(wording) if posted.get("do") != "preview" => wording,
        Ok(_) => return form::<R>(&portal, &visit, Writing::New, Filled::from_posted(&posted), true),
        Err(filled) => return form::<R>(&portal, &visit, Writing::New, filled, false),
    };
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let saved = portal.db.write(Lane::Staff, key, async move |tx, now| saving::begin(tx, R::KIND, &wording, &hand, now).await).await?;
    Ok(Page::see_other(&visit.to(&format!("{}/{}?done=saved", R::PATH, saved.text))))
}

/// Saves, or shows how it would look. If somebody else saved meanwhile, both are kept: theirs there, this one on the page.
pub async fn save<R: Room>(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let text = text_id(&id)?;
    let seen = seen(&posted);
    let writing = Writing::Known(&id, seen);
    let wording = match check::<R>(&posted, &visit) {
        Ok(wording) if posted.get("do") != "preview" => wording,
        Ok(_) => return form::<R>(&portal, &visit, writing, Filled::from_posted(&posted), true),
        Err(filled) => return form::<R>(&portal, &visit, writing, filled, false),
    };
    let seen = seen.ok_or(PageError::Refused(web::Problem::Unreadable))?;
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let outcome =
        portal.db.write(Lane::Staff, key, async move |tx, now| saving::save(tx, text, R::KIND, seen, &wording, &hand, now).await).await?;
    match outcome {
        Ok(_) => Ok(Page::see_other(&visit.to(&format!("{}/{id}?done=saved", R::PATH)))),
        Err(NotSaved::Unknown) => Err(PageError::NotFound),
        Err(NotSaved::Changed(at)) => {
            let mut filled = Filled::from_posted(&posted);
            filled.wrong("title_ja", visit.words().one("approval-wrong-changed", "at", &short_moment(at, visit.lang)));
            form::<R>(&portal, &visit, writing, filled, false)
        }
    }
}

fn form<R: Room>(portal: &Portal, visit: &Visit, writing: Writing<'_>, filled: Filled, shows: bool) -> Result<Page, PageError> {
    let w = visit.words();
    let (title, action, seen) = match writing {
        Writing::New => (w.t(&format!("{}-staff-new", R::WORDS)), R::PATH.to_owned(), None),
        Writing::Known(id, seen) => (w.t("approval-edit"), format!("{}/{id}", R::PATH), seen),
    };
    let look = |lang: Lang| {
        let field = |name: &str| filled.value(&format!("{name}_{}", lang.code())).to_owned();
        let is_there = shows && (lang == Lang::Ja || !field("body").is_empty());
        is_there.then(|| preview(portal, visit, &field("title"), &field("lead"), &field("body"), lang))
    };
    let is_wrong = !filled.is_fine();
    let page = Page::html(&EditPage {
        frame: frame::<R>(portal, visit, title),
        back: action.clone(),
        action,
        has_lead: R::HAS_LEAD,
        choices: R::choices(&filled, w),
        ja: look(Lang::Ja),
        en: look(Lang::En),
        words: crate::braces::WORDS.map(|word| format!("{{{word}}}")).join(" "),
        seen,
        filled,
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// What was typed, in order, or the form with what is to be mended.
fn check<R: Room>(posted: &Posted, visit: &Visit) -> Result<Wording, Filled> {
    let w = visit.words();
    let mut filled = Filled::from_posted(posted);
    let mut wording = wording(&mut filled, w);
    wording.facts = R::read(posted, &mut filled, w);
    if filled.is_fine() { Ok(wording) } else { Err(filled) }
}
