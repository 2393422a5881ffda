use access::{Action, Decision, Matrix, Refusal};
use db::Db;
use kernel::{Clock, Holidays, Lang, Timestamp};
use objects::Objects;
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use crate::{Keys, PageCache, Route, Settings, Visit, load_settings};

/// Everything a handler needs; cheap to clone.
#[derive(Clone)]
pub struct Portal {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Secrets derived from the installation's master secret.
    pub keys: Keys,
    /// Who may do what.
    pub matrix: Arc<Matrix>,
    /// Where the portal is reached, and how it runs.
    pub site: Arc<Site>,
    /// Rendered public pages.
    pub cache: Arc<PageCache>,
    /// Japan's holidays.
    pub holidays: Arc<Holidays>,
    /// Where files lie.
    pub objects: Objects,
    parts: Arc<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    settings: Arc<RwLock<Loaded>>,
    routes: Arc<RwLock<Arc<Vec<Arc<Route>>>>>,
}

struct Loaded {
    version: u64,
    settings: Arc<Settings>,
}

/// Where the portal is reached, and how it runs.
#[derive(Clone, Debug)]
pub struct Site {
    /// Such as `https://mist.example.jp`, without a slash at the end.
    pub base_url: String,
    /// Other host names under which it is reached, since printed addresses must work for ever.
    pub hosts: Vec<String>,
    /// Whether this is the demo: sample data, its own pages, mails that reach nobody.
    pub demo: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
}

impl Site {
    /// Whether cookies can carry `Secure` and the `__Host-` prefix.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// The name of a cookie: `__Host-sid`, or `sid` on the demo's plain http.
    pub fn cookie(&self, name: &str) -> String {
        if self.is_https() { format!("__Host-{name}") } else { name.to_owned() }
    }
}

impl Portal {
    /// A portal over an opened and migrated database.
    pub async fn new(db: Db, clock: Clock, keys: Keys, matrix: Matrix, site: Site, holidays: Holidays) -> db::DbResult<Self> {
        let version = db.public_version();
        let settings = Arc::new(db.read(async |tx| load_settings(tx).await).await?);
        Ok(Self {
            db,
            clock,
            keys,
            matrix: Arc::new(matrix),
            site: Arc::new(site),
            cache: Arc::new(PageCache::default()),
            holidays: Arc::new(holidays),
            objects: Objects::in_memory(),
            parts: Arc::default(),
            settings: Arc::new(RwLock::new(Loaded { version, settings })),
            routes: Arc::default(),
        })
    }

    /// Whether the visitor may do this, so that no link or button leads to what is not there for them. One more sign of who it is can
    /// still be asked for there.
    pub fn offers(&self, visit: &Visit, action: Action) -> bool {
        let decision = self.matrix.may(&visit.actor, action, None, visit.now);
        matches!(decision, Decision::Allowed(_) | Decision::Refused(Refusal::StepUpFirst))
    }

    /// With files at a place where they stay; until then they are gone with the program.
    #[must_use]
    pub fn with_objects(mut self, objects: Objects) -> Self {
        self.objects = objects;
        self
    }

    /// With what a wing keeps beside the database: a pool, a folder of its own.
    #[must_use]
    pub fn with_part<T: Send + Sync + 'static>(mut self, part: T) -> Self {
        Arc::make_mut(&mut self.parts).insert(TypeId::of::<T>(), Arc::new(part));
        self
    }

    /// What a wing keeps, if the program gave it that.
    pub fn part<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.parts.get(&TypeId::of::<T>()).and_then(|part| Arc::clone(part).downcast().ok())
    }

    /// The present moment, never before one that was shown or written already.
    pub fn now(&self) -> Timestamp {
        self.db.now()
    }

    /// The names, contacts and other settings, as of the last change.
    pub fn settings(&self) -> Arc<Settings> {
        self.settings.read().unwrap_or_else(std::sync::PoisonError::into_inner).settings.clone()
    }

    /// Loads the settings again if anything public has changed since.
    pub async fn refresh(&self) -> db::DbResult<()> {
        let version = self.db.public_version();
        let is_fresh = self.settings.read().unwrap_or_else(std::sync::PoisonError::into_inner).version == version;
        if !is_fresh {
            let settings = Arc::new(self.db.read(async |tx| load_settings(tx).await).await?);
            *self.settings.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Loaded { version, settings };
        }
        Ok(())
    }

    /// Every route of the running program: the site map and the source of the matrix's test.
    pub fn routes(&self) -> Arc<Vec<Arc<Route>>> {
        self.routes.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    pub(crate) fn set_routes(&self, routes: Vec<Arc<Route>>) {
        *self.routes.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(routes);
    }

    /// An absolute address on this portal, in a language.
    pub fn url(&self, lang: Lang, path: &str) -> String {
        format!("{}{}{path}", self.site.base_url, lang.prefix())
    }
}

impl std::fmt::Debug for Portal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Portal").field("site", &self.site).finish_non_exhaustive()
    }
}
