//! The staff's pages of courses: their versions, one version with its way, writing its parts, questions in and out, publishing, and
//! looking at what is not public yet.

mod act;
mod arrange;
mod course;
mod home;
mod import;
mod new;
mod pictures;
mod preview;
mod publish;
mod question;
mod questions;
mod show;
mod slides;
mod texts;

use access::Action::{ApproveTexts, EditTexts, PublishTexts, SeeDrafts};
use access::Hand;
use db::Lane;
use kernel::{Timestamp, short_moment};
use sha2::{Digest, Sha256};
use web::{Frame, PageError, Portal, Posted, Routes, Visit, Words};

use super::bundle::Bundle;
use super::save::{NotSaved, save};
use super::store;
use super::version::{Past, Seen, Version, VersionId};

/// Lessons in two languages, percent-encoded.
const FORM_BYTES: usize = 1 << 20;
/// A file of questions, and the form around it.
const FILE_BYTES: usize = 13 << 20;

/// A file of slides, and the form around it.
const SLIDES_BYTES: usize = 51 << 20;

/// Every route of writing courses.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/staff/courses/new", EditTexts, new::form)
        .post("/staff/courses/new", EditTexts, new::begin)
        .get("/staff/courses/{course}/versions", SeeDrafts, home::show)
        .post("/staff/courses/{course}/versions", EditTexts, home::begin)
        .get("/staff/courses/{course}/versions/{id}", SeeDrafts, show::show)
        .post("/staff/courses/{course}/versions/{id}/requests", EditTexts, act::request)
        .post("/staff/courses/{course}/versions/{id}/approvals", ApproveTexts, act::approve)
        .post("/staff/courses/{course}/versions/{id}/returns", ApproveTexts, act::give_back)
        .post("/staff/courses/{course}/versions/{id}/closures", EditTexts, act::give_up)
        .get("/staff/courses/{course}/versions/{id}/publications", PublishTexts, publish::form)
        .post("/staff/courses/{course}/versions/{id}/publications", PublishTexts, publish::publish)
        .get("/staff/courses/{course}/versions/{id}/course", EditTexts, course::form)
        .upload("/staff/courses/{course}/versions/{id}/course", EditTexts, FORM_BYTES, course::save)
        .post("/staff/courses/{course}/versions/{id}/units", EditTexts, arrange::arrange)
        .post("/staff/courses/{course}/versions/{id}/units/{unit}/slides", EditTexts, arrange::arrange_slides)
        .get("/staff/courses/{course}/versions/{id}/units/{unit}", EditTexts, texts::unit)
        .upload("/staff/courses/{course}/versions/{id}/units/{unit}", EditTexts, FORM_BYTES, texts::save_unit)
        .get("/staff/courses/{course}/versions/{id}/scenes/{scene}", EditTexts, texts::scene)
        .upload("/staff/courses/{course}/versions/{id}/scenes/{scene}", EditTexts, FORM_BYTES, texts::save_scene)
        .get("/staff/courses/{course}/versions/{id}/questions", SeeDrafts, questions::list)
        .get("/staff/courses/{course}/versions/{id}/questions.xlsx", SeeDrafts, questions::file)
        .get("/staff/courses/{course}/versions/{id}/import", EditTexts, import::form)
        .upload("/staff/courses/{course}/versions/{id}/import", EditTexts, FILE_BYTES, import::take)
        .get("/staff/courses/{course}/versions/{id}/import/template.xlsx", EditTexts, import::template)
        .get("/staff/courses/{course}/versions/{id}/questions/{question}", EditTexts, question::form)
        .upload("/staff/courses/{course}/versions/{id}/questions/{question}", EditTexts, FORM_BYTES, question::save)
        .get("/staff/courses/{course}/versions/{id}/slides", EditTexts, slides::form)
        .stream("/staff/courses/{course}/versions/{id}/slides", EditTexts, SLIDES_BYTES, slides::send)
        .get("/staff/courses/{course}/versions/{id}/slides/{upload}", EditTexts, slides::show)
        .post("/staff/courses/{course}/versions/{id}/slides/{upload}", EditTexts, slides::take)
        .get("/staff/courses/{course}/versions/{id}/slides/{upload}/{file}", EditTexts, slides::figure)
        .get("/staff/courses/{course}/versions/{id}/pictures", EditTexts, pictures::form)
        .upload("/staff/courses/{course}/versions/{id}/pictures", EditTexts, FORM_BYTES, pictures::save)
        .get("/staff/courses/{course}/versions/{id}/preview/figures/{file}", SeeDrafts, preview::figure)
        .get("/staff/courses/{course}/versions/{id}/preview/{unit}/{slide}", SeeDrafts, preview::slide)
        .get("/staff/courses/{course}/versions/{id}/preview/{unit}", SeeDrafts, preview::unit)
        .get("/staff/courses/{course}/versions/{id}/preview/{unit}/questions/{place}", SeeDrafts, preview::question)
        .post("/staff/courses/{course}/versions/{id}/preview/{unit}/questions/{place}", SeeDrafts, preview::answer)
}

