//! One application carried through the portal: made, changed, cancelled, waited for, found again.

mod again;
mod changing;
mod elsewhere;
mod english;
mod link;
mod made;
mod mine;
mod receipt;
mod slips;
mod told;
mod waiting;
mod workplace;
