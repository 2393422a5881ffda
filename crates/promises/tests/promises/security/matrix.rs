//! The permission matrix through the front door: every route, asked by every role in every standing at every place in the tree.

use access::{Action, Decision, Matrix, NotAMatrix, OrganizationId, Refusal, Resource, Role, Scope, Standing, Strength, Who};
use both_engines::both_engines;
use db::{Engine, Tx};
use http::{Method, StatusCode};
use kernel::{Span, Uuid};
use std::collections::BTreeMap;
use web::Route;

use super::House;
use super::house::Outcome;
use super::oracle::{self, Asking};
use super::people::{Asker, Given};
use super::things::{OWNER, Things};
use crate::site::{START, instant, project_file};

/// Where in the tree a role can be given.
struct Tree {
    parent: OrganizationId,
    own: OrganizationId,
    sibling: OrganizationId,
    foreign: OrganizationId,
}

const fn place(number: u128) -> OrganizationId {
    OrganizationId::from_uuid(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number))
}

impl Tree {
    const fn new() -> Self {
        Self { parent: place(1), own: place(2), sibling: place(3), foreign: place(4) }
    }

    async fn grow(&self, house: &House) {
        let Self { parent, own, sibling, foreign } = *self;
        house
            .write(async move |tx: &mut Tx<'_>, _| {
                access::place(tx, parent, None).await?;
                access::place(tx, own, Some(parent)).await?;
                access::place(tx, sibling, Some(parent)).await?;
                access::place(tx, foreign, None).await
            })
            .await;
    }

    fn places(&self) -> [Option<OrganizationId>; 5] {
        [None, Some(self.own), Some(self.sibling), Some(self.parent), Some(self.foreign)]
    }

    /// The organization and all above it.
    fn path(&self, place: OrganizationId) -> Vec<OrganizationId> {
        if place == self.own || place == self.sibling { vec![place, self.parent] } else { vec![place] }
    }
}

/// Asks for every route as somebody, and notes what did not come as the oracle says.
async fn ask_for_everything(house: &House, things: &Things, who: &Asker, asking: &Asking, wrong: &mut Vec<String>) {
    let mut routes = House::routes();
    // After this one nobody is signed in any more.
    routes.sort_by_key(|route| route.path == "/sign-out");
    for route in &routes {
        let (Some(may), Some((path, fields))) = (oracle::may(route), things.address(route)) else {
            wrong.push(format!("{} {} is not entered in the tables of this test", route.method, route.path));
            continue;
        };
        let answer = who.asks(house, &route.method, &path, fields).await;
        let (got, expected) = (Outcome::of(&answer), may.answer(asking));
        // What a role needs is not removed, whether it is there or not.
        let is_needed = route.path.ends_with("/removal") && answer.status == StatusCode::UNPROCESSABLE_ENTITY;
        if got != expected && !is_needed {
            wrong.push(format!("{} {} as {}: {got:?} ({}), not {expected:?}", route.method, route.path, who.name, answer.status));
        }
    }
}

#[track_caller]
fn nothing_is(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} answers are not as the papers say:\n{}", wrong.len(), wrong[..wrong.len().min(30)].join("\n"));
}

/// Each of these roles, in every standing, at every place.
async fn every_standing_and_place(house: &House, roles: &[Role]) {
    let things = house.things().await;
    let tree = Tree::new();
    tree.grow(house).await;
    let mut wrong = Vec::new();
    for role in roles {
        for standing in Standing::ALL {
            for (n, place) in tree.places().into_iter().enumerate() {
                let given = vec![(*role, standing, place)];
                let email = format!("{role}-{}-{n}@example.jp", standing.id());
                let who = house.person(&email, &given, Strength::Passkey, Span::ZERO).await;
                let asking = Asking::Person { given, strength: Strength::Passkey, ago: Span::ZERO, own: false };
                ask_for_everything(house, &things, &who, &asking, &mut wrong).await;
            }
        }
    }
    nothing_is(&wrong);
}

#[both_engines]
async fn secretariat_and_ministry_open_what_is_theirs_and_nothing_else(house: House) {
    every_standing_and_place(&house, &[Role::Secretariat, Role::Ministry]).await;
}

#[both_engines]
async fn auditor_and_operator_open_what_is_theirs_and_nothing_else(house: House) {
    every_standing_and_place(&house, &[Role::Auditor, Role::Operator]).await;
}

#[both_engines]
async fn institutions_and_associations_open_nothing_of_the_portals_own(house: House) {
    let roles = [Role::Learner, Role::InstitutionAdmin, Role::AssociationEditor, Role::AssociationReleaser];
    every_standing_and_place(&house, &roles).await;
}

