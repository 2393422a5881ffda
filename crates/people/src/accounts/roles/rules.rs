use access::{Membership, Role, Standing};

/// The roles that an operator gives, in the order of a select. A learner needs none.
pub(super) const GIVEN: [Role; 10] = [
    Role::InstitutionAdmin,
    Role::AssociationEditor,
    Role::AssociationReleaser,
    Role::Inspector,
    Role::Secretariat,
    Role::Responder,
    Role::DeskLead,
    Role::Ministry,
    Role::Auditor,
    Role::Operator,
];

/// Whether the role is held at a place in the tree; the others are for the whole portal.
pub(super) const fn needs_place(role: Role) -> bool {
    matches!(role, Role::InstitutionAdmin | Role::AssociationEditor | Role::AssociationReleaser | Role::Inspector)
}

/// Whether giving it takes two persons (rule 23).
pub(super) const fn takes_two(role: Role) -> bool {
    !matches!(role, Role::Learner | Role::InstitutionAdmin)
}

/// The role held already that one person holds together with `role` only by a recorded exception (rule 22).
pub(super) fn clash(role: Role, held: &[Membership]) -> Option<Role> {
    let excluded: &[Role] = match role {
        Role::AssociationEditor => &[Role::AssociationReleaser],
        Role::AssociationReleaser => &[Role::AssociationEditor],
        Role::Operator => &[Role::Responder, Role::DeskLead],
        Role::Responder | Role::DeskLead => &[Role::Operator],
        _ => &[],
    };
    held.iter().find(|held| held.standing != Standing::Left && excluded.contains(&held.role)).map(|held| held.role)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(role: Role, standing: Standing) -> [Membership; 1] {
        [Membership { role, standing, organization: None }]
    }

    #[test]
    fn editor_and_releaser_operator_and_desk_exclude_each_other() {
        assert_eq!(clash(Role::AssociationReleaser, &held(Role::AssociationEditor, Standing::Confirmed)), Some(Role::AssociationEditor));
        assert_eq!(clash(Role::AssociationEditor, &held(Role::AssociationReleaser, Standing::Suspended)), Some(Role::AssociationReleaser));
        assert_eq!(clash(Role::Operator, &held(Role::DeskLead, Standing::Invited)), Some(Role::DeskLead));
        assert_eq!(clash(Role::Responder, &held(Role::Operator, Standing::Confirmed)), Some(Role::Operator));
        assert_eq!(clash(Role::Responder, &held(Role::Operator, Standing::Left)), None, "what is over excludes nothing");
        assert_eq!(clash(Role::Secretariat, &held(Role::Operator, Standing::Confirmed)), None);
    }
}
