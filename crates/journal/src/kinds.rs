//! The kinds of jobs and of mails, each named once: beside the verb that queues it, for whoever does it.

/// What is queued under a kind, and its name as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Work.
    Job(&'static str),
    /// A mail.
    Mail(&'static str),
}

inventory::collect!(Kind);

/// Every kind that [`kinds!`](crate::kinds!) names in the running program, in no order: one test sees that somebody does each.
pub fn kinds() -> impl Iterator<Item = Kind> {
    inventory::iter::<Kind>.into_iter().copied()
}

/// Names kinds of jobs and mails: constants for whoever queues one and for whoever does it.
///
/// ```
/// journal::kinds! {
///     /// The job that lets go of a held place.
///     pub Job LET_GO = "trainings.let_go";
///     /// The mail that says so.
///     Mail TOLD = "trainings.told";
/// }
/// assert!(journal::kinds().any(|kind| kind == journal::Kind::Job(LET_GO)));
/// assert!(journal::kinds().any(|kind| kind == journal::Kind::Mail(TOLD)));
/// ```
#[macro_export]
macro_rules! kinds {
    ($($(#[$meta:meta])* $vis:vis $what:ident $name:ident = $word:literal;)+) => {$(
        $(#[$meta])*
        $vis const $name: &str = $word;

        $crate::reexport::inventory::submit! { $crate::Kind::$what($name) }
    )+};
}
