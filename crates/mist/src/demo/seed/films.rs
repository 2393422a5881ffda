use db::{Lane, Tx};
use kernel::{FiscalYear, Timestamp};
use objects::{Kind, NotKept};
use school::archive::caption::{self, Below};
use school::archive::captions::Captions;
use school::archive::describe::{self, Details};
use school::archive::material::Moment;
use school::archive::materials::{self, NewMaterial, Sent};
use school::archive::open::{self, Opening};
use school::archive::recording::Film;
use school::archive::{publish, take};
use school::trainings::apply::SessionPath;
use school::trainings::programme::Audience;
use school::trainings::session::SessionId;
use school::trainings::store;
use std::process::Stdio;
use tokio::process::Command;
use web::{Portal, Words};

use super::{BY, demo_file};
use crate::failure::Failure;

/// The year whose recordings the demo shows.
const YEAR: &str = "R5";

/// How long the sample film lasts, which its captions know too.
const SECONDS: i64 = 90;

/// Pictures a second: the ground hardly moves, and who starts the demo has other work for the machine.
const RATE: i64 = 2;

/// The most bytes that the sample film may come to.
const MOST: u64 = 64 << 20;

/// Opens the recordings of an old programme, with captions, chapters, questions and a material for one of its sessions; the film
/// itself is made while visitors look around already, where this machine can make one.
pub(super) async fn add(portal: &Portal) -> Result<(), Failure> {
    let year: FiscalYear = YEAR.parse().map_err(Failure::said)?;
    let path = SessionPath { year, audience: Audience::Executive, number: 1 };
    let captions = Captions::parse(&demo_file("archive/captions.vtt")).map_err(Failure::said)?;
    let details = Details { chapters: demo_file("archive/chapters.txt"), questions: demo_file("archive/questions.txt"), threshold: 80 };
    let kept = portal.objects.keep_bytes(demo_file("archive/handout.txt").into_bytes().into()).await.map_err(Failure::said)?;
    let title = Words::of(kernel::Lang::Ja).t("demo-sample-material");
    let sent = Sent { name: format!("{title}.txt"), kind: Kind::Text, kept };
    let put = async move |tx: &mut Tx<'_>, now: Timestamp| {
        let (Some(session), Some(programme)) =
            (store::session_at(tx, path.year, path.audience, path.number).await?, store::programme(tx, path.year).await?)
        else {
            return Ok(None);
        };
        let opens = Timestamp::in_japan(year.last_day(), 9, 0);
        let ends = Timestamp::in_japan(FiscalYear::of(now.day()).plus(1).last_day(), 0, 0).next_midnight();
        open::open(tx, programme.id, &Opening { opens: Some(opens), ends: Some(ends), courses: Vec::new() }, BY, now).await?;
        caption::caption(tx, session.id, &Below::Captions(captions.clone()), BY, now).await?;
        describe::describe(tx, session.id, &details, BY, now).await?;
        let new = NewMaterial { course: session.course, session: Some(session.id), title: title.clone(), moment: Moment::After };
        materials::add(tx, &new, &sent, BY, now).await?;
        Ok(Some(session.id))
    };
    if let Some(session) = portal.db.write(Lane::Staff, None, put).await? {
        let portal = portal.clone();
        tokio::spawn(async move {
            if let Err(error) = film(&portal, session).await {
                tracing::info!(?error, "there is no sample film");
            }
        });
    }
    Ok(())
}

/// Makes the sample film, and publishes it.
async fn film(portal: &Portal, session: SessionId) -> Result<(), Failure> {
    // It goes with this task, which a program that is told to stop does not wait for.
    let folder = tempfile::Builder::new().prefix("mist-film-").tempdir()?;
    let film = made(portal, &folder.path().join("film.mp4")).await?;
    let put = async move |tx: &mut Tx<'_>, now: Timestamp| {
        take::take(tx, session, &film, BY, now).await?;
        publish::publish(tx, session, BY, now).await.map(|_| ())
    };
    Ok(portal.db.write(Lane::Staff, None, put).await?)
}

async fn made(portal: &Portal, file: &std::path::Path) -> Result<Film, Failure> {
    let picture = format!("gradients=size=640x360:rate={RATE}:duration={SECONDS}:c0=0x0017c1:c1=0x3b4f86:speed=0.005");
    let tone = format!("sine=frequency=330:duration={SECONDS}");
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i", &picture, "-f", "lavfi", "-i", &tone, "-filter:a"]);
    ffmpeg.args([
        "volume=0.02",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p",
        "-g",
        &(2 * RATE).to_string(),
        "-c:a",
        "aac",
        "-threads",
        "1",
    ]);
    ffmpeg.args(["-movflags", "+faststart"]).arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    if !ffmpeg.status().await?.success() {
        return Err(Failure::said("ffmpeg"));
    }
    let mut draft = portal.objects.draft(MOST).await.map_err(Failure::said)?;
    let bytes = tokio::fs::read(file).await?;
    draft.write(&bytes).await.map_err(Failure::said)?;
    draft.close().await.map_err(Failure::said)?;
    let path = draft.path().to_owned();
    let looked = tokio::task::spawn_blocking(move || objects::seconds(Kind::Mp4, &path)).await.map_err(Failure::said)??;
    let seconds = looked.ok_or_else(|| Failure::said(NotKept::Missing))?;
    let kept = portal.objects.keep(draft).await.map_err(Failure::said)?;
    Ok(Film { hash: kept.hash, bytes: i64::try_from(kept.bytes).unwrap_or(i64::MAX), kind: Kind::Mp4, seconds })
}
