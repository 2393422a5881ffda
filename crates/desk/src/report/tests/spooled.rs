//! What lies in the spool is never lost: not by two answers at once, not by a damaged file, not by one that the database refuses.

use both_engines::both_engines;
use db::{Db, sql};
use kernel::{Lang, Span, Timestamp, Uuid};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Barrier, mpsc};
use std::time::Duration;
use tempfile::TempDir;

use crate::cases::{Channel, Circle, Door, NewCase};
use crate::report::{AllGiven, Given, Report, Spool};
use crate::testing::{Browser, Site};

const VISIT: Uuid = Uuid::from_u128(1);

fn morning() -> Timestamp {
    "2026-11-22T09:00+09:00".parse().unwrap()
}

fn given(question: &str, answer: &str) -> AllGiven {
    let mut all = AllGiven::default();
    all.put(question, Given::of(answer));
    all
}

fn report(given: &AllGiven) -> Report {
    let (new, _) = NewCase::prepare(Door::Request, Channel::Web, Lang::Ja, &Circle::default(), morning());
    Report::new(new, given, morning())
}

fn spool() -> (TempDir, Spool) {
    let folder = tempfile::tempdir().unwrap();
    let spool = Spool::open_light(folder.path()).unwrap();
    (folder, spool)
}

fn path(folder: &Path, visit: Uuid, ending: &str) -> PathBuf {
    folder.join(format!("{visit}.{ending}"))
}

/// How many reports wait, and how many were set aside.
fn lying(spool: &Spool) -> (usize, u32) {
    (spool.waiting().unwrap().len(), spool.refused().unwrap())
}

/// Changes a file and leaves its age as it is.
fn rewrite(path: &Path, with: impl FnOnce(Vec<u8>) -> Vec<u8>) {
    let age = fs::metadata(path).unwrap().modified().unwrap();
    fs::write(path, with(fs::read(path).unwrap())).unwrap();
    File::options().write(true).open(path).unwrap().set_modified(age).unwrap();
}

/// The same report with another urgency: the database knows those from 1 to 4.
fn of_urgency(report: &[u8], urgency: i64) -> Vec<u8> {
    let mut report: serde_json::Value = serde_json::from_slice(report).unwrap();
    report["new"]["urgency"] = urgency.into();
    report.to_string().into_bytes()
}

/// The seed of a form that somebody has opened.
async fn opened(browser: &mut Browser<'_>) -> String {
    browser.get("/incident/report?door=request&role=staff").await.hidden("seed")
}

fn first<'f>(seed: &'f str, answer: &'f str) -> [(&'f str, &'f str); 4] {
    [("door", "request"), ("role", "staff"), ("seed", seed), ("answer", answer)]
}

/// The database of a test once more, after it was closed.
async fn back(site: &Site) -> Db {
    Db::open(site.db.settings(site.clock.clone())).await.unwrap()
}

async fn cases(db: &Db) -> i64 {
    db.read(async |tx| tx.one(sql!("SELECT count(*) FROM cases"), &[]).await).await.unwrap()
}

async fn answered(db: &Db) -> Vec<String> {
    db.read(async |tx| tx.all(sql!("SELECT question FROM case_answers ORDER BY question"), &[]).await).await.unwrap()
}

#[test]
fn answers_that_come_at_once_are_all_kept_in_one_report() {
    let (folder, spool) = spool();
    // As a second process on this machine has it.
    let spools = [spool, Spool::open_light(folder.path()).unwrap()];
    let mut asked = ["care", "seen", "spread", "chart", "backup", "demand"];
    let start = Barrier::new(asked.len());
    std::thread::scope(|scope| {
        for (n, question) in asked.iter().enumerate() {
            let (spool, start) = (&spools[n % 2], &start);
            scope.spawn(move || {
                let given = given(question, "unknown");
                start.wait();
                let with = |kept: Option<Report>| {
                    // Long enough for all others, if they were let in.
                    std::thread::sleep(Duration::from_millis(10));
                    kept.map_or_else(|| report(&given), |kept| kept.again(&given, morning()))
                };
                spool.change(VISIT, with).unwrap();
            });
        }
    });
    let kept = spools[0].find(VISIT).unwrap().unwrap();
    let mut kept: Vec<&str> = kept.answers.iter().map(|answer| answer.question.as_str()).collect();
    kept.sort_unstable();
    asked.sort_unstable();
    assert_eq!(kept, asked);
}

