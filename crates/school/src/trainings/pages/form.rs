//! What the application form sends, checked field by field: accepted and normalized, or refused in words that say how to mend it.

use access::OrganizationId;
use db::{DbResult, Tx};
use kernel::{EmailAddress, Kana, NotAName, NotAnAddress, NotText, PersonName, Text, Timestamp, fold, one_line};
use people::accounts::Asks;
use people::organizations::{self, Organization};
use people::persons::{self, NewPerson};
use web::{Filled, Keys, PageError, Portal, Posted, Visit, Words};

use crate::trainings::application::{AGAIN, Question, Wanted, Workplace};

/// What the signature on the moment of opening a form is for.
const BEGUN: &str = "apply-begun";

/// How many institutions are offered for a typed name: as many as the script shows while it is typed.
const OFFERED: usize = 12;

/// What the list knows about the typed workplace.
pub struct Found {
    /// The institutions that it may mean.
    pub candidates: Vec<Organization>,
    /// The one of them that was chosen.
    pub chosen: Option<Organization>,
    /// It was said that it is none of them.
    pub is_other: bool,
}

impl Found {
    /// What of these was chosen. A choice counts as long as it fits what is typed: who types another name has not chosen it.
    pub fn among(candidates: Vec<Organization>, posted: &Posted) -> Self {
        let choice = choice(posted);
        let id = choice.parse::<OrganizationId>().ok();
        let chosen = candidates.iter().find(|candidate| Some(candidate.id) == id).cloned();
        Self { chosen, is_other: choice == OTHER, candidates }
    }

    /// What was chosen, as the choices of the page say it; empty if nothing was.
    pub fn choice(&self) -> String {
        match &self.chosen {
            Some(chosen) => chosen.id.to_string(),
            None if self.is_other => OTHER.to_owned(),
            None => String::new(),
        }
    }

    /// The choices below the field, so that a form that comes back shows what was chosen.
    pub fn choices(&self, posted: &Posted, w: Words) -> Result<String, PageError> {
        if self.candidates.is_empty() {
            return Ok(String::new());
        }
        organizations::choices(w, posted.get("place"), &self.candidates, &self.choice())
    }
}

/// The choice that says: none of these.
const OTHER: &str = "other";

/// The page to confirm asks under a name of its own, and has the last word.
fn choice(posted: &Posted) -> &str {
    if posted.has("org") { posted.get("org") } else { posted.get("organization") }
}

/// Looks the typed workplace up.
pub async fn workplaces(portal: &Portal, posted: &Posted) -> Result<Found, PageError> {
    let typed = typed_place(posted);
    let candidates = portal.db.glance(async move |tx| candidates(tx, Some(&typed)).await).await?;
    Ok(Found::among(candidates, posted))
}

/// The institutions that a typed workplace may mean, if there is one to be looked for.
pub async fn candidates(tx: &mut Tx<'_>, typed: Option<&str>) -> DbResult<Vec<Organization>> {
    match typed {
        Some(typed) => organizations::search(tx, typed, OFFERED).await,
        None => Ok(Vec::new()),
    }
}

/// The typed workplace.
pub fn typed_place(posted: &Posted) -> String {
    one_line(posted.get("place"))
}

/// The typed workplace, unless the page to confirm has been told that it is none in the list: then nothing has to be looked for.
pub fn undecided_place(posted: &Posted) -> Option<String> {
    (posted.get("org") != OTHER).then(|| typed_place(posted))
}

/// A form that is in order: what is wanted, and where the workplace may be found in the list.
pub struct Checked {
    pub wanted: Wanted,
    pub candidates: Vec<Organization>,
}

/// The signed moment at which a form is opened.
pub fn begun(keys: &Keys, now: Timestamp) -> String {
    keys.sign(BEGUN, &now.as_micros().to_string())
}

/// When the form was opened, if it carries our signature.
pub fn begun_at(keys: &Keys, posted: &Posted) -> Option<Timestamp> {
    keys.verify(BEGUN, posted.get("begun"))?.parse().ok().map(Timestamp::from_micros)
}

/// What somebody says about themselves, in order.
pub struct Typed {
    /// Who it is.
    pub person: NewPerson,
    /// Where they work.
    pub workplace: Workplace,
    /// What they do, empty if not said.
    pub job: String,
    /// What they ask the lecturer.
    pub question: String,
}

/// Checks everything that was typed.
pub fn check(posted: &Posted, visit: &Visit, keys: &Keys, found: &Found) -> Result<Checked, Filled> {
    let w = visit.words();
    let mut filled = Filled::from_posted(posted);
    let typed = check_typed(&mut filled, w, found);
    if !posted.has("consent") {
        filled.wrong("consent", w.t("error-consent"));
    }
    match typed {
        Some(Typed { person, workplace, job, question }) if filled.is_fine() => Ok(Checked {
            candidates: if workplace.organization.is_some() || found.is_other { Vec::new() } else { found.candidates.clone() },
            wanted: Wanted {
                asks: Some(Asks::of(keys, AGAIN, &person.email)),
                person,
                workplace,
                job,
                question,
                lang: visit.lang,
                begun_at: begun_at(keys, posted),
                entered_by: None,
                both: posted.get("both") == "yes",
                by_office: false,
            },
        }),
        _ => Err(filled),
    }
}

