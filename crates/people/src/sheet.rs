//! Tables that somebody sends by a form.

use apart::Reader;
use intake::{Limits, NotRead, Table};
use web::{PageError, Portal};

/// Reads a table that was sent, apart from the program that serves everybody. It costs a process: what is looked at again keeps the
/// table, and not the file.
pub async fn sheet(portal: &Portal, bytes: &[u8], name: &str, limits: Limits) -> Result<Result<Table, NotRead>, PageError> {
    let reader = portal.part::<Reader>();
    apart::sheet(reader.as_deref(), bytes, name, limits).await.map_err(|error| {
        tracing::error!(%error, "a table could not be read");
        PageError::Busy
    })
}
