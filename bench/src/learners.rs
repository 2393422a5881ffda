//! Learning: what putting down progress costs, how heavy the first lesson is, and whether a long course opens as fast as a short one.

use access::AccountId;
use db::{Db, Lane, Settings};
use kernel::{Clock, Uuid};
use learning::content::Course;
use learning::study::{Turn, turn};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::applications::{CLIENTS, count, runtime};
use crate::client::Client;
use crate::ground::{Ground, Store};
use crate::meter::Used;
use crate::people::NOW;
use crate::report::{Figure, Report, Target};
use crate::{Outcome, meter};

/// Learners at once, each of whom writes every twenty seconds, and how often each has written in a round.
const LEARNERS: usize = 5_000;
const WRITES: usize = 2;
/// The id before that of the first learner.
const BEFORE: usize = 7_000_000;

/// The course that they take.
const COURSE: &str = "beginner";

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let server = ground.server()?;
    writing(ground, report, &ground.sqlite("learners")?, &|| Ok(Duration::ZERO))?;
    writing(ground, report, &ground.postgres("learners")?, &|| server.cpu())?;
    first_lesson(ground, report)?;
    opening(ground, report)
}

/// Slides that are turned by five thousand: how many a second, and what one takes.
fn writing(ground: &Ground, report: &mut Report, store: &Store, database: Used<'_>) -> Outcome<()> {
    let course = learning::content::course(COURSE).ok_or("no course")?;
    let slides: Vec<String> = course.units.iter().flat_map(|unit| &unit.slides).map(|slide| slide.id.clone()).collect();
    let accounts = (1..=LEARNERS).map(|n| format!("({}, 'learner{n}@example.jp', 'ja', 0)", store.id(BEFORE + n)));
    let accounts = accounts.collect::<Vec<_>>().join(", ");
    store.execute(&format!("INSERT INTO accounts (id, email, lang, created_at) VALUES {accounts}"))?;
    let mut rate =
        Figure::new("progress of 5,000 learners, 64 at once; 250/s is one each every 20 s", store.engine(), "/s", Target::AtLeast(250.0));
    let mut cost = Figure::new("progress written down, CPU of program and database", store.engine(), "µs", Target::None);
    let clock = Clock::starting_at(NOW.parse().map_err(|_| "no moment")?);
    let runtime = runtime()?;
    let db = runtime.block_on(Db::open(Settings::new(store.url(), clock)))?;
    let mut turned = 0;
    for round in 0..=ground.rounds {
        let (before, begun) = (meter::own()? + database()?, Instant::now());
        for _ in 0..WRITES {
            let slide = slides.get(turned).ok_or("the course is too short for so many rounds")?;
            runtime.block_on(turned_by_all(&db, course, slide))?;
            turned += 1;
        }
        let (took, used) = (begun.elapsed(), (meter::own()? + database()?).saturating_sub(before));
        if round > 0 {
            rate.round(count(LEARNERS * WRITES) / took.as_secs_f64(), 0.0);
            cost.round(used.as_secs_f64() * 1e6 / count(LEARNERS * WRITES), 0.0);
        }
    }
    runtime.block_on(db.close());
    let there = store.number(
        "SELECT count(*) FROM study_slides s JOIN studies w ON w.id = s.study JOIN accounts a ON a.id = w.account WHERE a.created_at = 0",
    )?;
    let wanted = i64::try_from(turned * LEARNERS)?;
    if there != wanted {
        return Err(format!("{there} of {wanted} slides are put down").into());
    }
    rate.note("0 lost".to_owned());
    report.add(&rate);
    report.add(&cost);
    Ok(())
}

async fn turned_by_all(db: &Db, course: &'static Course, slide: &str) -> Outcome<()> {
    let next = Arc::new(AtomicUsize::new(1));
    let hands = (0..CLIENTS).map(|_| {
        let (db, next, slide) = (db.clone(), Arc::clone(&next), slide.to_owned());
        tokio::spawn(async move {
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n > LEARNERS {
                    return Outcome::Ok(());
                }
                let account = AccountId::from(Uuid::from_u128(u128::try_from(BEFORE + n)?));
                let read = Turn { slide: slide.clone(), shown: None, focus: None };
                let outcome = db.write(Lane::Public, None, async move |tx, now| turn(tx, account, course, &read, now).await).await?;
                outcome.map_err(|refusal| format!("{refusal:?}"))?;
            }
        })
    });
    for hand in futures_util::future::join_all(hands).await {
        hand??;
    }
    Ok(())
}

