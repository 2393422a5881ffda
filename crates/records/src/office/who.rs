//! Who the portal's own agents are: the store knows them by a number, and whoever sees applicants is told the name.

use access::Action;
use db::{DbResult, Tx};
use kernel::Uuid;
use serde_json::Value;
use web::{Portal, Visit};

use crate::experiences::Who;

/// Tells who did what statements say; made for a reader who may know it.
#[derive(Clone)]
pub(super) struct Whose {
    base_url: String,
    is_told: bool,
}

/// The people of some statements, by what people call them.
#[derive(Default)]
pub(super) struct Names(Vec<(Who, String)>);

impl Whose {
    /// For whoever looks.
    pub fn of(portal: &Portal, visit: &Visit) -> Self {
        Self { base_url: portal.site.base_url.clone(), is_told: portal.offers(visit, Action::SeeApplicants) }
    }

    /// Looks up the people of these statements, all in two questions.
    pub async fn names(&self, tx: &mut Tx<'_>, statements: &[Value]) -> DbResult<Names> {
        if !self.is_told {
            return Ok(Names::default());
        }
        let (mut accounts, mut persons): (Vec<Uuid>, Vec<Uuid>) = (Vec::new(), Vec::new());
        for statement in statements {
            match self.actor(statement) {
                Some(Who::Account(id)) => accounts.push(id),
                Some(Who::Person(id)) => persons.push(id),
                None => {}
            }
        }
        let mut names = Vec::new();
        if !accounts.is_empty() {
            let found = people::accounts::addresses(tx, &accounts).await?;
            names.extend(found.into_iter().map(|(id, address)| (Who::Account(id), address)));
        }
        if !persons.is_empty() {
            let found = people::persons::find_all(tx, &persons).await?;
            names.extend(found.into_iter().map(|person| (Who::Person(person.id.uuid()), format!("{} {}", person.family, person.given))));
        }
        Ok(Names(names))
    }

    /// Who did what the statement says, if that is known.
    pub fn name<'a>(&self, statement: &Value, names: &'a Names) -> Option<&'a str> {
        let who = self.actor(statement)?;
        names.0.iter().find(|(known, _)| *known == who).map(|(_, name)| name.as_str())
    }

    fn actor(&self, statement: &Value) -> Option<Who> {
        Who::of(&statement["actor"], &self.base_url)
    }
}
