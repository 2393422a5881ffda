use access::Hand;
use db::{DbResult, Tx, sql};
use journal::audit::Recorded;
use kernel::{FiscalYear, Timestamp, Uuid};

use super::draft::Draft;
use super::facts::Facts;
use super::plan::{Kind, Past, Plan, PlanId, Stage, Step};
use crate::trainings::programme::ProgrammeId;

/// Rows on a page.
pub const ROWS: usize = 50;

macro_rules! plan {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT p.id, p.kind, p.year, p.pattern, p.restores, p.revision, p.made_at, p.saved_at, \
             (SELECT s.step FROM plan_steps s WHERE s.plan = p.id ORDER BY s.number DESC LIMIT 1) \
             FROM plans p ",
            $rest
        ))
    };
}

/// The plan with this id.
pub async fn plan(tx: &mut Tx<'_>, id: PlanId) -> DbResult<Option<Plan>> {
    tx.opt(plan!("WHERE p.id = $1"), &[id.into()]).await
}

/// The plan with this id, its row locked for the rest of the transaction.
pub async fn lock(tx: &mut Tx<'_>, id: PlanId) -> DbResult<Option<Plan>> {
    tx.run(sql!("UPDATE plans SET revision = revision WHERE id = $1"), &[id.into()]).await?;
    plan(tx, id).await
}

/// Which plans a list shows; what is empty excludes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Of this year.
    pub year: Option<FiscalYear>,
    /// At this stage.
    pub stage: Option<Stage>,
}

impl Wanted {
    /// The steps that lead to the stage, as the statement takes them.
    fn steps(self) -> [&'static str; 2] {
        match self.stage {
            None => ["", ""],
            Some(Stage::Draft) => ["saved", "returned"],
            Some(stage) => [stage.id(), stage.id()],
        }
    }
}

/// A page of the plans, newest first; `before` is where the page before ended.
pub async fn plans(tx: &mut Tx<'_>, wanted: Wanted, before: Option<(Timestamp, PlanId)>) -> DbResult<Vec<Plan>> {
    let list = plan!(
        "WHERE (CAST($1 AS TEXT) IS NULL OR p.year = $1) AND (p.made_at, p.id) < ($2, $3) AND (CAST($4 AS TEXT) = '' OR \
         (SELECT s.step FROM plan_steps s WHERE s.plan = p.id ORDER BY s.number DESC LIMIT 1) IN ($4, $5)) \
         ORDER BY p.made_at DESC, p.id DESC LIMIT 51"
    );
    let (at, id) = before.unwrap_or((Timestamp::from_micros(i64::MAX), PlanId::from_uuid(Uuid::max())));
    let [one, other] = wanted.steps();
    tx.all(list, &[wanted.year.into(), at.into(), id.into(), one.into(), other.into()]).await
}

/// How many plans wait to be looked at, and to be published.
pub async fn waiting(tx: &mut Tx<'_>) -> DbResult<(i64, i64)> {
    let count = sql!(
        "SELECT COALESCE(SUM(CASE WHEN last.step = 'requested' THEN 1 ELSE 0 END), 0),
             COALESCE(SUM(CASE WHEN last.step = 'approved' THEN 1 ELSE 0 END), 0)
         FROM (SELECT (SELECT s.step FROM plan_steps s WHERE s.plan = p.id ORDER BY s.number DESC LIMIT 1) AS step FROM plans p) AS last"
    );
    tx.one(count, &[]).await
}

/// The plans that take back this one, newest first.
pub async fn restoring(tx: &mut Tx<'_>, id: PlanId) -> DbResult<Vec<Plan>> {
    tx.all(plan!("WHERE p.restores = $1 ORDER BY p.made_at DESC LIMIT 10"), &[id.into()]).await
}

/// Its drafts, in their order.
pub async fn drafts(tx: &mut Tx<'_>, id: PlanId) -> DbResult<Vec<Draft>> {
    let list =
        sql!("SELECT position, target, pattern, was, becomes, left_out FROM plan_drafts WHERE plan = $1 ORDER BY position LIMIT 2000");
    tx.all(list, &[id.into()]).await
}

/// Its way so far.
pub async fn past(tx: &mut Tx<'_>, id: PlanId) -> DbResult<Vec<Past>> {
    tx.all(sql!("SELECT step, actor, role, note, at FROM plan_steps WHERE plan = $1 ORDER BY number LIMIT 1000"), &[id.into()]).await
}

