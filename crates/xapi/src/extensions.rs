//! Extensions: whatever a community agrees on, by IRI (xAPI-Data 4.1).

use crate::check::{At, Checked};
use crate::requirement::{self, Requirement};

/// An object whose keys are IRIs. Its values may be anything, null and nothing included, and are never looked into.
pub(crate) fn check(at: At<'_>, requirement: Requirement) -> Checked {
    at.each_key(requirement, |key, value| crate::iri::check(key).map_err(|wrong| value.refuse(requirement::EXTENSION_KEY, wrong)))
}
