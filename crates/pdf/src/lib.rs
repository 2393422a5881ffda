//! PDFs that an office keeps: typst and its fonts behind one door. Facts go in, bytes come out.
//!
//! Every file is PDF/A-2a and PDF/UA-1: fonts embedded, text tagged, title and language set. The same facts at the same moment
//! give the same bytes. Nothing is read from the disk or the network, and nothing here knows the portal.

mod certificate;
mod fonts;
pub mod kit;
mod qr;
mod report;
mod roll;
mod typeset;

pub use certificate::{Certificate, certificate};
pub use fonts::{Unprintable, typeface, unprintable};
pub use report::{Report, ReportPart, ReportSection, report};
pub use roll::{Roll, RollRow, roll};
pub use typeset::{Moment, NotSet};
