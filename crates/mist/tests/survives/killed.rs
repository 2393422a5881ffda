//! The program is killed at random moments, started again, and killed again.

use both_engines::both_engines;
use db::{Engine, sql};
use kernel::{Clock, Timestamp, Uuid};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use std::collections::BTreeSet;
use std::fmt;
use std::net::SocketAddr;

use crate::books::{Books, Told};
use crate::crowd::{Crowd, Life};
use crate::letters::LetterBox;
use crate::program::{self, Fault, Program};
use crate::scratch::Scratch;

/// Of the people who have their answer, so many press the button once more at the end.
const ASK_AGAIN: usize = 100;

/// After so many answers a death in the middle is overdue.
pub const LONGEST_LIFE: usize = 5000;

/// How the program loses its life.
#[derive(Debug)]
pub enum Death {
    /// After so many answers.
    Answered(usize),
    /// At one of its calls to the system.
    InTheMiddle(Fault),
}

/// The calls by which it writes, waits for the disk, talks to the database's server and answers.
pub const CALLS: &str = "pwrite64,fsync,fdatasync,sendto,writev,write";

impl Death {
    /// Any; after so many answers at most, if not in the middle.
    pub fn any(dice: &mut StdRng, answers: usize) -> Self {
        if dice.random_ratio(1, 2) {
            Self::Answered(dice.random_range(1..=answers))
        } else {
            Self::InTheMiddle(Fault::killed_at(CALLS, dice.random_range(5..=80)))
        }
    }

    /// Starts the program, and lets those ask it who make its life, until this comes.
    pub async fn comes(&self, scratch: &Scratch, mail_port: u16, begins: impl Fn(SocketAddr) -> Life) {
        match self {
            Self::Answered(answers) => {
                let mut program = Program::start(scratch, mail_port).await;
                let mut life = begins(program.address);
                tokio::select! {
                    () = life.has_answered(*answers) => program.kill().await,
                    said = program.falls() => panic!("the program ended by itself: {said}"),
                }
                life.ends().await;
            }
            Self::InTheMiddle(fault) => {
                if let Some(mut program) = Program::start_with(fault, scratch, mail_port).await {
                    let mut life = begins(program.address);
                    tokio::select! {
                        _ = program.falls() => {}
                        () = life.has_answered(LONGEST_LIFE) => panic!("{self:?} never came"),
                    }
                    life.ends().await;
                }
            }
        }
    }
}

/// What a run came to: without enough of each it would show nothing.
#[derive(Default)]
struct Figures {
    kills: usize,
    /// Kills while somebody waited for an answer.
    in_flight: usize,
    /// Requests that were sent and not answered.
    lost: usize,
    /// Applications that were stored before a kill and acknowledged only after it.
    stored_unheard: usize,
    acknowledged: usize,
    turned_away: usize,
    letters: usize,
    repeated_letters: usize,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kills, in_flight, lost, stored_unheard, acknowledged, turned_away, letters, repeated_letters } = self;
        write!(f, "{kills} kills, {in_flight} of them under requests in flight; {lost} requests lost their answer, ")?;
        write!(f, "{stored_unheard} of them were stored; {acknowledged} applications acknowledged, {turned_away} people turned away; ")?;
        write!(f, "{letters} letters, {repeated_letters} of them repeated")
    }
}

/// Whether enough of so many kills came while somebody waited for an answer.
pub fn hits_enough(in_flight: usize, kills: usize) -> bool {
    in_flight * 10 >= kills * 4
}

/// Whether another kill is due: how many hit a request is a matter of the dice and of how busy the machine is, so kills are added
/// until enough did, three times as many at most.
pub fn goes_on(done: usize, in_flight: usize, kills: usize) -> bool {
    done < kills || (done < 3 * kills && !hits_enough(in_flight, kills))
}

/// Dice, and the seed by which the same are thrown again.
pub fn dice() -> (u64, StdRng) {
    let seed = std::env::var("MIST_CRASH_SEED").map_or_else(|_| rand::rng().random(), |seed| seed.parse().expect("a seed is a number"));
    eprintln!("to throw the same dice again: MIST_CRASH_SEED={seed}");
    (seed, StdRng::seed_from_u64(seed))
}

