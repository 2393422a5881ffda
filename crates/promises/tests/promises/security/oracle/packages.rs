//! Course packages.

use super::{May, OFFICE, OFFICE_AND_MINISTRY, Room};

pub(super) const TABLE: Room = &[
    (May::Roles(OFFICE_AND_MINISTRY), &["GET /staff/packages", "GET /staff/packages/{package}"]),
    (May::Roles(OFFICE), &["POST /staff/packages", "POST /staff/packages/{package}/units/{unit}"]),
    (May::RolesFresh(OFFICE), &["POST /staff/packages/{package}/open", "POST /staff/packages/{package}/shut"]),
    (May::RolesFresh(OFFICE), &["GET /staff/packages/{package}/deletion", "POST /staff/packages/{package}/deletion"]),
    (
        May::RolesFresh(OFFICE),
        &[
            "GET /staff/packages/{package}/registrations",
            "GET /staff/packages/{package}/registrations/{registration}",
            "GET /staff/packages/{package}/registrations/{registration}/units/{unit}/waiver",
            "POST /staff/packages/{package}/registrations/{registration}/units/{unit}/waiver",
            "GET /staff/packages/{package}/registrations/{registration}/abandonment",
            "POST /staff/packages/{package}/registrations/{registration}/abandonment",
        ],
    ),
    (May::SignedIn, &["GET /my/packages", "GET /my/packages/{package}", "POST /my/packages/{package}/units/{unit}"]),
    // Whoever has the address has the secret in it; to everybody else it says that there is no such session.
    (May::Everybody, &["POST /xapi/sessions/{secret}"]),
    (
        May::Packages,
        &[
            "POST /api/v1/packages",
            "POST /api/v1/packages/{package}/units/{unit}/launches",
            "POST /api/v1/packages/registrations/{registration}/units/{unit}/waiver",
            "POST /api/v1/packages/sessions/{session}/abandonment",
        ],
    ),
];
