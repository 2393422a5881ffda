//! A film in several qualities: the playlists, and the bytes that they name.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use objects::Hash;
use web::{PageError, Portal, Visit, send_file};

use super::super::quality::{self, PLAYLIST, QUALITIES};
use super::super::store;
use super::file::FOR_A_WHILE;
use super::place;

/// What is asked for, by the name of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// `film.m3u8`: which qualities there are.
    Choice,
    /// `720.m3u8`: the pieces of one.
    Quality(i64),
    /// `720-3.ts`: one of them.
    Piece(i64, i64),
}

impl Asked {
    fn of(name: &str) -> Option<Self> {
        let height = |text: &str| QUALITIES.into_iter().map(|quality| quality.height).find(|height| height.to_string() == text);
        match name.split_once('.')? {
            ("film", "m3u8") => Some(Self::Choice),
            (quality, "m3u8") => Some(Self::Quality(height(quality)?)),
            (piece, "ts") => {
                let (quality, number) = piece.split_once('-')?;
                Some(Self::Piece(height(quality)?, number.parse::<u16>().ok()?.into()))
            }
            _ => None,
        }
    }
}

/// A playlist, or a piece whole or in ranges.
pub async fn file(
    State(portal): State<Portal>,
    visit: Visit,
    Path((year, course, session, name)): Path<(String, String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let asked = Asked::of(&name).ok_or(PageError::NotFound)?;
    let place = place(&portal, &Path((year, course, session))).await?;
    let recording = place.open(visit.now).filter(|recording| recording.has_qualities()).ok_or(PageError::NotFound)?;
    let (id, edition) = (recording.id, recording.edition);
    let list = match asked {
        Asked::Choice => quality::choice(edition),
        Asked::Quality(height) => {
            let pieces = portal.db.read(async move |tx| store::pieces(tx, id, edition, height).await).await?;
            let pieces: Vec<_> = pieces.iter().map(|piece| quality::segments(&piece.playlist).unwrap_or_default()).collect();
            quality::playlist(height, edition, &pieces)
        }
        Asked::Piece(height, number) => {
            let piece = portal.db.read(async move |tx| store::piece(tx, id, edition, height, number).await).await?;
            let hash = Hash::new(piece.ok_or(PageError::NotFound)?.hash);
            let more = [(header::CONTENT_TYPE, "video/mp2t".to_owned()), (header::CACHE_CONTROL, FOR_A_WHILE.to_owned())];
            return send_file(&portal, hash, &headers, more).await;
        }
    };
    Ok(([(header::CONTENT_TYPE, PLAYLIST), (header::CACHE_CONTROL, FOR_A_WHILE)], list).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_read_strictly() {
        assert_eq!(Asked::of("film.m3u8"), Some(Asked::Choice));
        assert_eq!(Asked::of("360.m3u8"), Some(Asked::Quality(360)));
        assert_eq!(Asked::of("720-12.ts"), Some(Asked::Piece(720, 12)));
        for other in ["", "film", "480.m3u8", "720.ts", "720-.ts", "720--1.ts", "720-1.ts.m3u8", "0720-1.ts", "../film.m3u8"] {
            assert_eq!(Asked::of(other), None, "{other}");
        }
    }
}
