use access::{OrganizationId, place};
use db::{DbResult, Tx};
use serde::Deserialize;
use std::collections::BTreeMap;
use web::data_text;

use super::store;

#[derive(Default, Deserialize)]
struct Tree {
    node: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    code: String,
    parent: String,
}

/// Puts the associations of `data/demo/tree.toml` and their members into the tree. Whoever is not in the master list is left out.
///
/// The file names a parent before its members.
pub async fn place_demo_tree(tx: &mut Tx<'_>) -> DbResult<()> {
    let tree: Tree = toml::from_str(&data_text("demo/tree.toml")).unwrap_or_else(|error| {
        tracing::error!(%error, "the tree of the demo cannot be read");
        Tree::default()
    });
    let mut placed: BTreeMap<&str, OrganizationId> = BTreeMap::new();
    for node in &tree.node {
        if let Some(organization) = store::by_code(tx, &node.code).await? {
            place(tx, organization.id, placed.get(node.parent.as_str()).copied()).await?;
            placed.insert(&node.code, organization.id);
        }
    }
    Ok(())
}
