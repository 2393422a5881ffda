//! E-learning: the learner of the demo has one course half done and one completed, and a few others have come as far as they have.

use access::{AccountId, OrganizationId, Role};
use db::{DbResult, Lane, Tx};
use kernel::{EmailAddress, Lang, PersonName, Span, Timestamp};
use learning::assignments::{self, Job, NewAssignment, NewStaff, Target, Why};
use learning::authoring::library;
use learning::certificates::{Learner, write_name};
use learning::content::question::Given;
use learning::content::{self, Course, Unit};
use learning::study::{self, Turn, exam::TestKind};
use people::{accounts, organizations};
use web::{Portal, Words};

use super::dice::Dice;
use crate::demo::{HOSPITAL, PEOPLE};
use crate::failure::Failure;
use crate::program::learned::certify_all;

/// How long a slide and a question take.
const STEP: Span = Span::seconds(34);
/// How many others learn.
const OTHERS: usize = 24;

/// How far somebody comes in a course.
struct Part {
    course: &'static str,
    units: usize,
    /// Slides of the unit after those.
    slides: usize,
    test: Option<TestKind>,
    days_ago: i64,
    /// How many of a hundred answers are right.
    right: usize,
}

/// What everybody has learned so far, and what the hospital of the demo has assigned.
pub(super) async fn learn(portal: &Portal) -> Result<(), Failure> {
    let mut dice = Dice::new(40);
    assign(portal).await?;
    if let Some(learner) = PEOPLE.iter().find(|person| person.role == Role::Learner) {
        let done = Part { course: "inspection", units: usize::MAX, slides: 0, test: Some(TestKind::Test), days_ago: 12, right: 100 };
        goes(portal, learner.email(), &done, &mut dice).await?;
        let half = Part { course: "beginner", units: 5, slides: 3, test: None, days_ago: 1, right: 90 };
        goes(portal, learner.email(), &half, &mut dice).await?;
    }
    for n in 0..OTHERS {
        let email = format!("gakushu{}@example.jp", n + 1).parse::<EmailAddress>().map_err(Failure::said)?;
        let course = ["beginner", "beginner", "beginner", "executive", "admin", "inspection"][n % 6];
        let (units, test) = match n % 4 {
            0 => (usize::MAX, Some(TestKind::Test)),
            1 => (0, Some(TestKind::TestOut)),
            _ => (1 + dice.below(4), None),
        };
        let part = Part { course, units, slides: dice.below(4), test, days_ago: dice.between(2, 18), right: 70 + dice.below(28) };
        goes(portal, email, &part, &mut dice).await?;
    }
    Ok(())
}

/// Who works at the hospital of the demo, beside its learner: name, what stands before `@example.jp`, and job.
const STAFF: [(&str, &str, Job); 9] = [
    ("例示 髙子", "takako", Job::Clinical),
    ("見本 花子", "gakushu1", Job::Clinical),
    ("見本 太郎", "gakushu5", Job::Newcomer),
    ("試験 﨑男", "gakushu2", Job::Manager),
    ("𠮷見 見本", "gakushu3", Job::Clinical),
    ("例示 太郎", "gakushu4", Job::Executive),
    ("例示 花子", "gakushu6", Job::Systems),
    ("試験 花子", "shiken-hanako", Job::Newcomer),
    ("試験 太郎", "shiken-taro", Job::Clinical),
];

/// The hospital's list of staff, what it has assigned, and the name on the learner's certificates. The mails about it are sent with
/// the others of the samples.
async fn assign(portal: &Portal) -> Result<(), Failure> {
    let learner = PEOPLE.iter().find(|person| person.role == Role::Learner).map(super::super::cast::DemoPerson::email);
    let name = PersonName::new("例示", "髙子").map_err(Failure::said)?;
    let people = STAFF.map(|(name, local, job)| Ok((name, format!("{local}@example.jp").parse::<EmailAddress>()?, job)));
    let people: Result<Vec<_>, kernel::NotAnAddress> = people.into_iter().collect();
    let people: Vec<NewStaff> =
        people.map_err(Failure::said)?.into_iter().map(|(name, email, job)| NewStaff { email, name: name.to_owned(), job }).collect();
    let write = async move |tx: &mut Tx<'_>, now: Timestamp| {
        let Some(hospital) = organizations::by_code(tx, HOSPITAL).await? else { return Ok(()) };
        if let Some(email) = &learner {
            let account = accounts::ensure(tx, email, Lang::Ja, now).await?.id;
            write_name(tx, account, &Learner { name: name.clone(), workplace: hospital.name.clone() }, now).await?;
        }
        assignments::enrol(tx, hospital.id, &people, super::BY, now).await?;
        assign_all(tx, hospital.id, now).await
    };
    portal.db.write(Lane::Staff, None, write).await?;
    while portal.db.write(Lane::Staff, None, async |tx, now| assignments::remind(tx, now).await).await? {}
    Ok(())
}

