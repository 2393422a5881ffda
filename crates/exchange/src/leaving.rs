use jiff::Timestamp;
use std::collections::BTreeMap;

use crate::facts::{Case, ENTRIES, Evidence, Facts, Happening, Item, TEXT, Told};
use crate::lexicon::Lexicon;
use crate::mask::Mask;
use crate::moments;
use crate::receiver::{Paper, Receiver};
use crate::{Indicator, Tlp};

/// What of a case goes to one receiver on one paper. The writers of files see nothing else.
#[derive(Clone, Debug)]
pub struct Leaving<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) receiver: &'a Receiver,
    pub(crate) paper: Paper<'a>,
    pub(crate) case: Case,
    pub(crate) victim: Victim,
    pub(crate) words: BTreeMap<String, Item>,
    pub(crate) indicators: Vec<Indicator>,
    pub(crate) timeline: Vec<Happening>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) issue: Issue,
    pub(crate) at: Timestamp,
    stayed: Vec<Stayed>,
    tlp: Tlp,
}

/// Whose case it is, as the receiver may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Victim {
    /// Their name, or 病院（100～199床、東北）.
    pub label: String,
    /// Only where names are given.
    pub prefecture: Option<String>,
    pub region: Option<String>,
    pub bed_class: Option<String>,
}

/// Which report of a case this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issue {
    /// 第何報か, from 1.
    pub number: u32,
    /// Whether it is the last: 確報.
    pub is_final: bool,
}

/// Something that does not go, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stayed {
    /// The id of a fact, or `indicators`, `timeline`, `logs_kept`.
    pub fact: String,
    /// How many entries.
    pub count: usize,
    /// Why.
    pub why: Why,
}

/// Why something does not go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It is TLP:RED, which goes to nobody.
    Red,
    /// It is stricter than this receiver may have.
    TooStrict,
    /// It says who the institution is, and this receiver gets no names.
    Names,
}

/// Why nothing goes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotLeaving {
    /// A field that is not on the list.
    #[error("{0} is not among what may leave a case")]
    NotAllowed(String),
    /// A text or a list beyond all reason.
    #[error("{0} is too long")]
    TooLong(String),
    /// A hash that is none.
    #[error("evidence {0} has no SHA-256")]
    NoHash(u32),
    /// That there is such a case is stricter than this receiver may have.
    #[error("the case is {0}")]
    CaseTooStrict(Tlp),
    /// This receiver is not given such a paper.
    #[error("this receiver is not given such a paper")]
    NotTheirPaper,
}

/// What programs are told of a case besides what they ask for.
const IN_CLEAR: [&str; 14] = [
    "case_no",
    "institution",
    "institution_kind",
    "prefecture",
    "beds",
    "known_at",
    "event",
    "stage",
    "spread",
    "backup",
    "product",
    "care_impact",
    "data_exit",
    "path",
];

impl Issue {
    /// 第1報、速報
    pub const FIRST: Self = Self { number: 1, is_final: false };
}

impl<'a> Leaving<'a> {
    /// Lets through what `receiver` may have for this paper, and masks who it is about where they get no names.
    pub fn of(
        facts: Facts,
        receiver: &'a Receiver,
        paper: &str,
        issue: Issue,
        lexicon: &'a Lexicon,
        at: Timestamp,
    ) -> Result<Self, NotLeaving> {
        let Facts { case, told } = facts;
        told.check(lexicon)?;
        let wanted = receiver.papers.iter().any(|id| id == paper);
        let paper = lexicon.paper(paper).filter(|_| wanted).ok_or(NotLeaving::NotTheirPaper)?;
        if !case.tlp.goes_to(receiver.tlp) {
            return Err(NotLeaving::CaseTooStrict(case.tlp));
        }
        let door = Door::of(&told, &case, receiver, lexicon);
        let victim = door.victim(&told, &case);
        let mut leaving = Self {
            lexicon,
            receiver,
            paper,
            victim,
            words: BTreeMap::new(),
            indicators: Vec::new(),
            timeline: Vec::new(),
            evidence: Vec::new(),
            issue,
            at,
            stayed: Vec::new(),
            tlp: case.tlp,
            case: door.case(case),
        };
        leaving.take(told, &door);
        Ok(leaving)
    }

