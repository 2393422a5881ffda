//! What the portal promises, told by tests through its front door: see `tests/promises`.