/// What a new plan is.
pub struct NewPlan {
    /// What it does.
    pub kind: Kind,
    /// To which year.
    pub year: FiscalYear,
    /// After which.
    pub pattern: Option<FiscalYear>,
    /// What it takes back.
    pub restores: Option<PlanId>,
}

/// Adds a plan.
pub async fn add(tx: &mut Tx<'_>, new: &NewPlan, now: Timestamp) -> DbResult<PlanId> {
    let id = PlanId::new(now);
    let add = sql!("INSERT INTO plans (id, kind, year, pattern, restores, made_at, saved_at) VALUES ($1, $2, $3, $4, $5, $6, $6)");
    let args = [id.into(), new.kind.id().into(), new.year.into(), new.pattern.into(), new.restores.into(), now.into()];
    tx.run(add, &args).await?;
    Ok(id)
}

/// Adds a draft to a plan, at this place.
pub async fn add_draft(tx: &mut Tx<'_>, plan: PlanId, position: i64, draft: &Draft) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO plan_drafts (plan, position, object, target, pattern, was, becomes, left_out) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let was = draft.was.as_ref().map(serde_json::to_string).transpose()?;
    let args = [
        plan.into(),
        position.into(),
        draft.becomes.object().into(),
        draft.target.into(),
        draft.pattern.into(),
        was.into(),
        serde_json::to_string(&draft.becomes)?.into(),
        draft.left_out.into(),
    ];
    tx.run(add, &args).await?;
    Ok(())
}

/// Writes what a draft says now.
pub async fn put_draft(tx: &mut Tx<'_>, plan: PlanId, draft: &Draft) -> DbResult<()> {
    let put = sql!("UPDATE plan_drafts SET was = $3, becomes = $4, left_out = $5 WHERE plan = $1 AND position = $2");
    let was: Option<&Facts> = draft.was.as_ref();
    let args = [
        plan.into(),
        draft.position.into(),
        was.map(serde_json::to_string).transpose()?.into(),
        serde_json::to_string(&draft.becomes)?.into(),
        draft.left_out.into(),
    ];
    tx.run(put, &args).await?;
    Ok(())
}

/// Notes that the drafts have changed.
pub async fn touch(tx: &mut Tx<'_>, plan: PlanId, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE plans SET revision = revision + 1, saved_at = $2 WHERE id = $1"), &[plan.into(), now.into()]).await?;
    Ok(())
}

/// Adds a step to the plan's way. The caller holds the plan's row.
pub async fn add_step(tx: &mut Tx<'_>, plan: PlanId, step: Step, hand: &Hand, note: &str, now: Timestamp) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO plan_steps (plan, number, step, actor, role, note, at)
         SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5, CAST($6 AS BIGINT) FROM plan_steps WHERE plan = $1"
    );
    let args = [plan.into(), step.id().into(), hand.actor.as_str().into(), hand.role_id().into(), note.into(), now.into()];
    tx.run(add, &args).await?;
    Ok(())
}

/// Which entries of a programme's history a page shows; what is empty excludes nothing.
#[derive(Clone, Debug, Default)]
pub struct Sift {
    /// This act.
    pub act: String,
    /// By this actor.
    pub actor: String,
}

/// What happened to a programme, its courses, sessions and plans, newest first: one row more than a page holds.
pub async fn history(tx: &mut Tx<'_>, programme: ProgrammeId, year: FiscalYear, sift: &Sift, before: i64) -> DbResult<Vec<Recorded>> {
    let list = sql!(
        "SELECT a.seq, a.id, a.at, a.actor, a.role, a.act, a.object_kind, a.object_id, a.reason, a.result, a.detail
         FROM audit a WHERE a.seq < $3 AND (CAST($4 AS TEXT) = '' OR a.act = $4) AND (CAST($5 AS TEXT) = '' OR a.actor = $5)
             AND ((a.object_kind = 'programme' AND a.object_id = $1)
                  OR (a.object_kind = 'course' AND a.object_id IN (SELECT c.id FROM courses c WHERE c.programme = $1))
                  OR (a.object_kind = 'session' AND a.object_id IN
                      (SELECT s.id FROM sessions s JOIN courses c ON c.id = s.course WHERE c.programme = $1))
                  OR (a.object_kind = 'plan' AND a.object_id IN (SELECT p.id FROM plans p WHERE p.year = $2)))
         ORDER BY a.seq DESC LIMIT 51"
    );
    tx.all(list, &[programme.into(), year.into(), before.into(), sift.act.as_str().into(), sift.actor.as_str().into()]).await
}
