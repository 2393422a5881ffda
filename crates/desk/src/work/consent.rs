//! 支援同意: what the institution allows the desk to do, with which devices, until when. Nothing is done without.

use db::{DbResult, Tx};
use kernel::{Lang, Span, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::LazyLock;

use super::store;
use crate::cases::{self, CaseId, Entry};
use crate::contents::{self, Both, ContentFault};
use crate::words::words;

const FILE: &str = "consent.toml";

/// The form of consent as shipped. The program checks it at its start, before anybody asks.
pub fn form() -> &'static Form {
    static FORM: LazyLock<Form> = LazyLock::new(|| Form::shipped().expect("data/desk was checked at the start"));
    &FORM
}

words! {
    /// How consent was given.
    How {
        /// 画面で
        Screen = "screen",
        /// 電話で
        Phone = "phone",
        /// 紙で
        Paper = "paper",
    }
}

/// The form of consent.
#[derive(Clone, Debug, Deserialize)]
pub struct Form {
    /// Which edition of the wording.
    pub version: String,
    scope: Vec<Scope>,
    read_out: ReadOut,
}

/// Something that may be allowed.
#[derive(Clone, Debug, Deserialize)]
pub struct Scope {
    /// The word in the database.
    pub id: String,
    title: Both,
    text: Both,
    data: Both,
    #[serde(default)]
    hours: Option<i64>,
    #[serde(default)]
    days: Option<i64>,
}

#[derive(Clone, Debug, Deserialize)]
struct ReadOut {
    #[serde(flatten)]
    words: Both,
}

/// What was consented to.
#[derive(Clone, Debug)]
pub struct NewConsent {
    /// Ids of the form.
    pub scopes: Vec<String>,
    /// From.
    pub from: Timestamp,
    /// Until.
    pub until: Timestamp,
    /// How.
    pub how: How,
    /// Devices that may be touched, who consents, who is present.
    pub details: Details,
}

/// The words of a consent, which are sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// 触ってよい機器
    pub devices: String,
    /// 同意する人の名前・役職
    pub name: String,
    /// 任せた人
    pub charged_by: String,
    /// 立ち会う人・電話
    pub present: String,
}

impl std::fmt::Debug for Details {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Why no consent was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotConsented {
    /// There is no such case, or it is closed.
    Unknown,
    /// No scope was chosen, or one that the form does not have.
    Scopes,
    /// It ends before it begins, or is over.
    Times,
    /// It lasts longer than a scope allows: so many hours at most.
    TooLong(i64),
    /// Who consents, or what may be touched, was not said.
    Details,
}

impl Form {
    /// The form of `data/desk`.
    pub fn shipped() -> Result<Self, ContentFault> {
        contents::parse(FILE, &contents::text(FILE))
    }

    /// What may be allowed, in the order of the form.
    pub fn scopes(&self) -> &[Scope] {
        &self.scope
    }

    /// The scope with this id.
    pub fn scope(&self, id: &str) -> Option<&Scope> {
        self.scope.iter().find(|scope| scope.id == id)
    }

    /// What is read out on the telephone.
    pub fn read_out(&self, lang: Lang) -> &str {
        self.read_out.words.pick(lang)
    }
}

impl Scope {
    /// Its name.
    pub fn title(&self, lang: Lang) -> &str {
        self.title.pick(lang)
    }

    /// What is done.
    pub fn text(&self, lang: Lang) -> &str {
        self.text.pick(lang)
    }

    /// What is taken.
    pub fn data(&self, lang: Lang) -> &str {
        self.data.pick(lang)
    }

    /// How long it may last at most; nothing: it has no end of its own.
    pub fn longest(&self) -> Option<Span> {
        let days = self.days.filter(|days| *days > 0).map(Span::days);
        self.hours.map(Span::hours).or(days)
    }
}

/// Notes that the institution consents.
pub async fn consent(tx: &mut Tx<'_>, id: CaseId, new: &NewConsent, by: &str, now: Timestamp) -> DbResult<Result<(), NotConsented>> {
    let Some(case) = cases::store::case(tx, id).await?.filter(|case| case.closed_at.is_none()) else {
        return Ok(Err(NotConsented::Unknown));
    };
    if let Err(refused) = check(new, now) {
        return Ok(Err(refused));
    }
    let row = now.uuid();
    let sealed = case.seal("case_consents", row, "words", json!(new.details).to_string().as_bytes());
    store::support::add_consent(tx, id, row, new, &form().version, sealed, by, now).await?;
    let facts = json!({ "scopes": new.scopes, "from": new.from, "until": new.until, "how": new.how, "version": form().version });
    cases::record(tx, &case, Entry::by(by).did("consent.given").about(row).with(facts), now).await?;
    Ok(Ok(()))
}

/// Notes that the institution withdraws its consent, without a reason. False if it had, or never gave it.
pub async fn withdraw(tx: &mut Tx<'_>, id: CaseId, consent: kernel::Uuid, by: &str, now: Timestamp) -> DbResult<bool> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(false) };
    if !store::support::withdraw(tx, id, consent, by, now).await? {
        return Ok(false);
    }
    cases::record(tx, &case, Entry::by(by).did("consent.withdrawn").about(consent), now).await?;
    Ok(true)
}

fn check(new: &NewConsent, now: Timestamp) -> Result<(), NotConsented> {
    let scopes: Option<Vec<&Scope>> = new.scopes.iter().map(|id| form().scope(id)).collect();
    let Some(scopes) = scopes.filter(|scopes| !scopes.is_empty()) else { return Err(NotConsented::Scopes) };
    if new.until <= new.from || new.until <= now {
        return Err(NotConsented::Times);
    }
    let longest = scopes.iter().filter_map(|scope| scope.longest()).min();
    if let Some(longest) = longest.filter(|longest| new.until.since(new.from) > *longest) {
        return Err(NotConsented::TooLong(longest.as_minutes() / 60));
    }
    if new.details.name.is_empty() || new.details.devices.is_empty() { Err(NotConsented::Details) } else { Ok(()) }
}
