//! One application carried through the portal: made, changed, cancelled, waited for, found again.

mod again;
mod changing;
mod colleagues;
mod conflict;
mod elsewhere;
mod english;
mod golden;
mod link;
mod made;
mod mailboxes;
mod mine;
mod offers;
mod receipt;
mod series;
mod slips;
mod told;
mod waiting;
mod workplace;
