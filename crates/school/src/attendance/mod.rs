//! Attendance: who was in a session, how long, and what follows from it.
//!
//! What meeting tools give out is brought in ([`import`]), each participant is matched with an applicant or waits for a person in
//! the queue ([`settle`]), minutes are the union of everything that is known ([`minutes`]), and closing ([`close`]) decides about
//! everybody at once. Nobody is present by a guess, nobody absent while a participant may still be them; every decision can be
//! taken back, and whoever it is about sees it with its reason and can write back ([`object`]).

pub mod answer;
pub mod attendee;
pub mod close;
pub mod files;
pub mod import;
pub mod mark;
pub mod matching;
pub mod minutes;
pub mod object;
pub mod presence;
mod reckon;
pub mod rule;
pub mod set_rule;
pub mod settle;
pub mod store;
pub mod verdict;
pub mod withdraw;

use kernel::id;

id!(
    /// A participant file that was sent and not brought in yet.
    FileId
);
id!(
    /// A participant file that was brought in.
    ImportId
);
id!(
    /// A participant of a file.
    AttendeeId
);
id!(
    /// A stretch of somebody's presence.
    StayId
);
id!(
    /// What was decided by hand about several at once.
    MarkId
);
id!(
    /// What somebody wrote about their attendance.
    ObjectionId
);
