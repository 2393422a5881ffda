use apart::Reader;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::Lang;
use objects::{Draft as Incoming, NotKept};
use slides::{Block, Left, Limits, NotRead, Slide};
use web::{Filled, Frame, Page, PageError, Pager, Portal, Posted, Visit, Words, page_of};

use super::{Draft, open_draft, put};
use crate::authoring::deck::{self, KEPT_DAYS, Laid, NotTaken, Taking, UploadId};
use crate::pages::figure as figures;

/// Slides on one page of the preview.
const ON_A_PAGE: i64 = 20;
/// The most characters of a slide's text that the preview shows.
const SHOWN: usize = 400;

#[derive(Template)]
#[template(path = "authoring/pages/slides.html")]
struct FormPage {
    frame: Frame,
    path: String,
    over: String,
    hint: String,
    rules: Vec<String>,
    filled: Filled,
    key: String,
}

#[derive(Template)]
#[template(path = "authoring/pages/slides_show.html")]
struct ShowPage {
    frame: Frame,
    path: String,
    action: String,
    over: String,
    name: String,
    lead: String,
    /// What of the whole file is left out.
    left: Vec<String>,
    slides: Vec<SlideLine>,
    pager: Pager,
    units: Vec<(String, String)>,
    is_english: bool,
    filled: Filled,
    key: String,
}

/// A slide as it would come in.
struct SlideLine {
    number: usize,
    heading: String,
    text: String,
    notes: String,
    /// The addresses of its pictures, and what they tell.
    pictures: Vec<(String, String)>,
    tables: String,
    left: Vec<String>,
}

/// The form for a file of slides.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path((slug, id)): Path<(String, String)>) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    form_page(&portal, &visit, &draft, Filled::default())
}

fn form_page(portal: &Portal, visit: &Visit, draft: &Draft, filled: Filled) -> Result<Page, PageError> {
    let (w, limits) = (visit.words(), Limits::default());
    let facts = [("most", limits.slides.to_string()), ("size", format!("{} MB", limits.bytes >> 20))];
    let rule = |n: usize| format!("slides-rule-{n}");
    let status = if filled.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = FormPage {
        frame: draft.frame(portal, visit, w.t("slides-title")),
        path: draft.path(),
        over: draft.name(w),
        hint: w.fill("slides-hint", facts),
        rules: (1..=20).map(rule).take_while(|key| w.has(key)).map(|key| w.t(&key)).collect(),
        filled,
        key: visit.now.uuid().to_string(),
    };
    Ok(Page::html(&page)?.status(status))
}

/// Reads a file, and goes to what would come in; or says why nothing does.
pub async fn send(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let w = visit.words();
    let refuse = |words: String| {
        let mut filled = Filled::default();
        filled.wrong("file", words);
        form_page(&portal, &visit, &draft, filled)
    };
    let Some(mut file) = posted.take_file() else { return refuse(w.t("slides-wrong-none")) };
    let name: String = kernel::one_line(file.name()).chars().take(100).collect();
    let most = Limits::default().bytes;
    let mut incoming: Incoming = portal.objects.draft(u64::try_from(most).unwrap_or(u64::MAX)).await.map_err(busy)?;
    while let Some(piece) = file.piece().await? {
        match incoming.write(&piece).await {
            Ok(()) => {}
            Err(NotKept::TooLarge) => return refuse(wrong(&NotRead::TooLarge { most }, &name, w)),
            Err(error) => return Err(busy(error)),
        }
    }
    incoming.close().await.map_err(busy)?;
    let reader = portal.part::<Reader>();
    let read = deck::read(reader.as_deref(), &incoming, &name).await.map_err(|error| busy(error.into()))?;
    let deck = match read {
        Ok(deck) => deck,
        Err(not) => return refuse(wrong(&not, &name, w)),
    };
    let (version, upload) = (draft.version.id, UploadId::new(visit.now));
    // First, so that nothing lies there that nobody takes away.
    portal.db.write(Lane::Staff, None, async move |tx, now| deck::clear_later(tx, version, upload, now).await).await?;
    deck::lay(&portal.objects, version, upload, &name, deck).await.map_err(busy)?;
    Ok(Page::see_other(&visit.to(&format!("{}/slides/{upload}", draft.path()))))
}

