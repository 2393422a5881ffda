// Keeps a report that is half filled in, and sends it once there is a network.
//
//   <form data-report>   one question: what is pressed is kept until the next page shows that it has arrived
//   <form data-whole>    all questions on one page: shows what was kept, keeps what is typed, sends itself again and again
//   <script … data-sent> on the page that says that it has arrived: forget it
//
// It is kept in this tab alone, so that the next one at this device finds nothing.

const NAME = "mist.report";
const AGAIN = 15_000;

const kept = () => JSON.parse(sessionStorage.getItem(NAME) ?? "{}");
const keep = (more) => sessionStorage.setItem(NAME, JSON.stringify({ ...kept(), ...more }));

/** The fields of a form, with the question in place of `answer`. */
function fields(form, button) {
  const all = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string" && value !== ""));
  delete all.token;
  if (button?.name === "answer") {
    const question = new URL(form.action).pathname.split("/").at(-1);
    all[question === "report" ? "care" : question] = button.value;
  }
  return all;
}

/** A fresh way in, as the program makes them: 32 random bytes in base64url. */
function seed() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function whole(form) {
  const line = document.querySelector("[data-whole-say]");
  const before = kept();
  for (const [name, value] of Object.entries(before)) {
    const control = form.elements.namedItem(name);
    if (!control) continue;
    if (control instanceof RadioNodeList) {
      if (!control.value) control.value = value;
    } else if (control instanceof HTMLInputElement && control.value === "") control.value = value;
  }
  if (!form.elements.seed.value) form.elements.seed.value = before.seed ?? seed();
  if (!form.elements.door.value) form.elements.door.value = before.door ?? "request";
  keep(fields(form));
  form.addEventListener("input", () => keep(fields(form)));

  const say = (words) => {
    if (!line) return;
    line.hidden = false;
    line.textContent = words;
  };
  let isSending = false;
  async function send() {
    if (isSending) return;
    isSending = true;
    say(line?.dataset.sending ?? "");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok) throw new Error(String(answer.status));
      sessionStorage.removeItem(NAME);
      location.assign(answer.url);
    } catch {
      say(line?.dataset.waiting ?? "");
      isSending = false;
      setTimeout(send, AGAIN);
    }
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(fields(form));
    send();
  });
  addEventListener("online", () => {
    if (line && !line.hidden) send();
  });
}

try {
  const form = document.querySelector("form[data-report]");
  form?.addEventListener("submit", (event) => keep(fields(form, event.submitter)));
  const all = document.querySelector("form[data-whole]");
  if (all) whole(all);
  if (document.querySelector("script[data-sent]")) sessionStorage.removeItem(NAME);
} catch {
  // Storage is switched off: the forms work as without this script.
}
