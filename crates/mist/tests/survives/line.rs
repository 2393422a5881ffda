//! A line to the program, as thin as can be, so that it is known exactly what was sent and what was heard.

use std::net::SocketAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What the program answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unheard {
    /// Nobody was there: nothing can have come of the request.
    NotSent,
    /// The line ended before the answer: nobody knows what came of it.
    Lost,
}

impl Answer {
    /// A header, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    /// The value of a hidden field of the page.
    pub fn hidden(&self, name: &str) -> Option<&str> {
        let start = format!("name=\"{name}\" value=\"");
        self.body.split_once(&start)?.1.split('"').next()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Self { status, head: head.to_owned(), body: body.to_owned() })
    }
}

/// Fetches a page.
pub async fn get(address: SocketAddr, path: &str) -> Result<Answer, Unheard> {
    ask(address, &format!("GET {path} HTTP/1.1\r\n{HEADERS}\r\n")).await
}

/// Sends a form.
pub async fn post(address: SocketAddr, path: &str, form: &[(&str, String)]) -> Result<Answer, Unheard> {
    let form = encoded(form);
    ask(address, &format!("{}\r\n{form}", head_of(path, &form))).await
}

/// Sends what a program of another system sends: headers of its own, each with the end of its line, and a body.
pub async fn speak(address: SocketAddr, (method, path): (&str, &str), headers: &str, body: &[u8]) -> Result<Answer, Unheard> {
    let head = format!("{method} {path} HTTP/1.1\r\n{HEADERS}{headers}content-length: {}\r\n\r\n", body.len());
    ask_with(address, head.as_bytes(), body).await
}

/// A form of which the program has read the head, and waits for the rest.
pub struct Halfway {
    line: TcpStream,
    form: String,
}

impl Halfway {
    /// Sends the head, and waits until the program asks for more.
    pub async fn begin(address: SocketAddr, path: &str, form: &[(&str, String)]) -> Self {
        let form = encoded(form);
        let mut line = TcpStream::connect(address).await.expect("the program is there");
        let head = format!("{}expect: 100-continue\r\n\r\n", head_of(path, &form));
        line.write_all(head.as_bytes()).await.expect("the program listens");
        let mut heard = [0; GO_ON.len()];
        line.read_exact(&mut heard).await.expect("the program asks for more");
        assert_eq!(String::from_utf8_lossy(&heard), GO_ON);
        Self { line, form }
    }

    /// Sends the rest.
    pub async fn finish(mut self) -> Result<Answer, Unheard> {
        self.line.write_all(self.form.as_bytes()).await.map_err(|_| Unheard::Lost)?;
        hear(self.line).await
    }
}

const GO_ON: &str = "HTTP/1.1 100 Continue\r\n\r\n";

fn head_of(path: &str, form: &str) -> String {
    let kind = "content-type: application/x-www-form-urlencoded";
    format!("POST {path} HTTP/1.1\r\n{HEADERS}{kind}\r\ncontent-length: {}\r\n", form.len())
}

/// What a browser says that stands on a page of the portal.
const HEADERS: &str = "host: mist.example.jp\r\nsec-fetch-site: same-origin\r\nuser-agent: Mozilla/5.0\r\nconnection: close\r\n";

async fn ask(address: SocketAddr, request: &str) -> Result<Answer, Unheard> {
    ask_with(address, request.as_bytes(), b"").await
}

async fn ask_with(address: SocketAddr, head: &[u8], body: &[u8]) -> Result<Answer, Unheard> {
    let mut line = TcpStream::connect(address).await.map_err(|_| Unheard::NotSent)?;
    line.write_all(head).await.map_err(|_| Unheard::Lost)?;
    line.write_all(body).await.map_err(|_| Unheard::Lost)?;
    hear(line).await
}

/// Fetches a page with a cookie.
pub async fn get_as(address: SocketAddr, path: &str, cookie: &str) -> Result<Answer, Unheard> {
    ask(address, &format!("GET {path} HTTP/1.1\r\n{HEADERS}cookie: {cookie}\r\n\r\n")).await
}

/// Sends a form with a cookie.
pub async fn post_as(address: SocketAddr, path: &str, cookie: &str, form: &[(&str, String)]) -> Result<Answer, Unheard> {
    let form = encoded(form);
    ask(address, &format!("{}cookie: {cookie}\r\n\r\n{form}", head_of(path, &form))).await
}

/// Sends a form with a file behind its fields, and a cookie.
pub async fn post_file_as(
    address: SocketAddr,
    path: &str,
    cookie: &str,
    fields: &[(&str, String)],
    (field, name): (&str, &str),
    file: &[u8],
) -> Result<Answer, Unheard> {
    let mut body = Vec::with_capacity(file.len() + 1024);
    for (name, value) in fields {
        body.extend_from_slice(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes());
    }
    let kind = "Content-Type: application/octet-stream";
    let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n{kind}\r\n\r\n");
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let (kind, length) = ("content-type: multipart/form-data; boundary=edge", body.len());
    let head = format!("POST {path} HTTP/1.1\r\n{HEADERS}cookie: {cookie}\r\n{kind}\r\ncontent-length: {length}\r\n\r\n");
    ask_with(address, head.as_bytes(), &body).await
}

async fn hear(mut line: TcpStream) -> Result<Answer, Unheard> {
    let mut heard = Vec::new();
    // A browser that has the head of an answer acts on it, even if the line breaks then.
    let _ = line.read_to_end(&mut heard).await;
    Answer::read(&heard).ok_or(Unheard::Lost)
}

fn encoded(form: &[(&str, String)]) -> String {
    let letter = |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let pair = |(name, value): &(&str, String)| format!("{name}={}", value.bytes().map(letter).collect::<String>());
    form.iter().map(pair).collect::<Vec<_>>().join("&")
}
