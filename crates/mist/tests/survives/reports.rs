//! Programs that report to the record store what people learn, and do not let go of a report until they know what came of it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::Uuid;
use rand::Rng as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::crowd::Life;
use crate::line::{self, Answer, Unheard};

/// How many programs report at once.
const AT_ONCE: usize = 6;
/// Where statements are sent to and asked for.
const STATEMENTS: &str = "/xapi/statements";
/// How many statements a page of a list has: fewer than most reports have together, so that there is more than one.
const PAGE: usize = 50;

/// The id of the first statement of the first report, and how far the first ones of two reports are apart.
const FIRST: u128 = 0x0190_0000_0000_7000_8000_0000_0000_0000;
const APART: u128 = 1000;

/// All programs, with one key and secret.
#[derive(Clone)]
pub struct Reporters {
    authorization: String,
    ledger: Arc<Mutex<Ledger>>,
}

#[derive(Default)]
struct Ledger {
    reports: usize,
    unanswered: VecDeque<Report>,
    answered: Vec<Report>,
    contradictions: Vec<String>,
    lost: usize,
}

/// A request that stores statements. Everything in it follows from its number.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    number: usize,
    /// Whether it may have got to the program.
    pub was_sent: bool,
    /// Whether it has had its answer before.
    is_again: bool,
}

/// How statements are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// So many in one POST.
    Posted(usize),
    /// One by PUT.
    Put,
    /// One in a POST, with a file behind it.
    Attached,
}

impl Report {
    const fn new(number: usize) -> Self {
        Self { number, was_sent: false, is_again: false }
    }

    const fn how(self) -> How {
        match self.number % 10 {
            0..=2 => How::Posted(1),
            3 | 4 => How::Put,
            5..=7 => How::Posted(10),
            8 => How::Attached,
            _ => How::Posted(100),
        }
    }

    /// How many statements it has.
    pub const fn len(self) -> usize {
        match self.how() {
            How::Posted(count) => count,
            How::Put | How::Attached => 1,
        }
    }

    fn id(self, nth: usize) -> String {
        Uuid::from_u128(FIRST + self.number as u128 * APART + nth as u128).to_string()
    }

    /// The ids of its statements, in their order.
    pub fn ids(self) -> Vec<String> {
        (0..self.len()).map(|nth| self.id(nth)).collect()
    }

    /// What comes behind its statement, if something does.
    pub fn content(self) -> Option<String> {
        (self.how() == How::Attached).then(|| format!("第{}報の控え\n", self.number).repeat(1000))
    }

    fn statement(self, nth: usize) -> Value {
        let number = self.number;
        let mut statement = json!({
            "id": self.id(nth),
            "actor": { "mbox": format!("mailto:person{number}@example.jp"), "name": "見本" },
            "verb": { "id": "http://adlnet.gov/expapi/verbs/experienced", "display": { "ja": "見た" } },
            "object": { "id": format!("https://lms.example.jp/lessons/{nth}"), "definition": { "name": { "ja": format!("第{nth}課") } } },
            "result": { "response": format!("第{number}報の{nth}"), "score": { "scaled": 0.5 } },
            "timestamp": "2025-11-22T09:00:00.000Z",
        });
        if let Some(content) = self.content() {
            statement["attachments"] = json!([{
                "usageType": "https://lms.example.jp/usages/notes", "display": { "ja": "控え" }, "contentType": "text/plain",
                "length": content.len(), "sha2": hash(&content),
            }]);
        }
        statement
    }

    async fn send(self, address: SocketAddr, authorization: &str) -> Result<Answer, Unheard> {
        let mut statements: Vec<Value> = (0..self.len()).map(|nth| self.statement(nth)).collect();
        let json = if statements.len() == 1 { statements.remove(0).to_string() } else { Value::Array(statements).to_string() };
        let (method, path) = match self.how() {
            How::Put => ("PUT", format!("{STATEMENTS}?statementId={}", self.id(0))),
            How::Posted(_) | How::Attached => ("POST", STATEMENTS.to_owned()),
        };
        let (kind, body) = match self.content() {
            Some(content) => ("multipart/mixed; boundary=edge", in_parts(&json, &content)),
            None => ("application/json", json),
        };
        line::speak(address, (method, &path), &format!("{}content-type: {kind}\r\n", headers(authorization)), body.as_bytes()).await
    }

    /// What is wrong with an answer to it, if anything is. Where the list of ids was cut off, the head of the answer stands for it.
    fn contradicts(self, answer: &Answer) -> bool {
        let status = if self.how() == How::Put { 204 } else { 200 };
        answer.status != status || serde_json::from_str::<Vec<String>>(&answer.body).is_ok_and(|ids| ids != self.ids())
    }
}

/// The statement that was sent under this id, if one can have been.
pub fn sent_under(id: &str) -> Option<Value> {
    let place = id.parse::<Uuid>().ok()?.as_u128().checked_sub(FIRST)?;
    let report = Report::new(usize::try_from(place / APART).ok()?);
    let nth = usize::try_from(place % APART).ok()?;
    (nth < report.len()).then(|| report.statement(nth))
}

