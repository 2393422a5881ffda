use access::Hand;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::Day;
use web::paging::{Query, asked};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::change::change;
use super::check::check;
use super::field::{Field, GROUPS, Group, Holds};

#[derive(Template)]
#[template(path = "settings/overview.html")]
struct OverviewPage {
    frame: Frame,
    groups: Vec<GroupView>,
}

#[derive(Template)]
#[template(path = "settings/form.html")]
struct FormPage {
    frame: Frame,
    group: &'static Group,
    lead: String,
    fields: Vec<FieldView>,
    filled: Filled,
    key: String,
}

/// A group with its values, as they are.
struct GroupView {
    id: &'static str,
    title: String,
    lead: String,
    rows: Vec<(String, String, &'static str)>,
}

/// A setting on the form.
struct FieldView {
    field: Field,
    id: String,
    label: String,
    hint: String,
    error: String,
    value: String,
    options: Vec<(String, String)>,
}

impl FieldView {
    /// 必須, or nothing.
    fn need<'a>(&self, word: &'a str) -> &'a str {
        if self.field.is_needed { word } else { "" }
    }

    /// 任意, or nothing.
    fn free<'a>(&self, word: &'a str) -> &'a str {
        if self.field.is_needed { "" } else { word }
    }
}

/// A value in words.
fn said(field: &Field, value: &str, w: Words) -> String {
    match field.holds {
        _ if value.is_empty() => w.t("settings-nothing"),
        Holds::OneOf(_) => w.t(&format!("{}-{value}", field.key())),
        Holds::Day => value.parse::<Day>().map_or_else(|_| value.to_owned(), |day| kernel::long_date(day, w.lang)),
        Holds::Years => w.one("settings-years", "n", value),
        _ => value.to_owned(),
    }
}

/// The language of a value that is kept in both; an empty one is said in the reader's.
fn language(field: &Field, value: &str) -> &'static str {
    match field.name.rsplit_once('_') {
        _ if value.is_empty() => "",
        Some((_, "ja")) => "ja",
        Some((_, "en")) => "en",
        _ => "",
    }
}

/// Everything that can be set, as it is.
pub async fn overview(State(portal): State<Portal>, visit: Visit, query: Query) -> Result<Page, PageError> {
    let (w, settings) = (visit.words(), portal.settings());
    let groups = GROUPS
        .iter()
        .map(|group| GroupView {
            id: group.id,
            title: w.t(&format!("settings-group-{}", group.id)),
            lead: w.t(&format!("settings-group-{}-lead", group.id)),
            rows: group
                .fields
                .iter()
                .map(|field| {
                    let value = field.current(&settings);
                    (field.label(w), said(field, &value, w), language(field, &value))
                })
                .collect(),
        })
        .collect();
    let done = match asked(&query, "done").as_str() {
        "saved" => w.t("settings-saved"),
        "same" => w.t("settings-same"),
        _ => String::new(),
    };
    let frame = Frame::new(&portal, &visit, w.t("settings-title")).in_office().here().done(done);
    Page::html(&OverviewPage { frame, groups })
}

/// The form of one group.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(group): Path<String>) -> Result<Page, PageError> {
    let group = Group::find(&group).ok_or(PageError::NotFound)?;
    let settings = portal.settings();
    let mut filled = Filled::default();
    for field in group.fields {
        filled.set(&field.id(), field.current(&settings));
    }
    form_page(&portal, &visit, group, filled)
}

fn form_page(portal: &Portal, visit: &Visit, group: &'static Group, filled: Filled) -> Result<Page, PageError> {
    let w = visit.words();
    let fields = group
        .fields
        .iter()
        .map(|field| {
            let (id, hint) = (field.id(), format!("{}-hint", field.key()));
            FieldView {
                field: *field,
                label: field.label(w),
                hint: if w.has(&hint) { w.t(&hint) } else { String::new() },
                error: filled.error(&id).to_owned(),
                value: filled.value(&id).to_owned(),
                options: match field.holds {
                    Holds::OneOf(words) => words.iter().map(|word| ((*word).to_owned(), w.t(&format!("{}-{word}", field.key())))).collect(),
                    _ => Vec::new(),
                },
                id,
            }
        })
        .collect();
    let is_wrong = !filled.is_fine();
    let title = w.t(&format!("settings-group-{}", group.id));
    let frame = Frame::new(portal, visit, title).in_office().crumb(w.t("settings-title"), "/staff/settings").here();
    let lead = w.t(&format!("settings-group-{}-lead", group.id));
    let page = Page::html(&FormPage { frame, group, lead, fields, filled, key: visit.now.uuid().to_string() })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Saves a group; every page shows it at once.
pub async fn save(State(portal): State<Portal>, visit: Visit, Path(group): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let group = Group::find(&group).ok_or(PageError::NotFound)?;
    let w = visit.words();
    let mut filled = Filled::from_posted(&posted);
    let typed: Vec<(Field, String)> = group.fields.iter().map(|field| (*field, posted.get(&field.id()).to_owned())).collect();
    let values = match check(&typed, &portal.settings(), visit.now.day()) {
        Ok(values) => values,
        Err(wrong) => {
            for one in &wrong {
                filled.wrong(&one.field.id(), one.words(w));
            }
            return form_page(&portal, &visit, group, filled);
        }
    };
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let changed = portal.db.write(Lane::Staff, key, async move |tx, now| change(tx, &values, &hand, now).await).await?;
    let done = if changed.names.is_empty() { "same" } else { "saved" };
    Ok(Page::see_other(&visit.to(&format!("/staff/settings?done={done}#{}", group.id))))
}
