//! What the pages load and is not kept in the repository: scripts that are bundled, and parts of style sheets from npm.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// The paths below `assets` that have to be there: what `bundle.mjs` says that it makes, and what the lists of sheets take from npm.
pub fn wanted(assets: &Path) -> io::Result<BTreeSet<String>> {
    let recipe = std::fs::read_to_string(assets.join("bundle.mjs"))?;
    let mut wanted: BTreeSet<String> = bundles(&recipe).collect();
    if wanted.is_empty() {
        return Err(io::Error::other("bundle.mjs names no entryPoints: [\"…\"]"));
    }
    for entry in std::fs::read_dir(assets.join("css"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "list") {
            let list = std::fs::read_to_string(path)?;
            wanted.extend(list.lines().map(str::trim).filter(|part| part.starts_with("node_modules/")).map(ToOwned::to_owned));
        }
    }
    Ok(wanted)
}

/// `entryPoints: ["kit", "unit"]` makes `bundles/kit.js` and `bundles/unit.js`.
fn bundles(recipe: &str) -> impl Iterator<Item = String> {
    let lists = recipe.split("entryPoints: [").skip(1).filter_map(|rest| rest.split(']').next());
    lists.flat_map(|list| list.split('"').skip(1).step_by(2)).map(|name| format!("bundles/{name}.js"))
}