#[test]
fn an_answer_that_took_the_place_of_another_meanwhile_is_not_forgotten() {
    let (_folder, spool) = spool();
    spool.change(VISIT, |_| report(&given("care", "emergency"))).unwrap();
    let brought = spool.find(VISIT).unwrap().unwrap();
    spool.change(VISIT, |kept| kept.unwrap().again(&given("care", "none"), morning().plus(Span::minutes(1)))).unwrap();
    let corrected = spool.find(VISIT).unwrap().unwrap();
    assert_eq!(corrected.answers.len(), brought.answers.len(), "it is another answer and not one more");
    spool.forget(VISIT, &brought).unwrap();
    spool.set_aside(VISIT, &brought).unwrap();
    assert_eq!(lying(&spool), (1, 0), "it waits, to be brought in too");
    for _ in 0..2 {
        spool.forget(VISIT, &corrected).unwrap();
        assert_eq!(lying(&spool), (0, 0));
    }
}

#[test]
fn a_damaged_report_is_set_aside_and_nothing_takes_its_place() {
    let (folder, spool) = spool();
    for (n, torn) in [(1, "{\"new\":"), (2, "")] {
        fs::write(path(folder.path(), VISIT, "report"), torn).unwrap();
        spool.change(VISIT, |kept| kept.unwrap_or_else(|| report(&given("care", "none")))).unwrap();
        assert_eq!(lying(&spool), (1, n));
        assert_eq!(spool.find(VISIT).unwrap().unwrap().answers.len(), 1);
    }
    assert_eq!(fs::read_to_string(path(folder.path(), VISIT, "refused")).unwrap(), "{\"new\":", "as it was");
    spool.take_up().unwrap();
    assert_eq!(lying(&spool), (1, 2), "another report waits under that visit");
    let kept = spool.find(VISIT).unwrap().unwrap();
    spool.forget(VISIT, &kept).unwrap();
    spool.take_up().unwrap();
    assert_eq!(lying(&spool), (1, 1), "one after the other");
    assert!(spool.find(VISIT).unwrap().is_none());
    assert_eq!(lying(&spool), (0, 2));
}

#[test]
fn what_cannot_be_read_now_is_not_taken_for_nothing() {
    let (folder, spool) = spool();
    let unreadable = path(folder.path(), VISIT, "report");
    fs::create_dir(&unreadable).unwrap();
    assert!(spool.find(VISIT).is_err());
    assert!(spool.change(VISIT, |_| report(&given("care", "none"))).is_err());
    assert!(unreadable.is_dir() && lying(&spool) == (1, 0), "it stays for another try");
}

#[both_engines]
async fn two_posts_of_one_visit_at_once_are_one_case_with_the_answers_of_both(site: Site) {
    let (mut one, mut two) = (site.browser(), site.browser());
    let seed = opened(&mut one).await;
    let (care, seen) = (first(&seed, "emergency"), [("door", "request"), ("seed", seed.as_str()), ("seen", "ransom")]);
    let (one, two) = tokio::join!(one.post("/incident/report", &care), two.post("/incident/report/whole", &seen));
    assert_eq!((one.location(), two.location()), ("/incident/report/phone", "/incident/report/code"));
    assert_eq!((cases(&site.db).await, answered(&site.db).await), (1, vec!["care".to_owned(), "seen".to_owned()]));
}

#[both_engines]
async fn without_a_database_two_posts_of_one_visit_at_once_are_one_case_too(site: Site) {
    let (mut one, mut two) = (site.browser(), site.browser());
    let seed = opened(&mut one).await;
    site.portal.db.clone().close().await;
    let (care, seen) = (first(&seed, "emergency"), [("door", "request"), ("seed", seed.as_str()), ("seen", "ransom")]);
    let (one, two) = tokio::join!(one.post("/incident/report", &care), two.post("/incident/report/whole", &seen));
    assert_eq!((one.status, two.location()), (200, "/incident/report/received"));
    let (desk, again) = (site.desk(), back(&site).await);
    assert_eq!(desk.tend(&again).await.unwrap(), 1);
    assert_eq!((cases(&again).await, answered(&again).await), (1, vec!["care".to_owned(), "seen".to_owned()]));
    again.close().await;
}

