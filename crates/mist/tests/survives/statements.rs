//! The program is killed while others report to its record store: no statement that it acknowledged is lost, none is there twice, and
//! no request is half there.

use both_engines::both_engines;
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use std::net::SocketAddr;

use crate::killed::{Death, dice, goes_on, hits_enough, is_whole};
use crate::letters::LetterBox;
use crate::program::{self, Program};
use crate::reports::{Report, Reporters, sent_under};
use crate::scratch::Scratch;

const KEY: &str = "lms";
const SECRET: &str = "a secret of many letters";

/// So many answers end a life at the latest, if it does not end in the middle of something.
const ANSWERS: usize = 30;

/// What stands in the store, as somebody knows who looks after each death.
#[derive(Default)]
struct Shelf {
    /// The ids in the order in which they were stored.
    listed: Vec<String>,
    known: HashSet<String>,
    /// Up to when everything was there when somebody last looked.
    through: Option<String>,
    /// How many of the reports that were answered have been looked up.
    looked_up: usize,
    /// Reports that were stored, and whose answer nobody heard.
    unheard: BTreeSet<String>,
}

impl Shelf {
    /// Looks at what came since the last time, and tells what is wrong with it.
    async fn looks(&mut self, address: SocketAddr, reporters: &Reporters) -> Vec<String> {
        let mut wrong = reporters.contradictions();
        let (found, through) = reporters.lists(address, self.through.as_deref()).await;
        for one in &found {
            wrong.extend(self.takes(one, &through));
        }
        self.through = Some(through);
        for report in reporters.answered(self.looked_up) {
            wrong.extend(looks_up(report, address, reporters).await);
            wrong.extend(report.ids().into_iter().filter(|id| !self.known.contains(id)).map(|id| format!("{id} is in no list")));
            self.looked_up += 1;
        }
        for report in reporters.unanswered() {
            wrong.extend(self.wonders(report));
        }
        wrong
    }

    /// Takes a statement of a list.
    fn takes(&mut self, one: &Value, through: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        let id = one["id"].as_str().unwrap_or_default().to_owned();
        match sent_under(&id) {
            Some(sent) if says(one, &sent) => {}
            Some(_) => wrong.push(format!("{id} says something else: {one}")),
            None => wrong.push(format!("nobody sent {id}")),
        }
        // Moments are written with as many letters each.
        if one["stored"].as_str().is_none_or(|stored| stored > through) {
            wrong.push(format!("{id} was stored after {through}, up to which everything was to be there"));
        }
        if !self.known.insert(id.clone()) {
            wrong.push(format!("{id} is there twice"));
        }
        self.listed.push(id);
        wrong
    }

    /// A report without an answer is there as a whole, or not at all.
    fn wonders(&mut self, report: Report) -> Option<String> {
        let there = report.ids().iter().filter(|id| self.known.contains(*id)).count();
        if there == report.len() {
            self.unheard.extend(report.ids().into_iter().next());
        }
        match there {
            0 => None,
            _ if there < report.len() => Some(format!("{report:?} is half there: {there} statements")),
            _ => (!report.was_sent).then(|| format!("{report:?} was never sent")),
        }
    }
}

/// Whether what is kept says everything that was sent. The store adds when it was stored and who vouches.
fn says(kept: &Value, sent: &Value) -> bool {
    sent.as_object().is_some_and(|sent| sent.iter().all(|(key, value)| kept[key] == *value))
}

/// Reads the statements of a report that was answered one by one, with what came behind them.
async fn looks_up(report: Report, address: SocketAddr, reporters: &Reporters) -> Vec<String> {
    let mut wrong = Vec::new();
    for id in report.ids() {
        let kept = reporters.reads(address, &id).await;
        if kept.zip(sent_under(&id)).is_none_or(|(kept, sent)| !says(&kept, &sent)) {
            wrong.push(format!("{id} was acknowledged and is lost, or says something else"));
        }
        if let Some(content) = report.content()
            && !reporters.reads_whole(address, &id).await.contains(&content)
        {
            wrong.push(format!("what came behind {id} is lost"));
        }
    }
    wrong
}

async fn is_killed(scratch: Scratch, kills: usize) {
    let (seed, mut dice) = dice();
    program::does(&scratch, &["xapi", "client", "new", "--name", "見本の学習システム", "--key", KEY, "--secret", SECRET]).await;
    let (letters, reporters, mut shelf) = (LetterBox::new().await, Reporters::new(KEY, SECRET), Shelf::default());
    let (mut done, mut in_flight) = (0, 0);
    while goes_on(done, in_flight, kills) {
        let death = Death::any(&mut dice, ANSWERS);
        let lost_before = reporters.lost();
        death.comes(&scratch, letters.port(), |address| reporters.report(address)).await;
        done += 1;
        in_flight += usize::from(reporters.lost() > lost_before);
        let program = Program::start(&scratch, letters.port()).await;
        let wrong = shelf.looks(program.address, &reporters).await;
        assert!(wrong.is_empty(), "after {death:?}, seed {seed}: {wrong:#?}");
        program.kill().await;
    }

    let program = Program::start(&scratch, letters.port()).await;
    reporters.send_again(program.address).await;
    let mut wrong = shelf.looks(program.address, &reporters).await;
    let answered = reporters.answered(0);
    let acknowledged: usize = answered.iter().map(|report| report.len()).sum();
    if acknowledged != shelf.listed.len() {
        wrong.push(format!("{} statements are stored, of {acknowledged} that were acknowledged", shelf.listed.len()));
    }
    // What was said to be everything up to a moment was everything: nothing has come in behind it since.
    let (all, _) = reporters.lists(program.address, None).await;
    let all: Vec<&str> = all.iter().filter_map(|one| one["id"].as_str()).collect();
    if all != shelf.listed {
        wrong.push("the whole list is not what its parts were".to_owned());
    }
    assert!(wrong.is_empty(), "seed {seed}: {wrong:#?}");
    program.terminate().await;
    let (status, said) = program.ended().await;
    assert!(status.success(), "{status}: {said}");
    is_whole(&scratch).await;

    let (lost, unheard) = (reporters.lost(), shelf.unheard.len());
    let figures = format!(
        "{done} kills, {in_flight} of them under requests in flight; {lost} requests lost their answer, {unheard} of them were \
         stored; {acknowledged} statements acknowledged in {} requests",
        answered.len()
    );
    eprintln!("{figures}");
    assert!(hits_enough(in_flight, kills), "the kills hit nobody: {figures}");
    assert!(acknowledged >= kills * 20, "hardly anything was stored: {figures}");
}

#[both_engines]
async fn statements_that_were_acknowledged_are_there_once_however_often_the_program_is_killed(scratch: Scratch) {
    is_killed(scratch, 24).await;
}

#[both_engines]
#[ignore = "long: five hundred kills on each engine"]
async fn five_hundred_kills_lose_no_statement_that_was_acknowledged(scratch: Scratch) {
    is_killed(scratch, 500).await;
}
