//! The rooms of those who work for the portal.

mod lists;
mod roles;
pub mod staff;
mod tokens;
mod workbench;

pub use staff::staff;
