//! The program's own addresses are written down in a packed form: the plain one takes some five megabytes, all of which are read at
//! every start. Systems with glibc 2.36 or newer read it.

fn main() {
    println!("cargo::rerun-if-env-changed=PROFILE");
    let is = |variable: &str, value: &str| std::env::var(variable).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
