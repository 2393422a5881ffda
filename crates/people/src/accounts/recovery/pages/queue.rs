use askama::Template;
use axum::extract::{Query, State};
use kernel::long_moment;
use serde::Deserialize;
use web::{Frame, Numbered, Page, PageError, Pager, Portal, Visit, Words};

use super::{Room, holdings_of, reaches_among, state_word};
use crate::accounts::recovery::life::Recovery;
use crate::accounts::recovery::need::{Need, Way};
use crate::accounts::recovery::store::{self, Holding, ROWS};

/// What the address asks for, and says was done.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    page: String,
    done: String,
}

struct Row {
    href: String,
    email: String,
    roles: Vec<(String, String)>,
    who: String,
    shape: &'static str,
    state: String,
    at: String,
}

#[derive(Template)]
#[template(path = "accounts/recovery/pages/queue.html")]
struct QueuePage {
    frame: Frame,
    total: String,
    rows: Vec<Row>,
    pager: Pager,
}

/// What the address may say was done.
const SAID: [&str; 4] = ["waits", "held", "sent", "refused"];

/// Everybody who is on the way back, for operators.
pub(super) async fn of_operators(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    let room = Room::of(&visit)?;
    let (me, wanted) = (room.by.account, asked.page.clone());
    let found = portal.db.read(async move |tx| {
        let count = store::count(tx, me).await?;
        let shown = Numbered::of(count, ROWS, &wanted);
        Ok((store::list(tx, me, shown.skipped()).await?, count, shown, store::reaches(tx).await?, store::holdings(tx).await?))
    });
    let (list, count, shown, reaches, holdings) = found.await?;
    let rows = list.iter().map(|one| row(&room, one, Need::of(&reaches_among(&reaches, one.account)), &holdings, &visit)).collect();
    page(&portal, &visit, &room, rows, count, shown, &asked.done)
}

/// Those whom this person may recognize: colleagues, and people of the places below.
pub(super) async fn of_a_place(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    let room = Room::of(&visit)?;
    let me = room.by.account;
    let found =
        portal.db.read(async move |tx| Ok((store::list_near(tx, me).await?, store::reaches(tx).await?, store::holdings(tx).await?)));
    let (list, reaches, holdings) = found.await?;
    let rows: Vec<Row> = list
        .iter()
        .filter_map(|one| {
            let theirs = reaches_among(&reaches, one.account);
            let (way, _) = Way::of(&room.by.roles, &theirs)?;
            room.has(way).then(|| row(&room, one, Need::of(&theirs), &holdings, &visit))
        })
        .collect();
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    // They are few, and all on one page.
    page(&portal, &visit, &room, rows, count, Numbered::of(count, count.max(1), ""), &asked.done)
}

fn row(room: &Room, recovery: &Recovery, need: Option<Need>, holdings: &[Holding], visit: &Visit) -> Row {
    let w = visit.words();
    let (shape, state) = state_word(recovery, w, visit.now);
    Row {
        href: visit.to(&format!("{}/{}", room.path, recovery.id)),
        email: recovery.email.to_string(),
        roles: holdings_of(recovery, holdings, w),
        who: who(need, true, w),
        shape,
        state,
        at: long_moment(recovery.asked_at, w.lang),
    }
}

/// Who has to confirm.
pub(super) fn who(need: Option<Need>, in_short: bool, w: Words) -> String {
    match need {
        Some(Need { operators: false, .. }) if in_short => w.t("recovery-who-near"),
        Some(Need { operators: false, .. }) => w.t("recovery-who-institution"),
        Some(Need { operators: true, .. }) => w.t("recovery-who-staff"),
        None => String::new(),
    }
}

fn page(portal: &Portal, visit: &Visit, room: &Room, rows: Vec<Row>, count: i64, shown: Numbered, done: &str) -> Result<Page, PageError> {
    let w = visit.words();
    let said = SAID.iter().find(|said| **said == done).map(|said| w.t(&format!("recovery-done-{said}"))).unwrap_or_default();
    let at = |page: &str| visit.to(&if page.is_empty() { room.path.to_owned() } else { format!("{}?page={page}", room.path) });
    Page::html(&QueuePage {
        frame: room.frame(portal, visit, w.t("recovery-queue-title")).here().done(said),
        total: w.count("recovery-total", count),
        rows,
        pager: shown.pager(w, at),
    })
}
