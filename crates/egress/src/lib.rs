//! The one way by which the program itself calls somebody by HTTP.
//!
//! Whoever may set an address could make the program knock at doors inside the house. So: TLS at port 443 alone, the name resolved
//! once and the connection bound to what came of it, public addresses only, no redirect, ten seconds, and of the answer nothing but
//! its status. What lies in a closed network is named with its port by whoever runs the program (`egress.allow`).

mod public;

use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use std::net::SocketAddr;
use std::time::Duration;

pub use public::is_public;

/// How long a call may take, from the name to the status.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why nobody was called, or nobody answered well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCalled {
    /// Not an address that may be called: another scheme, another port, a name and password in it.
    #[error("the address is none that may be called")]
    Address,
    /// The name leads into a house.
    #[error("the name leads to an address that is not public")]
    Inside,
    /// The name leads nowhere, nobody answers, or not in time.
    #[error("nobody answers")]
    Silence,
    /// Somebody answered that it did not work; redirects are none of ours to follow.
    #[error("the answer was {0}")]
    Status(u16),
}

/// An address that may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    url: Url,
    is_allowed_inside: bool,
}

/// What is posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its media type, with its parameters.
    pub content_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Body {
    /// A text of JSON.
    pub fn json(bytes: Vec<u8>) -> Self {
        Self { content_type: "application/json".to_owned(), bytes }
    }
}

/// Calls addresses.
#[derive(Clone, Debug)]
pub struct Egress {
    allow: Vec<String>,
}

impl Egress {
    /// With the hosts and ports inside closed networks that are allowed beside the public ones: `relay.internal:443`.
    pub fn new(allow: &[String]) -> Self {
        // What TLS is spoken with; a process that has chosen one keeps it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { allow: allow.iter().map(|place| place.trim().to_ascii_lowercase()).collect() }
    }

    /// Whether an address may be called, as far as it says so itself.
    pub fn address(&self, typed: &str) -> Result<Address, NotCalled> {
        let url = Url::parse(typed.trim()).map_err(|_| NotCalled::Address)?;
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else { return Err(NotCalled::Address) };
        let is_allowed_inside = self.allow.contains(&format!("{}:{port}", host.to_ascii_lowercase()));
        let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let is_secure = url.scheme() == "https" && port == 443;
        let may = is_plain && (is_secure || (is_allowed_inside && matches!(url.scheme(), "http" | "https")));
        if may { Ok(Address { url, is_allowed_inside }) } else { Err(NotCalled::Address) }
    }

    /// Posts a body. Fine is what is answered by a status of success.
    pub async fn post(&self, to: &Address, headers: &[(&'static str, String)], body: Body) -> Result<(), NotCalled> {
        let call = async {
            let client = Self::client(to, &resolved(to).await?)?;
            let mut request = client.post(to.url.clone()).header("content-type", body.content_type).body(body.bytes);
            for (name, value) in headers {
                request = request.header(*name, value);
            }
            let status = request.send().await.map_err(|_| NotCalled::Silence)?.status();
            if status.is_success() { Ok(()) } else { Err(NotCalled::Status(status.as_u16())) }
        };
        tokio::time::timeout(PATIENCE, call).await.unwrap_or(Err(NotCalled::Silence))
    }

    /// One that knows the name by these addresses alone, so that a second look cannot lead elsewhere.
    fn client(to: &Address, places: &[SocketAddr]) -> Result<Client, NotCalled> {
        let host = to.url.host_str().ok_or(NotCalled::Address)?;
        Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .resolve_to_addrs(host, places)
            .build()
            .map_err(|_| NotCalled::Silence)
    }
}

/// Where the name leads. One address inside a house among public ones is enough to refuse all.
async fn resolved(to: &Address) -> Result<Vec<SocketAddr>, NotCalled> {
    let (host, port) = (to.url.host_str().ok_or(NotCalled::Address)?, to.url.port_or_known_default().ok_or(NotCalled::Address)?);
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let places: Vec<SocketAddr> = tokio::net::lookup_host((bare, port)).await.map_err(|_| NotCalled::Silence)?.collect();
    if places.is_empty() {
        return Err(NotCalled::Silence);
    }
    let may = to.is_allowed_inside || places.iter().all(|place| is_public(place.ip()));
    if may { Ok(places) } else { Err(NotCalled::Inside) }
}

#[cfg(test)]
mod tests;
