//! The program: configuration, wiring, command line, workers and the demo.

mod config;
mod incident;
mod server;
mod system;

use web::Routes;

/// Every route of the portal, in the order of the menu: the site map, and what the permission matrix is checked against.
pub fn routes() -> Routes {
    Routes::new().merge(incident::routes()).merge(system::routes())
}
