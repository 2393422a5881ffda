//! `/desk/drills`: a lead begins an exercise, and gets numbers and words to read out.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use db::Lane;
use people::organizations;
use vault::{Code, Salt};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::{NewDrill, begin, scripts};
use crate::Desk;
use crate::cases::{CaseId, CaseNumber, Wrap, WrapKind};
use crate::desk_pages::{frame, reaches};

/// So many institutions may take part in one exercise.
const MOST: usize = 20;

#[derive(Template)]
#[template(path = "drill/form.html")]
struct FormPage {
    frame: Frame,
    scripts: Vec<(String, String, String, bool)>,
    prefectures: Vec<(String, String, bool)>,
    begun: Vec<(String, String)>,
    filled: Filled,
    key: String,
}

/// The form.
pub async fn form(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    page(&portal, &visit, Vec::new(), Filled::default())
}

fn page(portal: &Portal, visit: &Visit, begun: Vec<(String, String)>, filled: Filled) -> Result<Page, PageError> {
    reaches(visit)?;
    let w = visit.words();
    let is_wrong = !filled.is_fine();
    let page = Page::html(&FormPage {
        frame: frame(portal, visit, w.t("work-drills")).crumb(w.t("work-queue-title"), "/desk").here(),
        scripts: scripts()
            .iter()
            .map(|script| {
                (script.id.clone(), script.title(w.lang).to_owned(), script.says(w.lang).to_owned(), filled.is("script", &script.id))
            })
            .collect(),
        prefectures: organizations::prefectures()
            .iter()
            .map(|one| (one.id.clone(), one.name(w.lang).to_owned(), filled.is("prefecture", &one.id)))
            .collect(),
        begun,
        filled,
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Begins the exercise. The words are shown on the answer, once; sending the form again shows the numbers alone.
pub async fn start(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    reaches(&visit)?;
    let w = visit.words();
    let mut filled = Filled::from_posted(&posted);
    let script = scripts().iter().find(|script| script.id == posted.get("script"));
    let count = posted.get("count").trim().parse::<usize>().ok().filter(|count| (1..=MOST).contains(count));
    if script.is_none() {
        filled.wrong("script", w.t("work-wrong-script"));
    }
    if count.is_none() {
        filled.wrong("count", w.one("work-wrong-count", "max", &MOST));
    }
    let (Some(script), Some(count)) = (script, count) else { return page(&portal, &visit, Vec::new(), filled) };
    let prefecture = organizations::prefecture(posted.get("prefecture")).map(|one| one.id.clone());
    let desk = Desk::of(&portal)?;
    let circle = desk.circle(&portal.db).await;
    let (mut drills, mut codes) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (mut drill, key) = NewDrill::prepare(script, prefecture.as_deref(), visit.lang, &circle, visit.now);
        let (id, code) = (drill.new.id, Code::generate());
        let salt = Salt::try_from(drill.new.code_salt.as_slice()).map_err(|_| PageError::Bug("the salt of a case has another length"))?;
        let wrap = desk.kdf.wrap(&code, &salt, id.uuid(), &key).await.map_err(|_| PageError::Busy)?;
        drill.new.wraps.push(Wrap { kind: WrapKind::Code, holder: id.uuid(), wrap, ends_at: None });
        drills.push(drill);
        codes.push((id, code.words().join(w.lang.pick("　", " "))));
    }
    let (key, by) = (posted.key(&portal, &visit), visit.actor.label());
    let begun: Vec<(CaseId, CaseNumber)> = portal
        .db
        .write(Lane::Staff, key, async move |tx, now| {
            Ok(begin(tx, &drills, &by, now).await?.into_iter().map(|case| (case.id, case.number)).collect())
        })
        .await?;
    let words =
        |id: CaseId| codes.iter().find(|(other, _)| *other == id).map_or_else(|| w.t("work-drill-words-once"), |(_, words)| words.clone());
    page(&portal, &visit, begun.into_iter().map(|(id, number)| (number.to_string(), words(id))).collect(), Filled::default())
}
