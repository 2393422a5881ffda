//! A film on its way in, part by part: a break costs one part, not the film.

use kernel::{Timestamp, id};

use crate::trainings::session::SessionId;

id!(
    /// A film on its way in.
    UploadId
);

/// How many bytes a part has.
pub const PART: i64 = 8 << 20;

/// The most bytes of a film.
pub const MOST_BYTES: i64 = 8_000_000_000;

/// The most bytes of a film that is sent in one piece, without a script.
pub const PLAIN_BYTES: usize = 1_000_000_000;

db::row! {
    /// A film on its way in.
    #[derive(Clone, Debug)]
    pub struct Upload {
        pub id: UploadId,
        pub session: SessionId,
        pub name: String,
        pub bytes: i64,
        pub part: i64,
        pub begun_by: String,
        pub begun_at: Timestamp,
        pub sent_at: Option<Timestamp>,
        pub ended_at: Option<Timestamp>,
        pub refusal: String,
    }
}

impl Upload {
    /// How many parts it has.
    pub const fn parts(&self) -> i64 {
        (self.bytes + self.part - 1) / self.part
    }

    /// How many bytes this part has; nothing if there is none with this number, from 0.
    pub fn part_bytes(&self, number: i64) -> Option<i64> {
        (0..self.parts()).contains(&number).then(|| self.part.min(self.bytes - number * self.part))
    }

    /// The name under which a part lies until the film is whole.
    pub fn piece(&self, number: i64) -> String {
        format!("{}/{number}", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_is_what_is_left() {
        let now = Timestamp::from_micros(0);
        let upload = |bytes| Upload {
            id: UploadId::new(now),
            session: SessionId::new(now),
            name: String::new(),
            bytes,
            part: 10,
            begun_by: String::new(),
            begun_at: now,
            sent_at: None,
            ended_at: None,
            refusal: String::new(),
        };
        assert_eq!(
            (upload(25).parts(), upload(25).part_bytes(2), upload(25).part_bytes(3), upload(25).part_bytes(-1)),
            (3, Some(5), None, None)
        );
        assert_eq!((upload(20).parts(), upload(20).part_bytes(1)), (2, Some(10)));
    }
}
