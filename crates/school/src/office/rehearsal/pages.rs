use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::Lang;
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Visit};

use super::walk::{NotRehearsed, Scene, Seen, walk};
use crate::office::staff_pages::{self, Head};

/// Which moment in which language, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    scene: String,
    lang: String,
}

#[derive(Template)]
#[template(path = "office/rehearsal/show.html")]
struct RehearsalPage {
    frame: Frame,
    head: Head,
    refused: String,
    /// Address, name, whether it is a mail, whether it is shown.
    scenes: Vec<(String, String, bool, bool)>,
    languages: Vec<(String, String, bool)>,
    name: String,
    page: String,
    mail: Option<Mail>,
    lang: &'static str,
    next: String,
}

struct Mail {
    to: String,
    subject: String,
    text: String,
    calendar: String,
}

/// What an applicant would see, one moment of it at a time. Looking changes nothing: see [`walk`].
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let lang = if asked.lang.is_empty() { visit.lang } else { asked.lang.parse().unwrap_or(visit.lang) };
    let (about, guest, stage) = (whole.clone(), Visit { lang, ..visit.clone() }, portal.clone());
    let played = portal.db.write(Lane::Staff, None, async move |tx, now| walk(tx, &stage, &guest, &about, now).await).await?;
    let w = visit.words();
    let (frame, head) = whole.head(&portal, &visit, w.t("rehearsal-title"), None);
    let path = whole.path("/rehearsal");
    let address = |scene: &str, lang: Lang| format!("{path}?scene={scene}&lang={}", lang.code());
    let scene_name = |scene: &Scene| w.t(&format!("rehearsal-scene-{}", scene.id));
    let (scenes, refused) = match played {
        Ok(scenes) => (scenes, String::new()),
        Err(not) => (Vec::new(), w.t(why(not))),
    };
    let here = scenes.iter().position(|scene| scene.id == asked.scene).unwrap_or(0);
    let shown = scenes.get(here);
    let is_refused = !refused.is_empty();
    let page = RehearsalPage {
        scenes: scenes
            .iter()
            .enumerate()
            .map(|(n, scene)| (address(&scene.id, lang), scene_name(scene), matches!(scene.seen, Seen::Mail { .. }), n == here))
            .collect(),
        languages: [Lang::Ja, Lang::En]
            .into_iter()
            .map(|one| (address(shown.map_or("", |scene| &scene.id), one), w.t(&format!("rehearsal-lang-{}", one.code())), one == lang))
            .collect(),
        name: shown.map_or_else(String::new, scene_name),
        page: match shown.map(|scene| &scene.seen) {
            Some(Seen::Page(page)) => page.clone(),
            _ => String::new(),
        },
        mail: match shown.map(|scene| scene.seen.clone()) {
            Some(Seen::Mail { to, subject, text, calendar }) => Some(Mail { to, subject, text, calendar }),
            _ => None,
        },
        lang: lang.code(),
        next: scenes.get(here + 1).map_or_else(String::new, |scene| address(&scene.id, lang)),
        refused,
        frame,
        head,
    };
    let page = Page::html(&page)?;
    Ok(if is_refused { page.status(StatusCode::CONFLICT) } else { page })
}

const fn why(not: NotRehearsed) -> &'static str {
    match not {
        NotRehearsed::NoDay => "rehearsal-no-day",
        NotRehearsed::NoOpening => "rehearsal-no-opening",
        NotRehearsed::CalledOff => "rehearsal-called-off",
        NotRehearsed::Broken => "rehearsal-broken",
    }
}