fn busy(error: NotKept) -> PageError {
    tracing::error!(%error, "a file of slides could not be read or kept");
    PageError::Busy
}

/// Why a file did not come in: which file, what is wrong, what to do.
fn wrong(not: &NotRead, name: &str, w: Words) -> String {
    let facts = not.facts();
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let words = w.with(&format!("slides-wrong-{}", not.key()), &facts);
    if name.is_empty() { words } else { w.with("slides-wrong-file", &[("name", name), ("why", &words)]) }
}

/// What was laid out at an address; `None` if it is gone.
async fn found(portal: &Portal, draft: &Draft, upload: &str) -> Result<Option<Laid>, PageError> {
    let upload: UploadId = upload.parse().map_err(|_| PageError::NotFound)?;
    deck::laid(&portal.objects, draft.version.id, upload).await.map_err(busy)
}

/// The form once more, for whoever comes back when what they sent is gone.
fn gone(portal: &Portal, visit: &Visit, draft: &Draft) -> Result<Page, PageError> {
    let mut filled = Filled::default();
    filled.wrong("file", visit.words().one("slides-wrong-gone", "days", &KEPT_DAYS));
    Ok(form_page(portal, visit, draft, filled)?.status(StatusCode::NOT_FOUND))
}

/// What would come in, and what would not.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id, upload)): Path<(String, String, String)>,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let Some(laid) = found(&portal, &draft, &upload).await? else { return gone(&portal, &visit, &draft) };
    let mut filled = Filled::default();
    let numbers = || laid.slides.iter().map(|slide| slide.number);
    filled.set("first", numbers().min().unwrap_or(1).to_string());
    filled.set("last", numbers().max().unwrap_or(1).to_string());
    page(&portal, &visit, &draft, &upload, &laid, filled)
}

fn page(portal: &Portal, visit: &Visit, draft: &Draft, upload: &str, laid: &Laid, filled: Filled) -> Result<Page, PageError> {
    let w = visit.words();
    let file = draft.files.course().ok_or(PageError::NotFound)?;
    let action = format!("{}/slides/{upload}", draft.path());
    let asked: Vec<(String, String)> = serde_urlencoded::from_str(&visit.query).unwrap_or_default();
    let wanted = asked.iter().find(|(name, _)| name == "page").map_or("", |(_, value)| value.as_str());
    let (number, skipped) = page_of(wanted, ON_A_PAGE);
    let skipped = usize::try_from(skipped).unwrap_or(usize::MAX);
    let rows = usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
    let mut slides: Vec<SlideLine> = laid.slides.iter().skip(skipped).take(rows + 1).map(|slide| line(slide, laid, &action, w)).collect();
    let pager = Pager::numbered(visit, &action, (number, ON_A_PAGE), &mut slides);
    let pictures: usize = laid.slides.iter().map(|slide| laid.photos_of(slide).count()).sum();
    let status = if filled.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = ShowPage {
        frame: draft.frame(portal, visit, w.t("slides-preview-title")),
        path: draft.path(),
        over: draft.name(w),
        name: laid.name.clone(),
        lead: w.fill(
            "slides-preview-lead",
            [("slides", laid.slides.len().to_string()), ("pictures", pictures.to_string()), ("days", KEPT_DAYS.to_string())],
        ),
        left: laid.left.iter().map(|left| left_out(left, w)).collect(),
        slides,
        pager,
        units: file.units.iter().map(|unit| (unit.slug.get_ref().clone(), unit.title.get(w.lang).to_owned())).collect(),
        is_english: file.languages.iter().any(|code| code == "en"),
        filled,
        key: visit.now.uuid().to_string(),
        action,
    };
    Ok(Page::html(&page)?.status(status))
}

