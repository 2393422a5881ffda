//! A film in several qualities, for lines of different speed: HTTP Live Streaming (RFC 8216), in pieces of two minutes.

use std::fmt::Write as _;

/// How long a piece is, in seconds. Each is made by a job of its own, so that a restart costs two minutes at most.
pub const PIECE: i64 = 120;

/// How long a segment is, in seconds: what a player takes at once.
pub const SEGMENT: i64 = 6;

/// The type of playlists.
pub const PLAYLIST: &str = "application/vnd.apple.mpegurl";

/// A quality of films.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quality {
    /// Lines of the picture; a smaller film keeps its own.
    pub height: i64,
    /// Kilobits a second at most, for the picture.
    pub picture: i64,
    /// Kilobits a second, for the sound.
    pub sound: i64,
}

/// Those that are made: slides with small print stay readable in the first, the second goes through a weak mobile line.
pub const QUALITIES: [Quality; 2] = [Quality { height: 720, picture: 1800, sound: 96 }, Quality { height: 360, picture: 500, sound: 64 }];

/// A part of a piece that is taken at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// How long it lasts, in milliseconds.
    pub millis: i64,
    /// How many bytes it has.
    pub bytes: i64,
    /// At which byte of the piece it begins.
    pub from: i64,
}

/// How many pieces a film of so many seconds has. What is left at the end goes with the last one.
pub const fn pieces(seconds: i64) -> i64 {
    let whole = (seconds + PIECE / 2) / PIECE;
    if whole < 1 { 1 } else { whole }
}

/// The segments of a piece, from the playlist that the encoder wrote. Nothing if that is no such playlist.
pub fn segments(playlist: &str) -> Option<Vec<Segment>> {
    let mut lines = playlist.lines().map(str::trim);
    if lines.next() != Some("#EXTM3U") {
        return None;
    }
    let (mut found, mut millis, mut end) = (Vec::new(), None, 0);
    for line in lines {
        if let Some(length) = line.strip_prefix("#EXTINF:") {
            millis = Some(thousandths(length.split(',').next()?)?);
        } else if let Some(range) = line.strip_prefix("#EXT-X-BYTERANGE:") {
            let (bytes, from) = range.split_once('@').map_or((range, None), |(bytes, from)| (bytes, Some(from)));
            let bytes: i64 = bytes.parse().ok().filter(|bytes| *bytes > 0)?;
            let from = from.map_or(Some(end), |from| from.parse().ok()).filter(|from| *from >= 0)?;
            end = i64::checked_add(from, bytes)?;
            found.push(Segment { millis: millis.take()?, bytes, from });
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Seconds with a fraction, in milliseconds: `6.006000` is 6006.
fn thousandths(text: &str) -> Option<i64> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    if whole.is_empty() || !digits(whole) || !digits(&part) {
        return None;
    }
    whole.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(part.parse().ok()?)
}

/// The playlist of one quality: its pieces in order, each `720-0.ts?e=1` with the ranges of its segments.
pub fn playlist(height: i64, edition: i64, pieces: &[Vec<Segment>]) -> String {
    let longest = pieces.iter().flatten().map(|segment| segment.millis).max().unwrap_or(0);
    let mut out = format!(
        "#EXTM3U\n#EXT-X-VERSION:4\n#EXT-X-TARGETDURATION:{}\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n",
        (longest + 999) / 1000
    );
    for (number, piece) in pieces.iter().enumerate() {
        if number > 0 {
            out.push_str("#EXT-X-DISCONTINUITY\n");
        }
        for Segment { millis, bytes, from } in piece {
            // Writing to a string does not fail.
            let _ = writeln!(
                out,
                "#EXTINF:{}.{:03},\n#EXT-X-BYTERANGE:{bytes}@{from}\n{height}-{number}.ts?e={edition}",
                millis / 1000,
                millis % 1000
            );
        }
    }
    out.push_str("#EXT-X-ENDLIST\n");
    out
}

/// The playlist that names the qualities, the smallest first: a player begins with it and goes up as far as the line carries.
pub fn choice(edition: i64) -> String {
    let mut out = "#EXTM3U\n#EXT-X-VERSION:4\n#EXT-X-INDEPENDENT-SEGMENTS\n".to_owned();
    for Quality { height, picture, sound } in QUALITIES.into_iter().rev() {
        // The most that a segment may take: the buffer of the encoder holds two seconds more than its rate.
        let most = (picture * (SEGMENT + 2) / SEGMENT + sound) * 1100;
        let _ = writeln!(
            out,
            "#EXT-X-STREAM-INF:BANDWIDTH={most},AVERAGE-BANDWIDTH={},CODECS=\"avc1.4d401f,mp4a.40.2\"\n{height}.m3u8?e={edition}",
            (picture + sound) * 1000
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WRITTEN: &str = "#EXTM3U\n#EXT-X-VERSION:4\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:6.000000,\n#EXT-X-BYTERANGE:1000@0\n720.ts\n#EXTINF:3.2,\n#EXT-X-BYTERANGE:500\n720.ts\n#EXT-X-ENDLIST\n";

    #[test]
    fn what_the_encoder_wrote_is_read() {
        let read = segments(WRITTEN).expect("a playlist");
        assert_eq!(read, [Segment { millis: 6000, bytes: 1000, from: 0 }, Segment { millis: 3200, bytes: 500, from: 1000 }]);
        for broken in ["", "#EXTM3U\n", "720.ts", "#EXTM3U\n#EXT-X-BYTERANGE:10@0\n", "#EXTM3U\n#EXTINF:x,\n#EXT-X-BYTERANGE:1@0\n"] {
            assert_eq!(segments(broken), None, "{broken}");
        }
    }

    #[test]
    fn the_last_piece_takes_what_is_left() {
        assert_eq!([0, 12, 120, 179, 180, 3600].map(pieces), [1, 1, 1, 1, 2, 30]);
    }

    #[test]
    fn a_whole_film_is_the_sum_of_its_pieces() {
        let piece = segments(WRITTEN).expect("a playlist");
        let whole = playlist(720, 3, &[piece.clone(), piece]);
        assert_eq!(whole.matches("720-1.ts?e=3").count(), 2);
        assert_eq!(whole.matches("#EXT-X-DISCONTINUITY").count(), 1);
        assert!(whole.contains("#EXT-X-TARGETDURATION:6\n"));
        assert_eq!(segments(&whole).expect("a playlist").len(), 4);
        let choice = choice(3);
        let low = choice.find("360.m3u8?e=3").expect("the small one");
        assert!(low < choice.find("720.m3u8?e=3").expect("the large one"));
    }

    proptest! {
        #[test]
        fn whatever_is_read_never_panics(text in "(#EXTM3U\n)?(#EXTINF:[0-9.,a]{0,24}\n|#EXT-X-BYTERANGE:[0-9@-]{0,24}\n|x\n){0,12}") {
            if let Some(found) = segments(&text) {
                prop_assert!(found.iter().all(|one| one.bytes > 0 && one.from >= 0 && one.millis >= 0));
            }
        }
    }
}
