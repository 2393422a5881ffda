use access::OrganizationId;
use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{DbResult, Engine, Lane, Tx, sql};
use kernel::{Clock, Day, Lang, Timestamp};

use super::assignment::{AssignmentId, StaffId, Standing};
use super::store::{self, Counted};
use super::{Job, NewAssignment, NewStaff, NotAssigned, NotChanged, NotWaived, Target, Why};
use super::{assign, end, enrol, leave, move_due, people_of, remind, restore, waive};
use crate::content;
use crate::study::exam::TestKind;
use crate::study::{begin, hand_in, keep, store as studies};

/// A hospital whose people have to learn, on 22 November 2026 at nine.
struct Hospital {
    db: TestDatabase,
    clock: Clock,
    id: OrganizationId,
}

impl Hospital {
    async fn on(engine: Engine) -> Self {
        let clock = Clock::standing_at(Timestamp::in_japan(Day::constant(2026, 11, 22), 9, 0));
        let db = TestDatabase::with_clock(engine, clock.clone()).await;
        let id = OrganizationId::new(clock.now());
        let hospital = Self { db, clock, id };
        hospital
            .write(async move |tx: &mut Tx<'_>, now| {
                let add = sql!(
                    "INSERT INTO organizations (id, code, name, kana, kind, prefecture, postcode, address, sample, known_since)
                     VALUES ($1, '1234567', '見本病院', '', 'hospital', '13', '', '', $2, $3)"
                );
                tx.run(add, &[id.into(), true.into(), now.into()]).await
            })
            .await;
        hospital
    }

    async fn write<T, F>(&self, work: F) -> T
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<T> + Send + 'static,
    {
        self.db.write(Lane::Staff, None, work).await.unwrap()
    }

    fn at(&self, month: i8, day: i8, hour: i8) {
        let year = if month < 4 { 2027 } else { 2026 };
        self.clock.set(Timestamp::in_japan(Day::constant(year, month, day), hour, 0));
    }

    async fn enrols(&self, people: &'static [(&'static str, Job)]) -> i64 {
        let id = self.id;
        let work = async move |tx: &mut Tx<'_>, now| {
            let people = people.iter().map(|(local, job)| NewStaff {
                email: format!("{local}@example.jp").parse().unwrap(),
                name: (*local).to_owned(),
                job: *job,
            });
            enrol(tx, id, &people.collect::<Vec<_>>(), "test", now).await
        };
        self.write(work).await
    }

    async fn assigns(&self, what: &'static str, jobs: &'static [Job], due: Day) -> Result<AssignmentId, NotAssigned> {
        let id = self.id;
        let work = async move |tx: &mut Tx<'_>, now: Timestamp| {
            let shown = crate::authoring::library::courses(tx, now.day()).await?;
            let target = Target::of(what, &shown).unwrap();
            let new = NewAssignment { organization: id, target, jobs: jobs.to_vec(), due, reason: "研修".to_owned() };
            assign(tx, &new, "test", now).await
        };
        self.write(work).await
    }

    async fn counted(&self, id: AssignmentId) -> (i64, i64, i64) {
        let Counted { people, done, waived } = self.db.read(async move |tx| store::count_people(tx, id).await).await.unwrap();
        (people, done, waived)
    }

    async fn lets_off(&self, whom: (OrganizationId, AssignmentId, StaffId), why: Why) -> Result<(), NotWaived> {
        self.write(async move |tx: &mut Tx<'_>, now| waive(tx, whom, why, "", "test", now).await).await
    }

    /// Passes the test before the course.
    async fn passes(&self, local: &'static str, course: &'static str) {
        let course = content::course(course).unwrap();
        let work = async move |tx: &mut Tx<'_>, now| {
            let account = people::accounts::ensure(tx, &format!("{local}@example.jp").parse().unwrap(), Lang::Ja, now).await?.id;
            let test = begin(tx, account, course, TestKind::TestOut, now).await?.unwrap();
            let drawn = studies::test_of(tx, test, account, course).await?.unwrap().0.drawn.0;
            for (n, id) in drawn.iter().enumerate() {
                let given = course.question(id).unwrap().right_answer();
                keep(tx, account, course, (test, n + 1), &given, None, now).await?.unwrap();
            }
            Ok(hand_in(tx, account, course, test, now).await?.unwrap().is_passed())
        };
        assert!(self.write(work).await);
    }

    /// Lets the program look, as often as it wants to; how many mails it has queued in all.
    async fn mails(&self) -> i64 {
        while self.write(async |tx: &mut Tx<'_>, now| remind(tx, now).await).await {}
        self.db.read(async |tx| tx.one(sql!("SELECT COUNT(*) FROM outbox WHERE kind = 'assignments.due'"), &[]).await).await.unwrap()
    }
}

const THREE: &[(&str, Job)] = &[("hanako", Job::Newcomer), ("taro", Job::Clinical), ("takako", Job::Manager)];

