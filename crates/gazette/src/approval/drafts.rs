//! Texts of a list that become drafts: each once, under the number that it had elsewhere.

use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use people::lists::{Cells, Fate, How};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use web::{Filled, Frame, Portal, Visit, Words};

use super::room::Room;
use super::save::begin;
use super::store;
use super::typed;
use super::version::Wording;

/// The fact of a version that holds the number which it had elsewhere, until it is published.
pub const KEPT: &str = "kept";

/// The columns of the words, beside those of a room.
pub const WORDS: [(&str, &str); 4] = [("title_ja", "title"), ("body_ja", "body"), ("title_en", "title_en"), ("body_en", "body_en")];

/// A text of a list, in order.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it says, the kept number among its facts.
    pub wording: Wording,
    /// The number that it had elsewhere.
    pub kept: Option<String>,
}

/// The number that a version is to be published under.
pub fn kept(facts: &serde_json::Value) -> Option<&str> {
    facts.get(KEPT)?.as_str()
}

/// The words of a line by the rules of the form, and what is to be mended.
pub fn wording(cells: &Cells, w: Words) -> (Wording, Vec<String>) {
    let mut filled = Filled::default();
    for (field, column) in WORDS {
        filled.set(field, cells.get(column));
    }
    let wording = typed::wording(&mut filled, w);
    (wording, filled.errors().iter().map(|error| error.message.clone()).collect())
}

/// The frame of a page about lists of a room, and the way to it.
pub fn frame<R: Room>(portal: &Portal, visit: &Visit, title: String) -> Frame {
    let w = visit.words();
    let room = w.t(&format!("{}-staff-title", R::WORDS));
    Frame::new(portal, visit, title).in_office().crumb(room, R::PATH)
}

/// What would become of these drafts.
pub async fn plan<R: Room>(tx: &mut Tx<'_>, drafts: &[Draft], w: Words) -> DbResult<Vec<Fate>> {
    let standing = Standing::of::<R>(tx, drafts).await?;
    let (mut numbers, mut words) = (HashMap::new(), HashSet::new());
    let mut fates = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let title = &draft.wording.title_ja;
        let earlier = draft.kept.as_ref().and_then(|number| numbers.insert(number.clone(), title.clone()));
        let is_new_text = words.insert((title.clone(), draft.wording.body_ja.clone()));
        fates.push(match earlier {
            Some(earlier) => compared::<R>(&earlier, title, w),
            None if is_new_text => standing.fate::<R>(draft, w),
            None => Fate::Known,
        });
    }
    Ok(fates)
}

/// Makes these lines drafts, each once.
pub async fn bring_in<R: Room>(tx: &mut Tx<'_>, drafts: &[Draft], how: &How, now: Timestamp) -> DbResult<Vec<Fate>> {
    let (w, hand) = (Words::of(how.lang), Hand::of(&how.actor));
    let mut standing = Standing::of::<R>(tx, drafts).await?;
    let mut fates = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let fate = standing.fate::<R>(draft, w);
        if fate == Fate::New {
            let saved = begin(tx, R::KIND, &draft.wording, &hand, now).await?;
            if let Some(number) = &draft.kept {
                R::reserve(tx, number).await?;
            }
            let entry = Entry::by(&hand.actor).acting_as(hand.role_id()).did("texts.imported").on("text", saved.text);
            journal::record(tx, &entry.with(json!({ "list": how.list })), now).await?;
            standing.add(draft);
        }
        fates.push(fate);
    }
    Ok(fates)
}

/// What stands already of what a list says.
struct Standing {
    /// The titles of the texts that have its numbers, or are to be published under them.
    holders: HashMap<String, String>,
    /// What texts of its titles say, or ever said, in Japanese.
    said: HashSet<(String, String)>,
}

impl Standing {
    /// Asks three questions, however long the list is.
    async fn of<R: Room>(tx: &mut Tx<'_>, drafts: &[Draft]) -> DbResult<Self> {
        let numbers: Vec<&str> = drafts.iter().filter_map(|draft| draft.kept.as_deref()).collect();
        let mut holders = HashMap::new();
        if !numbers.is_empty() {
            let versions = store::versions_with_number(tx, R::KIND).await?;
            holders.extend(versions.into_iter().filter_map(|(facts, title)| Some((kept(&facts)?.to_owned(), title))));
            // Whoever is public has the number, whatever a draft says.
            holders.extend(R::holders(tx, &numbers).await?);
        }
        let titles: Vec<&str> = drafts.iter().map(|draft| draft.wording.title_ja.as_str()).collect();
        Ok(Self { holders, said: store::said(tx, R::KIND, &titles).await?.into_iter().collect() })
    }

    /// New, there before, or under a number that another text has.
    fn fate<R: Room>(&self, draft: &Draft, w: Words) -> Fate {
        let (title, body) = (&draft.wording.title_ja, &draft.wording.body_ja);
        if let Some(holder) = draft.kept.as_ref().and_then(|number| self.holders.get(number)) {
            return compared::<R>(holder, title, w);
        }
        if self.said.contains(&(title.clone(), body.clone())) { Fate::Known } else { Fate::New }
    }

    /// Stands from now on.
    fn add(&mut self, draft: &Draft) {
        let title = &draft.wording.title_ja;
        self.said.insert((title.clone(), draft.wording.body_ja.clone()));
        if let Some(number) = &draft.kept {
            self.holders.insert(number.clone(), title.clone());
        }
    }
}

/// What a number that `holder` has means for a text of this title: it is there before, or the number is another's.
fn compared<R: Room>(holder: &str, title: &str, w: Words) -> Fate {
    if kernel::fold(holder) == kernel::fold(title) { Fate::Known } else { Fate::Not(vec![w.one(R::TAKEN, "title", holder)]) }
}
