use access::Role;
use kernel::EmailAddress;
use web::Words;

/// Somebody whom the demo knows.
pub(crate) struct DemoPerson {
    /// Which part one plays as them: the end of their address under `/demo/sign-in/`, and of the names of their texts.
    pub(super) part: &'static str,
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

/// One person for each role that has something to do here, and a second one of the secretariat: nobody publishes what they wrote
/// themselves. Learner and institution stand in `data/demo/people.toml` too.
pub(crate) const PEOPLE: [DemoPerson; 9] = [
    DemoPerson { part: "secretariat", role: Role::Secretariat, local: "jimukyoku", organization: "", home: "/staff" },
    DemoPerson { part: "colleague", role: Role::Secretariat, local: "jimukyoku3", organization: "", home: "/staff" },
    DemoPerson { part: "learner", role: Role::Learner, local: "takako", organization: "", home: "/my" },
    DemoPerson { part: "institution_admin", role: Role::InstitutionAdmin, local: "jimu", organization: HOSPITAL, home: "/my" },
    DemoPerson { part: "ministry", role: Role::Ministry, local: "honsho", organization: "", home: "/staff" },
    DemoPerson { part: "auditor", role: Role::Auditor, local: "kansa", organization: "", home: "/staff" },
    DemoPerson { part: "operator", role: Role::Operator, local: "unyo", organization: "", home: "/staff" },
    DemoPerson { part: "responder", role: Role::Responder, local: "taio", organization: "", home: "/desk" },
    DemoPerson { part: "desk_lead", role: Role::DeskLead, local: "sekinin", organization: "", home: "/desk" },
];

impl DemoPerson {
    /// Their address.
    pub(super) fn email(&self) -> EmailAddress {
        format!("{}@example.jp", self.local).parse().expect("a demo person's address is one")
    }

    /// Whose part it is, in words: the role's, unless it has two people.
    pub(crate) fn name(&self, w: Words) -> String {
        let key = self.key();
        w.t(&if self.part == self.role.id() { format!("role-{key}") } else { format!("demo-part-{key}") })
    }

    /// What to try first as them.
    pub(crate) fn try_first(&self, w: Words) -> String {
        w.t(&format!("demo-try-{}", self.key()))
    }

    /// How the names of texts end.
    fn key(&self) -> String {
        self.part.replace('_', "-")
    }

    /// Where one becomes them.
    pub(crate) fn path(&self) -> String {
        format!("/demo/sign-in/{}", self.part)
    }

    /// The person of this part.
    pub(super) fn of(part: &str) -> Option<&'static Self> {
        PEOPLE.iter().find(|person| person.part == part)
    }
}