#[both_engines]
async fn inspectors_and_responders_open_nothing_of_the_portals_own(house: House) {
    every_standing_and_place(&house, &[Role::Inspector, Role::Responder, Role::DeskLead]).await;
}

#[both_engines]
async fn a_role_opens_only_what_its_proof_and_its_age_allow(house: House) {
    let things = house.things().await;
    let mut wrong = Vec::new();
    let proofs = [
        (Strength::Passkey, Span::minutes(15)),
        (Strength::Passkey, Span::minutes(16)),
        (Strength::PassphraseAndCode, Span::ZERO),
        (Strength::Passphrase, Span::ZERO),
        (Strength::MailLink, Span::ZERO),
    ];
    for role in Role::ALL {
        for (strength, ago) in proofs {
            let given = vec![(role, Standing::Confirmed, None)];
            let who = house.person(&format!("{role}@example.jp"), &given, strength, ago).await;
            let asking = Asking::Person { given, strength, ago, own: false };
            let mut noted = Vec::new();
            ask_for_everything(&house, &things, &who, &asking, &mut noted).await;
            // Whoever has a role and no passkey yet gets one by invitation alone: to everybody else these forms are not there.
            let adds_a_first_passkey = |line: &String| {
                ["passkeys/question", "security/passphrase"].iter().any(|end| line.starts_with(&format!("POST /my/security/{end}")))
                    || line.starts_with("POST /my/security/passphrase")
            };
            noted.retain(|line| !(adds_a_first_passkey(line) && line.contains("Hidden (404")));
            wrong.append(&mut noted);
        }
    }
    nothing_is(&wrong);
}

#[both_engines]
async fn visitors_holders_of_links_and_programs_open_what_is_theirs(house: House) {
    let things = house.things().await;
    let mut wrong = Vec::new();
    ask_for_everything(&house, &things, &Asker::visitor(), &Asking::Visitor, &mut wrong).await;
    let mut hanako = house.visitor("見本 花子");
    hanako.applies_for("R8/executive/4").await;
    let other: Uuid = hanako.application.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
    ask_for_everything(&house, &things, &house.holder(other), &Asking::Holder { own: false }, &mut wrong).await;
    ask_for_everything(&house, &things, &house.holder(things.application), &Asking::Holder { own: true }, &mut wrong).await;
    for scopes in ["applications:read", "programmes:write metrics:write", "metrics:read"] {
        let program = house.program(scopes).await;
        let asking = Asking::Program { figures: scopes == "metrics:read", applications: scopes == "applications:read" };
        ask_for_everything(&house, &things, &program, &asking, &mut wrong).await;
    }
    nothing_is(&wrong);
}

#[both_engines]
async fn whoever_owns_a_thing_opens_it(house: House) {
    let things = house.things().await;
    let owner = house.person(OWNER, &[], Strength::Passkey, Span::ZERO).await;
    let asking = Asking::Person { given: Vec::new(), strength: Strength::Passkey, ago: Span::ZERO, own: true };
    let mut wrong = Vec::new();
    let mut routes = House::routes();
    // Whoever takes a passkey away ends the other sign-ins with it.
    routes.sort_by_key(|route| route.path.ends_with("/removal") || route.path.contains("/others/"));
    for route in routes {
        let may = oracle::may(&route).expect("an entry");
        // The codes need a passphrase, and questions a passkey that can be read, which the promises of accounts set up.
        let is_asked_elsewhere = route.path.contains("/codes") || route.path.ends_with("/question") || route.path == "/sign-out";
        if may.answer(&asking) != Outcome::Allowed || is_asked_elsewhere {
            continue;
        }
        let (path, fields) = things.address(&route).expect("an address");
        // A stranger's try first: it must not have used the thing up.
        if matches!(may, oracle::May::Owner | oracle::May::Applicant) {
            let stranger = house.learner("jiro@example.jp").await.asks(&house, &route.method, &path, fields).await;
            assert_eq!(Outcome::of(&stranger), Outcome::Hidden, "{} {path}", route.method);
        }
        let answer = owner.asks(&house, &route.method, &path, fields).await;
        if Outcome::of(&answer) != Outcome::Allowed {
            wrong.push(format!("{} {path}: {}", route.method, answer.status));
        }
    }
    nothing_is(&wrong);
}

