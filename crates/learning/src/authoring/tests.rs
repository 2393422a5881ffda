use access::{AccountId, Hand, Role};
use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{DbResult, Engine, Lane, Tx, sql};
use kernel::{Clock, Day, Lang, Span, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

use super::bundle::Bundle;
use super::rule::NotPlaced;
use super::version::{Effect, Seen, Stage, VersionId};
use super::{
    NotApproved, NotBegun, NotPublished, NotRequested, NotSaved, Published, approve, begin, give_back, library, publish, request, save,
    store,
};
use crate::content::Course;
use crate::content::file::unplaced;
use crate::study::store::{self as studies, Completion, How};
use crate::study::{Turn, progress, turn};

const COURSE: &str = "beginner";

/// Two of the secretariat, on 22 November 2026.
struct Office {
    db: TestDatabase,
    clock: Clock,
    writer: Hand,
    reader: Hand,
}

impl Office {
    async fn on(engine: Engine) -> Self {
        let clock = Clock::standing_at(Timestamp::in_japan(Day::constant(2026, 11, 22), 9, 0));
        let db = TestDatabase::with_clock(engine, clock.clone()).await;
        let hand = |actor: &str| Hand { actor: actor.to_owned(), role: Some(Role::Secretariat) };
        Self { db, clock, writer: hand("account:1"), reader: hand("account:2") }
    }

    async fn write<T, F>(&self, work: F) -> T
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<T> + Send + 'static,
    {
        self.clock.advance(Span::seconds(1));
        self.db.write(Lane::Staff, None, work).await.unwrap()
    }

    async fn begins(&self) -> Result<VersionId, NotBegun> {
        let hand = self.writer.clone();
        self.write(async move |tx: &mut Tx<'_>, now| begin(tx, COURSE, &hand, now).await).await
    }

    async fn seen(&self, id: VersionId) -> Seen {
        let version = self.db.read(async move |tx| store::version(tx, id).await).await.unwrap().unwrap();
        Seen { version: id, saved_at: version.saved_at }
    }

    async fn files(&self, id: VersionId) -> Bundle {
        self.db.read(async move |tx| store::files(tx, id).await).await.unwrap().unwrap()
    }

    async fn saves(&self, seen: Seen, files: Bundle) -> Result<(), NotSaved> {
        let hand = self.writer.clone();
        self.write(async move |tx: &mut Tx<'_>, now| save(tx, seen, &files, &hand, now).await).await
    }

    async fn requests(&self, seen: Seen) -> Result<(), NotRequested> {
        let hand = self.writer.clone();
        self.write(async move |tx: &mut Tx<'_>, now| request(tx, seen, "", &hand, now).await).await
    }

    async fn approves(&self, seen: Seen, hand: &Hand) -> Result<(), NotApproved> {
        let hand = hand.clone();
        self.write(async move |tx: &mut Tx<'_>, now| approve(tx, seen, &hand, now).await).await
    }

    async fn publishes(&self, seen: Seen, effect: Effect, told: Option<Published>, hand: &Hand) -> Result<Published, NotPublished> {
        let hand = hand.clone();
        self.write(async move |tx: &mut Tx<'_>, now| publish(tx, seen, effect, told, &hand, now).await).await
    }

    /// A version with this title and 公開期間, approved.
    async fn approved(&self, title: &str, (from, until): (Day, Day)) -> Seen {
        let id = self.begins().await.unwrap();
        let mut files = self.files(id).await;
        let mut file = files.course().unwrap();
        title.clone_into(&mut file.title.ja);
        (file.available_from, file.available_until) = (unplaced(from.to_string()), unplaced(until.to_string()));
        files.put_course(&file);
        self.saves(self.seen(id).await, files).await.unwrap();
        let seen = self.seen(id).await;
        self.requests(seen).await.unwrap();
        self.approves(seen, &self.reader).await.unwrap();
        seen
    }

    async fn shown(&self) -> &'static Course {
        let day = self.clock.now().day();
        self.db.read(async move |tx| library::course(tx, COURSE, day).await).await.unwrap().unwrap()
    }

    async fn account(&self, n: usize) -> AccountId {
        let email = format!("learner{n}@example.jp");
        let ensure =
            async move |tx: &mut Tx<'_>, now| Ok(people::accounts::ensure(tx, &email.parse().unwrap(), Lang::Ja, now).await?.id.uuid());
        AccountId::from_uuid(self.db.write(Lane::Public, None, ensure).await.unwrap())
    }

    /// Reads the first slides of the course as it is shown.
    async fn learns(&self, account: AccountId, slides: usize) {
        let course = self.shown().await;
        for slide in course.units[0].slides.iter().take(slides) {
            let read = Turn { slide: slide.id.clone(), shown: None, focus: None };
            self.write(async move |tx: &mut Tx<'_>, now| turn(tx, account, course, &read, now).await).await.unwrap();
        }
    }

    async fn completes(&self, account: AccountId) {
        self.learns(account, 1).await;
        let course = self.shown().await;
        let complete = async move |tx: &mut Tx<'_>, now| {
            let study = studies::study(tx, account, course).await?.expect("it is begun");
            let completion =
                Completion { how: How::Learned, version: course.version.clone(), seconds: 60, right: 12, asked: 15, completed_at: now };
            studies::add_completion(tx, study.id, &completion).await
        };
        self.write(complete).await;
    }

    /// Whether an account has completed the course as it is shown, and how many of its slides it has read.
    async fn stands(&self, account: AccountId) -> (bool, usize) {
        let course = self.shown().await;
        let progress = self.db.read(async move |tx| progress(tx, account, course).await).await.unwrap();
        (progress.completion.is_some(), progress.read.len())
    }

    /// Every completion that was ever put down.
    async fn completions(&self) -> BTreeSet<(String, i64)> {
        let all =
            async |tx: &mut Tx<'_>| tx.all(sql!("SELECT version, completed_at FROM study_completions ORDER BY completed_at"), &[]).await;
        let rows: Vec<(String, i64)> = self.db.read(all).await.unwrap();
        rows.into_iter().collect()
    }
}

fn period(course: &Course) -> (Day, Day) {
    (course.from, course.until)
}

#[both_engines]
async fn a_version_is_published_by_another_person_than_whoever_wrote_it(office: Office) {
    let disk = office.shown().await;
    let id = office.begins().await.unwrap();
    assert_eq!(office.begins().await, Err(NotBegun::Open(id)), "one at a time");
    let seen = office.seen(id).await;
    let mut files = office.files(id).await;
    assert_eq!(files.course().unwrap().version, "2026.2");
    let slide = "units/habits/lesson.ja.md";
    let mut broken = files.clone();
    broken.put(slide, files.text(slide).replacen("{#body-habits}", "", 1));
    office.saves(seen, broken).await.unwrap();
    assert_eq!(office.saves(seen, files.clone()).await, Err(NotSaved::Changed(office.seen(id).await.saved_at)), "nothing is written over");
    assert!(matches!(office.requests(office.seen(id).await).await, Err(NotRequested::Faults(1..))));
    files.put(slide, files.text(slide).replacen("夜勤明けの「後で」", "夜勤明けの更新", 1));
    let same_label = {
        let mut files = files.clone();
        let mut file = files.course().unwrap();
        file.version.clone_from(&disk.version);
        files.put_course(&file);
        files
    };
    office.saves(office.seen(id).await, same_label).await.unwrap();
    assert_eq!(office.requests(office.seen(id).await).await, Err(NotRequested::SameLabel));
    office.saves(office.seen(id).await, files).await.unwrap();
    let seen = office.seen(id).await;
    office.requests(seen).await.unwrap();
    assert_eq!(office.approves(seen, &office.writer).await, Err(NotApproved::Own));
    office.approves(seen, &office.reader).await.unwrap();
    assert_eq!(office.publishes(seen, Effect::Correction, None, &office.writer).await, Err(NotPublished::Own));
    let hand = office.reader.clone();
    office.write(async move |tx: &mut Tx<'_>, now| give_back(tx, seen, "もう一度", &hand, now).await).await.unwrap();
    assert_eq!(office.publishes(seen, Effect::Correction, None, &office.reader).await, Err(NotPublished::NotApproved));
    office.requests(seen).await.unwrap();
    office.approves(seen, &office.reader).await.unwrap();
    assert_eq!(office.shown().await.version, disk.version, "nobody sees it yet");
    let told = Some(Published { completed: 7, on_the_way: 0 });
    let nobody = Published { completed: 0, on_the_way: 0 };
    assert_eq!(office.publishes(seen, Effect::Correction, told, &office.reader).await, Err(NotPublished::Others(nobody)));
    assert_eq!(
        office.publishes(seen, Effect::NextYear, None, &office.reader).await,
        Err(NotPublished::NotPlaced(NotPlaced::NotLater)),
        "a period that has begun is no next year's"
    );
    assert_eq!(office.publishes(seen, Effect::Correction, Some(nobody), &office.reader).await, Ok(nobody));
    let shown = office.shown().await;
    assert_eq!((shown.version.as_str(), shown.units[0].slides[0].face(Lang::Ja).heading.as_str()), ("2026.2", "夜勤明けの更新"));
    assert_eq!(shown.period(), disk.period());

    let versions = office.db.read(async |tx| store::versions(tx, COURSE).await).await.unwrap();
    let kept: Vec<(i64, &str, Stage)> = versions.iter().map(|version| (version.number, version.label.as_str(), version.stage())).collect();
    assert_eq!(kept, [(1, "2026.2", Stage::Published), (0, "2026.1", Stage::Published)], "what was on the disk is kept");
    assert!(office.files(versions[1].id).await.load(COURSE).is_ok(), "and can be read");
    assert_eq!(office.saves(seen, Bundle::default()).await, Err(NotSaved::Closed), "what is published is never written over");
}

#[both_engines]
async fn whoever_is_on_the_way_keeps_what_still_exists(office: Office) {
    let nurse = office.account(1).await;
    office.learns(nurse, 3).await;
    let course = office.shown().await;
    let seen = office.approved("短くなったコース", period(course)).await;
    // A slide is taken away after it was read, with the question that points to it.
    let mut files = office.files(seen.version).await;
    let gone = course.units[0].slides[1].id.clone();
    for lang in [Lang::Ja, Lang::En] {
        let name = super::bundle::lesson("habits", lang);
        let kept: Vec<&str> =
            super::bundle::slides(files.text(&name)).into_iter().filter(|(id, _)| *id != gone).map(|(_, text)| text).collect();
        let text = kept.join("\n\n---\n\n");
        files.put(&name, text);
    }
    let mut questions = files.questions().unwrap();
    questions
        .iter_mut()
        .filter(|question| question.slide == gone)
        .for_each(|question| question.slide = course.units[0].slides[0].id.clone());
    files.put_questions(questions);
    office.saves(seen, files).await.unwrap();
    let seen = office.seen(seen.version).await;
    office.requests(seen).await.unwrap();
    office.approves(seen, &office.reader).await.unwrap();
    let concerned = office.publishes(seen, Effect::Retake, None, &office.reader).await.unwrap();
    assert_eq!(concerned, Published { completed: 0, on_the_way: 1 });
    let after = office.shown().await;
    assert_eq!(after.period(), "2026-11-01.2");
    let progress = office.db.read(async move |tx| progress(tx, nurse, after).await).await.unwrap();
    let (left, _) = progress.left_of(&after.units[0]);
    assert_eq!(left, course.units[0].slides.len() - 3, "two of what is left of the three are read");
}

/// A source of chance that a test can say again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[both_engines]
async fn a_version_changes_exactly_the_completions_that_its_effect_says(office: Office) {
    let mut dice = Dice(20_261_122);
    let mut people = Vec::new();
    for n in 0..5 {
        people.push(office.account(n).await);
    }
    // What everybody should see of themselves, and when a version waits for its year.
    let mut standing: BTreeMap<usize, (bool, usize)> = (0..people.len()).map(|n| (n, (false, 0))).collect();
    let mut waits: Option<(Day, Day)> = None;
    for round in 0..24 {
        let course = office.shown().await;
        match dice.roll(6) {
            0..=2 => {
                let n = usize::try_from(dice.roll(5)).unwrap();
                if dice.roll(2) == 0 {
                    office.learns(people[n], 2).await;
                    let (done, read) = standing[&n];
                    standing.insert(n, (done, read.max(2)));
                } else {
                    office.completes(people[n]).await;
                    standing.insert(n, (true, standing[&n].1.max(1)));
                }
            }
            3 => {
                let seen = office.approved(&format!("訂正{round}"), period(course)).await;
                let told = office.publishes(seen, Effect::Correction, None, &office.reader).await.unwrap();
                let completed = standing.values().filter(|(done, _)| *done).count();
                assert_eq!(told.completed, i64::try_from(completed).unwrap(), "round {round}");
            }
            4 => {
                let before = office.completions().await;
                let seen = office.approved(&format!("再受講{round}"), period(course)).await;
                office.publishes(seen, Effect::Retake, None, &office.reader).await.unwrap();
                assert_eq!(office.completions().await, before, "no completion is ever taken away");
                // Those who had completed it begin anew, all others go on.
                standing.values_mut().filter(|(done, _)| *done).for_each(|stands| *stands = (false, 0));
            }
            _ if waits.is_none() => {
                let (from, until) = (later(course.until, 1), later(course.until, 365));
                let seen = office.approved(&format!("次年度{round}"), (from, until)).await;
                office.publishes(seen, Effect::NextYear, None, &office.reader).await.unwrap();
                waits = Some((from, until));
            }
            _ => {
                let (from, _) = waits.take().unwrap();
                office.clock.set(Timestamp::in_japan(from, 9, 0));
                for stands in standing.values_mut() {
                    *stands = (false, 0);
                }
            }
        }
        for (n, expected) in &standing {
            assert_eq!(office.stands(people[*n]).await, *expected, "round {round}, learner {n}");
        }
    }
}

fn later(day: Day, days: i64) -> Day {
    Timestamp::in_japan(day, 12, 0).plus(Span::days(days)).day()
}