/// Kills the program so many times while people apply, and looks through the books.
async fn is_killed(scratch: &Scratch, kills: usize) -> Figures {
    let (seed, mut dice) = dice();
    let (mut letters, crowd, mut figures) = (LetterBox::new().await, Crowd::default(), Figures::default());
    let mut heard = BTreeSet::new();
    let mut unheard: Vec<(Timestamp, BTreeSet<Uuid>)> = Vec::new();

    let program = Program::start(scratch, letters.port()).await;
    crowd.opens_the_form(program.address).await;
    program.kill().await;

    while goes_on(figures.kills, figures.in_flight, kills) {
        let death = Death::any(&mut dice, 100);
        let lost_before = crowd.lost();
        death.comes(scratch, letters.port(), |address| crowd.applies(address)).await;
        figures.kills += 1;
        figures.in_flight += usize::from(crowd.lost() > lost_before);
        // Whoever is acknowledged from here on, of an application made until here, was stored and had not heard of it.
        let died_at = Clock::system().now();
        let now_heard: BTreeSet<Uuid> = crowd.told().into_iter().map(Told::application).collect();
        unheard.push((died_at, now_heard.difference(&heard).copied().collect()));
        heard = now_heard;
        letters.empty();
        assert_eq!(crowd.contradictions(), [""; 0], "after {death:?}, seed {seed}");
    }

    let program = Program::start(scratch, letters.port()).await;
    crowd.asks_again(program.address, ASK_AGAIN).await;
    let books = closes_the_books(scratch, program, &mut letters).await;
    let told = crowd.told();
    figures.lost = crowd.lost();
    figures.acknowledged = told.len();
    figures.turned_away = crowd.turned_away();
    figures.letters = letters.message_ids().len();
    figures.repeated_letters = letters.repeated();
    figures.stored_unheard = stored_unheard(&books, &unheard, &told);
    eprintln!("{figures}");

    assert_eq!(crowd.apologies(), [], "seed {seed}");
    let wrong = contradictions(&crowd, &books, &letters);
    assert!(wrong.is_empty(), "seed {seed}: {wrong:#?}");
    figures
}

/// Of the applications that were acknowledged in each life, how many had been made in an earlier one.
fn stored_unheard(books: &Books, heard_in: &[(Timestamp, BTreeSet<Uuid>)], told: &[Told]) -> usize {
    let moments = books.moments();
    let deaths: Vec<Timestamp> = heard_in.iter().map(|(died_at, _)| *died_at).collect();
    let life_of = |application: &Uuid| heard_in.iter().position(|(_, heard)| heard.contains(application)).unwrap_or(deaths.len());
    let made_in = |application: &Uuid| deaths.iter().position(|died_at| moments.get(application).is_some_and(|made| made <= died_at));
    told.iter().map(|told| told.application()).filter(|one| made_in(one).is_some_and(|made| made < life_of(one))).count()
}

/// Figures below which a run shows nothing: so many kills, and so many applications acknowledged.
fn is_worth_something(figures: &Figures, kills: usize, acknowledged: usize) {
    assert!(hits_enough(figures.in_flight, kills), "the kills hit nobody: {figures}");
    assert!(figures.acknowledged >= acknowledged, "hardly anybody applied: {figures}");
    assert!(figures.stored_unheard * 10 >= kills, "no kill came between storing and answering: {figures}");
}

#[both_engines]
async fn whatever_was_acknowledged_is_there_once_and_mailed_once_however_often_the_program_is_killed(scratch: Scratch) {
    let figures = is_killed(&scratch, 50).await;
    is_worth_something(&figures, 50, 400);
    is_whole(&scratch).await;
}

#[both_engines]
#[ignore = "long: a thousand kills"]
async fn a_thousand_kills_lose_nothing_that_was_acknowledged(scratch: Scratch) {
    let figures = is_killed(&scratch, 1000).await;
    is_worth_something(&figures, 1000, 20_000);
    is_whole(&scratch).await;
}

/// Lets the program send all its mail, asks it to stop, and reads what it leaves.
pub async fn closes_the_books(scratch: &Scratch, program: Program, letters: &mut LetterBox) -> Books {
    letters.waits_for_the_last(scratch).await;
    program.terminate().await;
    let (status, said) = program.ended().await;
    assert!(status.success(), "{status}: {said}");
    letters.empty();
    scratch.read(async |tx| Books::read(tx).await).await
}

/// Every way in which what people were told, the books and the letters contradict each other, once nobody waits any more.
pub fn contradictions(crowd: &Crowd, books: &Books, letters: &LetterBox) -> Vec<String> {
    let told = crowd.told();
    let mut wrong = crowd.contradictions();
    wrong.extend(books.contradictions(&told));
    wrong.extend(books.contradictions_of_letters(letters.message_ids()));
    let known: BTreeSet<_> = told.iter().map(|told| told.application()).collect();
    if known.len() != books.len() {
        wrong.push(format!("{} applications are stored, of {} somebody knows", books.len(), known.len()));
    }
    wrong
}

/// The file is sound, and the audit trail unbroken.
pub async fn is_whole(scratch: &Scratch) {
    program::does(scratch, &["audit", "verify"]).await;
    if scratch.engine() == Engine::Sqlite {
        let check = sql!(sqlite "PRAGMA integrity_check");
        let found: Vec<String> = scratch.read(async |tx| tx.all(check, &[]).await).await;
        assert_eq!(found, ["ok"]);
    }
}
