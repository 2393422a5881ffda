use askama::Template;
use axum::extract::{Path, State};
use kernel::long_date;
use web::{Frame, Page, PageError, Portal, Section, Visit};

use super::{course, period};
use crate::certificates::pages::CertificateView;
use crate::in_house;
use crate::study;
use crate::study::time::LONGEST_STEP;

#[derive(Template)]
#[template(path = "pages/record.html")]
struct RecordPage {
    frame: Frame,
    code: &'static str,
    course: String,
    address: String,
    completed: String,
    how: String,
    test: String,
    begun: String,
    time: String,
    time_note: String,
    version: String,
    period: String,
    units: Vec<String>,
    issued: String,
    /// The number of the certificate, where everybody can check it, and its file.
    certificate: CertificateView,
    mine: String,
    /// What institutions say that one has done there, apart from this.
    in_house: Vec<String>,
}

/// The record of a completion, to be kept or printed.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(slug): Path<String>) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    let me = visit.account()?;
    let asked = portal.clone();
    let read = async move |tx: &mut db::Tx<'_>| {
        let progress = study::progress(tx, me, course).await?;
        let (study, is_completed) = (progress.study.as_ref().map(|study| study.id), progress.completion.is_some());
        let certificate = CertificateView::of(&asked, tx, me, study, is_completed).await?;
        Ok((progress, people::accounts::find(tx, me).await?, certificate, in_house::own(tx, me, course).await?))
    };
    let (progress, account, certificate, in_house) = portal.db.read(read).await?;
    let (Some(study), Some(completion), Some(account)) = (progress.study, progress.completion, account) else {
        // Nothing to show yet: the page that says why.
        return Ok(Page::see_other(&visit.to(&format!("/my/courses/{slug}"))));
    };
    let (w, lang) = (visit.words(), course.lang(visit.lang));
    let (right, asked) = (completion.right.to_string(), completion.asked.to_string());
    let page = RecordPage {
        frame: Frame::new(&portal, &visit, w.t("learning-record"))
            .in_section(Section::My)
            .crumb(w.t("my-title"), "/my")
            .crumb(course.title.get(visit.lang), &format!("/my/courses/{}", course.slug))
            .here(),
        code: lang.code(),
        course: course.title.get(lang).to_owned(),
        address: account.email.to_string(),
        completed: long_date(completion.completed_at.day(), w.lang),
        how: w.t(&format!("learning-how-{}", completion.how.to_string().replace('_', "-"))),
        test: w.with("learning-record-test", &[("right", &right), ("asked", &asked)]),
        begun: kernel::long_moment(study.begun_at, w.lang),
        time: w.count("learning-minutes", (completion.seconds + 59) / 60),
        time_note: w.one("learning-record-time-note", "minutes", &(LONGEST_STEP / 60)),
        version: completion.version.clone(),
        period: period(course, w),
        units: course.units.iter().map(|unit| unit.title.get(lang).to_owned()).collect(),
        certificate,
        in_house: in_house.iter().map(|own| own.words(w)).collect(),
        mine: format!("/my/courses/{}#certificate", course.slug),
        issued: kernel::long_moment(visit.now, w.lang),
    };
    Page::html(&page)
}