/// Checks what somebody says about themselves, in a form or on a line of a list; notes in `filled` what is to be mended.
pub fn check_typed(filled: &mut Filled, w: Words, found: &Found) -> Option<Typed> {
    let person = check_person(filled, w);
    let workplace = check_workplace(filled, w, found);
    let job = organizations::job(filled.value("job")).map_or_else(String::new, |job| job.id.clone());
    let question = check_question(filled, w);
    Some(Typed { person: person?, workplace: workplace?, job, question: question? })
}

/// Checks a name, its reading and an address.
pub fn check_person(filled: &mut Filled, w: Words) -> Option<NewPerson> {
    let mut part = |field: &str, check: fn(&str) -> Result<String, NotAName>| match check(filled.value(field)) {
        Ok(part) => Some(part),
        Err(refusal) => {
            filled.wrong(field, w.t(&name_error(field, refusal)));
            None
        }
    };
    let family = part("family", PersonName::check_part);
    let given = part("given", PersonName::check_part);
    let family_kana = part("family_kana", Kana::check_part);
    let given_kana = part("given_kana", Kana::check_part);
    let email = check_email(filled, w);
    let name = PersonName::new(&family?, &given?).ok()?;
    let kana = Kana::new(&family_kana?, &given_kana?).ok()?;
    Some(NewPerson { name, kana, email: email? })
}

fn name_error(field: &str, refusal: NotAName) -> String {
    match refusal {
        NotAName::Empty => format!("error-{}-empty", field.replace('_', "-")),
        NotAName::TooLong => "error-name-long".into(),
        NotAName::NotKana => "error-kana".into(),
        NotAName::NoLetters => "error-name-letters".into(),
    }
}

/// A slip in a well-known domain is asked about once; who confirms it keeps it.
pub fn check_email(filled: &mut Filled, w: Words) -> Option<EmailAddress> {
    let email = match filled.value("email").parse::<EmailAddress>() {
        Ok(email) => email,
        Err(refusal) => {
            let key = match refusal {
                NotAnAddress::Empty => "error-email-empty",
                NotAnAddress::At => "error-email-at",
                NotAnAddress::Local => "error-email-local",
                NotAnAddress::Ending => "error-email-ending",
                NotAnAddress::Domain => "error-email-domain",
                NotAnAddress::TooLong => "error-email-long",
            };
            filled.wrong("email", w.t(key));
            return None;
        }
    };
    let asked_about = filled.is("email_kept", email.as_str());
    if let Some(guess) = persons::domain_guess(&email).filter(|_| !asked_about) {
        filled.set("email_guess", guess.as_str());
        filled.set("email_typed", email.as_str());
        filled.wrong("email", w.one("error-email-guess", "address", guess.as_str()));
        return None;
    }
    Some(email)
}

/// Checks where somebody works.
pub fn check_workplace(filled: &mut Filled, w: Words, found: &Found) -> Option<Workplace> {
    if let Some(chosen) = &found.chosen {
        return Some(workplace_of(chosen));
    }
    let candidates = if found.is_other { &[] } else { found.candidates.as_slice() };
    let name = match Text::<100>::new(&one_line(filled.value("place"))) {
        Ok(name) => name.into_string(),
        Err(NotText::Empty) => {
            filled.wrong("place", w.t("error-place-empty"));
            return None;
        }
        Err(NotText::TooLong { .. }) => {
            filled.wrong("place", w.t("error-place-long"));
            return None;
        }
    };
    let kind = organizations::kind(filled.value("kind")).filter(|kind| kind.selectable).map(|kind| kind.id.clone());
    let prefecture = organizations::prefecture(filled.value("prefecture")).map(|one| one.id.clone());
    // The name as it stands in the list is as good as choosing it there, unless it is said to be elsewhere.
    let agrees = |said: &Option<String>, listed: &str| said.as_deref().is_none_or(|said| said == listed);
    let mut same = candidates.iter().filter(|candidate| {
        fold(&candidate.name) == fold(&name) && agrees(&kind, &candidate.kind) && agrees(&prefecture, &candidate.prefecture)
    });
    if let (Some(only), None) = (same.next(), same.next()) {
        return Some(workplace_of(only));
    }
    // Where the list may know the place, the confirmation page asks which one; kind and prefecture follow from the choice.
    if candidates.is_empty() {
        if kind.is_none() {
            filled.wrong("kind", w.t("error-kind-empty"));
        }
        if prefecture.is_none() {
            filled.wrong("prefecture", w.t("error-prefecture-empty"));
        }
    }
    let is_known_enough = !candidates.is_empty() || (kind.is_some() && prefecture.is_some());
    is_known_enough.then(|| Workplace {
        organization: None,
        name,
        kind: kind.unwrap_or_default(),
        prefecture: prefecture.unwrap_or_default(),
    })
}

fn workplace_of(listed: &Organization) -> Workplace {
    Workplace { organization: Some(listed.id), name: listed.name.clone(), kind: listed.kind.clone(), prefecture: listed.prefecture.clone() }
}

fn check_question(filled: &mut Filled, w: Words) -> Option<String> {
    match Question::new(filled.value("question")) {
        Ok(question) => Some(question.into_string()),
        Err(NotText::Empty) => Some(String::new()),
        Err(NotText::TooLong { length, .. }) => {
            filled.wrong("question", w.one("error-question-long", "n", &length));
            None
        }
    }
}
