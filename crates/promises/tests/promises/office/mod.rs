//! The rooms of those who work for the portal.

mod exports;
mod inquiries;
mod lists;
mod operation;
mod roles;
mod roll;
mod sheets;
mod sign_ins;
pub mod staff;
mod tokens;
mod trail;
mod workbench;

pub use staff::staff;
