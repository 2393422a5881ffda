//! What runs later: making files. Running it twice does no harm.

use journal::Handlers;
use web::Portal;

use super::file;

/// Who does which job of this capability.
pub fn handlers(portal: &Portal) -> Handlers {
    let portal = portal.clone();
    Handlers::new().on(file::MAKE, move |_, item| file::make(portal.clone(), item))
}
