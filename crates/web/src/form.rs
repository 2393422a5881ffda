use std::collections::BTreeMap;

use crate::Posted;

/// A form as it was filled in: what was typed, and what is to be mended. A refused form comes back with both.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    values: BTreeMap<String, String>,
    errors: Vec<FieldError>,
}

/// What is wrong with one field, in words that say how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, which is its id on the page too.
    pub field: String,
    /// The words.
    pub message: String,
}

impl Filled {
    /// What was typed, with nothing wrong yet.
    pub fn from_posted(posted: &Posted) -> Self {
        let mut filled = Self::default();
        for (name, value) in posted.fields() {
            filled.values.entry(name.clone()).or_insert_with(|| value.clone());
        }
        filled
    }

    /// Puts a value in.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.insert(name.to_owned(), value.into());
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// Whether this choice is the chosen one.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    /// Notes that a field is to be mended.
    pub fn wrong(&mut self, field: &str, message: impl Into<String>) {
        self.errors.push(FieldError { field: field.to_owned(), message: message.into() });
    }

    /// Says in other words what is wrong with a field, if anything is.
    pub fn reword(&mut self, field: &str, message: &str) {
        for error in self.errors.iter_mut().filter(|error| error.field == field) {
            message.clone_into(&mut error.message);
        }
    }

    /// What is wrong with a field; empty if nothing.
    pub fn error(&self, name: &str) -> &str {
        self.errors.iter().find(|error| error.field == name).map_or("", |error| error.message.as_str())
    }

    /// Everything to be mended, in the order of the fields.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// Whether nothing is to be mended.
    pub fn is_fine(&self) -> bool {
        self.errors.is_empty()
    }
}
