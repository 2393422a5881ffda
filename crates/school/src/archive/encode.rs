//! Making the qualities of a film: one piece a job, by the encoder of this machine, where there is one.

use std::io::ErrorKind;
use std::path::Path;
use std::process::Stdio;

use db::{Db, Lane};
use journal::{Job, JobError, JobItem};
use objects::{Hash, Kind, NotKept, Objects};
use tokio::process::Command;

use super::quality::{self, PIECE, QUALITIES, SEGMENT};
use super::recording::RecordingId;
use super::store;

journal::kinds! {
    /// The job that makes one piece of a quality.
    pub(super) Job ENCODE = "archive.encode";
}

/// A piece of a film in one quality.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Lines of the picture.
    pub height: i64,
    /// Where its bytes lie.
    pub hash: Hash,
    /// What the encoder wrote about its segments.
    pub playlist: String,
}

/// Whether this machine has an encoder.
pub fn has_encoder() -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join("ffmpeg").is_file()))
}

/// The job of one piece of a film.
pub fn job(recording: RecordingId, edition: i64, number: i64) -> Job {
    Job::of(ENCODE, recording).once(format!("{ENCODE}/{recording}/{edition}/{number}"))
}

/// Makes the next piece of a film in every quality, and has the one after it made.
pub async fn encode(objects: Objects, db: Db, item: JobItem) -> Result<(), JobError> {
    let id = item.object_id::<RecordingId>()?;
    let Some(recording) = db.read(async move |tx| store::recording_with(tx, id).await).await? else { return Ok(()) };
    let (edition, number) = (recording.edition, recording.pieces);
    let Some(film) = recording.film().filter(|_| recording.has_pieces_to_make() && has_encoder()) else { return Ok(()) };
    let last = number + 1 == quality::pieces(film.seconds);
    let made = match make(&objects, film.hash, film.kind, number, last).await {
        Ok(made) => made,
        Err(error) => {
            tracing::warn!(%id, %error, "a piece of a film could not be made");
            return Err(JobError::Later("files"));
        }
    };
    let write = async move |tx: &mut db::Tx<'_>, now| {
        let Some(pieces) = &made else { return store::give_up_pieces(tx, id, edition).await };
        if store::add_pieces(tx, id, edition, number, pieces).await? {
            if last {
                tx.public_changed().await?;
            } else {
                journal::job(tx, job(id, edition, number + 1), now).await?;
            }
        }
        Ok(())
    };
    Ok(db.write(Lane::Staff, None, write).await?)
}

/// A piece in every quality; nothing if the encoder cannot read the film.
async fn make(objects: &Objects, film: Hash, kind: Kind, number: i64, last: bool) -> Result<Option<Vec<Piece>>, NotKept> {
    let (source, room) = (objects.on_disk(film).await?, objects.room().await?);
    let said = order(source.path(), kind, number, last, room.path()).output().await?;
    if !said.status.success() {
        let why = String::from_utf8_lossy(&said.stderr);
        tracing::warn!(%film, number, why = why.lines().last().unwrap_or_default(), "the encoder cannot read a film");
        return Ok(None);
    }
    let mut pieces = Vec::new();
    for quality in QUALITIES {
        let playlist = match tokio::fs::read_to_string(room.path().join(format!("{}.m3u8", quality.height))).await {
            Ok(playlist) => playlist,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        if quality::segments(&playlist).is_none() {
            return Ok(None);
        }
        let kept = objects.keep_file(&room.path().join(format!("{}.ts", quality.height))).await?;
        pieces.push(Piece { height: quality.height, hash: kept.hash, playlist });
    }
    Ok(Some(pieces))
}

/// What the encoder is asked for. It reads this one file as what it was found to be, and nothing from elsewhere; people who
/// watch and apply come first.
fn order(source: &Path, kind: Kind, number: i64, last: bool, folder: &Path) -> Command {
    let from = (number * PIECE).to_string();
    let mut order = Command::new("nice");
    order.args(["-n", "10", "ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-protocol_whitelist", "file"]);
    order.args(["-f", if kind == Kind::Mp4 { "mp4" } else { "matroska" }, "-ss", &from]);
    if !last {
        order.args(["-t", &PIECE.to_string()]);
    }
    order.arg("-i").arg(source);
    for quality in QUALITIES {
        let (height, picture) = (quality.height, quality.picture);
        order.args(["-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn", "-map_metadata", "-1"]);
        order.args([
            "-vf",
            &format!("scale=-2:'2*trunc(min({height},ih)/2)'"),
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-profile:v",
            "main",
        ]);
        order.args(["-pix_fmt", "yuv420p", "-crf", "24", "-maxrate", &format!("{picture}k"), "-bufsize", &format!("{}k", 2 * picture)]);
        order.args(["-force_key_frames", &format!("expr:gte(t,n_forced*{SEGMENT})"), "-sc_threshold", "0"]);
        order.args(["-c:a", "aac", "-b:a", &format!("{}k", quality.sound), "-ac", "2", "-output_ts_offset", &from]);
        order.args(["-f", "hls", "-hls_time", &SEGMENT.to_string(), "-hls_playlist_type", "vod", "-hls_flags", "single_file"]);
        order.arg("-hls_segment_filename").arg(folder.join(format!("{height}.ts"))).arg(folder.join(format!("{height}.m3u8")));
    }
    // A worker that is stopped, or a try that takes too long, takes the encoder along.
    order.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    order
}
