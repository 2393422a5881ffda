//! Many people who apply at once, and do not let go until they know what came of it.

use kernel::Uuid;
use rand::Rng as _;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::books::Told;
use crate::line::{self, Answer, Halfway, Unheard};
use crate::scratch::OFFERS;

/// How many people are at the door at once.
const AT_ONCE: usize = 24;

/// Everybody who ever came.
#[derive(Clone, Default)]
pub struct Crowd(Arc<Mutex<Ledger>>);

#[derive(Default)]
struct Ledger {
    /// The signed moment at which the form was opened.
    begun: String,
    people: usize,
    unanswered: VecDeque<Person>,
    answered: Vec<(Person, Outcome)>,
    contradictions: Vec<String>,
    /// Answers by which the program says that it cannot do it now.
    apologies: Vec<Answer>,
    lost: usize,
}

/// Somebody with a form that is filled in, and its key.
#[derive(Clone, Debug)]
struct Person {
    number: usize,
    session: &'static str,
    key: Uuid,
    /// What they were told before, if they only press the button again.
    earlier: Option<Outcome>,
}

/// Somebody whose form is on its way.
pub struct Applicant(Person);

/// What the portal said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Told(Told),
    Full,
}

/// The program's life, as those see it who ask.
pub struct Life {
    people: JoinSet<()>,
    over: watch::Sender<bool>,
    answers: watch::Receiver<usize>,
}

impl Crowd {
    /// Opens the form once for all of them; each has a key of their own.
    pub async fn opens_the_form(&self, address: SocketAddr) {
        let page = line::get(address, &format!("/apply/{}", OFFERS[0].address)).await.expect("the form is there");
        let begun = page.hidden("begun").unwrap_or_else(|| panic!("no form: {} {}", page.status, page.body));
        begun.clone_into(&mut self.lock().begun);
    }

    /// Everybody presses the button; whoever has an answer makes room for the next.
    pub fn applies(&self, address: SocketAddr) -> Life {
        let crowd = self.clone();
        Life::begins(AT_ONCE, move || {
            let crowd = crowd.clone();
            async move {
                let person = crowd.next();
                crowd.presses(person, address).await
            }
        })
    }

    /// Whoever has no answer yet presses the button again; so do these many who have one.
    pub async fn asks_again(&self, address: SocketAddr, of_the_answered: usize) {
        loop {
            let Some(person) = self.lock().unanswered.pop_front() else { break };
            assert!(self.presses(person, address).await, "the program is there to answer");
        }
        for _ in 0..of_the_answered {
            let person = self.lock().earlier();
            if let Some(person) = person {
                assert!(self.presses(person, address).await, "the program is there to answer");
            }
        }
    }

    /// So many newcomers send the head of their form, and keep the rest for the moment.
    pub async fn comes_halfway(&self, address: SocketAddr, people: usize) -> Vec<(Applicant, Halfway)> {
        let mut halfway = Vec::new();
        for _ in 0..people {
            let person = self.lock().newcomer();
            let form = person.form(&self.lock().begun);
            halfway.push((Applicant(person.clone()), Halfway::begin(address, &person.path(), &form).await));
        }
        halfway
    }

    /// They send the rest; how many of them had an answer.
    pub async fn goes_all_the_way(&self, halfway: Vec<(Applicant, Halfway)>) -> usize {
        let mut answered = 0;
        for (Applicant(person), line) in halfway {
            let heard = line.finish().await;
            answered += usize::from(self.lock().hears(person, heard));
        }
        answered
    }

    /// Answers by which the program said that it could not do it then.
    pub fn apologies(&self) -> Vec<Answer> {
        self.lock().apologies.clone()
    }

    /// Waits until the program has said so often that it could not do it.
    pub async fn is_put_off(&self, times: usize) {
        while self.lock().apologies.len() < times {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Everybody who was told something.
    pub fn told(&self) -> Vec<Told> {
        let told = |(_, outcome): &(Person, Outcome)| match outcome {
            Outcome::Told(told) => Some(*told),
            Outcome::Full => None,
        };
        self.lock().answered.iter().filter_map(told).collect()
    }

    /// How many were told that there is no room.
    pub fn turned_away(&self) -> usize {
        self.lock().answered.iter().filter(|(_, outcome)| *outcome == Outcome::Full).count()
    }

    /// How often a request was sent and no answer came.
    pub fn lost(&self) -> usize {
        self.lock().lost
    }

    /// Answers that no portal may give.
    pub fn contradictions(&self) -> Vec<String> {
        self.lock().contradictions.clone()
    }

    /// Who comes next: somebody without an answer, now and then somebody with one, else somebody new.
    fn next(&self) -> Person {
        let mut ledger = self.lock();
        if let Some(person) = ledger.unanswered.pop_front() {
            return person;
        }
        let again = if rand::rng().random_ratio(1, 20) { ledger.earlier() } else { None };
        again.unwrap_or_else(|| ledger.newcomer())
    }

    /// Presses the button; whether there was an answer.
    async fn presses(&self, person: Person, address: SocketAddr) -> bool {
        let form = person.form(&self.lock().begun);
        let heard = line::post(address, &person.path(), &form).await;
        self.lock().hears(person, heard)
    }

    fn lock(&self) -> MutexGuard<'_, Ledger> {
        self.0.lock().unwrap()
    }
}

impl Ledger {
    fn newcomer(&mut self) -> Person {
        self.people += 1;
        let number = self.people;
        let offer = if number.is_multiple_of(10) { 2 } else { number % 2 };
        Person { number, session: OFFERS[offer].address, key: Uuid::from_u128(rand::rng().random()), earlier: None }
    }

