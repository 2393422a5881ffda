//! What the wing keeps beside the database: the pool that derives keys, the public keys of the circle, the spool.

use db::{Db, WriteError};
use std::io;
use std::path::Path;
use std::sync::{Arc, RwLock};
use vault::{Cost, Kdf, SecretKey};
use web::{Keys, PageError, Portal};

use crate::cases::Circle;
use crate::circle;
use crate::report::{Spool, replay};

/// What the wing keeps beside the database. The program gives it to the [`Portal`] as a part.
pub struct Desk {
    /// Derives keys from six words, a few at a time.
    pub kdf: Kdf,
    /// Where reports lie while there is no database.
    pub spool: Spool,
    /// To which addresses for notices are sealed: derived from the installation's master secret, which no database and no backup holds.
    pub notices: SecretKey,
    circle: RwLock<Circle>,
}

impl Desk {
    /// The desk of an installation, with its spool in this folder.
    pub fn open(keys: &Keys, folder: &Path, cost: Cost) -> io::Result<Self> {
        Self::over(keys, Spool::open(folder)?, cost)
    }

    /// One without a reserve, where deriving keys costs next to nothing: for tests.
    pub fn open_light(keys: &Keys, folder: &Path) -> io::Result<Self> {
        Self::over(keys, Spool::open_light(folder)?, Cost::CHEAP)
    }

    fn over(keys: &Keys, spool: Spool, cost: Cost) -> io::Result<Self> {
        let circle = RwLock::new(spool.circle());
        let notices = SecretKey::from_bytes(&keys.mac("desk-notices", &[])).map_err(io::Error::other)?;
        Ok(Self { kdf: Kdf::new(cost), spool, notices, circle })
    }

    /// The desk of this portal.
    pub fn of(portal: &Portal) -> Result<Arc<Self>, PageError> {
        portal.part().ok_or(PageError::Bug("the portal was given no desk"))
    }

    /// What a worker does every minute: brings in what waits in the spool, and learns the keys of the circle for a time without a
    /// database. Says how many reports became cases.
    pub async fn tend(&self, db: &Db) -> Result<u64, WriteError> {
        self.circle(db).await;
        replay(db, self).await
    }

    /// To whom every new case is open: as the database says, or as it said when it last answered.
    pub async fn circle(&self, db: &Db) -> Circle {
        let known = *self.circle.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let circle = match db.glance(async |tx| circle::load(tx).await).await {
            Ok(circle) => circle,
            Err(error) => {
                tracing::warn!(%error, "the keys of the duty group are those that were last known");
                return known;
            }
        };
        if circle != known {
            *self.circle.write().unwrap_or_else(std::sync::PoisonError::into_inner) = circle;
            if let Err(error) = self.spool.keep_circle(&circle) {
                tracing::error!(%error, "the keys of the duty group could not be kept for a day without a database");
            }
        }
        circle
    }
}
