//! The assets are part of the program. Without those that are made before it is built, its pages would run no scripts and have no
//! colours: no release is built like that.

#[path = "build/wanted.rs"]
mod wanted;

use std::path::Path;

/// What makes them.
const HOW: &str = "npm ci --prefix assets && node assets/bundle.mjs";

fn main() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    println!("cargo::rerun-if-env-changed=PROFILE");
    println!("cargo::rerun-if-changed=build/wanted.rs");
    println!("cargo::rerun-if-changed={}", assets.join("bundle.mjs").display());
    let wanted = match wanted::wanted(&assets) {
        Ok(wanted) => wanted,
        Err(error) => {
            println!("cargo::error=assets: {error}");
            return;
        }
    };
    // Custom profiles count as what they inherit from.
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if is_release {
        // They are built into the program, as the lists are. While one is missing, cargo looks again each time.
        println!("cargo::rerun-if-changed={}", assets.join("css").display());
        for path in &wanted {
            println!("cargo::rerun-if-changed={}", assets.join(path).display());
        }
    }
    let missing: Vec<&str> = wanted.iter().map(String::as_str).filter(|path| !assets.join(path).is_file()).collect();
    if missing.is_empty() {
        return;
    }
    if !is_release {
        // They are read when they are asked for, so that nothing is compiled anew for a change of theirs; only until they are there
        // does cargo look whether they have come.
        println!("cargo::rerun-if-changed={}", assets.display());
    }
    let kind = if is_release { "error" } else { "warning" };
    let missing = missing.join(", ");
    println!("cargo::{kind}=assets に、ページが読み込むものがありません（{missing}）。先に {HOW} を実行してください。");
    println!("cargo::{kind}=What the pages load is missing in assets ({missing}). Run first: {HOW}");
}
