use access::Action;
use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid};
use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;

use crate::Words;

/// A thing that the audit trail knows by its id, as people know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub id: Uuid,
    /// What it is called; empty where it has no name of its own.
    pub name: String,
    /// The address of its page; empty where it has none.
    pub path: String,
}

/// For whom names are: in which language, and when.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// The words of their language.
    pub w: Words,
    /// The moment at which they read.
    pub now: Timestamp,
}

/// Names that are being looked up.
pub type Names<'t> = Pin<Box<dyn Future<Output = DbResult<Vec<Named>>> + 't>>;

/// How the things of one kind are named, made by [`naming!`](crate::naming!).
#[derive(Clone, Copy)]
pub struct Naming {
    /// The kind, as the trail has it.
    pub kind: &'static str,
    /// Who may open their pages.
    pub opens: Action,
    /// Names those of the ids that there still are, in one question.
    pub find: for<'t, 'c> fn(&'t mut Tx<'c>, &'t [Uuid], Reader) -> Names<'t>,
}

/// A kind of mail, and the kinds of things that it may be about. By them the delivery log says for whom a mail was: its address is
/// forgotten once it is sent.
pub type MailAbout = (&'static str, &'static [&'static str]);

/// Says how the things of a kind are named and who may open their pages, from an expression that names those with some ids.
#[macro_export]
macro_rules! naming {
    ($kind:literal, $opens:expr, |$tx:ident, $ids:ident, $reader:ident| $found:expr) => {{
        async fn found(
            $tx: &mut $crate::reexport::Tx<'_>,
            $ids: &[$crate::reexport::Uuid],
            $reader: $crate::Reader,
        ) -> $crate::reexport::DbResult<::std::vec::Vec<$crate::Named>> {
            $found
        }
        fn find<'t>(tx: &'t mut $crate::reexport::Tx<'_>, ids: &'t [$crate::reexport::Uuid], reader: $crate::Reader) -> $crate::Names<'t> {
            ::std::boxed::Box::pin(found(tx, ids, reader))
        }
        $crate::Naming { kind: $kind, opens: $opens, find }
    }};
}

impl Named {
    /// A thing with its name and the address of its page.
    pub fn new(id: Uuid, name: impl Into<String>, path: impl Into<String>) -> Self {
        Self { id, name: name.into(), path: path.into() }
    }
}

/// The names of all these things, each with its kind: one question for a kind, however many there are of it.
pub async fn names(tx: &mut Tx<'_>, namings: &[Naming], things: &[(&str, Uuid)], reader: Reader) -> DbResult<BTreeMap<Uuid, Named>> {
    let mut names = BTreeMap::new();
    for naming in namings {
        let ids: BTreeSet<Uuid> = things.iter().filter(|(kind, _)| *kind == naming.kind).map(|(_, id)| *id).collect();
        if !ids.is_empty() {
            let ids: Vec<Uuid> = ids.into_iter().collect();
            let found = (naming.find)(tx, &ids, reader).await?;
            names.extend(found.into_iter().map(|named| (named.id, named)));
        }
    }
    Ok(names)
}
