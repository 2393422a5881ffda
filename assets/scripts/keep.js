// Keeps what is typed into a form, so that an error, an expired sign-in, a reload or a closed lid loses nothing.
//
//   <form data-keep>            as long as the tab is open
//   <form data-keep="device">   for a day on this device, for forms that several people do not share a device for
//   <p data-keep-say="{time}に保存しました"></p>      inside the form: says when
//   <p data-keep-done="/trainings/…/apply"></p>      on the page after success: forget that form
//
// Only what can be seen is kept: no hidden fields (tokens, keys), no passwords, codes or files.

const DAY = 24 * 60 * 60 * 1000;
const PREFIX = "mist.keep:";
const SECRET = /^(hidden|password|file|submit|button|image|reset)$/;
const SECRET_WORDS = /password|one-time-code|cc-/;

const store = (form) => (form.dataset.keep === "device" ? localStorage : sessionStorage);
const nameOf = (form) => PREFIX + location.pathname + (form.id ? `#${form.id}` : "");

const controls = (form) =>
  [...form.elements].filter(
    (control) => control.name && !SECRET.test(control.type) && !SECRET_WORDS.test(control.autocomplete ?? "") && !("keepNot" in control.dataset),
  );

const isTick = (control) => control.type === "checkbox" || control.type === "radio";

const read = (form) => controls(form).map((control) => [control.name, isTick(control) ? `${control.checked}:${control.value}` : control.value]);

/** Puts kept values into controls that the server left empty; what the server filled in is newer. */
function restore(form, kept) {
  const left = [...kept];
  const takeFor = (control) => {
    const at = left.findIndex(([name, value]) => name === control.name && (!isTick(control) || value.slice(value.indexOf(":") + 1) === control.value));
    return at < 0 ? null : left.splice(at, 1)[0][1];
  };
  const chosenByServer = new Set(controls(form).filter((control) => isTick(control) && control.checked).map((control) => control.name));
  let restored = false;
  for (const control of controls(form)) {
    const value = takeFor(control);
    if (value === null) continue;
    if (isTick(control)) {
      if (!chosenByServer.has(control.name) && value.startsWith("true:")) restored = control.checked = true;
    } else if (control instanceof HTMLSelectElement) {
      if (!control.querySelector("option[selected]") && control.value !== value) {
        control.value = value;
        restored = true;
      }
    } else if (control.value === "" && value !== "") {
      control.value = value;
      restored = true;
    }
  }
  if (restored) form.dispatchEvent(new Event("change", { bubbles: true }));
}

function say(form, at) {
  const line = form.querySelector("[data-keep-say]");
  if (!line) return;
  const time = new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  line.textContent = line.dataset.keepSay.replace("{time}", time);
}

function keep(form) {
  const name = nameOf(form);
  const kept = JSON.parse(store(form).getItem(name) ?? "null");
  if (kept && Date.now() - kept.at < DAY) {
    if (!form.querySelector("[aria-invalid=true]")) restore(form, kept.values);
    say(form, kept.at);
  }
  let timer;
  const save = () => {
    clearTimeout(timer);
    const at = Date.now();
    store(form).setItem(name, JSON.stringify({ at, values: read(form) }));
    say(form, at);
  };
  const soon = (event) => {
    if (!event.isTrusted && event.target === form) return;
    clearTimeout(timer);
    timer = setTimeout(save, 800);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", save);
}

try {
  for (const done of document.querySelectorAll("[data-keep-done]")) {
    const name = PREFIX + done.dataset.keepDone;
    for (const box of [sessionStorage, localStorage]) {
      for (const key of Object.keys(box)) if (key === name || key.startsWith(`${name}#`)) box.removeItem(key);
    }
  }
  document.querySelectorAll("form[data-keep]").forEach(keep);
} catch {
  // Storage is switched off or full: the form works as without this script, and does not say that it saved.
}
