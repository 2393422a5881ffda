//! The rooms of those who work for the portal.

mod lists;
mod roles;
mod staff;
mod tokens;
mod workbench;
