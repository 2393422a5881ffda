use access::Strength;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use db::Lane;
use kernel::{EmailAddress, NotAnAddress};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::{Asked, REFUSED, proof};
use crate::accounts::credentials::Me;
use crate::accounts::passphrase::NotRight;
use crate::accounts::tries::Counter;
use crate::accounts::{Browser, Next, mail_link, sign_in};
use crate::persons::{address_guess, domain_guess};

#[derive(Template)]
#[template(path = "accounts/pages/sign_in.html")]
struct SignInPage {
    frame: Frame,
    next: String,
    /// The form for the mail link.
    mail: Filled,
    /// The form for the passphrase.
    phrase: Filled,
    /// What went wrong, where it is not one field's.
    wrong: String,
    /// The address that may have been meant.
    guess: String,
}

#[derive(Template)]
#[template(path = "accounts/pages/sent.html")]
struct SentPage {
    frame: Frame,
    email: String,
    next: String,
}

impl SignInPage {
    fn new(portal: &Portal, visit: &Visit, next: &Next) -> Self {
        Self {
            frame: Frame::new(portal, visit, visit.words().t("accounts-sign-in")).here(),
            next: next.to_string(),
            mail: Filled::default(),
            phrase: Filled::default(),
            wrong: String::new(),
            guess: String::new(),
        }
    }
}

/// `GET /sign-in?next=/my`
pub(in crate::accounts) async fn show(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    Page::html(&SignInPage::new(&portal, &visit, &Next::of(&asked.next)))
}

/// `POST /sign-in`: a link by mail, if there is anybody. The answer is the same for every address.
pub(in crate::accounts) async fn ask_for_link(
    State(portal): State<Portal>,
    visit: Visit,
    posted: Posted,
    headers: HeaderMap,
) -> Result<Page, PageError> {
    let next = Next::of(posted.get("next"));
    // The button that mends the address sends it too.
    let typed = posted.get("fix").strip_prefix("email:").unwrap_or_else(|| posted.get("email"));
    let email: EmailAddress = match typed.parse() {
        Ok(email) => email,
        Err(mistake) => {
            let guess = address_guess(typed).map(|guess| guess.to_string()).unwrap_or_default();
            return ask_about(&portal, &visit, &posted, visit.words().t(address_words(mistake)), guess);
        }
    };
    // A slip in a well-known domain is asked about once; who presses the button again as it stands keeps it.
    if let Some(guess) = domain_guess(&email).filter(|_| posted.get("email_kept") != email.as_str()) {
        let guess = guess.to_string();
        let words = visit.words().one("accounts-email-slip", "address", guess.as_str());
        return ask_about(&portal, &visit, &posted, words, guess);
    }
    let counter = Counter::of(&portal.keys, "link", &email, &Browser::of(&portal, &visit, &headers));
    let (address, to, lang) = (email.clone(), next.clone(), visit.lang);
    portal.db.write(Lane::Public, None, async move |tx, now| mail_link::ask(tx, &address, &to, lang, &counter, now).await).await?;
    let frame = Frame::new(&portal, &visit, visit.words().t("accounts-sent")).crumb(visit.words().t("accounts-sign-in"), "/sign-in").here();
    Page::html(&SentPage { frame, email: email.to_string(), next: next.to_string() })
}

/// The form again, with what is to be mended in the address, and the one that may have been meant.
fn ask_about(portal: &Portal, visit: &Visit, posted: &Posted, words: String, guess: String) -> Result<Page, PageError> {
    let mut page = SignInPage::new(portal, visit, &Next::of(posted.get("next")));
    page.mail = Filled::from_posted(posted);
    page.mail.wrong("email", words);
    page.guess = guess;
    Ok(Page::html(&page)?.status(REFUSED))
}

/// `GET /sign-in/passphrase`: whoever reloads the address of a refusal, or changes its language, is at the form.
pub(in crate::accounts) async fn to_form(visit: Visit) -> Result<Page, PageError> {
    Ok(Page::see_other(&visit.to("/sign-in")))
}

/// `POST /sign-in/passphrase`
pub(in crate::accounts) async fn by_passphrase(
    State(portal): State<Portal>,
    visit: Visit,
    posted: Posted,
    headers: HeaderMap,
) -> Result<Page, PageError> {
    let (next, browser, w) = (Next::of(posted.get("next")), Browser::of(&portal, &visit, &headers), visit.words());
    let mut page = SignInPage::new(&portal, &visit, &next);
    page.phrase.set("login", posted.get("login"));
    let email: EmailAddress = match posted.get("login").parse() {
        Ok(email) => email,
        Err(mistake) => {
            page.phrase.wrong("login", w.t(address_words(mistake)));
            return Ok(Page::html(&page)?.status(REFUSED));
        }
    };
    if posted.get("passphrase").is_empty() {
        page.phrase.wrong("passphrase", w.t("accounts-passphrase-empty"));
        return Ok(Page::html(&page)?.status(REFUSED));
    }
    match proof::by_passphrase(&portal, &email, &posted, &browser).await? {
        Ok((account, strength)) => open(&portal, &visit, account, strength, browser, &next).await,
        Err(refusal) => {
            page.wrong = refusal_words(refusal, &visit);
            Ok(Page::html(&page)?.status(REFUSED))
        }
    }
}

/// `POST /sign-in/passkey/question`, by the script.
pub(in crate::accounts) async fn passkey_question(State(portal): State<Portal>, _: Visit) -> Result<Page, PageError> {
    proof::ask_for_passkey(&portal, None).await
}

/// `POST /sign-in/passkey`
pub(in crate::accounts) async fn by_passkey(
    State(portal): State<Portal>,
    visit: Visit,
    posted: Posted,
    headers: HeaderMap,
) -> Result<Page, PageError> {
    let (next, browser) = (Next::of(posted.get("next")), Browser::of(&portal, &visit, &headers));
    let Some(account) = proof::by_passkey(&portal, &posted, None).await? else {
        let mut page = SignInPage::new(&portal, &visit, &next);
        page.wrong = visit.words().t("accounts-passkey-refused");
        return Ok(Page::html(&page)?.status(REFUSED));
    };
    open(&portal, &visit, account, Strength::Passkey, browser, &next).await
}

async fn open(
    portal: &Portal,
    visit: &Visit,
    account: access::AccountId,
    strength: Strength,
    browser: Browser,
    next: &Next,
) -> Result<Page, PageError> {
    let (earlier, opened) = (Me::of(&visit.actor), browser.clone());
    portal.db.write(Lane::Public, None, async move |tx, now| sign_in::open(tx, account, strength, &opened, earlier, now).await).await?;
    Ok(browser.keep(portal, Page::see_other(next.as_str())))
}

/// The words for a refused passphrase; the same whoever was meant.
pub(super) fn refusal_words(refusal: NotRight, visit: &Visit) -> String {
    match refusal {
        NotRight::Wrong => visit.words().t("accounts-wrong"),
        // The next whole minute: the clock on the wall has no seconds.
        NotRight::Wait(until) => visit.words().one("accounts-wait", "time", &until.plus(kernel::Span::seconds(59)).clock_face()),
    }
}

pub(in crate::accounts) fn address_words(mistake: NotAnAddress) -> &'static str {
    match mistake {
        NotAnAddress::Empty => "accounts-email-empty",
        NotAnAddress::At => "accounts-email-at",
        NotAnAddress::Ending => "accounts-email-ending",
        NotAnAddress::Local | NotAnAddress::Domain | NotAnAddress::TooLong => "accounts-email-wrong",
    }
}
