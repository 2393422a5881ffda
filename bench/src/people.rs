//! Sample people, as many as are wanted, and how they apply over HTTP.

use kernel::{Kana, Lang, PersonName};
use people::persons::NewPerson;
use school::trainings::application::{Wanted, Workplace};
use school::trainings::apply::SessionPath;

use crate::Outcome;
use crate::client::{Answer, Client, Form};

/// The session for which everybody applies.
pub const SESSION: &str = "R8/executive/3";

/// Its place in the menu.
pub const COURSE: &str = "/trainings/R8/executive";

/// The moment at which the demo is filled.
pub const FILLED_AT: &str = "2026-11-22T09:00+09:00";

/// The moment at which its clock begins when it is measured: the session takes applications.
pub const NOW: &str = "2026-11-22T12:00+09:00";

const PLACE: &str = "計測用クリニック";

pub fn session() -> Outcome<SessionPath> {
    let mut parts = SESSION.split('/');
    let mut part = || parts.next().ok_or("a session has three parts");
    Ok(SessionPath {
        year: part()?.parse().map_err(|_| "no fiscal year")?,
        audience: part()?.parse().map_err(|_| "no audience")?,
        number: part()?.parse()?,
    })
}

/// What the form of the n-th person says, checked.
pub fn wanted(n: usize) -> Outcome<Wanted> {
    Ok(Wanted {
        person: NewPerson {
            name: PersonName::new("見本", &format!("第{n}")).map_err(|_| "no name")?,
            kana: Kana::new("ミホン", "ダイ").map_err(|_| "no kana")?,
            email: email(n).parse().map_err(|_| "no address")?,
        },
        workplace: Workplace { organization: None, name: PLACE.to_owned(), kind: "clinic".to_owned(), prefecture: "13".to_owned() },
        job: "nurse".to_owned(),
        question: String::new(),
        lang: Lang::Ja,
        begun_at: None,
        entered_by: None,
        by_office: false,
        both: false,
        asks: None,
    })
}

pub fn email(n: usize) -> String {
    format!("person{n}@example.jp")
}

/// Reads the form, fills it in, and comes to the page to confirm.
pub fn confirmation(client: &mut Client, n: usize) -> Outcome<Form> {
    let address = format!("/apply/{SESSION}");
    let mut form = client.get(&address)?.form(&address).ok_or("no form to apply")?;
    let typed = [
        ("family", "見本"),
        ("given", &format!("第{n}")),
        ("family_kana", "ミホン"),
        ("given_kana", "ダイ"),
        ("email", &email(n)),
        ("place", PLACE),
        ("organization", "other"),
        ("kind", "clinic"),
        ("prefecture", "13"),
        ("job", "nurse"),
        ("question", ""),
        ("consent", "yes"),
    ];
    form.fields.extend(typed.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let page = client.post(&form.action, &form.fields)?;
    let mut form = page.form("/confirmation").ok_or_else(|| format!("no page to confirm: {}", page.status))?;
    if !form.fields.iter().any(|(name, _)| name == "org") {
        form.fields.push(("org".to_owned(), "other".to_owned()));
    }
    Ok(form)
}

/// Presses the last button.
pub fn confirm(client: &mut Client, form: &Form) -> Outcome<Answer> {
    client.post(&form.action, &form.fields)
}
