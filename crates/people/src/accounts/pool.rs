use auth::Hasher;
use auth::passphrase::Cost;
use std::sync::OnceLock;

/// One pool for the process: it is the process's memory and processors that it bounds.
static POOL: OnceLock<Hasher> = OnceLock::new();

/// What hashing a passphrase costs here: to be said once, before the first request. Returns whether it was the first time.
pub fn set_cost(cost: Cost) -> bool {
    POOL.set(Hasher::new(cost)).is_ok()
}

pub(super) fn hasher() -> &'static Hasher {
    POOL.get_or_init(|| Hasher::new(Cost::LEAST))
}