    fn take(&mut self, mut told: Told, door: &Door<'_>) {
        let paper = self.paper;
        // Lines with a time each are entries, which programs and tables can sort.
        if let Some(entries) = told.words.get("timeline").and_then(Item::happenings) {
            told.words.remove("timeline");
            told.timeline.extend(entries);
        }
        for (fact, item) in told.words.into_iter().filter(|(fact, _)| paper.asks_for(fact)) {
            let names = !door.names() && self.lexicon.fact(&fact).is_none_or(|kind| kind.identifies);
            // The number of beds is in the victim's class, where no names are given.
            let is_in_class = fact == "beds" && !door.names();
            if !is_in_class && self.admits(&fact, item.tlp, door.why_not(item.tlp).or(names.then_some(Why::Names))) {
                let item = Item { text: door.text(&item.text), ..item };
                self.words.insert(fact, item);
            }
        }
        for it in told.indicators.into_iter().filter(|_| paper.asks_for("indicators")) {
            let names = !door.names() && door.mask.names(&it.sign.value(), it.sign.host());
            if self.admits("indicators", it.tlp, door.why_not(it.tlp).or(names.then_some(Why::Names))) {
                self.indicators.push(Indicator { note: door.text(&it.note), ..it });
            }
        }
        for it in told.timeline.into_iter().filter(|_| paper.asks_for("timeline")) {
            if self.admits("timeline", it.tlp, door.why_not(it.tlp)) {
                self.timeline.push(Happening { text: door.text(&it.text), ..it });
            }
        }
        for it in told.evidence.into_iter().filter(|_| paper.asks_for("logs_kept")) {
            if self.admits("logs_kept", it.tlp, door.why_not(it.tlp)) {
                self.evidence.push(it);
            }
        }
        self.timeline.sort_by_key(|it| it.at);
        self.evidence.sort_by_key(|it| it.number);
        self.indicators.sort_by(|a, b| a.sign.cmp(&b.sign));
        // Noted twice, it goes once: under the stricter of its marks.
        self.indicators.dedup_by(|later, first| {
            let same = later.sign == first.sign;
            if same {
                first.tlp = first.tlp.max(later.tlp);
            }
            same
        });
    }

    /// Whether something goes; what stays is noted down with why.
    fn admits(&mut self, fact: &str, tlp: Tlp, why_not: Option<Why>) -> bool {
        let Some(why) = why_not else {
            self.tlp = self.tlp.max(tlp);
            return true;
        };
        match self.stayed.iter_mut().find(|it| it.fact == fact && it.why == why) {
            Some(it) => it.count += 1,
            None => self.stayed.push(Stayed { fact: fact.to_owned(), count: 1, why }),
        }
        false
    }

    /// Whether this is a final report.
    pub const fn is_final(&self) -> bool {
        self.issue.is_final
    }

    /// The mark of the whole: the strictest of what goes.
    pub const fn tlp(&self) -> Tlp {
        self.tlp
    }

    /// What does not go, and why.
    pub fn what_stayed(&self) -> &[Stayed] {
        &self.stayed
    }

    /// Whose case it is, as the receiver may know it.
    pub fn victim(&self) -> &str {
        &self.victim.label
    }

    /// Each thing that goes, for whoever looks at it before it does: its fact, its mark, its words.
    pub fn preview(&self) -> Vec<(String, Tlp, String)> {
        let in_clear: &[&str] = if matches!(self.paper, Paper::Form(_)) { &[] } else { &IN_CLEAR };
        let words = in_clear.iter().copied().chain(self.paper.facts()).filter_map(|fact| {
            let kind = self.lexicon.fact(fact)?;
            let (tlp, text) = self.said(fact)?;
            Some((kind.name.ja.clone(), tlp, text))
        });
        words.collect()
    }

