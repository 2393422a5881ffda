//! Who may ask for what, written down from the papers on people and on security, address by address. Nothing here looks at
//! `data/permissions.toml`: the two have to agree.

use access::Role::{self, Auditor, Ministry, Operator, Secretariat};
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
    /// A program that may read figures.
    Figures,
    /// A program that may read applications.
    Applications,
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
const OFFICE_AND_MINISTRY: &[Role] = &[Secretariat, Ministry];

/// Every address of the portal. A route that is not here is refused by the test, by its name.
const TABLE: &[(May, &[&str])] = &[
    (
        May::Everybody,
        &[
            "GET /",
            "GET /recommended",
            "GET /calendar",
            "GET /incident",
            "GET /trainings",
            "GET /trainings/{year}",
            "GET /trainings/{year}/{course}",
            "GET /trainings/{year}/{course}/{session}",
            "GET /calendar.ics",
            "GET /calendar/{audience}",
            "GET /notices",
            "GET /notices/{slug}",
            "GET /feed.xml",
            "GET /faq",
            "GET /guide",
            "GET /about",
            "GET /privacy",
            "GET /terms",
            "GET /accessibility",
            "GET /letters",
            "GET /rules",
            "GET /search",
            "GET /organizations",
            "GET /robots.txt",
            "GET /api/v1/programmes",
            "GET /api/v1/programmes/{year}",
            "GET /api/v1/openapi.json",
            "GET /healthz",
            "GET /readyz",
            "POST /csp-reports",
            // Addresses on paper, which lead on.
            "GET /training/",
            "GET /training",
            "GET /contact-us/",
            "GET /contact-us",
            "GET /about-business/",
            "GET /about-business",
            "GET /info-20230810-2/",
            "GET /info-20230810-2",
            "GET /info-20230810-1/",
            "GET /info-20230810-1",
            "GET /info-20230814-1/",
            "GET /info-20230814-1",
            "GET /info-20230511-1/",
            "GET /info-20230511-1",
            // Applying, asking and signing in need nobody to be known.
            "GET /apply/{year}/{course}/{session}",
            "POST /apply/{year}/{course}/{session}",
            "GET /apply/{year}/{course}/{session}/confirmation",
            "POST /apply/{year}/{course}/{session}/confirmation",
            "GET /a/{token}",
            "GET /links",
            "POST /links",
            "GET /tell-me/{audience}",
            "POST /tell-me/{audience}",
            "GET /tell-me/end/{token}",
            "POST /tell-me/end/{token}",
            "GET /contact",
            "POST /contact",
            "GET /contact/receipts/{token}",
            "GET /sign-in",
            "POST /sign-in",
            "GET /sign-in/passphrase",
            "POST /sign-in/passphrase",
            "POST /sign-in/passkey/question",
            "POST /sign-in/passkey",
            "GET /sign-in/link/{token}",
            "POST /sign-in/link/{token}",
            "GET /invitation/{token}",
            "POST /invitation/{token}",
        ],
    ),
    (
        May::Applicant,
        &[
            "GET /applications/{id}",
            "GET /applications/{id}/calendar.ics",
            "GET /applications/{id}/move",
            "POST /applications/{id}/move",
            "GET /applications/{id}/cancellation",
            "POST /applications/{id}/cancellation",
            "POST /applications/{id}/restoration",
            "POST /applications/{id}/archive-notice",
        ],
    ),
    (
        May::SignedIn,
        &[
            "GET /my",
            "GET /my/security",
            "POST /my/security/passkeys/question",
            "POST /my/security/passkeys",
            "POST /my/security/passphrase",
            "POST /my/security/sign-ins/others/end",
            "GET /step-up",
            "POST /step-up/passkey/question",
            "POST /step-up/passkey",
            "POST /step-up/passphrase",
            "POST /sign-out",
        ],
    ),
    (
        May::Owner,
        &[
            "POST /my/security/passkeys/{id}",
            "POST /my/security/passkeys/{id}/removal",
            "POST /my/security/sign-ins/{id}/end",
            // Of somebody who has a passphrase, and codes, respectively.
            "POST /my/security/codes/secret",
            "GET /my/security/codes",
            "POST /my/security/codes",
            "POST /my/security/codes/removal",
        ],
    ),
    (May::Roles(&[Secretariat, Ministry, Operator, Auditor]), &["GET /staff"]),
    (
        May::Roles(OFFICE_AND_MINISTRY),
        &[
            "GET /staff/programmes",
            "GET /staff/programmes/{year}",
            "GET /staff/programmes/{year}/history",
            "GET /staff/plans",
            "GET /staff/plans/{id}",
            // 承認: the ministry approves what changes in the programme.
            "POST /staff/plans/{id}/approvals",
            "POST /staff/plans/{id}/returns",
            "GET /staff/sessions/{id}",
            "GET /staff/notices",
            "GET /staff/notices/{id}",
            "GET /staff/faq",
            "GET /staff/faq/{id}",
            "GET /staff/pages",
            "GET /staff/pages/{id}",
            // 承認: the ministry approves what goes public.
            "POST /staff/notices/{id}/approvals",
            "POST /staff/notices/{id}/returns",
            "POST /staff/faq/{id}/approvals",
            "POST /staff/faq/{id}/returns",
            "POST /staff/pages/{id}/approvals",
            "POST /staff/pages/{id}/returns",
        ],
    ),
    (
        May::Roles(OFFICE),
        &[
            "GET /staff/programmes/{year}/clone",
            "GET /staff/programmes/{year}/bulk",
            "POST /staff/programmes/{year}/bulk",
            "GET /staff/plans/new",
            "POST /staff/plans",
            "GET /staff/plans/{id}/drafts/{draft}",
            "POST /staff/plans/{id}/drafts/{draft}",
            "POST /staff/plans/{id}/additions",
            "POST /staff/plans/{id}/refreshments",
            "POST /staff/plans/{id}/requests",
            "POST /staff/plans/{id}/closures",
            "POST /staff/plans/{id}/restorations",
            "GET /staff/sessions/{id}/lecturers",
            "POST /staff/sessions/{id}/lecturers",
            "GET /staff/sessions/{id}/rehearsal",
            "GET /staff/programmes/{year}/{course}/sessions/new",
            "POST /staff/programmes/{year}/{course}/sessions",
            "GET /staff/sessions/{id}/edit",
            "POST /staff/sessions/{id}/edit",
            "POST /staff/sessions/{id}/changes",
            "GET /staff/sessions/{id}/cancellation",
            "POST /staff/sessions/{id}/cancellation",
            "GET /staff/sessions/{id}/applicants",
            "GET /staff/sessions/{id}/roll",
            "GET /staff/sessions/{id}/selection",
            "GET /staff/sessions/{id}/selection/done",
            "POST /staff/sessions/{id}/moves",
            "POST /staff/sessions/{id}/cancellations",
            "POST /staff/sessions/{id}/restorations",
            "GET /staff/sessions/{id}/applications/new",
            "POST /staff/sessions/{id}/applications/new",
            "POST /staff/sessions/{id}/applications",
            "GET /staff/applicants/{id}",
            "GET /staff/delivery",
            "GET /staff/notices/new",
            "POST /staff/notices",
            "GET /staff/notices/{id}/edit",
            "POST /staff/notices/{id}",
            "POST /staff/notices/{id}/requests",
            "GET /staff/faq/new",
            "POST /staff/faq",
            "GET /staff/faq/{id}/edit",
            "POST /staff/faq/{id}",
            "POST /staff/faq/{id}/requests",
            "GET /staff/pages/{id}/edit",
            "POST /staff/pages/{id}",
            "POST /staff/pages/{id}/requests",
            "GET /staff/inquiries",
            "GET /staff/inquiries/{id}",
            "POST /staff/inquiries/{id}/answers",
            "POST /staff/inquiries/{id}/notes",
            "POST /staff/inquiries/{id}/takings",
            "POST /staff/inquiries/{id}/closures",
            "POST /staff/inquiries/{id}/reopenings",
        ],
    ),
    // Exports, and what goes public.
    (
        May::RolesFresh(OFFICE),
        &[
            "GET /staff/plans/{id}/publications",
            "POST /staff/plans/{id}/publications",
            "GET /staff/sessions/{id}/export",
            "POST /staff/sessions/{id}/export",
            "GET /staff/notices/{id}/publications",
            "POST /staff/notices/{id}/publications",
            "GET /staff/notices/{id}/withdrawals",
            "POST /staff/notices/{id}/withdrawals",
            "GET /staff/faq/{id}/publications",
            "POST /staff/faq/{id}/publications",
            "GET /staff/faq/{id}/withdrawals",
            "POST /staff/faq/{id}/withdrawals",
            "GET /staff/pages/{id}/publications",
            "POST /staff/pages/{id}/publications",
        ],
    ),
    // Lists that are brought in.
    (
        May::RolesFresh(OFFICE),
        &[
            "GET /staff/sessions/{id}/import",
            "POST /staff/sessions/{id}/import",
            "GET /staff/sessions/{id}/import/template.xlsx",
            "GET /staff/notices/import",
            "POST /staff/notices/import",
            "GET /staff/notices/import/template.xlsx",
            "GET /staff/faq/import",
            "POST /staff/faq/import",
            "GET /staff/faq/import/template.xlsx",
        ],
    ),
    (
        May::Maker(OFFICE),
        &[
            "GET /staff/sessions/{id}/imports/{list}",
            "POST /staff/sessions/{id}/imports/{list}",
            "GET /staff/sessions/{id}/imports/{list}/mend.xlsx",
            "GET /staff/notices/imports/{list}",
            "POST /staff/notices/imports/{list}",
            "GET /staff/notices/imports/{list}/mend.xlsx",
            "GET /staff/faq/imports/{list}",
            "POST /staff/faq/imports/{list}",
            "GET /staff/faq/imports/{list}/mend.xlsx",
        ],
    ),
    // Roles and tokens.
    (
        May::RolesFresh(&[Operator]),
        &[
            "GET /staff/people",
            "GET /staff/people/invitations/new",
            "POST /staff/people/invitations/new",
            "POST /staff/people/invitations",
            "GET /staff/people/requests/{id}",
            "POST /staff/people/requests/{id}",
            "GET /staff/people/{account}",
            "GET /staff/people/{account}/roles/{id}",
            "POST /staff/people/{account}/roles/{id}",
            "GET /staff/tokens",
            "GET /staff/tokens/new",
            "POST /staff/tokens",
            "GET /staff/tokens/{id}/end",
            "POST /staff/tokens/{id}/end",
        ],
    ),
    (May::RolesFresh(&[Secretariat, Operator]), &["GET /staff/settings", "GET /staff/settings/{group}", "POST /staff/settings/{group}"]),
    (May::Roles(&[Operator, Secretariat]), &["GET /staff/operation"]),
    (
        May::Roles(&[Operator]),
        &[
            "POST /staff/operation/mails/{id}/retry",
            "POST /staff/operation/mails/{id}/retirement",
            "POST /staff/operation/jobs/{id}/retry",
            "POST /staff/operation/jobs/{id}/retirement",
        ],
    ),
    (May::Roles(&[Auditor]), &["GET /staff/audit"]),
    (May::Figures, &["GET /metrics"]),
    (May::Applications, &["GET /api/v1/programmes/{year}/{course}/{session}/applications"]),
    (
        May::Demo,
        &[
            "GET /demo",
            "GET /demo/mail",
            "GET /demo/mail/{number}",
            "GET /demo/mail/{number}/{attachment}",
            "GET /demo/mail/{number}/source",
            "GET /demo/clock",
            "POST /demo/clock",
            "GET /demo/sign-in/{role}",
            "POST /demo/sign-in/{role}",
        ],
    ),
];

