//! Which participant of a file is which applicant: by receipt number, mail address, or name and workplace; never by a guess.

use kernel::{EmailAddress, FiscalYear, fold};
use std::collections::{BTreeSet, HashMap};
use unicode_normalization::UnicodeNormalization;

use super::attendee::Attendee;
use crate::trainings::application::ApplicationId;
use crate::trainings::programme::Audience;

/// As many are suggested for one participant at most.
pub const SUGGESTED: usize = 10;

/// Letters of a display name that are looked at.
const LOOKED_AT: usize = 80;

db::row! {
    /// An applicant with a seat, as participants are compared with it.
    #[derive(Clone, Debug)]
    pub struct Seat {
        pub id: ApplicationId,
        pub number: i64,
        pub organization: String,
        pub email: String,
        pub family: String,
        pub given: String,
        pub family_kana: String,
        pub given_kana: String,
    }
}

/// How a participant was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The receipt number stood in the name.
    Token,
    /// The mail address.
    Mail,
    /// The name and the workplace.
    Name,
}

impl How {
    /// The word in the database.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Mail => "mail",
            Self::Name => "name",
        }
    }
}

/// What came of looking for a participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// It is this applicant.
    Found(ApplicationId, How),
    /// A person has to decide; it may be one of these.
    Open(Vec<ApplicationId>),
}

/// A receipt number, as somebody typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The fiscal year.
    pub year: FiscalYear,
    /// The audience's letter.
    pub letter: char,
    /// The session.
    pub session: i64,
    /// The number.
    pub number: i64,
}

/// The receipt number in a name, in any width and with any dash: `R8-E3-0042`, `Ｒ８－Ｅ３－００４２`, `r8e3 0042`.
pub fn token(name: &str) -> Option<Token> {
    let letters: Vec<char> = name.nfkc().flat_map(char::to_uppercase).map(|letter| if is_dash(letter) { '-' } else { letter }).collect();
    (0..letters.len()).filter(|at| letters[*at] == 'R' && (*at == 0 || !letters[at - 1].is_ascii_alphanumeric())).find_map(|at| {
        let mut rest = Rest(&letters[at + 1..]);
        let year = rest.digits(1, 2)?;
        rest.gap();
        let letter = rest.letter()?;
        let session = rest.digits(1, 3)?;
        rest.gap();
        let number = rest.digits(4, 6)?;
        let year = format!("R{year}").parse().ok()?;
        rest.0.first().is_none_or(|next| !next.is_ascii_digit()).then_some(Token { year, letter, session, number })
    })
}

/// Dashes that keyboards and converters put between numbers.
const fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー' | '_')
}

struct Rest<'a>(&'a [char]);

impl Rest<'_> {
    fn digits(&mut self, least: usize, most: usize) -> Option<i64> {
        let count = self.0.iter().take(most).take_while(|letter| letter.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        (count >= least).then(|| digits.iter().collect::<String>().parse().ok()).flatten()
    }

    fn letter(&mut self) -> Option<char> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        first.is_ascii_uppercase().then_some(*first)
    }

    fn gap(&mut self) {
        while let [' ' | '-', rest @ ..] = self.0 {
            self.0 = rest;
        }
    }
}

/// The session of which participants are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its fiscal year.
    pub year: FiscalYear,
    /// For whom it is.
    pub audience: Audience,
    /// Its number.
    pub number: i64,
}

/// The applicants of a session, ready to be compared with.
pub struct Seats<'a> {
    named: Named,
    all: &'a [Seat],
    places: Vec<String>,
    by_number: HashMap<i64, usize>,
    by_mail: HashMap<&'a str, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    lengths: BTreeSet<usize>,
}

