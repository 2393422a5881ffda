use access::OrganizationId;
use db::Arg;
use kernel::Uuid;
use sha2::{Digest, Sha256};

/// Whose records these are: an organization's, or the portal's own. Nothing leads from one room into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Room(Uuid);

impl Room {
    /// The room of the portal itself.
    pub const PORTAL: Self = Self(Uuid::nil());

    /// The room of an organization.
    pub fn of(organization: Option<OrganizationId>) -> Self {
        organization.map_or(Self::PORTAL, |id| Self(id.uuid()))
    }

    /// By what something of this room is looked up: short, whatever its length, and another one in every room.
    pub(crate) fn key(self, kind: &str, parts: &[&str]) -> Uuid {
        let mut hash = Sha256::new();
        hash.update(self.0.as_bytes());
        for part in std::iter::once(&kind).chain(parts) {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part);
        }
        let digest: [u8; 32] = hash.finalize().into();
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        Uuid::from_bytes(key)
    }
}

impl From<Room> for Arg {
    fn from(room: Room) -> Self {
        Self::Uuid(room.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_things_have_one_key() {
        let other = Room(Uuid::from_u128(1));
        assert_eq!(other.key("a", &["b", "c"]), other.key("a", &["b", "c"]));
        for key in [Room::PORTAL.key("a", &["b", "c"]), other.key("a", &["bc", ""]), other.key("ab", &["c"]), other.key("a", &["b"])] {
            assert_ne!(key, other.key("a", &["b", "c"]));
        }
    }
}
