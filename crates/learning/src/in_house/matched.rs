//! Whose a name is: somebody on the list of the institution, or a name.

use kernel::fold;
use std::collections::HashMap;

use crate::assignments::Listed;

/// The people of a list by their names. One bearer is certain; several are asked about; nobody leaves the name as it is.
pub struct Names<'l>(HashMap<String, Vec<&'l Listed>>);

impl<'l> Names<'l> {
    /// Those of a list.
    pub fn of(list: &'l [Listed]) -> Self {
        let mut names: HashMap<String, Vec<&Listed>> = HashMap::new();
        for one in list {
            names.entry(bare(&one.name)).or_default().push(one);
        }
        Self(names)
    }

    /// Whoever bears a name, in the order of the list.
    pub fn bearers(&self, name: &str) -> &[&'l Listed] {
        self.0.get(&bare(name)).map_or(&[], Vec::as_slice)
    }
}

/// A name without what depends on the keyboard.
fn bare(name: &str) -> String {
    fold(name).chars().filter(|c| !c.is_whitespace()).collect()
}