#[both_engines]
async fn other_answers_of_a_visit_that_has_ended_are_another_report(site: Site) {
    let seed = opened(&mut site.browser()).await;
    for (answer, hours, made) in [("emergency", 0, 1), ("emergency", 0, 1), ("slower", 3, 2)] {
        site.clock.advance(Span::hours(hours));
        assert_eq!(site.browser().post("/incident/report", &first(&seed, answer)).await.status, 303);
        assert_eq!(cases(&site.db).await, made, "{answer}");
    }
}

#[both_engines]
async fn a_disk_that_cannot_be_read_turns_nobody_away_while_the_database_answers(site: Site) {
    let mut browser = site.browser();
    let seed = opened(&mut browser).await;
    let visit = vault::Visit::from_cookie(&seed).unwrap().id();
    fs::create_dir(path(site.spool.path(), visit, "report")).unwrap();
    assert_eq!(browser.post("/incident/report", &first(&seed, "emergency")).await.location(), "/incident/report/phone");
    assert_eq!(cases(&site.db).await, 1);
}

#[both_engines]
async fn one_that_the_database_refuses_and_one_that_is_damaged_stop_nobody_else(site: Site) {
    let mut seeds = Vec::new();
    for _ in 0..4 {
        seeds.push(opened(&mut site.browser()).await);
    }
    site.portal.db.clone().close().await;
    for seed in &seeds {
        assert_eq!(site.browser().post("/incident/report", &first(seed, "emergency")).await.status, 200);
    }
    let (desk, folder) = (site.desk(), site.spool.path());
    let waiting = desk.spool.waiting().unwrap();
    assert_eq!(waiting.len(), 4);
    // The two that are brought in first.
    rewrite(&path(folder, waiting[0], "report"), |report| of_urgency(&report, 9));
    rewrite(&path(folder, waiting[1], "report"), |report| report[..report.len() / 2].to_vec());
    assert_eq!(desk.spool.waiting().unwrap(), waiting);

    let again = back(&site).await;
    assert_eq!(desk.tend(&again).await.unwrap(), 2);
    assert_eq!((cases(&again).await, lying(&desk.spool)), (2, (0, 2)), "nothing is lost, and nobody waits");
    assert_eq!(desk.tend(&again).await.unwrap(), 0);
    assert_eq!(desk.try_again(&again).await.unwrap(), 0, "nothing is better yet");
    assert_eq!((cases(&again).await, lying(&desk.spool)), (2, (0, 2)));

    rewrite(&path(folder, waiting[0], "refused"), |report| of_urgency(&report, 1));
    assert_eq!(desk.try_again(&again).await.unwrap(), 1);
    assert_eq!((cases(&again).await, lying(&desk.spool)), (3, (0, 1)));
    again.close().await;
}

/// While another process holds the spool, or the disk takes its time, whoever needs neither is answered.
#[both_engines]
async fn nobody_waits_for_the_disk_but_who_is_spooled(site: Site) {
    let (mut one, mut other) = (site.browser(), site.browser());
    let seed = opened(&mut one).await;
    site.portal.db.clone().close().await;
    let folder = File::open(site.spool.path()).unwrap();
    folder.lock().unwrap();
    let (answered, waits) = mpsc::channel();
    let holder = std::thread::spawn(move || {
        let is_answered = waits.recv_timeout(Duration::from_secs(10)).is_ok();
        folder.unlock().unwrap();
        is_answered
    });
    let care = first(&seed, "emergency");
    let looks = async {
        let page = other.get("/incident/report/received").await;
        answered.send(()).unwrap();
        page
    };
    let (spooled, page) = tokio::join!(one.post("/incident/report", &care), looks);
    assert!(holder.join().unwrap(), "the page came while the spool was held");
    assert_eq!((spooled.status, page.status), (200, 200));
    assert_eq!(lying(&site.desk().spool), (1, 0));
}
