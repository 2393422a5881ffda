//! What the wing keeps beside the database: the pool that derives keys, the public keys of the circle, the spool.

use db::{Db, WriteError};
use std::io;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use vault::{Cost, Kdf, SecretKey};
use web::{Keys, PageError, Portal};

use crate::cases::Circle;
use crate::circle;
use crate::report::{Spool, replay};
use crate::talk::Room;

/// What the wing keeps beside the database. The program gives it to the [`Portal`] as a part.
pub struct Desk {
    /// Derives keys from six words, a few at a time.
    pub kdf: Kdf,
    /// Where reports lie while there is no database.
    pub spool: Arc<Spool>,
    /// To which addresses for notices are sealed: derived from the installation's master secret, which no database and no backup holds.
    pub notices: SecretKey,
    /// How much is taken of files.
    pub room: Room,
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
        Ok(Self { kdf: Kdf::new(cost), spool: Arc::new(spool), notices, room: Room::default(), circle })
    }

    /// The desk, which takes so much of files.
    #[must_use]
    pub fn with_room(self, room: Room) -> Self {
        Self { room, ..self }
    }

    /// The desk of this portal.
    pub fn of(portal: &Portal) -> Result<Arc<Self>, PageError> {
        portal.part().ok_or(PageError::Bug("the portal was given no desk"))
    }

    /// Lets the spool work on a thread that may wait for the disk, so that nobody else waits for it.
    pub(crate) async fn on_disk<T, F>(&self, work: F) -> io::Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Spool) -> io::Result<T> + Send + 'static,
    {
        let spool = Arc::clone(&self.spool);
        tokio::task::spawn_blocking(move || work(&spool)).await.map_err(io::Error::other)?
    }

    /// What a worker does every few seconds: brings in what waits in the spool, and learns the keys of the circle for a time without a
    /// database. Says how many reports became cases.
    pub async fn tend(&self, db: &Db) -> Result<u64, WriteError> {
        self.circle(db).await;
        replay(db, self).await
    }

    /// What a worker does at its start and every hour: tries again what was set aside, since the reason for that may be gone. Says how
    /// many reports became cases.
    pub async fn try_again(&self, db: &Db) -> Result<u64, WriteError> {
        if let Err(error) = self.on_disk(Spool::take_up).await {
            tracing::error!(%error, "the reports that were set aside cannot be tried again yet");
        }
        replay(db, self).await
    }

    /// How many reports were set aside: the database refuses them, or nobody can read them.
    pub async fn refused(&self) -> io::Result<u32> {
        self.on_disk(Spool::refused).await
    }

    /// To whom every new case is open, as the database said when it last answered.
    pub fn known_circle(&self) -> Circle {
        *self.circle.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// To whom every new case is open: as the database says, or as it said when it last answered.
    pub async fn circle(&self, db: &Db) -> Circle {
        let known = self.known_circle();
        let circle = match db.glance(async |tx| circle::load(tx).await).await {
            Ok(circle) => circle,
            Err(error) => {
                tracing::warn!(%error, "the keys of the duty group are those that were last known");
                return known;
            }
        };
        if circle != known {
            *self.circle.write().unwrap_or_else(PoisonError::into_inner) = circle;
            if let Err(error) = self.on_disk(move |spool| spool.keep_circle(&circle)).await {
                tracing::error!(%error, "the keys of the duty group could not be kept for a day without a database");
            }
        }
        circle
    }
}
