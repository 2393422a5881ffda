use kernel::{Span, Timestamp, Uuid, id};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

use crate::{ApiTokenId, Label, SignInId, Strength};

id!(
    /// An account: a mail address that somebody has signed in with.
    AccountId
);
id!(
    /// A place in the tree of organizations.
    OrganizationId
);

/// What a person does for the portal. A vendor holds a capability link, not a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 受講者
    Learner,
    /// 医療機関担当者
    InstitutionAdmin,
    /// 団体担当者（作成）
    AssociationEditor,
    /// 団体担当者（発出）
    AssociationReleaser,
    /// 立入検査担当者
    Inspector,
    /// 事務局
    Secretariat,
    /// 初動対応担当者
    Responder,
    /// 初動対応責任者
    DeskLead,
    /// 厚生労働省担当者
    Ministry,
    /// 監査担当者: reads the log only
    Auditor,
    /// ポータル運用管理者: no content
    Operator,
}

impl Role {
    /// Every role, in the order in which messages list them.
    pub const ALL: [Self; 11] = [
        Self::Learner,
        Self::InstitutionAdmin,
        Self::AssociationEditor,
        Self::AssociationReleaser,
        Self::Inspector,
        Self::Secretariat,
        Self::Responder,
        Self::DeskLead,
        Self::Ministry,
        Self::Auditor,
        Self::Operator,
    ];

    /// The identifier, as in the database and in `data/permissions.toml`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::InstitutionAdmin => "institution_admin",
            Self::AssociationEditor => "association_editor",
            Self::AssociationReleaser => "association_releaser",
            Self::Inspector => "inspector",
            Self::Secretariat => "secretariat",
            Self::Responder => "responder",
            Self::DeskLead => "desk_lead",
            Self::Ministry => "ministry",
            Self::Auditor => "auditor",
            Self::Operator => "operator",
        }
    }

    /// Whether only a passkey opens it (rule 25); institutions and associations may use a passphrase with TOTP.
    pub const fn needs_passkey(self) -> bool {
        !matches!(self, Self::Learner | Self::InstitutionAdmin | Self::AssociationEditor | Self::AssociationReleaser)
    }

    /// How long a sign-in with it may stand idle, and how long it lasts at most (rule 12).
    pub const fn limits(self) -> (Span, Span) {
        match self {
            Self::Learner => (Span::hours(24), Span::days(30)),
            Self::InstitutionAdmin | Self::AssociationEditor | Self::AssociationReleaser => (Span::hours(1), Span::hours(24)),
            _ => (Span::minutes(30), Span::hours(12)),
        }
    }
}

impl FromStr for Role {
    type Err = ();
    fn from_str(id: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|role| role.id() == id).ok_or(())
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// How a membership stands. Only a confirmed one opens anything beyond a learner's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Asked, not yet answered.
    Invited,
    /// Answered, not yet confirmed by the organization.
    Accepted,
    /// In force.
    Confirmed,
    /// Stopped for a time.
    Suspended,
    /// Over.
    Left,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 5] = [Self::Invited, Self::Accepted, Self::Confirmed, Self::Suspended, Self::Left];

    /// The identifier, as in the database.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Accepted => "accepted",
            Self::Confirmed => "confirmed",
            Self::Suspended => "suspended",
            Self::Left => "left",
        }
    }
}

impl FromStr for Standing {
    type Err = ();
    fn from_str(id: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|standing| standing.id() == id).ok_or(())
    }
}

/// A role that somebody has somewhere in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The role.
    pub role: Role,
    /// How it stands.
    pub standing: Standing,
    /// The organization whose subtree it covers; `None`: the operator's whole portal.
    pub organization: Option<OrganizationId>,
}

/// The application that a visitor came for by the link in the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApplicationRef(pub Uuid);

/// Who is behind a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody we know.
    Anyone,
    /// A person who signed in.
    Person {
        /// Whose account.
        account: AccountId,
        /// The sign-in by which the request came.
        sign_in: SignInId,
        /// How surely.
        strength: Strength,
        /// When the strongest factor was last shown.
        stepped_up_at: Option<Timestamp>,
    },
    /// A program with an API token.
    Program {
        /// What the token may be used for, such as `applications:read`.
        scopes: Vec<String>,
        /// The token's id, for the audit trail.
        token: Uuid,
    },
}

/// One who acts: who, with which memberships, holding which application link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who is behind the request.
    pub who: Who,
    /// Their memberships, in whatever standing. A person without any is a learner.
    pub memberships: Vec<Membership>,
    /// The application whose link they opened, if any.
    pub application: Option<ApplicationRef>,
}

impl Actor {
    /// Nobody we know.
    pub const fn anyone() -> Self {
        Self { who: Who::Anyone, memberships: Vec::new(), application: None }
    }

    /// The account, if a person signed in.
    pub const fn account(&self) -> Option<AccountId> {
        match &self.who {
            Who::Person { account, .. } => Some(*account),
            _ => None,
        }
    }

    /// Whether a person signed in.
    pub const fn is_signed_in(&self) -> bool {
        matches!(self.who, Who::Person { .. })
    }

    /// The roles that are in force for this sign-in: a mail link never opens more than a learner's (rule 25).
    pub fn roles(&self) -> impl Iterator<Item = &Membership> {
        let strength = match &self.who {
            Who::Person { strength, .. } => Some(*strength),
            _ => None,
        };
        self.memberships.iter().filter(move |membership| {
            membership.standing == Standing::Confirmed && strength.is_some_and(|strength| is_enough(strength, membership.role))
        })
    }

    /// Whether the role is in force for this sign-in, anywhere.
    pub fn is(&self, role: Role) -> bool {
        self.roles().any(|membership| membership.role == role)
    }

    /// The token, if a program asks.
    pub const fn token(&self) -> Option<ApiTokenId> {
        match &self.who {
            Who::Program { token, .. } => Some(ApiTokenId::from_uuid(*token)),
            _ => None,
        }
    }

    /// Who they are beside what they do.
    pub const fn named(&self) -> Label {
        match (&self.who, self.application) {
            (Who::Person { account, .. }, _) => Label::Account(*account),
            (Who::Program { token, .. }, _) => Label::Token(ApiTokenId::from_uuid(*token)),
            (Who::Anyone, Some(ApplicationRef(id))) => Label::Application(id),
            (Who::Anyone, None) => Label::Visitor,
        }
    }

    /// The same as the audit trail writes it.
    pub fn label(&self) -> String {
        self.named().to_string()
    }
}

/// Whether a sign-in of this strength opens this role (rule 25).
fn is_enough(strength: Strength, role: Role) -> bool {
    match role {
        Role::Learner => true,
        role if role.needs_passkey() => strength == Strength::Passkey,
        _ => strength >= Strength::PassphraseAndCode,
    }
}
