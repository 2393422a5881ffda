//! What is called, and what is not.

use super::{Body, Egress, NotCalled};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A machine inside the house that answers once with this head, and what it was told.
async fn answers(head: &'static str) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap().to_string();
    let heard = tokio::spawn(async move {
        let (mut line, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        let mut buffer = [0; 4096];
        while !String::from_utf8_lossy(&heard).contains("\"alarm\"") {
            let read = line.read(&mut buffer).await.unwrap();
            heard.extend_from_slice(&buffer[..read]);
        }
        line.write_all(head.as_bytes()).await.unwrap();
        String::from_utf8(heard).unwrap()
    });
    (place, heard)
}

const BODY: &[u8] = br#"{"schema":"x","alarm":"y"}"#;

#[test]
fn only_tls_at_its_own_port_is_called_unless_a_place_is_named() {
    let egress = Egress::new(&["relay.internal:8080".to_owned()]);
    for typed in ["https://pbx.example.jp/calls", "https://pbx.example.jp:443/", "http://relay.internal:8080/calls"] {
        assert!(egress.address(typed).is_ok(), "{typed}");
    }
    for typed in [
        "",
        "pbx.example.jp",
        "http://pbx.example.jp/",
        "https://pbx.example.jp:8443/",
        "https://user:word@pbx.example.jp/",
        "https://pbx.example.jp/#part",
        "http://relay.internal/",
        "http://relay.internal:8081/",
        "ftp://relay.internal:8080/",
        "file:///etc/passwd",
    ] {
        assert_eq!(egress.address(typed), Err(NotCalled::Address), "{typed}");
    }
}

#[tokio::test]
async fn an_address_inside_the_house_is_not_called() {
    let egress = Egress::new(&[]);
    for typed in ["https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://169.254.169.254/latest", "https://0x7f000001/"] {
        let address = egress.address(typed).unwrap();
        assert_eq!(egress.post(&address, &[], Body::json(BODY.to_vec())).await, Err(NotCalled::Inside), "{typed}");
    }
}

#[tokio::test]
async fn a_named_place_is_told_and_its_status_is_the_answer() {
    for (head, expected) in [
        ("HTTP/1.1 204 No Content\r\n\r\n", Ok(())),
        ("HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n", Err(NotCalled::Status(503))),
        ("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n", Err(NotCalled::Status(302))),
    ] {
        let (place, heard) = answers(head).await;
        let egress = Egress::new(std::slice::from_ref(&place));
        let address = egress.address(&format!("http://{place}/calls")).unwrap();
        assert_eq!(egress.post(&address, &[("x-mist-signature", "v1=0a".to_owned())], Body::json(BODY.to_vec())).await, expected, "{head}");
        let heard = heard.await.unwrap();
        assert!(heard.starts_with("POST /calls HTTP/1.1\r\n") && heard.contains("x-mist-signature: v1=0a"), "{heard}");
        assert!(heard.ends_with(std::str::from_utf8(BODY).unwrap()), "{heard}");
    }
}

#[tokio::test]
async fn nobody_at_home_is_silence() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap().to_string();
    drop(listener);
    let egress = Egress::new(std::slice::from_ref(&place));
    let address = egress.address(&format!("http://{place}/")).unwrap();
    assert_eq!(egress.post(&address, &[], Body::json(BODY.to_vec())).await, Err(NotCalled::Silence));
}
