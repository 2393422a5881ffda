use access::Role;
use kernel::EmailAddress;

/// Somebody whom the demo knows.
pub(crate) struct DemoPerson {
    /// What they do for the portal.
    pub(crate) role: Role,
    /// What stands before `@example.jp`.
    pub(super) local: &'static str,
    /// The code of the organization whose subtree they see; empty: the whole portal.
    pub(super) organization: &'static str,
    /// Where they begin.
    pub(super) home: &'static str,
}

/// みほん市立総合病院 in `data/demo/organizations.csv`: the hospital whose administrator one can be.
pub(crate) const HOSPITAL: &str = "0010000001";

/// One person for each role that has something to do here. Learner and institution stand in `data/demo/people.toml` too.
pub(crate) const PEOPLE: [DemoPerson; 8] = [
    DemoPerson { role: Role::Secretariat, local: "jimukyoku", organization: "", home: "/staff" },
    DemoPerson { role: Role::Learner, local: "takako", organization: "", home: "/my" },
    DemoPerson { role: Role::InstitutionAdmin, local: "jimu", organization: HOSPITAL, home: "/my" },
    DemoPerson { role: Role::Ministry, local: "honsho", organization: "", home: "/staff" },
    DemoPerson { role: Role::Auditor, local: "kansa", organization: "", home: "/staff" },
    DemoPerson { role: Role::Operator, local: "unyo", organization: "", home: "/staff" },
    DemoPerson { role: Role::Responder, local: "taio", organization: "", home: "/desk" },
    DemoPerson { role: Role::DeskLead, local: "sekinin", organization: "", home: "/desk" },
];

impl DemoPerson {
    /// Their address.
    pub(super) fn email(&self) -> EmailAddress {
        format!("{}@example.jp", self.local).parse().expect("a demo person's address is one")
    }

    /// The person of this role.
    pub(super) fn of(role: &str) -> Option<&'static Self> {
        PEOPLE.iter().find(|person| person.role.id() == role)
    }
}