/// What is assigned at the hospital: something that is due in a month, something that was due the other day, and one who is let off.
async fn assign_all(tx: &mut Tx<'_>, hospital: OrganizationId, now: Timestamp) -> DbResult<()> {
    let wanted = [
        ("course-beginner", vec![Job::Newcomer, Job::Clinical], 28, 9, "demo-sample-assigned-year"),
        ("path-manager", vec![Job::Manager, Job::Systems], -2, 15, "demo-sample-assigned-inspection"),
    ];
    let shown = library::courses(tx, now.day()).await?;
    for (what, jobs, due, made, reason) in wanted {
        let Some(target) = Target::of(what, &shown) else { continue };
        let made = now.minus(Span::days(made));
        let due = now.plus(Span::days(due)).day();
        let new = NewAssignment { organization: hospital, target, jobs, due, reason: Words::of(Lang::Ja).t(reason) };
        let Ok(id) = assignments::assign(tx, &new, super::BY, made).await? else { continue };
        let people = assignments::people_of(tx, id, "open", 0, 50).await?;
        if let Some(away) = people.iter().find(|one| one.name == "試験 太郎") {
            let _ = assignments::waive(tx, (hospital, id, away.id), Why::Away, "", super::BY, now).await?;
        }
    }
    Ok(())
}

/// Somebody goes through a course, unit by unit.
async fn goes(portal: &Portal, email: EmailAddress, part: &Part, dice: &mut Dice) -> Result<(), Failure> {
    let begun = portal.now().minus(Span::days(part.days_ago));
    let Some(course) = content::course(part.course).filter(|course| course.is_open(begun.day())) else { return Ok(()) };
    let ensure = async move |tx: &mut Tx<'_>, now| Ok(accounts::ensure(tx, &email, Lang::Ja, now).await?.id.uuid());
    let account = AccountId::from_uuid(portal.db.write(Lane::Staff, None, ensure).await?);
    let mut at = begun;
    for (n, unit) in course.units.iter().take(part.units.saturating_add(1)).enumerate() {
        let is_whole = n < part.units;
        let slides = if is_whole { unit.slides.len() } else { part.slides };
        let answers = course.asked_in(&unit.slug).filter(|_| is_whole).map(|question| {
            let given = if dice.percent(part.right) { question.right_answer() } else { Given(vec!["a".to_owned()]) };
            (question.id.clone(), given)
        });
        let answers: Vec<(String, Given)> = answers.collect();
        let begin = at;
        let write = async move |tx: &mut Tx<'_>, _: Timestamp| go(tx, account, course, unit, slides, &answers, begin).await;
        at = Timestamp::from_micros(portal.db.write(Lane::Staff, None, write).await?);
    }
    if let Some(kind) = part.test {
        let wrong = dice.below(if part.right == 100 { 2 } else { 4 });
        let write = async move |tx: &mut Tx<'_>, _: Timestamp| take(tx, account, course, kind, wrong, at).await;
        portal.db.write(Lane::Staff, None, write).await?;
        // At once and not by the job that waits for it, so that its mail goes out with the others of the samples.
        portal.db.write(Lane::Staff, None, async move |tx, now| certify_all(tx, account, now).await).await?;
    }
    Ok(())
}

/// Reads slides of a unit and answers its questions; when that was over.
async fn go(
    tx: &mut Tx<'_>,
    account: AccountId,
    course: &'static Course,
    unit: &'static Unit,
    slides: usize,
    answers: &[(String, Given)],
    begin: Timestamp,
) -> DbResult<i64> {
    let mut at = begin;
    for slide in unit.slides.iter().take(slides) {
        at = at.plus(STEP);
        let read = Turn { slide: slide.id.clone(), shown: Some(at.minus(STEP)), focus: None };
        noted(study::turn(tx, account, course, &read, at).await?);
    }
    for (question, given) in answers {
        at = at.plus(STEP);
        let from = (at.uuid(), Some(at.minus(STEP)));
        noted(study::answer(tx, account, course, question, given, from, at).await?);
    }
    Ok(at.as_micros())
}

/// Takes a test with so many wrong answers.
async fn take(
    tx: &mut Tx<'_>,
    account: AccountId,
    course: &'static Course,
    kind: TestKind,
    wrong: usize,
    begin: Timestamp,
) -> DbResult<()> {
    let Ok(test) = study::begin(tx, account, course, kind, begin).await? else { return Ok(()) };
    let Some((drawn, _)) = study::store::test_of(tx, test, account, course).await? else { return Ok(()) };
    let mut at = begin;
    for (n, question) in drawn.drawn.0.iter().filter_map(|id| course.question(id)).enumerate() {
        at = at.plus(STEP);
        let given = if n < wrong { Given(vec!["a".to_owned(), "?".to_owned()]) } else { question.right_answer() };
        noted(study::keep(tx, account, course, (test, n + 1), &given, Some(at.minus(STEP)), at).await?);
    }
    noted(study::hand_in(tx, account, course, test, at).await?);
    Ok(())
}

fn noted<T>(outcome: Result<T, study::NotLearned>) {
    if let Err(refusal) = outcome {
        tracing::warn!(?refusal, "a sample learned nothing");
    }
}
