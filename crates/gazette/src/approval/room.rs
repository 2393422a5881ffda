use access::Action;
use db::{DbResult, Tx};
use kernel::Timestamp;
use serde_json::Value;
use std::collections::HashMap;
use web::{Filled, Posted, Routes, Words};

use super::pages;
use super::version::{Kind, TextId, Version};

/// Two long texts in two languages, percent-encoded.
const FORM_BYTES: usize = 512 * 1024;

/// What differs between the kinds of texts; everything else about approval is the same.
pub(crate) trait Room: Send + Sync + 'static {
    /// The kind.
    const KIND: Kind;
    /// The address of the staff's list.
    const PATH: &'static str = Self::KIND.staff_path();
    /// What the keys of its words begin with.
    const WORDS: &'static str;
    /// Whether texts are added and withdrawn, or are fixed in number.
    const GROWS: bool;
    /// The key of the words that say that a number is another text's.
    const TAKEN: &'static str;
    /// Whether a sentence stands under the title.
    const HAS_LEAD: bool;

    /// What is to be chosen beside the words, such as a category, as it stands in `filled`.
    fn choices(filled: &Filled, w: Words) -> Vec<Choice>;

    /// The choices of a version, put into a form.
    fn show(facts: &Value, filled: &mut Filled);

    /// The choices that were sent; notes in `filled` what is to be mended.
    fn read(posted: &Posted, filled: &mut Filled, w: Words) -> Value;

    /// What the staff's list says of the choices in one word.
    fn mark(facts: &Value, w: Words) -> String;

    /// Copies an approved version to where readers see it, and answers with its address.
    async fn make_public(tx: &mut Tx<'_>, version: &Version, now: Timestamp) -> DbResult<String>;

    /// The titles of the public texts that have one of these numbers, by the number.
    async fn holders(tx: &mut Tx<'_>, numbers: &[&str]) -> DbResult<HashMap<String, String>>;

    /// Keeps a number from being given to another text.
    async fn reserve(tx: &mut Tx<'_>, number: &str) -> DbResult<()>;

    /// Takes a text away from readers.
    async fn take_back(tx: &mut Tx<'_>, text: TextId, reason: &str, now: Timestamp) -> DbResult<()>;

    /// Where a text is public, if it ever was.
    async fn address(tx: &mut Tx<'_>, text: TextId) -> DbResult<Option<String>>;
}

/// Something to be chosen beside the words.
pub(crate) struct Choice {
    /// The field.
    pub name: &'static str,
    /// What it is called.
    pub label: String,
    /// What it is for.
    pub hint: String,
    /// What is wrong with it, empty if nothing.
    pub error: String,
    /// Whether several may be chosen together.
    pub several: bool,
    /// Value, word, and whether it is chosen.
    pub options: Vec<(String, String, bool)>,
}

/// The staff's routes of a room.
pub(crate) fn routes<R: Room>() -> Routes {
    let at = |rest: &str| format!("{}{rest}", R::PATH);
    let routes = Routes::new()
        .get(R::PATH, Action::SeeDrafts, pages::list::<R>)
        .get(&at("/{id}"), Action::SeeDrafts, pages::show::<R>)
        .get(&at("/{id}/edit"), Action::EditTexts, pages::edit::<R>)
        .upload(&at("/{id}"), Action::EditTexts, FORM_BYTES, pages::save::<R>)
        .post(&at("/{id}/requests"), Action::EditTexts, pages::request::<R>)
        .post(&at("/{id}/approvals"), Action::ApproveTexts, pages::approve::<R>)
        .post(&at("/{id}/returns"), Action::ApproveTexts, pages::give_back::<R>)
        .get(&at("/{id}/publications"), Action::PublishTexts, pages::publish_form::<R>)
        .post(&at("/{id}/publications"), Action::PublishTexts, pages::publish::<R>);
    if !R::GROWS {
        return routes;
    }
    routes
        .get(&at("/new"), Action::EditTexts, pages::new::<R>)
        .upload(R::PATH, Action::EditTexts, FORM_BYTES, pages::create::<R>)
        .get(&at("/{id}/withdrawals"), Action::PublishTexts, pages::withdraw_form::<R>)
        .post(&at("/{id}/withdrawals"), Action::PublishTexts, pages::withdraw::<R>)
}
