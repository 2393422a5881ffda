//! The program is killed while a file is sent to the desk: the file goes on where it was, and nothing of it lies in clear.

use both_engines::both_engines;
use rand::Rng as _;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use crate::clear::Word;
use crate::institution::Institution;
use crate::killed::{CALLS, dice, is_whole};
use crate::letters::LetterBox;
use crate::line::Unheard;
use crate::program::{Fault, Program};
use crate::scratch::Scratch;

const CANARY: &str = "ぬらけへぽ";

/// Files that are sent one after the other, some in pieces, some in one go.
struct Sender {
    institution: Institution,
    number: usize,
    /// Pieces of the present file that were acknowledged.
    acknowledged: BTreeSet<i64>,
    /// Hashes of the files that were acknowledged whole.
    whole: Vec<String>,
    /// How often a file that was cut off went on with pieces that were there.
    resumed: usize,
    is_begun: bool,
}

impl Sender {
    const fn new(institution: Institution) -> Self {
        Self { institution, number: 0, acknowledged: BTreeSet::new(), whole: Vec::new(), resumed: 0, is_begun: false }
    }

    /// The present file: five pieces, in each line of which the canary stands.
    fn plain(&self) -> Vec<u8> {
        let line = format!("{CANARY} {:05} 見本の記録\n", self.number);
        let length = 4 * 1024 * 1024 + 77 * (self.number + 1);
        line.bytes().cycle().take(length).collect()
    }

    fn name(&self) -> String {
        format!("{CANARY}-{}.log", self.number)
    }

    fn next(&mut self, hash: String) {
        self.whole.push(hash);
        (self.number, self.is_begun) = (self.number + 1, false);
        self.acknowledged.clear();
    }

    /// Sends until the line breaks.
    async fn sends_on(&mut self, address: SocketAddr) -> Unheard {
        loop {
            let sent = if self.number % 3 == 2 { self.sends_whole(address).await } else { self.sends_pieces(address).await };
            if let Err(unheard) = sent {
                return unheard;
            }
        }
    }

    async fn sends_whole(&mut self, address: SocketAddr) -> Result<(), Unheard> {
        let plain = self.plain();
        let answer = self.institution.sends(address, &self.name(), &plain).await?;
        assert_eq!(answer.status, 303, "{}", answer.body);
        self.next(hash(&plain));
        Ok(())
    }

    async fn sends_pieces(&mut self, address: SocketAddr) -> Result<(), Unheard> {
        let plain = self.plain();
        let about = [("name", self.name()), ("bytes", plain.len().to_string()), ("sha256", hash(&plain))];
        let begun = self.institution.asks(address, "/incident/case/uploads", &about).await?;
        let file = begun["file"].as_str().expect("it has an id").to_owned();
        let have: BTreeSet<i64> = begun["have"].as_array().expect("a list").iter().filter_map(serde_json::Value::as_i64).collect();
        assert!(have.is_superset(&self.acknowledged), "{have:?} of {:?}, which were acknowledged", self.acknowledged);
        self.resumed += usize::from(self.is_begun && !have.is_empty());
        self.is_begun = true;
        let size = usize::try_from(begun["piece"].as_u64().expect("a number")).expect("it is small");
        for (number, piece) in (0_i64..).zip(plain.chunks(size)).filter(|(number, _)| !have.contains(number)) {
            let fields = [("file", file.clone()), ("number", number.to_string()), ("hash", hash(piece))];
            let answer = self.institution.sends_piece(address, &fields, piece).await?;
            assert_eq!(answer.status, 200, "{}", answer.body);
            self.acknowledged.insert(number);
        }
        let end = self.institution.posts(address, "/incident/case/uploads/end", &[("file", file)]).await?;
        // Where the end was written and not heard, it is said again.
        assert!(end.status == 200 && end.body.contains(&hash(&plain)), "{} {}", end.status, end.body);
        self.next(hash(&plain));
        Ok(())
    }
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

async fn is_killed(scratch: Scratch, kills: usize) {
    let (seed, mut dice) = dice();
    let (letters, canary) = (LetterBox::new().await, Word::of(CANARY));
    let program = Program::start(&scratch, letters.port()).await;
    let mut sender = Sender::new(Institution::reports(program.address).await.expect("it answers"));
    program.kill().await;

    for kill in 1..=kills {
        if dice.random_ratio(1, 2) {
            let fault = Fault::killed_at(CALLS, dice.random_range(20..=300));
            if let Some(mut program) = Program::start_with(&fault, &scratch, letters.port()).await {
                let address = program.address;
                tokio::select! {
                    _ = program.falls() => {}
                    _ = async { loop { sender.sends_on(address).await; } } => {}
                }
            }
        } else {
            let mut program = Program::start(&scratch, letters.port()).await;
            let (address, life) = (program.address, Duration::from_millis(dice.random_range(20..=900)));
            tokio::select! {
                () = tokio::time::sleep(life) => {}
                said = program.falls() => panic!("the program ended by itself: {said}"),
                unheard = sender.sends_on(address) => panic!("{unheard:?} while the program served"),
            }
            program.kill().await;
        }
        if kill % 10 == 0 || kill == kills {
            assert_eq!(canary.in_folder(scratch.data.path()), [""; 0], "after {kill} kills, seed {seed}");
        }
    }

    let program = Program::start(&scratch, letters.port()).await;
    // What was cut off by the last kill is sent to its end.
    while sender.is_begun || sender.whole.is_empty() {
        sender.sends_pieces(program.address).await.expect("nobody kills it any more");
    }
    let view = sender.institution.view(program.address).await.expect("it answers").body;
    for hash in &sender.whole {
        assert!(view.contains(hash), "a file that was acknowledged is not there, seed {seed}");
    }
    eprintln!("{kills} kills; {} files whole, {} times one went on where it was", sender.whole.len(), sender.resumed);
    assert!(sender.resumed * 5 >= kills, "hardly any kill came in the middle of a file, seed {seed}");
    program.terminate().await;
    let (status, said) = program.ended().await;
    assert!(status.success(), "{status}: {said}");
    assert_eq!(canary.in_folder(scratch.data.path()), [""; 0], "seed {seed}");
    is_whole(&scratch).await;
}

#[both_engines]
async fn a_file_goes_on_where_the_program_was_killed_and_nothing_of_it_lies_in_clear(scratch: Scratch) {
    is_killed(scratch, 10).await;
}

#[both_engines]
#[ignore = "long: fifty kills on each engine"]
async fn a_file_outlives_fifty_kills_and_nothing_of_it_lies_in_clear(scratch: Scratch) {
    is_killed(scratch, 50).await;
}
