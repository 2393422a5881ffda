use kernel::{Span, Timestamp};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use crate::{AccountId, Action, Actor, ApplicationRef, OrganizationId, Role, Who};

/// How old the last proof of the strongest factor may be for a sensitive act (rule 15).
const STEP_UP_LASTS: Span = Span::minutes(15);

/// The permission matrix: who may do what, where.
#[derive(Clone, Debug)]
pub struct Matrix(BTreeMap<Action, Rule>);

/// Who may do one action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What the action is, in Japanese, for the printed matrix.
    pub means: String,
    /// Whether everybody may, known or not.
    #[serde(default)]
    pub anyone: bool,
    /// Whether the holder of an application's link may, for that application.
    #[serde(default)]
    pub application_holder: bool,
    /// Whether everybody who signed in may, for what is their own.
    #[serde(default)]
    pub own: bool,
    /// The roles that may when confirmed.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Whether it is done to something of an organization, so that a role given for a part of the tree opens it there. What
    /// belongs to the portal itself is opened by roles for the whole portal alone.
    #[serde(default)]
    pub by_organization: bool,
    /// The scope that an API token needs.
    #[serde(default)]
    pub token_scope: Option<String>,
    /// Whether the strongest factor must have been shown within fifteen minutes.
    #[serde(default)]
    pub step_up: bool,
    /// Whether the action exists in the demo only.
    #[serde(default)]
    pub demo_only: bool,
}

/// What is acted on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// The organization it belongs to and all above it; empty: it belongs to the portal itself.
    pub path: Vec<OrganizationId>,
    /// Whose own it is.
    pub owner: Option<AccountId>,
    /// The application it is, or belongs to.
    pub application: Option<ApplicationRef>,
}

/// How much a query may see. Queries over people take one, so that none can forget it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything of the portal.
    All,
    /// What belongs to these organizations or to those below them.
    Subtrees(Vec<OrganizationId>),
    /// What is this account's own.
    Own(AccountId),
    /// This application only.
    Application(ApplicationRef),
    /// Only what is public.
    Public,
}

/// What `may` answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes, within this scope.
    Allowed(Scope),
    /// No.
    Refused(Refusal),
}

/// Why not, as far as the actor may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Signing in may help.
    SignInFirst,
    /// Showing the strongest factor again helps.
    StepUpFirst,
    /// It looks as if it did not exist (rule 21).
    Hidden,
}

/// The file is no permission matrix.
#[derive(Debug, thiserror::Error)]
pub enum NotAMatrix {
    /// Not TOML of the right shape.
    #[error("the permission matrix cannot be read: {0}")]
    Shape(#[from] toml::de::Error),
    /// An entry that no action has.
    #[error("the permission matrix names an action that does not exist: {0}")]
    Unknown(String),
    /// An action without an entry.
    #[error("the permission matrix has no entry for {0}")]
    Missing(Action),
}

impl Matrix {
    /// Reads the matrix; every action must have exactly one entry.
    pub fn parse(text: &str) -> Result<Self, NotAMatrix> {
        let raw: BTreeMap<String, Rule> = toml::from_str(text)?;
        let mut rules = BTreeMap::new();
        for (id, rule) in raw {
            let action = Action::from_str(&id).map_err(|()| NotAMatrix::Unknown(id))?;
            rules.insert(action, rule);
        }
        match Action::ALL.iter().find(|action| !rules.contains_key(action)) {
            Some(missing) => Err(NotAMatrix::Missing(*missing)),
            None => Ok(Self(rules)),
        }
    }

    /// The rule of an action.
    pub fn rule(&self, action: Action) -> &Rule {
        &self.0[&action]
    }

    /// Every scope that a token can have.
    pub fn token_scopes(&self) -> BTreeSet<&str> {
        self.0.values().filter_map(|rule| rule.token_scope.as_deref()).collect()
    }

    /// Whether `actor` may do `action` on `resource` at `now`. Without a resource: whether they may at all, and within which scope.
    pub fn may(&self, actor: &Actor, action: Action, resource: Option<&Resource>, now: Timestamp) -> Decision {
        let rule = self.rule(action);
        if rule.anyone {
            return Decision::Allowed(Scope::Public);
        }
        if rule.application_holder
            && let Some(held) = actor.application
            && resource.is_none_or(|resource| resource.application == Some(held))
        {
            return Decision::Allowed(Scope::Application(held));
        }
        match &actor.who {
            Who::Anyone if rule.own || !rule.roles.is_empty() => Decision::Refused(Refusal::SignInFirst),
            Who::Anyone => Decision::Refused(Refusal::Hidden),
            Who::Program { scopes, .. } => match &rule.token_scope {
                Some(needed) if scopes.contains(needed) => Decision::Allowed(Scope::All),
                _ => Decision::Refused(Refusal::Hidden),
            },
            Who::Person { account, stepped_up_at, .. } => {
                let Some(scope) = scope_of(rule, actor, *account, resource) else {
                    return Decision::Refused(Refusal::Hidden);
                };
                let is_fresh = stepped_up_at.is_some_and(|at| at <= now && now.since(at) <= STEP_UP_LASTS);
                if rule.step_up && !is_fresh { Decision::Refused(Refusal::StepUpFirst) } else { Decision::Allowed(scope) }
            }
        }
    }
}

fn scope_of(rule: &Rule, actor: &Actor, account: AccountId, resource: Option<&Resource>) -> Option<Scope> {
    let mut subtrees = Vec::new();
    for membership in actor.roles().filter(|membership| rule.roles.contains(&membership.role)) {
        match membership.organization {
            None => return Some(Scope::All),
            Some(organization) if resource.map_or(rule.by_organization, |resource| resource.path.contains(&organization)) => {
                subtrees.push(organization);
            }
            Some(_) => {}
        }
    }
    if !subtrees.is_empty() {
        return Some(Scope::Subtrees(subtrees));
    }
    let is_own = rule.own && resource.is_none_or(|resource| resource.owner == Some(account));
    is_own.then_some(Scope::Own(account))
}
