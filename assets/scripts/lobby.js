// The day of a session: counts down to the opening, and keeps the page of somebody who has joined beating once a minute.
//
//   <p data-until="2026-12-23T16:40+09:00" data-words="あと {left}" data-done="開場しました" hidden></p>
//   <div data-beat="/lobby/heartbeat" data-proof="…" data-version="1"> … </div>
//
// The beat sends what the page carries and no cookie, so that two people in two tabs of one browser stay two. The answer says
// where the meeting is: if it has moved, the link changes here.

const MINUTE = 60_000;
const JITTER = 12_000;
const SOON = 5_000;
const isJapanese = document.documentElement.lang === "ja";

const UNITS = isJapanese
  ? [["日", 86_400], ["時間", 3_600], ["分", 60], ["秒", 1]]
  : [[" d", 86_400], [" h", 3_600], [" min", 60], [" s", 1]];

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
    const seconds = Math.ceil((until - Date.now()) / 1000);
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
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit", hourCycle: "h23" });
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
    try {
      const answer = await fetch(page.dataset.beat, {
        method: "POST",
        credentials: "omit",
        cache: "no-store",
        body: new URLSearchParams({ proof: page.dataset.proof }),
        signal: AbortSignal.timeout(20_000),
      });
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

document.querySelectorAll("[data-until]").forEach(countDown);
document.querySelectorAll("[data-beat]").forEach(keep);
