use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Section, Visit, Words};

use super::super::complete::{self, NotCompleted};
use super::super::questions::Question;
use super::super::recording::Recording;
use super::super::store;
use super::who::{Who, who};
use super::{Place, place};
use crate::trainings::Viewer;

#[derive(Template)]
#[template(path = "archive/pages/check.html")]
struct CheckPage {
    frame: Frame,
    path: String,
    application: String,
    /// Why nothing can be answered here; empty if it can.
    refused: String,
    questions: Vec<Asked>,
    wrong: String,
}

struct Asked {
    name: String,
    heading: String,
    text: String,
    choices: Vec<(String, bool)>,
    why: String,
    /// Whether it was answered rightly; nothing before it was answered.
    is_right: Option<bool>,
}

impl Asked {
    fn of(w: Words, n: usize, question: Question, posted: &Posted, is_right: Option<bool>) -> Self {
        let name = format!("q{n}");
        let chosen = posted.get(&name).parse().ok();
        Self {
            heading: w.one("archive-check-question", "n", &(n + 1)),
            choices: question.choices.into_iter().enumerate().map(|(place, choice)| (choice, Some(place) == chosen)).collect(),
            text: question.text,
            why: question.why,
            is_right,
            name,
        }
    }
}

/// The questions about a recording.
pub async fn form(State(portal): State<Portal>, visit: Visit, path: Path<(String, String, String)>) -> Result<Page, PageError> {
    let place = place(&portal, &path).await?;
    page(&portal, &visit, &place, &Posted::default(), &[], false).await
}

/// Takes the answers. Whoever is wrong somewhere learns why and tries again, as often as they like.
pub async fn answer(
    State(portal): State<Portal>,
    visit: Visit,
    path: Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let place = place(&portal, &path).await?;
    let Who::One(viewer) = who(&portal, &visit, place.session.id, posted.get("as")).await? else {
        return page(&portal, &visit, &place, &posted, &[], false).await;
    };
    let questions = place.open(visit.now).map(Recording::questions).unwrap_or_default();
    let answers: Vec<usize> = (0..questions.len()).map(|n| posted.get(&format!("q{n}")).parse().unwrap_or(usize::MAX)).collect();
    let (session, application, key) = (place.session.id, viewer.application, posted.key(&portal, &visit));
    let write = async move |tx: &mut db::Tx<'_>, now| complete::complete(tx, session, application, &answers, now).await;
    let outcome = portal.db.write(Lane::Public, key, write).await?;
    match outcome {
        Ok(()) | Err(NotCompleted::Already) => Ok(Page::see_other(&visit.to(&format!("{}?as={application}#mine", place.path())))),
        Err(NotCompleted::Wrong(wrong)) => page(&portal, &visit, &place, &posted, &wrong, true).await,
        Err(NotCompleted::Unknown | NotCompleted::Unseen) => page(&portal, &visit, &place, &posted, &[], false).await,
    }
}

async fn page(
    portal: &Portal,
    visit: &Visit,
    place: &Place,
    posted: &Posted,
    wrong: &[usize],
    is_answered: bool,
) -> Result<Page, PageError> {
    let w = visit.words();
    let viewer = Viewer { w, now: visit.now };
    let chosen = if posted.has("as") { posted.get("as").to_owned() } else { chosen(visit) };
    let who = who(portal, visit, place.session.id, &chosen).await?;
    let recording = place.open(visit.now);
    let application = if let Who::One(viewer) = &who { viewer.application.to_string() } else { String::new() };
    let refused = match (&who, recording) {
        (_, None) => w.t("archive-in-preparation"),
        (Who::One(viewer), Some(recording)) => {
            let (application, needed, edition) = (viewer.application, recording.needed().unwrap_or(0), recording.edition);
            let watching = portal.db.read(async move |tx| store::watching(tx, application).await).await?;
            let seconds = watching.filter(|watching| watching.edition == edition).map_or(0, |watching| watching.seen.seconds());
            if seconds < needed { w.count("archive-check-unseen", (needed - seconds + 59) / 60) } else { String::new() }
        }
        (Who::Unproven { .. }, Some(_)) => w.t("archive-unproven"),
        (Who::Anybody | Who::Several(_), Some(_)) => w.t("archive-not-recorded"),
    };
    let questions = recording.filter(|_| refused.is_empty()).map(Recording::questions).unwrap_or_default();
    let view = viewer.course(&place.programme, &place.course, std::slice::from_ref(&place.session));
    let is_refused = !refused.is_empty();
    let page = CheckPage {
        frame: Frame::new(portal, visit, w.one("archive-check-title", "nth", &viewer.nth(&place.session)))
            .in_section(Section::Trainings)
            .crumb(w.t("trainings-title"), "/trainings")
            .crumb(view.name, &view.path)
            .crumb(w.one("archive-title", "nth", &viewer.nth(&place.session)), &place.path())
            .here(),
        path: place.path(),
        application,
        refused,
        wrong: if wrong.is_empty() { String::new() } else { w.count("archive-check-wrong", wrong.len()) },
        questions: questions
            .into_iter()
            .enumerate()
            .map(|(n, question)| Asked::of(w, n, question, posted, is_answered.then(|| !wrong.contains(&n))))
            .collect(),
    };
    let page = Page::html(&page)?;
    Ok(match (is_refused, is_answered) {
        (true, _) => page.status(StatusCode::CONFLICT),
        (false, true) => page.status(StatusCode::UNPROCESSABLE_ENTITY),
        (false, false) => page,
    })
}

/// The application that the address chooses, where several share a mail address.
fn chosen(visit: &Visit) -> String {
    visit.query.split('&').find_map(|pair| pair.strip_prefix("as=")).unwrap_or_default().to_owned()
}
