//! The alternate request syntax of 1.0.3, for browsers that cannot send headers and long addresses (xAPI-Communication 1.3).

use crate::refusal::{Problem, Refusal};
use crate::requirement;

/// Headers that stand as fields of the form; all other fields are parameters.
const HEADERS: &[&str] = &[
    "Authorization",
    "X-Experience-API-Version",
    "Content-Type",
    "Content-Length",
    "If-Match",
    "If-None-Match",
    "Accept-Language",
    "Accept",
];
const METHODS: &[&str] = &["GET", "PUT", "POST", "DELETE", "HEAD"];
/// How many fields a form may have.
const FIELDS_MAX: usize = 64;

/// The request that a form stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternate {
    /// `GET`, `PUT`, `POST`, `DELETE` or `HEAD`.
    pub method: String,
    /// Headers with their values, under their usual names.
    pub headers: Vec<(&'static str, String)>,
    /// Parameters with their values, in order.
    pub parameters: Vec<(String, String)>,
    /// The field `content`: what the body would be.
    pub content: Option<String>,
}

/// Reads a POST whose address has the query `?method=…` and whose body is a form. `query` is what stands behind the `?`.
///
/// Nothing but the method may stand in the query, since it would be told twice (1.3.s3.b5).
pub fn read(query: &str, body: &[u8]) -> Result<Alternate, Refusal> {
    let method = match pairs(query.as_bytes())?.as_slice() {
        [(name, method)] if name == "method" => method.clone(),
        _ => return Err(refused(Problem::Missing("method"))),
    };
    if !METHODS.contains(&method.as_str()) {
        return Err(refused(Problem::NotOneOf { sent: method, allowed: "GET, PUT, POST, DELETE and HEAD" }));
    }
    let mut request = Alternate { method, ..Alternate::default() };
    for (name, value) in pairs(body)? {
        if let Some(header) = HEADERS.iter().find(|header| header.eq_ignore_ascii_case(&name)) {
            request.headers.push((header, value));
        } else if name == "content" {
            if request.content.replace(value).is_some() {
                return Err(refused(Problem::Repeated("content")));
            }
        } else {
            request.parameters.push((name, value));
        }
    }
    Ok(request)
}

fn refused(problem: Problem) -> Refusal {
    Refusal { requirement: requirement::ALTERNATE, path: String::new(), problem }
}

/// The pairs of `application/x-www-form-urlencoded`.
fn pairs(form: &[u8]) -> Result<Vec<(String, String)>, Refusal> {
    let fields: Vec<&[u8]> = form.split(|byte| *byte == b'&').filter(|field| !field.is_empty()).collect();
    if fields.len() > FIELDS_MAX {
        return Err(Refusal { requirement: requirement::LIMIT, path: String::new(), problem: Problem::TooMany(FIELDS_MAX) });
    }
    let one = |field: &[u8]| {
        let mut halves = field.splitn(2, |byte| *byte == b'=');
        let (name, value) = (halves.next().unwrap_or_default(), halves.next().unwrap_or_default());
        Some((decoded(name)?, decoded(value)?))
    };
    let all: Option<Vec<_>> = fields.into_iter().map(one).collect();
    all.ok_or_else(|| refused(Problem::WrongType("a form in UTF-8")))
}

/// `+` is a blank, and `%` is followed by two hexadecimal digits.
fn decoded(text: &[u8]) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        bytes.push(match first {
            b'+' => b' ',
            b'%' => {
                let (two, after) = rest.split_first_chunk::<2>()?;
                rest = after;
                let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok());
                digit(two[0])? * 16 + digit(two[1])?
            }
            other => *other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{Alternate, read};

    #[test]
    fn a_form_stands_for_a_request() {
        let body = b"statementId=fd41c918-b88b-4b20-a0a5-a4c32391aaa0&x-experience-api-version=1.0.3&content=%7B%22a%22%3A+%22%E3%81%82%22%7D&Content-Type=application/json";
        let request = Alternate {
            method: "PUT".into(),
            headers: vec![("X-Experience-API-Version", "1.0.3".into()), ("Content-Type", "application/json".into())],
            parameters: vec![("statementId".into(), "fd41c918-b88b-4b20-a0a5-a4c32391aaa0".into())],
            content: Some("{\"a\": \"あ\"}".into()),
        };
        assert_eq!(read("method=PUT", body), Ok(request));
        assert_eq!(read("method=GET", b"").unwrap().parameters, []);
        assert_eq!(read("method=GET", b"a&b=&=c").unwrap().parameters.len(), 3);
    }

    #[test]
    fn what_says_the_method_badly_or_is_no_form_is_refused() {
        for query in ["", "method=get", "method=PATCH", "method=PUT&method=GET", "method=PUT&statementId=1", "Method=PUT", "statementId=1"]
        {
            assert!(read(query, b"a=b").is_err(), "{query}");
        }
        for body in [b"a=%".as_slice(), b"a=%2", b"a=%zz", b"a=%ff", b"\xff=1", b"content=1&content=2"] {
            assert!(read("method=PUT", body).is_err(), "{body:?}");
        }
        assert!(read("method=PUT", "a=1&".repeat(100).as_bytes()).is_err());
    }
}
