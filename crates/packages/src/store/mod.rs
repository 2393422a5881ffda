//! The tables of packages.

mod launches;
mod learners;
mod packages;
mod registrations;

pub(crate) use launches::{
    NewLaunch, add as add_launch, by_fetch, by_token, end, end_in, fetched, find as launch, find_open as open_launch, host_file, open_in,
    open_launches, open_of, replace_tokens, say,
};
pub(crate) use learners::{Learner, launched, list as learners, one as learner};
pub(crate) use packages::{
    add as add_package, add_files, delete as delete_package, hold, imported_at, list as packages, lock as lock_package, manifest,
    one as package, open, open_list, shut,
};
pub(crate) use registrations::{
    add as add_registration, counts, find as registration, lock, lock_open, of_account as registration_of, of_many as registrations_of,
    progress,
};
