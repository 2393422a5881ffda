use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use kernel::{lasts_from, lasts_until, long_date};
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Section, Visit, player_policy};

use super::super::captions::{Cue, clock};
use super::super::material::Material;
use super::super::materials;
use super::super::recording::{Recording, is_open};
use super::super::seen::Seen;
use super::super::store::{self, Completion};
use super::super::watch::Progress;
use super::seen;
use super::who::{Who, who};
use super::{Place, place};
use crate::trainings::Viewer;

#[derive(Template)]
#[template(path = "archive/pages/player.html")]
struct PlayerPage {
    frame: Frame,
    over: String,
    held: String,
    title: String,
    path: String,
    course_path: String,
    /// Why there is nothing to watch yet; empty if there is.
    wait: String,
    film: Option<FilmView>,
    mine: Mine,
    chapters: Vec<Line>,
    asked: String,
    hits: Vec<Line>,
    lines: Vec<Line>,
    materials: Vec<Paper>,
    until: String,
}

/// The film, and what the script needs to know.
struct FilmView {
    source: String,
    /// The playlist of its qualities; empty while there are none.
    playlist: String,
    content_type: &'static str,
    seconds: i64,
    length: String,
    has_captions: bool,
    start: i64,
}

/// A place in the film with words.
pub struct Line {
    at: i64,
    clock: String,
    text: String,
}

/// A material to keep.
pub struct Paper {
    pub href: String,
    pub title: String,
    pub kind: &'static str,
    pub size: String,
}

/// What is put down for the one who watches.
enum Mine {
    /// Nobody we know: how to have it put down.
    Anybody,
    /// Whoever holds an application for another session that they have only typed: where the links are sent that prove who they are.
    Unproven(String),
    /// Several share the address.
    Several(Vec<(String, String)>),
    /// One, and how far they have come.
    One(Box<Account>),
}

struct Account {
    application: String,
    application_path: String,
    name: String,
    words: String,
    unseen: String,
    seen: Seen,
    whole: i64,
    enough: bool,
    /// 「確認問題に答える（2問）」, empty if nothing is asked or it counts already.
    to_check: String,
    completed: String,
}

impl Account {
    /// Where a range begins on a bar of a thousand, and how wide it is.
    fn bars(&self) -> Vec<(i64, i64)> {
        let whole = self.whole.max(1);
        self.seen.ranges().iter().map(|(from, until)| (from * 1000 / whole, ((until - from) * 1000 / whole).max(1))).collect()
    }
}

/// Where to begin, what to look for, as whom.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    t: Option<i64>,
    q: String,
    r#as: String,
    done: String,
}

/// The recording of a session: the film, what is said in it, and how far the one who watches has come.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    path: Path<(String, String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let place = place(&portal, &path).await?;
    let (w, now, lang) = (visit.words(), visit.now, visit.lang);
    let viewer = Viewer { w, now };
    let view = viewer.course(&place.programme, &place.course, std::slice::from_ref(&place.session));
    let (programme, course, session) = (place.programme.clone(), place.course.clone(), place.session.clone());
    let materials = portal.db.read(async move |tx| materials::shown(tx, &programme, &course, &session, now).await).await?;
    let open = place.open(now);
    let (mine, resume_at) = match open {
        Some(recording) => mine(&portal, &visit, &place, recording, &asked.r#as).await?,
        None => (Mine::Anybody, 0),
    };
    // The demo of a machine that makes no films still shows what stands beside one.
    let sample =
        place.recording.as_ref().filter(|recording| portal.site.demo && recording.film().is_none() && is_open(place.archive(), now));
    let described = open.or(sample);
    let captions = described.map(Recording::captions).unwrap_or_default();
    let q: String = asked.q.chars().take(100).collect();
    let archive = place.archive();
    let title = w.one("archive-title", "nth", &viewer.nth(&place.session));
    let done = if asked.done == "joined" { w.t("archive-done-joined") } else { String::new() };
    let page = PlayerPage {
        frame: Frame::new(&portal, &visit, title)
            .in_section(Section::Trainings)
            .crumb(w.t("trainings-title"), "/trainings")
            .crumb(view.name.clone(), &view.path)
            .here()
            .done(done),
        over: format!("{} {}", place.programme.year.label(lang), view.name),
        held: w.one("archive-held", "when", &place.session.when(lang)),
        title: place.session.title.clone(),
        path: place.path(),
        course_path: view.path,
        wait: match (open, sample) {
            (Some(_), _) => String::new(),
            (None, Some(_)) => w.t("archive-no-sample"),
            (None, None) => wait(&place, viewer),
        },
        film: open.and_then(|recording| film_view(&place, recording, !captions.0.is_empty(), asked.t.unwrap_or(resume_at))),
        mine,
        chapters: chapters(described),
        hits: captions.saying(&q).into_iter().take(100).map(line).collect(),
        asked: q,
        lines: captions.0.iter().map(line).collect(),
        materials: materials.iter().map(paper).collect(),
        until: match archive {
            Some((_, Some(closes))) if open.is_some() => w.one("archive-until", "at", &lasts_until(closes, lang)),
            _ => String::new(),
        },
    };
    Ok(Page::html(&page)?.with(header::CONTENT_SECURITY_POLICY, &player_policy()))
}

