use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::{DbResult, Tx};
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Portal, Visit, Words};

use super::super::super::captions::clock;
use super::super::super::encode;
use super::super::super::material::{Material, MaterialFile, Moment};
use super::super::super::quality;
use super::super::super::recording::{Recording, is_open};
use super::super::super::store::{self, Figures};
use super::super::super::upload::{MOST_BYTES, PLAIN_BYTES, Upload};
use super::period;
use crate::office::staff_pages::{self, Head, Tab, Whole, numeric_moment};
use crate::trainings::programme::CourseId;
use crate::trainings::session::SessionId;

#[derive(Template)]
#[template(path = "archive/pages/staff/show.html")]
struct ShowPage {
    frame: Frame,
    head: Head,
    opening_path: String,
    opening: String,
    public: String,
    state: (&'static str, String),
    film: String,
    qualities: Qualities,
    upload: UploadView,
    captions: String,
    details: String,
    figures: Option<Figures>,
    is_published: bool,
    can_publish: bool,
    papers: Vec<Paper>,
    moments: Vec<(String, String)>,
    filled: Filled,
    error: String,
    plain_limit: String,
    limit: String,
}

/// A film on its way in.
struct UploadView {
    /// 「受け取りの途中です（3/12）」, empty if none is.
    words: String,
    /// Why the last one was not taken.
    refusal: String,
    /// Whether it is being put together, so that looking again helps.
    is_working: bool,
    have: i64,
    parts: i64,
}

/// How far the qualities of the film have come.
#[derive(Default)]
struct Qualities {
    /// 「画質を分けています（3／30）」, empty without a film.
    words: String,
    made: i64,
    /// How many pieces there will be; 0 if none is being made.
    pieces: i64,
}

/// A material with its earlier files.
struct Paper {
    id: String,
    title: String,
    facts: String,
    moment: String,
    href: String,
    earlier: Vec<(String, String)>,
}

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// Everything about a session's recording and materials.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let w = visit.words();
    let done = match asked.done.as_str() {
        "film" => w.t("archive-done-film"),
        "captions" => w.t("archive-done-captions"),
        "details" => w.t("archive-done-details"),
        "published" => w.t("archive-done-published"),
        "withdrawn" => w.t("archive-done-withdrawn"),
        "material" => w.t("archive-done-material"),
        "material-withdrawn" => w.t("archive-done-material-withdrawn"),
        _ => String::new(),
    };
    page(&portal, &visit, &whole, done, Filled::default(), String::new()).await
}

/// What is there for a session.
struct Read {
    recording: Option<Recording>,
    upload: Option<Upload>,
    /// How many parts of a film that is under way have come.
    have: usize,
    papers: Vec<(Material, Vec<MaterialFile>)>,
    figures: Option<Figures>,
}

impl Read {
    async fn of(tx: &mut Tx<'_>, session: SessionId, course: CourseId) -> DbResult<Self> {
        let recording = store::recording(tx, session).await?;
        let upload = store::last_upload(tx, session).await?;
        let have = match &upload {
            Some(upload) if upload.ended_at.is_none() => store::parts(tx, upload.id).await?.len(),
            _ => 0,
        };
        let mut papers = Vec::new();
        for material in store::materials_of_course(tx, course).await? {
            if material.session.is_none_or(|own| own == session) {
                let files = if material.files > 1 { store::files_of(tx, material.id).await? } else { Vec::new() };
                papers.push((material, files));
            }
        }
        let figures = match &recording {
            Some(recording) => Some(store::figures(tx, recording.id).await?),
            None => None,
        };
        Ok(Self { recording, upload, have, papers, figures })
    }
}

