use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use kernel::Lang;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::{Draft, digest, open_draft, put};
use crate::authoring::bundle::{Bundle, lesson};
use crate::authoring::names::{Names, scenes};

/// The most characters of one text.
const TEXT_MAX: usize = 60_000;

#[derive(Template)]
#[template(path = "authoring/pages/texts.html")]
struct TextsPage {
    frame: Frame,
    path: String,
    over: String,
    /// The title of a scene; empty on the page of a unit, which is called by its own.
    scene: String,
    /// What a lesson may show: the names by which it does, and their titles.
    scenes: Vec<(String, String)>,
    action: String,
    /// The fields: name, label, language.
    fields: Vec<(&'static str, String, &'static str)>,
    /// What the loader says to these texts as they stand.
    faults: Vec<String>,
    is_lesson: bool,
    /// Where the first slide is looked at.
    preview: String,
    filled: Filled,
    was: String,
    key: String,
}

/// What is written on one page: the files behind its fields.
struct Texts {
    title: String,
    scene: String,
    action: String,
    /// The field, its label, its language, the file.
    files: Vec<(&'static str, String, &'static str, String)>,
    is_lesson: bool,
    preview: String,
}

impl Texts {
    fn of_unit(draft: &Draft, slug: &str, w: Words) -> Option<Self> {
        let file = draft.files.course()?;
        let unit = file.units.iter().find(|unit| unit.slug.get_ref() == slug)?;
        let languages: Vec<Lang> = file.languages.iter().filter_map(|code| code.parse().ok()).collect();
        let field = |lang: &Lang| {
            let code = lang.code();
            (lang.pick("text_ja", "text_en"), w.t(&format!("authoring-lesson-{code}")), code, lesson(slug, *lang))
        };
        let first = draft.files.slides(slug).into_iter().next();
        Some(Self {
            title: unit.title.get(w.lang).to_owned(),
            scene: String::new(),
            action: format!("{}/units/{slug}", draft.path()),
            files: languages.iter().map(field).collect(),
            is_lesson: true,
            preview: first.map_or_else(String::new, |(slide, _)| format!("{}/preview/{slug}/{slide}", draft.path())),
        })
    }

    fn of_scene(draft: &Draft, name: &str, w: Words) -> Option<Self> {
        let (_, title) = scenes(&draft.files, w.lang).into_iter().find(|(scene, _)| scene == name)?;
        Some(Self {
            title: w.t("authoring-edit-scene"),
            scene: title,
            action: format!("{}/scenes/{name}", draft.path()),
            files: vec![("text_ja", w.t("authoring-scene-text"), "ja", format!("scenes/{name}.toml"))],
            is_lesson: false,
            preview: String::new(),
        })
    }

    fn digest(&self, files: &Bundle) -> String {
        digest(&self.files.iter().map(|(.., file)| files.text(file)).collect::<Vec<_>>().join("\0"))
    }
}

/// The lesson of a unit.
pub async fn unit(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id, unit)): Path<(String, String, String)>,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let texts = Texts::of_unit(&draft, &unit, visit.words()).ok_or(PageError::NotFound)?;
    form(&portal, &visit, &draft, &texts)
}

/// The file of a scene.
pub async fn scene(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id, scene)): Path<(String, String, String)>,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let texts = Texts::of_scene(&draft, &scene, visit.words()).ok_or(PageError::NotFound)?;
    form(&portal, &visit, &draft, &texts)
}

/// Saves the lesson of a unit.
pub async fn save_unit(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id, unit)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let texts = Texts::of_unit(&draft, &unit, visit.words()).ok_or(PageError::NotFound)?;
    save(&portal, &visit, &draft, &texts, &posted).await
}

/// Saves the file of a scene.
pub async fn save_scene(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id, scene)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let draft = open_draft(&portal, &slug, &id).await?;
    let texts = Texts::of_scene(&draft, &scene, visit.words()).ok_or(PageError::NotFound)?;
    save(&portal, &visit, &draft, &texts, &posted).await
}

fn form(portal: &Portal, visit: &Visit, draft: &Draft, texts: &Texts) -> Result<Page, PageError> {
    let asked: Vec<(String, String)> = serde_urlencoded::from_str(&visit.query).unwrap_or_default();
    let is_saved = asked.iter().any(|(name, value)| name == "done" && value == "saved");
    let mut filled = Filled::default();
    for (field, _, _, file) in &texts.files {
        filled.set(field, draft.files.text(file));
    }
    page(portal, visit, draft, texts, filled, texts.digest(&draft.files), is_saved)
}

/// Saves the texts, and stays on the page, which says what the loader finds in them.
async fn save(portal: &Portal, visit: &Visit, draft: &Draft, texts: &Texts, posted: &Posted) -> Result<Page, PageError> {
    let w = visit.words();
    let mut filled = Filled::from_posted(posted);
    if posted.get("was") != texts.digest(&draft.files) {
        filled.wrong("text_ja", w.t("authoring-wrong-meanwhile"));
    }
    let mut files = draft.files.clone();
    for (field, _, _, file) in &texts.files {
        let typed = posted.get(field).replace("\r\n", "\n").replace('\r', "\n");
        let length = typed.chars().count();
        if length > TEXT_MAX {
            filled.wrong(field, w.with("approval-wrong-too-long", &[("length", &length.to_string()), ("max", &TEXT_MAX.to_string())]));
        }
        files.put(file, format!("{}\n", typed.trim_end()));
    }
    if filled.is_fine() {
        match put(portal, visit, posted, draft, files).await? {
            Ok(()) => return Ok(Page::see_other(&visit.to(&format!("{}?done=saved", texts.action)))),
            Err(words) => filled.wrong("text_ja", words),
        }
    }
    let was = posted.get("was").to_owned();
    Ok(page(portal, visit, draft, texts, filled, was, false)?.status(StatusCode::UNPROCESSABLE_ENTITY))
}

fn page(
    portal: &Portal,
    visit: &Visit,
    draft: &Draft,
    texts: &Texts,
    filled: Filled,
    was: String,
    is_saved: bool,
) -> Result<Page, PageError> {
    let w = visit.words();
    let slug = &draft.version.course;
    let of_these = |file: &str| texts.files.iter().any(|(.., name)| file == format!("{slug}/{name}"));
    let (loaded, names) = (draft.files.load(slug), Names::of(&draft.files, w.lang));
    let faults = loaded.as_ref().err().into_iter().flatten().filter(|fault| of_these(&fault.file)).map(|fault| names.fault(fault, w));
    Page::html(&TextsPage {
        frame: draft.frame(portal, visit, texts.title.clone()).done(if is_saved { w.t("authoring-done-saved") } else { String::new() }),
        path: draft.path(),
        over: draft.name(w),
        scene: texts.scene.clone(),
        scenes: if texts.is_lesson { scenes(&draft.files, w.lang) } else { Vec::new() },
        action: texts.action.clone(),
        fields: texts.files.iter().map(|(field, label, code, _)| (*field, label.clone(), *code)).collect(),
        faults: faults.collect(),
        is_lesson: texts.is_lesson,
        preview: if loaded.is_ok() { texts.preview.clone() } else { String::new() },
        filled,
        was,
        key: visit.now.uuid().to_string(),
    })
}
