use askama::Template;
use axum::extract::{Path, State};
use db::Lane;
use exchange::Why;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::paper::again;
use super::{Asked, Which, desk, frame, leaving, paper_name};
use crate::desk_pages::case_of;
use crate::exports::{Handed, hand_out, lexicon};

#[derive(Template)]
#[template(path = "exports/pages/preview.html")]
struct PreviewPage {
    frame: Frame,
    path: String,
    over: String,
    victim: String,
    whole: &'static str,
    goes: Vec<(String, &'static str, String)>,
    stayed: Vec<(String, String, usize)>,
    /// What the next form carries on.
    carried: Vec<(&'static str, String)>,
    key: String,
}

/// Exactly what will leave, and what stays.
pub async fn preview(State(portal): State<Portal>, visit: Visit, path: Path<Which>, posted: Posted) -> Result<Page, PageError> {
    let asked = Asked::of(path)?;
    let case = case_of(&portal, &visit, &asked.number.to_string()).await?;
    let (leaving, at) = match leaving(&portal, &visit, asked, &case, &posted).await {
        Ok(leaving) => leaving,
        Err(refused) => return again(&portal, &visit, asked, &case, &posted, refused).await,
    };
    let w = visit.words();
    let stayed = leaving.what_stayed().iter().map(|it| {
        let name = lexicon().fact(&it.fact).map_or_else(|| it.fact.clone(), |kind| visit.lang.pick(&kind.name.ja, &kind.name.en).clone());
        let why = match it.why {
            Why::Red => "desk-export-why-red",
            Why::TooStrict => "desk-export-why-strict",
            Why::Names => "desk-export-why-names",
        };
        (name, w.t(why), it.count)
    });
    let mut carried = ["told", "tlp", "report_no", "report_kind"].map(|field| (field, posted.get(field).to_owned())).to_vec();
    carried.push(("at", at.as_micros().to_string()));
    let title = paper_name(&visit, asked.paper_id, asked.paper);
    let receiver = visit.lang.pick(&asked.receiver.name.ja, &asked.receiver.name.en);
    let exports = format!("/desk/cases/{}/exports", case.number);
    Page::html(&PreviewPage {
        frame: frame(&portal, &visit, &case, w.one("desk-export-preview", "paper", &title))
            .crumb(w.t("desk-export-title"), &exports)
            .crumb(title, &asked.path())
            .crumb(w.t("desk-export-preview-short"), ""),
        path: asked.path(),
        over: w.one("desk-export-to", "receiver", receiver),
        victim: leaving.victim().to_owned(),
        whole: leaving.tlp().label(),
        goes: leaving.preview().into_iter().map(|(name, tlp, text)| (name, tlp.label(), text)).collect(),
        stayed: stayed.collect(),
        carried,
        key: visit.now.uuid().to_string(),
    })
}

/// The file, made in memory. That it was handed out stands in the chain before it is.
pub async fn file(State(portal): State<Portal>, visit: Visit, path: Path<Which>, posted: Posted) -> Result<Page, PageError> {
    let asked = Asked::of(path)?;
    let case = case_of(&portal, &visit, &asked.number.to_string()).await?;
    let leaving = match leaving(&portal, &visit, asked, &case, &posted).await {
        Ok((leaving, _)) => leaving,
        Err(refused) => return again(&portal, &visit, asked, &case, &posted, refused).await,
    };
    let (desk, template) = (desk(&portal), template(asked));
    let made = tokio::task::spawn_blocking(move || {
        let file = leaving.make(&desk, template.as_deref());
        (leaving, file)
    });
    let (leaving, made) = made.await.map_err(|_| PageError::Bug("the writing of a file of a case ended early"))?;
    // What is wrong is said in the log without a word of the case: the kinds of faults name files and sheets of ours alone.
    let file = made.map_err(|_| PageError::Bug("a file of a case could not be made"))?;
    let handed = Handed::of(&asked.receiver.id, asked.paper_id, &leaving, &file);
    let (id, by, key) = (case.id, visit.actor.label(), posted.key(&portal, &visit));
    if !portal.db.write(Lane::Staff, key, async move |tx, now| hand_out(tx, id, &handed, &by, now).await).await? {
        return Err(PageError::NotFound);
    }
    Ok(Page::file(file.content_type, &file.name, file.bytes))
}

/// The operator's own workbook for the form, if there is one.
fn template(asked: Asked) -> Option<Vec<u8>> {
    match asked.paper {
        exchange::Paper::Form(form) if !form.template.is_empty() => web::data_file(&form.template),
        _ => None,
    }
}