#[both_engines]
async fn the_demo_opens_its_own_pages_to_everybody(engine: Demo) {
    let house = engine.0;
    for route in House::routes().iter().filter(|route| oracle::may(route) == Some(oracle::May::Demo) && route.method == Method::GET) {
        let path = match route.path.as_str() {
            "/demo/sign-in/{part}" => "/demo/sign-in/secretariat",
            // No mail has been sent yet.
            path if path.contains('{') => continue,
            path => path,
        };
        assert_eq!(Asker::visitor().gets(&house, path).await.status, StatusCode::OK, "{path}");
    }
}

/// A demo in place of a portal.
struct Demo(House);

impl Demo {
    async fn on(engine: Engine) -> Self {
        Self(House::of_the_demo(engine).await)
    }
}

/// Routes for which this test knows nothing.
fn unknown(routes: &[Route], things: &Things) -> Vec<String> {
    let is_unknown = |route: &&Route| oracle::may(route).is_none() || things.address(route).is_none();
    routes.iter().filter(is_unknown).map(|route| format!("{} {}", route.method, route.path)).collect()
}

#[both_engines]
async fn a_route_without_an_entry_is_named(house: House) {
    let things = house.things().await;
    let mut routes = House::routes();
    assert_eq!(unknown(&routes, &things), Vec::<String>::new(), "every listed route is asked for");
    assert_eq!(oracle::without_route(&routes), Vec::<&str>::new(), "every entry has its route");
    let new = |path: &str| Route { path: path.to_owned(), ..routes[0].clone() };
    let (thing, plain) = (new("/things/{thing}"), new("/things"));
    routes.extend([thing, plain]);
    assert_eq!(unknown(&routes, &things), ["GET /things/{thing}", "GET /things"]);
}

#[test]
fn a_matrix_that_misses_or_adds_an_action_is_refused() {
    let text = project_file("data/permissions.toml");
    let whole: BTreeMap<String, toml::Value> = toml::from_str(&text).expect("a table");
    assert!(Matrix::parse(&text).is_ok());
    for action in Action::ALL {
        let mut doctored = whole.clone();
        doctored.remove(action.id()).unwrap_or_else(|| panic!("{action} has an entry"));
        let refusal = Matrix::parse(&toml::to_string(&doctored).expect("a table"));
        assert!(matches!(refusal, Err(NotAMatrix::Missing(missing)) if missing == *action), "{action}: {refusal:?}");
    }
    let more = format!("{text}\n[see_everything]\nmeans = \"すべてを見る\"\nanyone = true\n");
    assert!(matches!(Matrix::parse(&more), Err(NotAMatrix::Unknown(name)) if name == "see_everything"));
    for slip in ["[read_audit]\nmeans = \"x\"\nroles = [\"auditors\"]", "[read_audit]\nmeans = \"x\"\nanybody = true", "[read_audit]"] {
        assert!(matches!(Matrix::parse(slip), Err(NotAMatrix::Shape(_))), "{slip}");
    }
}

/// What belongs to an organization is opened at that organization and above it, for the rules that say so.
#[test]
fn a_role_reaches_down_the_tree_and_nowhere_else() {
    let text = project_file("data/permissions.toml");
    let (before, rest) = text.split_once("[see_applicants]\n").expect("an entry");
    let matrix = Matrix::parse(&format!("{before}[see_applicants]\nby_organization = true\n{rest}")).expect("a matrix");
    let tree = Tree::new();
    let now = instant(START);
    for standing in Standing::ALL {
        for place in tree.places() {
            for owner in [None, Some(tree.own), Some(tree.sibling), Some(tree.parent), Some(tree.foreign)] {
                let given: Given = (Role::Secretariat, standing, place);
                let actor = access::Actor {
                    who: Who::Person {
                        account: access::AccountId::new(now),
                        sign_in: access::SignInId::new(now),
                        strength: Strength::Passkey,
                        stepped_up_at: None,
                    },
                    memberships: vec![access::Membership { role: given.0, standing, organization: place }],
                    application: None,
                };
                let path = owner.map_or_else(Vec::new, |owner| tree.path(owner));
                let resource = Resource { path, ..Resource::default() };
                let reaches = match (place, owner) {
                    (None, _) => true,
                    (Some(_), None) => false,
                    (Some(place), Some(owner)) => place == owner || (place == tree.parent && (owner == tree.own || owner == tree.sibling)),
                };
                let expected = match place {
                    _ if standing != Standing::Confirmed || !reaches => Decision::Refused(Refusal::Hidden),
                    None => Decision::Allowed(Scope::All),
                    Some(place) => Decision::Allowed(Scope::Subtrees(vec![place])),
                };
                let said = matrix.may(&actor, Action::SeeApplicants, Some(&resource), now);
                assert_eq!(said, expected, "{standing:?} at {place:?}, of {owner:?}");
            }
        }
    }
}
