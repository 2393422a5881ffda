use kernel::Uuid;

use crate::Keys;

/// What the signature in the cookie that names an application is for.
const PURPOSE: &str = "held";

/// What follows the generation in the cookie of whoever opened the link of a mail.
const BY_MAIL: &str = "mail";

/// What the link or the cookie of an application proves of whoever holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A form was filled in: anybody can who knows a name and an address. It opens the one application that was made by it, and
    /// nothing else of that person.
    Typed,
    /// A mail to the person's own address was opened: it opens what else is theirs, too.
    Mailed,
}

/// How a visitor holds the application of [`Actor::application`](access::Actor::application).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The generation of the link: one that was ended opens nothing.
    pub generation: i64,
    /// What it proves.
    pub proof: Proof,
}

impl Held {
    /// What whoever fills in a form holds afterwards.
    pub const TYPED: Self = Self { generation: 1, proof: Proof::Typed };

    /// The value of the cookie that names the application.
    pub fn cookie(self, keys: &Keys, application: Uuid) -> String {
        let generation = self.generation;
        match self.proof {
            Proof::Typed => keys.sign(PURPOSE, &format!("{application}/{generation}")),
            Proof::Mailed => keys.sign(PURPOSE, &format!("{application}/{generation}/{BY_MAIL}")),
        }
    }

    /// The application that a cookie names, and how it is held, if the cookie is ours. One that does not say how it was got proves
    /// no more than that something was typed.
    pub(crate) fn read(keys: &Keys, value: &str) -> Option<(Uuid, Self)> {
        let (application, rest) = keys.verify(PURPOSE, value)?.split_once('/')?;
        let (generation, proof) = match rest.split_once('/') {
            None => (rest, Proof::Typed),
            Some((generation, BY_MAIL)) => (generation, Proof::Mailed),
            Some(_) => return None,
        };
        Some((application.parse().ok()?, Self { generation: generation.parse().ok()?, proof }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_says_how_it_was_got_and_one_that_does_not_proves_least() {
        let (keys, application) = (Keys::new([7; 32]), Uuid::from_u128(1));
        for held in [Held::TYPED, Held { generation: 3, proof: Proof::Mailed }] {
            assert_eq!(Held::read(&keys, &held.cookie(&keys, application)), Some((application, held)));
        }
        let of_old = keys.sign("held", &format!("{application}/1"));
        assert_eq!(Held::read(&keys, &of_old), Some((application, Held::TYPED)));
        for wrong in [application.to_string(), format!("{application}/x"), format!("{application}/1/else"), format!("{application}/1/")] {
            assert_eq!(Held::read(&keys, &keys.sign("held", &wrong)), None, "{wrong}");
        }
        assert_eq!(Held::read(&keys, &Held::TYPED.cookie(&Keys::new([8; 32]), application)), None);
    }

    #[test]
    fn nobody_makes_a_proof_of_what_was_typed() {
        let (keys, application) = (Keys::new([7; 32]), Uuid::from_u128(1));
        let typed = Held::TYPED.cookie(&keys, application);
        let (text, signature) = typed.rsplit_once('.').expect("a signature");
        assert_eq!(Held::read(&keys, &format!("{text}/mail.{signature}")), None);
    }
}
