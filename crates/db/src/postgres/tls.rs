//! How the server is reached: a socket of this machine, or TLS.

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::Connection;
use crate::{DbError, DbResult, Settings};

/// A server and how to connect to it.
pub(crate) struct Server {
    config: Config,
    tls: MakeRustlsConnect,
}

impl Server {
    /// Reads an address such as `postgres://mist@db.example.jp/mist?sslmode=require` or `postgres:///mist?host=/run/postgresql`.
    pub(crate) fn at(settings: &Settings) -> DbResult<Self> {
        let mut config: Config = settings.url.parse().map_err(|error| DbError::Settings(format!("the database's address: {error}")))?;
        // A lock is waited for only so long; the server's other limits stay off, since none may cut off a commit.
        let durable = if settings.durable { "on" } else { "off" };
        let given = config.get_options().unwrap_or_default();
        let options = format!("{given} -c lock_timeout=10s -c jit=off -c synchronous_commit={durable}");
        config.options(options).application_name("mist").connect_timeout(Duration::from_secs(5));
        config.keepalives_idle(Duration::from_secs(30)).tcp_user_timeout(Duration::from_secs(30));

        if let Some(path) = &settings.password_file {
            let unreadable = |error| DbError::Settings(format!("{}: {error}", path.display()));
            config.password(std::fs::read_to_string(path).map_err(unreadable)?.trim_end());
        }

        let mut roots = RootCertStore::empty();
        if let Some(path) = &settings.authorities {
            let unreadable = |error| DbError::Settings(format!("{}: {error}", path.display()));
            for certificate in CertificateDer::pem_file_iter(path).map_err(unreadable)? {
                let refused = |error| DbError::Settings(format!("{}: {error}", path.display()));
                roots.add(certificate.map_err(unreadable)?).map_err(refused)?;
            }
        } else {
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| DbError::Settings(error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { config, tls: MakeRustlsConnect::new(tls) })
    }

    /// Opens a connection, which the present runtime serves from then on.
    pub(crate) async fn connect(&self) -> DbResult<Connection> {
        let refused = |error| DbError::postgres("connecting", &error);
        let (client, driver) = self.config.connect(self.tls.clone()).await.map_err(refused)?;
        tokio::spawn(async move {
            if let Err(error) = driver.await {
                tracing::warn!(%error, "a database connection was lost");
            }
        });
        Ok(Connection::new(client))
    }
}