    /// What is known of a fact: its mark and its words. What nobody knows yet is none.
    pub(crate) fn said(&self, fact: &str) -> Option<(Tlp, String)> {
        if let Some(item) = self.words.get(fact).filter(|item| !item.text.trim().is_empty()) {
            return Some((item.tlp, item.text.trim().to_owned()));
        }
        let strictest = |marks: &mut dyn Iterator<Item = Tlp>| marks.max().unwrap_or(self.case.tlp);
        match fact {
            "indicators" if !self.indicators.is_empty() => {
                let lines = self.indicators.iter().map(|it| format!("{} {}", it.sign.for_people(), it.sign.defanged()));
                Some((strictest(&mut self.indicators.iter().map(|it| it.tlp)), lines.collect::<Vec<_>>().join("\n")))
            }
            "timeline" if !self.timeline.is_empty() => {
                let lines = self.timeline.iter().map(|it| format!("{}　{}", moments::for_people(it.at), it.text));
                Some((strictest(&mut self.timeline.iter().map(|it| it.tlp)), lines.collect::<Vec<_>>().join("\n")))
            }
            "logs_kept" if !self.evidence.is_empty() => {
                let lines = self.evidence.iter().map(|it| format!("証拠{}　SHA-256 {}", it.number, it.sha256_plain));
                Some((strictest(&mut self.evidence.iter().map(|it| it.tlp)), lines.collect::<Vec<_>>().join("\n")))
            }
            fact => self.in_clear(fact).map(|text| (self.case.tlp, text)),
        }
    }

    fn in_clear(&self, fact: &str) -> Option<String> {
        let case = &self.case;
        match fact {
            "case_no" => Some(case.number.clone()),
            "report_no" => Some(format!("第{}報", self.issue.number)),
            "report_kind" => Some(if self.issue.is_final { "確報" } else { "速報" }.to_owned()),
            "institution" => Some(self.victim.label.clone()),
            "institution_kind" => self.lexicon.kinds.get(case.institution_kind.as_ref()?).map(|it| it.ja.clone()),
            "prefecture" => self.victim.prefecture.clone().or_else(|| self.victim.region.clone()),
            "beds" => self.victim.bed_class.clone(),
            "known_at" => case.known_at.map(moments::for_people),
            "event" => self.lexicon.events.get(case.event.as_ref()?).map(|it| it.ja.clone()),
            "stage" => self.lexicon.stages.get(&case.stage?).map(|it| it.label.ja.clone()),
            axis => {
                let value = case.axes.get(axis).filter(|value| !matches!(value.as_str(), "unknown" | "unanswered"))?;
                self.lexicon.axis_value(axis, value).map(|it| it.ja.clone())
            }
        }
    }

    /// A text for people: what others can look for stands in it so that nobody presses it by mistake.
    pub(crate) fn for_people(&self, text: &str) -> String {
        let mut signs: Vec<(String, String)> = self.indicators.iter().map(|it| (it.sign.value(), it.sign.defanged())).collect();
        // The longest first: an address of a page holds that of its host.
        signs.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
        signs.iter().fold(text.to_owned(), |text, (value, shown)| text.replace(value, shown))
    }

    /// What stands where nothing is known yet: 調査中, and until when there will be more.
    pub(crate) fn not_known_yet(&self) -> String {
        match self.case.next_word_at.filter(|next| *next > self.at) {
            Some(next) => format!("{}（次のお知らせ：{}まで）", self.lexicon.unknown.ja, moments::for_people(next)),
            None => self.lexicon.unknown.ja.clone(),
        }
    }

    /// 【訓練】 before everything that an exercise is called.
    pub(crate) fn titled(&self, title: &str) -> String {
        if self.case.is_drill { format!("【訓練】{title}") } else { title.to_owned() }
    }
}

/// What lets through: the receiver's ceiling, and the mask.
struct Door<'a> {
    receiver: &'a Receiver,
    lexicon: &'a Lexicon,
    mask: Mask,
}

impl<'a> Door<'a> {
    fn of(told: &Told, case: &Case, receiver: &'a Receiver, lexicon: &'a Lexicon) -> Self {
        let identifies = |fact: &str| lexicon.fact(fact).is_some_and(|kind| kind.identifies);
        // How many beds there are tells an institution from its neighbours.
        let names = told.words.iter().filter(|(fact, _)| identifies(fact) || *fact == "beds").map(|(_, item)| item.text.as_str());
        let prefecture = case.prefecture.as_ref().and_then(|code| lexicon.prefectures.get(code)).map(|it| it.name.as_str());
        let mask = if receiver.names { Mask::default() } else { Mask::knowing(names.chain(prefecture), &lexicon.shared_hosts) };
        Self { receiver, lexicon, mask }
    }

