use askama::Template;
use axum::extract::{Query, State};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::{Lane, Tx};
use journal::Entry;
use kernel::Uuid;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::{After, Answer, PATH, inner, sent};
use crate::cases::CaseId;
use crate::desk_pages::Reading;
use crate::keys::rewrap::said_of;
use crate::keys::state::state;
use crate::keys::{self, EpochId, Lock, NewEpoch, NotRenewed, NotRewrapped, Rewrapped, lock, renew};

/// Somebody for whom the next epoch is wrapped.
struct Holder {
    member: String,
    public_key: String,
    email: String,
}

#[derive(Template)]
#[template(path = "keys/pages/epoch.html")]
struct EpochPage {
    frame: Frame,
    path: &'static str,
    lock: Lock,
    /// The id of the next epoch.
    next: String,
    /// The epoch in use, empty if there is none.
    seen: String,
    holders: Vec<Holder>,
    /// Who loses the key.
    leavers: Vec<String>,
    /// Who has a role and no key of their own yet.
    keyless: Vec<String>,
    /// Whether the one who looks is among the holders.
    is_holder: bool,
    /// Whether an epoch has to begin, or cases alone wait.
    must_begin: bool,
    left: i64,
}

/// `GET /desk/keys/epoch`: says who will hold the next epoch's key and who will not, and begins it.
pub(super) async fn form(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let me = visit.account()?;
    let reading = Reading::of_no_case(me);
    let (standing, lock) = portal.db.read(async move |tx| Ok((state(tx).await?, lock(tx, &reading).await?))).await?;
    let in_force = || standing.members.iter().filter(|member| member.is_in_force);
    let holders: Vec<Holder> = in_force()
        .filter_map(|member| {
            let (id, key) = (member.key?, member.public_key.as_ref()?);
            Some(Holder { member: id.to_string(), public_key: STANDARD.encode(key), email: member.email.clone() })
        })
        .collect();
    let has_changed = standing.members.iter().any(|member| member.has_left() || member.waits());
    Page::html(&EpochPage {
        frame: inner(&portal, &visit, "desk-keys-renew"),
        path: PATH,
        next: visit.now.uuid().to_string(),
        seen: standing.epoch.as_ref().map_or_else(String::new, |epoch| epoch.id.to_string()),
        is_holder: in_force().any(|member| member.account == me && member.key.is_some()),
        leavers: standing.members.iter().filter(|member| member.has_left()).map(|member| member.email.clone()).collect(),
        keyless: in_force().filter(|member| member.key.is_none()).map(|member| member.email.clone()).collect(),
        must_begin: standing.epoch.is_none() || has_changed,
        left: standing.left,
        holders,
        lock,
    })
}

/// `POST /desk/keys/epoch`, by the script: begins the epoch that the browser made.
pub(super) async fn begin(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let (me, by, w) = (visit.account()?, visit.actor.label(), visit.words());
    let epoch: NewEpoch = sent(&posted, "made")?;
    let begun = portal.db.write(Lane::Staff, None, async move |tx, now| renew(tx, &epoch, me, &by, now).await).await?;
    match begun {
        Ok(()) => Answer::done(),
        Err(NotRenewed::Changed | NotRenewed::Roster) => Answer::refused(w.t("desk-keys-refused-roster")),
        Err(NotRenewed::Unsound) => Answer::refused(w.t("desk-keys-refused-unsound")),
    }
}

/// `GET /desk/keys/cases`, by the script: the next cases to wrap anew.
pub(super) async fn batch(State(portal): State<Portal>, visit: Visit, Query(asked): Query<After>) -> Result<Page, PageError> {
    let (me, by, after) = (visit.account()?, visit.actor.label(), CaseId::from_uuid(asked.id()?));
    let batch = portal.db.read(async move |tx| keys::batch(tx, me, after).await).await?.ok_or(PageError::NotFound)?;
    if !batch.cases.is_empty() {
        // What is handed out opens cases, if nothing of them stands here.
        let mut cases: Vec<CaseId> = batch.cases.iter().map(|row| row.case).collect();
        cases.dedup();
        let entry = Entry::by(&by).did("desk_keys.cases_handed").on("desk_epoch", batch.epoch).with(said_of(&cases));
        portal.db.write(Lane::Staff, None, async move |tx, now| journal::record(tx, &entry, now).await.map(drop)).await?;
    }
    Page::json(&batch)
}

/// `POST /desk/keys/cases`, by the script: takes the new wraps of cases.
pub(super) async fn rewrap(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let (me, by, w) = (visit.account()?, visit.actor.label(), visit.words());
    let epoch: EpochId = sent(&posted, "epoch")?;
    let glass: Option<Uuid> = sent(&posted, "glass")?;
    let cases: Vec<Rewrapped> = sent(&posted, "made")?;
    let work = async move |tx: &mut Tx<'_>, now| keys::rewrap(tx, epoch, glass, &cases, me, &by, now).await;
    match portal.db.write(Lane::Staff, None, work).await? {
        Ok(left) => Answer::left(left),
        Err(NotRewrapped::Changed) => Answer::refused(w.t("desk-keys-refused-roster")),
        Err(NotRewrapped::Unsound) => Answer::refused(w.t("desk-keys-refused-unsound")),
    }
}
