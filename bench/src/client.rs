//! A browser's part of HTTP, as small as will do: one kept connection, cookies, forms.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::Outcome;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// Somebody at a browser.
pub struct Client {
    port: u16,
    host: String,
    stream: BufReader<TcpStream>,
    cookies: BTreeMap<String, String>,
    /// Sent as `Accept-Encoding`; empty for none.
    pub encoding: &'static str,
}

pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A form with what it carries by itself.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Client {
    pub fn to(port: u16, host: &str) -> Outcome<Self> {
        Ok(Self { port, host: host.to_owned(), stream: connect(port)?, cookies: BTreeMap::new(), encoding: "" })
    }

    /// The same browser at a program that was started again.
    pub fn go_to(&mut self, port: u16, host: &str) -> Outcome<()> {
        (self.port, self.host, self.stream) = (port, host.to_owned(), connect(port)?);
        Ok(())
    }

    pub fn get(&mut self, path: &str) -> Outcome<Answer> {
        self.send("GET", path, None)
    }

    pub fn post(&mut self, path: &str, fields: &[(String, String)]) -> Outcome<Answer> {
        let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        self.send("POST", path, Some(&pairs.join("&")))
    }

    /// The request as it goes over the wire: what is sent again and again is made once.
    pub fn request(&self, method: &str, path: &str, body: Option<&str>) -> String {
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nuser-agent: Mozilla/5.0 (Windows) Firefox/150\r\n", self.host);
        if !self.encoding.is_empty() {
            head.extend(["accept-encoding: ", self.encoding, "\r\n"]);
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            head.extend(["cookie: ", &pairs.join("; "), "\r\n"]);
        }
        head.push_str("sec-fetch-site: same-origin\r\n");
        if let Some(body) = body {
            head.extend(["content-type: application/x-www-form-urlencoded\r\ncontent-length: ", &body.len().to_string(), "\r\n"]);
        }
        format!("{head}\r\n{}", body.unwrap_or_default())
    }

    fn send(&mut self, method: &str, path: &str, body: Option<&str>) -> Outcome<Answer> {
        let request = self.request(method, path.split('#').next().unwrap_or_default(), body);
        self.exchange(&request).map_err(|error| format!("{method} {path}: {error}").into())
    }

    /// Sends what [`Client::request`] made, and keeps the cookies that come.
    pub fn exchange(&mut self, request: &str) -> Outcome<Answer> {
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(|| format!("no answer: “{line}”"))?;
        let mut headers = Vec::new();
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let answer = Answer { status, body: self.body(&headers, status)?, headers };
        for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            if let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if answer.header("connection") == "close" {
            self.stream = connect(self.port)?;
        }
        Ok(answer)
    }

    fn body(&mut self, headers: &[(String, String)], status: u16) -> Outcome<Vec<u8>> {
        let mut body = Vec::new();
        if status == 304 {
            return Ok(body);
        }
        if headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked") {
            loop {
                let mut line = String::new();
                self.stream.read_line(&mut line)?;
                let size = u64::from_str_radix(line.trim(), 16)?;
                std::io::copy(&mut (&mut self.stream).take(size), &mut body)?;
                self.stream.read_line(&mut line)?;
                if size == 0 {
                    return Ok(body);
                }
            }
        }
        let length = headers.iter().find(|(name, _)| name == "content-length").map_or(Ok(0), |(_, length)| length.parse())?;
        body.resize(length, 0);
        self.stream.read_exact(&mut body)?;
        Ok(body)
    }
}

fn connect(port: u16) -> Outcome<BufReader<TcpStream>> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(BufReader::with_capacity(64 * 1024, stream))
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What the form for this address carries by itself: its hidden fields.
    pub fn form(&self, action_end: &str) -> Option<Form> {
        let text = self.text();
        text.split("<form ").skip(1).find_map(|form| {
            let form = form.split("</form>").next()?;
            let action = attribute(form.split('>').next()?, "action").filter(|action| action.ends_with(action_end))?;
            let hidden = form.split("<input ").skip(1).filter_map(|input| input.split('>').next());
            let hidden = hidden.filter(|input| attribute(input, "type").as_deref() == Some("hidden"));
            let fields = hidden.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default())));
            Some(Form { action, fields: fields.collect() })
        })
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    let value = rest.split('"').next()?;
    Some(
        [("&#34;", "\""), ("&#38;", "&"), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">")]
            .iter()
            .fold(value.to_owned(), |text, (code, sign)| text.replace(code, sign)),
    )
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.extend(["%", &format!("{byte:02X}")]);
        }
    }
    out
}
