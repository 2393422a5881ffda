//! What it takes to stand ready: the start on an existing database, and memory while nobody comes.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::durable::middle;
use crate::ground::Ground;
use crate::house::{self, House, free_port, measured};
use crate::report::{Figure, Report, Target};
use crate::{Outcome, meter};

/// The pages that are looked at before it is left alone.
const VISITED: [&str; 10] = [
    "/",
    "/trainings",
    "/trainings/R8",
    "/trainings/R8/executive",
    "/notices",
    "/faq",
    "/incident",
    "/en",
    "/en/trainings",
    "/calendar.ics",
];

/// How long it is left alone.
const ALONE: Duration = Duration::from_secs(5);

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let data = ground.folder("idle")?;
    installed(ground, &data)?;
    let mut start = Figure::new("start to the first page on an existing database, CPU", "SQLite", "s", Target::AtMost(0.16));
    let mut memory = Figure::new("PSS after ten pages, idle", "SQLite", "MB", Target::AtMost(52.0));
    let (mut bare, mut filled) = (Vec::new(), Vec::new());
    for round in 0..=ground.rounds {
        let house = served(&ground.program, &data)?;
        let mut client = house.client()?;
        if client.get("/")?.status != 200 {
            return Err("no front page".into());
        }
        let used = house.cpu()?.as_secs_f64();
        let after_one = meter::pss(house.pid())?;
        for path in VISITED {
            let answer = client.get(path)?;
            if answer.status != 200 {
                return Err(format!("{path} answers {}", answer.status).into());
            }
        }
        drop(client);
        thread::sleep(ALONE);
        if round > 0 {
            start.round(used, 0.0);
            memory.round(meter::pss(house.pid())?, 0.0);
            filled.push(meter::pss_filled(house.pid())?);
            bare.push(after_one);
        }
        house.stop()?;
    }
    memory.note(format!(
        "{} MB after the first page; {} MB filled, the rest is the program's file",
        middle(&mut bare),
        middle(&mut filled)
    ));
    report.add(&start);
    report.add(&memory);
    Ok(())
}

/// An installation as an operator makes it: programmes, and contacts that somebody has tried today.
fn installed(ground: &Ground, data: &Path) -> Outcome<()> {
    let programmes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/programmes");
    let run = |arguments: &[&str]| -> Outcome<()> {
        let output = settings(house::command(&ground.program).args(arguments).args(["--data"]).arg(data)).output()?;
        if output.status.success() { Ok(()) } else { Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into()) }
    };
    run(&["migrate"])?;
    for file in ["r4.toml", "r5.toml"] {
        run(&["import", "programme", &programmes.join(file).display().to_string()])?;
    }
    run(&["programme", "clone", "R5", "R8", "--yes"])?;
    let today = kernel::Clock::system().now().day().to_string();
    let confirmed = ["incident", "contact.portal", "contact.programme"].map(|who| {
        let said = [("phone", "000-0000-9999（見本）"), ("phone_en", ""), ("confirmed_on", today.as_str())];
        said.map(|(what, value)| format!("INSERT INTO settings VALUES ('{who}.{what}', '{value}', 0, 'bench');")).concat()
    });
    crate::ground::Store::Sqlite(data.to_owned()).execute(&confirmed.concat())
}

/// The program as it serves real people.
fn served(program: &Path, data: &Path) -> Outcome<House> {
    let port = free_port()?;
    let mut command = measured(program);
    command.args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"]).arg(data);
    settings(&mut command);
    House::start(command, data, port, "mist.example.jp".to_owned())
}

fn settings(command: &mut Command) -> &mut Command {
    command.env("MIST_SERVER__BASE_URL", "https://mist.example.jp").env("MIST_MAIL__HOST", "127.0.0.1").env("MIST_MAIL__SECURITY", "none")
}
