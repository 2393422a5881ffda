//! Another order each time, and the same one again for the same seed. Nothing secret rests on it.

use kernel::Uuid;
use sha2::{Digest as _, Sha256};

/// The numbers below `count`, in the order of a seed and of what is ordered.
pub fn order(seed: Uuid, about: &str, count: usize) -> Vec<usize> {
    let key = |n: &usize| Sha256::new().chain_update(seed.as_bytes()).chain_update(n.to_be_bytes()).chain_update(about).finalize();
    let mut numbers: Vec<usize> = (0..count).collect();
    numbers.sort_by_cached_key(key);
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_order_of_everything() {
        let seed = Uuid::from_u128(7);
        let mut first = order(seed, "a", 9);
        assert_eq!(first, order(seed, "a", 9));
        assert_ne!(first, order(seed, "b", 9));
        assert_ne!(first, order(Uuid::from_u128(8), "a", 9));
        first.sort_unstable();
        assert_eq!(first, (0..9).collect::<Vec<_>>());
    }

    #[test]
    fn every_place_comes_first_about_as_often() {
        let mut firsts = [0; 4];
        for n in 0..4000 {
            firsts[order(Uuid::from_u128(n), "q", 4)[0]] += 1;
        }
        assert!(firsts.iter().all(|count| (850..1150).contains(count)), "{firsts:?}");
    }
}
