//! The roll of 25,000 people: the file of the meeting read, its participants found among the applicants, attendance closed.

use db::{Db, Lane, Settings};
use intake::Table;
use kernel::{Clock, Span, Timestamp};
use school::attendance::attendee::attendees;
use school::attendance::close::close;
use school::attendance::files::{LIMITS, Zone, read};
use school::attendance::import::import;
use school::attendance::store::NewImport;
use school::trainings::session::SessionId;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::time::Duration;

use crate::applications::runtime;
use crate::crowd::filled;
use crate::ground::Ground;
use crate::report::{Figure, Report, Target};
use crate::{Outcome, meter};

const PEOPLE: u32 = 25_000;

/// Every so many people came under a name that nobody knows, stayed away, or lost the line for half of the time.
const UNKNOWN: u32 = 50;
const AWAY: u32 = 7;

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let store = filled(ground, "roll", PEOPLE)?;
    let session = store.session()?;
    let row = format!("FROM sessions WHERE id = x'{}'", session.replace('-', ""));
    let at = |column: &str| Outcome::Ok(Timestamp::from_micros(store.number(&format!("SELECT {column} {row}"))?));
    let (starts, ends) = (at("starts_at")?, at("ends_at")?);
    let id = SessionId::from(session.parse::<kernel::Uuid>()?);
    let file = meeting(starts, ends);
    let mut figure = Figure::new("roll of 25,000 people, brought in and closed; CPU of program", "SQLite", "s", Target::None);
    let spent = runtime()?.block_on(roll(&store.url(), id, &file, starts, ends))?;
    figure.round(spent.iter().sum::<Duration>().as_secs_f64(), 0.0);
    let [reading, bringing, closing] = spent.map(|time| time.as_secs_f64());
    let rows = file.lines().count() - 4;
    figure.note(format!(
        "{rows} rows read {reading:.2} s, found {bringing:.2} s, closed {closing:.2} s; nobody is lost, nobody is present by a guess"
    ));
    report.add(&figure);
    Ok(())
}

async fn roll(url: &str, session: SessionId, file: &str, starts: Timestamp, ends: Timestamp) -> Outcome<[Duration; 3]> {
    let db = Db::open(Settings::new(url, Clock::standing_at(ends.plus(Span::hours(1))))).await?;
    let zone = Zone::of("Asia/Tokyo");
    let begun = meter::own()?;
    let table = Table::read(file.as_bytes(), "participants.csv", LIMITS).map_err(|refusal| format!("{refusal:?}"))?;
    let report = read(&table, zone, starts.day()).map_err(|refusal| format!("{refusal:?}"))?;
    let found = attendees(&report.lines);
    let reading = meter::own()?;
    let new = NewImport {
        name: "participants.csv".to_owned(),
        tool: report.tool.id(),
        zone: zone.id(),
        has_times: report.has_times,
        digest: Sha256::digest(file).into(),
        rows: i64::try_from(report.lines.len())?,
        wrong: i64::try_from(report.wrong.len())?,
    };
    let people = found.len();
    let brought = db.write(Lane::Staff, None, async move |tx, now| import(tx, session, &new, &found, None, "bench", now).await).await?;
    let brought = brought.map_err(|refusal| format!("{refusal:?}"))?;
    let bringing = meter::own()?;
    let tally = db.write(Lane::Staff, None, async move |tx, now| close(tx, session, "bench", now).await).await?;
    let tally = tally.map_err(|refusal| format!("{refusal:?}"))?;
    let closing = meter::own()?;
    db.close().await;
    let count = |of: u32| usize::try_from(of).unwrap_or_default();
    let away = (1..=PEOPLE).filter(|n| n.is_multiple_of(AWAY)).count();
    let unknown = (1..=PEOPLE).filter(|n| !n.is_multiple_of(AWAY) && n.is_multiple_of(UNKNOWN)).count();
    let wanted = (count(PEOPLE) - away, count(PEOPLE) - away - unknown, unknown, count(PEOPLE));
    let came = (people, brought.found, brought.open, tally.present + tally.absent + tally.review);
    if came != wanted || tally.present != brought.found {
        return Err(format!("{came:?} instead of {wanted:?}, {} present", tally.present).into());
    }
    Ok([reading.saturating_sub(begun), bringing.saturating_sub(reading), closing.saturating_sub(bringing)])
}

/// The file of the meeting, in which everybody has lost the line once.
fn meeting(starts: Timestamp, ends: Timestamp) -> String {
    let mut file = String::from("Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n");
    let length = ends.since(starts).as_seconds() / 60;
    let face = |at: Timestamp| format!("{} {}", at.day(), at.clock_face());
    let _ = writeln!(file, "987 6543 2100,計測,{},{},jimukyoku@example.jp,{length},{PEOPLE}\n", face(starts), face(ends));
    file.push_str("Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n");
    let middle = starts.plus(Span::minutes(length / 2));
    for n in (1..=PEOPLE).filter(|n| !n.is_multiple_of(AWAY)) {
        let (name, email) = if n.is_multiple_of(UNKNOWN) {
            (format!("タブレット{n}"), String::new())
        } else {
            (format!("見本第{n}"), format!("early{n}@example.jp"))
        };
        for (from, until) in [(starts, middle), (middle, ends)] {
            let _ = writeln!(file, "{name},{email},{},{},{},Yes", face(from), face(until), length / 2);
        }
    }
    file
}