/// The first slide with everything that its page asks for, as it goes over the wire.
fn first_lesson(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let course = learning::content::course(COURSE).ok_or("no course")?;
    let unit = &course.units[0];
    let house = ground.sqlite("lesson")?.house(&ground.program)?;
    let mut client = house.client()?;
    let path = format!("/courses/{COURSE}/{}/{}", unit.slug, unit.slides[0].id);
    let page = client.get(&path)?.text();
    client.encoding = "br";
    let mut bytes = client.get(&path)?.body.len();
    let asked: std::collections::BTreeSet<&str> = ["href=\"/assets/", "src=\"/assets/"]
        .iter()
        .flat_map(|begin| page.split(begin).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    for asset in &asked {
        let answer = client.get(&format!("/assets/{asset}"))?;
        if answer.status != 200 {
            return Err(format!("/assets/{asset} answers {}", answer.status).into());
        }
        bytes += answer.body.len();
    }
    let mut figure = Figure::new("first lesson with everything it asks for, packed", "SQLite", "KB", Target::AtMost(150.0));
    figure.round(count(bytes) / 1e3, 0.0);
    figure.note(format!("the page and {} files", asked.len()));
    report.add(&figure);
    house.stop()
}

/// Lessons of the long course and of the short one.
const LONG: usize = 1_000;
const SHORT: usize = 10;
const LOOKS: usize = 60;

/// A lesson in the middle of a long course, signed in, beside one of a short course: opened, gone on to, and turned.
fn opening(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let store = ground.sqlite("opening")?;
    for (place, lessons) in [SHORT, LONG].into_iter().enumerate() {
        let files = format!("{}", serde_json::Value::from_iter(course_of(lessons))).replace('\'', "''");
        store.execute(&format!(
            "INSERT INTO course_versions (id, course, number, label, files, saved_at, effect, opens_on, ends_on, edition, starts_on)
             VALUES ({}, 'lessons{lessons}', 1, 'bench', '{files}', 0, 'first', '2026-11-01', '2027-03-31', 1, '2026-11-01')",
            store.id(BEFORE + place)
        ))?;
    }
    let house = store.house(&ground.program)?;
    let mut learner = house.signed_in("learner")?;
    for (name, step) in [
        ("a lesson opened", lesson as fn(&mut Client, usize, usize) -> Outcome<()>),
        ("going on in a course", going_on),
        ("a lesson turned", turned),
    ] {
        let name = format!("{name}, of 1,000 lessons; CPU a request");
        let mut figure = Figure::new(name, "SQLite", "µs", Target::AtMost(1.5)).against("of 10");
        for round in 0..=ground.rounds {
            let mut used = [0.0; 2];
            for (used, lessons) in used.iter_mut().zip([LONG, SHORT]) {
                let before = house.cpu()?;
                for look in 0..LOOKS {
                    step(&mut learner, lessons, look % SHORT)?;
                }
                *used = house.cpu()?.saturating_sub(before).as_secs_f64() * 1e6 / count(LOOKS);
            }
            if round > 0 {
                figure.round(used[0], used[1]);
            }
        }
        report.add(&figure);
    }
    house.stop()
}

/// The page of a lesson, one of the last ten.
fn lesson(learner: &mut Client, lessons: usize, look: usize) -> Outcome<()> {
    let answer = learner.get(&path(lessons, look))?;
    if answer.status == 200 { Ok(()) } else { Err(format!("a lesson answers {}", answer.status).into()) }
}

/// Where the course goes on for somebody.
fn going_on(learner: &mut Client, lessons: usize, look: usize) -> Outcome<()> {
    let answer = learner.get(&format!("/courses/lessons{lessons}/unit{}", lessons - look))?;
    if answer.status == 303 { Ok(()) } else { Err(format!("going on answers {}", answer.status).into()) }
}

/// The page of a lesson, and its button.
fn turned(learner: &mut Client, lessons: usize, look: usize) -> Outcome<()> {
    let path = path(lessons, look);
    let form = learner.get(&path)?.form(&path).ok_or("no button that turns")?;
    let answer = learner.post(&form.action, &form.fields)?;
    if answer.status == 303 { Ok(()) } else { Err(format!("turning answers {}", answer.status).into()) }
}

fn path(lessons: usize, look: usize) -> String {
    let n = lessons - look;
    format!("/courses/lessons{lessons}/unit{n}/slide{n}")
}

/// The files of a course of so many lessons, each with a slide and two questions.
fn course_of(lessons: usize) -> Vec<(String, String)> {
    let mut course = format!(
        "slug = \"lessons{lessons}\"\nversion = \"1\"\naudience = \"beginner\"\nlanguages = [\"ja\"]\nminutes = {lessons}\n\
         available_from = \"2026-11-01\"\navailable_until = \"2027-03-31\"\nsources = []\ntitle.ja = \"長いコース\"\n\
         summary.ja = \"計測用\"\nobjectives.ja = [\"長くても開く\"]\n"
    );
    let mut questions = String::new();
    let mut files = Vec::new();
    for n in 1..=lessons {
        let _ = write!(course, "[[units]]\nslug = \"unit{n}\"\nminutes = 1\ntitle.ja = \"第{n}課\"\nchecklist = []\n");
        files.push((
            format!("units/unit{n}/lesson.ja.md"),
            format!("## 第{n}課 {{#slide{n}}}\n\n読むところです。\n\n::: notes\n読みます。\n:::\n"),
        ));
        for place in ["a", "b"] {
            let _ = write!(
                questions,
                "[[question]]\nid = \"q{n}{place}\"\npool = \"unit{n}\"\nkind = \"one\"\nslide = \"slide{n}\"\ntext.ja = \"どちらですか。\"\n\
                 [[question.choice]]\nid = \"a\"\nright = true\ntext.ja = \"こちら\"\nwhy.ja = \"そうです。\"\n\
                 [[question.choice]]\nid = \"b\"\nright = false\ntext.ja = \"あちら\"\nwhy.ja = \"こちらです。\"\n\
                 [[question.choice]]\nid = \"c\"\nright = false\ntext.ja = \"どちらでもない\"\nwhy.ja = \"こちらです。\"\n"
            );
        }
    }
    let exam = "pass_percent = 80\ndraw = [{ pool = \"unit1\", count = 1 }]\n";
    let _ = write!(course, "[test]\n{exam}[test_out]\n{exam}[completion]\nunits = \"all\"\ntest = true\n");
    files.push(("course.toml".to_owned(), course));
    files.push(("questions.toml".to_owned(), questions));
    files
}
