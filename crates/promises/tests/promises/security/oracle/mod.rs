//! Who may ask for what, written down a second time, address by address. Nothing here looks at `data/permissions.toml`: the two have
//! to agree.

mod desk;
mod office;
mod packages;
mod people;
mod public;
mod records;

use access::Role::{self, Ministry, Secretariat};
use access::{Standing, Strength};
use kernel::Span;
use web::Route;

use super::house::Outcome;
use super::people::Given;

/// Who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Everybody, known or not.
    Everybody,
    /// Everybody who signed in.
    SignedIn,
    /// Whoever signed in, and it is theirs.
    Owner,
    /// Whoever holds the link of the application, or signed in with its address.
    Applicant,
    /// These roles.
    Roles(&'static [Role]),
    /// These roles, after proving themselves within fifteen minutes.
    RolesFresh(&'static [Role]),
    /// These roles, freshly proved, for what they made themselves: to everybody else it is not there.
    Maker(&'static [Role]),
    /// These roles, for a file that they sent themselves: to everybody else it is not there.
    Sender(&'static [Role]),
    /// Whoever was let in by the link of a recovery: to everybody else who signed in it is not there.
    Recovering,
    /// These roles, wherever they are held, freshly proved.
    Placed(&'static [Role]),
    /// The same, for people of their own place and below: to everybody else they are not there.
    PlacedNear(&'static [Role]),
    /// A program that may read figures.
    Figures,
    /// A program that may read applications.
    Applications,
    /// A program that may say which mails came back.
    Bounces,
    /// A program of the record store: a client with its secret, or a token for it.
    Records,
    /// A program that may bring packages in.
    Packages,
    /// A browser with a way into a case: to everybody who asks here it is not there.
    CaseHolder,
    /// Whoever looks at the demo.
    Demo,
}

/// Who asks, as far as it matters.
#[derive(Clone, Debug)]
pub enum Asking {
    Visitor,
    /// Holds the link of the application that is asked for, or of another one.
    Holder {
        own: bool,
    },
    Person {
        given: Vec<Given>,
        strength: Strength,
        ago: Span,
        own: bool,
    },
    Program {
        figures: bool,
        applications: bool,
    },
}

const OFFICE: &[Role] = &[Secretariat];
/// Those who answer at the first-response desk.
const DESK: &[Role] = &[Role::Responder, Role::DeskLead];
/// Those who act for an institution or association.
const PLACED: &[Role] = &[Role::InstitutionAdmin, Role::AssociationEditor, Role::AssociationReleaser];
/// Those who see how many cases came.
const DESK_FIGURES: &[Role] = &[Role::Responder, Role::DeskLead, Ministry, Secretariat];
/// Those who act for an institution itself.
const OWN_PLACE: &[Role] = &[Role::InstitutionAdmin];
const OFFICE_AND_MINISTRY: &[Role] = &[Secretariat, Ministry];

/// Addresses, by who may ask for them.
type Room = &'static [(May, &'static [&'static str])];

/// Every address of the portal. A route that is not here is refused by the test, by its name.
const ROOMS: &[Room] = &[public::TABLE, office::TABLE, people::TABLE, desk::TABLE, records::TABLE, packages::TABLE];

fn table() -> impl Iterator<Item = &'static (May, &'static [&'static str])> {
    ROOMS.iter().copied().flatten()
}
/// What is written down here about a route, if anything is.
pub fn may(route: &Route) -> Option<May> {
    let line = format!("{} {}", route.method, route.path);
    table().find(|(_, lines)| lines.contains(&line.as_str())).map(|(may, _)| *may)
}

/// Addresses of the table that no route has.
pub fn without_route(routes: &[Route]) -> Vec<&'static str> {
    let known: Vec<String> = routes.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    table().flat_map(|(_, lines)| lines.iter().copied()).filter(|line| !known.iter().any(|known| known == line)).collect()
}

impl May {
    /// What has to come of it, outside the demo.
    pub fn answer(self, asking: &Asking) -> Outcome {
        match (self, asking) {
            (Self::Everybody, _)
            | (Self::Figures, Asking::Program { figures: true, .. })
            | (Self::Applications, Asking::Program { applications: true, .. })
            | (Self::Applicant, Asking::Holder { own: true })
            | (Self::SignedIn, Asking::Person { .. }) => Outcome::Allowed,
            // A program is told what its token lacks; nobody else is anybody to an address for programs.
            (Self::Applications | Self::Bounces | Self::Records | Self::Packages, Asking::Program { .. }) => Outcome::Refused,
            (Self::Figures | Self::Demo | Self::CaseHolder, _) | (Self::Sender(_) | Self::Recovering, Asking::Person { .. }) => {
                Outcome::Hidden
            }
            // To a page, whoever is not signed in by it is a visitor.
            (Self::Applications | Self::Bounces | Self::Records | Self::Packages, _)
            | (_, Asking::Visitor | Asking::Holder { .. } | Asking::Program { .. }) => Outcome::SignIn,
            (Self::Owner | Self::Applicant, Asking::Person { own, .. }) => {
                if *own {
                    Outcome::Allowed
                } else {
                    Outcome::Hidden
                }
            }
            (Self::Roles(roles), Asking::Person { .. }) => {
                if asking.acts_as(roles) {
                    Outcome::Allowed
                } else {
                    Outcome::Hidden
                }
            }
            (Self::RolesFresh(roles) | Self::Maker(roles), Asking::Person { .. }) if !asking.acts_as(roles) => Outcome::Hidden,
            (Self::Placed(roles) | Self::PlacedNear(roles), Asking::Person { .. }) if !asking.acts_anywhere_as(roles) => Outcome::Hidden,
            (Self::Placed(_) | Self::PlacedNear(_), Asking::Person { ago, .. }) if *ago > Span::minutes(15) => Outcome::StepUp,
            (Self::RolesFresh(_) | Self::Maker(_), Asking::Person { ago, .. }) if *ago > Span::minutes(15) => Outcome::StepUp,
            // Nobody who asks here has the person among their own.
            (Self::Maker(_) | Self::PlacedNear(_), Asking::Person { .. }) => Outcome::Hidden,
            (Self::RolesFresh(_) | Self::Placed(_), Asking::Person { .. }) => Outcome::Allowed,
        }
    }
}

impl Asking {
    /// Whether one of these roles is in force: confirmed, for the whole portal, and proved by what it asks for. All of them ask
    /// for a passkey.
    fn acts_as(&self, roles: &[Role]) -> bool {
        let Self::Person { given, strength, .. } = self else { return false };
        let in_force = |(role, standing, place): &Given| {
            roles.contains(role) && *standing == Standing::Confirmed && place.is_none() && *strength == Strength::Passkey
        };
        given.iter().any(in_force)
    }

    /// Whether one of these roles is in force somewhere; a passphrase with a code is proof enough for them.
    fn acts_anywhere_as(&self, roles: &[Role]) -> bool {
        let Self::Person { given, strength, .. } = self else { return false };
        let is_proved = *strength >= Strength::PassphraseAndCode;
        is_proved && given.iter().any(|(role, standing, _)| roles.contains(role) && *standing == Standing::Confirmed)
    }
}
