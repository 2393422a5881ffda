use access::{NewSignIn, OrganizationId, Role, Standing, Strength, grant};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use kernel::{EmailAddress, Lang};

use crate::site::{Site, Visitor};

/// Somebody who works for the portal, signed in by a passkey just now: `jimukyoku@example.jp` for the secretariat.
pub async fn staff(site: &Site, role: Role) -> Visitor {
    let name = match role {
        Role::Secretariat => "jimukyoku",
        other => other.id(),
    };
    staff_called(site, name, role).await
}

/// The same, at an address of their own.
pub async fn staff_called(site: &Site, name: &str, role: Role) -> Visitor {
    signed_in(site, name, role, None).await
}

/// Somebody who has a role at one institution or association.
pub async fn staff_at(site: &Site, role: Role, organization: OrganizationId) -> Visitor {
    signed_in(site, role.id(), role, Some(organization)).await
}

async fn signed_in(site: &Site, name: &str, role: Role, organization: Option<OrganizationId>) -> Visitor {
    let email: EmailAddress = format!("{name}@example.jp").parse().expect("an address");
    let secret = web::Keys::random();
    site.write(async move |tx, now| {
        let account = people::accounts::ensure(tx, &email, Lang::Ja, now).await?.id;
        if access::memberships_of(tx, account).await?.iter().all(|membership| membership.role != role) {
            grant(tx, account, role, Standing::Confirmed, organization, "system", now).await?;
        }
        let new = NewSignIn { account, strength: Strength::Passkey, secret: &secret, device: "Firefox / Windows", network: "" };
        access::open(tx, &new, now).await.map(|_| ())
    })
    .await;
    let mut visitor = site.visitor("見本 花子");
    visitor.cookies.insert("__Host-sid".to_owned(), B64.encode(secret));
    visitor
}
