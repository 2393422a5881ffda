//! First steps (最初にすること): public, kept rendered, kept on the device.

mod offline;
mod pages;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use words::{Card, Steps};

use web::Routes;

/// The public pages.
pub fn routes() -> Routes {
    Routes::new()
        .public("/incident", pages::incident)
        .public("/incident/steps", pages::list)
        .public("/incident/steps/{sheet}", pages::show)
        .public("/incident/card", pages::wall_card)
        .public("/incident/app.webmanifest", offline::manifest)
        .public("/incident/worker.js", offline::worker)
}
