use kernel::{EmailAddress, Kana, PersonName};
use people::organizations::Organization;
use people::persons::NewPerson;
use school::trainings::application::Workplace;
use school::trainings::programme::Audience;
use serde::Deserialize;
use std::collections::BTreeMap;

use super::demo_file;
use super::dice::Dice;
use crate::failure::Failure;

/// `data/demo/people.toml`.
#[derive(Deserialize)]
pub(super) struct Cast {
    mail_domain: String,
    family: Vec<Name>,
    given: Vec<Name>,
    pub(super) person: Vec<Player>,
    question: Vec<Question>,
    mix: Vec<Mix>,
}

#[derive(Deserialize)]
struct Name {
    kanji: String,
    kana: String,
    romaji: String,
}

/// Somebody with a part to play.
#[derive(Deserialize)]
pub(super) struct Player {
    family: String,
    given: String,
    family_kana: String,
    given_kana: String,
    mail: String,
    /// The code of the organization.
    pub(super) organization: String,
    pub(super) job: String,
    pub(super) part: String,
}

#[derive(Deserialize)]
struct Question {
    tier: String,
    text: String,
}

#[derive(Deserialize)]
struct Mix {
    kind: String,
    jobs: BTreeMap<String, usize>,
}

/// How many in a hundred have a question.
const ASK: usize = 14;

impl Cast {
    /// Everybody.
    pub(super) fn load() -> Result<Self, Failure> {
        toml::from_str(&demo_file("people.toml")).map_err(Failure::said)
    }

    /// The `n`th of the crowd: families and given names in order, so that a run can be repeated.
    pub(super) fn nobody_in_particular(&self, n: usize) -> Result<NewPerson, Failure> {
        let family = &self.family[n % self.family.len()];
        let given = &self.given[(n / self.family.len() + n % self.family.len()) % self.given.len()];
        let mail = format!("{}.{}.{}@{}", given.romaji, family.romaji, n + 1, self.mail_domain);
        person(&family.kanji, &given.kanji, &family.kana, &given.kana, &mail)
    }

    /// A job, as often as it is found at such a workplace.
    pub(super) fn job(&self, kind: &str, dice: &mut Dice) -> String {
        let mix = self.mix.iter().find(|mix| mix.kind == kind).or_else(|| self.mix.iter().find(|mix| mix.kind == "other"));
        let Some(mix) = mix else { return String::new() };
        let mut rest = dice.below(mix.jobs.values().sum());
        for (job, weight) in &mix.jobs {
            match rest.checked_sub(*weight) {
                Some(less) => rest = less,
                None => return job.clone(),
            }
        }
        String::new()
    }

    /// A question to the lecturer, mostly none.
    pub(super) fn question(&self, audience: Audience, dice: &mut Dice) -> String {
        let fitting: Vec<_> = self.question.iter().filter(|question| question.tier == "any" || question.tier == audience.slug()).collect();
        match dice.one_of(&fitting) {
            Some(question) if dice.percent(ASK) => question.text.clone(),
            _ => String::new(),
        }
    }
}

impl Player {
    /// Who they are.
    pub(super) fn person(&self) -> Result<NewPerson, Failure> {
        person(&self.family, &self.given, &self.family_kana, &self.given_kana, &self.mail)
    }
}

pub(super) fn person(family: &str, given: &str, family_kana: &str, given_kana: &str, mail: &str) -> Result<NewPerson, Failure> {
    Ok(NewPerson {
        name: PersonName::new(family, given).map_err(Failure::said)?,
        kana: Kana::new(family_kana, given_kana).map_err(Failure::said)?,
        email: mail.parse::<EmailAddress>().map_err(Failure::said)?,
    })
}

/// Where somebody works, chosen from the list.
pub(super) fn workplace(organization: &Organization) -> Workplace {
    Workplace {
        organization: Some(organization.id),
        name: organization.name.clone(),
        kind: organization.kind.clone(),
        prefecture: organization.prefecture.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn everybody_is_invented_and_nobody_is_there_twice() {
        let cast = Cast::load().unwrap();
        let crowd: Vec<_> = (0..180).map(|n| cast.nobody_in_particular(n).unwrap()).collect();
        let names: BTreeSet<_> = crowd.iter().map(|person| person.name.full()).collect();
        assert_eq!(names.len(), crowd.len());
        let everybody = crowd.into_iter().chain(cast.person.iter().map(|player| player.person().unwrap()));
        assert!(everybody.into_iter().all(|person| person.email.domain() == "example.jp"));
    }
}
