use access::{Action, Hand};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use kernel::short_moment;
use web::{Filled, Frame, Page, PageError, Portal, Visit, Words};

use super::{Draft, draft, frame, who};
use crate::authoring::bundle::Bundle;
use crate::authoring::difference::{Change, difference};
use crate::authoring::names::{Names, scenes};
use crate::authoring::store;
use crate::authoring::version::{Stage, wrote};
use crate::content::Course;

/// Differences that the page names; further ones are counted.
const CHANGES: usize = 100;
/// Faults that the page names.
const FAULTS: usize = 50;

#[derive(Template)]
#[template(path = "authoring/pages/show.html")]
struct ShowPage {
    frame: Frame,
    path: String,
    title: String,
    shape: &'static str,
    stage: String,
    refusal: String,
    filled: Filled,
    faults: Vec<String>,
    more_faults: String,
    changes: Vec<Change>,
    more_changes: String,
    /// What it is compared with.
    compared: String,
    units: Vec<UnitLine>,
    /// The scenes: their addresses and titles.
    scenes: Vec<(String, String)>,
    questions: String,
    /// How many pictures still say nothing; empty if there is no picture.
    pictures: String,
    is_picture_missing: bool,
    is_readable: bool,
    steps: Vec<StepLine>,
    may: May,
    saved: i64,
    key: String,
}

struct UnitLine {
    slug: String,
    title: String,
    slides: Vec<(String, String)>,
    questions: usize,
}

struct StepLine {
    word: String,
    at: String,
    who: String,
    note: String,
}

/// What the reader of the page may do with the version as it stands.
struct May {
    edit: bool,
    request: bool,
    approve: bool,
    own: bool,
    give_back: bool,
    publish: bool,
    /// It is approved, and others publish it.
    waits: bool,
    give_up: bool,
}

impl May {
    const fn anything(&self) -> bool {
        self.request || self.approve || self.own || self.give_back || self.publish || self.waits || self.give_up
    }
}

/// One version: what is wrong with it, what differs from what readers see, what can be done next.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path((slug, id)): Path<(String, String)>) -> Result<Page, PageError> {
    const DONE: [&str; 8] = ["saved", "requested", "returned", "approved", "published", "dropped", "imported", "slides"];
    let asked: Vec<(String, String)> = serde_urlencoded::from_str(&visit.query).unwrap_or_default();
    let value = |name: &str| asked.iter().find(|(asked, _)| asked == name).map_or("", |(_, value)| value.as_str());
    let w = visit.words();
    let counts: Vec<usize> = value("counts").split('.').filter_map(|count| count.parse().ok()).collect();
    let done = match (DONE.iter().find(|known| **known == value("done")), &counts[..]) {
        (Some(&"imported"), [new, changed, same]) => {
            w.with("authoring-done-imported", &[("new", &new.to_string()), ("changed", &changed.to_string()), ("same", &same.to_string())])
        }
        (Some(&"slides"), [count]) => w.count("authoring-done-slides", *count),
        (Some(&"imported" | &"slides") | None, _) => String::new(),
        (Some(known), _) => w.t(&format!("authoring-done-{known}")),
    };
    page(&portal, &visit, &draft(&portal, &slug, &id).await?, done, String::new(), Filled::default()).await
}

