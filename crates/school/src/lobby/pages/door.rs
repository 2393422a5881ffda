use access::{AccountId, ApplicationRef};
use askama::Template;
use axum::extract::{Path, Query, State};
use db::{DbResult, Tx};
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Section, Visit};

use super::sight::Sight;
use crate::lobby::store;
use crate::trainings::application::ApplicationId;
use crate::trainings::session_path;
use crate::trainings::store::{self as trainings, MyLine};

#[derive(Template)]
#[template(path = "lobby/pages/door.html")]
struct DoorPage {
    frame: Frame,
    sight: Sight,
    mine: Vec<(String, String)>,
    holds_another: bool,
    key: String,
}

/// Where somebody wants to go.
#[derive(Deserialize, Default)]
pub struct Going {
    #[serde(default)]
    to: String,
}

impl Going {
    /// Only to places that there are.
    fn page(&self) -> &'static str {
        match self.to.as_str() {
            "question" => "question",
            "questionnaire" => "questionnaire",
            "viewing" => "viewing",
            _ => "join",
        }
    }
}

/// The applications of whoever has signed in.
async fn of_account(tx: &mut Tx<'_>, account: Option<AccountId>) -> DbResult<Vec<MyLine>> {
    let Some(account) = account else { return Ok(Vec::new()) };
    match people::accounts::find(tx, account).await? {
        Some(account) => trainings::applications_of_address(tx, account.email.as_str()).await,
        None => Ok(Vec::new()),
    }
}

/// From the lobby, which knows nobody, to one's own application: the one whose link this browser has opened, or those of whoever
/// signed in. Who cannot be told apart chooses; whoever is not known is asked to open the link of their mail.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    path: Path<(String, String, String)>,
    Query(going): Query<Going>,
) -> Result<Page, PageError> {
    let path = session_path(&path)?;
    let (held, account) = (visit.actor.application, visit.actor.account());
    let found = portal
        .db
        .read(async move |tx| {
            let Some(session) = trainings::session_at(tx, path.year, path.audience, path.number).await? else { return Ok(None) };
            let (Some(course), Some(programme)) =
                (trainings::course(tx, session.course).await?, trainings::programme(tx, path.year).await?)
            else {
                return Ok(None);
            };
            let meeting = store::meeting(tx, session.id).await?;
            let held = match held {
                Some(ApplicationRef(id)) => trainings::application(tx, ApplicationId::from_uuid(id)).await?,
                None => None,
            };
            Ok(Some((session, course, programme, meeting, held, of_account(tx, account).await?)))
        })
        .await?;
    let (session, course, programme, meeting, held, mine) = found.ok_or(PageError::NotFound)?;
    let page = going.page();
    let mut mine: Vec<(String, String)> = mine
        .iter()
        .filter(|line| line.session == session.id && line.cancelled_at.is_none())
        .map(|line| (format!("/applications/{}/{page}", line.id), format!("{} {}", line.family, line.given)))
        .collect();
    let generation = visit.held.map(|held| held.generation);
    if let Some(own) = held.as_ref().filter(|held| held.session == session.id && generation == Some(held.generation)) {
        let own = format!("/applications/{}/{page}", own.id);
        if mine.len() < 2 || !mine.iter().any(|(path, _)| *path == own) {
            return Ok(Page::see_other(&visit.to(&own)));
        }
    }
    if mine.len() == 1 {
        return Ok(Page::see_other(&visit.to(&mine.swap_remove(0).0)));
    }
    let w = visit.words();
    let sight = Sight::of(&portal, w, visit.now, (&programme, &course, &session), &meeting);
    let title = w.t(if mine.is_empty() { "door-title" } else { "door-choose" });
    let page = DoorPage {
        frame: Frame::new(&portal, &visit, title)
            .in_section(Section::Trainings)
            .crumb(format!("{} {}", sight.course, sight.nth), &sight.course_path)
            .crumb(w.t("lobby-word"), &sight.lobby)
            .here(),
        holds_another: held.is_some(),
        key: visit.now.uuid().to_string(),
        sight,
        mine,
    };
    Page::html(&page)
}
