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
/// Those who act for an institution or association.
const PLACED: &[Role] = &[Role::InstitutionAdmin, Role::AssociationEditor, Role::AssociationReleaser];
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
            "GET /apply/{year}/{course}/{session}/colleagues",
            "POST /apply/{year}/{course}/{session}/colleagues",
            "GET /apply/{year}/{course}/{session}/colleagues/confirmation",
            "POST /apply/{year}/{course}/{session}/colleagues/confirmation",
            "GET /apply/{year}/{course}",
            "POST /apply/{year}/{course}",
            "GET /apply/{year}/{course}/confirmation",
            "POST /apply/{year}/{course}/confirmation",
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
            "GET /lobby/check",
            "GET /lobby/{year}/{course}/{session}",
            "GET /lobby/{year}/{course}/{session}/join",
            "POST /lobby/heartbeat",
            "POST /lobby/keyword",
            "POST /lobby/questionnaire",
            "POST /lobby/checks",
            "GET /together",
            "GET /together/{code}",
            "POST /together/{code}",
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
            // A certificate is checked by its code.
            "GET /verify",
            "GET /verify/{code}",
            "POST /verify/{code}/file",
            "GET /verify/{code}/badge",
            "GET /badges/issuer",
            "GET /badges/keys",
            "GET /badges/status/{list}",
            "GET /.well-known/did.json",
            "GET /invitation/{token}",
            "POST /invitation/{token}",
            "GET /recovery",
            "POST /recovery",
            "GET /recovery/cancel/{token}",
            "POST /recovery/cancel/{token}",
            "GET /recovery/link/{token}",
            "POST /recovery/link/{token}",
            // Everybody may watch; what is seen is put down for whoever is known.
            "GET /archive/{year}/{course}/{session}",
            "GET /archive/{year}/{course}/{session}/film",
            "GET /archive/{year}/{course}/{session}/hls/{file}",
            "GET /archive/{year}/{course}/{session}/captions.vtt",
            "GET /archive/{year}/{course}/{session}/transcript.txt",
            "POST /archive/{year}/{course}/{session}/seen",
            "GET /archive/{year}/{course}/{session}/check",
            "POST /archive/{year}/{course}/{session}/check",
            "GET /archive/{year}/{course}/{session}/application",
            "POST /archive/{year}/{course}/{session}/application",
            "GET /mails/{token}",
            "POST /mails/{token}",
            "POST /mails/{token}/end/{rules}",
            "GET /archive-notices/end/{token}",
            "POST /archive-notices/end/{token}",
            "GET /materials/{id}",
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
            "GET /applications/{id}/offer",
            "POST /applications/{id}/offer",
            "GET /applications/{id}/series",
            "GET /applications/{id}/series/cancellation",
            "POST /applications/{id}/series/cancellation",
            "POST /applications/{id}/archive-notice",
            "GET /applications/{id}/attendance",
            "POST /applications/{id}/attendance",
            "GET /certificates/{file}",
            "GET /applications/{id}/join",
            "POST /applications/{id}/join",
            "GET /applications/{id}/joined",
            "GET /applications/{id}/questionnaire",
            "GET /applications/{id}/question",
            "POST /applications/{id}/question",
            "GET /applications/{id}/viewing",
            "POST /applications/{id}/viewing",
            "GET /applications/{id}/viewing/slips",
        ],
    ),
    (
        May::SignedIn,
        &[
            "GET /my",
            "GET /my/mails",
            "POST /my/mails",
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
            "GET /staff/sessions/{id}/questionnaire",
            "POST /staff/sessions/{id}/questionnaire/export",
            "GET /staff/programmes/{year}/figures",
            "GET /staff/programmes/{year}/figures/{table}",
            "GET /staff/sessions/{id}/figures",
            "GET /staff/sessions/{id}/figures/{table}",
            "GET /staff/reports",
            "GET /staff/reports/{id}",
            "GET /staff/reports/{id}/file.xlsx",
            "GET /staff/reports/{id}/differences",
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
            "GET /staff/reports/new",
            "POST /staff/reports",
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
            "GET /staff/sessions/{id}/meeting",
            "POST /staff/sessions/{id}/meeting",
            "GET /staff/sessions/{id}/meeting/switch",
            "POST /staff/sessions/{id}/meeting/switch",
            "GET /staff/sessions/{id}/questions",
            "POST /staff/sessions/{id}/questions",
            "GET /staff/sessions/{id}/archive",
            "POST /staff/sessions/{id}/archive/uploads",
            "POST /staff/sessions/{id}/archive/uploads/parts",
            "POST /staff/sessions/{id}/archive/uploads/end",
            "POST /staff/sessions/{id}/archive/film",
            "GET /staff/sessions/{id}/archive/captions",
            "POST /staff/sessions/{id}/archive/captions",
            "GET /staff/sessions/{id}/archive/details",
            "POST /staff/sessions/{id}/archive/details",
            "GET /staff/sessions/{id}/archive/publication",
            "POST /staff/sessions/{id}/archive/publication",
            "GET /staff/sessions/{id}/archive/withdrawal",
            "POST /staff/sessions/{id}/archive/withdrawal",
            "POST /staff/sessions/{id}/archive/materials",
            "POST /staff/sessions/{id}/archive/materials/withdrawal",
            "GET /staff/material-files/{id}",
            "GET /staff/programmes/{year}/archive",
            "POST /staff/programmes/{year}/archive",
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
            "GET /staff/sessions/{id}/attendance",
            "GET /staff/sessions/{id}/attendance/import",
            "POST /staff/sessions/{id}/attendance/import",
            "GET /staff/sessions/{id}/attendance/imports/{import}",
            "POST /staff/sessions/{id}/attendance/imports/{import}",
            "GET /staff/sessions/{id}/attendance/queue",
            "POST /staff/sessions/{id}/attendance/queue",
            "GET /staff/sessions/{id}/attendance/queue/{attendee}",
            "POST /staff/sessions/{id}/attendance/queue/{attendee}",
            "GET /staff/sessions/{id}/attendance/selection",
            "POST /staff/sessions/{id}/attendance/marks",
            "POST /staff/sessions/{id}/attendance/marks/undo",
            "GET /staff/sessions/{id}/attendance/rule",
            "POST /staff/sessions/{id}/attendance/rule",
            "GET /staff/sessions/{id}/attendance/closing",
            "POST /staff/sessions/{id}/attendance/closing",
            "POST /staff/sessions/{id}/attendance/reopening",
            "GET /staff/attendance/objections",
            "GET /staff/attendance/objections/{id}",
            "POST /staff/attendance/objections/{id}",
            "GET /staff/delivery",
            "GET /staff/sessions/{id}/mails",
            "GET /staff/sessions/{id}/mails/{rule}",
            "POST /staff/sessions/{id}/mails/{rule}",
            "POST /staff/sessions/{id}/mails/{rule}/specimen",
            "GET /staff/programmes/{year}/mails",
            "GET /staff/programmes/{year}/{course}/mails/{rule}",
            "POST /staff/programmes/{year}/{course}/mails/{rule}",
            "GET /staff/certificates",
            "GET /staff/certificates/progress",
            "GET /staff/certificates/specimen",
            "GET /staff/certificates/specimen.pdf",
            "GET /staff/certificates/series",
            "GET /staff/certificates/{id}",
            "GET /staff/certificates/{id}/file.pdf",
            "GET /staff/organizations/{id}/record",
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
            "GET /staff/organizations/{id}/record.pdf",
            "GET /staff/organizations/{id}/record.xlsx",
            "POST /staff/certificates/series",
            "GET /staff/certificates/{id}/reissue",
            "POST /staff/certificates/{id}/reissue",
            "GET /staff/certificates/{id}/revocation",
            "POST /staff/certificates/{id}/revocation",
            "POST /staff/certificates/{id}/retry",
            "POST /staff/sessions/{id}/questions/export",
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
    (May::Sender(OFFICE), &["GET /staff/sessions/{id}/attendance/files/{file}", "POST /staff/sessions/{id}/attendance/files/{file}"]),
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
            "GET /staff/people/recoveries",
            "GET /staff/people/recoveries/{id}",
            "POST /staff/people/recoveries/{id}",
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
    // Recovery: by its link, and by those who know the person.
    (
        May::Recovering,
        &[
            "GET /recovery/renewal",
            "POST /recovery/renewal/question",
            "POST /recovery/renewal/passkey",
            "POST /recovery/renewal/passphrase",
            "GET /recovery/renewal/codes",
            "POST /recovery/renewal/codes",
        ],
    ),
    (May::Placed(PLACED), &["GET /recoveries", "GET /institutions"]),
    (
        May::PlacedNear(PLACED),
        &[
            "GET /recoveries/{id}",
            "POST /recoveries/{id}",
            "GET /institutions/{id}/record",
            "GET /institutions/{id}/record.pdf",
            "GET /institutions/{id}/record.xlsx",
        ],
    ),
    (May::Figures, &["GET /metrics"]),
    (May::Applications, &["GET /api/v1/programmes/{year}/{course}/{session}/applications"]),
    (May::Bounces, &["POST /webhooks/bounces"]),
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
            (Self::Applications | Self::Bounces, Asking::Program { .. }) => Outcome::Refused,
            (Self::Figures | Self::Demo, _) | (Self::Sender(_) | Self::Recovering, Asking::Person { .. }) => Outcome::Hidden,
            // To a page, whoever is not signed in by it is a visitor.
            (Self::Applications | Self::Bounces, _) | (_, Asking::Visitor | Asking::Holder { .. } | Asking::Program { .. }) => {
                Outcome::SignIn
            }
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