/// A version with its files and its way.
pub(super) struct Draft {
    pub version: Version,
    pub files: Bundle,
    pub past: Vec<Past>,
}

/// The version of an address.
pub(super) async fn draft(portal: &Portal, course: &str, id: &str) -> Result<Draft, PageError> {
    let id: VersionId = id.parse().map_err(|_| PageError::NotFound)?;
    let read = async move |tx: &mut db::Tx<'_>| {
        let Some(version) = store::version(tx, id).await? else { return Ok(None) };
        let (files, past) = (store::files(tx, id).await?.unwrap_or_default(), store::steps(tx, id).await?);
        Ok(Some(Draft { version, files, past }))
    };
    portal.db.read(read).await?.filter(|draft| draft.version.course == course).ok_or(PageError::NotFound)
}

/// The same, if it is still being written.
pub(super) async fn open_draft(portal: &Portal, course: &str, id: &str) -> Result<Draft, PageError> {
    let found = draft(portal, course, id).await?;
    if found.version.is_open() { Ok(found) } else { Err(PageError::NotFound) }
}

impl Draft {
    /// The address of its page.
    pub fn path(&self) -> String {
        format!("/staff/courses/{}/versions/{}", self.version.course, self.version.id)
    }

    /// The title of its course.
    pub fn title(&self, w: Words) -> String {
        self.files.course().map_or_else(|| self.version.course.clone(), |file| file.title.get(w.lang).to_owned())
    }

    /// The version as its reader has it before them.
    pub const fn seen(&self) -> Seen {
        Seen { version: self.version.id, saved_at: self.version.saved_at }
    }

    /// The frame of a page about a part of it.
    pub fn frame(&self, portal: &Portal, visit: &Visit, title: String) -> Frame {
        let w = visit.words();
        frame(portal, visit, &self.version.course, &self.title(w), title).crumb(self.name(w), &self.path()).here()
    }

    /// 第2版（2026.2）
    pub fn name(&self, w: Words) -> String {
        version_name(&self.version, w)
    }
}

fn version_name(version: &Version, w: Words) -> String {
    w.with("authoring-version", &[("n", &version.number.to_string()), ("label", &version.label)])
}

fn frame(portal: &Portal, visit: &Visit, slug: &str, course: &str, title: String) -> Frame {
    let words = visit.words().one("authoring-of", "course", course);
    shelf(portal, visit, title).crumb(words, &format!("/staff/courses/{slug}/versions"))
}

/// The frame of a page below the list of courses.
fn shelf(portal: &Portal, visit: &Visit, title: String) -> Frame {
    let w = visit.words();
    Frame::new(portal, visit, title).in_office().crumb(w.t("learning-staff-title"), "/staff/courses")
}

/// The version that a form was made of.
fn seen(posted: &Posted, id: &str) -> Option<Seen> {
    let saved_at: i64 = posted.get("saved").parse().ok()?;
    Some(Seen { version: id.parse().ok()?, saved_at: Timestamp::from_micros(saved_at) })
}

/// By what a form knows the part of a version that it was made of, so that two people may write on two parts at once.
fn digest(part: &str) -> String {
    hex::encode(&Sha256::digest(part.as_bytes())[..8])
}

/// Saves the files, which were made of those that there are; says in words why not, for a form that keeps what was typed.
async fn put(portal: &Portal, visit: &Visit, posted: &Posted, draft: &Draft, files: Bundle) -> Result<Result<(), String>, PageError> {
    let (key, hand, seen) = (posted.key(portal, visit), Hand::of(&visit.actor), draft.seen());
    let saved = portal.db.write(Lane::Staff, key, async move |tx, now| save(tx, seen, &files, &hand, now).await).await?;
    let w = visit.words();
    match saved {
        Ok(()) => Ok(Ok(())),
        Err(NotSaved::Unknown) => Err(PageError::NotFound),
        Err(NotSaved::Closed) => Ok(Err(w.t("authoring-wrong-closed"))),
        Err(NotSaved::Changed(at)) => Ok(Err(w.one("authoring-wrong-changed", "at", &short_moment(at, w.lang)))),
        Err(NotSaved::TooLarge) => Ok(Err(w.t("authoring-wrong-large"))),
    }
}

/// Who did something, by role: the trail holds no names. The reader's own steps say so.
fn who(past: &Past, visit: &Visit) -> String {
    let w = visit.words();
    let role = if past.role.is_empty() { w.t("approval-by-portal") } else { w.t(&format!("role-{}", past.role.replace('_', "-"))) };
    if past.actor == visit.actor.label() { w.one("approval-by-you", "role", &role) } else { role }
}
