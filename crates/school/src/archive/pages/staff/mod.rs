//! What the secretariat does: films and materials in, texts beside them, out to everybody, and when.

mod materials;
mod opening;
mod publication;
mod show;
mod texts;
mod uploads;

pub use materials::{add as add_material, withdraw as withdraw_material};
pub use opening::{form as opening_form, set as set_opening};
pub use publication::{publication_form, publish, withdraw, withdrawal_form};
pub use show::show;
pub use texts::{captions, captions_form, details, details_form};
pub use uploads::{begin, film, finish, part};

use kernel::{lasts_from, lasts_until};
use objects::{Draft, Kind};
use web::{IncomingFile, PageError, Portal, Words};

use super::super::jobs::refusal;
use super::super::materials::Sent;
use crate::trainings::session::Archive;

/// From when until when recordings are open, in the sentence with this key: by whole days where it begins and ends with them.
fn period(w: Words, key: &str, archive: Option<Archive>) -> String {
    match archive {
        Some((opens, Some(closes))) => w.with(key, &[("opens", &lasts_from(opens, w.lang)), ("closes", &lasts_until(closes, w.lang))]),
        _ => w.t("archive-open-unset"),
    }
}

/// A file that came through quarantine, or the key of why it is not taken.
async fn received(
    portal: &Portal,
    mut file: IncomingFile,
    most: u64,
    takes: fn(Kind) -> bool,
) -> Result<Result<Coming, &'static str>, PageError> {
    let name = kernel::one_line(file.name());
    let Some(kind) = Kind::of_name(&name).filter(|kind| takes(*kind)) else { return Ok(Err("file-kind")) };
    let mut draft = portal.objects.draft(most).await.map_err(busy)?;
    while let Some(piece) = file.piece().await? {
        match draft.write(&piece).await {
            Ok(()) => {}
            Err(objects::NotKept::TooLarge) => return Ok(Err("file-large")),
            Err(error) => return Err(busy(error)),
        }
    }
    draft.close().await.map_err(busy)?;
    Ok(Ok(Coming { name: name.chars().take(200).collect(), kind, draft }))
}

/// A file in quarantine that has come in whole.
struct Coming {
    name: String,
    kind: Kind,
    draft: Draft,
}

impl Coming {
    /// Looks at it, and keeps it if it is fine; else the key of why not.
    async fn keep(self, portal: &Portal) -> Result<Result<Sent, &'static str>, PageError> {
        let (kind, path) = (self.kind, self.draft.path().to_owned());
        let looked = tokio::task::spawn_blocking(move || kind.check(&path)).await;
        let fine = looked.map_err(|_| PageError::Bug("a look at a file was cut off"))?.map_err(|error| busy(error.into()))?;
        if let Err(not) = fine {
            return Ok(Err(refusal(not)));
        }
        let kept = portal.objects.keep(self.draft).await.map_err(busy)?;
        Ok(Ok(Sent { name: self.name, kind, kept }))
    }
}

/// A store that cannot be reached is no fault of whoever sends.
fn busy(error: objects::NotKept) -> PageError {
    tracing::error!(%error, "a file could not be kept");
    PageError::Busy
}
