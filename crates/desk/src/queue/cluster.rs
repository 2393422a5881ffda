//! Several cases by one way in: "the same vendor's VPN in four cases since yesterday".

use kernel::{Span, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

use db::{DbResult, Tx};

use super::products::products;
use super::store;

/// What cases have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// What it is.
    pub by: Common,
    /// The cases, in the order of their numbers.
    pub numbers: Vec<String>,
}

/// What cases may have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Common {
    /// Devices of one vendor, by its id.
    Vendor(String),
    /// One indicator, by its kind; what it says is sealed.
    Indicator(String),
}

/// What two or more of the cases that came since yesterday morning have in common, the largest first.
pub async fn clusters(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<Vec<Cluster>> {
    let since = Timestamp::in_japan(now.minus(Span::days(1)).day(), 0, 0);
    let mut by_vendor: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for marked in store::products_since(tx, since).await? {
        if let Some(vendor) = products().vendor_of(&marked.mark) {
            by_vendor.entry(vendor.id.clone()).or_default().insert(marked.number.to_string());
        }
    }
    let mut by_mark: BTreeMap<Vec<u8>, (String, BTreeSet<String>)> = BTreeMap::new();
    for (mark, kind, number) in store::indicators_since(tx, since).await? {
        by_mark.entry(mark).or_insert_with(|| (kind, BTreeSet::new())).1.insert(number.to_string());
    }
    let vendors = by_vendor.into_iter().map(|(vendor, numbers)| (Common::Vendor(vendor), numbers));
    let indicators = by_mark.into_values().map(|(kind, numbers)| (Common::Indicator(kind), numbers));
    let mut clusters: Vec<Cluster> = vendors
        .chain(indicators)
        .filter(|(_, numbers)| numbers.len() > 1)
        .map(|(by, numbers)| Cluster { by, numbers: numbers.into_iter().collect() })
        .collect();
    clusters.sort_by_key(|cluster| std::cmp::Reverse(cluster.numbers.len()));
    Ok(clusters)
}