    const fn names(&self) -> bool {
        self.receiver.names
    }

    fn why_not(&self, tlp: Tlp) -> Option<Why> {
        match tlp {
            Tlp::Red => Some(Why::Red),
            tlp if !tlp.goes_to(self.receiver.tlp) => Some(Why::TooStrict),
            _ => None,
        }
    }

    fn text(&self, text: &str) -> String {
        if self.names() { text.to_owned() } else { self.mask.text(text) }
    }

    fn case(&self, case: Case) -> Case {
        if self.names() { case } else { Case { prefecture: None, ..case } }
    }

    fn victim(&self, told: &Told, case: &Case) -> Victim {
        let place = case.prefecture.as_ref().and_then(|code| self.lexicon.prefectures.get(code));
        let kind = case.institution_kind.as_ref().and_then(|id| self.lexicon.kinds.get(id)).map_or("医療機関", |it| it.ja.as_str());
        let beds = told.words.get("beds").filter(|item| self.why_not(item.tlp).is_none()).and_then(|item| number_in(&item.text));
        let bed_class = beds.and_then(|beds| self.lexicon.bed_class(beds)).map(|class| match class {
            (from, Some(until)) => format!("{from}～{until}床"),
            (from, None) => format!("{from}床以上"),
        });
        let region = place.map(|it| it.region.ja.clone());
        let about: Vec<&str> = [&bed_class, &region].into_iter().flatten().map(String::as_str).collect();
        let described = if about.is_empty() { kind.to_owned() } else { format!("{kind}（{}）", about.join("、")) };
        let name = told.words.get("institution").filter(|item| self.names() && self.why_not(item.tlp).is_none());
        Victim {
            label: name.map(|item| item.text.trim().to_owned()).filter(|name| !name.is_empty()).unwrap_or(described),
            prefecture: place.filter(|_| self.names()).map(|it| it.name.clone()),
            region,
            bed_class,
        }
    }
}

impl Told {
    /// Whether there is nothing in it but what the list names, within reason.
    fn check(&self, lexicon: &Lexicon) -> Result<(), NotLeaving> {
        let too_long = |text: &str| text.chars().count() > TEXT;
        for (fact, item) in &self.words {
            if !lexicon.fact(fact).is_some_and(|kind| kind.sealed) {
                return Err(NotLeaving::NotAllowed(fact.clone()));
            }
            if too_long(&item.text) {
                return Err(NotLeaving::TooLong(fact.clone()));
            }
        }
        let texts = self.timeline.iter().map(|it| ("timeline", &it.text)).chain(self.indicators.iter().map(|it| ("indicators", &it.note)));
        if let Some((list, _)) = texts.into_iter().find(|(_, text)| too_long(text)) {
            return Err(NotLeaving::TooLong(list.to_owned()));
        }
        let lists = [("timeline", self.timeline.len()), ("indicators", self.indicators.len()), ("logs_kept", self.evidence.len())];
        if let Some((list, _)) = lists.into_iter().find(|(_, entries)| *entries > ENTRIES) {
            return Err(NotLeaving::TooLong(list.to_owned()));
        }
        let is_hash = |text: &str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        match self.evidence.iter().find(|it| !is_hash(&it.sha256_plain) || !it.sha256_stored.as_deref().is_none_or(is_hash)) {
            Some(it) => Err(NotLeaving::NoHash(it.number)),
            None => Ok(()),
        }
    }
}

/// 180床 → 180
fn number_in(text: &str) -> Option<u32> {
    use unicode_normalization::UnicodeNormalization;
    let digits: String =
        text.nfkc().skip_while(|c| !c.is_ascii_digit()).take_while(|c| c.is_ascii_digit() || *c == ',').filter(|c| *c != ',').collect();
    digits.parse().ok()
}
