use db::Db;
use kernel::{Span, Timestamp};
use std::time::{Duration, Instant};
use tokio::net::UdpSocket;

use super::{Finding, store};
use crate::config::Config;

/// Deadlines are kept to the second.
const MAY_DIFFER: Span = Span::seconds(2);

/// Compares this machine's clock with the database server's and with the time server, where there is one.
pub(super) async fn examine(config: &Config, db: &Db, now: Timestamp) -> Finding {
    match db.read(async |tx| store::server_time(tx).await).await {
        Ok(Some(theirs)) if differs(now, theirs) => return Finding::refused("clock-database", seconds(now, theirs)),
        Ok(_) => {}
        Err(error) => return Finding::refused("clock-unknown", error),
    }
    let server = &config.clock.time_server;
    if server.is_empty() {
        return Finding::notice("clock-alone", "");
    }
    match ask(server).await {
        Ok(theirs) if differs(now, theirs) => Finding::refused("clock-server", seconds(now, theirs)),
        Ok(_) => Finding::fine("clock"),
        Err(error) => Finding::notice("clock-silent", format!("{server}: {error}")),
    }
}

fn differs(ours: Timestamp, theirs: Timestamp) -> bool {
    ours.since(theirs).as_micros().abs() > MAY_DIFFER.as_micros()
}

fn seconds(ours: Timestamp, theirs: Timestamp) -> i64 {
    ours.since(theirs).as_seconds().abs()
}

/// Seconds from the beginning of 1900, from which time servers count, to that of 1970.
const ERA: i64 = 2_208_988_800;

/// The time by SNTP (RFC 4330), corrected by nothing: two seconds are a wide margin.
async fn ask(server: &str) -> std::io::Result<Timestamp> {
    let socket = UdpSocket::bind(("::", 0)).await.or(UdpSocket::bind(("0.0.0.0", 0)).await)?;
    socket.connect(server).await?;
    // Leap indicator 0, version 4, mode 3: a client asks.
    let mut packet = [0; 48];
    packet[0] = 0b00_100_011;
    let asked = Instant::now();
    socket.send(&packet).await?;
    let received = tokio::time::timeout(Duration::from_secs(5), socket.recv(&mut packet)).await??;
    let waited = Span::micros(i64::try_from(asked.elapsed().as_micros()).unwrap_or(i64::MAX));
    // What the clock would have shown when it was looked at.
    read(&packet[..received]).map(|sent| sent.minus(waited)).ok_or_else(|| std::io::Error::other("no time in the answer"))
}

/// The moment at which the server sent its answer.
fn read(packet: &[u8]) -> Option<Timestamp> {
    let sent: [u8; 4] = packet.get(40..44)?.try_into().ok()?;
    let seconds = i64::from(u32::from_be_bytes(sent));
    (packet.len() == 48 && seconds != 0).then(|| Timestamp::from_micros((seconds - ERA) * 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_answer_is_read() {
        let mut packet = [0; 48];
        packet[40..44].copy_from_slice(&(1_795_305_600_u32.wrapping_add(2_208_988_800)).to_be_bytes());
        assert_eq!(read(&packet).map(Timestamp::as_micros), Some(1_795_305_600_000_000));
        assert_eq!(read(&packet[..47]), None);
        assert_eq!(read(&[0; 48]), None, "a server that does not know the time says so");
    }

    #[test]
    fn two_seconds_are_the_limit() {
        let now = Timestamp::from_micros(0);
        assert!(!differs(now, now.plus(Span::seconds(2))) && !differs(now, now.minus(Span::seconds(2))));
        assert!(differs(now, now.plus(Span::seconds(2)).plus(Span::micros(1))));
    }
}
