//! Accounts through their verbs, on both engines.
