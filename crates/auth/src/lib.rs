//! Empty until its first capability.
