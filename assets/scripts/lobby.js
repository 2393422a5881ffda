// The day of a session: counts down to the opening, and keeps the page of somebody who has joined beating once a minute.
//
//   <p data-until="2026-12-23T16:40+09:00" data-words="あと {left}" data-done="開場しました" hidden></p>
//   <div data-beat="/lobby/heartbeat" data-proof="…" data-version="1"> … </div>
//
// The beat sends what the page carries and no cookie, so that two people in two tabs of one browser stay two. The answer says
// where the meeting is: if it has moved, the link changes here.
//
// The clock of a device may be wrong by minutes. Every answer says the portal's time, and times on these pages go by that; as long as
// none has come, by the device.

const MINUTE = 60_000;
const JITTER = 12_000;
const SOON = 5_000;
/** Milliseconds that a countdown waits for the portal's time. */
const PATIENCE = 3_000;
const isJapanese = document.documentElement.lang === "ja";

const UNITS = isJapanese
  ? [["日", 86_400], ["時間", 3_600], ["分", 60], ["秒", 1]]
  : [[" d", 86_400], [" h", 3_600], [" min", 60], [" s", 1]];

/** By how many milliseconds the clock of this device is behind the portal's. */
let behind = 0;

const now = () => Date.now() + behind;

/** Learns the portal's time from an answer to what was asked at `asked` by the clock of the device. */
function setClock(answer, asked) {
  // Whole seconds: the middle of that second is the best guess. A cache on the way says how old its answer is.
  const said = Date.parse(answer.headers.get("date")) + 1000 * Number(answer.headers.get("age")) + 500;
  if (!Number.isNaN(said)) behind = said - (asked + Date.now()) / 2;
}

/** Asks for the head of this script, which costs the portal next to nothing; without an answer the clock of the device stays. */
async function askTime() {
  const asked = Date.now();
  try {
    const ask = { method: "HEAD", credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) };
    setClock(await fetch(import.meta.url, ask), asked);
  } catch {
    // The line is weak: a countdown by the device is better than none.
  }
}

/** 2日3時間, 14分05秒: the two largest units. */
function left(seconds) {
  const first = Math.max(0, UNITS.findIndex(([, size]) => seconds >= size));
  let rest = seconds;
  return UNITS.slice(first, first + 2)
    .map(([word, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return `${count}${word}`;
    })
    .join(isJapanese ? "" : " ");
}

function countDown(line) {
  const until = Date.parse(line.dataset.until);
  if (Number.isNaN(until)) return;
  const show = () => {
    const seconds = Math.ceil((until - now()) / 1000);
    line.textContent = seconds > 0 ? line.dataset.words.replace("{left}", left(seconds)) : line.dataset.done;
    line.hidden = false;
    if (seconds <= 0) clearInterval(timer);
  };
  const timer = setInterval(show, 1000);
  show();
}

function keep(page) {
  const find = (name) => page.querySelector(`[data-${name}]`);
  const say = find("beat-say");
  const link = find("door-link");
  let version = page.dataset.version;
  let lost = 0;

  const tell = (which) => {
    if (!say) return;
    const time = new Date(now()).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit", hourCycle: "h23" });
    say.textContent = say.dataset[which].replace("{time}", time);
  };

  const enter = (door) => {
    const survey = find("beat-survey");
    if (survey && door.asks) survey.hidden = false;
    if (String(door.version) === version || !link) return;
    version = String(door.version);
    const isLink = door.link.startsWith("https://");
    const moved = link.getAttribute("href") !== null && link.getAttribute("href") !== door.link;
    if (isLink) link.href = door.link;
    link.hidden = !isLink;
    const none = find("door-none");
    if (none) none.hidden = isLink;
    const entry = find("door-entry");
    if (entry) entry.textContent = door.entry;
    const dial = find("door-dial");
    if (dial) dial.textContent = door.dial_in;
    const changed = find("beat-changed");
    if (changed && moved) changed.hidden = false;
  };

  const again = (after) => setTimeout(beat, after);

  async function beat() {
    const asked = Date.now();
    try {
      const answer = await fetch(page.dataset.beat, {
        method: "POST",
        credentials: "omit",
        cache: "no-store",
        body: new URLSearchParams({ proof: page.dataset.proof }),
        signal: AbortSignal.timeout(20_000),
      });
      setClock(answer, asked);
      if (answer.status === 400) return tell("gone");
      if (!answer.ok) throw new Error(String(answer.status));
      const heard = await answer.json();
      lost = 0;
      if (heard.state === "here") {
        tell("ok");
        enter(heard);
      } else {
        if (heard.state === "over") enter({ asks: true, version, link: "" });
        return tell("gone");
      }
    } catch {
      // The line is weak or the server busy: soon again, but not all at once.
      lost += 1;
      tell("lost");
      return again(Math.min(MINUTE, SOON * lost) + Math.random() * JITTER);
    }
    return again(MINUTE - JITTER + Math.random() * JITTER);
  }

  tell("ok");
  again(SOON + Math.random() * (MINUTE - SOON));
  // A lid that is opened again says so at once.
  addEventListener("online", () => again(Math.random() * SOON));
}

const countdowns = document.querySelectorAll("[data-until]");
if (countdowns.length > 0) {
  askTime().then(() => countdowns.forEach(countDown));
  // The clock may have been set, or the device have slept, while nobody looked.
  document.addEventListener("visibilitychange", () => document.hidden || askTime());
}
document.querySelectorAll("[data-beat]").forEach(keep);
