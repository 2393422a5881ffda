//! Between those who know what people did and the record store, which do not know each other: attendance, tests, courses and
//! certificates become statements here.

use db::{DbResult, Lane, Tx};
use journal::{Handlers, JobError, JobItem};
use kernel::{Lang, Timestamp, Uuid};
use learning::study::{self, StudyId, exam::TestId, exam::TestKind};
use records::experiences::{self, Activity, Did, Experience, Kind, Outcome, Who};
use school::attendance::verdict::Verdict;
use school::attendance::{self, Attendance, Stretch};
use school::certificates::{self, CertificateId, Owner};
use web::{Portal, Words};

/// What follows in the store from what was decided, handed in and issued.
pub(super) fn handlers(portal: &Portal) -> Handlers {
    let base_url = portal.site.base_url.clone();
    let of = move || base_url.clone();
    let (attended, tested, certified) = (of.clone(), of.clone(), of);
    Handlers::new()
        .on(attendance::CHANGED, move |db, item: JobItem| {
            let base_url = attended();
            async move {
                let stretch = Stretch::of(&item)?;
                Ok::<(), JobError>(
                    db.write(Lane::Staff, None, async move |tx, now| settle_stretch(tx, &base_url, stretch, now).await).await?,
                )
            }
        })
        .on(study::HANDED_IN, move |db, item: JobItem| {
            let base_url = tested();
            async move {
                let test: TestId = item.object_id()?;
                Ok::<(), JobError>(db.write(Lane::Staff, None, async move |tx, now| keep_test(tx, &base_url, test, now).await).await?)
            }
        })
        .on(certificates::CHANGED, move |db, item: JobItem| {
            let base_url = certified();
            async move {
                let id: CertificateId = item.object_id()?;
                Ok::<(), JobError>(
                    db.write(Lane::Staff, None, async move |tx, now| settle_certificate(tx, &base_url, id, now).await).await?,
                )
            }
        })
}

/// Who attended has a statement that says so; who did not, or is looked for, has none.
async fn settle_stretch(tx: &mut Tx<'_>, base_url: &str, stretch: Stretch, now: Timestamp) -> DbResult<()> {
    let changed = attendance::changed(tx, stretch, now).await?;
    let of: Vec<(Uuid, Option<Experience>)> = changed.iter().map(|one| (one.application.uuid(), attended(one))).collect();
    experiences::settle(tx, base_url, &of, now).await
}

fn attended(one: &Attendance) -> Option<Experience> {
    let decided_at = one.decided_at.filter(|_| one.is_attended())?;
    let by_recording = one.verdict == Some(Verdict::Archive);
    let name = |of: &dyn Fn(Lang) -> String| (of(Lang::Ja), Some(of(Lang::En)));
    Some(Experience {
        who: Who::Person(one.person.uuid()),
        did: if by_recording { Did::Completed } else { Did::Attended },
        with: Activity { path: one.path(), kind: Kind::Session, name: name(&|lang| one.title(lang)) },
        within: Some(Activity { path: one.course_path(), kind: Kind::Course, name: name(&|lang| one.course(lang).to_owned()) }),
        registration: one.application.uuid(),
        at: if by_recording { decided_at } else { one.ends_at.unwrap_or(decided_at) },
        outcome: Outcome {
            completion: Some(true),
            seconds: (one.seconds > 0 && !by_recording).then_some(one.seconds),
            evidence: Some(one.evidence.clone()),
            ..Outcome::default()
        },
    })
}

async fn keep_test(tx: &mut Tx<'_>, base_url: &str, test: TestId, now: Timestamp) -> DbResult<()> {
    let Some(tested) = study::handed_in(tx, test).await? else { return Ok(()) };
    let (end, key) = match tested.outcome.kind {
        TestKind::Test => ("test", "records-test"),
        TestKind::TestOut => ("test-out", "records-test-out"),
    };
    let named = |lang: Lang, title: &str| Words::of(lang).one(key, "course", title);
    let course = course(&tested.course);
    let (japanese, english) = &course.name;
    let experience = Experience {
        who: Who::Account(tested.account.uuid()),
        did: if tested.outcome.is_passed() { Did::Passed } else { Did::Failed },
        with: Activity {
            path: format!("{}#{end}", course.path),
            kind: Kind::Test,
            name: (named(Lang::Ja, japanese), english.as_ref().map(|title| named(Lang::En, title))),
        },
        within: Some(course.clone()),
        registration: tested.study.uuid(),
        at: tested.outcome.handed_in_at,
        outcome: Outcome {
            success: Some(tested.outcome.is_passed()),
            score: Some((tested.outcome.right, tested.outcome.asked)),
            ..Outcome::default()
        },
    };
    experiences::keep(tx, base_url, test.uuid(), &experience, now).await
}

/// Keeps that a course was completed.
pub(super) async fn keep_completion(tx: &mut Tx<'_>, base_url: &str, way: StudyId, now: Timestamp) -> DbResult<()> {
    let Some(learned) = study::learned(tx, way).await? else { return Ok(()) };
    let completion = &learned.completion;
    let experience = Experience {
        who: Who::Account(learned.account.uuid()),
        did: Did::Completed,
        with: course(&learned.course),
        within: None,
        registration: way.uuid(),
        at: completion.completed_at,
        outcome: Outcome {
            success: Some(true),
            completion: Some(true),
            score: Some((completion.right, completion.asked)),
            seconds: Some(completion.seconds),
            evidence: Some(completion.how.to_string()),
        },
    };
    experiences::keep(tx, base_url, way.uuid(), &experience, now).await
}

async fn settle_certificate(tx: &mut Tx<'_>, base_url: &str, id: CertificateId, now: Timestamp) -> DbResult<()> {
    let Some(told) = certificates::told(tx, id).await? else { return Ok(()) };
    let who = told.owner.map(|owner| match owner {
        Owner::Person(person) => Who::Person(person.uuid()),
        Owner::Account(account) => Who::Account(account.uuid()),
    });
    let experience = who.filter(|_| told.counts).map(|who| Experience {
        who,
        did: Did::Earned,
        with: Activity { path: told.path.clone(), kind: Kind::Certificate, name: (told.title.clone(), None) },
        within: None,
        registration: id.uuid(),
        at: told.issued_at,
        outcome: Outcome::default(),
    });
    experiences::settle(tx, base_url, &[(id.uuid(), experience)], now).await
}

fn course(about: &study::About) -> Activity {
    Activity { path: about.path.clone(), kind: Kind::Course, name: about.title.clone() }
}
