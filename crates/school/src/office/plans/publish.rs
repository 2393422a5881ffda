use access::Hand;
use db::{DbResult, Tx};
use journal::{Entry, Job};
use kernel::{Holidays, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::draft::Draft;
use super::effect::{Remark, effect};
use super::facts::{CourseFacts, Facts, SessionFacts};
use super::plan::{Plan, Step, may_take};
use super::save::Seen;
use super::store;
use super::year::{Year, year};
use crate::office::sessions::change::{NotChanged, change};
use crate::trainings::interest::TELL_OPENING;
use crate::trainings::programme::{Audience, CourseId, ProgrammeId};
use crate::trainings::session::SessionId;
use crate::trainings::store as trainings;

/// What was published, and who learns of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// How many are told of a new date.
    pub told: i64,
    /// How many got a seat from the waiting list.
    pub promoted: i64,
}

/// Why nothing was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotPublished {
    /// There is no such plan.
    Unknown,
    /// It is not approved, or was changed since.
    NotApproved,
    /// Something that it changes was changed in the meantime, or there is a programme of its year by now.
    Meanwhile,
    /// Something in it is wrong.
    Wrong,
    /// It would change nothing.
    Nothing,
}

/// Does everything that an approved plan says, or nothing of it.
pub async fn publish(
    tx: &mut Tx<'_>,
    seen: Seen,
    holidays: &Holidays,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Result<Published, NotPublished>> {
    let Some(plan) = store::lock(tx, seen.plan).await? else { return Ok(Err(NotPublished::Unknown)) };
    let past = store::past(tx, plan.id).await?;
    if plan.revision != seen.revision || may_take(&past, Step::Published, &hand.actor, true).is_err() {
        return Ok(Err(NotPublished::NotApproved));
    }
    let drafts: Vec<Draft> = store::drafts(tx, plan.id).await?.into_iter().filter(Draft::does_something).collect();
    let mut touched: Vec<SessionId> = drafts.iter().filter_map(Draft::session_id).collect();
    // In one fixed order, so that two who change the same sessions cannot wait for each other for ever.
    touched.sort_unstable();
    for id in touched {
        trainings::lock(tx, id).await?;
    }
    let year = year(tx, plan.year).await?;
    if let Some(not) = refusal(&plan, &drafts, &year, holidays, now) {
        return Ok(Err(not));
    }
    let published = match apply(tx, &plan, &drafts, &year, hand, now).await? {
        Ok(published) => published,
        // Something is written already: all of it is undone.
        Err(not) => return tx.refuse(Err(not)),
    };
    store::add_step(tx, plan.id, Step::Published, hand, "", now).await?;
    let facts = json!({ "kind": plan.kind.id(), "year": plan.year, "told": published.told, "promoted": published.promoted });
    let entry = Entry::by(&hand.actor).acting_as(hand.role_id()).did("plans.published").on("plan", plan.id);
    journal::record(tx, &entry.with(facts), now).await?;
    tx.public_changed().await?;
    Ok(Ok(published))
}

/// Why the drafts cannot be published as the year stands.
fn refusal(plan: &Plan, drafts: &[Draft], year: &Year, holidays: &Holidays, now: Timestamp) -> Option<NotPublished> {
    if plan.kind.makes_a_year() == year.programme.is_some() {
        return Some(NotPublished::Meanwhile);
    }
    if drafts.is_empty() {
        return Some(NotPublished::Nothing);
    }
    let effect = effect(drafts, year, plan.year, holidays, now);
    if effect.remarks.iter().any(|(_, remark)| matches!(remark, Remark::Changed | Remark::Gone)) {
        return Some(NotPublished::Meanwhile);
    }
    effect.is_wrong().then_some(NotPublished::Wrong)
}

async fn apply(
    tx: &mut Tx<'_>,
    plan: &Plan,
    drafts: &[Draft],
    year: &Year,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Result<Published, NotPublished>> {
    let mut courses: Vec<(Audience, CourseId)> = year.courses.iter().map(|course| (course.slug, course.id)).collect();
    let mut programme = year.programme.as_ref().map(|programme| programme.id);
    let mut published = Published::default();
    for draft in drafts {
        match &draft.becomes {
            Facts::Programme(facts) => {
                let new = facts.programme(ProgrammeId::new(now), plan.year);
                let made = trainings::put_programme(tx, &new, now).await?;
                // Somebody else made the year in this very moment: it is theirs.
                if made != new.id {
                    return Ok(Err(NotPublished::Meanwhile));
                }
                let detail = json!({ "from": plan.pattern, "plan": plan.id.to_string() });
                journal::record(tx, &Entry::by(&hand.actor).did("programmes.made").on("programme", made).with(detail), now).await?;
                programme = Some(made);
            }
            Facts::Course(facts) => {
                let Some(programme) = programme else { return Ok(Err(NotPublished::Meanwhile)) };
                courses.push((facts.slug(), put_course(tx, programme, draft, facts, year, hand, now).await?));
            }
            Facts::Session(facts) => {
                let Some((_, course)) = courses.iter().find(|(audience, _)| *audience == facts.audience()) else {
                    return Ok(Err(NotPublished::Wrong));
                };
                match put_session(tx, *course, draft, facts, year, hand, now).await? {
                    Ok(one) => {
                        published.told += one.told;
                        published.promoted += one.promoted;
                    }
                    Err(not) => return Ok(Err(not)),
                }
            }
        }
    }
    Ok(Ok(published))
}

async fn put_course(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    draft: &Draft,
    facts: &CourseFacts,
    year: &Year,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<CourseId> {
    let was = draft.target.and_then(|id| year.course(CourseId::from_uuid(id)));
    let course = facts.course(was.map_or_else(|| CourseId::new(now), |was| was.id), programme, was);
    let id = trainings::put_course(tx, &course).await?;
    trainings::put_own_words(tx, id, &facts.words).await?;
    if was.is_some() {
        journal::record(tx, &Entry::by(&hand.actor).did("courses.changed").on("course", id).with(differing(draft)), now).await?;
    }
    Ok(id)
}

/// The fields of a course that differ, as they were and as they are. They are words of the portal, never of a person.
fn differing(draft: &Draft) -> serde_json::Value {
    let fields = |facts: Option<&Facts>| facts.map_or(serde_json::Value::Null, |facts| json!(facts));
    let (was, is) = (fields(draft.was.as_ref()), fields(Some(&draft.becomes)));
    let mut detail = json!({ "was": {}, "is": {} });
    for name in is.as_object().into_iter().flatten().map(|(name, _)| name).filter(|name| was[name.as_str()] != is[name.as_str()]) {
        detail["was"][name.as_str()] = was[name.as_str()].clone();
        detail["is"][name.as_str()] = is[name.as_str()].clone();
    }
    detail
}

async fn put_session(
    tx: &mut Tx<'_>,
    course: CourseId,
    draft: &Draft,
    facts: &SessionFacts,
    year: &Year,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Result<Published, NotPublished>> {
    let Some(was) = draft.session_id().and_then(|id| year.session(id)) else {
        let session = facts.session(SessionId::new(now), course, None);
        let id = trainings::put_session(tx, &session).await?;
        if !facts.lecturers.names.is_empty() {
            trainings::put_lecturers(tx, id, &facts.lecturers).await?;
        }
        // Whoever wanted to know is told when applications open, or at once if they are open already.
        let is_ahead = session.day.is_some() && session.closes_at.is_none_or(|closes| closes > now) && session.can_still_change(now);
        if let Some(opens) = session.opens_at.filter(|_| is_ahead) {
            journal::job(tx, Job::of(TELL_OPENING, id).at(opens.max(now)), now).await?;
        }
        return Ok(Ok(Published::default()));
    };
    let before = draft.was.as_ref().and_then(Facts::session);
    if before.is_none_or(|before| before.lecturers != facts.lecturers) {
        trainings::put_lecturers(tx, was.id, &facts.lecturers).await?;
    }
    match change(tx, &facts.session(was.id, course, Some(was)), &hand.actor, now).await? {
        Ok(changed) => Ok(Ok(Published { told: changed.told, promoted: changed.promoted })),
        Err(NotChanged::Unknown | NotChanged::Meanwhile) => Ok(Err(NotPublished::Meanwhile)),
    }
}
