use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// Wakes a worker before its next second: rung after a commit that may have left it something to do.
#[derive(Clone, Debug, Default)]
pub struct Bell {
    notify: Arc<Notify>,
}

/// A worker looks at least this often, whoever forgot to ring.
const EVERY: Duration = Duration::from_secs(1);

impl Bell {
    /// Wakes the worker, or lets it start anew at once if it is at work.
    pub fn ring(&self) {
        self.notify.notify_one();
    }

    /// Waits for the bell, for the next second, or for the end; says whether to go on.
    pub(crate) async fn goes_on(&self, until: &mut (impl Future<Output = ()> + Unpin)) -> bool {
        tokio::select! {
            biased;
            () = until => false,
            () = self.notify.notified() => true,
            () = tokio::time::sleep(EVERY) => true,
        }
    }

    /// Waits for the bell or for the end, where somebody else looks at the clock; says whether to go on.
    pub(crate) async fn is_rung(&self, until: &mut (impl Future<Output = ()> + Unpin)) -> bool {
        tokio::select! {
            biased;
            () = until => false,
            () = self.notify.notified() => true,
        }
    }

    /// Waits for the next second or for the end; says whether to go on.
    pub(crate) async fn a_second_passes(until: &mut (impl Future<Output = ()> + Unpin)) -> bool {
        tokio::select! {
            biased;
            () = until => false,
            () = tokio::time::sleep(EVERY) => true,
        }
    }

    /// Whether the end has come, without waiting for it.
    pub(crate) async fn has_ended(until: &mut (impl Future<Output = ()> + Unpin)) -> bool {
        tokio::select! {
            biased;
            () = until => true,
            () = std::future::ready(()) => false,
        }
    }
}
