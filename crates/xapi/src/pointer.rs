//! JSON Pointers (RFC 6901): how a refusal says where.

/// One step to the value of a key.
pub(crate) fn step(key: &str) -> String {
    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// One step to an item of a list.
pub(crate) fn item(n: usize) -> String {
    format!("/{n}")
}
