//! What tasks and lessons lead to: items of the checklist and slides of e-learning, which playbooks name by their ids.

use db::{DbResult, Tx};
use kernel::FiscalYear;
use std::pin::Pin;
use web::{Reader, Words};

/// A slide of e-learning as people know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlideName {
    /// `admin/inc-first#first-cut`
    pub id: String,
    /// Its heading, and the course that it is in.
    pub title: String,
    /// The address of its page.
    pub path: String,
}

/// Slides that are being looked up.
pub type Finding<'t> = Pin<Box<dyn Future<Output = DbResult<Vec<SlideName>>> + 't>>;

/// Names those slides of the ids that there are.
pub type FindSlides = for<'t, 'c> fn(&'t mut Tx<'c>, &'t [String], Reader) -> Finding<'t>;

/// The part of the portal by which the desk asks what slides are called: e-learning knows it, and the desk knows no courses.
#[derive(Clone, Copy)]
pub struct Slides(pub FindSlides);

/// The slides among some points, as far as somebody knows them.
pub(super) struct KnownSlides(Vec<SlideName>);

impl KnownSlides {
    /// Asks for the slides among these points.
    pub async fn load(tx: &mut Tx<'_>, slides: Option<Slides>, points: &[String], reader: Reader) -> DbResult<Self> {
        match slides {
            Some(Slides(find)) if !points.is_empty() => Ok(Self(find(tx, points, reader).await?)),
            _ => Ok(Self(Vec::new())),
        }
    }

    /// The slide of this id; nothing for one that no course has any more.
    pub fn slide(&self, id: &str) -> Option<&SlideName> {
        self.0.iter().find(|slide| slide.id == id)
    }
}

/// 令和7年度 医療機関用 2-⑪（サーバー）, for `r7-inst-2-⑪-server`; nothing for what is no item of a checklist.
pub(super) fn item(w: Words, id: &str) -> Option<String> {
    let parts: Vec<&str> = id.split('-').collect();
    let [year, side, chapter, number, part] = parts.as_slice() else { return None };
    let year: FiscalYear = year.to_uppercase().parse().ok()?;
    let side = match *side {
        "inst" => w.t("work-item-institution"),
        "vend" => w.t("work-item-vendor"),
        _ => return None,
    };
    let words = w.with("work-item", &[("year", &year.label(w.lang)), ("side", &side), ("number", &format!("{chapter}-{number}"))]);
    let part = match *part {
        "all" => return Some(words),
        "server" => w.t("work-item-server"),
        "pc" => w.t("work-item-pc"),
        "network" => w.t("work-item-network"),
        _ => return None,
    };
    Some(format!("{words}{}{part}{}", w.lang.pick("（", " ("), w.lang.pick("）", ")")))
}

#[cfg(test)]
mod tests {
    use kernel::Lang;

    use super::*;

    #[test]
    fn an_item_of_the_checklist_is_told_as_its_form_has_it() {
        let ja = |id: &str| item(Words::of(Lang::Ja), id);
        assert_eq!(ja("r7-inst-2-⑤-all").as_deref(), Some("令和7年度 医療機関用 2-⑤"));
        assert_eq!(ja("r7-vend-2-⑪-server").as_deref(), Some("令和7年度 業者用 2-⑪（サーバー）"));
        assert_eq!(item(Words::of(Lang::En), "r7-inst-2-⑫-pc").as_deref(), Some("FY2025, for institutions, 2-⑫ (PCs)"));
        for other in ["", "r7-", "r7-inst", "admin/inc-first#first-cut", "r7-inst-2-⑤-moon", "x-inst-2-⑤-all"] {
            assert_eq!(ja(other), None, "{other}");
        }
    }
}