    fn earlier(&self) -> Option<Person> {
        let index = rand::rng().random_range(0..self.answered.len().max(1));
        self.answered.get(index).map(|(person, outcome)| Person { earlier: Some(*outcome), ..person.clone() })
    }

    /// Notes what was heard; whether it was an answer.
    fn hears(&mut self, person: Person, heard: Result<Answer, Unheard>) -> bool {
        let answer = match heard {
            Ok(answer) if answer.status < 500 => answer,
            no_answer => {
                match no_answer {
                    Ok(apology) => self.apologies.push(apology),
                    Err(unheard) => self.lost += usize::from(unheard == Unheard::Lost),
                }
                if person.earlier.is_none() {
                    self.unanswered.push_back(person);
                }
                return false;
            }
        };
        match (Outcome::of(&answer), person.earlier) {
            (Some(outcome), None) => self.answered.push((person, outcome)),
            (Some(outcome), Some(earlier)) if outcome == earlier => {}
            (Some(outcome), Some(earlier)) => self.contradictions.push(format!("{person:?} was told {earlier:?}, then {outcome:?}")),
            (None, _) => self.contradictions.push(format!("{person:?} was answered {}: {}", answer.status, answer.body)),
        }
        true
    }
}

impl Outcome {
    fn of(answer: &Answer) -> Option<Self> {
        match answer.status {
            303 => {
                let (id, done) = answer.header("location")?.strip_prefix("/applications/")?.split_once("?done=")?;
                let id = id.parse().ok()?;
                match done {
                    "applied" => Some(Self::Told(Told::Seat(id))),
                    "waiting" => Some(Self::Told(Told::Waiting(id))),
                    _ => None,
                }
            }
            409 if answer.body.contains("定員に達しました") => Some(Self::Full),
            _ => None,
        }
    }
}

impl Person {
    fn path(&self) -> String {
        format!("/apply/{}/confirmation", self.session)
    }

    fn form(&self, begun: &str) -> Vec<(&'static str, String)> {
        let number = self.number;
        vec![
            ("key", self.key.to_string()),
            ("begun", begun.to_owned()),
            ("family", "見本".to_owned()),
            ("given", format!("第{number}")),
            ("family_kana", "ミホン".to_owned()),
            ("given_kana", "ダイ".to_owned()),
            ("email", format!("person{number}@example.jp")),
            ("place", "見本内科クリニック".to_owned()),
            ("kind", "clinic".to_owned()),
            ("prefecture", "13".to_owned()),
            ("consent", "yes".to_owned()),
        ]
    }
}

impl Life {
    /// So many ask at once, again and again; `ask` says whether there was an answer.
    pub fn begins<F, Fut>(at_once: usize, ask: F) -> Self
    where
        F: Fn() -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = bool> + Send + 'static,
    {
        let (over, is_over) = watch::channel(false);
        let (answered, answers) = watch::channel(0);
        let mut people = JoinSet::new();
        for _ in 0..at_once {
            let (ask, is_over, answered) = (ask.clone(), is_over.clone(), answered.clone());
            people.spawn(async move {
                while !*is_over.borrow() {
                    if ask().await {
                        answered.send_modify(|answers| *answers += 1);
                    } else {
                        // The program is gone, which is known in a moment.
                        tokio::time::sleep(Duration::from_millis(2)).await;
                    }
                }
            });
        }
        Self { people, over, answers }
    }

    /// Waits until so many have been answered in this life.
    pub async fn has_answered(&mut self, answers: usize) {
        self.answers.wait_for(|answered| *answered >= answers).await.expect("people are there as long as the life");
    }

    /// The program is gone: waits until everybody has noticed.
    pub async fn ends(mut self) {
        self.over.send_replace(true);
        while let Some(left) = self.people.join_next().await {
            left.expect("everybody leaves in order");
        }
    }
}
