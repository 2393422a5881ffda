//! Who acts, and what they may do.
//!
//! Every request has one [`Actor`]; every route names one [`Action`]; [`Matrix::may`] alone decides. The matrix is data
//! (`data/permissions.toml`); what it does not name is refused.

mod action;
mod actor;
mod hand;
mod label;
mod matrix;
mod memberships;
mod sign_ins;
mod strength;
mod tokens;
mod tree;

pub use action::Action;
pub use actor::{AccountId, Actor, ApplicationRef, Membership, OrganizationId, Role, Standing, Who};
pub use hand::Hand;
pub use label::{Label, NotALabel};
pub use matrix::{Decision, Matrix, NotAMatrix, Refusal, Resource, Rule, Scope};
pub use memberships::{MembershipId, change_standing, grant, memberships_of, set_standing};
pub use sign_ins::{Level, NewSignIn, SignIn, SignInId, end, end_all, end_others, find, forget_ended, list, open, seen, step_up};
pub use strength::{NotAStrength, Strength};
pub use tokens::{ApiToken, ApiTokenId, issue, revoke, revoke_all, token, token_names, token_of, tokens, used};
pub use tree::{path_of, place};
