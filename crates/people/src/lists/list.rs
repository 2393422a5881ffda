use access::Actor;
use db::{DbResult, Tx};
use intake::Column;
use kernel::{Lang, Timestamp, Uuid, id};
use std::collections::BTreeMap;
use std::sync::Arc;
use web::{Frame, Portal, Visit, Words};

id!(
    /// A list that somebody sent.
    ListId
);

/// A kind of list: what differs; uploading, the preview, bringing in and what is given back are the same for all.
///
/// The keys of its words begin with `lists-{KIND}-`.
pub trait List: Send + Sync + 'static {
    /// What the list is brought into, as it was found.
    type Target: Clone + Send + Sync + 'static;
    /// A sound line.
    type Row: Clone + Send + Sync + 'static;

    /// The word in the database and in keys.
    const KIND: &'static str;
    /// The address under which its pages stand; `{id}` names the target.
    const BASE: &'static str;
    /// The columns; the first name of each is the heading in the template.
    const COLUMNS: &'static [Column<&'static str>];
    /// The columns of the template, in its order; `lists-{KIND}-example-{column}` is what its example says there.
    const TEMPLATE: &'static [&'static str];
    /// The columns that the preview shows.
    const SHOWN: &'static [&'static str];
    /// Whether its lines are people, who must have agreed, and may be told by mail.
    const PEOPLE: bool;

    /// What an address names.
    fn find(tx: &mut Tx<'_>, target: &str) -> impl Future<Output = DbResult<Option<Self::Target>>>;

    /// The frame of a page with this title, and the way to it.
    fn frame(target: &Self::Target, portal: &Portal, visit: &Visit, title: String) -> Frame;

    /// The base, with the target's id in it.
    fn path(target: &Self::Target) -> String;

    /// The page that shows what was brought in.
    fn shelf(target: &Self::Target) -> String;

    /// The line above the heading, empty if none.
    fn over(_: &Self::Target, _: &Visit) -> String {
        String::new()
    }

    /// Why nothing can be brought in at the moment, in words.
    fn refusal(_: &Self::Target, _: &Visit) -> Option<String> {
        None
    }

    /// What is there of seats, in words; empty if that is no question.
    fn room(_: &Self::Target, _: Words) -> String {
        String::new()
    }

    /// What it is recorded on in the audit trail; nothing: the list itself.
    fn object(_: &Self::Target) -> Option<(&'static str, Uuid)> {
        None
    }

    /// Which columns are missing, in words, although none of them alone is required.
    fn missing(_: &dyn Fn(&str) -> bool, _: Words) -> Option<String> {
        None
    }

    /// Checks a line by the rules of the form that people fill in.
    fn check(
        tx: &mut Tx<'_>,
        target: &Self::Target,
        cells: &Cells,
        w: Words,
        now: Timestamp,
    ) -> impl Future<Output = DbResult<Result<Checked<Self>, Vec<String>>>>
    where
        Self: Sized;

    /// What would become of these lines, brought in after each other. Changes nothing.
    fn plan(
        tx: &mut Tx<'_>,
        target: &Self::Target,
        rows: &[Self::Row],
        w: Words,
        now: Timestamp,
    ) -> impl Future<Output = DbResult<Vec<Fate>>>;

    /// Brings these lines in, in their order.
    fn bring_in(
        tx: &mut Tx<'_>,
        target: &Self::Target,
        rows: &[Self::Row],
        how: &How,
        now: Timestamp,
    ) -> impl Future<Output = DbResult<Vec<Fate>>>;
}

/// A line that is in order.
#[derive(Clone, Debug)]
pub struct Checked<L: List> {
    /// What it says.
    pub row: L::Row,
    /// What somebody should look at, though it can be brought in.
    pub cares: Vec<String>,
}

/// What becomes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    New,
    /// It is new, and stands on a waiting list.
    Waiting,
    /// It was there before.
    Known,
    /// It is not brought in, and this is why.
    Not(Vec<String>),
}

/// How lines are brought in.
#[derive(Clone, Debug)]
pub struct How {
    /// Who does it.
    pub actor: Arc<Actor>,
    /// By which list.
    pub list: ListId,
    /// Whether people are told by mail.
    pub tells: bool,
    /// The language of whoever does it.
    pub lang: Lang,
}

/// The cells of a line, by their columns, without surrounding blanks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells(BTreeMap<&'static str, String>);

impl Cells {
    /// With this cell.
    pub(super) fn put(&mut self, column: &'static str, text: &str) {
        self.0.insert(column, text.to_owned());
    }

    /// What stands in a column; empty if it is not there.
    pub fn get(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }
}

impl Fate {
    /// The word in the database and at the end of keys.
    pub(super) const fn id(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Waiting => "waiting",
            Self::Known => "known",
            Self::Not(_) => "not",
        }
    }

    /// The shape that the style sheet draws beside the word.
    pub(super) const fn shape(&self) -> &'static str {
        match self {
            Self::New => "done",
            Self::Waiting => "full",
            Self::Known => "closed",
            Self::Not(_) => "cancelled",
        }
    }

    /// What is to be mended, on lines of its own.
    pub(super) fn why(&self) -> String {
        match self {
            Self::Not(why) => why.join("\n"),
            _ => String::new(),
        }
    }

    /// As it was stored.
    pub(super) fn stored(id: &str, why: &str) -> Self {
        match id {
            "new" => Self::New,
            "waiting" => Self::Waiting,
            "known" => Self::Known,
            _ => Self::Not(why.lines().map(str::to_owned).collect()),
        }
    }
}
