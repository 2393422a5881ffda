//! Roles, tokens, operation, the way back, programs and the demo.

use access::Role::{Auditor, Operator, Secretariat};

use super::{OFFICE, OWN_PLACE, PLACED};

use super::May;

pub(super) const TABLE: super::Room = &[
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
    // Assignments: an institution's own, and the secretariat's of all.
    (
        May::PlacedNear(OWN_PLACE),
        &[
            "GET /institutions/{id}/learning",
            "GET /institutions/{id}/learning/new",
            "POST /institutions/{id}/learning/new",
            "GET /institutions/{id}/learning/staff",
            "POST /institutions/{id}/learning/staff",
            "POST /institutions/{id}/learning/staff/{person}/leaving",
            "GET /institutions/{id}/learning/{assignment}",
            "POST /institutions/{id}/learning/{assignment}/due",
            "POST /institutions/{id}/learning/{assignment}/end",
            "POST /institutions/{id}/learning/{assignment}/people/{person}",
            "GET /institutions/{id}/learning/{assignment}/people.xlsx",
            "GET /institutions/{id}/learning/{assignment}/people.csv",
            "GET /institutions/{id}/learning/kits",
            "POST /institutions/{id}/learning/kits",
            "GET /institutions/{id}/learning/kits/{kit}",
            "POST /institutions/{id}/learning/kits/{kit}/package",
            "POST /institutions/{id}/learning/kits/{kit}/files",
            "GET /institutions/{id}/learning/kits/{kit}/files/{file}",
            "POST /institutions/{id}/learning/kits/{kit}/files/{file}",
            "GET /institutions/{id}/learning/kits/{kit}/results.xlsx",
            "GET /institutions/{id}/learning/kits/{kit}/results.csv",
        ],
    ),
    (
        May::RolesFresh(OFFICE),
        &[
            "GET /staff/assignments",
            "GET /staff/organizations/{id}/learning",
            "GET /staff/organizations/{id}/learning/new",
            "POST /staff/organizations/{id}/learning/new",
            "GET /staff/organizations/{id}/learning/staff",
            "POST /staff/organizations/{id}/learning/staff",
            "POST /staff/organizations/{id}/learning/staff/{person}/leaving",
            "GET /staff/organizations/{id}/learning/{assignment}",
            "POST /staff/organizations/{id}/learning/{assignment}/due",
            "POST /staff/organizations/{id}/learning/{assignment}/end",
            "POST /staff/organizations/{id}/learning/{assignment}/people/{person}",
            "GET /staff/organizations/{id}/learning/{assignment}/people.xlsx",
            "GET /staff/organizations/{id}/learning/{assignment}/people.csv",
            "GET /staff/organizations/{id}/learning/kits",
            "POST /staff/organizations/{id}/learning/kits",
            "GET /staff/organizations/{id}/learning/kits/{kit}",
            "POST /staff/organizations/{id}/learning/kits/{kit}/package",
            "POST /staff/organizations/{id}/learning/kits/{kit}/files",
            "GET /staff/organizations/{id}/learning/kits/{kit}/files/{file}",
            "POST /staff/organizations/{id}/learning/kits/{kit}/files/{file}",
            "GET /staff/organizations/{id}/learning/kits/{kit}/results.xlsx",
            "GET /staff/organizations/{id}/learning/kits/{kit}/results.csv",
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