fn hash(content: &str) -> String {
    hex::encode(Sha256::digest(content))
}

fn in_parts(json: &str, content: &str) -> String {
    let head = format!("Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {}\r\n\r\n", hash(content));
    format!("--edge\r\nContent-Type: application/json\r\n\r\n{json}\r\n--edge\r\n{head}{content}\r\n--edge--\r\n")
}

fn headers(authorization: &str) -> String {
    format!("authorization: {authorization}\r\nx-experience-api-version: 2.0.0\r\n")
}

impl Reporters {
    pub fn new(key: &str, secret: &str) -> Self {
        let authorization = format!("Basic {}", STANDARD.encode(format!("{key}:{secret}")));
        Self { authorization, ledger: Arc::default() }
    }

    /// All of them report; who has an answer goes on to the next report.
    pub fn report(&self, address: SocketAddr) -> Life {
        let reporters = self.clone();
        Life::begins(AT_ONCE, move || {
            let reporters = reporters.clone();
            async move {
                let report = reporters.lock().next();
                reporters.sends(report, address).await
            }
        })
    }

    /// Whatever has no answer yet is sent again.
    pub async fn send_again(&self, address: SocketAddr) {
        loop {
            let Some(report) = self.lock().unanswered.pop_front() else { break };
            assert!(self.sends(report, address).await, "the program is there to answer");
        }
    }

    /// Sends a report; whether there was an answer.
    async fn sends(&self, report: Report, address: SocketAddr) -> bool {
        let heard = report.send(address, &self.authorization).await;
        self.lock().hears(report, heard)
    }

    /// Those that were answered, behind so many of them.
    pub fn answered(&self, behind: usize) -> Vec<Report> {
        self.lock().answered[behind..].to_vec()
    }

    /// Those of which nobody knows what came of them.
    pub fn unanswered(&self) -> Vec<Report> {
        self.lock().unanswered.iter().copied().collect()
    }

    /// Answers that no store may give.
    pub fn contradictions(&self) -> Vec<String> {
        self.lock().contradictions.clone()
    }

    /// How often a request was sent and no answer came.
    pub fn lost(&self) -> usize {
        self.lock().lost
    }

    /// The statement with an id, as a program reads it.
    pub async fn reads(&self, address: SocketAddr, id: &str) -> Option<Value> {
        let answer = self.asks(address, &format!("{STATEMENTS}?statementId={id}")).await;
        (answer.status == 200).then(|| serde_json::from_str(&answer.body).expect("a statement"))
    }

    /// The statement with an id and what came behind it, as it stands in the answer.
    pub async fn reads_whole(&self, address: SocketAddr, id: &str) -> String {
        self.asks(address, &format!("{STATEMENTS}?statementId={id}&attachments=true")).await.body
    }

    /// Everything that was stored since, the first stored first, page by page; and up to when that is everything.
    pub async fn lists(&self, address: SocketAddr, since: Option<&str>) -> (Vec<Value>, String) {
        let since = since.map_or_else(String::new, |since| format!("&since={since}"));
        let mut path = format!("{STATEMENTS}?ascending=true&limit={PAGE}{since}");
        let (mut all, mut through) = (Vec::new(), None);
        loop {
            let answer = self.asks(address, &path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            let said = answer.header("x-experience-api-consistent-through").expect("every list says so").to_owned();
            through.get_or_insert(said);
            let page: Value = serde_json::from_str(&answer.body).expect("a page");
            all.extend(page["statements"].as_array().expect("a list").iter().cloned());
            match page["more"].as_str() {
                None | Some("") => return (all, through.unwrap_or_default()),
                Some(more) => more.clone_into(&mut path),
            }
        }
    }

    async fn asks(&self, address: SocketAddr, path: &str) -> Answer {
        let heard = line::speak(address, ("GET", path), &headers(&self.authorization), b"").await;
        heard.unwrap_or_else(|unheard| panic!("{path}: {unheard:?}"))
    }

    fn lock(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap()
    }
}

impl Ledger {
    /// What is sent next: something without an answer, now and then something with one, else something new.
    fn next(&mut self) -> Report {
        if let Some(report) = self.unanswered.pop_front() {
            return report;
        }
        let mut dice = rand::rng();
        if !self.answered.is_empty() && dice.random_ratio(1, 20) {
            return Report { is_again: true, ..self.answered[dice.random_range(0..self.answered.len())] };
        }
        self.reports += 1;
        Report::new(self.reports)
    }

    /// Notes what was heard; whether it was an answer.
    fn hears(&mut self, report: Report, heard: Result<Answer, Unheard>) -> bool {
        let unheard = match heard {
            Ok(answer) => {
                if report.contradicts(&answer) {
                    self.contradictions.push(format!("{report:?} was answered {}: {}", answer.status, answer.body));
                }
                if !report.is_again {
                    self.answered.push(report);
                }
                return true;
            }
            Err(unheard) => unheard,
        };
        let is_lost = unheard == Unheard::Lost;
        self.lost += usize::from(is_lost);
        if !report.is_again {
            self.unanswered.push_back(Report { was_sent: report.was_sent || is_lost, ..report });
        }
        false
    }
}
