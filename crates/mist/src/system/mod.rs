//! What browsers and other programs ask the program itself: whether it is well, what it counts, where printed addresses lead.

mod csp;
mod health;
mod metrics;
mod redirects;
mod robots;

use access::Action;
use web::Routes;

pub(crate) use metrics::Metrics;

/// The routes of the program itself.
pub fn routes() -> Routes {
    redirects::routes()
        .public("/robots.txt", robots::show)
        .machine("/healthz", Action::SeeHealth, health::alive)
        .machine("/readyz", Action::SeeHealth, health::ready)
        .machine("/metrics", Action::SeeHealth, metrics::show)
        .machine_post("/csp-reports", Action::ReadPublic, csp::note)
}
