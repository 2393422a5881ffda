use access::Label;
use db::{DbResult, Lane, Tx};
use journal::outbox;
use kernel::{FiscalYear, Lang, Span, Timestamp};
use people::accounts;
use people::organizations::{self, Organization};
use school::trainings::application::{ApplicationId, Wanted};
use school::trainings::apply::{Applied, SessionPath, apply as apply_for};
use school::trainings::cancel::cancel;
use school::trainings::move_to::move_to;
use school::trainings::session::Session;
use school::trainings::store;
use std::cmp::Reverse;
use web::Portal;

use super::demo_file;
use super::dice::Dice;
use super::people::{Cast, workplace};
use super::samples::{SEATS, Samples};
use crate::cli::table_of;
use crate::demo::{HOSPITAL, PEOPLE};
use crate::failure::Failure;

/// People who have applied, those with a part included.
const EVERYBODY: usize = 180;
/// Of them, for the session whose day was moved.
const FOR_THE_MOVED: usize = 9;
/// Applications in one transaction: none that follows waits long.
const BATCH: usize = 30;
const SEED: u64 = 8;
/// The address of the part `bounced_mail`.
const BOUNCES: &str = "todokanai@example.jp";

/// One thing that somebody did.
struct Deed {
    at: Timestamp,
    path: SessionPath,
    wanted: Wanted,
    then: Then,
}

/// What they did afterwards.
enum Then {
    Nothing,
    Moved(SessionPath),
    Cancelled,
}

/// A session that can be, or could be, applied for.
#[derive(Clone)]
struct Choice {
    path: SessionPath,
    session: Session,
}

struct Scene<'a> {
    cast: &'a Cast,
    workplaces: &'a [Organization],
    samples: &'a Samples,
    choices: &'a [Choice],
    secretariat: Label,
    dice: Dice,
    now: Timestamp,
}

/// Lets everybody apply, each at a moment of their own before now, in the order of those moments.
pub(super) async fn apply(portal: &Portal, samples: &Samples) -> Result<(), Failure> {
    let now = portal.now();
    let cast = Cast::load()?;
    let workplaces = workplaces(portal).await?;
    let choices = choices(portal, samples, now).await?;
    let office = PEOPLE[0].email();
    let account = portal.db.read(async move |tx| accounts::by_email(tx, &office).await).await?;
    let secretariat = account.map_or(Label::System, |account| Label::Account(account.id));
    let mut scene = Scene { cast: &cast, workplaces: &workplaces, samples, choices: &choices, secretariat, dice: Dice::new(SEED), now };
    let mut deeds = scene.players()?;
    deeds.extend(scene.crowd(EVERYBODY - deeds.len())?);
    deeds.sort_by_key(|deed| Reverse(deed.at));
    while !deeds.is_empty() {
        let batch: Vec<Deed> = (0..BATCH).map_while(|_| deeds.pop()).collect();
        portal.db.write(Lane::Staff, None, async move |tx, _| act(tx, &batch).await).await?;
    }
    super::several::apply(portal, &workplaces).await
}

async fn act(tx: &mut Tx<'_>, deeds: &[Deed]) -> DbResult<()> {
    for deed in deeds {
        let Ok(Applied::Seat(id) | Applied::Waiting(id)) = apply_for(tx, deed.path, &deed.wanted, deed.at).await? else {
            tracing::warn!(session = deed.path.number, "a sample application was not taken");
            continue;
        };
        let later = deed.at.plus(Span::minutes(50));
        let by = Label::Application(id.into()).to_string();
        match deed.then {
            Then::Nothing => {}
            Then::Moved(to) => moved(tx, id, to, &by, later).await?,
            Then::Cancelled => {
                // A refusal leaves a sample that is merely not cancelled.
                let _ = cancel(tx, id, &by, "", later).await?;
            }
        }
    }
    Ok(())
}

async fn moved(tx: &mut Tx<'_>, id: ApplicationId, to: SessionPath, by: &str, at: Timestamp) -> DbResult<()> {
    if let Some(session) = store::session_at(tx, to.year, to.audience, to.number).await? {
        // A refusal leaves a sample that has merely not moved.
        let _ = move_to(tx, id, session.id, by, false, at).await?;
    }
    Ok(())
}

/// Marks the mail to the address that does not exist as come back.
pub(super) async fn bounce(portal: &Portal) -> Result<(), Failure> {
    Ok(portal.db.write(Lane::Staff, None, async |tx, now| note_bounce(tx, now).await).await?)
}

async fn note_bounce(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    for line in store::applications_of_address(tx, BOUNCES).await? {
        for mail in outbox::about(tx, line.id).await? {
            outbox::bounced(tx, mail.id, "bounce-5.1.1", now).await?;
        }
    }
    Ok(())
}

async fn workplaces(portal: &Portal) -> Result<Vec<Organization>, Failure> {
    let table = table_of(demo_file("organizations.csv").as_bytes(), "organizations.csv")?;
    let codes: Vec<String> = table.rows().iter().skip(1).filter_map(|row| row.cells().first().cloned()).collect();
    let found = portal.db.read(async move |tx| {
        let mut found = Vec::new();
        for code in &codes {
            found.extend(organizations::by_code(tx, code).await?);
        }
        Ok(found)
    });
    Ok(found.await?)
}

