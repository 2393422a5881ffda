//! How long the listening side waits for an answer: longer only while a file comes, on a route that takes files.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use futures_util::TryStreamExt as _;
use std::time::Duration;
use tokio::sync::watch;

use crate::Route;
use crate::routes::FORM_BYTES;

/// The slowest line on which a file still comes in, in bytes a second: half of 64 kbit/s.
const SLOWEST: u64 = 4 * 1024;

/// What the listening side grants a request, which it puts beside it. It knows no routes; the guard does, and makes it longer where
/// a route takes more than a form, by what has come of the body: never by what the request says of itself.
#[derive(Clone, Debug)]
pub struct Patience {
    granted: watch::Sender<Duration>,
    first: Duration,
    most: Duration,
}

impl Patience {
    /// One of `first`, which grows to `most` at the longest; and where the listening side hears how long it is by now.
    pub fn new(first: Duration, most: Duration) -> (Self, watch::Receiver<Duration>) {
        let (granted, heard) = watch::channel(first);
        (Self { granted, first, most: most.max(first) }, heard)
    }

    /// So many bytes have come: that may have taken as long as it takes on the slowest line.
    pub fn has_come(&self, bytes: u64) {
        let longer = self.first.saturating_add(Duration::from_secs(bytes / SLOWEST)).min(self.most);
        self.granted.send_if_modified(|granted| {
            let is_longer = longer > *granted;
            if is_longer {
                *granted = longer;
            }
            is_longer
        });
    }
}

/// The request, of whose body each piece that comes makes the waiting longer, if the route takes more than a form.
pub(crate) fn while_it_comes(route: &Route, request: Request) -> Request {
    if route.body_limit <= FORM_BYTES {
        return request;
    }
    let Some(patience) = request.extensions().get::<Patience>().cloned() else { return request };
    request.map(|body| {
        let mut come = 0;
        Body::from_stream(body.into_data_stream().inspect_ok(move |piece: &Bytes| {
            come += piece.len() as u64;
            patience.has_come(come);
        }))
    })
}
