//! The part of a course's page about its certificate, and the name that stands on it.

use access::AccountId;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::{DbResult, Lane, Tx};
use kernel::{NotAName, PersonName, one_line};
use web::{Filled, Page, PageError, Portal, Posted, Visit, Words};

use super::name::{Learner, write_name};
use super::proof::{Proof, proof};
use super::store;
use crate::pages::{course, mine};
use crate::study::StudyId;

/// Characters taken for a workplace.
const LONGEST_WORKPLACE: usize = 80;

/// What a page says about the certificate of a course.
pub(crate) struct CertificateView {
    /// The certificate, once it is issued.
    pub proof: Option<Proof>,
    /// Whether the course is completed.
    pub is_completed: bool,
    /// 例示 髙子（みほん市立総合病院）; empty until it is written.
    pub who: String,
    /// The form.
    pub filled: Filled,
}

impl CertificateView {
    /// What there is to say to an account about its way through a course.
    pub(crate) async fn of(
        portal: &Portal,
        tx: &mut Tx<'_>,
        account: AccountId,
        study: Option<StudyId>,
        is_completed: bool,
    ) -> DbResult<Self> {
        let proof = match study.filter(|_| is_completed) {
            Some(study) => proof(portal, tx, study).await?,
            None => None,
        };
        let mut filled = Filled::default();
        let mut who = String::new();
        if let Some(name) = store::learner(tx, account).await? {
            who = format!("{} {}", name.family, name.given);
            if !name.workplace.is_empty() {
                who = format!("{who}（{}）", name.workplace);
            }
            filled.set("family", name.family);
            filled.set("given", name.given);
            filled.set("workplace", name.workplace);
        } else if let Some((name, organization)) = store::listed(tx, account).await? {
            let (family, given) = name.split_once([' ', '　']).unwrap_or((name.as_str(), ""));
            filled.set("family", family);
            filled.set("given", given);
            filled.set("workplace", organization);
        }
        Ok(Self { proof, is_completed, who, filled })
    }

    /// Whether the file is still being made.
    pub(crate) fn is_waiting(&self) -> bool {
        self.is_completed && !self.who.is_empty() && self.proof.as_ref().is_none_or(|proof| proof.file.is_empty())
    }
}

/// Takes the name that stands on certificates.
pub(crate) async fn save(State(portal): State<Portal>, visit: Visit, Path(slug): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (course, me) = (course(&portal, &visit, &slug).await?, visit.account()?);
    let mut filled = Filled::from_posted(&posted);
    let Some(learner) = read(&mut filled, visit.words()) else {
        return Ok(mine::page(&portal, &visit, course, Some(filled)).await?.status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let write = async move |tx: &mut Tx<'_>, now| write_name(tx, me, &learner, now).await;
    portal.db.write(Lane::Public, posted.key(&portal, &visit), write).await?;
    Ok(Page::see_other(&visit.to(&format!("/my/courses/{slug}?done=named"))))
}

fn read(filled: &mut Filled, w: Words) -> Option<Learner> {
    for field in ["family", "given"] {
        let typed = filled.value(field).to_owned();
        match PersonName::check_part(&typed) {
            Ok(_) => {}
            Err(NotAName::TooLong) => filled.wrong(field, w.one("learning-name-long", "n", &PersonName::LONGEST)),
            Err(_) => filled.wrong(field, w.t(&format!("learning-name-{field}-empty"))),
        }
    }
    let workplace = one_line(filled.value("workplace"));
    if workplace.chars().count() > LONGEST_WORKPLACE {
        filled.wrong("workplace", w.one("learning-name-long", "n", &LONGEST_WORKPLACE));
    }
    let name = PersonName::new(filled.value("family"), filled.value("given")).ok()?;
    filled.is_fine().then_some(Learner { name, workplace })
}
