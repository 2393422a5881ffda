use db::{DbResult, Tx};
use kernel::{EmailAddress, Lang, one_line};
use people::lists::{Cells, Checked};
use people::organizations::{self, Organization};
use people::persons;
use web::{Filled, Words};

use super::Applicants;
use crate::trainings::application::Wanted;
use crate::trainings::pages::form::{self, Found};

/// How many institutions of the master list are looked at for a name.
const CANDIDATES: usize = 8;

/// Checks a line by the rules of the form. What the form would ask back about is said in words instead.
pub async fn check(tx: &mut Tx<'_>, cells: &Cells, w: Words) -> DbResult<Result<Checked<Applicants>, Vec<String>>> {
    let mut filled = Filled::default();
    for field in ["email", "place", "question"] {
        filled.set(field, cells.get(field));
    }
    halves(&mut filled, cells, ["name", "family", "given"]);
    halves(&mut filled, cells, ["kana", "family_kana", "given_kana"]);
    let mut wrong = choices(&mut filled, cells, w);
    let email: Option<EmailAddress> = cells.get("email").parse().ok();
    // Nobody is there to be asked whether a domain is a slip: the page shows it, and who brings the list in decides.
    if let Some(email) = &email {
        filled.set("email_kept", email.as_str());
    }
    let chosen = coded(tx, cells.get("code")).await?;
    if chosen.is_none() && !cells.get("code").is_empty() {
        wrong.push(w.t("lists-applicants-wrong-code"));
    }
    let candidates = if chosen.is_some() { Vec::new() } else { organizations::search(tx, cells.get("place"), CANDIDATES).await? };
    if let Some(chosen) = &chosen
        && cells.get("place").is_empty()
    {
        filled.set("place", chosen.name.as_str());
    }
    let found = Found { candidates, chosen, is_other: false };
    let typed = form::check_typed(&mut filled, w, &found);
    // What is there and not understood was named above.
    let is_named = |field: &str| matches!(field, "kind" | "prefecture") && !cells.get(field).is_empty();
    wrong.extend(filled.errors().iter().filter(|error| !is_named(&error.field)).map(|error| match error.field.as_str() {
        "kind" => w.t("lists-applicants-wrong-kind-empty"),
        "prefecture" => w.t("lists-applicants-wrong-prefecture-empty"),
        _ => error.message.clone(),
    }));
    let Some(typed) = typed.filter(|_| wrong.is_empty()) else { return Ok(Err(wrong)) };
    let workplace = &typed.workplace;
    if workplace.organization.is_none() && (workplace.kind.is_empty() || workplace.prefecture.is_empty()) {
        return Ok(Err(vec![w.count("lists-applicants-wrong-which", found.candidates.len())]));
    }
    let guess = email.as_ref().and_then(persons::domain_guess);
    let cares = guess.map(|guess| w.one("error-email-guess", "address", guess.as_str())).into_iter().collect();
    let form::Typed { person, workplace, job, question } = typed;
    let row = Wanted {
        person,
        workplace,
        job,
        question,
        lang: Lang::Ja,
        begun_at: None,
        entered_by: None,
        both: true,
        by_office: false,
        asks: None,
    };
    Ok(Ok(Checked { row, cares }))
}

/// Two halves of a name, in columns of their own or in one with a blank between them.
fn halves(filled: &mut Filled, cells: &Cells, [whole, first, second]: [&str; 3]) {
    let (mut one, mut two) = (cells.get(first).to_owned(), cells.get(second).to_owned());
    if one.is_empty() && two.is_empty() {
        let together = one_line(cells.get(whole));
        let (family, given) = together.split_once(' ').unwrap_or((together.as_str(), ""));
        (one, two) = (family.to_owned(), given.to_owned());
    }
    filled.set(first, one);
    filled.set(second, two);
}

/// What the form offers to choose from, as a list calls it. Returns what is none of it.
fn choices(filled: &mut Filled, cells: &Cells, w: Words) -> Vec<String> {
    let kind = organizations::kind_named(cells.get("kind")).map(|kind| kind.id.as_str());
    let prefecture = organizations::prefecture_named(cells.get("prefecture")).map(|prefecture| prefecture.id.as_str());
    let job = organizations::job_named(cells.get("job")).map(|job| job.id.as_str());
    let names = |key: &str, names: Vec<&str>| w.one(key, "names", &names.join(w.lang.pick("、", ", ")));
    let mut wrong = Vec::new();
    for (field, found) in [("kind", kind), ("prefecture", prefecture), ("job", job)] {
        filled.set(field, found.unwrap_or_default());
        if found.is_some() || cells.get(field).is_empty() {
            continue;
        }
        wrong.push(match field {
            "kind" => names(
                "lists-applicants-wrong-kind",
                organizations::kinds().iter().filter(|kind| kind.selectable).map(|kind| kind.name(w.lang)).collect(),
            ),
            "job" => names("lists-applicants-wrong-job", organizations::jobs().iter().map(|job| job.name(w.lang)).collect()),
            _ => w.t("lists-applicants-wrong-prefecture"),
        });
    }
    wrong
}

/// The institution with this code, however its digits are written.
async fn coded(tx: &mut Tx<'_>, typed: &str) -> DbResult<Option<Organization>> {
    let code: String = kernel::fold(typed).chars().filter(char::is_ascii_alphanumeric).collect();
    if code.is_empty() { Ok(None) } else { organizations::by_code(tx, &code).await }
}
