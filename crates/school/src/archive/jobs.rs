//! What runs later: a film is put together from its parts and looked at; parts that nobody needs are cleared away.

use db::{Db, Lane};
use futures_util::TryStreamExt as _;
use journal::{Handlers, JobError, JobItem};
use objects::{Draft, Kind, NotFine, NotKept, Objects};

use super::encode::{ENCODE, encode};
use super::receive::{ASSEMBLE, CLEAR};
use super::recording::Film;
use super::upload::{MOST_BYTES, Upload, UploadId};
use super::{store, take};

/// Who does which job of the archive. Whoever moves whole films does so slowly: nobody else waits for eight gigabytes.
pub fn handlers(objects: &Objects) -> Handlers {
    let (for_films, for_parts, for_pieces) = (objects.clone(), objects.clone(), objects.clone());
    super::notice::handlers()
        .slowly_on(ASSEMBLE, move |db, item| assemble(for_films.clone(), db, item))
        .slowly_on(ENCODE, move |db, item| encode(for_pieces.clone(), db, item))
        .slowly_on(CLEAR, move |db, item| clear(for_parts.clone(), db, item))
}

/// Why a film is not taken, as the key of its words.
pub(super) fn refusal(not: NotFine) -> &'static str {
    match not {
        NotFine::Empty => "file-empty",
        NotFine::Other => "file-other",
        NotFine::Macros => "file-macros",
        NotFine::Package => "file-package",
        NotFine::Damaged => "file-damaged",
    }
}

/// A film that was looked at, or the key of why it is not taken.
pub(super) async fn film(objects: &Objects, kind: Kind, mut draft: Draft) -> Result<Result<Film, &'static str>, NotKept> {
    draft.close().await?;
    let path = draft.path().to_owned();
    let looked = tokio::task::spawn_blocking(move || Ok::<_, std::io::Error>((kind.check(&path)?, objects::seconds(kind, &path)?)));
    let (fine, seconds) = looked.await.map_err(std::io::Error::other)??;
    if let Err(not) = fine {
        return Ok(Err(refusal(not)));
    }
    let Some(seconds) = seconds else { return Ok(Err("film-no-length")) };
    let kept = objects.keep(draft).await?;
    Ok(Ok(Film { hash: kept.hash, bytes: i64::try_from(kept.bytes).unwrap_or(i64::MAX), kind, seconds }))
}

async fn assemble(objects: Objects, db: Db, item: JobItem) -> Result<(), JobError> {
    let id = item.object_id::<UploadId>()?;
    let Some(upload) = db.read(async move |tx| store::upload(tx, id).await).await? else { return Ok(()) };
    if upload.ended_at.is_some() {
        // Whoever did it before may have been stopped among the parts.
        return remove_parts(&objects, &upload).await;
    }
    let outcome = match put_together(&objects, &upload).await {
        Ok(outcome) => outcome,
        Err(error) => {
            tracing::warn!(%id, %error, "a film could not be put together");
            return Err(JobError::Later("files"));
        }
    };
    let (session, by) = (upload.session, upload.begun_by.clone());
    let end = async move |tx: &mut db::Tx<'_>, now| {
        // Whoever does the job a second time finds the upload ended.
        if !store::end_upload(tx, id, outcome.as_ref().err().unwrap_or(&""), now).await? {
            return Ok(());
        }
        match &outcome {
            Ok(film) => take::take(tx, session, film, &by, now).await,
            Err(_) => Ok(()),
        }
    };
    db.write(Lane::Staff, None, end).await?;
    remove_parts(&objects, &upload).await
}

async fn put_together(objects: &Objects, upload: &Upload) -> Result<Result<Film, &'static str>, NotKept> {
    let Some(kind) = Kind::of_name(&upload.name).filter(|kind| kind.is_film()) else { return Ok(Err("file-kind")) };
    let mut draft = objects.draft(u64::try_from(MOST_BYTES).unwrap_or(u64::MAX)).await?;
    for number in 0..upload.parts() {
        let mut part = objects.get_piece(&upload.piece(number)).await?.stream;
        while let Some(piece) = part.try_next().await? {
            draft.write(&piece).await?;
        }
    }
    film(objects, kind, draft).await
}

async fn clear(objects: Objects, db: Db, item: JobItem) -> Result<(), JobError> {
    let id = item.object_id::<UploadId>()?;
    match db.read(async move |tx| store::upload(tx, id).await).await? {
        Some(upload) if upload.ended_at.is_some() => remove_parts(&objects, &upload).await,
        _ => Ok(()),
    }
}

async fn remove_parts(objects: &Objects, upload: &Upload) -> Result<(), JobError> {
    for number in 0..upload.parts() {
        objects.remove_piece(&upload.piece(number)).await.map_err(|_| JobError::Later("files"))?;
    }
    Ok(())
}