impl<'a> Seats<'a> {
    /// Of these.
    pub fn of(named: Named, seats: &'a [Seat]) -> Self {
        let mut found = Self {
            named,
            all: seats,
            places: seats.iter().map(|seat| fold(&seat.organization)).collect(),
            by_number: HashMap::new(),
            by_mail: HashMap::new(),
            by_name: HashMap::new(),
            lengths: BTreeSet::new(),
        };
        for (at, seat) in seats.iter().enumerate() {
            found.by_number.insert(seat.number, at);
            found.by_mail.entry(seat.email.as_str()).or_default().push(at);
            let names = [
                format!("{}{}", seat.family, seat.given),
                format!("{}{}", seat.given, seat.family),
                format!("{}{}", seat.family_kana, seat.given_kana),
            ];
            for name in names.iter().map(|name| fold(name)) {
                let length = name.chars().count();
                if length >= 2 {
                    found.lengths.insert(length);
                    let all = found.by_name.entry(name).or_default();
                    if !all.contains(&at) {
                        all.push(at);
                    }
                }
            }
        }
        found
    }

    /// Looks for a participant.
    pub fn find(&self, attendee: &Attendee) -> Match {
        if let Some(token) = token(&attendee.name).filter(|token| self.is_ours(*token))
            && let Some(at) = self.by_number.get(&token.number)
        {
            return Match::Found(self.all[*at].id, How::Token);
        }
        let called = self.called(&attendee.name);
        if let Some(address) = &attendee.address
            && let Some(under) = self.by_mail.get(address.as_str())
        {
            return self.by_address(under, &called);
        }
        // Two may have one name in one house, and a short name may lie in a longer one.
        let folded = fold(&attendee.name);
        let here: Vec<usize> = called.iter().copied().filter(|at| self.is_from(*at, &folded)).collect();
        match here.as_slice() {
            [one] => Match::Found(self.all[*one].id, How::Name),
            _ => Match::Open(self.suggested(&called)),
        }
    }

    /// A clinic shares one mailbox: the name tells who of them it was.
    fn by_address(&self, under: &[usize], called: &[usize]) -> Match {
        let both: Vec<usize> = under.iter().copied().filter(|at| called.contains(at)).collect();
        match (both.as_slice(), under, called) {
            // A nickname is nobody else's name; a name that is somebody else's says that it was somebody else.
            ([one], ..) | (_, [one], []) => Match::Found(self.all[*one].id, How::Mail),
            (_, _, _) => {
                let mut may_be = under.to_vec();
                may_be.extend(called);
                Match::Open(self.suggested(&may_be))
            }
        }
    }

    fn is_ours(&self, token: Token) -> bool {
        let Named { year, audience, number } = self.named;
        token.year == year && audience.letter() == token.letter && token.session == number
    }

    /// Whose name stands in a display name; a name that is part of a longer one that stands there, too, does not count.
    fn called(&self, name: &str) -> Vec<usize> {
        let letters: Vec<char> = fold(name).chars().take(LOOKED_AT).collect();
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for length in self.lengths.iter().rev().filter(|length| **length <= letters.len()) {
            for (at, window) in letters.windows(*length).enumerate() {
                let Some(seats) = self.by_name.get(&window.iter().collect::<String>()) else { continue };
                let lies_in_longer = found.iter().any(|(_, from, until)| *from <= at && at + length <= *until && until - from > *length);
                if !lies_in_longer {
                    found.extend(seats.iter().map(|seat| (*seat, at, at + length)));
                }
            }
        }
        let mut called: Vec<usize> = found.into_iter().map(|(seat, ..)| seat).collect();
        called.sort_unstable();
        called.dedup();
        called
    }

    fn is_from(&self, at: usize, folded: &str) -> bool {
        self.places[at].chars().count() >= 2 && folded.contains(self.places[at].as_str())
    }

    fn suggested(&self, may_be: &[usize]) -> Vec<ApplicationId> {
        let mut suggested: Vec<ApplicationId> = Vec::new();
        for at in may_be {
            let id = self.all[*at].id;
            if !suggested.contains(&id) && suggested.len() < SUGGESTED {
                suggested.push(id);
            }
        }
        suggested
    }
}

impl Match {
    /// The applicant and the word for how it was found, as they are stored.
    pub const fn stored(&self) -> (Option<ApplicationId>, &'static str) {
        match self {
            Self::Found(id, how) => (Some(*id), how.id()),
            Self::Open(_) => (None, ""),
        }
    }
}

/// The address as it is stored; empty if there is none.
pub fn address_of(address: Option<&EmailAddress>) -> &str {
    address.map_or("", EmailAddress::as_str)
}

#[cfg(test)]
mod tests;