/// What the papers say about a route, if they say anything.
pub fn may(route: &Route) -> Option<May> {
    let line = format!("{} {}", route.method, route.path);
    TABLE.iter().find(|(_, lines)| lines.contains(&line.as_str())).map(|(may, _)| *may)
}

/// Addresses of the table that no route has.
pub fn without_route(routes: &[Route]) -> Vec<&'static str> {
    let known: Vec<String> = routes.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    TABLE.iter().flat_map(|(_, lines)| lines.iter().copied()).filter(|line| !known.iter().any(|known| known == line)).collect()
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
            (Self::Applications, Asking::Program { .. }) => Outcome::Refused,
            (Self::Figures | Self::Demo, _) => Outcome::Hidden,
            // To a page, whoever is not signed in by it is a visitor.
            (Self::Applications, _) | (_, Asking::Visitor | Asking::Holder { .. } | Asking::Program { .. }) => Outcome::SignIn,
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
            (Self::RolesFresh(_) | Self::Maker(_), Asking::Person { ago, .. }) if *ago > Span::minutes(15) => Outcome::StepUp,
            (Self::Maker(_), Asking::Person { .. }) => Outcome::Hidden,
            (Self::RolesFresh(_), Asking::Person { .. }) => Outcome::Allowed,
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
}
