//! Whose a name is: somebody on the list of the institution, or a name.

use kernel::fold;

use crate::assignments::{Listed, StaffId};

/// Whoever on a list bears a name. One is certain; several are asked about; nobody leaves the name as it is.
pub fn bearers<'l>(list: &'l [Listed], name: &str) -> Vec<&'l Listed> {
    let wanted = bare(name);
    list.iter().filter(|one| bare(&one.name) == wanted).collect()
}

/// Who a name is, where only one can be meant.
pub fn only(list: &[Listed], name: &str) -> Option<StaffId> {
    match bearers(list, name).as_slice() {
        [one] => Some(one.id),
        _ => None,
    }
}

/// A name without what depends on the keyboard.
fn bare(name: &str) -> String {
    fold(name).chars().filter(|c| !c.is_whitespace()).collect()
}