/// The printed sessions of this year and the next whose applications had opened before now.
async fn choices(portal: &Portal, samples: &Samples, now: Timestamp) -> Result<Vec<Choice>, Failure> {
    let this = FiscalYear::of(now.day());
    let years = [this, samples.full.year.max(this.plus(1))];
    let mut choices = portal
        .db
        .read(async move |tx| {
            let mut choices = Vec::new();
            for year in years {
                let Some(programme) = store::programme(tx, year).await? else { continue };
                let courses = store::courses(tx, programme.id).await?;
                for session in store::sessions(tx, programme.id).await? {
                    if let Some(course) = courses.iter().find(|course| course.id == session.course) {
                        choices.push(Choice { path: SessionPath { year, audience: course.slug, number: session.number }, session });
                    }
                }
            }
            Ok(choices)
        })
        .await?;
    choices
        .retain(|choice| !choice.session.extra && choice.session.day.is_some() && choice.session.opens_at.is_some_and(|opens| opens < now));
    Ok(choices)
}

impl Scene<'_> {
    /// Those with a part to play.
    fn players(&mut self) -> Result<Vec<Deed>, Failure> {
        let mut deeds = Vec::new();
        for (n, player) in self.cast.person.iter().enumerate() {
            let Some(organization) = self.workplaces.iter().find(|place| place.code.as_deref() == Some(&player.organization)) else {
                continue;
            };
            let is_waiting = player.part == "waiting";
            let is_early = matches!(player.part.as_str(), "moved" | "cancelled");
            let (path, then) = match player.part.as_str() {
                "waiting" => (self.samples.full, Then::Nothing),
                "moved" => self.pair(),
                "cancelled" => (self.open_one(n), Then::Cancelled),
                _ => (self.open_one(n), Then::Nothing),
            };
            // Those who wait came after those who have seats; whoever changed things had the time for it.
            let hours = if is_waiting {
                30 - i64::try_from(n).unwrap_or(0)
            } else {
                40 + i64::try_from(n).unwrap_or(0) + if is_early { 24 } else { 0 }
            };
            let wanted = Wanted {
                person: player.person()?,
                workplace: workplace(organization),
                job: player.job.clone(),
                question: self.cast.question(path.audience, &mut self.dice),
                lang: Lang::Ja,
                begun_at: None,
                entered_by: (player.part == "by_telephone").then_some(self.secretariat),
                both: true,
                by_office: false,
                asks: None,
            };
            deeds.push(Deed { at: self.now.minus(Span::hours(hours)), path, wanted, then });
        }
        Ok(deeds)
    }

    /// Everybody else.
    fn crowd(&mut self, others: usize) -> Result<Vec<Deed>, Failure> {
        let early = self.now.minus(Span::days(3));
        let opened = self.now.minus(Span::days(20));
        let mut deeds = Vec::new();
        for n in 0..others {
            let (path, at) = if n < SEATS {
                (self.samples.full, self.moment(opened, early))
            } else if n < SEATS + FOR_THE_MOVED {
                (self.samples.moved, self.moment(opened, early))
            } else {
                // Before applications of the year have opened there is nothing else to apply for.
                let Some(choice) = self.dice.one_of(self.choices) else { break };
                let closes = choice.session.closes_at.or(choice.session.starts_at).unwrap_or(self.now).min(self.now);
                let opens = choice.session.opens_at.unwrap_or(closes);
                if opens >= closes {
                    continue;
                }
                (choice.path, self.moment(opens, closes))
            };
            // The hospital whose administrator one can be sends many, as a large one does.
            let hospital = self.workplaces.iter().find(|place| n % 8 == 5 && place.code.as_deref() == Some(HOSPITAL));
            let Some(organization) = hospital.or_else(|| self.dice.one_of(self.workplaces)) else { break };
            let job = self.cast.job(&organization.kind, &mut self.dice);
            let wanted = Wanted {
                person: self.cast.nobody_in_particular(n)?,
                workplace: workplace(organization),
                job,
                question: self.cast.question(path.audience, &mut self.dice),
                lang: if self.dice.percent(2) { Lang::En } else { Lang::Ja },
                begun_at: None,
                entered_by: None,
                both: true,
                by_office: false,
                asks: None,
            };
            deeds.push(Deed { at, path, wanted, then: Then::Nothing });
        }
        Ok(deeds)
    }

    /// A moment in the window, by day if the window has one.
    fn moment(&mut self, from: Timestamp, to: Timestamp) -> Timestamp {
        let any = Timestamp::from_micros(self.dice.between(from.as_micros(), to.as_micros()));
        let by_day = Timestamp::in_japan(any.day(), 8, 0).plus(Span::seconds(self.dice.between(0, 13 * 3600)));
        if by_day >= from && by_day < to { by_day } else { any }
    }

    /// A session that takes applications for two more days at least; in the quiet months the moved sample.
    fn open_one(&self, n: usize) -> SessionPath {
        let open: Vec<_> = self.open().collect();
        if open.is_empty() { self.samples.moved } else { open[n % open.len()].path }
    }

    /// Two open sessions of one course, to move between.
    fn pair(&self) -> (SessionPath, Then) {
        let open: Vec<_> = self.open().collect();
        let pair = open.iter().find_map(|first| {
            let second =
                open.iter().find(|second| second.session.course == first.session.course && second.session.id != first.session.id)?;
            Some((first.path, Then::Moved(second.path)))
        });
        pair.unwrap_or((self.samples.moved, Then::Nothing))
    }

    fn open(&self) -> impl Iterator<Item = &Choice> {
        let (long_ago, now) = (self.now.minus(Span::days(4)), self.now);
        self.choices
            .iter()
            .filter(move |choice| choice.session.refuses_at(now, None).is_none() && choice.session.refuses_at(long_ago, None).is_none())
    }
}
