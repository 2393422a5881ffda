use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::{DbResult, Lane, Tx};
use kernel::long_moment;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Problem, Visit};

use super::{Room, holdings_of, queue, state_word};
use crate::accounts::recovery::approve::{Approved, Decidable, NotDecided, approve, decidable};
use crate::accounts::recovery::life::{RecoveryId, State as Standing};
use crate::accounts::recovery::need::Way;
use crate::accounts::recovery::refuse::refuse;
use crate::accounts::recovery::store::{self, Approval, Holding};
use crate::accounts::roles::pages::reason;
use crate::accounts::store::find_all;

struct Said {
    who: String,
    at: String,
    way: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "accounts/recovery/pages/decide.html")]
struct DecidePage {
    frame: Frame,
    action: String,
    back: String,
    email: String,
    roles: Vec<(String, String)>,
    who: String,
    shape: &'static str,
    state: String,
    asked_at: String,
    approvals: Vec<Said>,
    /// Empty if there is nothing for them to approve.
    will: Vec<String>,
    how: String,
    /// Why they cannot approve, if they cannot.
    note: String,
    button: String,
    key: String,
    filled: Filled,
}

/// What the page is made of.
struct Case {
    decidable: Decidable,
    approvals: Vec<(Approval, String)>,
    holdings: Vec<Holding>,
}

async fn case(portal: &Portal, room: &Room, id: RecoveryId) -> Result<Option<Case>, PageError> {
    let by = room.by.clone();
    let found = portal.db.read(async move |tx: &mut Tx<'_>| -> DbResult<Option<Case>> {
        let recovery = store::find(tx, id).await?;
        let Some(decidable) = decidable(tx, recovery, &by).await? else { return Ok(None) };
        let approvals = store::approvals(tx, id).await?;
        let approvers = find_all(tx, &approvals.iter().map(|approval| approval.approver).collect()).await?;
        let with_address = |approval: Approval| {
            let who = approvers.iter().find(|account| account.id == approval.approver).map(|account| account.email.to_string());
            (approval, who.unwrap_or_default())
        };
        let approvals = approvals.into_iter().map(with_address).collect();
        Ok(Some(Case { decidable, approvals, holdings: store::holdings(tx).await? }))
    });
    Ok(found.await?.filter(|case| room.has(case.decidable.way)))
}

/// Who asks, with which roles, who has confirmed so far, and what will follow.
pub(super) async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let room = Room::of(&visit)?;
    let id: RecoveryId = id.parse().map_err(|_| PageError::NotFound)?;
    let case = case(&portal, &room, id).await?.ok_or(PageError::NotFound)?;
    page(&portal, &visit, &room, &case, Filled::default())
}

fn page(portal: &Portal, visit: &Visit, room: &Room, case: &Case, filled: Filled) -> Result<Page, PageError> {
    let (w, Decidable { recovery, way, need, .. }) = (visit.words(), &case.decidable);
    let state = recovery.state(visit.now);
    if matches!(state, Standing::Over(_)) {
        return Err(PageError::NotFound);
    }
    let (shape, word) = state_word(recovery, w, visit.now);
    let mine = case.approvals.iter().any(|(approval, _)| approval.approver == room.by.account);
    let may_approve = state == Standing::Asked && !mine;
    let ways: Vec<Way> = case.approvals.iter().map(|(approval, _)| approval.way).chain([*way]).collect();
    let is_enough = need.is_met_by(&ways);
    let next = match (is_enough, need.hold) {
        (false, _) => "recovery-will-second",
        (true, true) => "recovery-will-hold",
        (true, false) => "recovery-will-send",
    };
    let note = match state {
        Standing::Asked if mine => "recovery-mine",
        Standing::Asked => "",
        Standing::Held => "recovery-note-held",
        _ => "recovery-note-ready",
    };
    let is_wrong = !filled.is_fine();
    let said = |(approval, who): &(Approval, String)| Said {
        who: if who.is_empty() { w.t("office-who-account") } else { who.clone() },
        at: long_moment(approval.approved_at, w.lang),
        way: w.t(&format!("recovery-way-{}", approval.way.id().replace('_', "-"))),
        reason: approval.reason.clone(),
    };
    let path = format!("{}/{}", room.path, recovery.id);
    let page = Page::html(&DecidePage {
        frame: room.frame(portal, visit, w.t("recovery-decide-title")).crumb(w.t("recovery-queue-title"), room.path).here(),
        action: visit.to(&path),
        back: visit.to(room.path),
        email: recovery.email.to_string(),
        roles: holdings_of(recovery, &case.holdings, w),
        who: queue::who(Some(*need), false, w),
        shape,
        state: word,
        asked_at: long_moment(recovery.asked_at, w.lang),
        approvals: case.approvals.iter().map(said).collect(),
        will: if may_approve { vec![w.t(next), w.t("recovery-will-replace"), w.t("recovery-will-record")] } else { Vec::new() },
        how: w.t(&format!("recovery-how-{}", way.id().replace('_', "-"))),
        note: if note.is_empty() { String::new() } else { w.t(note) },
        button: w.t("recovery-approve"),
        key: visit.now.uuid().to_string(),
        filled,
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Approves, or ends it.
pub(super) async fn decide(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let room = Room::of(&visit)?;
    let recovery: RecoveryId = id.parse().map_err(|_| PageError::NotFound)?;
    let case = case(&portal, &room, recovery).await?.ok_or(PageError::NotFound)?;
    let approves = match posted.get("decision") {
        "approved" => true,
        "refused" => false,
        _ => return Err(PageError::Refused(Problem::Unreadable)),
    };
    let reason = match reason(&posted, "reason", visit.words()) {
        Ok(reason) => reason,
        Err(wrong) => {
            let mut filled = Filled::from_posted(&posted);
            filled.wrong("reason", wrong);
            return page(&portal, &visit, &room, &case, filled);
        }
    };
    let (key, by) = (posted.key(&portal, &visit), room.by.clone());
    let outcome = portal
        .db
        .write(Lane::Staff, key, async move |tx, now| {
            if approves {
                return Ok(approve(tx, recovery, &by, &reason, now).await?.map(|approved| match approved {
                    Approved::Waits => "waits".to_owned(),
                    Approved::Held(_) => "held".to_owned(),
                    Approved::Sent => "sent".to_owned(),
                }));
            }
            Ok(refuse(tx, recovery, &by, &reason, now).await?.map(|_| "refused".to_owned()))
        })
        .await?;
    match outcome {
        Ok(done) => Ok(Page::see_other(&visit.to(&format!("{}?done={done}", room.path)))),
        Err(NotDecided::Unknown) => Err(PageError::NotFound),
        Err(NotDecided::Gone) => Ok(Page::see_other(&visit.to(room.path))),
        Err(NotDecided::Twice) => Ok(page(&portal, &visit, &room, &case, Filled::default())?.status(StatusCode::CONFLICT)),
    }
}