/// The page of a version, saying what was done, why something was not, or what is to be mended.
pub(super) async fn page(
    portal: &Portal,
    visit: &Visit,
    draft: &Draft,
    done: String,
    refusal: String,
    filled: Filled,
) -> Result<Page, PageError> {
    let w = visit.words();
    let (base, compared) = compared_with(portal, draft, w).await?;
    let mut changes = difference(&base, &draft.files, w);
    let more = changes.len().saturating_sub(CHANGES);
    changes.truncate(CHANGES);
    let loaded = draft.files.load(&draft.version.course);
    let faults = loaded.as_ref().err().map_or(&[][..], Vec::as_slice);
    let names = Names::of(&draft.files, w.lang);
    let pictures = draft.files.depicted();
    let missing = pictures.iter().filter(|one| one.is_missing()).count();
    let is_refused = !refusal.is_empty() || !filled.is_fine();
    let page = ShowPage {
        frame: frame(portal, visit, &draft.version.course, &draft.title(w), draft.name(w)).here().done(done),
        path: draft.path(),
        title: draft.title(w),
        shape: draft.version.stage().shape(),
        stage: w.t(draft.version.stage().key()),
        refusal,
        filled,
        faults: faults.iter().take(FAULTS).map(|fault| names.fault(fault, w)).collect(),
        more_faults: if faults.len() > FAULTS { w.count("authoring-more-faults", faults.len() - FAULTS) } else { String::new() },
        changes,
        more_changes: if more > 0 { w.count("authoring-more-changes", more) } else { String::new() },
        compared,
        units: units(&draft.files, loaded.as_ref().ok(), w),
        scenes: scenes(&draft.files, w.lang),
        questions: w.count("authoring-questions-n", draft.files.questions().map_or(0, |questions| questions.len())),
        pictures: match (pictures.len(), missing) {
            (0, _) => String::new(),
            (all, 0) => w.count("pictures-n", all),
            (_, missing) => w.count("pictures-n-missing", missing),
        },
        is_picture_missing: missing > 0,
        is_readable: loaded.is_ok(),
        steps: draft
            .past
            .iter()
            .map(|past| StepLine {
                word: w.t(&format!("authoring-step-{}", past.step.id())),
                at: short_moment(past.at, w.lang),
                who: who(past, visit),
                note: past.note.clone(),
            })
            .collect(),
        may: may(portal, visit, draft),
        saved: draft.version.saved_at.as_micros(),
        key: visit.now.uuid().to_string(),
    };
    let page = Page::html(&page)?;
    Ok(if is_refused { page.status(StatusCode::CONFLICT) } else { page })
}

/// The newest published version before this one, or what stands on the disk: its files, and what it is called.
async fn compared_with(portal: &Portal, draft: &Draft, w: Words) -> Result<(Bundle, String), PageError> {
    let (course, number) = (draft.version.course.clone(), draft.version.number);
    let read = async move |tx: &mut db::Tx<'_>| {
        let versions = store::versions(tx, &course).await?;
        let Some(base) = versions.into_iter().find(|version| version.starts_on.is_some() && version.number < number) else {
            return Ok(None);
        };
        let files = store::files(tx, base.id).await?.unwrap_or_default();
        Ok(Some((files, base)))
    };
    Ok(match portal.db.read(read).await? {
        Some((files, base)) => (files, super::version_name(&base, w)),
        // The first of all is compared with nothing, every other one with what was there before.
        None if number == 0 => (draft.files.clone(), String::new()),
        None => (Bundle::of_disk(&draft.version.course).unwrap_or_default(), w.t("authoring-of-disk")),
    })
}

/// The units with their slides: by their headings where the whole can be read, by their ids where not.
fn units(files: &Bundle, course: Option<&Course>, w: Words) -> Vec<UnitLine> {
    let questions = files.questions().unwrap_or_default();
    let units = files.course().map(|file| file.units).unwrap_or_default();
    let line = |unit: &crate::content::file::UnitFile| {
        let slug = unit.slug.get_ref();
        let read = course
            .and_then(|course| course.unit(slug))
            .map(|read| read.slides.iter().map(|slide| (slide.id.clone(), slide.face(w.lang).heading.clone())).collect::<Vec<_>>());
        UnitLine {
            slug: slug.clone(),
            title: unit.title.get(w.lang).to_owned(),
            slides: read.unwrap_or_else(|| files.slides(slug)),
            questions: questions.iter().filter(|question| question.pool == *slug).count(),
        }
    };
    units.iter().map(line).collect()
}

fn may(portal: &Portal, visit: &Visit, draft: &Draft) -> May {
    let can = |action| portal.offers(visit, action);
    let (stage, is_open) = (draft.version.stage(), draft.version.is_open());
    let own = wrote(&draft.past, &Hand::of(&visit.actor));
    May {
        edit: can(Action::EditTexts) && is_open,
        request: can(Action::EditTexts) && stage == Stage::Draft,
        approve: can(Action::ApproveTexts) && stage == Stage::Requested && !own,
        own: own && (can(Action::ApproveTexts) && stage == Stage::Requested || can(Action::PublishTexts) && stage == Stage::Approved),
        give_back: can(Action::ApproveTexts) && matches!(stage, Stage::Requested | Stage::Approved),
        publish: can(Action::PublishTexts) && stage == Stage::Approved && !own,
        waits: !can(Action::PublishTexts) && stage == Stage::Approved,
        give_up: can(Action::EditTexts) && is_open,
    }
}