fn line(slide: &Slide, laid: &Laid, action: &str, w: Words) -> SlideLine {
    let text: Vec<&str> = slide
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Text(text) | Block::Item { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let pictures = slide.blocks.iter().filter_map(|block| match block {
        Block::Picture { at, alt, is_decorative } => {
            let told = match () {
                () if *is_decorative => w.t("learning-decorative"),
                () if alt.is_empty() => w.t("slides-no-alt"),
                () => w.one("slides-alt", "alt", alt),
            };
            Some((format!("{action}/{}", laid.photos.get(*at)?.file()), told))
        }
        _ => None,
    });
    let tables = slide.blocks.iter().filter(|block| matches!(block, Block::Table(_))).count();
    let shorter = |text: &str| {
        let short: String = text.chars().take(SHOWN).collect();
        if short.len() < text.len() { format!("{short}…") } else { short }
    };
    SlideLine {
        number: slide.number,
        heading: if slide.title.is_empty() { title(slide.number, w) } else { slide.title.clone() },
        text: shorter(&text.join("\n")),
        notes: shorter(&slide.notes),
        pictures: pictures.collect(),
        tables: if tables > 0 { w.count("slides-tables", tables) } else { String::new() },
        left: slide.left.iter().map(|left| left_out(left, w)).collect(),
    }
}

/// The heading of a slide that has none.
fn title(number: usize, w: Words) -> String {
    w.one("slides-untitled", "n", &number)
}

/// What was left out, and why.
fn left_out(left: &Left, w: Words) -> String {
    w.one(&format!("slides-left-{}", left.what.key()), "about", &left.about)
}

/// Takes slides over into a unit of the version.
pub async fn take(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id, upload)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let Some(laid) = found(&portal, &draft, &upload).await? else { return gone(&portal, &visit, &draft) };
    let w = visit.words();
    let mut filled = Filled::from_posted(&posted);
    let mut number = |field: &str| {
        let typed = kernel::fold(filled.value(field)).trim().parse::<usize>().ok().filter(|number| *number > 0);
        if typed.is_none() {
            filled.wrong(field, w.t("slides-wrong-number"));
        }
        typed
    };
    let (first, last) = (number("first"), number("last"));
    let (Some(first), Some(last)) = (first, last) else { return page(&portal, &visit, &draft, &upload, &laid, filled) };
    let mut files = draft.files.clone();
    let titles = |number: usize, lang: Lang| title(number, Words::of(lang));
    let taking = Taking { laid: &laid, slides: first..=last, unit: posted.get("unit"), title: &titles };
    match files.take_slides(&taking) {
        Ok(count) => match put(&portal, &visit, &posted, &draft, files).await? {
            Ok(()) => return Ok(Page::see_other(&visit.to(&format!("{}?done=slides&counts={count}", draft.path())))),
            Err(words) => filled.wrong("unit", words),
        },
        Err(NotTaken::Unreadable) => filled.wrong("unit", w.t("authoring-mend-first")),
        Err(NotTaken::Unknown) => filled.wrong("unit", w.t("authoring-wrong-unit")),
        Err(NotTaken::Nothing) => filled.wrong("first", w.t("slides-wrong-nothing")),
        Err(NotTaken::TooLong) => filled.wrong("last", w.t("slides-wrong-long")),
    }
    page(&portal, &visit, &draft, &upload, &laid, filled)
}

/// A picture of what was laid out.
pub async fn figure(
    State(portal): State<Portal>,
    Path((slug, id, upload, file)): Path<(String, String, String, String)>,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let laid = found(&portal, &draft, &upload).await?.ok_or(PageError::NotFound)?;
    let photo = laid.photos.iter().find(|photo| photo.file() == file).ok_or(PageError::NotFound)?;
    figures::answer(&portal, photo).await
}
