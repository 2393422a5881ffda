//! PostgreSQL: a thread for each connection, ordinary transactions, tried again when the server asks for it.

mod connection;
mod hands;
mod tls;

pub(crate) use connection::Connection;
pub(crate) use hands::{glancers, readers, writers};
pub(crate) use tls::Server;