#[both_engines]
async fn what_is_assigned_follows_from_jobs_and_what_is_done_from_learning(hospital: Hospital) {
    let due = Day::constant(2026, 12, 20);
    assert_eq!(hospital.assigns("course-beginner", &[], due).await, Err(NotAssigned::Nobody));
    hospital.enrols(THREE).await;
    assert_eq!(hospital.assigns("course-beginner", &[], Day::constant(2026, 11, 21)).await, Err(NotAssigned::Past));
    assert_eq!(hospital.assigns("course-beginner", &[], Day::constant(2027, 4, 1)).await, Err(NotAssigned::Closed));
    let id = hospital.assigns("path-manager", &[Job::Manager, Job::Clinical], due).await.unwrap();
    assert_eq!(hospital.counted(id).await, (2, 0, 0));
    assert_eq!(hospital.enrols(&[("jiro", Job::Manager), ("saburo", Job::Systems)]).await, 1, "who comes later gets it, by their job");
    assert_eq!(hospital.enrols(&[("jiro", Job::Manager)]).await, 0, "once");

    hospital.passes("takako", "beginner").await;
    assert_eq!(hospital.counted(id).await, (3, 0, 0), "one of two courses");
    hospital.passes("takako", "inspection").await;
    assert_eq!(hospital.counted(id).await, (3, 1, 0));
    let people = hospital.db.read(async move |tx| people_of(tx, id, "open", 0, 50).await).await.unwrap();
    assert_eq!(people.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["jiro", "taro"]);
    let mine = hospital.write(async move |tx: &mut Tx<'_>, now| {
        let account = people::accounts::ensure(tx, &"taro@example.jp".parse().unwrap(), Lang::Ja, now).await?.id;
        let mine = crate::mine(tx, account, "taro@example.jp", web::Words::of(Lang::Ja), now).await?.duties;
        Ok((mine.len(), mine[0].courses.len(), mine[0].next.clone()))
    });
    assert_eq!(mine.await, (1, 2, "/my/courses/beginner".to_owned()));

    let (place, taro) = (hospital.id, people[1].id);
    let whom = (place, id, taro);
    assert_eq!(hospital.lets_off(whom, Why::Other).await, Err(NotWaived::NoNote));
    assert_eq!(hospital.lets_off(whom, Why::Away).await, Ok(()));
    assert_eq!(hospital.lets_off(whom, Why::Away).await, Err(NotWaived::Unknown));
    assert_eq!(hospital.counted(id).await, (3, 1, 1));
    let waived = hospital.db.read(async move |tx| people_of(tx, id, "waived", 0, 50).await).await.unwrap();
    assert_eq!(waived[0].far(Timestamp::from_micros(0)).standing(hospital.clock.now()), Standing::Waived);
    let elsewhere = (OrganizationId::new(hospital.clock.now()), id, taro);
    let back = async move |tx: &mut Tx<'_>, now| restore(tx, elsewhere, "test", now).await;
    assert_eq!(hospital.write(back).await, Err(NotWaived::Unknown), "nobody changes another institution's");
    let back = async move |tx: &mut Tx<'_>, now| restore(tx, whom, "test", now).await;
    assert_eq!(hospital.write(back).await, Ok(()));
    assert!(hospital.write(async move |tx: &mut Tx<'_>, now| leave(tx, place, taro, "test", now).await).await);
    assert_eq!(hospital.counted(id).await, (2, 1, 0), "whoever left is not asked any more");
}

#[both_engines]
async fn everybody_is_written_to_once_at_each_moment(hospital: Hospital) {
    hospital.at(11, 22, 20);
    hospital.enrols(THREE).await;
    let id = hospital.assigns("course-beginner", &[], Day::constant(2026, 12, 20)).await.unwrap();
    assert_eq!(hospital.mails().await, 0, "nobody at night");
    hospital.at(11, 23, 8);
    assert_eq!((hospital.mails().await, hospital.mails().await), (3, 3), "once");
    hospital.passes("hanako", "beginner").await;
    hospital.at(12, 12, 12);
    assert_eq!(hospital.mails().await, 3);
    for (month, day, mails) in [(12, 13, 5), (12, 14, 5), (12, 19, 7), (12, 20, 7), (12, 21, 9), (12, 22, 9)] {
        hospital.at(month, day, 9);
        assert_eq!(hospital.mails().await, mails, "{month}-{day}");
    }
    let which = (hospital.id, id);
    let move_to = async move |tx: &mut Tx<'_>, now| move_due(tx, which, Day::constant(2027, 1, 20), "test", now).await;
    assert_eq!(hospital.write(move_to).await, Ok(()));
    for (month, day, mails) in [(12, 28, 9), (1, 13, 11), (1, 21, 13), (1, 28, 15), (2, 20, 15)] {
        hospital.at(month, day, 9);
        assert_eq!(hospital.mails().await, mails, "{month}-{day}: the last day has moved");
    }
    let closed = async move |tx: &mut Tx<'_>, now| move_due(tx, which, Day::constant(2027, 4, 1), "test", now).await;
    assert_eq!(hospital.write(closed).await, Err(NotChanged::Closed));
    for _ in 0..2 {
        let over = async move |tx: &mut Tx<'_>, now| end(tx, which, "test", now).await;
        assert_eq!(hospital.write(over).await, Ok(()), "twice is the same as once");
    }
    let found = hospital.db.read(async move |tx| store::assignment(tx, which.0, id).await).await.unwrap().unwrap();
    assert!(found.ended_at.is_some() && found.due() == Day::constant(2027, 1, 20));
}
