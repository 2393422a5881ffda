//! No release is built without what the pages load.

#[path = "../build/wanted.rs"]
mod wanted;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn as_set(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

#[test]
fn every_bundle_and_every_part_from_npm_is_wanted() {
    let assets = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(assets.path().join(name), text).unwrap();
    fs::create_dir(assets.path().join("css")).unwrap();
    assert!(wanted::wanted(assets.path()).is_err(), "there is no recipe");
    write("bundle.mjs", "await build({ entryPoints: [] });");
    assert!(wanted::wanted(assets.path()).is_err(), "a recipe that nobody can read is no reason to want nothing");
    let recipe = "build({ entryPoints: [\"desk\", \"keys\"].map((name) => at(`js/${name}.js`)), format: \"esm\" });\n\
        build({ entryPoints: [\n    \"kit\",\n  ].map(at), outdir: at(\"bundles\") });\n";
    write("bundle.mjs", recipe);
    write("css/portal.list", "# node_modules/none\nnode_modules/a/tokens.css\nreset.css\n");
    write("css/reset.css", "node_modules/b.css");
    let found = wanted::wanted(assets.path()).unwrap();
    assert_eq!(found, as_set(&["bundles/desk.js", "bundles/keys.js", "bundles/kit.js", "node_modules/a/tokens.css"]));
}

#[test]
fn the_recipe_is_understood() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    let wanted = wanted::wanted(&assets).unwrap();
    for path in ["bundles/kit.js", "bundles/desk-open.js", "node_modules/@digital-go-jp/design-tokens/dist/tokens.css"] {
        assert!(wanted.contains(path), "{path} is not among {wanted:?}");
    }
    for name in wanted.iter().filter_map(|path| path.strip_prefix("bundles/")) {
        assert!(assets.join("js").join(name).is_file(), "{name} is made of nothing");
    }
}
