use super::actor::{Actor, Role};
use super::label::Label;

/// Who takes a step that others have to be able to follow, and in which role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    /// As the audit trail names them.
    pub actor: String,
    /// The role in which they act, if any.
    pub role: Option<Role>,
}

impl Hand {
    /// The hand of whoever signed in: as secretariat or ministry before other roles that the person may have.
    pub fn of(actor: &Actor) -> Self {
        let role = [Role::Secretariat, Role::Ministry].into_iter().find(|role| actor.is(*role));
        let role = role.or_else(|| actor.roles().map(|membership| membership.role).max());
        Self { actor: actor.label(), role }
    }

    /// The portal itself, as at the first start.
    pub fn portal() -> Self {
        Self { actor: Label::System.to_string(), role: None }
    }

    /// The role as it stands beside what was done: empty for none.
    pub fn role_id(&self) -> &'static str {
        self.role.map_or("", Role::id)
    }
}
