//! A database that only these tests know, filled by the program itself.

use db::testing::TestDatabase;
use db::{Db, DbResult, Engine, Lane, Settings, Tx, sql};
use kernel::{Clock, Span};
use std::any::Any;
use tempfile::TempDir;

use crate::program;

/// A database with the programme of this year, kept as the program keeps it for real people: every commit waits for the disk.
pub struct Scratch {
    /// Where the master key lies, and on SQLite the database.
    pub data: TempDir,
    pub url: String,
    /// Goes when the test is over.
    _on_server: Option<Box<dyn Any + Send + Sync>>,
}

/// A session that may be applied for, and how many seats and waiting places it has, if they are counted.
pub struct Offer {
    pub address: &'static str,
    pub limit: Option<(i64, i64)>,
}

/// Most people find a seat; a few meet a session that fills up while they apply.
pub const OFFERS: [Offer; 3] = [
    Offer { address: "R8/executive/3", limit: None },
    Offer { address: "R8/executive/4", limit: None },
    Offer { address: "R8/admin/6", limit: Some((40, 15)) },
];

impl Scratch {
    pub async fn on(engine: Engine) -> Self {
        let data = tempfile::tempdir().expect("a folder can be made");
        let (url, on_server) = match engine {
            Engine::Sqlite => (format!("sqlite:{}", data.path().join("mist.sqlite").display()), None),
            Engine::Postgres => {
                let database = TestDatabase::on(engine).await;
                (database.settings(Clock::system()).url, Some(Box::new(database) as Box<dyn Any + Send + Sync>))
            }
        };
        Self::at(data, url, on_server).await
    }

    /// A file in a folder of the test's choice.
    pub async fn in_folder(data: TempDir) -> Self {
        let url = format!("sqlite:{}", data.path().join("mist.sqlite").display());
        Self::at(data, url, None).await
    }

    /// A place where there is nothing yet, for what was kept elsewhere.
    pub async fn vacant(engine: Engine) -> Self {
        let data = tempfile::tempdir().expect("a folder can be made");
        if engine == Engine::Sqlite {
            let url = format!("sqlite:{}", data.path().join("mist.sqlite").display());
            return Self { data, url, _on_server: None };
        }
        let place = TestDatabase::vacant(engine).await;
        Self { data, url: place.settings(Clock::system()).url, _on_server: Some(Box::new(place)) }
    }

    async fn at(data: TempDir, url: String, on_server: Option<Box<dyn Any + Send + Sync>>) -> Self {
        let scratch = Self { data, url, _on_server: on_server };
        program::does(&scratch, &["import", "programme", concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/programmes/r5.toml")]).await;
        program::does(&scratch, &["programme", "clone", "R5", "R8", "--yes"]).await;
        let db = scratch.open().await;
        db.write(Lane::Staff, None, async |tx, now| {
            let by = "system";
            // The doctor wants numbers that somebody has tried.
            for who in ["incident", "contact.portal", "contact.programme"] {
                web::save_setting(tx, &format!("{who}.phone"), "000-0000-0009（見本）", by, now).await?;
                web::save_setting(tx, &format!("{who}.phone_en"), "000-0000-0009 (sample)", by, now).await?;
                web::save_setting(tx, &format!("{who}.confirmed_on"), &now.day().to_string(), by, now).await?;
            }
            // Whatever day it is: yesterday it opened, in a month it closes.
            let open = sql!(
                "UPDATE sessions SET opens_at = $3, closes_at = $4, starts_at = $5, ends_at = $6, day = $7,
                     seats = $8, waiting_places = $9, cancelled_at = NULL
                 WHERE number = $2 AND course = (SELECT courses.id FROM courses JOIN programmes ON programmes.id = courses.programme
                     WHERE programmes.year = 'R8' AND courses.slug = $1)"
            );
            for offer in &OFFERS {
                let mut parts = offer.address.split('/').skip(1);
                let (course, number) = (parts.next().unwrap(), parts.next().unwrap().parse::<i64>().unwrap());
                let begins = now.plus(Span::days(31));
                let times = [now.minus(Span::days(1)), now.plus(Span::days(30)), begins, begins.plus(Span::hours(1))];
                let [opens, closes, starts, ends] = times;
                let (seats, places) = (offer.limit.map(|limit| limit.0), offer.limit.map(|limit| limit.1));
                let day = starts.day();
                let args = [
                    course.into(),
                    number.into(),
                    opens.into(),
                    closes.into(),
                    starts.into(),
                    ends.into(),
                    day.into(),
                    seats.into(),
                    places.into(),
                ];
                assert_eq!(tx.run(open, &args).await?, 1, "there is no {}", offer.address);
            }
            tx.public_changed().await
        })
        .await
        .expect("the portal can be set up");
        db.close().await;
        scratch
    }

    pub fn engine(&self) -> Engine {
        Settings::new(self.url.clone(), Clock::system()).engine().expect("it was opened")
    }

    /// Opens the database beside the program, or after it.
    pub async fn open(&self) -> Db {
        Db::open(Settings::new(self.url.clone(), Clock::system())).await.expect("the database opens")
    }

    /// Reads something.
    pub async fn read<T: Send + 'static>(&self, work: impl for<'a, 'c> AsyncFn(&'a mut Tx<'c>) -> DbResult<T> + Send + 'static) -> T {
        let db = self.open().await;
        let read = db.read(work).await.expect("the database can be read");
        db.close().await;
        read
    }
}
