use db::{DbResult, Tx};
use futures_util::TryStreamExt as _;
use journal::{Handlers, Job, JobError, JobItem};
use kernel::{Span, Timestamp, id};
use objects::{Bytes, NotKept, Objects};
use serde::{Deserialize, Serialize};
use serde_json::json;
use slides::{Block, Deck, Left, Slide};

use crate::authoring::version::VersionId;
use crate::content::photo::Photo;

/// How many days a file that was read can be looked at and taken over.
pub const KEPT_DAYS: i64 = 7;

journal::kinds! {
    /// The job that takes it away then.
    Job CLEAR = "learning.clear_slides";
}

id!(
    /// A file of slides that somebody has sent for a version.
    UploadId
);

/// A file of slides that was read and is looked at: nothing of it stands in the version yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Laid {
    /// The file's own name, for people.
    pub name: String,
    /// Its slides.
    pub slides: Vec<Slide>,
    /// The pictures that they name by their place.
    pub photos: Vec<Photo>,
    /// What of the whole file was left out.
    pub left: Vec<Left>,
}

impl Laid {
    /// The pictures of a slide, in their order.
    pub fn photos_of<'l>(&'l self, slide: &'l Slide) -> impl Iterator<Item = &'l Photo> {
        slide.blocks.iter().filter_map(|block| match block {
            Block::Picture { at, .. } => self.photos.get(*at),
            _ => None,
        })
    }
}

fn place(version: VersionId, upload: UploadId) -> String {
    format!("course-slides/{version}/{upload}")
}

/// Lets what is about to be laid out be taken away when its days are over.
pub async fn clear_later(tx: &mut Tx<'_>, version: VersionId, upload: UploadId, now: Timestamp) -> DbResult<()> {
    let of = json!({ "version": version.to_string() });
    journal::job(tx, Job::of(CLEAR, upload).with(of).at(now.plus(Span::days(KEPT_DAYS))), now).await?;
    Ok(())
}

/// Who takes away what was laid out. Its pictures stay: another version, another file may have the same.
pub fn handlers(objects: &Objects) -> Handlers {
    let objects = objects.clone();
    Handlers::new().on(CLEAR, move |_, item| clear(objects.clone(), item))
}

async fn clear(objects: Objects, item: JobItem) -> Result<(), JobError> {
    let upload = item.object_id::<UploadId>()?;
    let version = item.payload["version"].as_str().and_then(|version| version.parse::<VersionId>().ok());
    let version = version.ok_or(JobError::Never("no-version"))?;
    objects.remove_piece(&place(version, upload)).await.map_err(|_| JobError::Later("files"))
}

/// Keeps what was read until somebody takes it over. Pictures lie where they stay, each once.
pub async fn lay(objects: &Objects, version: VersionId, upload: UploadId, name: &str, deck: Deck) -> Result<Laid, NotKept> {
    let mut photos = Vec::with_capacity(deck.pictures.len());
    for picture in deck.pictures {
        let kept = objects.keep_bytes(Bytes::from(picture.bytes.clone())).await?;
        photos.push(Photo::kept(kept.hash, &picture));
    }
    let laid = Laid { name: name.to_owned(), slides: deck.slides, photos, left: deck.left };
    let bytes = serde_json::to_vec(&laid).map_err(|wrong| NotKept::Disk(wrong.into()))?;
    objects.put_piece(&place(version, upload), bytes.into()).await?;
    Ok(laid)
}

/// What was laid out for a version; `None` if there is nothing of that name.
pub async fn laid(objects: &Objects, version: VersionId, upload: UploadId) -> Result<Option<Laid>, NotKept> {
    let content = match objects.get_piece(&place(version, upload)).await {
        Ok(content) => content,
        Err(NotKept::Missing) => return Ok(None),
        Err(other) => return Err(other),
    };
    let pieces: Vec<Bytes> = content.stream.try_collect().await?;
    serde_json::from_slice(&pieces.concat()).map(Some).map_err(|wrong| NotKept::Disk(wrong.into()))
}
