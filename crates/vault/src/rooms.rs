//! Rooms in which callers wait for a derivation: each has an end, and nobody takes more than a share of it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use crate::Busy;

/// Somebody who tries words without holding a case. The bytes tell one from another, and mean nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Guest {
    /// A browser that has been in the case before.
    Known([u8; 32]),
    /// Anybody else, by where they come from.
    Stranger([u8; 32]),
}

/// A place among those who try words, free again once it is dropped or the derivation for which it was taken is over.
pub struct Seat {
    _place: Place<Guest>,
}

/// A room of so many places.
pub(crate) struct Room<W: Copy + Eq + Hash> {
    places: usize,
    share: usize,
    taken: Mutex<HashMap<W, usize>>,
}

/// A place in a room.
pub(crate) struct Place<W: Copy + Eq + Hash> {
    room: Arc<Room<W>>,
    by: W,
}

impl<W: Copy + Eq + Hash> Room<W> {
    /// A room of which one caller takes `share` places at most.
    pub(crate) fn new(places: usize, share: usize) -> Arc<Self> {
        Arc::new(Self { places, share, taken: Mutex::default() })
    }

    /// Takes a place, if `free` more stay free and the caller's share is not used up.
    fn take(self: &Arc<Self>, by: W, free: usize) -> Result<Place<W>, Busy> {
        let mut taken = self.taken();
        let own = taken.get(&by).copied().unwrap_or(0);
        if own >= self.share || taken.values().sum::<usize>() + free >= self.places {
            return Err(Busy);
        }
        taken.insert(by, own + 1);
        Ok(Place { room: Arc::clone(self), by })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<W, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Room<Uuid> {
    /// A place for who holds this case.
    pub(crate) fn place(self: &Arc<Self>, case: Uuid) -> Result<Place<Uuid>, Busy> {
        self.take(case, 0)
    }
}

impl Room<Guest> {
    /// A place for a guest. Strangers leave the last quarter to those who are known.
    pub(crate) fn seat(self: &Arc<Self>, guest: Guest) -> Result<Seat, Busy> {
        let free = match guest {
            Guest::Known(_) => 0,
            Guest::Stranger(_) => self.share,
        };
        self.take(guest, free).map(|place| Seat { _place: place })
    }
}

impl<W: Copy + Eq + Hash> Drop for Place<W> {
    fn drop(&mut self) {
        let mut taken = self.room.taken();
        let left = taken.get(&self.by).map_or(0, |places| places.saturating_sub(1));
        if left == 0 {
            taken.remove(&self.by);
        } else {
            taken.insert(self.by, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stranger(n: u8) -> Guest {
        Guest::Stranger([n; 32])
    }

    #[test]
    fn one_network_takes_its_share_and_all_strangers_leave_a_share_to_the_known() {
        let room = Room::<Guest>::new(8, 2);
        let mut seats: Vec<Seat> = (0..2).map(|_| room.seat(stranger(0)).unwrap()).collect();
        assert_eq!(room.seat(stranger(0)).err(), Some(Busy), "one network has its share");
        seats.extend((0..4).filter_map(|n| room.seat(stranger(1 + n)).ok()));
        assert_eq!(seats.len(), 6, "others find places");
        assert_eq!(room.seat(stranger(9)).err(), Some(Busy), "the last two are not for strangers");
        let known = [room.seat(Guest::Known([0; 32])), room.seat(Guest::Known([0; 32]))];
        assert!(known.iter().all(Result::is_ok), "the same bytes in another role are somebody else");
        assert_eq!(room.seat(Guest::Known([1; 32])).err(), Some(Busy), "the room is full");
    }

    #[test]
    fn who_leaves_makes_room_for_one() {
        let room = Room::<Guest>::new(8, 2);
        let first = room.seat(stranger(0));
        let second = room.seat(stranger(0));
        assert!(first.is_ok() && second.is_ok());
        drop(first);
        let third = room.seat(stranger(0));
        assert!(third.is_ok());
        assert_eq!(room.seat(stranger(0)).err(), Some(Busy));
        drop((second, third));
        assert!(room.taken().is_empty(), "nobody is remembered who is not there");
    }
}
