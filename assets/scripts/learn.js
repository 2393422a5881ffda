// Learning on a phone: the time before somebody's eyes, keys, and answers that outlive a dead network and an ended sign-in.
//
//   <form data-learn method="post">                               kept on this device first, sent, and sent again until it is taken
//   <p data-who="…" data-saved="{time}に…" data-waiting="…" data-refused="{n}…">   whose page it is, and what to say about what was sent
//   <form data-learn data-after="…">                              where to go on while there is no network
//   <a data-turn="…">                                             the slide that is read when one goes on from it without a network
//   [data-previous] [data-next]                                   the arrow keys
//
// A page that came from the device (`data-offline`, see learn-worker.js) is nobody's: what is answered there is kept for whoever
// learned last on this device, and sent by the next page that they see with a network.
//
// What waits is kept for thirty days and sent for nobody but whoever answered. Every form is one that the server may be told twice.

const WAITING = "mist.learn:waiting";
const DAYS = 30 * 24 * 60 * 60 * 1000;
const LEARNER = "mist.learn:who";
const line = document.querySelector("[data-who]");
const isOffline = line?.dataset.offline !== undefined;
const who = learner();

/** Whose answers these are. Who reads with a network and has not signed in is nobody, on this device as well. */
function learner() {
  try {
    if (isOffline) return localStorage.getItem(LEARNER) ?? "";
    const { who } = line?.dataset ?? {};
    if (who) localStorage.setItem(LEARNER, who);
    else if (line) localStorage.removeItem(LEARNER);
    return who ?? "";
  } catch {
    return line?.dataset.who ?? "";
  }
}

const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit", hourCycle: "h23" });

function say(words) {
  if (line && words) line.textContent = words;
}

function waiting() {
  try {
    return JSON.parse(localStorage.getItem(WAITING) ?? "[]").filter(({ at }) => Date.now() - at < DAYS);
  } catch {
    return [];
  }
}

function put(list) {
  try {
    localStorage.setItem(WAITING, JSON.stringify(list));
  } catch {
    // Storage is switched off or full: it is sent all the same.
  }
}

const same = (one) => (other) => one.at === other.at && one.path === other.path && one.who === other.who;
const take = (one) => put(waiting().filter((other) => !same(one)(other)));

/** Sends one form. `taken`: the server has it; `refused`: it never will; neither: again later. */
async function send(one, token) {
  const body = new URLSearchParams([...one.fields, ["token", token]]);
  const answer = await fetch(one.path, { method: "POST", body, credentials: "same-origin" });
  const isLater = answer.status >= 500 || answer.status === 403 || answer.status === 429 || /\/sign-in$/.test(new URL(answer.url).pathname);
  return { taken: answer.ok && !isLater, refused: !answer.ok && !isLater, to: answer.url };
}

let isSending = false;

/** Sends what waits of whoever looks at this page. */
async function replay() {
  const token = document.querySelector('input[name="token"]')?.value;
  const mine = waiting().filter((one) => one.who === who);
  if (!line || isSending || !token || !who || !mine.length) return;
  isSending = true;
  let lost = 0;
  try {
    for (const one of mine) {
      const { taken, refused } = await send(one, token);
      if (!taken && !refused) return say(line.dataset.waiting);
      take(one);
      if (refused) lost += 1;
    }
    say(lost ? line.dataset.refused.replace("{n}", lost) : line.dataset.saved.replace("{time}", clock()));
  } catch {
    say(line.dataset.waiting);
  } finally {
    isSending = false;
  }
}

/** Milliseconds in which this page was before somebody's eyes. */
let seen = 0;
let since = document.visibilityState === "visible" ? performance.now() : null;
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") since ??= performance.now();
  else if (since !== null) {
    seen += performance.now() - since;
    since = null;
  }
});
const focused = () => Math.round((seen + (since === null ? 0 : performance.now() - since)) / 1000);

/** Keeps what the server is to be told once there is a network. A page from the device may be answered again: each answer has its own key. */
function keep(path, fields) {
  const own = { known: "yes", key: crypto.randomUUID(), focus: String(focused()) };
  const others = fields.filter(([name]) => !(name in own) && name !== "token");
  if (who) put([...waiting(), { at: Date.now(), who, path, fields: [...others, ...Object.entries(own)] }]);
}

function offline() {
  say(who ? line.dataset.waiting : line.dataset.alone);
  for (const form of document.querySelectorAll("form[data-learn]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keep(new URL(form.action).pathname, [...new FormData(form)].map(([name, value]) => [name, String(value)]));
      // One's own page is not on the device; that of the course is.
      location.assign(form.dataset.after.replace("/my/courses/", "/courses/"));
    });
  }
  // What is right and wrong in a scene is told by the server alone.
  for (const form of document.querySelectorAll(".scene-box form")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      say(line.dataset.later);
      line.scrollIntoView({ block: "center" });
    });
  }
  for (const link of document.querySelectorAll("[data-turn]")) link.addEventListener("click", () => keep(link.dataset.turn, []));
}

// Without the line that says whose page it is, a form is one like any other.
for (const form of line && !isOffline ? document.querySelectorAll("form[data-learn]") : []) {
  form.addEventListener("submit", async (event) => {
    if (form.elements.focus) form.elements.focus.value = String(focused());
    const token = form.elements.token?.value;
    // Of whoever is not known nothing is put down.
    if (!token || !who) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    const fields = [...new FormData(form)].filter(([name]) => name !== "token").map(([name, value]) => [name, String(value)]);
    const one = { at: Date.now(), who, path: new URL(form.action).pathname, fields };
    put([...waiting(), one]);
    try {
      const { taken, refused, to } = await send(one, token);
      if (taken || refused) take(one);
      // What has to be mended is said by the page that the form itself leads to.
      if (refused) form.submit();
      else location.assign(to);
    } catch {
      delete form.dataset.busy;
      say(line.dataset.waiting);
    }
  });
}

if (isOffline) offline();
else void replay();
window.addEventListener("online", () => void replay());

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest("input, select, textarea, summary")) return;
  const way = { ArrowLeft: "[data-previous]", ArrowRight: "[data-next]" }[event.key];
  const control = way && document.querySelector(way);
  if (control) {
    event.preventDefault();
    control.click();
  }
});
