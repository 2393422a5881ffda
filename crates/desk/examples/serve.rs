//! The desk's routes alone on a port of this machine, for looking at: `cargo run -p desk --example serve -- 8099`.
//!
//! Sample data that is gone with the program, next to no cost for keys, a clock that stands at nine in the morning, and
//! `/sign-in-as/responder` (or another role) for the desk's own pages.

use access::{Action, NewSignIn, Role, Standing, Strength};
use axum::extract::{Path, State};
use axum::http::header;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::testing::TestDatabase;
use db::{Engine, Lane, Tx};
use desk::Desk;
use kernel::{Clock, EmailAddress, Holidays, Lang};
use web::{Keys, Page, PageError, Portal, Site, data_text};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).unwrap_or_else(|| "8099".to_owned());
    let address = format!("localhost:{port}");
    let clock = Clock::standing_at("2026-11-22T09:00+09:00".parse()?);
    let db = TestDatabase::with_clock(Engine::Sqlite, clock.clone()).await;
    let (keys, spool) = (Keys::new([7; 32]), tempfile::tempdir()?);
    let desk = Desk::open(&keys, spool.path(), vault::Cost::CHEAP)?;
    let matrix = access::Matrix::parse(&data_text("permissions.toml"))?;
    let site = Site { base_url: format!("http://{address}"), hosts: Vec::new(), demo: true, trusted_proxies: Vec::new() };
    let portal = Portal::new((*db).clone(), clock, keys, matrix, site, Holidays::new([])).await?.with_part(desk);
    let demo = async |tx: &mut Tx<'_>, now| desk::drill::demo(tx, &desk::cases::Circle::default(), now).await.map(drop);
    portal.db.write(Lane::Staff, None, demo).await?;
    let routes = desk::routes().merge(web::Routes::new().get("/sign-in-as/{role}", Action::SignIn, sign_in));
    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("http://{address}/incident");
    axum::serve(listener, axum::Router::new().fallback_service(web::serve(&portal, routes))).await?;
    Ok(())
}

/// Signs in as a sample person of this role, as if by a passkey just now.
async fn sign_in(State(portal): State<Portal>, Path(role): Path<String>) -> Result<Page, PageError> {
    let role: Role = role.parse().map_err(|()| PageError::NotFound)?;
    let email: EmailAddress = format!("{role}@example.jp").parse().map_err(|_| PageError::NotFound)?;
    let secret = Keys::random();
    let open = async move |tx: &mut Tx<'_>, now| {
        let account = people::accounts::ensure(tx, &email, Lang::Ja, now).await?.id;
        access::grant(tx, account, role, Standing::Confirmed, None, "system", now).await?;
        let new = NewSignIn { account, strength: Strength::Passkey, secret: &secret, device: "見本", network: "" };
        access::open(tx, &new, now).await.map(|_| ())
    };
    portal.db.write(Lane::Staff, None, open).await?;
    let cookie = format!("sid={}; Path=/; HttpOnly; SameSite=Lax", URL_SAFE_NO_PAD.encode(secret));
    Ok(Page::see_other("/desk").with(header::SET_COOKIE, &cookie))
}
