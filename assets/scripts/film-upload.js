// Sends a film in parts, so that a break costs one part and the same file goes on where it was.
//
//   <form id="film-form" data-uploads="…/uploads" data-done="…" data-say-sending="…{have}…{parts}…">
//
// Without this script the form sends the film in one piece.

const WAIT = 3_000;
const TRIES = 40;

const form = document.getElementById("film-form");
const bar = document.getElementById("sending-bar");
const say = document.getElementById("sending-say");

form.querySelector("[data-with-script]").hidden = false;
form.querySelector("[data-without-script]").hidden = true;

const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));

function fields(more) {
  const body = new FormData();
  body.set("token", form.elements.token.value);
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  return body;
}

/** A refusal in the server's words. */
class Refused extends Error {}

async function post(end, body) {
  const answer = await fetch(`${form.dataset.uploads}${end}`, { method: "POST", body });
  if (answer.status === 422) throw new Refused((await answer.json()).error);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** Once more after a break, but not after a refusal. */
async function patiently(act) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof Refused || attempt === TRIES) throw error;
      say.textContent = form.dataset.sayBroken;
      await wait(WAIT);
    }
  }
}

async function digest(part) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await part.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function send(file) {
  const begun = await patiently(() => post("", new URLSearchParams(fields({ name: file.name, bytes: String(file.size) }))));
  const have = new Set(begun.have);
  bar.max = begun.parts;
  for (let number = 0; number < begun.parts; number += 1) {
    say.textContent = form.dataset.saySending.replace("{have}", have.size).replace("{parts}", begun.parts);
    bar.value = have.size;
    if (have.has(number)) continue;
    const part = file.slice(number * begun.part, (number + 1) * begun.part);
    const hash = await digest(part);
    await patiently(() => {
      const body = fields({ upload: begun.upload, number: String(number), hash });
      body.set("part", part, "part");
      return post("/parts", body);
    });
    have.add(number);
  }
  bar.value = begun.parts;
  await patiently(() => post("/end", new URLSearchParams(fields({ upload: begun.upload }))));
  say.textContent = form.dataset.saySent;
  await wait(WAIT / 2);
  location.assign(form.dataset.done);
}

form.addEventListener("submit", async (event) => {
  const [file] = form.elements.film.files;
  if (!file) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  document.getElementById("sending").hidden = false;
  try {
    await send(file);
  } catch (error) {
    say.textContent = error instanceof Refused ? error.message : form.dataset.sayBroken;
    button.disabled = false;
  }
});
