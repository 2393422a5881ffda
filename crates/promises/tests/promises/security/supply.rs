//! What the program is made of: one stack of TLS, and nothing from anywhere but the registry (rule 48).

use crate::site::project_file;

/// Other stacks of TLS.
const BANNED: [&str; 5] = ["openssl", "openssl-sys", "native-tls", "aws-lc-rs", "aws-lc-sys"];

/// Where every part comes from that is not the project's own.
const REGISTRY: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

#[test]
fn tls_is_one_stack_and_no_other_comes_in() {
    let (rules, lock) = (project_file("deny.toml"), project_file("Cargo.lock"));
    assert!(lock.lines().any(|line| line == "name = \"rustls\""), "the parts are read");
    for name in BANNED {
        let ban = format!("{{ crate = \"{name}\",");
        assert!(rules.lines().any(|line| line.trim_start().starts_with(&ban)), "deny.toml lets {name} in");
        assert!(!lock.lines().any(|line| line == format!("name = \"{name}\"")), "Cargo.lock holds {name}");
    }
}

#[test]
fn every_part_comes_from_the_registry() {
    let (rules, lock) = (project_file("deny.toml"), project_file("Cargo.lock"));
    for kind in ["unknown-registry", "unknown-git"] {
        assert!(rules.lines().any(|line| line == format!("{kind} = \"deny\"")), "deny.toml lets {kind} in");
    }
    let sources: Vec<&str> = lock.lines().filter(|line| line.starts_with("source = ")).collect();
    assert!(!sources.is_empty(), "the parts are read");
    let elsewhere: Vec<&str> = sources.into_iter().filter(|source| *source != REGISTRY).collect();
    assert!(elsewhere.is_empty(), "from elsewhere: {elsewhere:?}");
}
