//! A seat in the lobby: which application, on which device. It stands signed in the page that keeps the presence, so that a
//! browser in which two people have opened their links keeps both, each in its own tab.

use kernel::Uuid;
use web::Keys;

use super::viewing::ViewingId;
use crate::trainings::application::ApplicationId;

const SEAT: &str = "lobby-seat";
const SCREEN: &str = "lobby-screen";

/// Whose presence a page keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The application.
    pub application: ApplicationId,
    /// The generation of the link by which it was opened: a renewed link ends the seat, too.
    pub generation: i64,
    /// The device: the key of the form by which it was joined, or the viewing.
    pub device: Uuid,
}

impl Seat {
    /// As the page carries it.
    pub fn signed(&self, keys: &Keys) -> String {
        keys.sign(SEAT, &format!("{}/{}/{}", self.application, self.generation, self.device))
    }

    /// What a page sent, if it is ours.
    pub fn read(keys: &Keys, signed: &str) -> Option<Self> {
        let mut parts = keys.verify(SEAT, signed)?.split('/');
        let seat =
            Self { application: parts.next()?.parse().ok()?, generation: parts.next()?.parse().ok()?, device: parts.next()?.parse().ok()? };
        parts.next().is_none().then_some(seat)
    }
}

/// The screen of a viewing, as its page carries it.
pub fn screen(keys: &Keys, viewing: ViewingId) -> String {
    keys.sign(SCREEN, &viewing.to_string())
}

/// The viewing whose screen a page is, if it is ours.
pub fn read_screen(keys: &Keys, signed: &str) -> Option<ViewingId> {
    keys.verify(SCREEN, signed)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_read_back_and_cannot_be_made_up() {
        let keys = Keys::new([7; 32]);
        let seat = Seat { application: ApplicationId::from_uuid(Uuid::from_u128(1)), generation: 2, device: Uuid::from_u128(3) };
        let signed = seat.signed(&keys);
        assert_eq!(Seat::read(&keys, &signed), Some(seat));
        assert_eq!(Seat::read(&Keys::new([8; 32]), &signed), None);
        assert_eq!(Seat::read(&keys, &signed.replace("/2/", "/1/")), None);
        assert_eq!(Seat::read(&keys, ""), None);
        assert_eq!(read_screen(&keys, &signed), None, "a seat is no screen");
    }
}
