//! The HTTP frame: routes that are listed, one guard before every handler, pages, words, assets, and the cache of public pages.
//!
//! A handler is an axum handler with [`Portal`] as its state, returning `Result<Page, PageError>`. It reads the request,
//! calls one verb or query and chooses a page; everything that must never be forgotten happens in the guard.

mod assets;
mod brake;
mod cache;
mod contents;
mod csrf;
mod data;
mod error;
mod form;
mod frame;
mod guard;
mod headers;
mod held;
mod incoming;
mod keys;
mod late;
mod mail_html;
mod markdown;
mod named;
mod page;
pub mod paging;
mod patience;
mod portal;
mod posted;
mod problem;
mod qr;
mod routes;
mod send;
mod sender;
mod settings;
mod visit;
mod words;

pub use assets::{Assets, asset, asset_file};
pub use brake::Brake;
pub use cache::PageCache;
pub use contents::{DataFault, check_data, holidays};
pub use data::{data_file, data_names, data_text};
pub use error::{PageError, Problem};
pub use form::{FieldError, Filled};
pub use frame::{Crumb, Frame, Office, Section, office_home};
pub use guard::{cookie, serve};
pub use headers::{player_policy, secure};
pub use held::{Held, Proof};
pub use incoming::IncomingFile;
pub use keys::{Keys, same};
pub use late::too_late;
pub use mail_html::mail_html;
pub use markdown::markdown;
pub use named::{MailAbout, Named, Names, Naming, Reader, names};
pub use page::{Page, attachment};
pub use paging::{Numbered, Pager, page_of};
pub use patience::Patience;
pub use portal::{Portal, Site};
pub use posted::{Posted, Upload};
pub use qr::qr_svg;
pub use routes::{Handler, Kind, Route, Routes};
pub use send::send_file;
pub use settings::{Contact, Hours, Settings, drop_setting, load_settings, mail_hours, save_setting};
pub use visit::Visit;
pub use words::Words;

#[doc(hidden)]
pub mod reexport {
    pub use db::{DbResult, Tx};
    pub use kernel::Uuid;
}