fn film_view(place: &Place, recording: &Recording, has_captions: bool, start: i64) -> Option<FilmView> {
    let (film, path, edition) = (recording.film()?, place.path(), recording.edition);
    Some(FilmView {
        source: format!("{path}/film?e={edition}"),
        playlist: if recording.has_qualities() { format!("{path}/hls/film.m3u8?e={edition}") } else { String::new() },
        content_type: film.kind.content_type(),
        seconds: film.seconds,
        length: clock(film.seconds),
        has_captions,
        start: start.clamp(0, film.seconds),
    })
}

fn chapters(described: Option<&Recording>) -> Vec<Line> {
    let all = described.map(Recording::chapters).unwrap_or_default();
    all.into_iter().map(|one| Line { at: one.at, clock: clock(one.at), text: one.title }).collect()
}

fn line(cue: &Cue) -> Line {
    Line { at: cue.from / 1000, clock: clock(cue.from / 1000), text: cue.text.replace('\n', " ") }
}

/// A material as pages show it.
pub fn paper(material: &Material) -> Paper {
    Paper {
        href: format!("/materials/{}", material.id),
        title: material.title.clone(),
        kind: material.kind().word(),
        size: kernel::size(material.bytes.unsigned_abs()),
    }
}

/// Why there is nothing to watch, and when there will be.
fn wait(place: &Place, viewer: Viewer) -> String {
    let (w, now) = (viewer.w, viewer.now);
    match place.archive() {
        _ if place.session.cancelled_at.is_some() => w.t("archive-cancelled"),
        Some((_, Some(closes))) if now >= closes => w.one("archive-over", "at", &lasts_until(closes, w.lang)),
        Some((opens, _)) if now < opens => w.one("archive-opens", "at", &lasts_from(opens, w.lang)),
        Some(_) => w.t("archive-in-preparation"),
        None => w.t("archive-opens-unset"),
    }
}

async fn mine(portal: &Portal, visit: &Visit, place: &Place, recording: &Recording, wanted: &str) -> Result<(Mine, i64), PageError> {
    let viewer = match who(portal, visit, place.session.id, wanted).await? {
        Who::Anybody => return Ok((Mine::Anybody, 0)),
        Who::Unproven { email } => return Ok((Mine::Unproven(email), 0)),
        Who::Several(viewers) => {
            let named = viewers.into_iter().map(|one| (one.application.to_string(), format!("{} {}", one.family, one.given)));
            return Ok((Mine::Several(named.collect()), 0));
        }
        Who::One(viewer) => viewer,
    };
    let (application, edition) = (viewer.application, recording.edition);
    let (watching, completion) =
        portal.db.read(async move |tx| Ok((store::watching(tx, application).await?, store::completion(tx, application).await?))).await?;
    let watching = watching.filter(|watching| watching.edition == edition);
    let resume_at = watching.as_ref().map_or(0, |watching| watching.resume_at);
    let whole = recording.film().map_or(0, |film| film.seconds);
    let seen = watching.map(|watching| watching.seen).unwrap_or_default();
    let progress = Progress {
        seconds: seen.seconds(),
        needed: recording.needed().unwrap_or(0),
        whole,
        resume_at,
        is_complete: completion.is_some(),
        seen,
    };
    let w = visit.words();
    let questions = recording.questions().len();
    let account = Account {
        application: application.to_string(),
        application_path: format!("/applications/{application}"),
        name: w.one("my-name", "name", &format!("{} {}", viewer.family, viewer.given)),
        words: seen::words(w, &progress, questions > 0),
        unseen: seen::unseen(w, &progress),
        enough: progress.seconds >= progress.needed,
        completed: completion.map_or_else(String::new, |done: Completion| {
            w.one("archive-completed-at", "at", &long_date(done.completed_at.day(), visit.lang))
        }),
        seen: progress.seen,
        whole,
        to_check: if questions > 0 && !progress.is_complete { w.count("archive-to-check", questions) } else { String::new() },
    };
    // Whoever has come to the end begins anew.
    Ok((Mine::One(Box::new(account)), if resume_at + 5 >= whole { 0 } else { resume_at }))
}
