//! Whoever asks about an address learns nothing about it.

use both_engines::both_engines;
use http::{Method, header};

use super::House;
use super::people::Asker;
use crate::site::Answer;

/// Answers without the number of the request and the keys of forms; the addresses are of one length.
pub fn as_seen(answer: &Answer, address: &str) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("").to_owned())).collect();
    let body = answer.body().replace(address, "ADDRESS").replace(&address.replace('@', "%40"), "ADDRESS");
    let mut out = String::new();
    for piece in body.split('"') {
        let is_id = piece.len() == 36 && piece.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        out.push_str(if is_id { "#" } else { piece });
        out.push('"');
    }
    (answer.status.as_u16(), headers, out)
}

#[both_engines]
async fn known_and_unknown_addresses_are_answered_alike(house: House) {
    // taro@ has an account and an application; jiro@ has neither.
    house.things().await;
    let (known, unknown) = ("taro@example.jp", "jiro@example.jp");
    let phrase = "passphrase=%E9%9B%A8%E3%81%AE%E6%97%A5%E3%81%AF%E7%B7%91%E3%81%AE%E5%82%98%E3%81%A7";
    let forms = [
        ("/sign-in", "email", ""),
        ("/en/sign-in", "email", "next=/staff"),
        ("/links", "email", ""),
        ("/en/links", "email", ""),
        ("/sign-in/passphrase", "login", phrase),
        ("/sign-in/passphrase", "login", "passphrase=x&code=123456"),
        ("/sign-in/passphrase", "login", ""),
    ];
    for (path, field, more) in forms {
        let mut answers = Vec::new();
        for address in [known, unknown] {
            let body = format!("{field}={}&{more}", address.replace('@', "%40"));
            let answer = house.ask(Method::POST, path, &Asker::visitor().headers(), &body).await;
            assert!(answer.headers.get(header::SET_COOKIE).is_none(), "{path}");
            answers.push(as_seen(&answer, address));
        }
        assert_eq!(answers[0], answers[1], "{path} {more}");
    }
    let letters = house.deliver().await;
    let to = |address: &str| letters.iter().filter(|letter| letter.to.iter().any(|to| to == address)).count();
    assert_eq!((to(known), to(unknown)), (4, 0), "only mail tells, and only its reader");
}

/// The same for whoever tries again and again: unknown addresses are slowed as known ones are.
#[both_engines]
async fn guessing_is_slowed_alike_for_addresses_that_do_not_exist(house: House) {
    house.things().await;
    let mut told = Vec::new();
    for address in ["taro@example.jp", "jiro@example.jp"] {
        let mut said = Vec::new();
        for _ in 0..9 {
            let body = format!("login={}&passphrase=wrong", address.replace('@', "%40"));
            let answer = house.ask(Method::POST, "/sign-in/passphrase", &Asker::visitor().headers(), &body).await;
            said.push(as_seen(&answer, address).2);
        }
        assert_ne!(said[0], said[8], "whoever guesses is made to wait");
        told.push(said);
    }
    assert_eq!(told[0], told[1]);
}
