// A recording: remembers which seconds were seen, and says how much is left.
//
//   <video id="film" data-start="120" data-seconds="3600">   where to go on
//   <form id="report" action="…/seen">                       token, application; only for those who applied
//
// Seconds are counted by what was played, not by the clock, so twice the speed is fine. What could not be sent
// stays with the browser and goes along with the next report, on whatever page of this film that is.

const EVERY = 15_000;
// Between two beats a film at double speed plays about half a second; whoever comes further has jumped.
const JUMP = 2.5;
const STEP = 5;
const SPEEDS = [1, 1.25, 1.5, 2];

const film = document.getElementById("film");
const form = document.getElementById("report");
const seconds = Number(film.dataset.seconds);
const shelf = form ? `film:${form.action}:${form.elements.as.value}` : "";

let pieces = kept();
let from = null;
let last = null;

function kept() {
  try {
    return JSON.parse(localStorage.getItem(shelf) ?? "[]");
  } catch {
    return [];
  }
}

function keep() {
  if (!form) return;
  try {
    if (pieces.length) localStorage.setItem(shelf, JSON.stringify(pieces));
    else localStorage.removeItem(shelf);
  } catch {
    // A browser that keeps nothing loses at most fifteen seconds.
  }
}

function close() {
  if (from !== null && last > from) pieces.push([Math.floor(from), Math.min(seconds, Math.round(last))]);
  from = last = null;
  keep();
}

function beat() {
  const now = film.currentTime;
  if (from !== null && (now < last || now - last > JUMP)) close();
  if (film.paused || film.seeking) return;
  if (from === null) from = now;
  last = now;
}

film.addEventListener("timeupdate", beat);
film.addEventListener("seeking", close);
film.addEventListener("pause", () => {
  beat();
  close();
  report();
});
film.addEventListener("ended", () => {
  pieces.push([Math.floor(Math.max(0, (last ?? film.duration) - 1)), seconds]);
  close();
  report();
});

/** What is to be said, as the form would say it. */
function said() {
  const body = new URLSearchParams(new FormData(form));
  body.set("seen", pieces.map(([a, b]) => `${a}-${b}`).join(" "));
  body.set("at", String(Math.floor(film.currentTime)));
  return body;
}

async function report() {
  if (!form) return;
  const open = from;
  close();
  if (!film.paused && open !== null) from = last = film.currentTime;
  if (!pieces.length) return;
  const sent = [...pieces];
  try {
    const answer = await fetch(form.action, { method: "POST", body: said() });
    if (!answer.ok) return;
    const told = await answer.json();
    if (!told.recorded) return;
    pieces = pieces.filter((piece) => !sent.includes(piece));
    keep();
    show(told);
  } catch {
    // The next report brings it along.
  }
}

function show({ seen, words, unseen, enough }) {
  document.querySelector("#left strong")?.replaceChildren(words);
  document.getElementById("unseen")?.replaceChildren(unseen);
  const check = document.getElementById("to-check");
  if (check) check.hidden = !enough;
  const bar = document.getElementById("seen-bar");
  bar.querySelectorAll(".fill").forEach((old) => old.remove());
  for (const range of seen.split(" ").filter(Boolean)) {
    const [a, b] = range.split("-").map(Number);
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    rect.setAttribute("class", "fill");
    rect.setAttribute("x", String((a * 1000) / seconds));
    rect.setAttribute("width", String(Math.max(1, ((b - a) * 1000) / seconds)));
    rect.setAttribute("height", "40");
    bar.append(rect);
  }
}

if (form) {
  setInterval(report, EVERY);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    beat();
    close();
    if (pieces.length && navigator.sendBeacon(form.action, said())) {
      // Whether it came is not known: what is sent twice counts once.
      keep();
    }
    if (!film.paused) from = last = film.currentTime;
  });
  if (pieces.length) report();
}

// Where one had come to, or where a link leads.
function begin() {
  const start = Number(film.dataset.start);
  if (start > 0) film.currentTime = start;
}
if (film.readyState > 0) begin();
else film.addEventListener("loadedmetadata", begin, { once: true });

document.querySelectorAll("[data-at]").forEach((link) => {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    film.currentTime = Number(link.dataset.at);
    film.scrollIntoView({ block: "nearest" });
    film.focus();
    film.play();
  });
});

const tools = document.getElementById("film-tools");
tools.hidden = false;

function setSpeed(speed) {
  film.playbackRate = speed;
}
film.addEventListener("ratechange", () => {
  tools.querySelectorAll("[data-speed]").forEach((button) => {
    button.setAttribute("aria-pressed", String(Number(button.dataset.speed) === film.playbackRate));
  });
});
tools.querySelectorAll("[data-speed]").forEach((button) => {
  button.setAttribute("aria-pressed", String(Number(button.dataset.speed) === 1));
  button.addEventListener("click", () => setSpeed(Number(button.dataset.speed)));
});

const captions = tools.querySelector("[data-captions]");
function turnCaptions() {
  const [track] = film.textTracks;
  if (!track) return;
  track.mode = track.mode === "showing" ? "hidden" : "showing";
  captions?.setAttribute("aria-pressed", String(track.mode === "showing"));
}
captions?.addEventListener("click", turnCaptions);

const keys = {
  " ": () => (film.paused ? film.play() : film.pause()),
  ArrowLeft: () => (film.currentTime = Math.max(0, film.currentTime - STEP)),
  ArrowRight: () => (film.currentTime = Math.min(film.duration, film.currentTime + STEP)),
  c: turnCaptions,
  "<": () => setSpeed(SPEEDS.findLast((speed) => speed < film.playbackRate) ?? SPEEDS[0]),
  ">": () => setSpeed(SPEEDS.find((speed) => speed > film.playbackRate) ?? SPEEDS.at(-1)),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest("input, select, textarea, button, a, summary")) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