/// The page; with what is to be mended in the form of a material, or why a film was not taken.
pub async fn page(portal: &Portal, visit: &Visit, whole: &Whole, done: String, filled: Filled, error: String) -> Result<Page, PageError> {
    let (id, course) = (whole.session.id, whole.course.id);
    let read = portal.db.read(async move |tx| Read::of(tx, id, course).await).await?;
    let w = visit.words();
    let (frame, head) = whole.head(portal, visit, w.t("office-tab-archive"), Some(Tab::Archive));
    let archive = whole.programme.archive(whole.course.archive_opens_at);
    let is_wrong = !filled.is_fine() || !error.is_empty();
    let recording = read.recording.as_ref();
    let is_published = recording.is_some_and(Recording::is_published);
    let page = ShowPage {
        frame: frame.done(done),
        opening_path: format!("/staff/programmes/{}/archive", whole.programme.year),
        opening: period(w, "archive-open-between", archive),
        public: format!("/archive/{}/{}/{}", whole.programme.year, whole.course.slug, whole.session.number),
        state: state(w, recording, is_open(archive, visit.now)),
        film: film_words(w, recording),
        qualities: qualities(w, recording),
        upload: upload_view(w, read.upload, read.have),
        captions: match recording {
            Some(recording) if !recording.captions.is_empty() => w.count("archive-captions-lines", recording.captions().0.len()),
            Some(recording) if !recording.no_captions.is_empty() => w.one("archive-captions-none", "why", &recording.no_captions),
            _ => w.t("archive-captions-missing"),
        },
        details: recording.map_or_else(String::new, |recording| {
            let values = [
                ("chapters", recording.chapters().len().to_string()),
                ("questions", recording.questions().len().to_string()),
                ("threshold", recording.threshold.to_string()),
            ];
            w.fill("archive-details-line", values)
        }),
        figures: read.figures.filter(|_| recording.is_some_and(|recording| recording.published_at.is_some())),
        is_published,
        can_publish: recording.is_some_and(|recording| recording.film().is_some()) && !is_published,
        papers: read.papers.into_iter().map(|(material, files)| paper(w, &material, &files)).collect(),
        moments: Moment::ALL.map(|moment| (moment.id().to_owned(), w.t(&format!("material-moment-{moment}")))).to_vec(),
        filled,
        error,
        plain_limit: kernel::size(PLAIN_BYTES as u64),
        limit: kernel::size(MOST_BYTES.unsigned_abs()),
        head,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

fn state(w: Words, recording: Option<&Recording>, is_open: bool) -> (&'static str, String) {
    match recording {
        Some(recording) if recording.is_published() && is_open => ("done", w.t("archive-state-public")),
        Some(recording) if recording.is_published() => ("later", w.t("archive-state-waits")),
        Some(recording) if recording.withdrawn_at.is_some() => ("cancelled", w.t("archive-state-withdrawn")),
        Some(recording) if recording.film().is_some() => ("open", w.t("archive-state-ready")),
        _ => ("arranging", w.t("archive-state-none")),
    }
}

fn film_words(w: Words, recording: Option<&Recording>) -> String {
    recording.and_then(Recording::film).map_or_else(
        || w.t("archive-film-none"),
        |film| {
            let size = kernel::size(film.bytes.unsigned_abs());
            w.with("archive-film", &[("kind", film.kind.word()), ("length", &clock(film.seconds)), ("size", &size)])
        },
    )
}

fn qualities(w: Words, recording: Option<&Recording>) -> Qualities {
    let Some((recording, film)) = recording.and_then(|recording| Some((recording, recording.film()?))) else {
        return Qualities::default();
    };
    let (made, pieces) = (recording.pieces, quality::pieces(film.seconds));
    let said = |words| Qualities { words, made, pieces: 0 };
    match () {
        () if recording.has_qualities() => said(w.t("archive-qualities-made")),
        () if !recording.has_pieces_to_make() => said(w.t("archive-qualities-failed")),
        () if !encode::has_encoder() => said(w.t("archive-qualities-none")),
        () => {
            let values = [("made", made.to_string()), ("pieces", pieces.to_string())];
            Qualities { words: w.fill("archive-qualities-making", values), made, pieces }
        }
    }
}

fn upload_view(w: Words, upload: Option<Upload>, have: usize) -> UploadView {
    let have = i64::try_from(have).unwrap_or(0);
    let Some(upload) = upload else {
        return UploadView { words: String::new(), refusal: String::new(), is_working: false, have: 0, parts: 0 };
    };
    let parts = upload.parts();
    let is_working = upload.sent_at.is_some() && upload.ended_at.is_none();
    let values = [("name", upload.name.clone()), ("have", have.to_string()), ("parts", parts.to_string())];
    UploadView {
        words: match () {
            () if is_working => w.one("archive-upload-working", "name", &upload.name),
            () if upload.ended_at.is_none() => w.fill("archive-upload-waits", values),
            () => String::new(),
        },
        refusal: if upload.refusal.is_empty() || upload.refusal == "upload-given-up" {
            String::new()
        } else {
            w.one("archive-upload-refused", "why", &w.t(&upload.refusal))
        },
        is_working,
        have,
        parts,
    }
}

fn paper(w: Words, material: &Material, files: &[MaterialFile]) -> Paper {
    Paper {
        id: material.id.to_string(),
        title: material.title.clone(),
        facts: format!("{} {}", material.kind().word(), kernel::size(material.bytes.unsigned_abs())),
        moment: w.with(
            "material-shown",
            &[
                ("moment", &w.t(&format!("material-moment-{}", material.moment))),
                ("whose", &w.t(if material.session.is_some() { "material-of-session" } else { "material-of-course" })),
            ],
        ),
        href: format!("/staff/material-files/{}", material.file),
        earlier: files
            .iter()
            .skip(1)
            .map(|file| {
                (
                    format!("/staff/material-files/{}", file.id),
                    format!("{} {} {}", numeric_moment(file.sent_at), file.kind().word(), kernel::size(file.bytes.unsigned_abs())),
                )
            })
            .collect(),
    }
}
