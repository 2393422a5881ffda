//! The tables of packages.

mod launches;
mod packages;
mod registrations;

pub(crate) use launches::{
    NewLaunch, add as add_launch, by_fetch, by_token, end, fetched, find as launch, host_file, open_of, replace_tokens, say,
};
pub(crate) use packages::{add as add_package, add_files, list as packages, manifest, one as package, open, open_list, shut};
pub(crate) use registrations::{
    add as add_registration, counts, find as registration, lock, of_account as registration_of, of_many as registrations_of, progress,
};
