//! 院内研修キット: any course as slides, a script for whoever speaks, a test on paper and a sheet to sign, with the contacts of one's own
//! institution in them. What is typed for them goes into the PDF and is kept nowhere.

mod deck;
mod pages;
mod paper;
mod press;
mod prose;
mod roster;
mod session;
mod sheet;

pub(crate) use deck::{drawing, scene_rows};
pub(crate) use pages::routes;
pub(crate) use press::{made, made_of, photos_of};
pub(crate) use session::{CONTACTS, Session};
pub(crate) use sheet::terms;
