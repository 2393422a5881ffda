use serde_json::Value;
use sha1::{Digest as _, Sha1};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use crate::Tlp;

/// The name space of cyber-observable objects, from the specification.
const OBSERVABLES: Uuid = Uuid::from_u128(0x00ab_edb4_aa42_466c_9c01_fed2_3315_a9b7);

/// The id of an observable: a function of what it is, so that two producers who saw the same call it the same.
pub fn of_observable(kind: &str, contributing: &Value) -> String {
    let mut hash = Sha1::new();
    hash.update(OBSERVABLES.as_bytes());
    hash.update(contributing.to_string().as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    format!("{kind}--{}", Builder::from_sha1_bytes(bytes).into_uuid())
}

/// The id of anything else. It is the same each time that a case is exported, so that a later bundle takes the place of an earlier
/// one; it says nothing about the institution, since only the case goes in.
pub fn of_object(kind: &str, case: &str, what: &str) -> String {
    format!("{kind}--{}", steady(&["stix", kind, case, what]))
}

/// A UUID from words that tell this thing from every other.
pub fn steady(parts: &[&str]) -> Uuid {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    Builder::from_random_bytes(bytes).into_uuid()
}

/// The marking definitions that FIRST and OASIS have given fixed ids.
pub const fn of_marking(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
        Tlp::Green => "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        Tlp::Amber => "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        Tlp::AmberStrict => "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
        Tlp::Red => "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn the_id_of_an_observable_is_the_one_that_others_make_of_it() {
        // As stix2 3.0.2 makes it.
        let id = super::of_observable("ipv4-addr", &json!({ "value": "198.51.100.3" }));
        assert_eq!(id, "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4");
    }

    #[test]
    fn the_id_of_an_object_is_the_same_each_time_and_apart_from_others() {
        let id = super::of_object("incident", "2026-000123-7", "");
        assert_eq!(id, super::of_object("incident", "2026-000123-7", ""));
        assert_ne!(id, super::of_object("incident", "2026-000124-5", ""));
        assert_ne!(super::steady(&["a", "bc"]), super::steady(&["ab", "c"]));
    }
}
