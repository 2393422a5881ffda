use db::{DbResult, Lane, Tx};
use kernel::{FiscalYear, Span, Timestamp, Uuid};
use school::lobby::meeting::{Check, Checks, Meeting, Provider};
use school::lobby::prepare::prepare;
use school::lobby::seat::Seat;
use school::lobby::{answer, join, store as lobby};
use school::trainings::application::ApplicationId;
use school::trainings::session::Session;
use school::trainings::store;
use web::Portal;

use super::dice::Dice;
use super::{BY, demo_file};
use crate::failure::Failure;

const SEED: u64 = 81;
/// How many in a hundred of those who were there answered.
const ANSWER: usize = 70;
/// People who answered at most.
const MOST: i64 = 40;
/// Meetings are set for sessions that lie no farther ahead.
const AHEAD: Span = Span::days(120);

/// Sets up the meetings of the sessions that come, and lets the one that most people had applied for have been held.
pub(super) async fn prepare_days(portal: &Portal) -> Result<(), Failure> {
    let now = portal.now();
    let year = FiscalYear::of(now.day());
    let sessions = portal.db.read(async move |tx| sessions(tx, year).await).await?;
    let ends = |session: &Session| session.ends_at.filter(|_| session.cancelled_at.is_none());
    let set: Vec<Session> = sessions.iter().filter(|session| ends(session).is_some_and(|end| end < now.plus(AHEAD))).cloned().collect();
    portal
        .db
        .write(Lane::Staff, None, async move |tx, now| {
            for session in &set {
                // A refusal leaves a sample that merely has no meeting.
                let _ = prepare(tx, &meeting(session), BY, now).await?;
            }
            Ok(())
        })
        .await?;
    let mut over: Vec<Session> =
        sessions.into_iter().filter(|session| ends(session).is_some_and(|end| end <= now) && session.taken > 0).collect();
    over.sort_by_key(|session| session.taken);
    let Some(held) = over.pop() else { return Ok(()) };
    Ok(portal.db.write(Lane::Staff, None, async move |tx, _| hold(tx, &held).await).await?)
}

async fn sessions(tx: &mut Tx<'_>, year: FiscalYear) -> DbResult<Vec<Session>> {
    let Some(programme) = store::programme(tx, year).await? else { return Ok(Vec::new()) };
    store::sessions(tx, programme.id).await
}

fn meeting(session: &Session) -> Meeting {
    let texts: toml::Table = demo_file("day.toml").parse().unwrap_or_default();
    let text = |name: &str| texts.get(name).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    let checks = texts.get("check").and_then(toml::Value::as_array).into_iter().flatten();
    let checks = checks.filter_map(|check| check.clone().try_into::<Check>().ok());
    Meeting {
        provider: Provider::Other,
        link: format!("https://meeting.example.jp/j/{:08}?pwd=mihon", 81_230_000 + session.number),
        entry: text("entry"),
        dial_in: text("dial_in"),
        keyword: text("keyword"),
        checks: Checks(checks.collect()),
        ..Meeting::unset(session.id)
    }
}

/// Those who had applied came in, stayed, and most of them answered.
async fn hold(tx: &mut Tx<'_>, session: &Session) -> DbResult<()> {
    let Some((begins, ends)) = session.held() else { return Ok(()) };
    let keyword = meeting(session).keyword;
    let mut dice = Dice::new(SEED);
    for one in store::addressees(tx, session.id, ApplicationId::from_uuid(Uuid::nil()), MOST).await? {
        let device = Uuid::from_u128(u128::from_be_bytes(*one.id.uuid().as_bytes()) ^ 1);
        let came = begins.minus(Span::seconds(dice.between(30, 900)));
        if join::join(tx, one.id, device, came).await?.is_err() {
            continue;
        }
        lobby::extend(tx, one.id, device, came, ends.minus(Span::seconds(dice.between(0, 1_500)))).await?;
        let seat = Seat { application: one.id, generation: 1, device };
        let _ = answer::keyword(tx, seat, &keyword, ends.minus(Span::minutes(20))).await?;
        if dice.percent(ANSWER) {
            let response = Uuid::from_u128(u128::from_be_bytes(*one.id.uuid().as_bytes()) ^ 2);
            let _ = answer::survey(tx, seat, &answers(&mut dice), response, ends.plus(Span::minutes(5))).await?;
        }
    }
    Ok(())
}

fn answers(dice: &mut Dice) -> Vec<(String, String)> {
    let texts: toml::Table = demo_file("day.toml").parse().unwrap_or_default();
    let listed = |name: &str| -> Vec<String> {
        let list = texts.get(name).and_then(toml::Value::as_array).into_iter().flatten();
        list.filter_map(|one| one.as_str().map(ToOwned::to_owned)).collect()
    };
    let mut answers = Vec::new();
    let mut say = |question: &str, value: String| answers.push((question.to_owned(), value));
    for question in ["satisfaction", "understanding", "usefulness"] {
        let step = if dice.percent(55) {
            5
        } else if dice.percent(70) {
            4
        } else {
            dice.between(2, 4)
        };
        say(question, step.to_string());
    }
    say("pace", if dice.percent(75) { "right" } else { "fast" }.to_owned());
    for topic in ["first-steps", "mail", "backup", "vendors", "checklist"] {
        if dice.percent(40) {
            say("next", topic.to_owned());
        }
    }
    for question in ["unclear", "wishes"] {
        let said = listed(question);
        let words = dice.one_of(&said).cloned();
        if let Some(words) = words.filter(|_| dice.percent(35)) {
            say(question, words);
        }
    }
    answers
}

/// When the lobby of the next session opens.
pub(crate) async fn next_lobby(portal: &Portal) -> Result<Option<Timestamp>, Failure> {
    let now = portal.now();
    let year = FiscalYear::of(now.day());
    let found = portal.db.read(async move |tx| {
        let mut opens = Vec::new();
        for session in sessions(tx, year)
            .await?
            .into_iter()
            .filter(|session| session.cancelled_at.is_none() && session.starts_at.is_some_and(|at| at > now))
        {
            opens.extend(session.starts_at.map(|starts| starts.minus(Span::minutes(school::lobby::meeting::OPENS_MINUTES))));
        }
        Ok(opens.into_iter().filter(|at| *at > now).min())
    });
    Ok(found.await?)
}
