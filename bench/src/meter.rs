//! What a process has used so far: processor time to the nanosecond, and memory.

use nix::time::ClockId;
use nix::unistd::Pid;
use std::fs;
use std::time::Duration;

use crate::Outcome;

/// What tells how much processor time a measured thing has used so far.
pub type Used<'a> = &'a dyn Fn() -> Outcome<Duration>;

/// A tick of `/proc/PID/stat`.
const TICK: Duration = Duration::from_millis(10);

/// The processor time of a process and all its threads.
pub fn process(pid: u32) -> Outcome<Duration> {
    let clock = ClockId::pid_cpu_clock_id(Pid::from_raw(i32::try_from(pid)?))?;
    Ok(clock.now()?.into())
}

/// The processor time of this process.
pub fn own() -> Outcome<Duration> {
    process(std::process::id())
}

/// The processor time of a process and its children, those that have ended included: `PostgreSQL` and its connections.
pub fn family(pid: u32) -> Outcome<Duration> {
    let stat = stat(pid)?;
    // Of children that have ended only ticks are known.
    let ended: u32 = stat.iter().skip(13).take(2).filter_map(|field| field.parse::<u32>().ok()).sum();
    let mut used = process(pid)? + TICK * ended;
    for child in children(pid)? {
        // It may have ended meanwhile.
        used += process(child).unwrap_or_default();
    }
    Ok(used)
}

fn children(pid: u32) -> Outcome<Vec<u32>> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(other) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        if stat(other).is_ok_and(|stat| stat.get(1).is_some_and(|parent| *parent == pid.to_string())) {
            found.push(other);
        }
    }
    Ok(found)
}

/// The fields of `/proc/PID/stat` after the name, which may hold spaces: state, parent, …
fn stat(pid: u32) -> Outcome<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let (_, fields) = text.rsplit_once(") ").ok_or("a process without a name")?;
    Ok(fields.split_whitespace().map(ToOwned::to_owned).collect())
}

/// The proportional share of memory of a process, in MB.
pub fn pss(pid: u32) -> Outcome<f64> {
    rolled_up(pid, "Pss:")
}

/// What of it the process has filled itself; the rest is its file, as far as the kernel has it at hand.
pub fn pss_filled(pid: u32) -> Outcome<f64> {
    rolled_up(pid, "Pss_Anon:")
}

fn rolled_up(pid: u32, name: &str) -> Outcome<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    let line = text.lines().find(|line| line.starts_with(name)).ok_or_else(|| format!("no {name} in smaps_rollup"))?;
    let kilobytes: u32 = line.split_whitespace().nth(1).ok_or_else(|| format!("no number after {name}"))?.parse()?;
    Ok(f64::from(kilobytes) * 1024.0 / 1e6)
}

/// The load of the machine during the last minute.
pub fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|load| load.parse().ok()).unwrap_or(f64::NAN)
}
